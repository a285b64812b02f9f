/** R28, R30, R45, R48, R50, H1, H2, H5, H6, H10, D3-D5, D16: who may, whose word counts, and who need not be rung for it. */
import { needOf, openPageOf } from '../../workflows/core/paging/find';
import { clockOf } from '../../workflows/core/rules/clocks';
import { caseAt, HOUR, MINUTE, START } from '../support/cases';
import { completeAnswers } from '../support/story';

const byPhoneFor = (requestedBy: string) => ({ channel: 'PHONE', requestedBy });
const DISSATISFIED = { level: 'M2', dissatisfaction: 'Nobody called us.' };
const talked = { how: 'PHONE', outcome: 'REACHED', summary: 'Talked.' };
const rings = (lines: readonly string[], person: string): string[] =>
  lines.filter((line) => line.endsWith(` rings ${person}`));
const open = () => caseAt();
const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
const at = (ms: number): string => new Date(START + ms).toISOString();

describe('H10 a name on no list of the case is nobody of the customer', () => {
  test.each(['zoe', 'crm', 'jones'])('%s on the phone does not confirm that it works: the contact is asked', (name) => {
    const c = caseAt({ emergency: true });
    const { refusal, events } = c.give('confirmWorkableSystem', 'desk', byPhoneFor(name));
    expect(refusal?.code).toBe('CUSTOMER_CONFIRMATION_REQUIRED');
    expect(c.simulation.view.emergency).toBe('ACTIVE');
    expect(events.map(({ type }) => type)).toEqual([
      'WorkableSystemClaimed',
      'NeedOpened',
      'PageRequested',
      'PageSent',
    ]);
  });

  test.each(['zoe', 'crm', 'jones'])('%s on the phone lowers no E-Down by their word alone', (name) => {
    const c = caseAt({ emergency: true });
    const { refusal } = c.give('changeSeverity', 'desk', { severity: 2, ...byPhoneFor(name) });
    expect(refusal?.code).toBe('CUSTOMER_AGREEMENT_REQUIRED');
    expect(c.simulation.view.severity).toBe(0);
  });

  test('whoever calls to make it worse, or asks for somebody, is heard', () => {
    const c = caseAt();
    c.do('changeSeverity', 'desk', { severity: 1, ...byPhoneFor('zoe') });
    c.do('escalate', 'desk', byPhoneFor('zoe'));
    c.do('requestManagerContact', 'desk', byPhoneFor('zoe'));
    expect(c.simulation.view).toMatchObject({ severity: 1, level: 'M1' });
  });

  test('the customer who has used the case themselves is on the phone who they are on the Web (R11)', () => {
    const c = caseAt({ emergency: true });
    c.do('changeSeverity', 'desk', { severity: 2, ...byPhoneFor('maria') });
    expect(c.simulation.view).toMatchObject({ severity: 2, emergency: 'NONE' });
  });
});

test('B8 an engineer whom the case does not know hands over nothing, on the phone either', () => {
  const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
  const written = { to: 'smith', state: 'Down.', tried: 'Restart.', nextStep: 'Restore.' };
  const { refusal } = c.give('handOver', 'desk', { ...written, ...byPhoneFor('kim') });
  expect(refusal).toMatchObject({ code: 'FORBIDDEN_ROLE' });
  expect(c.simulation.state.handOver).toBeNull();
});

