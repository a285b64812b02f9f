/** R38-R52, B7, B13: Normal → M1 → M2, what each level promises, and finding somebody when somebody cannot be reached. */
import { org } from '../../support/org';
import { caseAt, HOUR, MINUTE, START, type Fixture } from '../../support/cases';
import { after, by, everyRow, then } from '../../support/table';

const normal = () => caseAt();
const m1 = () => caseAt({ level: 'M1' });
const m1Engaged = () => caseAt({ level: 'M1', accepted: true });
const m2 = () => caseAt({ level: 'M2' });
const m2Engaged = () => caseAt({ level: 'M2', accepted: true });
/** M2 with its team of three. */
const team = () => m2Engaged().do('acknowledge', 'lee', { pageId: 'C1000001-4' });
/** M2 where ben has M1, because the direct manager did not come. */
const m2Above = () => m1().do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' }).do('acceptEscalation', 'ben').do('recordProgress', 'ben', { summary: 'At it.', substantive: true }).do('escalate', 'maria', DISSATISFIED);
const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });

/** A case in a company that is a little different. */
const where = (given: () => Fixture, change: (fixture: Fixture) => void) => (): Fixture => {
  const fixture = given();
  change(fixture);
  return fixture;
};
const manager = (of: string, is: string) => (fixture: Fixture) => fixture.phones.set({ people: org().people.map((person) => (person.id === of ? { ...person, manager: is } : person)) });
const away = (...ids: string[]) => (fixture: Fixture) => fixture.phones.set({ people: org().people.map((person) => (ids.includes(person.id) ? { ...person, away: [{ from: START - HOUR, to: START + 24 * HOUR }] } : person)) });

const DISSATISFIED = { dissatisfaction: 'Nobody called us.' };
const CALLED = { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' };
const PLAN = { plan: [{ who: 'lee', task: 'Read the dump.' }, { who: 'ana', task: 'Talk to the customer.' }, { who: 'ben', task: 'Find a second pair of eyes.' }] };
const M2_PAGES = ['ESCALATED_M2 → ben', 'ESCALATION_INFO → lee', 'ESCALATION_INFO → ana'];

describe('levels', () => {
  everyRow([
    ['R38', 'one step: M1', normal, by('maria', 'escalate', { level: 'M1' }), { pages: ['ESCALATED_M1 → ana'], is: { level: 'M1', escalation: { status: 'PENDING' } } }],
    ['R38', 'no jump to M2', normal, by('maria', 'escalate', { level: 'M2', ...DISSATISFIED }), { refused: 'INVALID_ESCALATION', fields: ['level'] }],
    ['R38', 'there is no M3', m2, by('maria', 'escalate', { level: 'M3' }), { refused: 'INVALID_ESCALATION', fields: ['level'] }],
    ['R38', 'at M2 the request is a reminder, on record', m2Engaged, (fixture) => {
      const given = fixture.give('escalate', 'maria');
      expect(given.refusal?.code).toBe('ALREADY_M2');
      return { events: given.events };
    }, { pages: ['ESCALATION_REMINDER → ben'], events: ['EscalationReminded'], is: { level: 'M2' } }],
    ['R39', 'any customer, at any severity, as often as wanted', () => caseAt({ severity: 3, level: 'M1', accepted: true }).do('deEscalate', 'ana', { reason: 'Staffed.', customerAgreed: true }), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ana'], is: { level: 'M1' } }],
    ['R39', 'the reason is asked for, and its absence blocks nothing', normal, by('maria', 'escalate', { reason: 'TECHNICAL_EXPERTISE' }), { pages: ['ESCALATED_M1 → ana'], is: { escalation: { reason: 'TECHNICAL_EXPERTISE' } } }],
    ['R44', 'M2 needs dissatisfaction, so a double click does not get there', m1, by('maria', 'escalate'), { refused: 'DISSATISFACTION_REQUIRED', fields: ['dissatisfaction'] }],
    ['R44', 'M2 before the M1 manager has called is allowed', m1Engaged, by('maria', 'escalate', DISSATISFIED), { pages: M2_PAGES, is: { level: 'M2' } }],
    ['R44', 'and before anybody has accepted M1', m1, by('maria', 'escalate', DISSATISFIED), { pages: ['ESCALATED_M2 → ben', 'ESCALATION_INFO → lee'], is: { level: 'M2' } }],
    ['R42', 'escalated, the engineer stays the owner of the case', m1Engaged, by('ana', 'confirmStaffing', { staff: ['lee', 'kim'] }), { pages: [], is: { owner: 'lee', owners: { engineer: 'lee', manager: 'ana' } } }],
    ['B7', 'back by its owner, with agreement', m1Engaged, by('ana', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }), { pages: [], is: { level: 'NORMAL' } }],
    ['B7', 'not without agreement', m1Engaged, by('ana', 'deEscalate', { reason: 'Staffed.', customerAgreed: false }), { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] }],
    ['B7', 'nor by somebody else', m1Engaged, by('ben', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }), 'NOT_ESCALATION_OWNER'],
    ['B7', 'one step: from M2 to M1, whose manager hears of it', m2Engaged, by('ben', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }), { pages: ['ESCALATION_INFO → ana'], is: { level: 'M1' } }],
  ]);
});

