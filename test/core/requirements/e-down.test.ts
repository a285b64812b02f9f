/**
 * R12-R37, H3-H5, H9, H10, D1-D4, D6, D8, D12, D16, D17: declaring E-Down on either route, the emergency while it lasts,
 * and its end.
 */
import type { EDownAnswers } from '../../../workflows/core/language/opening';
import { asRead, caseAt, HOUR, MINUTE, START, type Fixture } from '../../support/cases';
import { completeAnswers } from '../../support/story';
import { after, by, everyRow, then, type Act, type Row } from '../../support/table';

const sev2 = () => caseAt();
const down = () => caseAt({ emergency: true });
/** maier works on it, and lee has heard that it is their case. */
const answered = () => caseAt({ emergency: true }).do('acknowledge', 'maier').do('acknowledge', 'lee');
const ACME = { number: '1001', name: 'Acme', activeSupport: true, enterprise: true };
const unknown = () => customer({ activeSupport: 'UNKNOWN' })();
const onSaturday = (given: () => Fixture) => () => {
  const fixture = given();
  fixture.simulation.pass(4 * 24 * HOUR);
  return fixture;
};
const customer = (over: Record<string, unknown>) => () => caseAt({ opening: { customer: { ...ACME, ...over } } });
const STARTED = ['E_DOWN_STARTED rings lee', 'E_DOWN_STARTED tells eve', 'E_DOWN_ALERT rings maier'];
/** Severity 0 without an emergency is somebody's to settle (H9): the engineer hears both in one message. */
const ENDED = ['SEVERITY_ZERO_IDLE + E_DOWN_ENDED asks lee', 'E_DOWN_ENDED tells eve', 'E_DOWN_ENDED tells maier'];
const READ = { summary: 'Read the log.', substantive: false };
const CALLED = { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' };
const pat = completeAnswers().technicalContact;

const crowd = (count: number, first = 1) =>
  Array.from({ length: count }, (_, nth) => ({ name: `c${first + nth}`, reach: 'ON_SITE' as const }));
const crowded = () =>
  caseAt({ opening: { contacts: crowd(10) } }).do('updateContacts', 'maria', { add: crowd(10, 11) });

type Answers = { [K in keyof EDownAnswers]?: unknown };
/** The same answers on either route (R35); `undefined` leaves one out. */
const tracker = (answers: Answers = {}): Act =>
  by('maria', 'changeSeverity', { severity: 0, channel: 'CASE_TRACKER', eDown: { ...completeAnswers(), ...answers } });
const phone = (answers: Answers = {}): Act =>
  by('maier', 'changeSeverity', {
    severity: 0,
    channel: 'PHONE',
    requestedBy: 'maria',
    eDown: { ...completeAnswers(), ...answers },
  });
const contact = (over: Record<string, unknown>): Answers => ({ technicalContact: { ...pat, ...over } });

/** Who has what; the engineer is lee. */
const owners = (over: Record<string, unknown>): unknown => expect.objectContaining({ engineer: 'lee', ...over });

const held = (need: string, person: string): unknown => expect.objectContaining({ need, status: 'HELD', person });

/** Refused, on both routes, with the wrong fields named; the old severity stands, and the refusal is on record (R34, R35, R37). */
function refusedOnBoth(
  requirement: string,
  promise: string,
  answers: Answers,
  code: Extract<Row[4], string>,
  ...fields: string[]
): Row[] {
  const outcome = {
    refused: code,
    events: ['EDownRefused'],
    pages: ['E_DOWN_REFUSED rings lee'],
    ...(fields.length > 0 && { fields: fields.map((field) => `eDown.${field}`) }),
  };
  return [
    [requirement, promise, sev2, tracker(answers), outcome],
    // The engineer who enters it reads the refusal there and then (H3).
    [`${requirement}, R35`, `${promise}, on the phone too`, sev2, phone(answers), { ...outcome, pages: [] }],
  ];
}

describe('declaring', () => {
  everyRow([
    [
      'R34',
      'Case Tracker sets it with all answers',
      sev2,
      tracker(),
      { pages: STARTED, is: { severity: 0, emergency: 'ACTIVE' } },
    ],
    [
      'R35',
      'the phone sets it with all answers',
      sev2,
      by('desk', 'changeSeverity', { severity: 0, channel: 'PHONE', requestedBy: 'maria', eDown: completeAnswers() }),
      { pages: STARTED, is: { severity: 0, emergency: 'ACTIVE' } },
    ],
    [
      'R5, H3',
      'the engineer who sets it on a call has word of it, and whoever is on call is rung',
      sev2,
      by('lee', 'changeSeverity', { severity: 0, channel: 'PHONE', requestedBy: 'maria', eDown: completeAnswers() }),
      {
        pages: ['E_DOWN_ALERT rings maier', 'E_DOWN_STARTED tells lee', 'E_DOWN_STARTED tells eve'],
        is: { severity: 0, emergency: 'ACTIVE' },
      },
    ],
    [
      'D8, H2',
      'the engineer who is on call as well: one page, one ring',
      () => caseAt({ engineer: 'maier' }),
      tracker(),
      { pages: ['E_DOWN_ALERT + E_DOWN_STARTED rings maier', 'E_DOWN_STARTED tells eve'] },
    ],
    [
      'D8, D1',
      'and one answer for all that the page says, which it says',
      () => caseAt({ engineer: 'maier', emergency: true }),
      by('maier', 'acknowledge', { pageId: 'C1000001-2' }),
      {
        pages: [],
        is: { needs: ['E_DOWN_STARTED', 'E_DOWN_ALERT'].map((need) => held(need, 'maier')), attention: [] },
        says: 'Yours now: the emergency, ',
      },
    ],
    [
      'R36',
      'on the Web the answer says that calling is preferred, and the number',
      sev2,
      tracker(),
      { pages: STARTED, says: '"phonePreferred":true,"hotline":"+1 555 0100"' },
    ],
    [
      'R34',
      'without the answers everything that has to be answered is listed',
      sev2,
      by('maria', 'changeSeverity', { severity: 0 }),
      {
        refused: 'E_DOWN_ANSWERS_INCOMPLETE',
        fields: [
          'category',
          'totalUsers',
          'affectedUsers',
          'actionsTaken',
          'contactChanges',
          'downSince',
          'allProductionStopped',
          'confirmGenuine',
          'technicalContact',
        ].map((field) => `eDown.${field}`),
        events: ['EDownRefused'],
        pages: ['E_DOWN_REFUSED rings lee'],
      },
    ],
    ...refusedOnBoth(
      'R12',
      'the caution is confirmed',
      { confirmGenuine: false },
      'E_DOWN_CONFIRMATION_REQUIRED',
      'confirmGenuine',
    ),
    ...refusedOnBoth(
      'R12',
      'the caution is not passed over',
      { confirmGenuine: undefined },
      'E_DOWN_CONFIRMATION_REQUIRED',
      'confirmGenuine',
    ),
    [
      'R12',
      'past misuse never blocks',
      () =>
        answered()
          .do('confirmWorkableSystem', 'pat')
          .do('reviewEDown', 'ana', { verdict: 'PROPOSE_LOWER', note: 'It was one printer.' }),
      tracker(),
      { pages: STARTED, is: { emergency: 'ACTIVE' } },
    ],
    [
      'R28, H6',
      'declared again while the ring of before may still be answered, it is asked, and does not ring again',
      () => down().do('confirmWorkableSystem', 'pat'),
      tracker(),
      {
        pages: ['E_DOWN_ALERT asks maier', 'E_DOWN_STARTED asks lee', 'E_DOWN_STARTED tells eve'],
        is: { emergency: 'ACTIVE' },
      },
    ],
    [
      'R13',
      'only with Active Support',
      customer({ activeSupport: false }),
      tracker(),
      { refused: 'NOT_ACTIVE_SUPPORT', events: ['EDownRefused'], pages: ['E_DOWN_REFUSED rings lee'] },
    ],
    [
      'R13',
      'only for enterprise customers',
      customer({ enterprise: false }),
      tracker(),
      { refused: 'NOT_ENTERPRISE_CUSTOMER', events: ['EDownRefused'], pages: ['E_DOWN_REFUSED rings lee'] },
    ],
    [
      'R13',
      'with the entitlement service down it is accepted provisionally',
      customer({ activeSupport: 'UNKNOWN' }),
      tracker(),
      {
        pages: [...STARTED, 'ENTITLEMENT_CHECK asks ana'],
        says: 'provisionally',
        is: { emergency: 'ACTIVE', attention: ['UNACKNOWLEDGED', 'PROVISIONAL_ENTITLEMENT'] },
      },
    ],
    [
      'R13, D17',
      'on a Saturday the manager is asked about it on Monday',
      onSaturday(unknown),
      then(tracker(), (fixture) => {
        const given = after(HOUR)(fixture);
        expect(fixture.heardSince(0).filter((line) => line.startsWith('ENTITLEMENT'))).toEqual([]);
        fixture.simulation.pass(2 * 24 * HOUR - HOUR);
        const asked = fixture.simulation.messages.filter(({ order }) => order.purpose === 'ENTITLEMENT_CHECK').at(-1);
        expect(new Date(asked?.at ?? 0).toISOString()).toBe('2026-11-30T09:00:00.000Z');
        expect(asked?.result).toMatchObject({ outcome: 'ACCEPTED', person: 'ana', mode: 'ASK' });
        return given;
      }),
      { pages: 'whatever', is: { emergency: 'ACTIVE' } },
    ],
    [
      'R13, D17',
      'once the entitlement is known nobody is asked about it any more',
      () => unknown().declareEDown(),
      by('crm', 'updateEntitlement', { activeSupport: true, enterprise: true }),
      { pages: ['ESCALATION_INFO tells ana'], is: { emergency: 'ACTIVE', attention: ['UNACKNOWLEDGED'] } },
    ],
    [
      'R13, D17',
      'none after all: 24x7 goes on until a person decides',
      () => unknown().declareEDown(),
      by('crm', 'updateEntitlement', { activeSupport: false, enterprise: true }),
      { pages: ['ESCALATION_INFO tells ana'], is: { severity: 0, emergency: 'ACTIVE' } },
    ],
    [
      'R13',
      'an entitlement that ends meanwhile keeps 24x7 and tells the manager',
      down,
      by('crm', 'updateEntitlement', { activeSupport: false, enterprise: true }),
      { pages: ['ESCALATION_INFO tells ana'], is: { emergency: 'ACTIVE' } },
    ],
    [
      'R14',
      'only for production, and severity 1 is offered',
      () => caseAt({ opening: { environment: 'TEST' } }),
      tracker(),
      { refused: 'NOT_PRODUCTION', says: 'severity 1', events: ['EDownRefused'], pages: ['E_DOWN_REFUSED rings lee'] },
    ],
    [
      'R15',
      'not all production stopped, with C1: accepted with a warning',
      sev2,
      tracker({ allProductionStopped: false }),
      { pages: STARTED, is: { eDown: { warnings: ['productionNotStopped'] } } },
    ],
    [
      'R15',
      'not all production stopped, with C3: accepted',
      sev2,
      tracker({ category: 'SUPPLIERS_NO_ACCESS', allProductionStopped: false }),
      { pages: STARTED, is: { eDown: { warnings: [] } } },
    ],
    ...refusedOnBoth(
      'R16',
      'a category that there is not',
      { category: 'SLOW' },
      'E_DOWN_CATEGORY_INVALID',
      'category',
    ),
    ...refusedOnBoth(
      'R16',
      'two categories',
      { category: ['MOST_USERS_NO_ACCESS', 'SERVER_UNRESPONSIVE'] },
      'E_DOWN_CATEGORY_INVALID',
      'category',
    ),
    [
      'R17',
      'C1 with half of the users: accepted with a warning',
      sev2,
      tracker({ totalUsers: 400, affectedUsers: 200 }),
      { pages: STARTED, is: { eDown: { warnings: ['categoryMismatch'] } } },
    ],
    [
      'R17',
      'C1 with more than half',
      sev2,
      tracker({ totalUsers: 400, affectedUsers: 201 }),
      { pages: STARTED, is: { eDown: { warnings: [] } } },
    ],
    [
      'R18',
      'C2, the server does not respond',
      sev2,
      tracker({ category: 'SERVER_UNRESPONSIVE' }),
      { pages: STARTED, is: { eDown: { answers: { category: 'SERVER_UNRESPONSIVE' } } } },
    ],
    [
      'R19',
      'C3 with no user of their own affected',
      sev2,
      tracker({ category: 'SUPPLIERS_NO_ACCESS', affectedUsers: 0 }),
      { pages: STARTED, is: { emergency: 'ACTIVE' } },
    ],
    ...(['USER_PRODUCTIVITY_LOSS', 'SERVER_PERFORMANCE_LOSS'] as const).flatMap((category): Row[] => [
      ['R20', `${category}: 80 % counts`, sev2, tracker({ category, productivityLossPct: 80 }), { pages: STARTED }],
      ['R20', `${category}: not given does not block`, sev2, tracker({ category }), { pages: STARTED }],
      ...refusedOnBoth(
        'R20',
        `${category}: 79 % does not count`,
        { category, productivityLossPct: 79 },
        'E_DOWN_THRESHOLD',
        'productivityLossPct',
      ),
    ]),
    ...[101, -1, 'much'].flatMap((productivityLossPct) =>
      refusedOnBoth(
        'R20',
        `a loss of ${productivityLossPct} %`,
        { category: 'USER_PRODUCTIVITY_LOSS', productivityLossPct },
        'INVALID_INPUT',
        'productivityLossPct',
      ),
    ),
    ...refusedOnBoth(
      'R21',
      'all that is missing is said at once',
      { category: undefined, totalUsers: undefined, actionsTaken: '  ' },
      'E_DOWN_ANSWERS_INCOMPLETE',
      'category',
      'totalUsers',
      'actionsTaken',
    ),
    ...refusedOnBoth(
      'R21',
      'what is missing and what is wrong is said at once',
      {
        totalUsers: undefined,
        confirmGenuine: false,
        category: 'USER_PRODUCTIVITY_LOSS',
        productivityLossPct: 79,
        affectedUsers: 0,
        downForMinutes: 0,
        ...contact({ number: undefined, english: false }),
      },
      'E_DOWN_ANSWERS_INCOMPLETE',
      'totalUsers',
      'confirmGenuine',
      'affectedUsers',
      'productivityLossPct',
      'downForMinutes',
      'technicalContact.number',
      'technicalContact',
    ),
    ...refusedOnBoth(
      'R21',
      'beside what cannot be read too',
      { totalUsers: 'many', actionsTaken: undefined, technicalContact: undefined },
      'INVALID_INPUT',
      'totalUsers',
      'actionsTaken',
      'technicalContact',
    ),
    ...[0, -4, 1.5, 'many'].flatMap((totalUsers) =>
      refusedOnBoth('R22', `${totalUsers} users in total`, { totalUsers }, 'INVALID_INPUT', 'totalUsers'),
    ),
    ...refusedOnBoth(
      'R23',
      'more users affected than there are',
      { affectedUsers: 401 },
      'AFFECTED_EXCEEDS_TOTAL',
      'affectedUsers',
    ),
    ...refusedOnBoth('R23', 'none affected, outside of C3', { affectedUsers: 0 }, 'INVALID_INPUT', 'affectedUsers'),
    ...refusedOnBoth(
      'R24',
      'blank actions are no answer',
      { actionsTaken: ' ' },
      'E_DOWN_ANSWERS_INCOMPLETE',
      'actionsTaken',
    ),
    ['R24', '"none yet" is one', sev2, tracker({ actionsTaken: 'none yet' }), { pages: STARTED }],
    ...refusedOnBoth(
      'R25',
      'contact changes are asked for',
      { contactChanges: undefined },
      'E_DOWN_ANSWERS_INCOMPLETE',
      'contactChanges',
    ),
    ...refusedOnBoth(
      'R25',
      'a contact that is none',
      { contactChanges: [{ name: 'quinn', reach: 'CARRIER_PIGEON' }] },
      'INVALID_CONTACT',
      'contactChanges[0].reach',
    ),
    [
      'R25',
      'changes are applied to the case',
      sev2,
      tracker({ contactChanges: [{ ...pat, name: 'quinn' }] }),
      { pages: STARTED, is: { contacts: [{ name: 'pat' }, { name: 'quinn' }] } },
    ],
    ...refusedOnBoth(
      'R26',
      'a downtime that begins tomorrow',
      { downForMinutes: undefined, downSince: new Date(START + 24 * HOUR).toISOString() },
      'INVALID_DOWNTIME',
      'downSince',
    ),
    ...refusedOnBoth('R26', 'a downtime of nothing', { downForMinutes: 0 }, 'INVALID_DOWNTIME', 'downForMinutes'),
    ...refusedOnBoth(
      'R26',
      'a downtime nobody can read',
      { downForMinutes: undefined, downSince: 'since lunch' },
      'INVALID_DOWNTIME',
      'downSince',
    ),
    [
      'R26',
      'a downtime longer than the case is old',
      sev2,
      tracker({ downForMinutes: 3_000 }),
      { pages: STARTED, is: { eDown: { downForMinutes: 3_000 } } },
    ],
    ['R27', 'a second E-Down while one is active', down, tracker(), 'ALREADY_E_DOWN'],
    ...refusedOnBoth(
      'R30',
      'there is a technical contact',
      { technicalContact: undefined },
      'TECHNICAL_CONTACT_REQUIRED',
      'technicalContact',
    ),
    ...refusedOnBoth(
      'R30',
      'a pager has a number',
      contact({ number: undefined }),
      'INVALID_CONTACT',
      'technicalContact.number',
    ),
    [
      'R30',
      'on site none is needed',
      sev2,
      tracker(contact({ reach: 'ON_SITE', number: undefined })),
      { pages: STARTED },
    ],
    ...refusedOnBoth(
      'R32',
      'the contact has English',
      contact({ english: false }),
      'CONTACT_NOT_QUALIFIED',
      'technicalContact',
    ),
    ...refusedOnBoth(
      'R32',
      'the contact knows the software',
      contact({ knowsSoftware: false }),
      'CONTACT_NOT_QUALIFIED',
      'technicalContact',
    ),
    ...refusedOnBoth(
      'R32',
      'and the environment',
      contact({ knowsEnvironment: false }),
      'CONTACT_NOT_QUALIFIED',
      'technicalContact',
    ),
    [
      'R32',
      'a qualified second contact cures it',
      sev2,
      tracker({ ...contact({ english: false }), contactChanges: [{ ...pat, name: 'quinn' }] }),
      { pages: STARTED, is: { emergency: 'ACTIVE' } },
    ],
  ]);
});

describe('asking for it', () => {
  const asked = () => caseAt().do('requestEDown', 'maria');
  const refused = () => {
    const fixture = caseAt();
    fixture.give('changeSeverity', 'maria', { severity: 0 });
    return fixture;
  };
  const closed = () => caseAt().do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
  const QUESTION = { category: 'SERVER_UNRESPONSIVE', totalUsers: 10 };
  everyRow([
    [
      'R37',
      'without answers it is on record, and somebody is rung to call back',
      sev2,
      by('maria', 'requestEDown'),
      {
        pages: ['E_DOWN_REQUESTED rings lee'],
        events: ['EDownRequested'],
        is: { severity: 2, emergency: 'NONE', attention: ['UNACKNOWLEDGED', 'E_DOWN_REQUESTED', 'CALL_BACK_DUE'] },
      },
    ],
    [
      'R37',
      'without an engineer whoever is on call is',
      () => caseAt({ engineer: null }),
      by('maria', 'requestEDown'),
      { pages: ['E_DOWN_REQUESTED rings maier'] },
    ],
    [
      'R37',
      'on a closed case too',
      closed,
      by('maria', 'requestEDown'),
      { pages: ['E_DOWN_REQUESTED rings lee'], is: { status: 'CLOSED', eDownRequest: { by: 'maria' } } },
    ],
    [
      'R37',
      'it lists what is missing',
      sev2,
      by('maria', 'requestEDown', { eDown: QUESTION }),
      { pages: ['E_DOWN_REQUESTED rings lee'], says: 'affectedUsers' },
    ],
    [
      'R37',
      'and the page asks the questions in words',
      sev2,
      (fixture) => {
        const given = fixture.give('requestEDown', 'maria', { eDown: QUESTION });
        const [read] = fixture.simulation.messages.slice(-1).map(asRead);
        expect(read).toMatch(/call maria back[^]* How many of them are affected\? What has been done/);
        expect(read).not.toContain('Choose one E-Down category');
        return given;
      },
      { pages: ['E_DOWN_REQUESTED rings lee'] },
    ],
    [
      'R37, H6',
      'asked for again with more answers, the newer set is what is asked, by word',
      asked,
      by('maria', 'requestEDown', { eDown: QUESTION }),
      {
        pages: ['E_DOWN_REQUESTED tells lee'],
        is: {
          eDownRequest: expect.not.objectContaining({
            missing: expect.arrayContaining(['eDown.totalUsers']) as unknown,
          }) as unknown,
        },
      },
    ],
    [
      'R37',
      'a dropped call leaves it on the desk',
      asked,
      after(10 * MINUTE),
      { pages: [], is: { eDownRequest: { by: 'maria' } } },
    ],
    [
      'R37, D1',
      'withdrawn it is off the desk, and whoever was asked hears so',
      asked,
      by('maria', 'requestEDown', { withdraw: true }),
      { pages: ['ESCALATION_INFO tells lee'], is: { eDownRequest: null, emergency: 'NONE', attention: [] } },
    ],
    [
      'R37, D16',
      'whoever takes it has not talked to the customer yet',
      asked,
      by('lee', 'acknowledge'),
      { pages: [], is: { eDownRequest: { by: 'maria' }, attention: ['E_DOWN_REQUESTED', 'CALL_BACK_DUE'] } },
    ],
    [
      'R37, D16',
      'nor has who called and got no answer',
      asked,
      by('lee', 'recordCustomerContact', { ...CALLED, outcome: 'NO_ANSWER' }),
      { pages: [], is: { attention: ['E_DOWN_REQUESTED', 'CALL_BACK_DUE'] } },
    ],
    [
      'R37, D16',
      'a talk that reached them settles it',
      asked,
      by('lee', 'recordCustomerContact', CALLED),
      { pages: [], is: { eDownRequest: null, attention: [] } },
    ],
    [
      'R37, D16',
      'declared, it is settled',
      asked,
      tracker(),
      { pages: STARTED, is: { eDownRequest: null, emergency: 'ACTIVE' } },
    ],
    [
      'R37, H9',
      'refused, it is on the desk, and somebody is asked to talk to them',
      sev2,
      by('maria', 'changeSeverity', { severity: 0 }),
      { refused: 'E_DOWN_ANSWERS_INCOMPLETE', events: ['EDownRefused'], pages: ['E_DOWN_REFUSED rings lee'] },
    ],
    [
      'H9, D16',
      'whoever takes a refused one has not talked to them yet either',
      refused,
      by('lee', 'acknowledge'),
      { pages: [], is: { attention: ['E_DOWN_REFUSED'] } },
    ],
    [
      'H9, D16',
      'a talk settles it',
      refused,
      by('lee', 'recordCustomerContact', CALLED),
      { pages: [], is: { attention: [] } },
    ],
    [
      'H9, D16',
      'so does a declaration with all answers',
      refused,
      tracker(),
      { pages: 'whatever', is: { emergency: 'ACTIVE', attention: ['UNACKNOWLEDGED'] } },
    ],
    [
      'H9, D16',
      'and who does not want it any more',
      refused,
      by('maria', 'requestEDown', { withdraw: true }),
      { pages: ['ESCALATION_INFO tells lee'], is: { attention: [] } },
    ],
    [
      'H10',
      'which a service does not say for them',
      asked,
      by('crm', 'requestEDown', { withdraw: true }),
      { refused: 'FORBIDDEN_ROLE', says: 'Only a person' },
    ],
  ]);
  test('R37, H3 the engineer who has just entered it on a call, and was told what is wrong, is not rung for it', () => {
    const fixture = caseAt();
    const { sent } = fixture;
    const { refusal } = fixture.give('changeSeverity', 'lee', { severity: 0, channel: 'PHONE', requestedBy: 'maria' });
    expect(refusal?.code).toBe('E_DOWN_ANSWERS_INCOMPLETE');
    expect(fixture.heardSince(sent).filter((line) => line.includes('rings lee'))).toEqual([]);
    expect(fixture.simulation.view.attention).toContain('E_DOWN_REFUSED');
  });
});

describe('while it lasts', () => {
  everyRow([
    [
      'R27, H3',
      'it is alerted every 15 minutes, whatever the hour: by word to whoever has it',
      answered,
      after(20 * MINUTE),
      { pages: ['E_DOWN_ALERT tells maier'], is: { emergency: 'ACTIVE' } },
    ],
    [
      'R27, H3',
      'an outage of all workers ends in one late alert',
      answered,
      ({ simulation }) => ({ events: simulation.outage(29 * MINUTE) }),
      { pages: ['E_DOWN_ALERT tells maier'], events: ['EmergencyAlerted'] },
    ],
    [
      'R27, H3',
      'while nobody has it, it rings the next one',
      down,
      after(16 * MINUTE),
      { pages: ['E_DOWN_ALERT rings lee', 'E_DOWN_STARTED rings ana'] },
    ],
    [
      'H1',
      'and who was rung before is welcome all the same; whoever is asked meanwhile hears who has it',
      () => {
        const fixture = down();
        fixture.simulation.pass(16 * MINUTE);
        return fixture;
      },
      by('maier', 'acknowledge'),
      {
        pages: ['ESCALATION_INFO tells lee', 'ESCALATION_INFO tells ana'],
        is: { owners: owners({ onCall: 'maier' }), attention: [] },
      },
    ],
    [
      'H1, D4',
      'any staff may take the emergency; whoever was rung hears who has it',
      down,
      by('jones', 'acknowledge'),
      {
        pages: ['ESCALATION_INFO tells maier', 'ESCALATION_INFO tells lee'],
        is: { owners: owners({ onCall: 'jones' }), attention: [] },
      },
    ],
    [
      'D2',
      'who comes second hears who has it',
      answered,
      by('jones', 'acknowledge', { pageId: 'C1000001-2' }),
      { refused: 'STALE_ASSIGNMENT', says: 'maier' },
    ],
    [
      'D3',
      'what the engineer does for the case is an answer: nobody else has to come',
      down,
      by('lee', 'recordProgress', READ),
      { pages: ['ESCALATION_INFO tells maier'], events: ['ProgressRecorded'], is: { attention: [] } },
    ],
    [
      'D3',
      'a wish is none',
      down,
      by('lee', 'requestManagerContact'),
      { pages: ['MANAGER_REQUESTED rings ana'], is: { attention: ['UNACKNOWLEDGED', 'CALL_BACK_DUE'] } },
    ],
    [
      'D6',
      'whoever is on call and cannot: the next one at once',
      down,
      by('maier', 'decline', { reason: 'On the train.' }),
      // lee was rung a moment ago for the case, and is not rung again within one answer time (H2).
      { pages: ['E_DOWN_ALERT asks lee'], events: ['PageDeclined'] },
    ],
    [
      'D6',
      'nor could the engineer: the case stays theirs, and the manager is asked',
      down,
      by('lee', 'decline'),
      { pages: ['E_DOWN_STARTED rings ana'], events: ['PageDeclined'], is: { owner: 'lee' } },
    ],
    [
      'D6',
      'whoever had it gives it back: the next one at once',
      answered,
      by('maier', 'decline'),
      { pages: ['E_DOWN_ALERT rings lee'], events: ['PageDeclined'], is: { attention: ['UNACKNOWLEDGED'] } },
    ],
    [
      'D6, D2',
      'whoever is asked nothing and has nothing cannot decline',
      answered,
      by('jones', 'decline'),
      { refused: 'NOTHING_ASKED', says: 'jones' },
    ],
    [
      'R29',
      'progress is dated and authored',
      answered,
      by('lee', 'recordProgress', { summary: 'Read the log.', substantive: true }),
      { pages: [], events: ['ProgressRecorded'], is: { attention: [] } },
    ],
    [
      'R29',
      'blank progress is none',
      answered,
      by('lee', 'recordProgress', { summary: ' ', substantive: true }),
      { refused: 'INVALID_INPUT', fields: ['summary'] },
    ],
    [
      'R31',
      'work can be asked of the contact',
      answered,
      by('lee', 'requestContactAction', { kind: 'GATHER_DATA', what: 'Send the dump.' }),
      { pages: ['CONTACT_ACTION rings pat'], events: ['ContactActionRequested'] },
    ],
    [
      'R31',
      'of no other kind',
      answered,
      by('lee', 'requestContactAction', { kind: 'PRAY', what: 'Please.' }),
      { refused: 'INVALID_INPUT', fields: ['kind'] },
    ],
    [
      'R31',
      'answered twice, the first answer stands',
      () =>
        answered()
          .do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.' })
          .do('completeContactAction', 'pat', { actionId: 'C1000001-A1', result: 'It works.' }),
      by('pat', 'completeContactAction', { actionId: 'C1000001-A1', result: 'It does not.' }),
      { pages: [], says: 'the first answer stands' },
    ],
    [
      'R31',
      'of what nobody asked',
      answered,
      by('pat', 'completeContactAction', { actionId: 'A7', result: 'Done.' }),
      'ACTION_NOT_FOUND',
    ],
    ['R30', 'the last contact cannot go', answered, by('maria', 'updateContacts', { remove: ['pat'] }), 'LAST_CONTACT'],
    [
      'R30',
      'but is swapped in one update',
      answered,
      by('maria', 'updateContacts', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn' } }] }),
      { pages: [], is: { contacts: [{ name: 'quinn' }] } },
    ],
    [
      'R30',
      'a contact nobody knows cannot be swapped',
      answered,
      by('maria', 'updateContacts', { replace: [{ name: 'zoe', with: pat }] }),
      'INVALID_CONTACT',
    ],
    [
      'R30',
      'one contact more than twenty is refused',
      crowded,
      by('maria', 'updateContacts', { add: [pat] }),
      { refused: 'INVALID_CONTACT', fields: ['add'] },
    ],
    [
      'R30',
      'and is there in place of another',
      crowded,
      by('maria', 'updateContacts', { remove: ['c1'], add: [pat] }),
      { pages: [], is: { contacts: [...crowd(19, 2), pat] } },
    ],
    [
      'R30',
      'in an emergency it is there all the same, in place of the last, which is on record',
      crowded,
      (fixture) => {
        const given = tracker()(fixture);
        expect(given.events.find(({ type }) => type === 'ContactsUpdated')?.data).toMatchObject({
          added: ['pat'],
          removed: ['c20'],
        });
        return given;
      },
      { pages: STARTED, is: { contacts: [pat, ...crowd(19)] } },
    ],
    [
      'R25, R30',
      'and so is whoever the answers name besides',
      crowded,
      tracker({ contactChanges: [{ ...pat, name: 'quinn' }] }),
      { pages: STARTED, is: { contacts: expect.arrayContaining([pat, { ...pat, name: 'quinn' }]) as unknown } },
    ],
    [
      'R32',
      'also where only they are qualified',
      crowded,
      tracker({ ...contact({ english: false }), contactChanges: [{ ...pat, name: 'quinn' }] }),
      { pages: STARTED, is: { emergency: 'ACTIVE' } },
    ],
    [
      'R32',
      'nor the last qualified one for another who is not',
      answered,
      by('maria', 'updateContacts', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn', english: false } }] }),
      'CONTACT_NOT_QUALIFIED',
    ],
    [
      'R25',
      'pages use new details at once',
      () => answered().do('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn' } }] }),
      by('lee', 'requestContactAction', { kind: 'TEST', what: 'Log in.' }),
      { pages: ['CONTACT_ACTION rings quinn'] },
    ],
  ]);
});

