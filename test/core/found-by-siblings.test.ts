/**
 * H1, H5, H6, H9, D4, D6, D8, R9, R27, R45, R49: what random lives and somebody who looked for siblings of known cases found: a case that
 * was green while nobody had it, and answers that were turned away.
 */
import { holderOf, needOf } from '../../workflows/core/paging/find';
import type { NeedKey } from '../../workflows/core/paging/needs';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';

/** lee's, who has not answered yet. */
const unanswered = (severity: 1 | 2 | 3 = 1): Fixture =>
  caseAt({ severity, engineer: null, opening: { engineer: 'lee' } });
const holder = ({ simulation: { state } }: Fixture, key: NeedKey): string | null | undefined => {
  const need = needOf(state, key);
  return need && holderOf(need);
};
const asked = ({ simulation: { state } }: Fixture, key: NeedKey): string | undefined => {
  const whose = needOf(state, key)?.turn;
  return whose?.is === 'ASKED' ? whose.person : whose?.is;
};
const isGreen = ({ simulation: { view } }: Fixture): boolean => view.attention.length === 0;
const LOWERED = { severity: 1, reason: 'A mistake.', customerAgreed: true };
const talked = { how: 'PHONE', outcome: 'REACHED', summary: 'Talked.' };

test('R9 an alert of an emergency that somebody has takes nothing from whoever the case was given to meanwhile', () => {
  const c = unanswered().declareEDown().do('acknowledge', 'maier');
  c.simulation.pass(14 * MINUTE);
  c.do('assignEngineer', 'ana', { engineer: 'kim' });
  c.simulation.pass(2 * MINUTE);
  expect(needOf(c.simulation.state, 'ASSIGNED')).toBeDefined();
  expect(isGreen(c)).toBe(false);
  c.do('acknowledge', 'kim');
  expect(holder(c, 'ASSIGNED')).toBe('kim');
});

test('R27 an engineer who is taken off the case does not keep its emergency: whoever has the case now is asked', () => {
  const c = caseAt({ severity: 1 }).declareEDown().do('acknowledge', 'lee');
  expect(holder(c, 'E_DOWN_ALERT')).toBe('lee');
  const before = c.sent;
  c.do('assignEngineer', 'ana', { engineer: 'smith' });
  expect(holder(c, 'E_DOWN_ALERT')).toBeNull();
  // maier is on call, and was rung when it began: within their answer time they are asked without a ring.
  expect(c.heardSince(before)).toContain('E_DOWN_ALERT + ASSIGNED asks maier');
  expect(isGreen(c)).toBe(false);
  c.simulation.pass(16 * MINUTE);
  expect(c.heardSince(before).filter((line) => line.includes('E_DOWN_ALERT')).length).toBeGreaterThan(1);
});

test('H5 whoever is on call and was its engineer keeps the emergency, and is not off', () => {
  const c = caseAt({ severity: 1, engineer: null, opening: { engineer: 'maier' } }).declareEDown();
  c.do('acknowledge', 'maier').do('assignEngineer', 'ana', { engineer: 'lee' });
  expect(holder(c, 'E_DOWN_ALERT')).toBe('maier');
  const before = c.sent;
  c.simulation.pass(30 * MINUTE);
  expect(c.heardSince(before)).toContain('E_DOWN_ALERT tells maier');
});

test.each([
  ['taken back', (c: Fixture) => c.do('changeSeverity', 'maria', LOWERED)],
  ['lowered', (c: Fixture) => c.do('changeSeverity', 'maria', { ...LOWERED, severity: 3 })],
  [
    'stepped down from by whoever is on call',
    (c: Fixture) =>
      c
        .do('acknowledge', 'maier')
        .do('recordProgress', 'maier', { summary: 'Found.', substantive: true })
        .do('stepDown', 'maier', { reason: 'Day work.', customerAgreed: true }),
  ],
])('R9, H9 an E-Down that was %s before the engineer has answered: the case is asked of them again', (_how, end) => {
  const c = end(unanswered().declareEDown());
  expect(needOf(c.simulation.state, 'ASSIGNED')).toBeDefined();
  c.do('acknowledge', 'lee');
  expect(holder(c, 'ASSIGNED')).toBe('lee');
});

test('one that the engineer had answered leaves nothing to ask', () => {
  const c = caseAt({ severity: 1 }).declareEDown().do('changeSeverity', 'maria', LOWERED);
  expect(needOf(c.simulation.state, 'ASSIGNED')).toBeUndefined();
});

test('R9 one act of whoever stands in is not the answer of the engineer', () => {
  const c = unanswered().do('acknowledge', 'smith');
  c.do('recordProgress', 'smith', { summary: 'Looking.', substantive: false });
  expect(holder(c, 'ASSIGNED')).toBe('smith');
  c.do('acknowledge', 'lee');
  expect(holder(c, 'ASSIGNED')).toBe('lee');
});