describe('whom', () => {
  everyRow([
    ['R40', 'the direct manager of the engineer of that moment', () => caseAt().do('assignEngineer', 'crm', { engineer: 'kim' }), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ana'] }],
    ['R40', 'the engineer changes later: the owner stays, the new one’s manager hears of it', m1Engaged, by('crm', 'assignEngineer', { engineer: 'kim' }), { pages: ['ASSIGNED → kim', 'ESCALATION_INFO → ana'], is: { escalation: { owner: 'ana' } } }],
    ['R40', 'the new one works for somebody else: they hear of it, and so does the owner', where(m1Engaged, manager('kim', 'vera')), by('crm', 'assignEngineer', { engineer: 'kim' }), { pages: ['ASSIGNED → kim', 'ESCALATION_INFO → ana', 'ESCALATION_INFO → vera'] }],
    ['R40', 'at M2 both owners hear of it', m2Engaged, by('crm', 'assignEngineer', { engineer: 'kim' }), { pages: ['ASSIGNED → kim', 'ESCALATION_INFO → ana', 'ESCALATION_INFO → ben'] }],
    ['R40', 'who gives the case to the new one knows it', m1Engaged, by('ana', 'assignEngineer', { engineer: 'kim' }), { pages: ['ASSIGNED → kim'] }],
    ['R40', 'who is their own manager: the duty manager', where(normal, manager('lee', 'lee')), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → dora'] }],
    ['R40', 'a chart that goes in a circle: M1 is the other of the two', where(normal, manager('ana', 'lee')), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ana'] }],
    ['R40', 'a manager nobody knows: the duty manager', where(normal, manager('lee', 'ghost')), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → dora'] }],
    ['R45', 'M2 is the manager’s manager', m1Engaged, by('maria', 'escalate', DISSATISFIED), { pages: M2_PAGES }],
    ['R45', 'where that is the owner of M1, the next up', () => m1().do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' }).do('acceptEscalation', 'ben'), by('maria', 'escalate', DISSATISFIED), { pages: ['ESCALATED_M2 → vera', 'ESCALATION_INFO → lee', 'ESCALATION_INFO → ben'] }],
    ['R45', 'where there is none, the duty executive', where(m1Engaged, (fixture) => fixture.phones.set({ people: org().people.map(({ manager: boss, ...person }) => (person.id === 'ana' || boss === undefined ? person : { ...person, manager: boss })) })), by('maria', 'escalate', DISSATISFIED), { pages: ['ESCALATED_M2 → eve', 'ESCALATION_INFO → lee', 'ESCALATION_INFO → ana'] }],
    ['R45', 'the owner of M1 cannot have M2 too', m2, by('ana', 'acceptEscalation'), 'OTHER_MANAGER_REQUIRED'],
    ['R45', 'nor can the direct manager, who is not asked for it', m2Above, by('ana', 'acceptEscalation'), { refused: 'OTHER_MANAGER_REQUIRED', says: 'direct manager' }],
    ['R45', 'nor by a page to whoever is', m2Above, (fixture) => fixture.give('acknowledge', 'ana', { pageId: fixture.simulation.view.pages.find(({ person, purpose }) => person === 'vera' && purpose === 'ESCALATED_M2')?.pageId }), 'OTHER_MANAGER_REQUIRED'],
    ['R45', 'where nobody at all has come, they are welcome', where(m2Above, ({ simulation }) => simulation.pass(24 * HOUR)), by('ana', 'acceptEscalation'), { pages: 'whatever', is: { owners: { secondLevelManager: 'ana' } } }],
    ['R48', 'nobody could page the direct manager, and they come all the same: M1 is theirs, not M2', () => where(normal, ({ phones }) => phones.lines.set('ana', 'down'))().do('escalate', 'maria').do('escalate', 'maria', { level: 'M2', ...DISSATISFIED }), by('ana', 'acceptEscalation'), { pages: 'whatever', is: { owners: { manager: 'ana', secondLevelManager: null } } }],
    ['R40', 'nobody manages their own case', where(m1, () => undefined), (fixture) => fixture.give('acceptEscalation', 'lee', { role: 'MANAGER' }), 'OTHER_MANAGER_REQUIRED'],
    ['B9', 'for who has the level and is away, their delegate is asked', where(m1Engaged, ({ phones }) => phones.away('ana', { from: START - HOUR, to: START + HOUR, delegate: 'vera' })), by('maria', 'requestManagerContact'), { pages: ['MANAGER_REQUESTED → vera'] }],
    ['B9', 'and where they have none, the next one up', where(m1Engaged, away('ana')), by('maria', 'requestManagerContact'), { pages: ['MANAGER_REQUESTED → ben'] }],
    ['B9', 'a manager on leave is passed over', where(normal, away('ana')), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ben'] }],
  ]);
});

describe('what a level promises', () => {
  everyRow([
    ['R41', 'staffing by names', m1Engaged, by('ana', 'confirmStaffing', { staff: ['lee'] }), { pages: [], events: ['StaffingConfirmed'], is: { escalation: { staff: ['lee'] } } }],
    ['R41', 'an empty list is no staffing', m1Engaged, by('ana', 'confirmStaffing', { staff: [] }), { refused: 'INVALID_INPUT', fields: ['staff'] }],
    ['R41', 'and nobody else confirms it', m1Engaged, by('ben', 'confirmStaffing', { staff: ['lee'] }), 'NOT_ESCALATION_OWNER'],
    ['R43', 'the manager’s call is on record: who, how, when', m1Engaged, by('ana', 'recordCustomerContact', CALLED), { pages: [], events: ['CustomerContacted'] }],
    ['R43', 'a failed attempt is on record, and the clock goes on', m1Engaged, by('ana', 'recordCustomerContact', { ...CALLED, outcome: 'NO_ANSWER' }), { pages: [], events: ['CustomerContactFailed'], is: { clocks: expect.arrayContaining([expect.objectContaining({ kind: 'MANAGER_CONTACT' })]) as unknown } }],
    ['R43', 'nobody has called in the future', m1Engaged, by('ana', 'recordCustomerContact', { ...CALLED, at: '2099-01-01T00:00:00Z' }), { refused: 'INVALID_INPUT', fields: ['at'] }],
    ['R46', 'a plan names all three', team, by('ben', 'confirmResources', PLAN), { pages: [], events: ['ResourcesConfirmed'] }],
    ['R46', 'the team stands when the third has joined', m2Engaged, by('lee', 'acknowledge', { pageId: 'C1000001-4' }), { pages: [], events: ['TeamJoined', 'M2TeamFormed'], is: { escalation: { teamFormed: true } } }],
    ['R46', 'nobody joins for the engineer: they are asked again', () => where(m2Engaged, (fixture) => {
      fixture.simulation.pass(31 * MINUTE);
      fixture.do('acknowledge', 'ana', { pageId: fixture.simulation.view.pages.find(({ person, purpose, answerDueAt }) => person === 'ana' && purpose === 'ESCALATION_INFO' && answerDueAt !== null)?.pageId ?? '' });
      fixture.do('recordProgress', 'ana', { summary: 'Found lee.', substantive: false });
    })(), by('ben', 'confirmResources', PLAN), { refused: 'TEAM_INCOMPLETE', says: 'lee' }],
    ['R46', 'no plan before all three have joined', m2Engaged, by('ben', 'confirmResources', PLAN), { refused: 'TEAM_INCOMPLETE', says: 'lee' }],
    ['R46', 'no plan without one of them', team, by('ben', 'confirmResources', { plan: PLAN.plan.slice(0, 2) }), { refused: 'TEAM_INCOMPLETE', fields: ['plan'] }],
    ['R46', 'one changes: the team forms again', () => team().do('assignEngineer', 'crm', { engineer: 'kim' }), by('ben', 'confirmResources', PLAN), { refused: 'TEAM_INCOMPLETE', says: 'kim' }],
  ]);
});

describe('SPRs', () => {
  const linked = () => m1Engaged().do('linkSpr', 'lee', { sprNumber: 'SPR123456' });
  const escalated = () => linked().do('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'It blocks production.' });
  const ESCALATE = { sprNumber: 'SPR123456', reason: 'It blocks production.' };
  everyRow([
    ['R47', 'the owner of M1 escalates it', linked, by('ana', 'escalateSpr', ESCALATE), { pages: ['SPR_ESCALATED → rita'], events: ['SprEscalated'] }],
    ['R47', 'the owner of M2 too', () => m2Engaged().do('linkSpr', 'lee', { sprNumber: 'SPR123456' }), by('ben', 'escalateSpr', ESCALATE), { pages: ['SPR_ESCALATED → rita'] }],
    ['R47', 'the engineer does not', linked, by('lee', 'escalateSpr', ESCALATE), { refused: 'NOT_ESCALATION_OWNER', says: 'ana' }],
    ['R47', 'none is linked', m1Engaged, by('ana', 'escalateSpr', ESCALATE), 'NO_LINKED_SPR'],
    ['R47', 'a number that is none', m1Engaged, by('lee', 'linkSpr', { sprNumber: '123' }), { refused: 'INVALID_SPR_NUMBER', fields: ['sprNumber'] }],
    ['R47', 'twice has the same result', escalated, by('ana', 'escalateSpr', ESCALATE), { pages: [], events: [], says: 'escalated already' }],
    ['R47', 'optional: M1 ends without any', m1Engaged, by('ana', 'deEscalate', { reason: 'Done.', customerAgreed: true }), { pages: [], is: { level: 'NORMAL' } }],
    ['B13', 'it is followed until it is resolved', escalated, by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'RESOLVED' }), { pages: [], events: ['SprResolved'] }],
    ['B13', 'what is resolved is not submitted any more', () => escalated().do('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'RESOLVED' }), by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'SUBMITTED' }), { pages: [], events: [], says: 'resolved already' }],
    ['B13', 'and the customer is told, where a contact is on file', () => escalated().do('updateContacts', 'maria', { add: [{ name: 'pat', reach: 'ON_SITE', email: 'pat@acme.example' }] }), by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'RESOLVED' }), { pages: ['SPR_UPDATED → pat'] }],
  ]);
});

describe('who has it', () => {
  const askedNext = () => where(m1, ({ simulation }) => void simulation.pass(31 * MINUTE))();
  everyRow([
    ['R48', 'engaged only when a named manager accepts', m1, by('ana', 'acceptEscalation'), { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } }],
    ['R48', 'acknowledging the page is accepting', m1, by('ana', 'acknowledge', { pageId: 'C1000001-2' }), { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } }],
    ['R48', 'the second to accept hears who has it', m1Engaged, by('ben', 'acceptEscalation'), { refused: 'ALREADY_ACCEPTED', says: 'ana' }],
    ['R48', 'an engineer does not accept', m1, by('lee', 'acceptEscalation'), { refused: 'FORBIDDEN_ROLE', fields: ['role'] }],
    ['R48', 'nothing is accepted where nothing was escalated', normal, by('ana', 'acceptEscalation'), 'NOT_ESCALATED'],
    ['R48', 'an old answer does not stop a newer search', askedNext, by('ana', 'acknowledge', { pageId: 'C1000001-2' }), { refused: 'STALE_ASSIGNMENT', says: 'ben' }],
    ['R49', 'who does not answer is followed by the next', m1, after(31 * MINUTE), { pages: ['ESCALATED_M1 → ben'], events: ['ManagerUnreachable'] }],
    ['R49', 'whose line is down, at once', where(normal, ({ phones }) => void phones.lines.set('ana', 'down')), by('maria', 'escalate'), { pages: ['ESCALATED_M1 → ben'] }],
    ['R49', 'when the next one has it, those before are told', askedNext, by('ben', 'acceptEscalation'), { pages: ['ESCALATION_INFO → ana'], is: { escalation: { owner: 'ben' } } }],
    ['R49', 'with everybody on leave it is on the desk, the executive is told, and the search goes on', where(normal, away('ana', 'ben', 'vera', 'dora', 'dirk')), by('maria', 'escalate'), { pages: ['NOBODY_REACHED → eve'], events: ['Escalated', 'NoManagerReached'], is: { attention: expect.arrayContaining(['NOBODY_REACHED']) as unknown, nextDue: { what: expect.stringContaining('begins again') as unknown } } }],
    ['B3', 'an acceptance without action expires', () => caseAt({ level: 'M1', accepted: true, policy: { severities: { 2: { ackExpires: '1h' } } } }).do('recordProgress', 'lee', { summary: 'Read the log.', substantive: false }), after(61 * MINUTE), { pages: ['ESCALATED_M1 → ben'], is: { escalation: { status: 'PENDING' } } }],
  ]);
});

describe('by the number of the case, and by phone', () => {
  everyRow([
    ['R50', 'the customer asks for the manager', normal, by('maria', 'requestManagerContact', { callback: '+1 555 0123' }), { pages: ['MANAGER_REQUESTED → ana'], events: ['ManagerContactRequested'] }],
    ['R50', 'who has the escalation is asked first', () => m1().do('recordTransfer', 'desk', { outcome: 'UNREACHABLE' }).do('acceptEscalation', 'ben'), by('maria', 'requestManagerContact'), { pages: ['MANAGER_REQUESTED → ben'] }],
    ['R50', 'on a closed case too', closed, by('maria', 'requestManagerContact'), { pages: ['MANAGER_REQUESTED → ana'] }],
    ['R50', 'which cannot be escalated', closed, by('maria', 'escalate'), 'CASE_CLOSED'],
    ['R51', 'phone and Web at once are one escalation', m1, by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria' }), 'DISSATISFACTION_REQUIRED'],
    ['R51', 'also where both say what is not satisfactory', () => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...DISSATISFIED }), by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria', ...DISSATISFIED }), { refused: 'DISSATISFACTION_REQUIRED', fields: ['level'], says: 'a moment ago' }],
    ['R51', 'unless M2 is asked for by name', () => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...DISSATISFIED }), by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria', level: 'M2', ...DISSATISFIED }), { pages: ['ESCALATED_M2 → ben', 'ESCALATION_INFO → lee'], is: { level: 'M2' } }],
    ['R51', 'or a minute has gone by', () => where(() => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...DISSATISFIED }), ({ simulation }) => void simulation.pass(MINUTE))(), by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria', ...DISSATISFIED }), { pages: ['ESCALATED_M2 → ben', 'ESCALATION_INFO → lee'], is: { level: 'M2' } }],
    ['R52', 'a transfer that connected is on record, and accepts nothing', m1, by('desk', 'recordTransfer', { outcome: 'CONNECTED', manager: 'ana' }), { pages: [], events: ['TransferRecorded'], is: { escalation: { status: 'PENDING' } } }],
    ['R52', 'one that reached nobody asks the next one at once', m1, by('desk', 'recordTransfer', { outcome: 'UNREACHABLE' }), { pages: ['ESCALATED_M1 → ben'] }],
    ['R52', 'a dropped call leaves the escalation', m1, after(MINUTE), { pages: [], is: { level: 'M1' } }],
    ['R52', 'only the assistant records it', m1, by('lee', 'recordTransfer', { outcome: 'CONNECTED' }), { refused: 'FORBIDDEN_ROLE', fields: ['role'] }],
    ['R52', 'without an escalation there is no transfer', normal, then(by('desk', 'recordTransfer', { outcome: 'CONNECTED' })), 'NOT_ESCALATED'],
  ]);
});
