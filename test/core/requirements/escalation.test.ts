/**
 * R38-R52, B7, B9, B13, H1, H2, D1-D9, D14, D17: Normal → M1 → M2, what each level promises, and finding somebody when
 * somebody cannot be reached.
 */
import { org, type Phones } from '../../support/org';
import { caseAt, HOUR, MINUTE, START, type Fixture } from '../../support/cases';
import { after, by, everyRow, then } from '../../support/table';

const normal = () => caseAt();
const m1 = () => caseAt({ level: 'M1' });
const m1Engaged = () => caseAt({ level: 'M1', accepted: true });
const m2 = () => caseAt({ level: 'M2' });
const m2Engaged = () => caseAt({ level: 'M2', accepted: true });
/** M2 with its team of three. */
const team = () => m2Engaged().do('acknowledge', 'lee');
/** M2 where ben has M1, because the direct manager did not come. */
const m2Above = () =>
  m1()
    .do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' })
    .do('acceptEscalation', 'ben')
    .do('recordProgress', 'ben', { summary: 'At it.', substantive: true })
    .do('escalate', 'maria', DISSATISFIED);
const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });

/** Longer ago than one wish lasts (D14). */
const aMinuteAgo = (given: () => Fixture) => where(given, ({ simulation }) => void simulation.pass(MINUTE + 1));

/** A case in a company that is a little different. */
const where = (given: () => Fixture, change: (fixture: Fixture) => void) => (): Fixture => {
  const fixture = given();
  change(fixture);
  return fixture;
};
const manages = (of: string, is: string) => (phones: Phones) => phones.change(of, { manager: is });
const manager = (of: string, is: string) => (fixture: Fixture) => manages(of, is)(fixture.phones);
const delegates = (inPlaceOf: Record<string, string>) => (fixture: Fixture) => {
  for (const [person, delegate] of Object.entries(inPlaceOf)) {
    fixture.phones.away(person, { from: START - HOUR, to: START + 24 * HOUR, delegate });
  }
};
const away =
  (...ids: string[]) =>
  (fixture: Fixture) =>
    fixture.phones.set({
      people: org().people.map((person) =>
        ids.includes(person.id) ? { ...person, away: [{ from: START - HOUR, to: START + 24 * HOUR }] } : person,
      ),
    });

/** M2 asked for by name: it is never taken for the first wish once more (D14). */
/** Who has M1 and M2. */
const owned = (manager: string | null, secondLevelManager: string | null): unknown =>
  expect.objectContaining({ manager, secondLevelManager });

const DISSATISFIED = { level: 'M2', dissatisfaction: 'Nobody called us.' };
const UNHAPPY = { dissatisfaction: 'Nobody called us.' };
const CALLED = { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' };
const PLAN = {
  plan: [
    { who: 'lee', task: 'Read the dump.' },
    { who: 'ana', task: 'Talk to the customer.' },
    { who: 'ben', task: 'Find a second pair of eyes.' },
  ],
};
const M2_PAGES = ['ESCALATED_M2 rings ben', 'ESCALATION_INFO asks lee', 'ESCALATION_INFO tells ana'];
const READ = { summary: 'Read the log.', substantive: false };

describe('levels', () => {
  everyRow([
    [
      'R38',
      'one step: M1',
      normal,
      by('maria', 'escalate', { level: 'M1' }),
      { pages: ['ESCALATED_M1 rings ana'], is: { level: 'M1', escalation: { status: 'PENDING' } } },
    ],
    [
      'R38',
      'no jump to M2',
      normal,
      by('maria', 'escalate', DISSATISFIED),
      { refused: 'INVALID_ESCALATION', fields: ['level'] },
    ],
    [
      'R38',
      'there is no M3',
      m2,
      by('maria', 'escalate', { level: 'M3' }),
      { refused: 'INVALID_ESCALATION', fields: ['level'] },
    ],
    [
      'R38',
      'at M2 the request is a reminder, on record',
      aMinuteAgo(m2Engaged),
      by('maria', 'escalate'),
      {
        refused: 'ALREADY_M2',
        says: 'reminded',
        events: ['EscalationReminded'],
        pages: ['ESCALATION_REMINDER tells ben'],
      },
    ],
    [
      'R38, D14',
      'also right after it, where M2 is asked for by name',
      m2Engaged,
      by('maria', 'escalate', DISSATISFIED),
      { refused: 'ALREADY_M2', events: ['EscalationReminded'], pages: ['ESCALATION_REMINDER tells ben'] },
    ],
    [
      'R38, D14',
      'but a double click is no reminder',
      m2Engaged,
      by('maria', 'escalate'),
      { pages: [], events: [], is: { level: 'M2' } },
    ],
    [
      'R39',
      'any customer, at any severity, as often as wanted',
      () =>
        caseAt({ severity: 3, level: 'M1', accepted: true }).do('deEscalate', 'ana', {
          reason: 'Staffed.',
          customerAgreed: true,
        }),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ana'], is: { level: 'M1' } },
    ],
    [
      'R39',
      'the reason is asked for, and its absence blocks nothing',
      normal,
      by('maria', 'escalate', { reason: 'TECHNICAL_EXPERTISE' }),
      { pages: ['ESCALATED_M1 rings ana'], is: { escalation: { reason: 'TECHNICAL_EXPERTISE' } } },
    ],
    [
      'R44',
      'M2 needs dissatisfaction',
      aMinuteAgo(m1),
      by('maria', 'escalate'),
      { refused: 'DISSATISFACTION_REQUIRED', fields: ['dissatisfaction'], says: 'M1' },
    ],
    [
      'R44, D14',
      'so a double click does not get there: it is the same wish once more',
      m1,
      by('maria', 'escalate'),
      { pages: [], events: [], says: 'level M2' },
    ],
    [
      'R44',
      'M2 before the M1 manager has called is allowed',
      m1Engaged,
      by('maria', 'escalate', DISSATISFIED),
      { pages: M2_PAGES, is: { level: 'M2' } },
    ],
    [
      'R44',
      'and before anybody has accepted M1',
      m1,
      by('maria', 'escalate', DISSATISFIED),
      { pages: ['ESCALATED_M2 rings ben', 'ESCALATION_INFO asks lee'], is: { level: 'M2' } },
    ],
    [
      'R42',
      'escalated, the engineer stays the owner of the case',
      m1Engaged,
      by('ana', 'confirmStaffing', { staff: ['lee', 'kim'] }),
      { pages: [], is: { owner: 'lee', owners: { engineer: 'lee', manager: 'ana' } } },
    ],
    [
      'B7',
      'back by its owner, with agreement',
      m1Engaged,
      by('ana', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }),
      { pages: [], is: { level: 'NORMAL' } },
    ],
    [
      'B7',
      'not without agreement',
      m1Engaged,
      by('ana', 'deEscalate', { reason: 'Staffed.', customerAgreed: false }),
      { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] },
    ],
    [
      'B7',
      'nor by somebody else',
      m1Engaged,
      by('ben', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }),
      'NOT_ESCALATION_OWNER',
    ],
    [
      'B7',
      'one step: from M2 to M1, whose manager hears of it',
      m2Engaged,
      by('ben', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }),
      { pages: ['ESCALATION_INFO tells ana', 'ESCALATION_INFO tells lee'], is: { level: 'M1' } },
    ],
  ]);
});

