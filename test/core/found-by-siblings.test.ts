/**
 * H1, H5, H6, H9, D4, D6, D8, R9, R27, R45, R49: what random lives and somebody who looked for siblings of known cases found: a case that
 * was green while nobody had it, and answers that were turned away.
 */
import { holderOf, needOf } from '../../workflows/core/paging/find';
import { ownerOf } from '../../workflows/core/paging/levels';
import type { NeedKey } from '../../workflows/core/paging/needs';
import { needs } from '../../workflows/core/words/en/needs';
import { caseAt, HOUR, MINUTE, type Fixture } from '../support/cases';
import { org } from '../support/org';
import { completeAnswers } from '../support/story';

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
const technician = (name: string) => ({
  name,
  reach: 'PAGER',
  number: '+1 5',
  english: true,
  knowsSoftware: true,
  knowsEnvironment: true,
});
/** The first line of whoever is asked now. */
const wantedOf = ({ simulation: { state } }: Fixture, key: NeedKey): string => {
  const need = needOf(state, key);
  if (!need) throw new Error(`nobody is asked for ${key}`);
  const ask = { key, fact: need.fact };
  const asked = {
    ask,
    as: 'MANAGER',
    route: { key: 'CHART' },
    person: '',
    facts: { customer: 'Acme' },
    engineer: null,
  };
  return needs[need.kind].want(asked as never);
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
  const c = caseAt({ severity: 3, opening: { contacts: [technician('pat')] as never } });
  c.do('recordCustomerContact', 'lee', talked);
  c.do('requestContactAction', 'lee', { kind: 'TEST', what: 'Try it.', dueAt: '2026-11-26T09:00:00Z' });
  c.do('acknowledge', 'pat');
  expect(holder(c, 'CONTACT_ACTION:C1000001-A1')).toBe('pat');
  c.do('updateContacts', 'maria', { replace: [{ name: 'pat', with: technician('quinn') }] });
  expect(asked(c, 'CONTACT_ACTION:C1000001-A1')).toBe('quinn');
});

test('R49 a manager who has promised to call and cannot be got on the phone is not waited for', () => {
  const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria').do('acknowledge', 'ana');
  c.do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' });
  expect(holder(c, 'MANAGER_REQUESTED')).toBeNull();
  expect(asked(c, 'MANAGER_REQUESTED')).not.toBe('ana');
});

describe('D16, R50 two callers wait for one call', () => {
  const NUMBER = { callback: '+1 555 0199' };

  test('neither has the other’s number, and neither is forgotten', () => {
    const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria', NUMBER).do('requestManagerContact', 'otto');
    const [line] = c.simulation.state.needs.filter(({ kind }) => kind === 'MANAGER_REQUESTED');
    expect(wantedOf(c, 'MANAGER_REQUESTED')).toBe(
      'Please call otto and maria (+1 555 0199) back: they ask for a manager.',
    );
    expect(line?.fact.data).toMatchObject({ caller: { name: 'otto' } });
    // Who asks again without a number has still the one that they gave.
    c.do('requestManagerContact', 'maria', NUMBER).do('requestManagerContact', 'maria');
    expect(wantedOf(c, 'MANAGER_REQUESTED')).toBe(
      'Please call maria (+1 555 0199) and otto back: they ask for a manager.',
    );
  });

  test('what one of them has answered of an E-Down is not asked of the other', () => {
    const c = caseAt({ severity: 1 });
    const { confirmGenuine: _, ...answers } = completeAnswers();
    c.do('requestEDown', 'maria', { eDown: answers }).do('requestEDown', 'otto');
    expect(c.simulation.view.eDownRequest).toMatchObject({ missing: ['eDown.confirmGenuine'] });
    expect(wantedOf(c, 'E_DOWN_REQUESTED')).toMatch(/^Please call otto and maria.* back: production may be down\.$/);
    c.do('recordCustomerContact', 'lee', talked);
    c.do('requestEDown', 'otto');
    expect(c.simulation.view.eDownRequest?.missing.length).toBeGreaterThan(5);
    expect(wantedOf(c, 'E_DOWN_REQUESTED')).toBe('Please call otto back: production may be down.');
  });
});

