/** B2, R49: what changes between two sends of one page: nobody is passed over by it, and no channel of theirs. */
import type { Channel } from '../../activities/directory/types';
import type { PageOrder, PageResult } from '../../workflows/case/pages';
import { caseAt, MINUTE, policy, type Fixture } from '../support/cases';
import { org } from '../support/org';

const webhooks = (count: number): Channel[] => Array.from({ length: count }, (_, nth) => ({ kind: 'webhook', url: `http://phone/${nth}` }));

/** What becomes of the orders of one purpose, one after the other; after the last of these all is as it would be. */
function outcomes(c: Fixture, purpose: PageOrder['purpose'], ...each: readonly ((found: PageResult) => PageResult)[]): Fixture {
  const page = c.phones.page.bind(c.phones);
  const left = [...each];
  c.phones.page = (order, now) => {
    const { result } = page(order, now);
    const become = order.purpose === purpose ? left.shift() : undefined;
    return become ? { result: become(result), afterMs: MINUTE } : { result };
  };
  return c;
}

const down = (found: PageResult): PageResult => ({ ...found, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'HTTP 503' }) as PageResult;
const timedOut = (): PageResult => ({ outcome: 'FAILED', reason: 'TIMED_OUT', passedOver: [] });

const sent = (c: Fixture, purpose: PageOrder['purpose']): string[] =>
  c.simulation.sent.filter(({ order }) => order.purpose === purpose).map(({ order, result }) => `${order.attempt} ${'person' in result ? result.person : ''} ${'channel' in result ? result.channel : ''}`);

test('who leaves the company before their second channel is tried takes nobody else of the chart with them', () => {
  const c = caseAt({ severity: 1 });
  c.phones.change('ana', { channels: webhooks(2) });
  outcomes(c, 'ESCALATED_M1', down).do('escalate', 'maria');
  c.phones.set({ people: org().people.filter(({ id }) => id !== 'ana').map((person) => (person.id === 'lee' ? { ...person, manager: 'ben' } : person)) });
  c.simulation.pass(5 * MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual(['1 ben console']);
});

test('a second channel whose result was lost is tried again for the same person, who has gone away meanwhile', () => {
  const c = caseAt({ severity: 1 });
  c.phones.change('ana', { channels: webhooks(2) });
  outcomes(c, 'ESCALATED_M1', down, timedOut).do('escalate', 'maria');
  c.simulation.pass(MINUTE);
  c.phones.away('ana', { from: 0, to: Number.MAX_SAFE_INTEGER });
  c.simulation.pass(MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual(['2 ana webhook#2']);
});

test('an alert whose result was lost goes out again to whoever has the alerts', () => {
  const c = caseAt({ severity: 1 }).declareEDown();
  c.do('acknowledge', 'lee', { pageId: c.simulation.sent.find(({ order }) => order.purpose === 'E_DOWN_ALERT')?.order.pageId });
  outcomes(c, 'E_DOWN_ALERT', timedOut);
  c.simulation.pass(20 * MINUTE);
  expect(sent(c, 'E_DOWN_ALERT')).toEqual(['1 maier console', '1 lee console']);
  expect(c.simulation.view.owners.onCall).toBe('lee');
});

test('word whose result was lost goes to nobody who has word of their own', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true });
  outcomes(c, 'ESCALATION_INFO', (found) => found, timedOut).do('assignEngineer', 'crm', { engineer: 'kim' });
  c.simulation.pass(5 * MINUTE);
  expect(sent(c, 'ESCALATION_INFO')).toEqual(['1 ana console']);
});

test('nor does word that found somebody whose line is down', () => {
  const c = caseAt({ severity: 1, level: 'M1' }).do('recordTransfer', 'desk', { outcome: 'UNREACHABLE' }).do('acceptEscalation', 'ben');
  const from = c.sent;
  c.phones.lines.set('ana', 'down');
  c.do('assignEngineer', 'crm', { engineer: 'kim' });
  c.simulation.pass(MINUTE);
  expect(c.pagedSince(from)).toEqual(['ASSIGNED → kim', 'ESCALATION_INFO → ben']);
});

test('a severity that is lowered between two channels leaves none out', () => {
  const c = caseAt({ severity: 1, policy: { channels: { urgent: ['webhook', 'console'], normal: ['console'] } } });
  c.phones.change('ana', { channels: [...webhooks(1), { kind: 'console' }] });
  c.do('requestManagerContact', 'maria').do('changeSeverity', 'maria', { severity: 3 });
  c.simulation.pass(10 * MINUTE);
  expect(sent(c, 'MANAGER_REQUESTED')).toEqual(['1 ana webhook', '2 ana console']);
});

describe('channels that come and go between two tries: each of the person is tried once, and none left out', () => {
  const two: Channel[] = [...webhooks(1), { kind: 'console' }];

  test('by a policy that leaves the first one out', () => {
    const c = caseAt({ severity: 1 });
    c.phones.change('ana', { channels: two });
    c.do('escalate', 'maria').do('adoptPolicy', 'crm', { policy: { ...policy({ channels: { urgent: ['console'], normal: ['console'] } }), hash: 'other' } });
    c.simulation.pass(10 * MINUTE);
    expect(sent(c, 'ESCALATED_M1')).toEqual(['1 ana webhook', '2 ana console']);
  });

  test('by a new telephone that stands first', () => {
    const c = caseAt({ severity: 1 });
    c.phones.change('ana', { channels: two });
    c.do('escalate', 'maria');
    c.phones.change('ana', { channels: [{ kind: 'console' }, ...webhooks(1)] });
    c.simulation.pass(20 * MINUTE);
    expect(sent(c, 'ESCALATED_M1')).toEqual(['1 ana webhook', '2 ana console']);
  });
});
