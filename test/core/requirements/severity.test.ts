/** R1-R11, H6, H10, D11, D15: opening a case, and changing its severity. */
import type { Severity } from '../../../workflows/core/language/vocabulary';
import { OpeningRefused } from '../../../rehearsal/dry-run';
import { caseAt, HOUR, MINUTE, START } from '../../support/cases';
import { completeAnswers } from '../../support/story';
import { after, by, everyRow, then } from '../../support/table';

const sev2 = () => caseAt();
const unassigned = () => caseAt({ engineer: null });
const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
const one = { severity: 1 };
const phone = { channel: 'PHONE' };
/** Raised from 3 to 1; the engineer was rung and has not answered. */
const raised = () => caseAt({ severity: 3 }).do('recordProgress', 'lee', READ).do('changeSeverity', 'maria', one);
const READ = { summary: 'Read the log.', substantive: false };
const CALLED = { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' };
const asked = (need: string): unknown => expect.objectContaining({ need, status: 'ASKED', person: 'lee' });
const iso = (hours: number): string => new Date(START + hours * HOUR).toISOString();

everyRow([
  [
    'R1',
    'severity is changed on the Web',
    sev2,
    by('maria', 'changeSeverity', { ...one, channel: 'CASE_TRACKER' }),
    { pages: ['SEVERITY_CHANGED rings lee'], events: ['SeverityChanged'] },
  ],
  [
    'R1',
    'severity is changed on the phone',
    sev2,
    by('desk', 'changeSeverity', { ...one, ...phone, requestedBy: 'maria' }),
    { pages: ['SEVERITY_CHANGED rings lee'], events: ['SeverityChanged'] },
  ],
  [
    'R9, H3',
    'the engineer who sets it on a call has word of it: nothing is asked of who did it',
    sev2,
    by('lee', 'changeSeverity', { ...one, ...phone, requestedBy: 'maria' }),
    { pages: ['SEVERITY_CHANGED tells lee'], events: ['SeverityChanged'], is: { attention: [] } },
  ],
  [
    'R1',
    'escalating is another operation, on the Web',
    sev2,
    by('maria', 'escalate', { channel: 'CASE_TRACKER' }),
    { pages: ['ESCALATED_M1 rings ana'], events: ['Escalated'] },
  ],
  [
    'R1',
    'and on the phone',
    sev2,
    by('lee', 'escalate', phone),
    { pages: ['ESCALATED_M1 rings ana'], events: ['Escalated'] },
  ],
  [
    'R1',
    'no other channel',
    sev2,
    by('maria', 'changeSeverity', { ...one, channel: 'FAX' }),
    { refused: 'INVALID_CHANNEL', fields: ['channel'] },
  ],
  [
    'R2',
    'M1 on severity 3 is valid',
    () => caseAt({ severity: 3 }),
    by('maria', 'escalate'),
    { pages: ['ESCALATED_M1 rings ana'], is: { severity: 3, level: 'M1' } },
  ],
  [
    'R2',
    'lowering the severity keeps the level',
    () => caseAt({ severity: 1, level: 'M1', accepted: true }),
    by('maria', 'changeSeverity', { severity: 3 }),
    { pages: ['SEVERITY_CHANGED asks lee'], is: { severity: 3, level: 'M1' } },
  ],
  [
    'R2',
    'raising the severity does not escalate',
    sev2,
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED rings lee'], is: { level: 'NORMAL' } },
  ],
  [
    'R2, R42',
    'whoever has the level hears of the raise',
    () => caseAt({ level: 'M1', accepted: true }),
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED rings lee', 'ESCALATION_INFO tells ana'], is: { level: 'M1' } },
  ],
  [
    'R7',
    'on a closed case nothing is changed, and it says how to reopen',
    closed,
    by('maria', 'changeSeverity', one),
    { refused: 'CASE_CLOSED', says: 'reopenCase' },
  ],
  ['R7', 'nor escalated', closed, by('maria', 'escalate'), 'CASE_CLOSED'],
  [
    'R7',
    'Case Logger only opens',
    sev2,
    by('maria', 'changeSeverity', { ...one, channel: 'CASE_LOGGER' }),
    { refused: 'INVALID_CHANNEL', fields: ['channel'] },
  ],
  [
    'R8',
    'nobody is anonymous',
    sev2,
    by('maria', 'changeSeverity', { ...one, by: undefined }),
    { refused: 'UNAUTHENTICATED', fields: ['by'] },
  ],
  [
    'R8',
    'an inactive account changes nothing',
    () => caseAt().do('updateEntitlement', 'crm', { activeSupport: true, enterprise: true, accountActive: false }),
    by('maria', 'changeSeverity', { ...one, channel: 'CASE_TRACKER' }),
    'ACCOUNT_INACTIVE',
  ],
  [
    'R9',
    'the same value again pages nobody',
    sev2,
    by('maria', 'changeSeverity', { severity: 2 }),
    'SEVERITY_UNCHANGED',
  ],
  [
    'R9',
    'with no engineer yet, whoever is on call is rung for the raise',
    unassigned,
    by('maria', 'changeSeverity', one),
    { pages: ['ENGINEER_NEEDED rings maier'], is: { attention: ['UNACKNOWLEDGED', 'NO_ENGINEER'] } },
  ],
  [
    'H9',
    'who is asked to find an engineer has not found one yet',
    unassigned,
    by('maier', 'acknowledge'),
    { pages: [], is: { attention: ['NO_ENGINEER'] } },
  ],
  [
    'H9',
    'an engineer whom nobody knows is on the desk, and whoever is on call is asked to find another',
    () => caseAt({ engineer: null, opening: { engineer: 'ghost' } }),
    after(MINUTE),
    {
      pages: [],
      is: {
        attention: ['UNACKNOWLEDGED', 'OWNER_UNKNOWN'],
        needs: expect.arrayContaining([
          expect.objectContaining({ need: 'ENGINEER_NEEDED', person: 'maier' }),
        ]) as unknown,
      },
    },
  ],
  [
    'R9',
    'reassigned meanwhile, the engineer of now is notified',
    () => caseAt().do('assignEngineer', 'crm', { engineer: 'kim' }),
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED rings kim'] },
  ],
  [
    'R9, D3',
    'two changes are two events; by their own change the engineer has answered for the first',
    sev2,
    then(by('maria', 'changeSeverity', one), by('lee', 'changeSeverity', { severity: 3 })),
    {
      pages: ['SEVERITY_CHANGED rings lee', 'SEVERITY_CHANGED tells lee'],
      events: ['SeverityChanged'],
      is: { severity: 3, needs: [], attention: [] },
    },
  ],
  [
    'R9',
    'below severity 1 it is asked over the normal channels',
    () => caseAt({ severity: 3 }),
    by('maria', 'changeSeverity', { severity: 2 }),
    { pages: ['SEVERITY_CHANGED asks lee'] },
  ],
  [
    'R9, H3',
    'and so is good news, whatever the severity was',
    () => caseAt({ severity: 1 }),
    by('maria', 'changeSeverity', { severity: 2 }),
    { pages: ['SEVERITY_CHANGED asks lee'] },
  ],
  [
    'R9, D11',
    'outside of an emergency it rings the engineer whose shift is over, too',
    () => caseAt({ engineer: 'kim' }),
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED rings kim'] },
  ],
  [
    'D11',
    'in an emergency they have word and sleep on; whoever is on call is rung in their place',
    () => caseAt({ engineer: 'kim' }),
    by('maria', 'changeSeverity', { severity: 0, eDown: completeAnswers() }),
    { pages: ['E_DOWN_ALERT + E_DOWN_STARTED rings maier', 'E_DOWN_STARTED tells kim', 'E_DOWN_STARTED tells eve'] },
  ],
  [
    'R9, H6',
    'a newer change takes the place of the one that is asked, by word on the same page',
    raised,
    by('maria', 'changeSeverity', { severity: 2 }),
    { pages: ['SEVERITY_CHANGED tells lee'], is: { needs: [asked('SEVERITY_CHANGED')] } },
  ],
  [
    'H6',
    'back to what the engineer knew, it is withdrawn by word',
    raised,
    by('maria', 'changeSeverity', { severity: 3 }),
    { pages: ['ESCALATION_INFO tells lee'], is: { needs: [], attention: [] } },
  ],
  [
    'H6, H2',
    'up again within the answer time it does not ring again',
    () => raised().do('changeSeverity', 'maria', { severity: 3 }),
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED asks lee'], is: { needs: [asked('SEVERITY_CHANGED')] } },
  ],
  [
    'H6, H2',
    'but when that time is over',
    () => raised().do('changeSeverity', 'maria', { severity: 3 }),
    then(after(10 * MINUTE), by('maria', 'changeSeverity', one), after(20 * MINUTE)),
    { pages: ['SEVERITY_CHANGED asks lee', 'SEVERITY_CHANGED rings lee'] },
  ],
  [
    'H6',
    'an answer makes the next change a page of its own, which rings',
    () => raised().do('acknowledge', 'lee').do('changeSeverity', 'maria', { severity: 2 }).do('acknowledge', 'lee'),
    by('maria', 'changeSeverity', one),
    { pages: ['SEVERITY_CHANGED rings lee'] },
  ],
  [
    'H6',
    'what they have answered is what they know: lowered it is good news, and raised again nothing at all',
    () => raised().do('acknowledge', 'lee'),
    then(by('maria', 'changeSeverity', { severity: 3 }), by('maria', 'changeSeverity', one)),
    { pages: ['SEVERITY_CHANGED asks lee', 'ESCALATION_INFO tells lee'], is: { attention: [] } },
  ],
  [
    'R10',
    'escalating notifies the direct manager once',
    sev2,
    by('maria', 'escalate'),
    { pages: ['ESCALATED_M1 rings ana'] },
  ],
  [
    'R10',
    'without an engineer the duty manager, and the answer says so',
    unassigned,
    by('maria', 'escalate'),
    { pages: ['ESCALATED_M1 rings dora'], says: 'The duty manager is asked' },
  ],
  [
    'R11',
    'phone and Web for one need: the second change pages nobody',
    () => caseAt().do('changeSeverity', 'maria', one),
    by('lee', 'changeSeverity', { ...one, ...phone, requestedBy: 'maria' }),
    'SEVERITY_UNCHANGED',
  ],
  [
    'R11, D14',
    'phone and Web for one need: the second escalation pages nobody',
    () => caseAt().do('escalate', 'maria'),
    by('desk', 'escalate', { ...phone, requestedBy: 'maria' }),
    { pages: [], events: [], is: { level: 'M1' } },
  ],
  [
    'R11, D14',
    'whoever enters it',
    () => caseAt().do('escalate', 'maria'),
    by('lee', 'escalate', { ...phone, requestedBy: 'maria' }),
    { pages: [], events: [], is: { level: 'M1' } },
  ],
]);

/** What a service may, and what only a person may (H10). */
describe('a service', () => {
  everyRow([
    [
      'H10',
      'raises the severity',
      sev2,
      by('crm', 'changeSeverity', one),
      { pages: ['SEVERITY_CHANGED rings lee'], is: { severity: 1 } },
    ],
    [
      'H10',
      'declares an E-Down',
      sev2,
      by('crm', 'changeSeverity', { severity: 0, eDown: completeAnswers() }),
      { pages: 'whatever', is: { severity: 0, emergency: 'ACTIVE' } },
    ],
    [
      'H10',
      'lowers it in step with a ticket system, from 1 to 2',
      () => caseAt({ severity: 1 }),
      by('crm', 'changeSeverity', { severity: 2 }),
      { pages: ['SEVERITY_CHANGED asks lee'], is: { severity: 2 } },
    ],
    [
      'H10',
      'and from 2 to 3',
      sev2,
      by('crm', 'changeSeverity', { severity: 3 }),
      { pages: ['SEVERITY_CHANGED asks lee'], is: { severity: 3 } },
    ],
    [
      'H10',
      'but never from 0',
      () => caseAt({ emergency: true }),
      by('crm', 'changeSeverity', { severity: 1, reason: 'The ticket says so.' }),
      { refused: 'FORBIDDEN_ROLE', says: 'Only a person' },
    ],
    [
      'H10',
      'and never says that the customer agreed',
      sev2,
      by('crm', 'changeSeverity', { severity: 3, customerAgreed: true }),
      { refused: 'FORBIDDEN_ROLE', says: 'Only a person' },
    ],
    [
      'H10, R11',
      'the assistant on the phone is judged as who is on it: the customer may',
      () => caseAt({ emergency: true }),
      by('desk', 'changeSeverity', { severity: 1, ...phone, requestedBy: 'maria' }),
      {
        pages: 'whatever',
        is: { severity: 1, emergency: 'NONE', severitySetBy: 'desk', severityRequestedBy: 'maria' },
      },
    ],
  ]);
});

/** What happened before the change in force is on record, and changes nothing. */
describe('older facts', () => {
  const at = (ms: number): { occurredAt: string } => ({ occurredAt: new Date(START + ms).toISOString() });
  /** Raised an hour after the opening, and said to have happened then. */
  const raisedAt10 = (fields: Record<string, unknown> = {}) => {
    const fixture = caseAt();
    fixture.simulation.pass(HOUR);
    return fixture.do('changeSeverity', 'maria', { ...one, ...fields });
  };
  const OLDER = { pages: [], events: ['OlderFactRecorded'] };
  everyRow([
    [
      'D15',
      'an older change of severity',
      raisedAt10,
      by('crm', 'changeSeverity', { severity: 3, ...at(30 * MINUTE) }),
      { ...OLDER, is: { severity: 1 }, says: 'newer change is in force' },
    ],
    [
      'D15',
      'what is older is judged by when the change in force is said to have happened',
      () => raisedAt10(at(20 * MINUTE)),
      by('crm', 'changeSeverity', { severity: 3, ...at(30 * MINUTE) }),
      { pages: ['SEVERITY_CHANGED tells lee'], events: ['SeverityChanged'], is: { severity: 3 } },
    ],
    [
      'D15',
      'to the minute',
      () => raisedAt10(at(20 * MINUTE)),
      by('crm', 'changeSeverity', { severity: 3, ...at(19 * MINUTE) }),
      { ...OLDER, is: { severity: 1 } },
    ],
    [
      'D15',
      'an older declaration of E-Down is a request: production may be down all the same',
      () => raisedAt10().do('acknowledge', 'lee'),
      by('maria', 'changeSeverity', { severity: 0, eDown: completeAnswers(), ...at(30 * MINUTE) }),
      {
        pages: ['E_DOWN_REQUESTED rings lee'],
        events: ['EDownRequested'],
        is: { severity: 1, emergency: 'NONE', eDownRequest: { by: 'maria' } },
      },
    ],
    [
      'D15',
      'also when its answers would have been refused',
      () => raisedAt10().do('acknowledge', 'lee'),
      by('maria', 'changeSeverity', { severity: 0, ...at(30 * MINUTE) }),
      { pages: ['E_DOWN_REQUESTED rings lee'], events: ['EDownRequested'], is: { emergency: 'NONE' } },
    ],
    [
      'D15',
      'an older assignment',
      () => raisedAt10().do('assignEngineer', 'crm', { engineer: 'kim' }),
      by('crm', 'assignEngineer', { engineer: 'sato', ...at(30 * MINUTE) }),
      { ...OLDER, is: { owner: 'kim' } },
    ],
    [
      'D15',
      'older contacts',
      () => raisedAt10().do('updateContacts', 'maria', { add: [{ name: 'pat', reach: 'ON_SITE' }] }),
      by('maria', 'updateContacts', { add: [{ name: 'quinn', reach: 'ON_SITE' }], ...at(30 * MINUTE) }),
      { ...OLDER, is: { contacts: [{ name: 'pat', reach: 'ON_SITE' }] } },
    ],
    [
      'D15',
      'an older promise to the customer',
      () =>
        raisedAt10()
          .do('acknowledge', 'lee')
          .do('recordCustomerContact', 'lee', { ...CALLED, nextUpdateBy: iso(3) }),
      by('lee', 'recordCustomerContact', { ...CALLED, nextUpdateBy: iso(2), ...at(30 * MINUTE) }),
      {
        ...OLDER,
        is: {
          clocks: expect.arrayContaining([{ kind: 'CUSTOMER_UPDATE', dueAt: iso(3), breached: false }]) as unknown,
        },
      },
    ],
    [
      'D15',
      'what is more than five minutes ahead is no fact',
      raisedAt10,
      by('crm', 'changeSeverity', { severity: 3, ...at(HOUR + 6 * MINUTE) }),
      { refused: 'INVALID_INPUT', fields: ['occurredAt'] },
    ],
  ]);
});

/** The code of a refused opening, or what the opened case shows. */
function opened(opening: Record<string, unknown>): unknown {
  try {
    const { view } = caseAt({ engineer: null, opening }).simulation;
    return {
      severity: view.severity,
      severitySetBy: view.severitySetBy,
      severityRequestedBy: view.severityRequestedBy,
    };
  } catch (error) {
    if (error instanceof OpeningRefused) return error.refusal.code;
    throw error;
  }
}

const byLee = { by: 'lee', role: 'ENGINEER' };
const call = { ...byLee, ...phone, requestedBy: 'maria', engineer: 'lee' };
const set = (severity: Severity, severitySetBy = 'maria', severityRequestedBy = 'maria') => ({
  severity,
  severitySetBy,
  severityRequestedBy,
});

test.each<[requirement: string, promise: string, opening: Record<string, unknown>, outcome: unknown]>([
  ['R4', 'no case without a severity', { severity: undefined }, 'SEVERITY_REQUIRED'],
  ['R4', 'severities are 0 to 3', { severity: 4 }, 'INVALID_SEVERITY'],
  ['R4', 'and numbers', { severity: '1' }, 'INVALID_SEVERITY'],
  [
    'R5',
    'on a call the engineer sets it and the customer asked for it',
    { ...call, severity: 1 },
    set(1, 'lee', 'maria'),
  ],
  ['R5', 'on a call an engineer is named', { channel: 'PHONE', severity: 1 }, 'ENGINEER_REQUIRED'],
  [
    'R5',
    'E-Down at opening, on a call, with all answers',
    { ...call, severity: 0, eDown: completeAnswers() },
    set(0, 'lee', 'maria'),
  ],
  ['R5', 'E-Down at opening, on a call, without them', { ...call, severity: 0 }, 'E_DOWN_ANSWERS_INCOMPLETE'],
  ['R6', 'in Case Logger the customer chooses 1', { channel: 'CASE_LOGGER', severity: 1 }, set(1)],
  ['R6', 'or 2', { channel: 'CASE_LOGGER', severity: 2 }, set(2)],
  ['R6', 'or 3', { channel: 'CASE_LOGGER', severity: 3 }, set(3)],
  [
    'R33',
    'but not E-Down, with the answers or without',
    { channel: 'CASE_LOGGER', severity: 0, eDown: completeAnswers() },
    'E_DOWN_NOT_AT_LOGGING',
  ],
  ['R33', 'which is never quietly made less', { channel: 'CASE_LOGGER', severity: 0 }, 'E_DOWN_NOT_AT_LOGGING'],
  ['R34', 'logged first, it is set in Case Tracker', { channel: 'CASE_LOGGER', severity: 1 }, set(1)],
])('%s %s', (_requirement, _promise, opening, outcome) => {
  expect(opened({ severity: 2, ...opening })).toEqual(outcome);
});

test('R7 at any time while it is open', () => {
  const fixture = caseAt();
  fixture.simulation.pass(100 * HOUR);
  expect(fixture.give('changeSeverity', 'maria', one).refusal).toBeUndefined();
});
