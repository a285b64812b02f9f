/** R12-R37: declaring E-Down on either route, the emergency while it lasts, and its end. */
import type { EDownAnswers } from '../../../workflows/case/inputs';
import { caseAt, HOUR, MINUTE, START } from '../../support/cases';
import { completeAnswers } from '../../support/story';
import { after, by, everyRow, then, type Act, type Row } from '../../support/table';

const sev2 = () => caseAt();
const down = () => caseAt({ emergency: true });
const answered = () => caseAt({ emergency: true }).do('acknowledge', 'lee', { pageId: 'C1000001-2' }).do('acknowledge', 'maier', { pageId: 'C1000001-4' });
const customer = (over: Record<string, unknown>) => () => caseAt({ opening: { customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true, ...over } } });
const STARTED = ['E_DOWN_STARTED → lee', 'E_DOWN_STARTED → eve', 'E_DOWN_ALERT → maier'];
const ENDED = ['E_DOWN_ENDED → lee', 'E_DOWN_ENDED → eve', 'E_DOWN_ENDED → maier'];
const pat = completeAnswers().technicalContact;

const crowd = (count: number, first = 1) => Array.from({ length: count }, (_, nth) => ({ name: `c${first + nth}`, reach: 'ON_SITE' as const }));
const crowded = () => caseAt({ opening: { contacts: crowd(10) } }).do('updateContacts', 'maria', { add: crowd(10, 11) });

type Answers = { [K in keyof EDownAnswers]?: unknown };
/** The same answers on either route (R35); `undefined` leaves one out. */
const tracker = (answers: Answers = {}): Act => by('maria', 'changeSeverity', { severity: 0, channel: 'CASE_TRACKER', eDown: { ...completeAnswers(), ...answers } });
const phone = (answers: Answers = {}): Act => by('lee', 'changeSeverity', { severity: 0, channel: 'PHONE', requestedBy: 'maria', eDown: { ...completeAnswers(), ...answers } });
const contact = (over: Record<string, unknown>): Answers => ({ technicalContact: { ...pat, ...over } });

/** Refused, on both routes, with the wrong fields named; the old severity stands, and the refusal is on record (R34, R35, R37). */
function refusedOnBoth(requirement: string, promise: string, answers: Answers, code: Extract<Row[4], string>, ...fields: string[]): Row[] {
  const outcome = { refused: code, events: ['EDownRefused'], ...(fields.length > 0 && { fields: fields.map((field) => `eDown.${field}`) }) };
  return [
    [requirement, promise, sev2, tracker(answers), outcome],
    [`${requirement}, R35`, `${promise}, on the phone too`, sev2, phone(answers), outcome],
  ];
}