describe('D4 a level is a manager’s, whatever somebody says they are', () => {
  test.each(['acceptEscalation', 'acknowledge'] as const)('%s by an engineer who says MANAGER is void', (name) => {
    const c = caseAt({ severity: 1, level: 'M1' });
    c.do(name, 'jones', { role: 'MANAGER' });
    c.simulation.pass(0);
    expect(c.simulation.view.escalation).toMatchObject({ status: 'PENDING' });
    expect(c.simulation.view.attention).toContain('UNACKNOWLEDGED');
    const again = name === 'acknowledge' ? 'NOTHING_ASKED' : 'OTHER_MANAGER_REQUIRED';
    expect(c.give(name, 'jones', { role: 'MANAGER' }).refusal?.code).toBe(again);
    c.do('acceptEscalation', 'ana');
    c.simulation.pass(0);
    expect(c.simulation.view.escalation).toMatchObject({ status: 'ENGAGED', owner: 'ana' });
  });

  test('a manager from elsewhere in the company keeps it', () => {
    const c = caseAt({ severity: 1, level: 'M1' }).do('acceptEscalation', 'dirk');
    c.simulation.pass(0);
    expect(c.simulation.view.escalation).toMatchObject({ status: 'ENGAGED', owner: 'dirk' });
  });
});

test('R45 a manager who is asked for one level and answers for the other hears why it is not theirs', () => {
  const c = caseAt({ severity: 1, level: 'M1' }).do('escalate', 'maria', DISSATISFIED);
  const m2 = c.simulation.state.pages.find(({ person }) => person === 'ben');
  const { refusal } = c.give('acknowledge', 'ana', { pageId: m2?.pageId });
  expect(refusal?.code).toBe('OTHER_MANAGER_REQUIRED');
  expect(refusal?.message).not.toContain('work of your own');
});

describe('R50, D16 a talk settles only what was asked for before it', () => {
  test('the customer asks for the manager after the talk: the manager is still asked', () => {
    const c = caseAt();
    c.simulation.pass(10 * MINUTE);
    c.do('requestManagerContact', 'maria');
    c.do('recordCustomerContact', 'ana', { ...talked, at: at(5 * MINUTE) });
    expect(c.simulation.view.attention).toContain('CALL_BACK_DUE');
    c.do('recordCustomerContact', 'ana', { ...talked, at: at(10 * MINUTE) });
    expect(c.simulation.view.attention).not.toContain('CALL_BACK_DUE');
  });

  test('the customer asks for E-Down after the talk: somebody still calls back', () => {
    const c = caseAt();
    c.simulation.pass(10 * MINUTE);
    c.do('requestEDown', 'maria');
    c.do('recordCustomerContact', 'lee', { ...talked, at: at(5 * MINUTE) });
    expect(c.simulation.view.attention).toContain('E_DOWN_REQUESTED');
    c.do('recordCustomerContact', 'lee', { ...talked, at: at(10 * MINUTE) });
    expect(c.simulation.view.attention).not.toContain('E_DOWN_REQUESTED');
  });

  test('an E-Down that was refused after the talk: somebody still talks to them', () => {
    const c = caseAt();
    c.simulation.pass(10 * MINUTE);
    c.give('changeSeverity', 'maria', { severity: 0 });
    c.do('recordCustomerContact', 'lee', { ...talked, at: at(5 * MINUTE) });
    expect(c.simulation.view.attention).toContain('E_DOWN_REFUSED');
    c.do('recordCustomerContact', 'lee', talked);
    expect(c.simulation.view.attention).not.toContain('E_DOWN_REFUSED');
  });
});

test('D3 closing a case is no answer to what outlives it: the search for who calls back goes on', () => {
  const c = caseAt({ severity: 1 }).do('requestEDown', 'maria');
  c.do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
  expect(c.simulation.view.attention).toContain('UNACKNOWLEDGED');
  const sent = c.sent;
  c.simulation.pass(HOUR);
  expect(rings(c.heardSince(sent), 'ana')).not.toEqual([]);
});

test('R45 nobody’s page asks for both levels', () => {
  const c = caseAt({ severity: 1, level: 'M1' });
  c.simulation.pass(30 * MINUTE);
  c.do('escalate', 'maria', DISSATISFIED);
  for (let minute = 0; minute < 5 * 60; minute += 15) {
    c.simulation.pass(15 * MINUTE);
    for (const person of ['ana', 'ben', 'vera', 'dora', 'dirk', 'eve']) {
      const says = openPageOf(c.simulation.state, person)?.says.map(({ need }) => need) ?? [];
      expect([person, says.filter((need) => need === 'M1' || need === 'M2').length]).not.toEqual([person, 2]);
    }
  }
});