describe('whom', () => {
  everyRow([
    [
      'R40',
      'the direct manager of the engineer of that moment',
      () => caseAt().do('assignEngineer', 'crm', { engineer: 'kim' }),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ana'] },
    ],
    [
      'R40',
      'the engineer changes later: the owner stays, the new one’s manager hears of it',
      m1Engaged,
      by('crm', 'assignEngineer', { engineer: 'kim' }),
      {
        pages: ['ASSIGNED asks kim', 'ASSIGNED tells lee', 'ESCALATION_INFO tells ana'],
        is: { escalation: { owner: 'ana' } },
      },
    ],
    [
      'R40',
      'the new one works for somebody else: they hear of it, and so does the owner',
      where(m1Engaged, manager('kim', 'vera')),
      by('crm', 'assignEngineer', { engineer: 'kim' }),
      { pages: ['ASSIGNED asks kim', 'ASSIGNED tells lee', 'ESCALATION_INFO tells ana', 'ESCALATION_INFO tells vera'] },
    ],
    [
      'R40',
      'at M2 both owners hear of it',
      m2Engaged,
      by('crm', 'assignEngineer', { engineer: 'kim' }),
      { pages: ['ASSIGNED asks kim', 'ASSIGNED tells lee', 'ESCALATION_INFO tells ana', 'ESCALATION_INFO tells ben'] },
    ],
    [
      'R40',
      'who gives the case to the new one knows it',
      m1Engaged,
      by('ana', 'assignEngineer', { engineer: 'kim' }),
      { pages: ['ASSIGNED asks kim', 'ASSIGNED tells lee'] },
    ],
    [
      'R40',
      'who is their own manager: the duty manager',
      () => caseAt({ company: manages('lee', 'lee') }),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings dora'] },
    ],
    [
      'R40',
      'also who has become it since',
      where(normal, manager('lee', 'lee')),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings dora'] },
    ],
    [
      'R40',
      'a chart that goes in a circle: M1 is the other of the two',
      where(normal, manager('ana', 'lee')),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ana'] },
    ],
    [
      'R40',
      'a manager nobody knows: the duty manager',
      () => caseAt({ company: manages('lee', 'ghost') }),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings dora'] },
    ],
    [
      'R40, H1',
      'nobody knows the manager any more: whoever was it when last looked up',
      where(normal, manager('lee', 'ghost')),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ana'] },
    ],
    ['R45', 'M2 is the manager’s manager', m1Engaged, by('maria', 'escalate', DISSATISFIED), { pages: M2_PAGES }],
    [
      'R45',
      'where that is the owner of M1, the next up',
      () => m1().do('recordTransfer', 'desk', { outcome: 'UNREACHABLE', manager: 'ana' }).do('acceptEscalation', 'ben'),
      by('maria', 'escalate', DISSATISFIED),
      { pages: ['ESCALATED_M2 rings vera', 'ESCALATION_INFO asks lee', 'ESCALATION_INFO tells ben'] },
    ],
    [
      'R45',
      'where there is none, the duty executive',
      where(m1Engaged, (fixture) =>
        fixture.phones.set({
          people: org().people.map(({ manager: boss, ...person }) =>
            person.id === 'ana' || boss === undefined ? person : { ...person, manager: boss },
          ),
        }),
      ),
      by('maria', 'escalate', DISSATISFIED),
      { pages: ['ESCALATED_M2 rings eve', 'ESCALATION_INFO asks lee', 'ESCALATION_INFO tells ana'] },
    ],
    ['R45', 'the owner of M1 cannot have M2 too', m2, by('ana', 'acceptEscalation'), 'OTHER_MANAGER_REQUIRED'],
    [
      'R45',
      'nor can the direct manager, who is not asked for it',
      m2Above,
      by('ana', 'acceptEscalation'),
      { refused: 'OTHER_MANAGER_REQUIRED', says: 'ben has M1; M2 is for somebody above' },
    ],
    [
      'R45',
      'nor by a page to whoever is',
      m2Above,
      (fixture) =>
        fixture.give('acknowledge', 'ana', {
          pageId: fixture.simulation.view.pages.find(
            ({ person, purpose }) => person === 'vera' && purpose === 'ESCALATED_M2',
          )?.pageId,
        }),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'R45, D4',
      'however long nobody comes: M2 stands above M1',
      where(m2Above, ({ simulation }) => simulation.pass(24 * HOUR)),
      by('ana', 'acceptEscalation'),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'R45, D4',
      'whom the case has not looked up is not kept from it',
      m2Above,
      by('rita', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells vera'], is: { owners: owned('ben', 'rita') } },
    ],
    [
      'R45, D4',
      'nor does the owner of M2 take M1',
      () => m2().do('acceptEscalation', 'ben').do('decline', 'ana'),
      by('ben', 'acceptEscalation'),
      { refused: 'OTHER_MANAGER_REQUIRED', says: 'M2' },
    ],
    [
      'R48',
      'nobody could page the direct manager, and they come all the same: M1 is theirs, not M2',
      () =>
        where(normal, ({ phones }) => phones.lines.set('ana', 'down'))()
          .do('escalate', 'maria')
          .do('escalate', 'maria', DISSATISFIED),
      by('ana', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells ben'], is: { owners: owned('ana', null) } },
    ],
    [
      'R40',
      'nobody manages their own case',
      where(m1, () => undefined),
      (fixture) => fixture.give('acceptEscalation', 'lee', { role: 'MANAGER' }),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'B9',
      'for who has the level and is away, their delegate is asked',
      where(m1Engaged, ({ phones }) => phones.away('ana', { from: START - HOUR, to: START + HOUR, delegate: 'vera' })),
      by('maria', 'requestManagerContact'),
      { pages: ['MANAGER_REQUESTED asks vera'] },
    ],
    [
      'B9',
      'and where they have none, the next one up',
      where(m1Engaged, away('ana')),
      by('maria', 'requestManagerContact'),
      { pages: ['MANAGER_REQUESTED asks ben'] },
    ],
    [
      'B9',
      'a manager on leave is passed over',
      where(normal, away('ana')),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ben'] },
    ],
    [
      'D8, R40',
      'the engineer who is on duty as well: the next one of the duty managers',
      () => caseAt({ engineer: 'dora' }),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings dirk'] },
    ],
    [
      'B9, D9',
      'a delegate is asked in their place, and the event says for whom',
      where(normal, delegates({ ana: 'vera' })),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings vera'], events: ['Escalated'] },
    ],
    [
      'D9',
      'and the answer is the delegate’s',
      () => where(normal, delegates({ ana: 'vera' }))().do('escalate', 'maria'),
      by('vera', 'acknowledge'),
      { pages: [], is: { owners: owned('vera', null) } },
    ],
    [
      'D9, H1',
      'whom they stand in for is welcome while nobody has it',
      () => where(normal, delegates({ ana: 'vera' }))().do('escalate', 'maria'),
      by('ana', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells vera'], is: { owners: owned('ana', null) } },
    ],
    [
      'D9',
      'delegates are followed, each once',
      where(normal, delegates({ ana: 'vera', vera: 'dirk' })),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings dirk'] },
    ],
    [
      'D9',
      'and not in a circle',
      where(normal, delegates({ ana: 'vera', vera: 'ana' })),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ben'] },
    ],
    [
      'D9, R40',
      'a delegate who may not have it is skipped, and the event says for whom and why',
      where(normal, delegates({ ana: 'lee' })),
      then(by('maria', 'escalate'), ({ simulation }) => {
        const sent = simulation.events.findLast(({ type }) => type === 'PageSent');
        expect(sent?.data).toMatchObject({
          person: 'ben',
          passedOver: [
            { person: 'ana', why: 'AWAY' },
            { person: 'lee', for: 'ana' },
          ],
        });
        return { events: [] };
      }),
      { pages: ['ESCALATED_M1 rings ben'] },
    ],
  ]);
});

describe('what a level promises', () => {
  const QUIET = { firstContact: '20d', customerUpdate: '20d', staffing: '20d', ackExpires: '20d' };
  /** ana has M1, has worked on it, and has promised the customer a call within four hours; nothing else falls due. */
  const promised = () =>
    caseAt({ level: 'M1', accepted: true, policy: { severities: { 2: { ...QUIET, managerContact: '4h' } } } })
      .do('recordProgress', 'lee', READ)
      .do('recordProgress', 'ana', READ);
  const broken = where(promised, ({ simulation }) => void simulation.pass(4 * HOUR));
  const notRunning = (kind: string): unknown => expect.not.arrayContaining([expect.objectContaining({ kind })]);
  const pageOf = ({ simulation }: Fixture, whose: string): string | undefined =>
    simulation.view.pages.find(({ person }) => person === whose)?.pageId;
  everyRow([
    [
      'R41',
      'staffing by names',
      m1Engaged,
      by('ana', 'confirmStaffing', { staff: ['lee'] }),
      { pages: [], events: ['StaffingConfirmed'], is: { escalation: { staff: ['lee'] } } },
    ],
    [
      'R41, D3',
      'from whoever is asked for the level it is the acceptance, too',
      m1,
      by('ana', 'confirmStaffing', { staff: ['lee'] }),
      {
        pages: [],
        events: ['StaffingConfirmed', 'EscalationAccepted'],
        is: { escalation: { status: 'ENGAGED', owner: 'ana', staff: ['lee'] } },
      },
    ],
    [
      'R41',
      'an empty list is no staffing',
      m1Engaged,
      by('ana', 'confirmStaffing', { staff: [] }),
      { refused: 'INVALID_INPUT', fields: ['staff'] },
    ],
    [
      'R41',
      'and nobody else confirms it',
      m1Engaged,
      by('ben', 'confirmStaffing', { staff: ['lee'] }),
      'NOT_ESCALATION_OWNER',
    ],
    [
      'R43',
      'the manager’s call is on record: who, how, when',
      m1Engaged,
      by('ana', 'recordCustomerContact', CALLED),
      { pages: [], events: ['CustomerContacted'], is: { clocks: notRunning('MANAGER_CONTACT') } },
    ],
    [
      'R43, D3',
      'and from whoever is asked for the level it is the acceptance, too',
      m1,
      by('ana', 'recordCustomerContact', CALLED),
      {
        pages: [],
        events: ['CustomerContacted', 'EscalationAccepted'],
        is: { escalation: { status: 'ENGAGED', owner: 'ana' }, clocks: notRunning('MANAGER_CONTACT') },
      },
    ],
    [
      'R43, D4',
      'broken, it is asked of the next one up; whoever broke it hears so',
      promised,
      after(4 * HOUR),
      { pages: ['PROMISE_OVERDUE asks ben', 'PROMISE_OVERDUE tells ana'], events: ['CustomerContactOverdue'] },
    ],
    [
      'R43, D4',
      'and is not theirs to look after',
      broken,
      (fixture) => fixture.give('acknowledge', 'ana', { pageId: pageOf(fixture, 'ben') }),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'R43, H8',
      'it stays in sight until it is kept',
      broken,
      then(by('ben', 'acknowledge'), by('maria', 'changeSeverity', { severity: 3 })),
      {
        pages: ['SEVERITY_CHANGED asks lee'],
        is: { attention: expect.arrayContaining(['PROMISE_OVERDUE']) as unknown },
      },
    ],
    [
      'R43, H8',
      'and then is over for whoever was asked',
      broken,
      by('ana', 'recordCustomerContact', CALLED),
      { pages: ['ESCALATION_INFO tells ben'], is: { attention: [] } },
    ],
    [
      'R43',
      'a failed attempt is on record, and the clock goes on',
      m1Engaged,
      by('ana', 'recordCustomerContact', { ...CALLED, outcome: 'NO_ANSWER' }),
      {
        pages: [],
        events: ['CustomerContactFailed'],
        is: { clocks: expect.arrayContaining([expect.objectContaining({ kind: 'MANAGER_CONTACT' })]) as unknown },
      },
    ],
    [
      'R43',
      'nobody has called in the future',
      m1Engaged,
      by('ana', 'recordCustomerContact', { ...CALLED, at: '2099-01-01T00:00:00Z' }),
      { refused: 'INVALID_INPUT', fields: ['at'] },
    ],
    [
      'R46',
      'a plan names all three',
      team,
      by('ben', 'confirmResources', PLAN),
      { pages: [], events: ['ResourcesConfirmed'] },
    ],
    [
      'R46',
      'the team stands when the third has joined',
      m2Engaged,
      by('lee', 'acknowledge'),
      {
        pages: [],
        events: ['TeamJoined', 'M2TeamFormed'],
        is: { escalation: expect.objectContaining({ teamFormed: true }) as unknown, attention: [] },
      },
    ],
    [
      'R46, D3',
      'by what the engineer does for the case as well',
      m2Engaged,
      by('lee', 'recordProgress', READ),
      { pages: [], events: ['ProgressRecorded', 'TeamJoined', 'M2TeamFormed'], is: { attention: [] } },
    ],
    [
      'R46',
      'whoever says that they see to it has that, and the team is not complete by it',
      () => m2Engaged().do('acknowledge', 'vera'),
      by('ben', 'confirmResources', PLAN),
      { refused: 'TEAM_INCOMPLETE', says: 'lee' },
    ],
    [
      'R46',
      'nor does whoever is asked because the engineer does not answer',
      () => where(m2Engaged, ({ simulation }) => void simulation.pass(31 * MINUTE))().do('acknowledge', 'ana'),
      by('ben', 'confirmResources', PLAN),
      { refused: 'TEAM_INCOMPLETE', says: 'lee' },
    ],
    [
      'R46',
      'who is then asked again',
      () => where(m2Engaged, ({ simulation }) => void simulation.pass(31 * MINUTE))().do('acknowledge', 'ana'),
      by('lee', 'acknowledge'),
      { pages: 'whatever', events: ['TeamJoined', 'M2TeamFormed'], is: { escalation: { teamFormed: true } } },
    ],
    [
      'R46',
      'no plan before all three have joined',
      m2Engaged,
      by('ben', 'confirmResources', PLAN),
      { refused: 'TEAM_INCOMPLETE', says: 'lee' },
    ],
    [
      'R46',
      'no plan without one of them',
      team,
      by('ben', 'confirmResources', { plan: PLAN.plan.slice(0, 2) }),
      { refused: 'TEAM_INCOMPLETE', fields: ['plan'] },
    ],
    [
      'R46',
      'one changes: the team forms again',
      () => team().do('assignEngineer', 'crm', { engineer: 'kim' }),
      by('ben', 'confirmResources', PLAN),
      { refused: 'TEAM_INCOMPLETE', says: 'kim' },
    ],
  ]);
});

describe('SPRs', () => {
  const linked = () => m1Engaged().do('linkSpr', 'lee', { sprNumber: 'SPR123456' });
  const escalated = () =>
    linked().do('escalateSpr', 'ana', { sprNumber: 'SPR123456', reason: 'It blocks production.' });
  const ESCALATE = { sprNumber: 'SPR123456', reason: 'It blocks production.' };
  everyRow([
    [
      'R47',
      'the owner of M1 escalates it',
      linked,
      by('ana', 'escalateSpr', ESCALATE),
      { pages: ['SPR_ESCALATED asks rita'], events: ['SprEscalated'] },
    ],
    [
      'R47, D17',
      'in an emergency it rings',
      () => linked().declareEDown(),
      by('ana', 'escalateSpr', ESCALATE),
      { pages: ['SPR_ESCALATED rings rita', 'SPR_UPDATED tells pat'] },
    ],
    [
      'R47, D3',
      'whoever is asked for the level does it as well, and has the level by that',
      () => m1().do('linkSpr', 'lee', { sprNumber: 'SPR123456' }),
      by('ana', 'escalateSpr', ESCALATE),
      { pages: ['SPR_ESCALATED asks rita'], events: ['SprEscalated', 'EscalationAccepted'] },
    ],
    [
      'R47',
      'the owner of M2 too',
      () => m2Engaged().do('linkSpr', 'lee', { sprNumber: 'SPR123456' }),
      by('ben', 'escalateSpr', ESCALATE),
      { pages: ['SPR_ESCALATED asks rita'] },
    ],
    [
      'R47',
      'the engineer does not',
      linked,
      by('lee', 'escalateSpr', ESCALATE),
      { refused: 'NOT_ESCALATION_OWNER', says: 'ana' },
    ],
    ['R47', 'none is linked', m1Engaged, by('ana', 'escalateSpr', ESCALATE), 'NO_LINKED_SPR'],
    [
      'R47',
      'a number that is none',
      m1Engaged,
      by('lee', 'linkSpr', { sprNumber: '123' }),
      { refused: 'INVALID_SPR_NUMBER', fields: ['sprNumber'] },
    ],
    [
      'R47',
      'twice has the same result',
      escalated,
      by('ana', 'escalateSpr', ESCALATE),
      { pages: [], events: [], says: 'already escalated' },
    ],
    [
      'R47',
      'optional: M1 ends without any',
      m1Engaged,
      by('ana', 'deEscalate', { reason: 'Done.', customerAgreed: true }),
      { pages: [], is: { level: 'NORMAL' } },
    ],
    [
      'B13',
      'it is followed until it is resolved',
      escalated,
      by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'RESOLVED' }),
      { pages: ['ESCALATION_INFO tells rita'], events: ['SprResolved'] },
    ],
    [
      'R47, D17',
      'de-escalating ends it, by word',
      escalated,
      by('ana', 'deEscalate', { reason: 'Done.', customerAgreed: true }),
      { pages: ['ESCALATION_INFO tells rita'], is: { level: 'NORMAL', needs: [] } },
    ],
    [
      'R47, D17',
      'also for who has taken it',
      () => escalated().do('acknowledge', 'rita'),
      by('ana', 'deEscalate', { reason: 'Done.', customerAgreed: true }),
      { pages: ['ESCALATION_INFO tells rita'], is: { level: 'NORMAL', needs: [] } },
    ],
    [
      'R47, D17',
      'and so does closing',
      escalated,
      by('lee', 'closeCase', { resolution: 'Solved.', customerAgreed: true }),
      { pages: ['ESCALATION_INFO tells rita', 'ESCALATION_INFO tells ana'], is: { status: 'CLOSED', needs: [] } },
    ],
    [
      'R47, D17',
      'one step back from M2 leaves it: the owner of M1 has it escalated still',
      () => m2Engaged().do('linkSpr', 'lee', { sprNumber: 'SPR123456' }).do('escalateSpr', 'ana', ESCALATE),
      by('ben', 'deEscalate', { reason: 'Staffed.', customerAgreed: true }),
      {
        pages: ['ESCALATION_INFO tells ana'],
        is: { level: 'M1', needs: [expect.objectContaining({ need: 'SPR_ESCALATED:SPR123456' })] },
      },
    ],
    [
      'B13',
      'what is resolved is not submitted any more',
      () => escalated().do('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'RESOLVED' }),
      by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'SUBMITTED' }),
      { pages: [], events: [], says: 'already resolved' },
    ],
    [
      'B13',
      'and the customer is told, where a contact is on file',
      () =>
        escalated().do('updateContacts', 'maria', {
          add: [{ name: 'pat', reach: 'ON_SITE', email: 'pat@acme.example' }],
        }),
      by('crm', 'recordSprStatus', { sprNumber: 'SPR123456', status: 'RESOLVED' }),
      { pages: ['SPR_UPDATED tells pat', 'ESCALATION_INFO tells rita'] },
    ],
  ]);
});