describe('declaring', () => {
  everyRow([
    ['R34', 'Case Tracker sets it with all answers', sev2, tracker(), { pages: STARTED, is: { severity: 0, emergency: 'ACTIVE' } }],
    ['R35', 'the phone sets it with all answers', sev2, phone(), { pages: STARTED, is: { severity: 0, emergency: 'ACTIVE' } }],
    ['R36', 'on the Web the answer says that calling is preferred, and the number', sev2, tracker(), { pages: STARTED, says: '"phonePreferred":true,"hotline":"+1 555 0100"' }],
    ['R34', 'without the answers everything that has to be answered is listed', sev2, by('maria', 'changeSeverity', { severity: 0 }), { refused: 'E_DOWN_ANSWERS_INCOMPLETE', fields: ['category', 'totalUsers', 'affectedUsers', 'actionsTaken', 'contactChanges', 'downSince', 'allProductionStopped', 'confirmGenuine', 'technicalContact'].map((field) => `eDown.${field}`), events: ['EDownRefused'] }],
    ...refusedOnBoth('R12', 'the caution is confirmed', { confirmGenuine: false }, 'E_DOWN_CONFIRMATION_REQUIRED', 'confirmGenuine'),
    ...refusedOnBoth('R12', 'the caution is not passed over', { confirmGenuine: undefined }, 'E_DOWN_CONFIRMATION_REQUIRED', 'confirmGenuine'),
    ['R12', 'past misuse never blocks', () => down().do('confirmWorkableSystem', 'pat').do('reviewEDown', 'ana', { verdict: 'PROPOSE_LOWER', note: 'It was one printer.' }), tracker(), { pages: STARTED, is: { emergency: 'ACTIVE' } }],
    ['R13', 'only with Active Support', customer({ activeSupport: false }), tracker(), { refused: 'NOT_ACTIVE_SUPPORT', events: ['EDownRefused'] }],
    ['R13', 'only for enterprise customers', customer({ enterprise: false }), tracker(), { refused: 'NOT_ENTERPRISE_CUSTOMER', events: ['EDownRefused'] }],
    ['R13', 'with the entitlement service down it is accepted provisionally', customer({ activeSupport: 'UNKNOWN' }), tracker(), { pages: STARTED, says: 'provisionally' }],
    ['R13', 'an entitlement that ends meanwhile keeps 24x7 and tells the manager', down, by('crm', 'updateEntitlement', { activeSupport: false, enterprise: true }), { pages: ['ESCALATION_INFO → ana'], is: { emergency: 'ACTIVE' } }],
    ['R14', 'only for production, and severity 1 is offered', () => caseAt({ opening: { environment: 'TEST' } }), tracker(), { refused: 'NOT_PRODUCTION', says: 'severity 1', events: ['EDownRefused'] }],
    ['R15', 'not all production stopped, with C1: accepted with a warning', sev2, tracker({ allProductionStopped: false }), { pages: STARTED, is: { eDown: { warnings: ['productionNotStopped'] } } }],
    ['R15', 'not all production stopped, with C3: accepted', sev2, tracker({ category: 'SUPPLIERS_NO_ACCESS', allProductionStopped: false }), { pages: STARTED, is: { eDown: { warnings: [] } } }],
    ...refusedOnBoth('R16', 'a category that there is not', { category: 'SLOW' }, 'E_DOWN_CATEGORY_INVALID', 'category'),
    ...refusedOnBoth('R16', 'two categories', { category: ['MOST_USERS_NO_ACCESS', 'SERVER_UNRESPONSIVE'] }, 'E_DOWN_CATEGORY_INVALID', 'category'),
    ['R17', 'C1 with half of the users: accepted with a warning', sev2, tracker({ totalUsers: 400, affectedUsers: 200 }), { pages: STARTED, is: { eDown: { warnings: ['categoryMismatch'] } } }],
    ['R17', 'C1 with more than half', sev2, tracker({ totalUsers: 400, affectedUsers: 201 }), { pages: STARTED, is: { eDown: { warnings: [] } } }],
    ['R18', 'C2, the server does not respond', sev2, tracker({ category: 'SERVER_UNRESPONSIVE' }), { pages: STARTED, is: { eDown: { answers: { category: 'SERVER_UNRESPONSIVE' } } } }],
    ['R19', 'C3 with no user of their own affected', sev2, tracker({ category: 'SUPPLIERS_NO_ACCESS', affectedUsers: 0 }), { pages: STARTED, is: { emergency: 'ACTIVE' } }],
    ...(['USER_PRODUCTIVITY_LOSS', 'SERVER_PERFORMANCE_LOSS'] as const).flatMap((category): Row[] => [
      ['R20', `${category}: 80 % counts`, sev2, tracker({ category, productivityLossPct: 80 }), { pages: STARTED }],
      ['R20', `${category}: not given does not block`, sev2, tracker({ category }), { pages: STARTED }],
      ...refusedOnBoth('R20', `${category}: 79 % does not count`, { category, productivityLossPct: 79 }, 'E_DOWN_THRESHOLD', 'productivityLossPct'),
    ]),
    ...[101, -1, 'much'].flatMap((productivityLossPct) => refusedOnBoth('R20', `a loss of ${productivityLossPct} %`, { category: 'USER_PRODUCTIVITY_LOSS', productivityLossPct }, 'INVALID_INPUT', 'productivityLossPct')),
    ...refusedOnBoth('R21', 'all that is missing is said at once', { category: undefined, totalUsers: undefined, actionsTaken: '  ' }, 'E_DOWN_ANSWERS_INCOMPLETE', 'category', 'totalUsers', 'actionsTaken'),
    ...refusedOnBoth('R21', 'what is missing and what is wrong is said at once', { totalUsers: undefined, confirmGenuine: false, category: 'USER_PRODUCTIVITY_LOSS', productivityLossPct: 79, affectedUsers: 0, downForMinutes: 0, ...contact({ number: undefined, english: false }) }, 'E_DOWN_ANSWERS_INCOMPLETE', 'totalUsers', 'confirmGenuine', 'affectedUsers', 'productivityLossPct', 'downForMinutes', 'technicalContact.number', 'technicalContact'),
    ...refusedOnBoth('R21', 'beside what cannot be read too', { totalUsers: 'many', actionsTaken: undefined, technicalContact: undefined }, 'INVALID_INPUT', 'totalUsers', 'actionsTaken', 'technicalContact'),
    ...[0, -4, 1.5, 'many'].flatMap((totalUsers) => refusedOnBoth('R22', `${totalUsers} users in total`, { totalUsers }, 'INVALID_INPUT', 'totalUsers')),
    ...refusedOnBoth('R23', 'more users affected than there are', { affectedUsers: 401 }, 'AFFECTED_EXCEEDS_TOTAL', 'affectedUsers'),
    ...refusedOnBoth('R23', 'none affected, outside of C3', { affectedUsers: 0 }, 'INVALID_INPUT', 'affectedUsers'),
    ...refusedOnBoth('R24', 'blank actions are no answer', { actionsTaken: ' ' }, 'E_DOWN_ANSWERS_INCOMPLETE', 'actionsTaken'),
    ['R24', '"none yet" is one', sev2, tracker({ actionsTaken: 'none yet' }), { pages: STARTED }],
    ...refusedOnBoth('R25', 'contact changes are asked for', { contactChanges: undefined }, 'E_DOWN_ANSWERS_INCOMPLETE', 'contactChanges'),
    ...refusedOnBoth('R25', 'a contact that is none', { contactChanges: [{ name: 'quinn', reach: 'CARRIER_PIGEON' }] }, 'INVALID_CONTACT', 'contactChanges[0].reach'),
    ['R25', 'changes are applied to the case', sev2, tracker({ contactChanges: [{ ...pat, name: 'quinn' }] }), { pages: STARTED, is: { contacts: [{ name: 'pat' }, { name: 'quinn' }] } }],
    ...refusedOnBoth('R26', 'a downtime that begins tomorrow', { downForMinutes: undefined, downSince: new Date(START + 24 * HOUR).toISOString() }, 'INVALID_DOWNTIME', 'downSince'),
    ...refusedOnBoth('R26', 'a downtime of nothing', { downForMinutes: 0 }, 'INVALID_DOWNTIME', 'downForMinutes'),
    ...refusedOnBoth('R26', 'a downtime nobody can read', { downForMinutes: undefined, downSince: 'since lunch' }, 'INVALID_DOWNTIME', 'downSince'),
    ['R26', 'a downtime longer than the case is old', sev2, tracker({ downForMinutes: 3_000 }), { pages: STARTED, is: { eDown: { downForMinutes: 3_000 } } }],
    ['R27', 'a second E-Down while one is active', down, tracker(), 'ALREADY_E_DOWN'],
    ...refusedOnBoth('R30', 'there is a technical contact', { technicalContact: undefined }, 'TECHNICAL_CONTACT_REQUIRED', 'technicalContact'),
    ...refusedOnBoth('R30', 'a pager has a number', contact({ number: undefined }), 'INVALID_CONTACT', 'technicalContact.number'),
    ['R30', 'on site none is needed', sev2, tracker(contact({ reach: 'ON_SITE', number: undefined })), { pages: STARTED }],
    ...refusedOnBoth('R32', 'the contact has English', contact({ english: false }), 'CONTACT_NOT_QUALIFIED', 'technicalContact'),
    ...refusedOnBoth('R32', 'the contact knows the software', contact({ knowsSoftware: false }), 'CONTACT_NOT_QUALIFIED', 'technicalContact'),
    ...refusedOnBoth('R32', 'and the environment', contact({ knowsEnvironment: false }), 'CONTACT_NOT_QUALIFIED', 'technicalContact'),
    ['R32', 'a qualified second contact cures it', sev2, tracker({ ...contact({ english: false }), contactChanges: [{ ...pat, name: 'quinn' }] }), { pages: STARTED, is: { emergency: 'ACTIVE' } }],
  ]);
});

