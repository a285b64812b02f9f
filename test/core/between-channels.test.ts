/** B2, H7, R49: what changes between two sends of one page: nobody is passed over by it, and no channel of theirs. */
import type { Channel } from '../../activities/directory/types';
import type { Delivery } from '../../rehearsal/dry-run';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import { caseAt, MINUTE, policy, type Fixture } from '../support/cases';
import { org } from '../support/org';

const webhooks = (count: number): Channel[] =>
  Array.from({ length: count }, (_, nth) => ({ kind: 'webhook', url: `http://phone/${nth}` }));

/** What becomes of the orders of one purpose, one after the other; after the last of these all is as it would be. */
function outcomes(
  c: Fixture,
  purpose: PageOrder['purpose'],
  ...each: readonly ((delivery: Delivery) => Delivery)[]
): Fixture {
  const page = c.phones.page.bind(c.phones);
  const left = [...each];
  c.phones.page = (order, now) => {
    const delivery = page(order, now);
    const become = order.purpose === purpose ? left.shift() : undefined;
    return become ? become(delivery) : delivery;
  };
  return c;
}

const asIs = (delivery: Delivery): Delivery => delivery;
const late =
  (afterMs: number, become = asIs) =>
  (delivery: Delivery): Delivery => ({ ...become(delivery), afterMs });