test.each([
  ['they have written', (c: Fixture) => c.do('requestManagerContact', 'pat')],
  ['somebody has talked to them', (c: Fixture) => c.do('recordCustomerContact', 'kim', talked)],
])('R30 a contact who could not be reached, and %s: nobody is asked to reach them any more', (_how, reach) => {
  const c = caseAt({ severity: 1, opening: { contacts: [technician('pat')] as never } });
  c.do('recordCustomerContact', 'lee', talked);
  c.phones.lines.set('pat', 'rejects');
  c.do('requestContactAction', 'lee', { kind: 'TEST', what: 'Try it.' });
  c.simulation.pass(MINUTE);
  expect(needOf(c.simulation.state, 'CONTACT_UNREACHED')).toBeDefined();
  reach(c);
  expect(needOf(c.simulation.state, 'CONTACT_UNREACHED')).toBeUndefined();
});

test('D6 whose case it is can say "I cannot" while somebody stands in for them, who keeps it', () => {
  const c = unanswered().do('acknowledge', 'ana');
  expect(holder(c, 'ASSIGNED')).toBe('ana');
  c.do('decline', 'lee');
  expect(holder(c, 'ASSIGNED')).toBe('ana');
  const before = c.sent;
  c.simulation.pass(20 * MINUTE);
  expect(c.heardSince(before)).toEqual([]);
});

test('H9 a case whose engineer nobody knows, closed and opened again: somebody is asked for one', () => {
  const c = caseAt({ severity: 2, engineer: null, opening: { engineer: 'nemo' } });
  c.simulation.pass(MINUTE);
  expect(c.simulation.view.attention).toContain('OWNER_UNKNOWN');
  c.do('closeCase', 'kim', { resolution: 'Done.', customerAgreed: true });
  c.do('reopenCase', 'maria', { reason: 'Not done.' });
  expect(needOf(c.simulation.state, 'ENGINEER_NEEDED')).toBeDefined();
  expect(needOf(c.simulation.state, 'ASSIGNED')).toBeUndefined();
});

test('D9 whoever is asked for a level takes it by an act, whatever they say they act as', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  c.simulation.give('recordProgress', { by: 'ana', role: 'ENGINEER', summary: 'Staffed it.', substantive: false });
  expect(ownerOf(c.simulation.state, 'M1')).toBe('ana');
});

test('D3, H3 whoever takes the case by assigning themselves is not rung for it', () => {
  const c = unanswered();
  const before = c.sent;
  c.do('assignEngineer', 'ana', { engineer: 'ana' });
  c.simulation.pass(30 * MINUTE);
  expect(needOf(c.simulation.state, 'ASSIGNED')).toBeUndefined();
  expect(c.heardSince(before)).toEqual(['ASSIGNED tells lee']);
  expect(isGreen(c)).toBe(true);
});

test('D16 a customer who was put through to a manager has been talked to', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true }).do('requestEDown', 'maria');
  c.do('recordTransfer', 'desk', { outcome: 'CONNECTED', manager: 'ana' });
  expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('E_DOWN_REQUESTED');
  expect(c.simulation.view.attention).toEqual([]);
  const before = c.sent;
  // The next update is promised; the first contact is not overdue.
  c.simulation.pass(30 * MINUTE);
  expect(c.heardSince(before).filter((line) => line.startsWith('PROMISE_OVERDUE'))).toEqual([]);
});

test('D5 a contact of the customer’s who says that they are of our staff is looked up', () => {
  const c = caseAt({ severity: 1, engineer: null, opening: { contacts: [technician('pat')] as never } });
  c.simulation.give('acknowledge', { by: 'pat', role: 'ENGINEER' });
  c.simulation.pass(MINUTE);
  expect(holder(c, 'ENGINEER_NEEDED')).not.toBe('pat');
});