describe('asking for it', () => {
  const asked = () => caseAt().do('requestEDown', 'maria');
  everyRow([
    ['R37', 'without answers it is on record, and somebody is paged to call back', sev2, by('maria', 'requestEDown'), { pages: ['E_DOWN_REQUESTED → lee'], events: ['EDownRequested'], is: { severity: 2, emergency: 'NONE', attention: ['UNACKNOWLEDGED', 'E_DOWN_REQUESTED'] } }],
    ['R37', 'without an engineer whoever is on call is', () => caseAt({ engineer: null }), by('maria', 'requestEDown'), { pages: ['E_DOWN_REQUESTED → maier'] }],
    ['R37', 'it lists what is missing', sev2, by('maria', 'requestEDown', { eDown: { category: 'SERVER_UNRESPONSIVE', totalUsers: 10 } }), { pages: ['E_DOWN_REQUESTED → lee'], says: 'affectedUsers' }],
    ['R37', 'and the page asks the questions in words', sev2, (fixture) => {
      const given = fixture.give('requestEDown', 'maria', { eDown: { category: 'SERVER_UNRESPONSIVE', totalUsers: 10 } });
      expect(fixture.simulation.sent.at(-1)?.order.facts.what).toMatch(/^Call maria back: .* To be asked: How many of them are affected\? What has been done/);
      return given;
    }, { pages: ['E_DOWN_REQUESTED → lee'] }],
    ['R37', 'a dropped call leaves it on the desk', asked, after(10 * MINUTE), { pages: [], is: { eDownRequest: { by: 'maria' } } }],
    ['R37', 'withdrawn it is off the desk', asked, by('maria', 'requestEDown', { withdraw: true }), { pages: [], is: { eDownRequest: null, emergency: 'NONE' } }],
    ['R37', 'answered it is off the desk', asked, tracker(), { pages: STARTED, is: { eDownRequest: null, emergency: 'ACTIVE' } }],
  ]);
});