const rejected = ({ result }: Delivery): Delivery => ({
  result: { ...result, outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER', detail: 'HTTP 410' } as PageResult,
});
/** Workers were down, and came back before the next person's time had come. */
const lost = late(10_000, () => ({ result: { outcome: 'FAILED', reason: 'TIMED_OUT', passedOver: [] } }));

/** What went out to somebody: over which of their channels, and what became of it. */
const sent = (c: Fixture, purpose: PageOrder['purpose'], from = 0): string[] =>
  c.simulation.messages
    .slice(from)
    .filter(({ order }) => order.purpose === purpose)
    .map(({ order, result }) => {
      const person = 'person' in result ? result.person : '-';
      const channel = 'channel' in result ? result.channel : '-';
      return `${order.pageId.split('-')[1]}/${order.attempt} ${person} ${channel} ${result.outcome === 'FAILED' ? result.reason : result.outcome}`;
    });

const toTwoChannels = (): Fixture => {
  const c = caseAt({ severity: 1 });
  c.phones.change('ana', { channels: webhooks(2) });
  return c;
};

test('who leaves the company before their second channel is tried takes nobody else of the chart with them', () => {
  const c = outcomes(toTwoChannels(), 'ESCALATED_M1', late(10_000, rejected)).do('escalate', 'maria');
  c.phones.set({
    people: org()
      .people.filter(({ id }) => id !== 'ana')
      .map((person) => (person.id === 'lee' ? { ...person, manager: 'ben' } : person)),
  });
  c.simulation.pass(5 * MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual([
    '2/1 ana webhook REJECTED_BY_PROVIDER',
    '2/2 - - NO_PERSON',
    '3/1 ben console ACCEPTED',
  ]);
});

test('a second channel whose result was lost is tried again for the same person, under the same key', () => {
  const c = outcomes(toTwoChannels(), 'ESCALATED_M1', rejected, lost).do('escalate', 'maria');
  c.simulation.pass(MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual([
    '2/1 ana webhook REJECTED_BY_PROVIDER',
    '2/2 - - TIMED_OUT',
    '2/2 ana webhook#2 ACCEPTED',
  ]);
});

test('D9 who has gone away meanwhile is not tried again: the next one is asked', () => {
  const c = outcomes(toTwoChannels(), 'ESCALATED_M1', rejected, lost).do('escalate', 'maria');
  c.phones.away('ana', { from: 0, to: Number.MAX_SAFE_INTEGER });
  c.simulation.pass(MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual([
    '2/1 ana webhook REJECTED_BY_PROVIDER',
    '2/2 - - TIMED_OUT',
    '2/2 - - NO_PERSON',
    '3/1 ben console ACCEPTED',
  ]);
});

test('H7, D13 the next person is rung after 30 seconds, and what is on its way to the first one still arrives', () => {
  const c = toTwoChannels();
  c.phones.lines.set('ana webhook', 'retries');
  outcomes(c, 'ESCALATED_M1', asIs, late(40_000)).do('escalate', 'maria');
  const from = c.sent;
  c.simulation.pass(30_000);
  expect(c.heardSince(from)).toEqual(['ESCALATED_M1 rings ben']);
  c.simulation.pass(2 * MINUTE);
  expect(sent(c, 'ESCALATED_M1')).toEqual([
    '2/1 ana webhook PROVIDER_DOWN',
    '2/3 ana webhook#2 ACCEPTED',
    '3/1 ben console ACCEPTED',
  ]);
  // She is welcome, and ben hears so (H1).
  c.do('acknowledge', 'ana');
  expect(c.heardSince(from)).toEqual(['ESCALATED_M1 rings ben', 'ESCALATION_INFO tells ben']);
});

test('H3 an alert whose result was lost goes out again as word to whoever has the alerts', () => {
  const c = caseAt({ severity: 1 }).declareEDown();
  c.do('acknowledge', 'lee', {
    pageId: c.simulation.messages.find(({ order }) => order.purpose === 'E_DOWN_ALERT')?.order.pageId,
  });
  const from = c.sent;
  outcomes(c, 'E_DOWN_ALERT', lost);
  c.simulation.pass(20 * MINUTE);
  expect(sent(c, 'E_DOWN_ALERT', from)).toEqual(['6/1 - - TIMED_OUT', '6/1 lee console ACCEPTED']);
  expect(c.heardSince(from)).toEqual(['E_DOWN_ALERT tells lee']);
  expect(c.simulation.view.owners.onCall).toBe('lee');
});

test('word whose result was lost goes to nobody who has word of their own', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true });
  outcomes(c, 'ESCALATION_INFO', asIs, lost).do('assignEngineer', 'crm', { engineer: 'kim' });
  c.simulation.pass(5 * MINUTE);
  expect(sent(c, 'ESCALATION_INFO')).toEqual([
    '5/1 ana console ACCEPTED',
    '6/1 - - TIMED_OUT',
    '6/1 - - KNOWS_ALREADY',
  ]);
});

test('nor does word that found somebody whose line is down', () => {
  const c = caseAt({ severity: 1, level: 'M1' })
    .do('recordTransfer', 'desk', { outcome: 'UNREACHABLE' })
    .do('acceptEscalation', 'ben');
  const from = c.sent;
  c.phones.lines.set('ana', 'down');
  c.do('assignEngineer', 'crm', { engineer: 'kim' });
  c.simulation.pass(MINUTE);
  expect(c.heardSince(from)).toEqual(['ASSIGNED rings kim', 'ASSIGNED tells lee', 'ESCALATION_INFO tells ben']);
});

test('a severity that is lowered between two channels leaves none out', () => {
  const c = caseAt({ severity: 1, policy: { channels: { urgent: ['webhook', 'console'], normal: ['console'] } } });
  c.phones.change('ana', { channels: [...webhooks(1), { kind: 'console' }] });
  c.do('requestManagerContact', 'maria').do('changeSeverity', 'maria', { severity: 3 });
  c.simulation.pass(10 * MINUTE);
  expect(sent(c, 'MANAGER_REQUESTED')).toEqual(['2/1 ana webhook ACCEPTED', '2/2 ana console ACCEPTED']);
});

describe('channels that come and go between two tries: each of the person is tried once, and none left out', () => {
  const two: Channel[] = [...webhooks(1), { kind: 'console' }];
  const eachOnce = ['2/1 ana webhook ACCEPTED', '2/2 ana console ACCEPTED'];

  test('by a policy that leaves the first one out', () => {
    const c = caseAt({ severity: 1 });
    c.phones.change('ana', { channels: two });
    c.do('escalate', 'maria').do('adoptPolicy', 'crm', {
      policy: { ...policy({ channels: { urgent: ['console'], normal: ['console'] } }), hash: 'other' },
    });
    c.simulation.pass(10 * MINUTE);
    expect(sent(c, 'ESCALATED_M1')).toEqual(eachOnce);
  });

  test('by a new telephone that stands first', () => {
    const c = caseAt({ severity: 1 });
    c.phones.change('ana', { channels: two });
    c.do('escalate', 'maria');
    c.phones.change('ana', { channels: [{ kind: 'console' }, ...webhooks(1)] });
    c.simulation.pass(20 * MINUTE);
    expect(sent(c, 'ESCALATED_M1')).toEqual(eachOnce);
  });
});