test('D6 an engineer who cannot: whoever was asked to assign another has it until they do', () => {
  const c = unanswered().do('decline', 'lee', { reason: 'Ill.' }).do('acknowledge', 'ana');
  c.do('recordProgress', 'ana', { summary: 'Looking.', substantive: false });
  expect(holder(c, 'ASSIGNED')).toBe('ana');
});

test('H6 what somebody took in the place of the engineer is not what the engineer knows', () => {
  const c = caseAt({ severity: 3 }).do('changeSeverity', 'maria', { severity: 1 });
  c.do('decline', 'lee', { reason: 'Ill.' }).do('acknowledge', 'ana');
  c.do('changeSeverity', 'maria', { severity: 2 }).do('changeSeverity', 'maria', { severity: 1 });
  expect(needOf(c.simulation.state, 'SEVERITY_CHANGED')).toBeDefined();
});

test('H1 whoever answers after their own shift has it, and nobody is asked to take it from them in the same second', () => {
  const c = caseAt({ severity: 1 }).declareEDown();
  // smith has the evening, and is asked before midnight.
  c.simulation.pass(14 * HOUR + 50 * MINUTE);
  const rung = c.simulation.state.people.filter(({ id }) => id === 'smith' || id === 'jones');
  expect(rung.length).toBeGreaterThan(0);
  c.simulation.pass(20 * MINUTE);
  const late = rung[0]?.id ?? '';
  const before = c.sent;
  c.do('acknowledge', late);
  c.simulation.pass(1_000);
  expect(holder(c, 'E_DOWN_ALERT')).toBe(late);
  expect(c.heardSince(before).filter((line) => line.includes(' rings '))).toEqual([]);
});

test('D8 whoever is asked what only managers do is a manager to the case, whatever else they are asked', () => {
  const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria');
  c.simulation.pass(0);
  const person = asked(c, 'MANAGER_REQUESTED') ?? '';
  const met = c.simulation.state.people.find(({ id }) => id === person);
  expect(met?.audience).toBe('MANAGER');
  // As whoever is on call and a manager is, after a page of the emergency.
  if (met) met.audience = 'ON_CALL';
  c.simulation.give('acknowledge', { by: person, means: 'LINK' });
  expect(holder(c, 'MANAGER_REQUESTED')).toBe(person);
});

test.each([
  [
    'handed over',
    (c: Fixture) =>
      c.do('handOver', 'lee', { to: 'smith', state: 's', tried: 't', nextStep: 'n' }).do('acknowledge', 'smith'),
  ],
  ['given to another', (c: Fixture) => c.do('assignEngineer', 'ana', { engineer: 'smith' }).do('acknowledge', 'smith')],
])('H5, H9 what the engineer had taken goes with the case that is %s', (_how, give) => {
  const c = caseAt({ severity: 1 }).do('requestEDown', 'maria').do('acknowledge', 'lee');
  expect(holder(c, 'E_DOWN_REQUESTED')).toBe('lee');
  expect(holder(give(c), 'E_DOWN_REQUESTED')).toBe('smith');
});

test('D4 a manager who has the case now does not keep what nobody does for their own case', () => {
  const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria').do('acknowledge', 'ana');
  expect(holder(c, 'MANAGER_REQUESTED')).toBe('ana');
  c.do('assignEngineer', 'dora', { engineer: 'ana' });
  expect(holder(c, 'MANAGER_REQUESTED')).toBeNull();
  expect(asked(c, 'MANAGER_REQUESTED')).not.toBe('ana');
});

test('R30 a contact who was replaced does not keep the question', () => {
  const contact = (name: string) => ({
    name,
    reach: 'PAGER',
    number: '+1 5',
    english: true,
    knowsSoftware: true,
    knowsEnvironment: true,
  });
  const c = caseAt({ severity: 3, opening: { contacts: [contact('pat')] as never } });
  c.do('recordCustomerContact', 'lee', talked);
  c.do('requestContactAction', 'lee', { kind: 'TEST', what: 'Try it.', dueAt: '2026-11-26T09:00:00Z' });
  c.do('acknowledge', 'pat');
  expect(holder(c, 'CONTACT_ACTION:C1000001-A1')).toBe('pat');
  c.do('updateContacts', 'maria', { replace: [{ name: 'pat', with: contact('quinn') }] });
  expect(asked(c, 'CONTACT_ACTION:C1000001-A1')).toBe('quinn');
});

test('R49 a manager who has promised to call and cannot be got on the phone is not waited for', () => {
  const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria').do('acknowledge', 'ana');
  c.do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' });
  expect(holder(c, 'MANAGER_REQUESTED')).toBeNull();
  expect(asked(c, 'MANAGER_REQUESTED')).not.toBe('ana');
});