describe('H6 what is good news, or no longer so, rings nobody', () => {
  test('lowered, and nobody says that they have read it: the engineer is asked, and nobody else', () => {
    const c = caseAt({ severity: 1 }).do('recordCustomerContact', 'lee', talked);
    const sent = c.sent;
    c.do('changeSeverity', 'maria', { severity: 3 });
    c.simulation.pass(26 * HOUR);
    expect(c.heardSince(sent).filter((line) => line.includes('SEVERITY_CHANGED'))).toEqual([
      'SEVERITY_CHANGED asks lee',
    ]);
    expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('SEVERITY_CHANGED');
  });

  test('good news that did not arrive is sent again, to the engineer alone', () => {
    const c = caseAt({ severity: 1 }).do('recordCustomerContact', 'lee', talked);
    c.phones.lines.set('lee', 'down');
    const sent = c.sent;
    c.do('changeSeverity', 'maria', { severity: 3 });
    c.simulation.pass(HOUR);
    c.phones.lines.delete('lee');
    c.simulation.pass(HOUR);
    const heard = c.heardSince(sent).filter((line) => line.includes('SEVERITY_CHANGED'));
    expect(heard).toEqual(['SEVERITY_CHANGED asks lee']);
  });

  test('an E-Down declared by mistake and taken back before the engineer answered is one word to each', () => {
    const c = caseAt({ emergency: true });
    c.simulation.pass(MINUTE);
    const sent = c.sent;
    c.do('changeSeverity', 'maria', { severity: 2, reason: 'By mistake.' });
    c.simulation.pass(2 * HOUR);
    const heard = c.heardSince(sent).filter((line) => !line.includes('PROMISE'));
    expect(heard.filter((line) => line.includes('SEVERITY_CHANGED'))).toEqual([]);
    expect(heard.filter((line) => line.endsWith(' lee'))).toEqual(['E_DOWN_ENDED tells lee']);
  });
});

describe('B8, H5 the hand-over that nobody wrote', () => {
  test('whoever came on is at work: no manager is rung for the paper', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
    c.do('recordCustomerContact', 'lee', talked);
    c.simulation.pass(7 * HOUR + MINUTE);
    c.do('acknowledge', 'smith');
    c.do('recordProgress', 'smith', { summary: 'Restoring.', substantive: true });
    expect(c.simulation.state.handOver).toBeNull();
    const sent = c.sent;
    c.simulation.pass(HOUR);
    expect(c.heardSince(sent).filter((line) => line.startsWith('HAND_OVER'))).toEqual([]);
  });

  test('of an E-Down that nobody has, nobody is asked to write one', () => {
    const c = caseAt({ engineer: null, severity: 1 }).declareEDown();
    c.simulation.pass(8 * HOUR);
    const ended = c.simulation.events.find(({ type }) => type === 'ShiftEnded');
    expect(ended?.data).toMatchObject({ from: null });
    expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('HAND_OVER_WRITE');
  });
});

describe('H9 nobody is responsible who is not there', () => {
  test('the owner has left the company, and the customer escalates: the desk sees it', () => {
    const c = caseAt({ severity: 1 }).do('recordProgress', 'lee', { summary: 'At it.', substantive: true });
    c.phones.set({ people: c.phones.people().filter(({ id }) => id !== 'lee') });
    c.do('escalate', 'maria');
    c.simulation.pass(0);
    expect(c.simulation.view.attention).toContain('OWNER_UNKNOWN');
  });
});

test('R9 whoever came unasked and has the case hears when it is given to somebody', () => {
  const c = caseAt({ engineer: null, severity: 1 }).do('acknowledge', 'kim');
  const sent = c.sent;
  c.do('assignEngineer', 'ana', { engineer: 'lee' });
  c.simulation.pass(0);
  expect(c.heardSince(sent).filter((line) => line.endsWith(' kim'))).toHaveLength(1);
});

