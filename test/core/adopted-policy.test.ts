/** B6: another policy in the middle of an emergency counts at once where it is shorter, and never breaks the clock. */
import { needOf } from '../../workflows/core/paging/find';
import { caseAt, HOUR, MINUTE, policy, START } from '../support/cases';

const alerts = (c: ReturnType<typeof caseAt>): string[] =>
  c.simulation.events.filter(({ type }) => type === 'EmergencyAlerted').map(({ at }) => at.slice(11, 16));

test('a shorter cadence counts from now, not from the next alert of the old one', () => {
  const c = caseAt({ policy: { eDown: { alertEvery: '4h' } } }).declareEDown();
  c.simulation.pass(5 * MINUTE);
  c.do('adoptPolicy', 'crm', { policy: { ...policy(), hash: 'other' } });
  c.simulation.pass(HOUR);
  expect(alerts(c)).toEqual(['09:00', '09:20', '09:35', '09:50', '10:05']);
});

test('a longer cadence counts from the next alert on', () => {
  const c = caseAt().declareEDown();
  c.simulation.pass(5 * MINUTE);
  c.do('adoptPolicy', 'crm', { policy: { ...policy({ eDown: { alertEvery: '30m' } }), hash: 'other' } });
  c.simulation.pass(HOUR);
  expect(alerts(c)).toEqual(['09:00', '09:15', '09:45']);
});

test('a shorter time to accept a hand-over counts from now, a longer one takes none of it away', () => {
  const offered = (accept: string) =>
    caseAt({ policy: { eDown: { handOver: { accept } } } })
      .declareEDown()
      .do('handOver', 'lee', { to: 'maier', state: 'Down.', tried: 'Restarts.', nextStep: 'Read the dump.' });
  const overdue = (c: ReturnType<typeof offered>): string[] =>
    c.simulation.events.filter(({ type }) => type === 'HandOverOverdue').map(({ at }) => at.slice(11, 16));
  for (const [before, after] of [
    ['4h', '15m'],
    ['15m', '4h'],
  ] as const) {
    const c = offered(before);
    c.do('adoptPolicy', 'crm', { policy: { ...policy({ eDown: { handOver: { accept: after } } }), hash: 'other' } });
    c.simulation.pass(HOUR);
    expect(overdue(c)).toEqual(['09:15']);
  }
});

test('R49 a shorter time to answer counts from now, a longer one moves no deadline', () => {
  const dueIn = (managerAck: string): number => {
    const c = caseAt({ severity: 1, level: 'M1' });
    c.simulation.pass(5 * MINUTE);
    c.do('adoptPolicy', 'crm', { policy: { ...policy({ severities: { 1: { managerAck } } }), hash: 'other' } });
    const turn = needOf(c.simulation.state, 'M1')?.turn;
    const due = turn?.is === 'ASKED' ? (turn.answerDueAt ?? 0) : 0;
    c.simulation.pass(due - c.simulation.now);
    expect(c.simulation.events.filter(({ type }) => type === 'PageUnanswered')).toHaveLength(1);
    return (due - START) / MINUTE;
  };
  expect(['10m', '24m', '26m', '4h'].map(dueIn)).toEqual([15, 29, 30, 30]);
});

test('H3 a shorter time for an answer to hold counts from now, a longer one takes none of it away', () => {
  const expiresIn = (ackExpires: string): number => {
    const c = caseAt({ severity: 1, level: 'M1', accepted: true });
    c.simulation.pass(5 * MINUTE);
    c.do('adoptPolicy', 'crm', { policy: { ...policy({ severities: { 1: { ackExpires } } }), hash: 'other' } });
    c.simulation.pass(4 * HOUR);
    const expired = c.simulation.events.find(
      (event) => event.type === 'AcknowledgementExpired' && event.data.need === 'M1',
    );
    return (Date.parse(expired?.at ?? '') - START) / MINUTE;
  };
  expect(['10m', '54m', '56m', '4h'].map(expiresIn)).toEqual([15, 59, 60, 60]);
});

test('H4 a shorter patience with a contact counts from now, a longer one from the next step on', () => {
  const checkedIn = (idle: string): number => {
    const c = caseAt().declareEDown();
    c.simulation.pass(5 * MINUTE);
    c.do('adoptPolicy', 'crm', { policy: { ...policy({ eDown: { contactCheck: { idle } } }), hash: 'other' } });
    c.simulation.pass(12 * HOUR);
    const checked = c.simulation.events.find(({ type }) => type === 'ContactChecked');
    return (Date.parse(checked?.at ?? '') - START) / MINUTE;
  };
  expect(['1h', '8h'].map(checkedIn)).toEqual([65, 240]);
});

test('warnings out of order are refused: the second would fall due again and again, and never be over', () => {
  const c = caseAt().declareEDown();
  const { refusal } = c.give('adoptPolicy', 'crm', { policy: { ...policy(), hash: 'other', warnAt: [75, 50] } });
  expect(refusal).toMatchObject({ code: 'INVALID_INPUT', fields: [{ field: 'policy.warnAt' }] });
  expect(
    c.give('adoptPolicy', 'crm', { policy: { ...policy(), hash: 'other', warnAt: [50, 75] } }).refusal,
  ).toBeUndefined();
});

test('a night that is no time of day is refused: nobody could say when it ends', () => {
  const c = caseAt();
  const night = policy({ eDown: { contactCheck: { quiet: { from: '22:00', to: '07:00' } } } });
  const { contactCheck } = night.eDown;
  const broken = { ...night.eDown, contactCheck: { ...contactCheck, quiet: { from: '22:00', to: '25:00' } } };
  const { refusal } = c.give('adoptPolicy', 'crm', { policy: { ...night, hash: 'other', eDown: broken } });
  expect(refusal).toMatchObject({ code: 'INVALID_INPUT', fields: [{ field: 'policy.eDown.contactCheck.quiet.to' }] });
});