describe('who has it', () => {
  const decline =
    (...people: string[]) =>
    (fixture: Fixture) =>
      people.forEach((person) => fixture.do('decline', person));
  const askedNext = () => where(m1, ({ simulation }) => void simulation.pass(31 * MINUTE))();
  everyRow([
    [
      'R48',
      'engaged only when a named manager accepts',
      m1,
      by('ana', 'acceptEscalation'),
      { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } },
    ],
    [
      'R48',
      'acknowledging the page is accepting',
      m1,
      by('ana', 'acknowledge', { pageId: 'C1000001-2' }),
      { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } },
    ],
    [
      'R48, D1',
      'or answering whatever is asked',
      m1,
      by('ana', 'acknowledge'),
      { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } },
    ],
    [
      'R48, D1',
      'their role need not be said',
      m1,
      by('ana', 'acknowledge', { role: undefined }),
      { pages: [], events: ['EscalationAccepted'], is: { escalation: { status: 'ENGAGED', owner: 'ana' } } },
    ],
    [
      'R48, H1',
      'nor need they have been asked',
      m1,
      by('vera', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells ana'], is: { escalation: { status: 'ENGAGED', owner: 'vera' } } },
    ],
    [
      'D3',
      'what the one who is asked does for the case is an answer',
      m1,
      by('ana', 'recordProgress', READ),
      { pages: [], events: ['ProgressRecorded', 'EscalationAccepted'], is: { escalation: { owner: 'ana' } } },
    ],
    [
      'D3',
      'a wish of theirs is none',
      m1,
      by('ana', 'escalate', DISSATISFIED),
      { pages: 'whatever', events: ['Escalated'], is: { owners: owned(null, null) } },
    ],
    [
      'R48',
      'the second to accept hears who has it',
      m1Engaged,
      by('ben', 'acceptEscalation'),
      { refused: 'ALREADY_ACCEPTED', says: 'ana' },
    ],
    [
      'D2',
      'and so does who answers the page',
      m1Engaged,
      by('ben', 'acknowledge', { pageId: 'C1000001-2' }),
      { refused: 'STALE_ASSIGNMENT', says: 'ana' },
    ],
    [
      'D2',
      'also when they have worked on it since',
      () => m1Engaged().do('recordProgress', 'ana', READ),
      by('ben', 'acknowledge', { pageId: 'C1000001-2' }),
      { refused: 'STALE_ASSIGNMENT', says: 'ana' },
    ],
    [
      'D2',
      'whoever has it has it',
      m1Engaged,
      by('ana', 'acknowledge', { pageId: 'C1000001-2' }),
      'ALREADY_ACKNOWLEDGED',
    ],
    ['D2', 'also without saying which page', m1Engaged, by('ana', 'acknowledge'), 'ALREADY_ACKNOWLEDGED'],
    ['D2', 'and accepting once more', m1Engaged, by('ana', 'acceptEscalation'), 'ALREADY_ACKNOWLEDGED'],
    [
      'D2',
      'what is over says how it ended',
      () => m1Engaged().do('deEscalate', 'ana', { reason: 'Staffed.', customerAgreed: true }),
      by('ben', 'acknowledge', { pageId: 'C1000001-2' }),
      { refused: 'NOTHING_ASKED', says: 'ended' },
    ],
    [
      'D2',
      'where nothing is asked of anybody there is nothing to take',
      () => caseAt().do('recordProgress', 'lee', READ),
      by('ana', 'acknowledge'),
      'NOTHING_ASKED',
    ],
    ['D2', 'a page that was never sent', m1, by('ana', 'acknowledge', { pageId: 'C1000001-99' }), 'PAGE_NOT_FOUND'],
    [
      'D2, R40',
      'the engineer does not manage their own case, whatever they call themselves',
      m1,
      (fixture) => fixture.give('acknowledge', 'lee', { pageId: 'C1000001-2', role: 'MANAGER' }),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'D2',
      'and nobody who is no manager has a level',
      m1,
      by('kim', 'acknowledge', { pageId: 'C1000001-2' }),
      { refused: 'FORBIDDEN_ROLE', fields: ['role'] },
    ],
    [
      'D7',
      'two answer at once: the first has it, and the second hears so',
      () => askedNext().do('acknowledge', 'ben'),
      by('ana', 'acceptEscalation'),
      { refused: 'ALREADY_ACCEPTED', says: 'ben' },
    ],
    [
      'D7',
      'who has M1 is named to who was asked for it, whoever has M2',
      () => m1().do('escalate', 'maria', DISSATISFIED).do('acceptEscalation', 'vera').do('acceptEscalation', 'ben'),
      by('ana', 'acceptEscalation'),
      { refused: 'ALREADY_ACCEPTED', says: 'ben' },
    ],
    [
      'D7, R45',
      'what only the second may have is still theirs',
      () => m1().do('escalate', 'maria', DISSATISFIED).do('acceptEscalation', 'vera'),
      by('ben', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells ana'], is: { owners: owned('ben', 'vera') } },
    ],
    [
      'R48',
      'an engineer does not accept',
      m1,
      by('lee', 'acceptEscalation'),
      { refused: 'FORBIDDEN_ROLE', fields: ['role'] },
    ],
    ['R48', 'nothing is accepted where nothing was escalated', normal, by('ana', 'acceptEscalation'), 'NOT_ESCALATED'],
    [
      'R48, H1',
      'an answer that comes late takes it while nobody has it; whoever is asked now hears so',
      askedNext,
      by('ana', 'acknowledge', { pageId: 'C1000001-2' }),
      {
        pages: ['ESCALATION_INFO tells ben'],
        events: ['EscalationAccepted'],
        is: { escalation: { status: 'ENGAGED', owner: 'ana' } },
      },
    ],
    [
      'D5',
      'a name that only the directory knows counts',
      m1,
      (fixture) => fixture.give('acceptEscalation', 'rita', { role: 'MANAGER' }),
      { pages: ['ESCALATION_INFO tells ana'], events: ['EscalationAccepted'], is: { escalation: { owner: 'rita' } } },
    ],
    [
      'D5',
      'one that nobody knows is void at once, with who may have been meant, and the search goes on where it was',
      m1,
      (fixture) => fixture.give('acceptEscalation', 'anna', { role: 'MANAGER' }),
      {
        pages: 'whatever',
        events: ['EscalationAccepted', 'AnswerVoided'],
        is: {
          escalation: { status: 'PENDING', owner: null },
          needs: expect.arrayContaining([
            expect.objectContaining({ need: 'M1', status: 'ASKED', person: 'ana' }),
          ]) as unknown,
        },
      },
    ],
    [
      'D6',
      'who cannot: the next one at once',
      m1,
      by('ana', 'decline', { reason: 'On the plane.' }),
      { pages: ['ESCALATED_M1 rings ben'], events: ['PageDeclined'], is: { escalation: { status: 'PENDING' } } },
    ],
    [
      'D6, H1',
      'they are welcome all the same while nobody has it',
      () => m1().do('decline', 'ana'),
      by('ana', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells ben'], is: { escalation: { owner: 'ana' } } },
    ],
    [
      'D6',
      'who had it gives it back: it is asked for again, and its promises run on',
      () => m1Engaged().do('recordProgress', 'ana', READ),
      (fixture) => {
        const before = fixture.simulation.view.clocks;
        const given = fixture.give('decline', 'ana');
        expect(fixture.simulation.view.clocks).toEqual(before);
        return given;
      },
      {
        pages: ['ESCALATED_M1 rings ben'],
        events: ['PageDeclined', 'EscalationReopened'],
        is: { level: 'M1', escalation: { status: 'PENDING', owner: null } },
      },
    ],
    [
      'D6',
      'everybody who was asked cannot: it is on the desk, and the executive is rung',
      () => where(m1, decline('ana', 'ben', 'vera', 'dora'))(),
      by('dirk', 'decline'),
      {
        pages: ['NOBODY_REACHED rings eve'],
        events: ['PageDeclined', 'NoManagerReached'],
        is: { attention: expect.arrayContaining(['NOBODY_REACHED']) as unknown },
      },
    ],
    [
      'D6',
      'and they are asked again one answer time later, not sooner',
      () => where(m1, decline('ana', 'ben', 'vera', 'dora', 'dirk', 'eve'))(),
      then(after(29 * MINUTE), (fixture) => {
        expect(fixture.simulation.view.pages).toEqual([]);
        return after(MINUTE)(fixture);
      }),
      { pages: ['ESCALATED_M1 rings ana'] },
    ],
    [
      'D6',
      'a case that the engineer cannot take stays theirs: the manager is asked to assign it',
      () => caseAt({ engineer: null }).do('assignEngineer', 'crm', { engineer: 'lee' }),
      by('lee', 'decline'),
      { pages: ['ASSIGNED asks ana'], events: ['PageDeclined'], is: { owner: 'lee' } },
    ],
    ['D6, D2', 'who is asked nothing and has nothing cannot decline', m1Engaged, by('ben', 'decline'), 'NOTHING_ASKED'],
    [
      'R49',
      'who does not answer is followed by the next',
      m1,
      after(31 * MINUTE),
      { pages: ['ESCALATED_M1 rings ben'], events: ['ManagerUnreachable'] },
    ],
    [
      'R49',
      'whose line is down, at once',
      where(normal, ({ phones }) => void phones.lines.set('ana', 'down')),
      by('maria', 'escalate'),
      { pages: ['ESCALATED_M1 rings ben'] },
    ],
    [
      'R49',
      'when the next one has it, those before are told',
      askedNext,
      by('ben', 'acceptEscalation'),
      { pages: ['ESCALATION_INFO tells ana'], is: { escalation: { owner: 'ben' } } },
    ],
    [
      'R49',
      'with everybody on leave it is on the desk, and the executive is rung',
      where(normal, away('ana', 'ben', 'vera', 'dora', 'dirk')),
      by('maria', 'escalate'),
      {
        pages: ['NOBODY_REACHED rings eve'],
        events: ['Escalated', 'NoManagerReached'],
        is: { attention: ['UNACKNOWLEDGED', 'NOBODY_REACHED'] },
      },
    ],
    [
      'R49',
      'who does not answer either: the search begins again, for ever',
      () => where(normal, away('ana', 'ben', 'vera', 'dora', 'dirk'))().do('escalate', 'maria'),
      then(after(90 * MINUTE), (fixture) => {
        expect(fixture.simulation.view).toMatchObject({
          attention: ['UNACKNOWLEDGED', 'NOBODY_REACHED'],
          nextDue: { what: expect.stringContaining('begins again') as unknown },
        });
        return after(24 * HOUR)(fixture);
      }),
      { pages: 'whatever', is: { attention: expect.arrayContaining(['NOBODY_REACHED']) as unknown } },
    ],
    [
      'B3',
      'an acceptance without action expires',
      () =>
        caseAt({ level: 'M1', accepted: true, policy: { severities: { 2: { ackExpires: '1h' } } } }).do(
          'recordProgress',
          'lee',
          { summary: 'Read the log.', substantive: false },
        ),
      after(61 * MINUTE),
      {
        // Who had it may be at work and have recorded nothing: they hear so, and are welcome to have it again.
        pages: ['ESCALATED_M1 rings ben', 'ESCALATION_INFO tells ana'],
        is: { escalation: { status: 'PENDING' } },
      },
    ],
  ]);
});