describe('while it lasts', () => {
  const alerts = (count: number) => Array.from({ length: count }, () => 'E_DOWN_ALERT → maier');
  everyRow([
    ['R27', 'it is alerted every 15 minutes, whatever the hour', answered, after(20 * MINUTE), { pages: alerts(1), is: { emergency: 'ACTIVE' } }],
    ['R27', 'an outage of all workers ends in one late alert', answered, ({ simulation }) => ({ events: simulation.outage(29 * MINUTE) }), { pages: alerts(1) }],
    ['R29', 'progress is dated and authored', answered, by('lee', 'recordProgress', { summary: 'Read the log.', substantive: true }), { pages: [], events: ['ProgressRecorded'] }],
    ['R29', 'blank progress is none', answered, by('lee', 'recordProgress', { summary: ' ', substantive: true }), { refused: 'INVALID_INPUT', fields: ['summary'] }],
    ['R31', 'work can be asked of the contact', answered, by('lee', 'requestContactAction', { kind: 'GATHER_DATA', what: 'Send the dump.' }), { pages: ['CONTACT_ACTION → pat'], events: ['ContactActionRequested'] }],
    ['R31', 'of no other kind', answered, by('lee', 'requestContactAction', { kind: 'PRAY', what: 'Please.' }), { refused: 'INVALID_INPUT', fields: ['kind'] }],
    ['R31', 'answered twice, the first answer stands', () => answered().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.' }).do('completeContactAction', 'pat', { actionId: 'C1000001-A1', result: 'It works.' }), by('pat', 'completeContactAction', { actionId: 'C1000001-A1', result: 'It does not.' }), { pages: [], says: 'the first answer stands' }],
    ['R31', 'of what nobody asked', answered, by('pat', 'completeContactAction', { actionId: 'A7', result: 'Done.' }), 'ACTION_NOT_FOUND'],
    ['R30', 'the last contact cannot go', answered, by('maria', 'updateContacts', { remove: ['pat'] }), 'LAST_CONTACT'],
    ['R30', 'but is swapped in one update', answered, by('maria', 'updateContacts', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn' } }] }), { pages: [], is: { contacts: [{ name: 'quinn' }] } }],
    ['R30', 'a contact nobody knows cannot be swapped', answered, by('maria', 'updateContacts', { replace: [{ name: 'zoe', with: pat }] }), 'INVALID_CONTACT'],
    ['R30', 'one contact more than twenty is refused', crowded, by('maria', 'updateContacts', { add: [pat] }), { refused: 'INVALID_CONTACT', fields: ['add'] }],
    ['R30', 'and is there in place of another', crowded, by('maria', 'updateContacts', { remove: ['c1'], add: [pat] }), { pages: [], is: { contacts: [...crowd(19, 2), pat] } }],
    ['R30', 'in an emergency it is there all the same', crowded, tracker(), { pages: STARTED, is: { contacts: [pat, ...crowd(20)] } }],
    ['R32', 'nor the last qualified one for another who is not', answered, by('maria', 'updateContacts', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn', english: false } }] }), 'CONTACT_NOT_QUALIFIED'],
    ['R25', 'pages use new details at once', () => answered().do('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...pat, name: 'quinn' } }] }), by('lee', 'requestContactAction', { kind: 'TEST', what: 'Log in.' }), { pages: ['CONTACT_ACTION → quinn'] }],
  ]);
});

/** What the clock does in an emergency that was answered and is then left alone. */
describe('by the clock', () => {
  const QUIET = { firstContact: '20d', customerUpdate: '20d', progressStall: '20d', ackExpires: '20d', suggest: { M1: '20d', M2: '21d', executive: '22d' } };
  const CHECKS = { first: '20d', second: '21d', proposeLowering: '22d' };
  /** Only these of its clocks run. */
  const only = (clocks: Record<string, unknown>, contactCheck: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => () =>
    caseAt({ emergency: true, policy: { severities: { 0: { ...QUIET, ...clocks } }, eDown: { alertEvery: '30d', contactCheck: { ...CHECKS, ...contactCheck } }, ...over } })
      .do('acknowledge', 'lee', { pageId: 'C1000001-2' })
      .do('acknowledge', 'maier', { pageId: 'C1000001-4' });
  const warned = { warnAt: [50, 75] };
  const suggest = { M1: '2h', M2: '8h', executive: '24h' };
  everyRow([
    ['B4', 'half of the time to the first contact is on record', only({ firstContact: '1h' }, {}, warned), after(31 * MINUTE), { pages: [], events: ['PromiseWarned'] }],
    ['B4', 'three quarters of it are told to the engineer', only({ firstContact: '1h' }, {}, warned), after(46 * MINUTE), { pages: ['PROMISE_WARNING → lee'], events: ['PromiseWarned', 'PromiseWarned'] }],
    ['B4', 'no first contact in time: the manager', only({ firstContact: '1h' }), after(61 * MINUTE), { pages: ['PROMISE_OVERDUE → ana'], events: ['CustomerContactOverdue'], is: { emergency: 'ACTIVE' } }],
    ['B4', 'no update in time: the engineer', only({ customerUpdate: '1h' }), after(61 * MINUTE), { pages: ['PROMISE_OVERDUE → lee'], events: ['CustomerUpdateOverdue'] }],
    ['R29', 'a stall goes to the manager, and ends nothing', only({ progressStall: '2h' }), after(121 * MINUTE), { pages: ['PROGRESS_STALLED → ana'], events: ['ProgressStalled'], is: { emergency: 'ACTIVE' } }],
    ['B5', 'no sign of the contact: they are paged', only({}, { first: '30m' }), after(31 * MINUTE), { pages: ['CONTACT_CHECK → pat'], events: ['ContactChecked'] }],
    ['B5', 'still none: the manager', only({}, { first: '30m', second: '1h' }), after(61 * MINUTE), { pages: ['CONTACT_CHECK → pat', 'CONTACT_CHECK → ana'], events: ['ContactChecked', 'ContactUnavailable'] }],
    ['B5', 'lowering is proposed, and not done', only({}, { first: '30m', second: '1h', proposeLowering: '4h' }), then(after(239 * MINUTE), after(2 * MINUTE)), { pages: 'whatever', events: ['LoweringProposed'], is: { severity: 0, emergency: 'ACTIVE' } }],
    ['B5', 'the contact is back at once with any word', only({}, { first: '30m', second: '1h' }), then(after(61 * MINUTE), by('pat', 'updateContacts', { add: [{ ...pat, name: 'ria' }] })), { pages: ['CONTACT_CHECK → pat', 'CONTACT_CHECK → ana', 'CONTACT_CHECK → ana'], is: { eDown: { contactStatus: 'PRESENT' } } }],
    ['B11', 'M1 is suggested by the policy, and nothing is escalated', only({ suggest: { ...suggest, M2: '21d', executive: '22d' } }), after(121 * MINUTE), { pages: ['ESCALATION_INFO → ana'], events: ['EscalationSuggested'], is: { level: 'NORMAL' }, says: '"origin":"POLICY"' }],
    ['B11', 'in the end the executive', only({ suggest: { M1: '20d', M2: '21d', executive: '6h' } }), after(6 * HOUR + MINUTE), { pages: ['ESCALATION_INFO → eve'], events: ['EscalationSuggested'], is: { level: 'NORMAL' } }],
    ['R31', 'what the contact does not do in time is the engineer’s to know', () => only({})().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.', dueAt: new Date(START + HOUR).toISOString() }), after(61 * MINUTE), { pages: ['CONTACT_ACTION → lee'], events: ['ContactActionOverdue'] }],
    ['B8', 'at the end of a window the next team is asked, and a hand-over to be written', down, then(after(7 * HOUR - MINUTE), (fixture) => {
      const { sent } = fixture;
      const given = after(2 * MINUTE)(fixture);
      expect(fixture.pagedSince(sent)).toEqual(expect.arrayContaining(['HAND_OVER → smith', 'HAND_OVER → lee']));
      return given;
    }), { pages: 'whatever', is: { handOver: { from: 'lee', to: null } } }],
  ]);
});

describe('its end', () => {
  const AGREED = { reason: 'Work can wait for the day.', customerAgreed: true };
  const stale = () => {
    const fixture = caseAt({ emergency: true, policy: { eDown: { recentProgress: '1h' } } }).do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
    fixture.simulation.pass(61 * MINUTE);
    return fixture;
  };
  const progressed = () => answered().do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
  everyRow([
    ['R28', 'a workable system, confirmed by the contact', answered, by('pat', 'confirmWorkableSystem'), { pages: ENDED, is: { emergency: 'NONE' } }],
    ['R28', 'claimed by the engineer it asks the contact, and 24x7 goes on', answered, (fixture) => {
      const { sent } = fixture;
      const given = fixture.give('confirmWorkableSystem', 'lee');
      expect(fixture.pagedSince(sent)).toEqual(['CONFIRM_WORKABLE_SYSTEM → pat']);
      expect(given.refusal?.code).toBe('CUSTOMER_CONFIRMATION_REQUIRED');
      expect(fixture.simulation.view.emergency).toBe('ACTIVE');
      return { events: given.events };
    }, { pages: ['CONFIRM_WORKABLE_SYSTEM → pat'], is: { emergency: 'ACTIVE' } }],
    ['R28', 'outside of an emergency there is nothing to confirm', sev2, by('pat', 'confirmWorkableSystem'), 'NOT_IN_EMERGENCY'],
    ['R28', 'failing again, it is another episode', () => answered().do('confirmWorkableSystem', 'pat'), tracker(), { pages: STARTED, is: { emergency: 'ACTIVE', eDown: { episode: 2 } } }],
    ['R28', 'lowering the severity, with reason and agreement', answered, by('maria', 'changeSeverity', { severity: 1, reason: 'One site works.', customerAgreed: true }), { pages: ['SEVERITY_CHANGED → lee', 'E_DOWN_ENDED → eve', 'E_DOWN_ENDED → maier'], is: { emergency: 'NONE', severity: 1 } }],
    ['R28', 'lowering without the agreement', answered, by('lee', 'changeSeverity', { severity: 1, reason: 'One site works.', customerAgreed: false }), { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] }],
    ['R28', 'lowering without a reason', answered, by('lee', 'changeSeverity', { severity: 1, customerAgreed: true }), { refused: 'INVALID_INPUT', fields: ['reason'] }],
    ['R29', 'a step-down on progress that is too old', stale, by('lee', 'stepDown', AGREED), 'STEP_DOWN_NOT_JUSTIFIED'],
    ['R29', 'a step-down with recent progress and agreement', progressed, by('lee', 'stepDown', AGREED), { pages: ENDED, is: { emergency: 'STEPPED_DOWN' } }],
    ['R29', 'a step-down without progress', answered, by('lee', 'stepDown', AGREED), 'STEP_DOWN_NOT_JUSTIFIED'],
    ['R29', 'a step-down without agreement', progressed, by('lee', 'stepDown', { ...AGREED, customerAgreed: false }), { refused: 'CUSTOMER_AGREEMENT_REQUIRED', fields: ['customerAgreed'] }],
    ['R29', 'no step-down where there is no emergency', sev2, by('lee', 'stepDown', AGREED), 'NOT_IN_EMERGENCY'],
    ['R27', 'closing does not end it', answered, by('lee', 'closeCase', { resolution: 'Solved.', customerAgreed: true }), 'EMERGENCY_ACTIVE'],
    ['R31', 'what was asked of the contact and is open is not needed any more', () => answered().do('requestContactAction', 'lee', { kind: 'TEST', what: 'Log in.' }), then(by('pat', 'confirmWorkableSystem'), by('pat', 'completeContactAction', { actionId: 'C1000001-A1', result: 'Done.' })), { pages: [...ENDED, 'E_DOWN_ENDED → pat'], says: 'not needed' }],
    ['R27', 'and then no alert comes any more', () => answered().do('confirmWorkableSystem', 'pat'), after(HOUR), { pages: [], is: { emergency: 'NONE' } }],
    ['B10', 'and is never forgotten, however many come after it', () => {
      const fixture = caseAt();
      for (let episode = 1; episode <= 12; episode++) fixture.declareEDown().do('confirmWorkableSystem', 'pat');
      return fixture;
    }, by('ana', 'reviewEDown', { episode: 1, verdict: 'CONFIRMED', note: 'It was one.' }), { pages: [], events: ['EDownReviewed'] }],
    ['B10', 'its review becomes due', () => answered().do('confirmWorkableSystem', 'pat'), by('ana', 'reviewEDown', { verdict: 'CONFIRMED', note: 'It was one.' }), { pages: [], is: { pastEpisodes: [{ episode: 1, review: 'CONFIRMED by ana: It was one.' }] } }],
  ]);
});
