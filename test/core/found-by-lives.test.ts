/** What random lives have found, each as the smallest case that shows it: D5, D6, D9, D15, H5. */
import { asksOf, episodeOf, holderOf, isKnown, needOf, personOf } from '../../workflows/core/paging/find';
import { caseAt, HOUR, MINUTE, START } from '../support/cases';
import type { Phones } from '../support/org';

const at = (ms: number): string => new Date(START + ms).toISOString();
const zed = { role: 'MANAGER' };

describe('D5 nothing stays of an answer by a name that nobody knows', () => {
  test('the same name is looked up again when it answers again', () => {
    const c = caseAt().do('requestManagerContact', 'maria');
    for (const time of ['first', 'second']) {
      const { events } = c.give('acknowledge', 'zed', zed);
      expect([time, events.map(({ type }) => type)]).toEqual([time, expect.arrayContaining(['AnswerVoided'])]);
      expect(isKnown(c.simulation.state, 'zed')).toBe(false);
      expect(holderOf(needOf(c.simulation.state, 'MANAGER_REQUESTED')!)).toBeNull();
    }
  });

  test('good news that they say they have read is still told to whose case it is', () => {
    const c = caseAt({ severity: 1 }).do('recordProgress', 'lee', { summary: 'At it.', substantive: true });
    c.do('changeSeverity', 'maria', { severity: 3 }).do('acknowledge', 'zed', zed);
    expect(asksOf(c.simulation.state, 'lee').map(({ key }) => key)).toEqual(['SEVERITY_CHANGED']);
  });

  test('who has been working on the emergency is who writes the hand-over still', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'maier').do('decline', 'maier');
    const before = episodeOf(c.simulation.state)?.workedBy;
    c.do('acknowledge', 'zed', zed);
    expect(episodeOf(c.simulation.state)?.workedBy).toBe(before);
  });

  test('a known name from elsewhere in the company has it, and is who works on it', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'smith');
    expect(episodeOf(c.simulation.state)?.workedBy).toBe('smith');
  });
});

test('D6 who declines while a message is on its way to them is not asked by it', () => {
  const c = caseAt({ engineer: null, severity: 1 }).do('escalate', 'maria');
  const [need] = c.simulation.state.needs.filter(({ key }) => key === 'M1');
  expect(need?.turn).toMatchObject({ is: 'ASKED', person: 'dora' });
  // A second thing for the same manager is still on its way, and repeats the first.
  const slow = c.phones.page.bind(c.phones);
  c.phones.page = (order, now) => ({ ...slow(order, now), afterMs: 20_000 });
  c.do('requestManagerContact', 'maria').do('decline', 'dora');
  c.simulation.pass(MINUTE);
  expect(asksOf(c.simulation.state, 'dora').map(({ key }) => key)).not.toContain('M1');
});

test('D15 a talk that is told late is compared with when the one in force took place', () => {
  const c = caseAt();
  const talk = { how: 'PHONE', outcome: 'REACHED', summary: 'Talked.' };
  c.simulation.pass(30 * MINUTE);
  c.do('recordCustomerContact', 'lee', { ...talk, occurredAt: at(5 * MINUTE) });
  const { events } = c.give('recordCustomerContact', 'lee', { ...talk, occurredAt: at(20 * MINUTE) });
  expect(events.map(({ type }) => type)).not.toContain('OlderFactRecorded');
});

test('H5 a manager who has written the hand-over for an engineer is not off: the level is theirs, and they hear of it', () => {
  const c = caseAt({ emergency: true, level: 'M1' }).do('acceptEscalation', 'ana').do('acknowledge', 'maier');
  c.do('handOver', 'ana', { to: 'smith', state: 'Down.', tried: 'Restart.', nextStep: 'Restore.' });
  c.do('acknowledge', 'smith');
  expect(personOf(c.simulation.state, 'ana')?.isOff).toBe(false);
});

test('D15 an older talk answers no page', () => {
  const c = caseAt().do('requestManagerContact', 'maria');
  const talk = { how: 'PHONE', outcome: 'REACHED', summary: 'Talked.' };
  c.do('recordCustomerContact', 'ana', { ...talk, outcome: 'NO_ANSWER', occurredAt: at(-30 * MINUTE) });
  expect(c.simulation.view.attention).toContain('UNACKNOWLEDGED');
});

test('D9 whoever stands in, because the one before is asked for the other level, stands in by name as well', () => {
  const c = caseAt({ severity: 1, company: (phones) => awayWithDelegate(phones) }).do('escalate', 'maria');
  c.do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called us.' });
  c.simulation.pass(26 * HOUR);
  for (const { data } of c.simulation.events.flatMap((event) => (event.type === 'PageSent' ? [event] : [])))
    if (data.route === 'DELEGATE')
      expect(data.passedOver).toContainEqual(expect.objectContaining({ why: 'AWAY', person: 'dirk' }));
});

const awayWithDelegate = (phones: Phones): void =>
  phones.away('dirk', { from: 0, to: START + 48 * HOUR, delegate: 'ana' });

test('R9 what is on its way to somebody already is not told once more by a message that comes late', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  // From here on messages take their time: a second thing for ana, and word that ben has the first, pass each other.
  const quick = c.phones.page.bind(c.phones);
  c.phones.page = (order, now) => ({ ...quick(order, now), afterMs: 20_000 });
  c.do('requestManagerContact', 'maria').do('acknowledge', 'ben', { pageId: 'C1000001-2' });
  c.simulation.pass(5 * MINUTE);
  const told = c.simulation.messages.filter(
    ({ order, result }) =>
      result.outcome === 'ACCEPTED' &&
      result.person === 'ana' &&
      order.tells.some(({ fact }) => fact.type === 'PageAcknowledged'),
  );
  expect(told).toHaveLength(1);
});

test('H1 whoever is asked as a manager is welcome as the engineer they say they are, for what an engineer may have', () => {
  // lee manages his own manager: the chart goes round in a circle.
  const c = caseAt({ engineer: 'ana', company: (phones) => phones.change('ana', { manager: 'lee' }) });
  c.do('escalate', 'maria').do('changeSeverity', 'maria', { severity: 1 });
  expect(asksOf(c.simulation.state, 'lee').map(({ key }) => key)).toEqual(['M1']);
  c.do('acknowledge', 'lee', { role: 'ENGINEER' });
  expect(holderOf(needOf(c.simulation.state, 'SEVERITY_CHANGED')!)).toBe('lee');
  expect(holderOf(needOf(c.simulation.state, 'M1')!)).toBeNull();
});