test('R49, H2 nobody answers for a day: nobody is rung twice within one answer time', () => {
  const { simulation } = m1();
  simulation.pass(24 * HOUR);
  const rings = new Map<string, number[]>();
  for (const { at, result } of simulation.messages) {
    if (result.outcome !== 'ACCEPTED' || result.mode !== 'RING') continue;
    rings.set(result.person, [...(rings.get(result.person) ?? []), at]);
  }
  expect([...rings.keys()].sort()).toEqual(['ana', 'ben', 'dirk', 'dora', 'eve', 'vera']);
  const tooSoon = [...rings].flatMap(([person, times]) =>
    times
      .filter((at, nth) => at - (times[nth - 1] ?? -Infinity) < 30 * MINUTE)
      .map((at) => `${person} ${new Date(at).toISOString()}`),
  );
  expect(tooSoon).toEqual([]);
});

describe('by the number of the case, and by phone', () => {
  everyRow([
    [
      'R50',
      'the customer asks for the manager',
      normal,
      by('maria', 'requestManagerContact', { callback: '+1 555 0123' }),
      { pages: ['MANAGER_REQUESTED asks ana'], events: ['ManagerContactRequested'] },
    ],
    [
      'R50',
      'who has the escalation is asked first',
      () => m1().do('recordTransfer', 'desk', { outcome: 'UNREACHABLE' }).do('acceptEscalation', 'ben'),
      by('maria', 'requestManagerContact'),
      { pages: ['MANAGER_REQUESTED asks ben'] },
    ],
    [
      'R50',
      'on a closed case too',
      closed,
      by('maria', 'requestManagerContact'),
      { pages: ['MANAGER_REQUESTED asks ana'] },
    ],
    ['R50', 'which cannot be escalated', closed, by('maria', 'escalate'), 'CASE_CLOSED'],
    [
      'R51, D14',
      'phone and Web at once are one escalation',
      m1,
      by('desk', 'escalate', { channel: 'PHONE', requestedBy: 'maria' }),
      { pages: [], events: [], is: { level: 'M1' }, says: 'level M2' },
    ],
    [
      'R51, D14',
      'whoever enters it, and in whatever words',
      m1,
      by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria', ...UNHAPPY }),
      { pages: [], events: [], is: { level: 'M1' } },
    ],
    [
      'R51, D14',
      'also where both say what is not satisfactory',
      () => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...UNHAPPY }),
      by('desk', 'escalate', { channel: 'PHONE', requestedBy: 'maria', ...UNHAPPY }),
      { pages: [], events: [], is: { level: 'M1' } },
    ],
    [
      'R51, D14',
      'a day later the same words are the same wish still, whoever sends them, case and spaces aside',
      where(
        () => caseAt().do('escalate', 'maria', UNHAPPY).do('acceptEscalation', 'ana'),
        ({ simulation }) => void simulation.pass(HOUR),
      ),
      by('zoe', 'escalate', { dissatisfaction: ' NOBODY  called us. ' }),
      { pages: [], events: [], is: { level: 'M1' }, says: 'level M2' },
    ],
    [
      'R51, D14',
      'unless M2 is asked for by name',
      () => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...UNHAPPY }),
      by('lee', 'escalate', { channel: 'PHONE', requestedBy: 'maria', ...DISSATISFIED }),
      { pages: ['ESCALATED_M2 rings ben', 'ESCALATION_INFO tells lee'], is: { level: 'M2' } },
    ],
    [
      'R51, D14',
      'or a minute has gone by, and it is said in other words',
      aMinuteAgo(() => caseAt().do('escalate', 'maria', { channel: 'CASE_TRACKER', ...UNHAPPY })),
      by('desk', 'escalate', { channel: 'PHONE', requestedBy: 'maria', dissatisfaction: 'Still nobody.' }),
      { pages: ['ESCALATED_M2 rings ben', 'ESCALATION_INFO asks lee'], is: { level: 'M2' } },
    ],
    [
      'R51, D14',
      'within the minute it is the same wish, whatever the words',
      where(
        () => caseAt().do('escalate', 'maria', UNHAPPY),
        ({ simulation }) => void simulation.pass(59_000),
      ),
      by('maria', 'escalate', { dissatisfaction: 'Still nobody.' }),
      { pages: [], events: [], is: { level: 'M1' } },
    ],
    [
      'R51, D14',
      'somebody else’s other words count at once',
      () => caseAt().do('escalate', 'maria', UNHAPPY),
      by('zoe', 'escalate', { dissatisfaction: 'We stand still.' }),
      { pages: ['ESCALATED_M2 rings ben', 'ESCALATION_INFO asks lee'], is: { level: 'M2' } },
    ],
    [
      'R52',
      'a transfer that connected is on record, and accepts nothing',
      m1,
      by('desk', 'recordTransfer', { outcome: 'CONNECTED', manager: 'ana' }),
      { pages: [], events: ['TransferRecorded'], is: { escalation: { status: 'PENDING' } } },
    ],
    [
      'R52',
      'one that reached nobody asks the next one at once',
      m1,
      by('desk', 'recordTransfer', { outcome: 'UNREACHABLE' }),
      { pages: ['ESCALATED_M1 rings ben'] },
    ],
    ['R52', 'a dropped call leaves the escalation', m1, after(MINUTE), { pages: [], is: { level: 'M1' } }],
    [
      'R52',
      'only the assistant records it',
      m1,
      by('lee', 'recordTransfer', { outcome: 'CONNECTED' }),
      { refused: 'FORBIDDEN_ROLE', fields: ['role'] },
    ],
    [
      'R52',
      'without an escalation there is no transfer',
      normal,
      then(by('desk', 'recordTransfer', { outcome: 'CONNECTED' })),
      'NOT_ESCALATED',
    ],
  ]);
});
