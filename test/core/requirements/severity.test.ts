/** R1-R11: opening a case, and changing its severity. */
import type { Severity } from '../../../workflows/case/vocabulary';
import { OpeningRefused } from '../../../worker/dry-run';
import { caseAt, HOUR } from '../../support/cases';
import { completeAnswers } from '../../support/story';
import { by, everyRow, then } from '../../support/table';

const sev2 = () => caseAt();
const unassigned = () => caseAt({ engineer: null });
const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
const one = { severity: 1 };
const phone = { channel: 'PHONE' };

everyRow([
  ['R1', 'severity is changed on the Web', sev2, by('maria', 'changeSeverity', { ...one, channel: 'CASE_TRACKER' }), { pages: ['SEVERITY_CHANGED → lee'], events: ['SeverityChanged'] }],
  ['R1', 'severity is changed on the phone', sev2, by('lee', 'changeSeverity', { ...one, ...phone, requestedBy: 'maria' }), { pages: ['SEVERITY_CHANGED → lee'], events: ['SeverityChanged'] }],
  ['R1', 'escalating is another operation, on the Web', sev2, by('maria', 'escalate', { channel: 'CASE_TRACKER' }), { pages: ['ESCALATED_M1 → ana'], events: ['Escalated'] }],
  ['R1', 'and on the phone', sev2, by('lee', 'escalate', phone), { pages: ['ESCALATED_M1 → ana'], events: ['Escalated'] }],
  ['R1', 'no other channel', sev2, by('maria', 'changeSeverity', { ...one, channel: 'FAX' }), { refused: 'INVALID_CHANNEL', fields: ['channel'] }],
  ['R2', 'M1 on severity 3 is valid', () => caseAt({ severity: 3 }), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ana'], is: { severity: 3, level: 'M1' } }],
  ['R2', 'lowering the severity keeps the level', () => caseAt({ severity: 1, level: 'M1', accepted: true }), by('maria', 'changeSeverity', { severity: 3 }), { pages: ['SEVERITY_CHANGED → lee'], is: { severity: 3, level: 'M1' } }],
  ['R2', 'raising the severity does not escalate', sev2, by('maria', 'changeSeverity', one), { pages: ['SEVERITY_CHANGED → lee'], is: { level: 'NORMAL' } }],
  ['R7', 'on a closed case nothing is changed, and it says how to reopen', closed, by('maria', 'changeSeverity', one), { refused: 'CASE_CLOSED', says: 'reopenCase' }],
  ['R7', 'nor escalated', closed, by('maria', 'escalate'), 'CASE_CLOSED'],
  ['R7', 'Case Logger only opens', sev2, by('maria', 'changeSeverity', { ...one, channel: 'CASE_LOGGER' }), { refused: 'INVALID_CHANNEL', fields: ['channel'] }],
  ['R8', 'nobody is anonymous', sev2, by('maria', 'changeSeverity', { ...one, by: undefined }), { refused: 'UNAUTHENTICATED', fields: ['by'] }],
  ['R8', 'an inactive account changes nothing', () => caseAt().do('updateEntitlement', 'crm', { activeSupport: true, enterprise: true, accountActive: false }), by('maria', 'changeSeverity', { ...one, channel: 'CASE_TRACKER' }), 'ACCOUNT_INACTIVE'],
  ['R9', 'the same value again pages nobody', sev2, by('maria', 'changeSeverity', { severity: 2 }), 'SEVERITY_UNCHANGED'],
  ['R9', 'with no engineer yet, whoever is on call is notified', unassigned, by('maria', 'changeSeverity', one), { pages: ['SEVERITY_CHANGED → maier'] }],
  ['R9', 'reassigned meanwhile, the engineer of now is notified', () => caseAt().do('assignEngineer', 'crm', { engineer: 'kim' }), by('maria', 'changeSeverity', one), { pages: ['SEVERITY_CHANGED → kim'] }],
  ['R9', 'two changes are two events, one after the other', sev2, then(by('maria', 'changeSeverity', one), by('lee', 'changeSeverity', { severity: 3 })), { pages: ['SEVERITY_CHANGED → lee', 'SEVERITY_CHANGED → lee'], is: { severity: 3 } }],
  ['R10', 'escalating notifies the direct manager once', sev2, by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ana'] }],
  ['R10', 'without an engineer the duty manager, and the answer says so', unassigned, by('maria', 'escalate'), { pages: ['ESCALATED_M1 → dora'], says: 'the duty manager is paged' }],
  ['R11', 'phone and Web for one need: the second change pages nobody', () => caseAt().do('changeSeverity', 'maria', one), by('lee', 'changeSeverity', { ...one, ...phone, requestedBy: 'maria' }), 'SEVERITY_UNCHANGED'],
  ['R11', 'phone and Web for one need: the second escalation pages nobody', () => caseAt().do('escalate', 'maria'), by('lee', 'escalate', { ...phone, requestedBy: 'maria' }), { refused: 'DISSATISFACTION_REQUIRED', says: 'M1' }],
]);

/** The code of a refused opening, or what the opened case shows. */
function opened(opening: Record<string, unknown>): unknown {
  try {
    const { view } = caseAt({ engineer: null, opening }).simulation;
    return { severity: view.severity, severitySetBy: view.severitySetBy, severityRequestedBy: view.severityRequestedBy };
  } catch (error) {
    if (error instanceof OpeningRefused) return error.refusal.code;
    throw error;
  }
}

const byLee = { by: 'lee', role: 'ENGINEER' };
const call = { ...byLee, ...phone, requestedBy: 'maria', engineer: 'lee' };
const set = (severity: Severity, severitySetBy = 'maria', severityRequestedBy = 'maria') => ({ severity, severitySetBy, severityRequestedBy });

test.each<[requirement: string, promise: string, opening: Record<string, unknown>, outcome: unknown]>([
  ['R4', 'no case without a severity', { severity: undefined }, 'SEVERITY_REQUIRED'],
  ['R4', 'severities are 0 to 3', { severity: 4 }, 'INVALID_SEVERITY'],
  ['R4', 'and numbers', { severity: '1' }, 'INVALID_SEVERITY'],
  ['R5', 'on a call the engineer sets it and the customer asked for it', { ...call, severity: 1 }, set(1, 'lee', 'maria')],
  ['R5', 'on a call an engineer is named', { channel: 'PHONE', severity: 1 }, 'ENGINEER_REQUIRED'],
  ['R5', 'E-Down at opening, on a call, with all answers', { ...call, severity: 0, eDown: completeAnswers() }, set(0, 'lee', 'maria')],
  ['R5', 'E-Down at opening, on a call, without them', { ...call, severity: 0 }, 'E_DOWN_ANSWERS_INCOMPLETE'],
  ['R6', 'in Case Logger the customer chooses 1', { channel: 'CASE_LOGGER', severity: 1 }, set(1)],
  ['R6', 'or 2', { channel: 'CASE_LOGGER', severity: 2 }, set(2)],
  ['R6', 'or 3', { channel: 'CASE_LOGGER', severity: 3 }, set(3)],
  ['R33', 'but not E-Down, with the answers or without', { channel: 'CASE_LOGGER', severity: 0, eDown: completeAnswers() }, 'E_DOWN_NOT_AT_LOGGING'],
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