/** What the clock does in an emergency that was answered and is then left alone. */
describe('by the clock', () => {
  const QUIET = {
    firstContact: '20d',
    customerUpdate: '20d',
    progressStall: '20d',
    ackExpires: '20d',
    suggest: { M1: '20d', M2: '21d', executive: '22d' },
  };
  const CHECKS = { first: '20d', second: '21d', proposeLowering: '22d', idle: '20d' };
  /** Only these of its clocks run. */
  const only =
    (clocks: Record<string, unknown>, contactCheck: Record<string, unknown> = {}, over: Record<string, unknown> = {}) =>
    () =>
      caseAt({
        emergency: true,
        policy: {
          severities: { 0: { ...QUIET, ...clocks }, 1: QUIET, 2: QUIET },
          eDown: { alertEvery: '30d', contactCheck: { ...CHECKS, ...contactCheck } },
          ...over,
        },
        opening: { customer: { ...ACME, timezone: 'Asia/Tokyo' } },
      })
        .do('acknowledge', 'maier')
        .do('acknowledge', 'lee');
  /** Something is asked of pat, and is not answered. */
  const waitsForPat = (contactCheck: Record<string, unknown>) => () =>
    only({}, contactCheck)().do('requestContactAction', 'lee', {
      kind: 'TEST',
      what: 'Log in.',
      dueAt: new Date(START + 20 * 24 * HOUR).toISOString(),
    });
  const toContact = (fixture: Fixture): string[] => fixture.heardSince(0).filter((line) => line.endsWith(' pat'));
  /** The emea window has ended; smith and jones are on call now. */
  const shiftOver = () => {
    const fixture = only({})();
    fixture.simulation.pass(7 * HOUR + MINUTE);
    return fixture;
  };
  const offer = by('maier', 'handOver', { to: 'smith', state: 'Rebuild.', tried: 'Restart.', nextStep: 'Start it.' });
  const stalled = () => {
    const fixture = only({ progressStall: '2h' })();
    fixture.simulation.pass(121 * MINUTE);
    return fixture;
  };
  const patIsChecked = () => {
    const fixture = waitsForPat({ first: '30m' })();
    fixture.simulation.pass(31 * MINUTE);
    return fixture;
  };
  const pageOf = ({ simulation }: Fixture, whose: string): string | undefined =>
    simulation.view.pages.find(({ person }) => person === whose)?.pageId;
  /** Two in the morning in Tokyo. */
  const inTheNight = () => {
    const fixture = only({})();
    fixture.simulation.pass(8 * HOUR);
    return fixture;
  };
  const claim = by('lee', 'confirmWorkableSystem');
  const warned = { warnAt: [50, 75] };
  const suggest = { M1: '2h', M2: '8h', executive: '24h' };
  everyRow([
    [
      'H3',
      'an answer goes stale where nobody does anything for the case: the next one is rung, and who had it hears so',
      only({ ackExpires: '75m' }),
      after(76 * MINUTE),
      {
        // lee has heard that it is their case; that nobody works on it is asked by the alert alone.
        pages: ['E_DOWN_ALERT rings lee', 'ESCALATION_INFO tells maier'],
        is: { attention: ['UNACKNOWLEDGED'] },
      },
    ],
    [
      'H3',
      'what anybody does for the case keeps every answer good',
      only({ ackExpires: '75m' }),
      then(after(HOUR), by('lee', 'recordProgress', READ), after(74 * MINUTE)),
      { pages: [], is: { owners: owners({ onCall: 'maier' }), attention: [] } },
    ],
    [
      'B4',
      'half of the time to the first contact is on record',
      only({ firstContact: '1h' }, {}, warned),
      after(31 * MINUTE),
      { pages: [], events: ['PromiseWarned'] },
    ],
    [
      'B4',
      'three quarters of it are told to the engineer',
      only({ firstContact: '1h' }, {}, warned),
      after(46 * MINUTE),
      { pages: ['PROMISE_WARNING tells lee'], events: ['PromiseWarned', 'PromiseWarned'] },
    ],
    [
      'B4',
      'no first contact in time: the manager',
      only({ firstContact: '1h' }),
      after(61 * MINUTE),
      { pages: ['PROMISE_OVERDUE rings ana'], events: ['CustomerContactOverdue'], is: { emergency: 'ACTIVE' } },
    ],
    [
      'B4',
      'no update in time: the engineer',
      only({ customerUpdate: '1h' }),
      after(61 * MINUTE),
      { pages: ['PROMISE_OVERDUE rings lee'], events: ['CustomerUpdateOverdue'] },
    ],
    [
      'R29',
      'a stall goes to the manager, and ends nothing',
      only({ progressStall: '2h' }),
      after(121 * MINUTE),
      { pages: ['PROGRESS_STALLED rings ana'], events: ['ProgressStalled'], is: { emergency: 'ACTIVE' } },
    ],
    [
      'R29, D4',
      'who works on it does not look into why nothing comes of it',
      stalled,
      (fixture) => fixture.give('acknowledge', 'maier', { pageId: pageOf(fixture, 'ana') }),
      'OTHER_MANAGER_REQUIRED',
    ],
    [
      'R29, H8',
      'a stall is over with substantive progress, and with no other',
      stalled,
      then(by('lee', 'recordProgress', READ), by('lee', 'recordProgress', { ...READ, substantive: true })),
      { pages: ['ESCALATION_INFO tells ana'], is: { attention: [] } },
    ],
    [
      'H8',
      'whoever looks into it has not made progress yet',
      stalled,
      by('ana', 'acknowledge'),
      { pages: [], is: { attention: ['PROGRESS_STALLED'] } },
    ],
    [
      'B5, H4',
      'what is asked of the contact and not answered: they are rung',
      waitsForPat({ first: '30m' }),
      after(31 * MINUTE),
      { pages: ['CONTACT_CHECK rings pat'], events: ['ContactChecked'] },
    ],
    [
      'B5, H4',
      'still none: the manager',
      waitsForPat({ first: '30m', second: '1h' }),
      after(61 * MINUTE),
      {
        pages: ['CONTACT_CHECK rings pat', 'CONTACT_CHECK rings ana'],
        events: ['ContactChecked', 'ContactUnavailable'],
      },
    ],
    [
      'B5, H4',
      'where there is a second contact, they are rung for all of it as well',
      () =>
        waitsForPat({ first: '30m', second: '1h' })().do('updateContacts', 'maria', {
          add: [{ ...pat, name: 'quinn' }],
        }),
      after(61 * MINUTE),
      {
        pages: [
          'CONTACT_CHECK rings pat',
          'CONTACT_CHECK + CONTACT_ACTION rings quinn',
          // Who is asked besides; pat is welcome still.
          'CONTACT_CHECK tells pat',
          'CONTACT_CHECK rings ana',
        ],
        events: ['ContactChecked', 'ContactUnavailable'],
      },
    ],
    [
      'B5',
      'lowering is proposed, and not done',
      waitsForPat({ first: '30m', second: '1h', proposeLowering: '4h' }),
      then(after(239 * MINUTE), after(2 * MINUTE)),
      { pages: 'whatever', events: ['LoweringProposed'], is: { severity: 0, emergency: 'ACTIVE' } },
    ],
    [
      'B5',
      'the contact is back at once with any word, and whoever was rung for it hears so',
      waitsForPat({ first: '30m', second: '1h' }),
      then(after(61 * MINUTE), by('pat', 'updateContacts', { add: [{ ...pat, name: 'ria' }] })),
      {
        pages: ['CONTACT_CHECK rings pat', 'CONTACT_CHECK rings ana', 'CONTACT_CHECK + ESCALATION_INFO tells ana'],
        is: { eDown: { contactStatus: 'PRESENT' } },
      },
    ],
    [
      'H4',
      'where nothing is asked of them, only after four hours without a sign of the customer',
      only({}, { idle: '3h' }),
      then(after(179 * MINUTE), by('maria', 'escalate'), after(2 * MINUTE)),
      { pages: ['ESCALATED_M1 rings ana'] },
    ],
    [
      'H4',
      'then they are rung',
      only({}, { idle: '3h' }),
      after(181 * MINUTE),
      { pages: ['CONTACT_CHECK rings pat'], events: ['ContactChecked'] },
    ],
    [
      'H4, D12',
      'but not in their night: at seven in the morning of their own time',
      only({}, { idle: '4h' }),
      // 18:00 in Tokyo at the start.
      then(after(13 * HOUR - MINUTE), (fixture) => {
        expect(toContact(fixture)).toEqual([]);
        const given = after(2 * MINUTE)(fixture);
        expect(toContact(fixture)).toEqual(['CONTACT_CHECK rings pat']);
        return given;
      }),
      { pages: 'whatever', is: { eDown: { contactStatus: 'CHECKED' } } },
    ],
    [
      'D12',
      'a claim of a workable system rings in the night: work waits for them',
      inTheNight,
      claim,
      {
        refused: 'CUSTOMER_CONFIRMATION_REQUIRED',
        events: ['WorkableSystemClaimed'],
        pages: ['CONFIRM_WORKABLE_SYSTEM rings pat'],
      },
    ],
    [
      'D12',
      'and so does what they are asked to do',
      inTheNight,
      by('lee', 'requestContactAction', { kind: 'APPLY_FIX', what: 'Install the fix.' }),
      { pages: ['CONTACT_ACTION rings pat'] },
    ],
    [
      'D12',
      'news is word, in the morning',
      inTheNight,
      then(by('lee', 'linkSpr', { sprNumber: 'SPR123456' }), (fixture) => {
        expect(toContact(fixture)).toEqual([]);
        const given = after(5 * HOUR + MINUTE)(fixture);
        expect(toContact(fixture)).toEqual(['SPR_UPDATED tells pat']);
        return given;
      }),
      { pages: 'whatever' },
    ],
    [
      'D4',
      'nobody of the staff answers for the contact',
      patIsChecked,
      (fixture) => fixture.give('acknowledge', 'lee', { pageId: pageOf(fixture, 'pat') }),
      { refused: 'FORBIDDEN_ROLE', says: 'pat' },
    ],
    [
      'D6',
      'a contact who cannot is there all the same; the second one is asked at once, and the engineer hears it',
      () => waitsForPat({ first: '30m' })().do('updateContacts', 'maria', { add: [{ ...pat, name: 'quinn' }] }),
      by('pat', 'decline', { reason: 'In a meeting.' }),
      {
        pages: ['CONTACT_ACTION rings quinn', 'CONTACT_CHECK tells lee'],
        events: ['PageDeclined'],
        is: { eDown: { contactStatus: 'PRESENT' }, attention: ['UNACKNOWLEDGED'] },
      },
    ],
    [
      'D6',
      'with nobody else to ask it is on the desk, and no lowering is proposed for it',
      waitsForPat({ first: '30m', second: '1h', proposeLowering: '4h' }),
      then(by('pat', 'decline'), after(5 * HOUR)),
      {
        pages: 'whatever',
        is: {
          eDown: { contactStatus: 'DECLINED' },
          attention: expect.arrayContaining(['CONTACT_UNAVAILABLE']) as unknown,
        },
      },
    ],
    [
      'B11',
      'M1 is suggested by the policy, and nothing is escalated',
      only({ suggest: { ...suggest, M2: '21d', executive: '22d' } }),
      after(121 * MINUTE),
      {
        pages: ['ESCALATION_INFO tells ana'],
        events: ['EscalationSuggested'],
        is: { level: 'NORMAL' },
        says: '"origin":"POLICY"',
      },
    ],
    [
      'B11',
      'in the end the executive',
      only({ suggest: { M1: '20d', M2: '21d', executive: '6h' } }),
      after(6 * HOUR + MINUTE),
      { pages: ['ESCALATION_INFO tells eve'], events: ['EscalationSuggested'], is: { level: 'NORMAL' } },
    ],
    [
      'R31',
      'what the contact does not do in time is the engineer’s to know',
      () =>
        only({})().do('requestContactAction', 'lee', {
          kind: 'TEST',
          what: 'Log in.',
          dueAt: new Date(START + HOUR).toISOString(),
        }),
      after(61 * MINUTE),
      { pages: ['CONTACT_ACTION rings lee'], events: ['ContactActionOverdue'] },
    ],
    [
      'B8, H3',
      'at the end of a window the next team is rung, and a hand-over to be written asked of who goes',
      only({}),
      then(after(7 * HOUR - MINUTE), (fixture) => {
        const { sent } = fixture;
        const given = after(2 * MINUTE)(fixture);
        expect(fixture.heardSince(sent)).toEqual(['E_DOWN_ALERT rings smith', 'HAND_OVER rings maier']);
        return given;
      }),
      { pages: 'whatever', events: ['ShiftEnded'], is: { handOver: { from: 'maier', to: null } } },
    ],
    [
      'B8, D6',
      'whom it is offered to cannot: the next of those who come is offered it, and whoever gives keeps it and hears so',
      shiftOver,
      then(offer, by('smith', 'decline')),
      {
        // smith was rung a minute ago for the emergency: what comes up beside it is a line by word (H2).
        pages: ['HAND_OVER tells smith', 'E_DOWN_ALERT + HAND_OVER rings jones', 'HAND_OVER tells maier'],
        events: ['PageDeclined'],
        is: { owner: 'lee', handOver: expect.objectContaining({ from: 'maier' }) as unknown },
      },
    ],
    [
      'H5',
      'whoever is off then hears of its end, and of nothing else',
      () => {
        const fixture = shiftOver();
        offer(fixture);
        return fixture.do('acceptHandOver', 'smith');
      },
      then(by('maria', 'escalate'), by('smith', 'recordProgress', READ), by('pat', 'confirmWorkableSystem')),
      {
        pages: [
          'ESCALATED_M1 rings ana',
          'E_DOWN_ENDED tells ana',
          'SEVERITY_ZERO_IDLE + E_DOWN_ENDED asks smith',
          'E_DOWN_ENDED tells eve',
          'E_DOWN_ENDED tells lee',
          'E_DOWN_ENDED tells maier',
        ],
      },
    ],
  ]);
});