test('R43 a next update that was named to nobody is no promise, and the answer says so', () => {
  const c = caseAt({ severity: 1 });
  const due = c.simulation.state.clocks.map(({ kind, dueAt }) => [kind, dueAt]);
  const { answer } = c.give('recordCustomerContact', 'lee', {
    how: 'PHONE',
    outcome: 'NO_ANSWER',
    summary: 'No answer.',
    nextUpdateBy: at(30 * MINUTE),
  });
  expect(answer?.notes).toEqual(['The customer was not reached, so the time of the next update stands as it was.']);
  expect(c.simulation.state.clocks.map(({ kind, dueAt }) => [kind, dueAt])).toEqual(due);
});

test('R37 whoever calls back has the number that was given with the request', () => {
  const c = caseAt();
  const technicalContact = { name: 'pat', reach: 'PAGER', number: '+1 555 0188' };
  c.do('requestEDown', 'desk', { ...byPhoneFor('pat'), eDown: { technicalContact } });
  const requested = c.simulation.events.find(({ type }) => type === 'EDownRequested');
  expect(requested?.data).toMatchObject({ caller: { name: 'pat', number: '+1 555 0188' } });
});

describe('R37 production is said to be down: whatever it is refused for, somebody talks to them', () => {
  const eDown = completeAnswers();
  test.each([
    ['the case is closed', 'CASE_CLOSED', closed, 'maria', {}],
    ['another field is wrong', 'INVALID_INPUT', open, 'maria', { reason: 5 }],
    ['by a name that is no contact', 'FORBIDDEN_ROLE', open, 'zoe', { role: 'CONTACT' }],
    ['over the Case Logger', 'INVALID_CHANNEL', open, 'maria', { channel: 'CASE_LOGGER' }],
  ] as const)('%s', (_why, code, given, by, fields) => {
    const c = given();
    const { refusal, events } = c.give('changeSeverity', by, { severity: 0, eDown, ...fields });
    expect(refusal?.code).toBe(code);
    expect(events[0]).toMatchObject({ type: 'EDownRefused', data: { code, caller: { name: by } } });
    expect(c.simulation.view.attention).toEqual(expect.arrayContaining(['UNACKNOWLEDGED', 'E_DOWN_REFUSED']));
  });
});

describe('D4 what only a manager can settle is not taken by somebody who cannot', () => {
  test('the customer asks for a manager: an engineer who comes does not silence the search', () => {
    const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria');
    expect(c.give('acknowledge', 'kim').refusal?.code).toBe('NOTHING_ASKED');
    c.do('acknowledge', 'ana');
    expect(c.simulation.view.attention).toContain('CALL_BACK_DUE');
  });

  test('who says MANAGER and manages nobody has it for no longer than a look', () => {
    const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria');
    c.do('acknowledge', 'kim', { role: 'MANAGER' });
    c.simulation.pass(0);
    expect(c.simulation.view.attention).toContain('UNACKNOWLEDGED');
    expect(c.simulation.events.at(-1)?.type).not.toBe('PageAcknowledged');
    c.do('acknowledge', 'ana');
  });

  test('an engineer does not review the E-Down that they worked on, whatever else they are', () => {
    const c = caseAt({ engineer: 'dora', emergency: true }).do('confirmWorkableSystem', 'pat');
    const review = { verdict: 'CONFIRMED', note: 'It was one.' };
    expect(c.give('reviewEDown', 'dora', review).refusal?.code).toBe('OTHER_MANAGER_REQUIRED');
    c.do('reviewEDown', 'ana', review);
  });

  test('a manager who is the engineer does not keep the manager’s promise by their own call (R43)', () => {
    const c = caseAt({ engineer: 'dora', severity: 1, level: 'M1' }).do('acceptEscalation', 'dirk');
    c.do('requestManagerContact', 'maria').do('recordCustomerContact', 'dora', talked);
    expect(c.simulation.view.attention).toContain('CALL_BACK_DUE');
    expect(c.simulation.state.clocks.map(({ kind }) => kind)).toContain('MANAGER_CONTACT');
  });
});