test.each([
  ['in an emergency', true],
  ['at severity 1', false],
])('H3 a company of one, %s: an answer that went stale is asked for again', (_when, isEmergency) => {
  const [team = { team: '', timezone: 'UTC', windows: [], people: [], overrides: [] }] = org().onCall;
  const [window = { days: [], from: '', to: '' }] = team.windows;
  const c = caseAt({
    severity: 1,
    engineer: null,
    opening: { engineer: 'lee' },
    company: (phones) => {
      const people = phones.people().flatMap(({ manager: _, ...person }) => (person.id === 'lee' ? [person] : []));
      const onCall = [{ ...team, windows: [{ ...window, from: '00:00', to: '24:00' }], people: ['lee'] }];
      phones.set({ people, onCall, dutyManagers: ['lee'], dutyExecutive: ['lee'], rnd: ['lee'] });
    },
  });
  if (isEmergency) c.declareEDown();
  c.do('acknowledge', 'lee');
  const before = c.sent;
  c.simulation.pass(12 * HOUR);
  expect(c.heardSince(before).filter((line) => line.includes(' rings lee')).length).toBeGreaterThan(1);
});

test('D5 a name that the directory does not know has nothing, though the case was given to it', () => {
  const c = caseAt().do('assignEngineer', 'ana', { engineer: 'nemo' });
  c.simulation.pass(MINUTE);
  c.give('acknowledge', 'nemo', { role: 'ENGINEER' });
  expect(holder(c, 'ENGINEER_NEEDED')).toBeNull();
  expect(c.simulation.events.filter(({ type }) => type === 'OwnerUnknown')).toHaveLength(1);
  // The directory has them since.
  const [lee] = c.phones.people();
  if (lee) c.phones.set({ people: [...c.phones.people(), { ...lee, id: 'nemo', name: 'Nemo' }] });
  c.give('acknowledge', 'nemo', { role: 'ENGINEER' });
  expect(needOf(c.simulation.state, 'ENGINEER_NEEDED')).toBeUndefined();
  expect(isGreen(c)).toBe(true);
});

describe('H2, D16 one talk settles a refused E-Down and a request for it: whoever has one has the other', () => {
  const refuse = (c: Fixture, by: string): void => void c.give('changeSeverity', by, { severity: 0 });

  test('it was refused, and is asked for then', () => {
    const c = caseAt({ severity: 1 });
    refuse(c, 'maria');
    c.do('acknowledge', 'lee');
    const before = c.sent;
    c.do('requestEDown', 'otto');
    expect(holder(c, 'E_DOWN_REQUESTED')).toBe('lee');
    expect(c.heardSince(before)).toEqual(['E_DOWN_REQUESTED tells lee']);
  });

  test('it was asked for, and is refused then', () => {
    const c = caseAt({ severity: 1 }).do('requestEDown', 'otto').do('acknowledge', 'lee');
    const before = c.sent;
    refuse(c, 'maria');
    expect(holder(c, 'E_DOWN_REFUSED')).toBe('lee');
    expect(c.heardSince(before)).toEqual(['E_DOWN_REFUSED tells lee']);
    c.do('recordCustomerContact', 'lee', talked);
    expect(isGreen(c)).toBe(true);
  });
});

test.each([
  ['is named', { manager: 'ana' }],
  ['has the level', {}],
])('R43 a customer who was put through to a manager who %s has had the manager’s call', (_how, fields) => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true });
  c.do('recordTransfer', 'desk', { outcome: 'CONNECTED', ...fields }).do('confirmStaffing', 'ana', { staff: ['kim'] });
  const before = c.sent;
  c.simulation.pass(2 * HOUR);
  expect(c.heardSince(before).filter((line) => line.startsWith('PROMISE_OVERDUE'))).toEqual([]);
});

test('R43 nobody keeps the manager’s promise for their own case', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true }).do('assignEngineer', 'ana', { engineer: 'dora' });
  c.do('recordTransfer', 'desk', { outcome: 'CONNECTED', manager: 'dora' });
  c.simulation.pass(2 * HOUR);
  expect(needOf(c.simulation.state, 'MANAGER_CONTACT')).toBeDefined();
});