describe('its end', () => {
  const AGREED = { reason: 'Work can wait for the day.', customerAgreed: true };
  const stale = () => {
    const fixture = caseAt({ emergency: true, policy: { eDown: { recentProgress: '1h' } } }).do(
      'recordProgress',
      'lee',
      { summary: 'Half of it runs.', substantive: true },
    );
    fixture.simulation.pass(61 * MINUTE);
    return fixture;
  };
  const progressed = () => answered().do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
  everyRow([
    [
      'R28',
      'a workable system, confirmed by the contact',
      answered,
      by('pat', 'confirmWorkableSystem'),
      { pages: ENDED, is: { emergency: 'NONE' } },
    ],
    [
      'R28',
      'claimed by the engineer it asks the contact, and 24x7 goes on',
      answered,
      (fixture) => {
        const given = fixture.give('confirmWorkableSystem', 'lee');
        expect(given.refusal?.code).toBe('CUSTOMER_CONFIRMATION_REQUIRED');
        expect(fixture.simulation.view.emergency).toBe('ACTIVE');
        return { events: given.events };
      },
      { pages: ['CONFIRM_WORKABLE_SYSTEM rings pat'], is: { emergency: 'ACTIVE' } },
    ],
    [
      'R28',
      'outside of an emergency there is nothing to confirm',
      () => caseAt({ opening: { contacts: [pat] } }),
      by('pat', 'confirmWorkableSystem'),
      'NOT_IN_EMERGENCY',
    ],
    [
      'H10',
      'a name that is on no list of the case is nobody’s contact',
      answered,
      by('quinn', 'confirmWorkableSystem'),
      { refused: 'FORBIDDEN_ROLE', fields: ['by'], says: 'pat' },
    ],
    [
      'H10, R11',
      'the assistant confirms it for the contact on the phone',
      answered,
      by('desk', 'confirmWorkableSystem', { channel: 'PHONE', requestedBy: 'pat' }),
      { pages: ENDED, is: { emergency: 'NONE' } },
    ],
    [
      'H10',
      'and no service does',
      answered,
      by('crm', 'confirmWorkableSystem'),
      { refused: 'FORBIDDEN_ROLE', says: 'Only a person' },
    ],
    [
      'R28',
      'failing again, it is another episode',
      () => answered().do('confirmWorkableSystem', 'pat'),
      tracker(),
      { pages: STARTED, is: { emergency: 'ACTIVE', eDown: { episode: 2 } } },
    ],
    [
      'R28',
      'lowering the severity, with reason and agreement',
      answered,
      by('maria', 'changeSeverity', { severity: 1, reason: 'One site works.', customerAgreed: true }),
      {
        pages: ['SEVERITY_CHANGED + E_DOWN_ENDED asks lee', 'E_DOWN_ENDED tells eve', 'E_DOWN_ENDED tells maier'],
        is: { emergency: 'NONE', severity: 1 },
      },
    ],
    [
      'R28',
      'lowering without the agreement',
      answered,
      by('lee', 'changeSeverity', { severity: 1, reason: 'One site works.', customerAgreed: false }),
      { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] },
    ],
    [
      'R28',
      'lowering without a reason',
      answered,
      by('lee', 'changeSeverity', { severity: 1, customerAgreed: true }),
      { refused: 'INVALID_INPUT', fields: ['reason'] },
    ],
    ['R29', 'a step-down on progress that is too old', stale, by('lee', 'stepDown', AGREED), 'STEP_DOWN_NOT_JUSTIFIED'],
    [
      'R29',
      'a step-down with recent progress and agreement',
      progressed,
      by('lee', 'stepDown', AGREED),
      { pages: ['E_DOWN_ENDED tells eve', 'E_DOWN_ENDED tells maier'], is: { emergency: 'STEPPED_DOWN' } },
    ],
    ['R29', 'a step-down without progress', answered, by('lee', 'stepDown', AGREED), 'STEP_DOWN_NOT_JUSTIFIED'],
    [
      'R29',
      'a step-down without agreement',
      progressed,
      by('lee', 'stepDown', { ...AGREED, customerAgreed: false }),
      { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] },
    ],
    ['R29', 'no step-down where there is no emergency', sev2, by('lee', 'stepDown', AGREED), 'NOT_IN_EMERGENCY'],
    [
      'R27',
      'closing does not end it',
      answered,
      by('lee', 'closeCase', { resolution: 'Solved.', customerAgreed: true }),
      'EMERGENCY_ACTIVE',
    ],
    [
      'R31',
      'what was asked of the contact and is open is not needed any more',
      () => answered().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.' }),
      then(
        by('pat', 'confirmWorkableSystem'),
        by('pat', 'completeContactAction', { actionId: 'C1000001-A1', result: 'Done.' }),
      ),
      { pages: ENDED, says: 'not needed' },
    ],
    [
      'R31, D1',
      'and whoever it was asked of hears that all of it is over',
      () => answered().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.' }),
      by('maria', 'confirmWorkableSystem'),
      { pages: [...ENDED, 'E_DOWN_ENDED tells pat'], is: { actions: [{ status: 'NOT_NEEDED' }] } },
    ],
    [
      'R27',
      'and then no alert comes any more',
      () =>
        answered()
          .do('recordCustomerContact', 'lee', CALLED)
          .do('confirmWorkableSystem', 'pat')
          .do('changeSeverity', 'lee', { severity: 3, reason: 'It works.', customerAgreed: true }),
      after(50 * MINUTE),
      { pages: [], is: { emergency: 'NONE', attention: [] } },
    ],
    [
      'H9',
      'severity 0 without an emergency is on the desk until somebody settles it',
      () => answered().do('confirmWorkableSystem', 'pat').do('acknowledge', 'lee'),
      after(10 * MINUTE),
      { pages: [], is: { attention: ['SEVERITY_ZERO_IDLE'] } },
    ],
    [
      'H9',
      'by lowering it',
      () => answered().do('confirmWorkableSystem', 'pat'),
      by('lee', 'changeSeverity', { severity: 3, reason: 'It works.', customerAgreed: true }),
      { pages: ['SEVERITY_CHANGED tells lee'], is: { attention: [] } },
    ],
    [
      'B10',
      'and is never forgotten, however many come after it',
      () => {
        const fixture = caseAt();
        for (let episode = 1; episode <= 12; episode++) fixture.declareEDown().do('confirmWorkableSystem', 'pat');
        return fixture;
      },
      by('ana', 'reviewEDown', { episode: 1, verdict: 'CONFIRMED', note: 'It was one.' }),
      { pages: [], events: ['EDownReviewed'] },
    ],
    [
      'B10',
      'it is reviewed when it is over, and not while it runs',
      answered,
      by('ana', 'reviewEDown', { verdict: 'PROPOSE_LOWER', note: 'Too early.' }),
      'EMERGENCY_ACTIVE',
    ],
    [
      'B10',
      'while one runs, the one before it can be reviewed',
      () => answered().do('confirmWorkableSystem', 'pat').declareEDown(),
      by('ana', 'reviewEDown', { verdict: 'CONFIRMED', note: 'It was one.' }),
      { pages: [], is: { pastEpisodes: [{ episode: 1, review: 'CONFIRMED by ana: It was one.' }] } },
    ],
    [
      'B10',
      'and one that has been judged is not judged again in place of the one that runs',
      () =>
        answered()
          .do('confirmWorkableSystem', 'pat')
          .do('reviewEDown', 'ana', { verdict: 'CONFIRMED', note: 'It was one.' })
          .declareEDown(),
      by('ana', 'reviewEDown', { verdict: 'PROPOSE_LOWER', note: 'Too early.' }),
      'EMERGENCY_ACTIVE',
    ],
    [
      'B10',
      'of one that never was, the answer is which there were',
      () => answered().do('confirmWorkableSystem', 'pat'),
      by('ana', 'reviewEDown', { episode: 7, verdict: 'CONFIRMED', note: 'It was one.' }),
      { refused: 'INVALID_INPUT', fields: ['episode'] },
    ],
    [
      'B10',
      'its review becomes due',
      () => answered().do('confirmWorkableSystem', 'pat'),
      by('ana', 'reviewEDown', { verdict: 'CONFIRMED', note: 'It was one.' }),
      { pages: [], is: { pastEpisodes: [{ episode: 1, review: 'CONFIRMED by ana: It was one.' }] } },
    ],
  ]);
});