test.each(['zoe', 'crm', 'kimm'])('H10 %s on the phone steps nothing down and closes nothing', (name) => {
  const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
  c.do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
  const stepDown = c.give('stepDown', 'desk', { reason: 'Better.', customerAgreed: true, ...byPhoneFor(name) });
  expect(stepDown.refusal).toMatchObject({ code: 'FORBIDDEN_ROLE' });
  expect(stepDown.refusal?.message).toContain(`The case does not know ${name}`);
  const other = caseAt();
  const close = other.give('closeCase', 'desk', { resolution: 'x', customerAgreed: true, ...byPhoneFor(name) });
  expect(close.refusal).toMatchObject({ code: 'FORBIDDEN_ROLE' });
  expect(other.simulation.view.status).toBe('OPEN');
});

describe('H8 a stall stays in sight, and better takes no time away', () => {
  const stalled = () => caseAt({ severity: 1 }).do('recordCustomerContact', 'lee', talked);
  test('through a declaration of E-Down', () => {
    const c = stalled();
    c.simulation.pass(8 * HOUR);
    expect(c.simulation.view.attention).toContain('PROGRESS_STALLED');
    c.declareEDown();
    expect(c.simulation.view.attention).toContain('PROGRESS_STALLED');
  });

  test('through a lower severity; a workable system ends it', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
    c.simulation.pass(2 * HOUR);
    c.do('changeSeverity', 'maria', { severity: 1, reason: 'Some can work.' });
    expect(c.simulation.view.attention).toContain('PROGRESS_STALLED');
    const works = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
    works.simulation.pass(2 * HOUR);
    works.do('confirmWorkableSystem', 'pat');
    expect(works.simulation.view.attention).not.toContain('PROGRESS_STALLED');
    expect(works.simulation.state.needs.map(({ key }) => key)).not.toContain('PROGRESS_STALLED');
  });

  test('what was due in ten minutes is due in ten minutes at a lower severity', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
    c.simulation.pass(HOUR + 50 * MINUTE);
    const due = () => c.simulation.state.clocks.find(({ kind }) => kind === 'PROGRESS')?.dueAt;
    const before = due();
    c.do('changeSeverity', 'maria', { severity: 2, reason: 'Some can work.' });
    expect(due()).toBe(before);
  });

  test('the manager’s call that is overdue stays due when the level is left', () => {
    const c = caseAt({ severity: 1, level: 'M1', accepted: true });
    c.simulation.pass(50 * MINUTE);
    c.do('recordProgress', 'ana', { summary: 'At it.', substantive: false }).simulation.pass(10 * MINUTE);
    expect(c.simulation.view.attention).toContain('PROMISE_OVERDUE');
    c.do('deEscalate', 'ana', { reason: 'Agreed.', customerAgreed: true });
    expect(c.simulation.view.attention).toContain('PROMISE_OVERDUE');
    c.do('recordCustomerContact', 'ana', talked);
    expect(c.simulation.view.attention).not.toContain('PROMISE_OVERDUE');
  });
});

test('D6 when all contacts have said that they cannot, the emergency has none, and nobody proposes to lower for that', () => {
  const quinn = { ...completeAnswers().technicalContact, name: 'quinn', number: '+1 555 0122' };
  const c = caseAt().declareEDown({ contactChanges: [quinn] });
  c.do('acknowledge', 'lee').do('acknowledge', 'maier');
  c.do('requestContactAction', 'lee', { kind: 'TEST', what: 'Start the vault.' });
  c.do('decline', 'pat');
  c.simulation.pass(0);
  c.do('decline', 'quinn');
  expect(c.simulation.view.attention).toContain('CONTACT_UNAVAILABLE');
  for (let hour = 0; hour < 6; hour++) {
    c.do('recordProgress', 'lee', { summary: 'At it.', substantive: true });
    c.simulation.pass(HOUR);
  }
  expect(c.simulation.events.map(({ type }) => type)).not.toContain('LoweringProposed');
});