test('D16, H8 a refused E-Down that nobody has talked about stands when the case is closed, as a request for one does', () => {
  const c = caseAt();
  c.give('changeSeverity', 'maria', { severity: 0 });
  c.do('closeCase', 'lee', { resolution: 'Done.', customerAgreed: true });
  expect(c.simulation.view.attention).toContain('E_DOWN_REFUSED');
  expect(asked(c, 'E_DOWN_REFUSED')).toBe('lee');
  c.do('recordCustomerContact', 'lee', talked);
  expect(isGreen(c)).toBe(true);
});

describe('H3 nobody is told what they have just done themselves', () => {
  const by = (person: string, from: number, c: Fixture): string[] =>
    c.heardSince(from).filter((line) => line.endsWith(` tells ${person}`));

  test('the executive who declares an E-Down, and who ends it', () => {
    const c = caseAt({ severity: 1 });
    c.do('changeSeverity', 'eve', { severity: 0, eDown: completeAnswers() }).do('changeSeverity', 'eve', LOWERED);
    expect(by('eve', 0, c)).toEqual([]);
  });

  test('the manager who says that a customer is not entitled', () => {
    const c = caseAt({ severity: 1, emergency: true });
    c.do('updateEntitlement', 'ana', { activeSupport: false, enterprise: true });
    expect(by('ana', 0, c)).toEqual([]);
  });

  test('the manager who has found the contact', () => {
    const c = caseAt({ severity: 1, emergency: true }).do('acknowledge', 'maier');
    c.do('requestContactAction', 'maier', { kind: 'TEST', what: 'Try it.' });
    c.simulation.pass(61 * MINUTE);
    const before = c.sent;
    c.do('acknowledge', 'ana').do('recordCustomerContact', 'ana', talked);
    expect(by('ana', before, c)).toEqual([]);
  });
});

test('R21 a refused E-Down that is sent again under the same request id names again all that is missing', () => {
  const c = caseAt();
  const sent = { severity: 0, requestId: 'form-1' };
  const { refusal } = c.give('changeSeverity', 'maria', sent);
  expect(c.give('changeSeverity', 'maria', sent).refusal).toEqual(refusal);
});

describe('D15 an E-Down that was declared again is not ended by what is older', () => {
  const again = (): [Fixture, string] => {
    const c = caseAt({ emergency: true }).do('confirmWorkableSystem', 'maria');
    c.simulation.pass(HOUR);
    const between = new Date(c.simulation.now).toISOString();
    c.simulation.pass(HOUR);
    return [c.declareEDown(), between];
  };

  test.each([
    ['an e-mail that says that it works', 'confirmWorkableSystem', {}],
    ['a lower severity', 'changeSeverity', LOWERED],
  ] as const)('%s', (_what, command, fields) => {
    const [c, occurredAt] = again();
    const { events } = c.give(command, 'maria', { ...fields, occurredAt });
    expect(events.map(({ type }) => type)).toContain('OlderFactRecorded');
    expect(c.simulation.view.emergency).toBe('ACTIVE');
  });
});

test('D15 a hand-over accepted before the case was given to somebody else is no acceptance', () => {
  const c = caseAt();
  c.simulation.pass(HOUR);
  c.do('assignEngineer', 'ana', { engineer: 'kim' });
  c.do('handOver', 'kim', { to: 'smith', state: 's', tried: 't', nextStep: 'n' });
  c.do('acceptHandOver', 'smith', { occurredAt: new Date(c.simulation.now - 30 * MINUTE).toISOString() });
  expect(c.simulation.state.engineer).toBe('kim');
});

test('D8 one of our own who has the name of a contact or of an account answers by their link what they are asked', () => {
  const c = caseAt({ severity: 1, opening: { by: 'ben', contacts: [technician('ana')] as never } });
  for (const by of ['ana', 'ben']) {
    if (by === 'ben') c.do('decline', 'ana');
    else c.do('escalate', 'maria');
    c.simulation.give('acknowledge', { by, means: 'LINK' });
    expect(ownerOf(c.simulation.state, 'M1')).toBe(by);
  }
});