test('R28 after a step-down an engineer’s claim is on record, and the contact is asked', () => {
  const c = caseAt({ emergency: true }).do('acknowledge', 'lee').do('acknowledge', 'maier');
  c.do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
  c.do('stepDown', 'lee', { reason: 'Agreed.', customerAgreed: true });
  const sent = c.sent;
  expect(c.give('confirmWorkableSystem', 'lee').refusal?.code).toBe('CUSTOMER_CONFIRMATION_REQUIRED');
  expect(c.heardSince(sent)).toEqual(['CONFIRM_WORKABLE_SYSTEM rings pat']);
  c.do('confirmWorkableSystem', 'pat');
  expect(c.simulation.view.emergency).toBe('NONE');
  expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('CONFIRM_WORKABLE_SYSTEM');
});

test('D15 a talk that is entered late is compared with when the other was said to be', () => {
  const c = caseAt({ severity: 1 });
  c.simulation.pass(HOUR);
  c.do('recordCustomerContact', 'lee', { ...talked, occurredAt: at(30 * MINUTE) });
  c.simulation.pass(MINUTE);
  c.do('recordCustomerContact', 'lee', { ...talked, occurredAt: at(45 * MINUTE) });
  expect(c.simulation.events.map(({ type }) => type)).not.toContain('OlderFactRecorded');
});

describe('D15 a manager’s call keeps what only a manager’s call can keep, whoever has talked to the customer since', () => {
  const escalated = () => caseAt({ severity: 1, level: 'M1' }).do('acceptEscalation', 'ana');
  const laterTalk = { ...talked, nextUpdateBy: at(3 * HOUR), occurredAt: at(20 * MINUTE) };

  test('their promise is kept', () => {
    const c = escalated();
    c.simulation.pass(30 * MINUTE);
    c.do('recordCustomerContact', 'lee', laterTalk);
    c.do('recordCustomerContact', 'ana', { ...talked, nextUpdateBy: at(HOUR), occurredAt: at(10 * MINUTE) });
    expect(clockOf(c.simulation.state, 'MANAGER_CONTACT')).toBeUndefined();
    // What the engineer has promised since then stands.
    expect(clockOf(c.simulation.state, 'CUSTOMER_UPDATE')?.dueAt).toBe(START + 3 * HOUR);
  });

  test('whoever asked for a manager has had one', () => {
    const c = caseAt({ severity: 1 }).do('requestManagerContact', 'maria');
    c.simulation.pass(30 * MINUTE);
    c.do('recordCustomerContact', 'lee', laterTalk);
    c.do('recordCustomerContact', 'ana', { ...talked, occurredAt: at(10 * MINUTE) });
    expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('MANAGER_REQUESTED');
  });

  test('a call before the level was asked for keeps nothing', () => {
    const c = escalated();
    c.simulation.pass(30 * MINUTE);
    c.do('recordCustomerContact', 'lee', laterTalk);
    c.do('recordCustomerContact', 'ana', { ...talked, occurredAt: at(-10 * MINUTE) });
    expect(clockOf(c.simulation.state, 'MANAGER_CONTACT')).toBeDefined();
  });
});

describe('D5 after a name that nobody knows, the search goes on where it was', () => {
  test('the time to answer of whoever was asked goes on, however often somebody unknown answers', () => {
    const c = caseAt({ severity: 1 }).do('escalate', 'maria');
    const asked = () => needOf(c.simulation.state, 'M1')?.turn;
    expect(asked()).toMatchObject({ is: 'ASKED', person: 'ana', answerDueAt: START + 30 * MINUTE });
    for (const minutes of [10, 10]) {
      c.simulation.pass(minutes * MINUTE);
      c.give('acknowledge', 'zed', { role: 'MANAGER' });
      c.simulation.pass(0);
      expect(asked()).toMatchObject({ is: 'ASKED', person: 'ana', answerDueAt: START + 30 * MINUTE });
    }
    c.simulation.pass(10 * MINUTE);
    expect(asked()).toMatchObject({ is: 'ASKED', person: 'ben' });
  });

  test('a hand-over that somebody unknown has accepted leaves nobody as engineer, and somebody is asked for one', () => {
    const c = caseAt({ emergency: true }).do('acknowledge', 'maier');
    c.do('handOver', 'maier', { to: 'zed', state: 'Down.', tried: 'Restart.', nextStep: 'Restore.' });
    c.do('acceptHandOver', 'zed', { role: 'ENGINEER' });
    c.simulation.pass(0);
    expect(c.simulation.view.attention).toContain('OWNER_UNKNOWN');
    expect(c.simulation.state.needs.map(({ key }) => key)).toContain('ENGINEER_NEEDED');
  });
});

test('H9 an engineer whom the directory does not know: somebody is asked for another, and nobody twice', () => {
  const c = caseAt({ severity: 1 });
  const sent = c.sent;
  c.do('assignEngineer', 'ana', { engineer: 'leee' });
  c.simulation.pass(0);
  expect(c.simulation.state.needs.map(({ key }) => key)).toContain('ENGINEER_NEEDED');
  expect(c.simulation.state.needs.map(({ key }) => key)).not.toContain('ASSIGNED');
  expect(c.heardSince(sent).filter((line) => line.startsWith('ENGINEER_NEEDED'))).toEqual([
    'ENGINEER_NEEDED rings maier',
  ]);
});

test('B13 word of an SPR goes out once', () => {
  const c = caseAt({ severity: 1, level: 'M1', accepted: true, emergency: true });
  c.do('linkSpr', 'lee', { sprNumber: 'SPR123456' });
  c.do('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'Needed.' });
  c.do('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'SUBMITTED' });
  expect(c.give('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'SUBMITTED' }).events).toEqual([]);
  c.do('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'RESOLVED' });
  expect(c.give('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'Again.' }).events).toEqual([]);
});

test('D17 that they are not entitled is for a person to decide, where work goes on already', () => {
  const c = caseAt({
    opening: { customer: { number: '1001', name: 'Acme', activeSupport: 'UNKNOWN', enterprise: true } },
  });
  c.declareEDown();
  c.do('updateEntitlement', 'crm', { activeSupport: false, enterprise: true });
  expect(c.simulation.view.attention).toContain('PROVISIONAL_ENTITLEMENT');
  expect(c.simulation.state.needs.map(({ key }) => key)).toContain('ENTITLEMENT_CHECK');
  c.do('updateEntitlement', 'ana', { activeSupport: false, enterprise: true });
  expect(c.simulation.view.attention).not.toContain('PROVISIONAL_ENTITLEMENT');
});

test('H4 a transfer that got through is a talk with the customer', () => {
  const c = caseAt({ emergency: true, level: 'M1', accepted: true })
    .do('acknowledge', 'lee')
    .do('acknowledge', 'maier');
  c.do('requestContactAction', 'lee', { kind: 'TEST', what: 'Start the vault.' });
  c.simulation.pass(HOUR + MINUTE);
  expect(c.simulation.view.attention).toContain('CONTACT_UNAVAILABLE');
  c.do('recordTransfer', 'desk', { outcome: 'CONNECTED' });
  expect(c.simulation.view.attention).not.toContain('CONTACT_UNAVAILABLE');
});

test.each([undefined, 'BOSS'])('whoever says %s as their role is told of those that may give the command', (role) => {
  const { refusal } = caseAt().give('closeCase', 'lee', { role, resolution: 'Solved.' });
  const [{ field, problem } = { field: '', problem: '' }] = refusal?.fields ?? [];
  expect([field, problem]).toEqual([
    'role',
    `${role === undefined ? 'is missing; it must' : 'must'} be one of ENGINEER, MANAGER`,
  ]);
});
