/**
 * R12-R37, B4, B5, B8, B10, B11, B14 as a table: one line a requirement and edge case, read against requirements.md. What
 * happens in full is in the stories; this only says that none is missing.
 */
import { policyFrom } from '../../worker/config/policy';
import { Story } from '../support/story';

const QUIET = 'severities.0={"firstContact":"20d","customerUpdate":"20d","progressStall":"20d","ackExpires":"20d","suggest":{"M1":"20d","M2":"21d","executive":"22d"}} eDown.contactCheck={"first":"20d","second":"21d","proposeLowering":"22d"}';
const OPEN = ['open C1000001 severity=1 engineer=lee', 'acknowledge by=lee page=1'];
const DOWN = [...OPEN, 'changeSeverity by=maria severity=0 eDown=complete', 'acknowledge by=lee page=2', 'acknowledge by=maier page=4'];
const DECLARED = 'E-Down 1 declared';
const ACTIVE = 'emergency ACTIVE';

/** What is done, and what its last act says or leaves the case as. */
type Row = readonly [requirement: string, edge: string, acts: readonly string[], says: string];

const down = (fields: string): string => `changeSeverity by=maria severity=0 ${fields}`;
const QUALIFIED = '"english":true,"knowsSoftware":true,"knowsEnvironment":true';

/** Asked of a case of severity 1. */
const ANSWERS: readonly Row[] = [
  ['R12', 'not confirmed', [down('eDown.confirmGenuine=false')], 'refused E_DOWN_CONFIRMATION_REQUIRED'],
  ['R12', 'confirmation left out', [down('eDown.confirmGenuine=omitted')], 'refused E_DOWN_CONFIRMATION_REQUIRED'],
  ['R14', 'a test system', ['open C1000002 severity=1 engineer=lee environment=TEST', down('eDown=complete')], 'refused NOT_PRODUCTION'],
  ['R13', 'no Active Support', ['open C1000002 severity=1 engineer=lee activeSupport=false', down('eDown=complete')], 'refused NOT_ACTIVE_SUPPORT'],
  ['R13', 'no enterprise customer', ['open C1000002 severity=1 engineer=lee enterprise=false', down('eDown=complete')], 'refused NOT_ENTERPRISE_CUSTOMER'],
  ['R13', 'entitlement unknown', ['open C1000002 severity=1 engineer=lee enterprise="UNKNOWN"', down('eDown=complete')], 'PROVISIONAL_ENTITLEMENT'],
  ['R15', 'not all stopped, C2', [down('eDown.allProductionStopped=false eDown.category=SERVER_UNRESPONSIVE')], 'note: Not all production has stopped'],
  ['R15', 'not all stopped, C5', [down('eDown.allProductionStopped=false eDown.category=SERVER_PERFORMANCE_LOSS')], DECLARED],
  ['R16', 'no category of the five', [down('eDown.category=SLOW')], 'refused E_DOWN_CATEGORY_INVALID'],
  ['R16', 'two categories', [down('eDown.category=["SERVER_UNRESPONSIVE","SUPPLIERS_NO_ACCESS"]')], 'refused E_DOWN_CATEGORY_INVALID'],
  ['R17', 'half of the users are not most', [down('eDown.totalUsers=10 eDown.affectedUsers=5')], 'note: Half of the users or fewer'],
  ['R17', 'more than half are', [down('eDown.totalUsers=10 eDown.affectedUsers=6')], DECLARED],
  ['R18', 'the server is unresponsive', [down('eDown.category=SERVER_UNRESPONSIVE')], `${DECLARED} by maria: SERVER_UNRESPONSIVE`],
  ['R19', 'own staff unaffected', [down('eDown.category=SUPPLIERS_NO_ACCESS eDown.affectedUsers=0')], DECLARED],
  ['R20', '80 counts', [down('eDown.category=USER_PRODUCTIVITY_LOSS eDown.productivityLossPct=80')], DECLARED],
  ['R20', '79.9 does not', [down('eDown.category=SERVER_PERFORMANCE_LOSS eDown.productivityLossPct=79.9')], 'refused E_DOWN_THRESHOLD'],
  ['R20', 'over 100', [down('eDown.productivityLossPct=101')], 'refused INVALID_INPUT'],
  ['R20', 'below 0', [down('eDown.productivityLossPct=-1')], 'refused INVALID_INPUT'],
  ['R20', 'absent is asked for', [down('eDown.category=USER_PRODUCTIVITY_LOSS')], 'note: Please tell the productivity loss'],
  ['R21', 'all that is missing at once', [down('eDown.category=omitted eDown.downForMinutes=omitted')], 'Missing: eDown.category, eDown.downSince.'],
  ['R22', 'no users', [down('eDown.totalUsers=0')], 'refused INVALID_INPUT'],
  ['R22', 'a fraction', [down('eDown.totalUsers=1.5')], 'refused INVALID_INPUT'],
  ['R22', 'text', [down('eDown.totalUsers=many')], 'refused INVALID_INPUT'],
  ['R23', 'more than there are', [down('eDown.totalUsers=10 eDown.affectedUsers=11')], 'refused AFFECTED_EXCEEDS_TOTAL'],
  ['R23', 'nobody, and not suppliers', [down('eDown.affectedUsers=0')], 'refused INVALID_INPUT'],
  ['R24', 'blank', [down('eDown.actionsTaken=" "')], 'Missing: eDown.actionsTaken.'],
  ['R24', 'none yet', [down('eDown.actionsTaken="none yet"')], DECLARED],
  ['R25', 'left out', [down('eDown.contactChanges=omitted')], 'Missing: eDown.contactChanges.'],
  ['R25', 'malformed', [down('eDown.contactChanges=[{"name":"quinn","reach":"PAGER"}]')], 'refused INVALID_CONTACT'],
  ['R26', 'in the future', [down('eDown.downForMinutes=omitted eDown.downSince=2027-01-01T00:00:00Z')], 'refused INVALID_DOWNTIME'],
  ['R26', 'zero', [down('eDown.downForMinutes=0')], 'refused INVALID_DOWNTIME'],
  ['R26', 'not a time', [down('eDown.downForMinutes=omitted eDown.downSince=yesterday')], 'refused INVALID_DOWNTIME'],
  ['R26', 'longer than the case is old', [down('eDown.downForMinutes=100000')], DECLARED],
  ['R30', 'no contact', [down('eDown.technicalContact=omitted')], 'refused TECHNICAL_CONTACT_REQUIRED'],
  ['R30', 'a pager without a number', [down('eDown.technicalContact.number=omitted')], 'refused INVALID_CONTACT'],
  ['R32', 'no English', [down('eDown.technicalContact.english=false')], 'refused CONTACT_NOT_QUALIFIED: The technical contact needs English, the software and the environment. pat lacks English.'],
  ['R32', 'a second contact cures it', [down(`eDown.technicalContact.english=false eDown.contactChanges=[{"name":"quinn","reach":"ON_SITE",${QUALIFIED}}]`)], DECLARED],
  ['R33', 'at first logging', ['open C1000002 severity=0 channel=CASE_LOGGER eDown=complete'], 'refused E_DOWN_NOT_AT_LOGGING'],
  ['R34', 'nothing answered: the old severity stands', [down('')], '= severity 1'],
  ['R35', 'the phone may not skip', ['changeSeverity by=desk severity=0 channel=PHONE requestedBy=maria'], 'refused E_DOWN_ANSWERS_INCOMPLETE'],
  ['R35', 'nor at opening', ['open C1000002 severity=0 channel=PHONE engineer=lee'], 'refused E_DOWN_ANSWERS_INCOMPLETE'],
  ['R36', 'over the Web the hotline is named', [down('channel=CASE_TRACKER eDown=complete')], 'note: Please call the hotline as well, it is the preferred way: +1 555 0100.'],
  ['R37', 'a refusal is on record', [down('')], 'E-Down refused: E_DOWN_ANSWERS_INCOMPLETE'],
  ['R37', 'a call that was cut stays on the desk', ['requestEDown by=desk channel=PHONE requestedBy=maria', 'wait 3d'], 'E_DOWN_REQUESTED'],
  ['R37', 'until it is withdrawn', ['requestEDown by=maria', 'requestEDown by=maria withdraw=true'], '= severity 1 · NORMAL · engineer lee · green'],
];

/** While it lasts, and how it ends; the other clocks are far away. */
const LASTING: readonly Row[] = [
  ['R27', 'alerts on the beat', ['wait 30m'], 'E-Down alert 3 to on-call.'],
  ['R27', 'a second E-Down', [down('eDown=complete')], 'refused ALREADY_E_DOWN'],
  ['R27', 'a weekend', ['wait 5d'], ACTIVE],
  ['R28', "an engineer's claim", ['confirmWorkableSystem by=lee'], 'refused CUSTOMER_CONFIRMATION_REQUIRED'],
  ['R28', 'the contact confirms', ['confirmWorkableSystem by=pat'], 'The emergency has ended: workable system.'],
  ['R28', 'outside an emergency', ['confirmWorkableSystem by=pat', 'confirmWorkableSystem by=pat'], 'refused NOT_IN_EMERGENCY'],
  ['R28', 'it fails again', ['confirmWorkableSystem by=pat', down('eDown=complete')], 'E-Down 2 declared'],
  ['R28', 'lowered without agreement', ['changeSeverity by=lee severity=1 reason=ok'], 'refused CUSTOMER_AGREEMENT_REQUIRED'],
  ['R28', 'lowered without a reason', ['changeSeverity by=lee severity=1 customerAgreed=true'], 'refused INVALID_INPUT'],
  ['R29', 'blank progress', ['recordProgress by=lee summary=" " substantive=true'], 'refused INVALID_INPUT'],
  ['R29', 'no progress to step down on', ['stepDown by=lee reason=ok customerAgreed=true'], 'refused STEP_DOWN_NOT_JUSTIFIED'],
  ['R29', 'progress that is too old', ['recordProgress by=lee summary=x substantive=true', 'wait 30d', 'stepDown by=lee reason=ok customerAgreed=true'], 'refused STEP_DOWN_NOT_JUSTIFIED'],
  ['R29', 'no agreement', ['recordProgress by=lee summary=x substantive=true', 'stepDown by=lee reason=ok customerAgreed=false'], 'refused CUSTOMER_AGREEMENT_REQUIRED'],
  ['R29', 'progress and agreement', ['recordProgress by=lee summary=x substantive=true', 'stepDown by=lee reason=ok customerAgreed=true'], 'emergency STEPPED_DOWN'],
  ['R30', 'the last contact', ['updateContacts by=maria remove=["pat"]'], 'refused LAST_CONTACT'],
  ['R30', 'a swap', [`updateContacts by=maria remove=["pat"] add=[{"name":"quinn","reach":"ON_SITE",${QUALIFIED}}]`], 'Contacts: quinn.'],
  ['R32', 'a swap for one who lacks something', ['updateContacts by=maria replace=[{"name":"pat","with":{"name":"quinn","reach":"ON_SITE","english":true}}]'], 'quinn lacks knowledge of the software, knowledge of the production environment.'],
  ['R31', 'an unknown kind', ['requestContactAction by=lee kind=PRAY what=x'], 'refused INVALID_INPUT'],
  ['R31', 'answered twice', ['requestContactAction by=lee kind=TEST what=x', 'completeContactAction by=pat actionId=C1000001-A1 result=a', 'completeContactAction by=pat actionId=C1000001-A1 result=b'], 'note: It was answered before; the first answer stands.'],
  ['R31', 'overdue', ['requestContactAction by=lee kind=TEST what=x', 'wait 2h'], 'C1000001-A1 is overdue.'],
  ['R31', 'open at the end', ['requestContactAction by=lee kind=TEST what=x', 'confirmWorkableSystem by=pat'], 'C1000001-A1 is not needed any more.'],
  ['R13', 'expiry in the middle', ['updateEntitlement by=crm activeSupport=false enterprise=true'], ACTIVE],
  ['B8', 'a window ends', ['wait 7h'], 'The window of emea has ended; a hand-over is asked for.'],
  ['B10', 'the review is due', ['confirmWorkableSystem by=pat', 'wait 7d'], 'The review of E-Down 1 is due.'],
  ['B10', 'and recorded', ['confirmWorkableSystem by=pat', 'reviewEDown by=ana verdict=CONFIRMED note=x'], 'E-Down 1 reviewed by ana: confirmed.'],
  ['B14', 'told at the end', ['confirmWorkableSystem by=pat'], 'sent to Eve (eve, duty executive)'],
];

/** What the clock does in an emergency that is answered and then left alone. */
const RUNNING: readonly Row[] = [
  ['B4', 'half of the time to the first contact', ['wait 30m'], '50% of the time is gone: first contact'],
  ['B4', 'three quarters', ['wait 45m'], '75% of the time is gone: customer update'],
  ['B4', 'no first contact', ['wait 1h'], 'First contact with the customer is overdue.'],
  ['B4', 'no update', ['wait 1h'], 'The update to the customer is overdue.'],
  ['R29', 'a stall goes to the manager and ends nothing', ['wait 2h'], 'No substantive progress since'],
  ['B5', 'no sign of the contact', ['wait 30m'], 'No sign of the technical contact: pat is paged.'],
  ['B5', 'still none', ['wait 1h'], 'The technical contact gives no sign since'],
  ['B5', 'lowering is proposed, and only that', ['wait 4h'], 'Lowering is proposed (policy)'],
  ['B5', 'proposed is not done', ['wait 4h'], ACTIVE],
  ['B5', 'the contact is back', ['wait 4h', 'updateContacts by=pat add=[{"name":"ria","reach":"ON_SITE"}]'], 'The contact is back: pat.'],
  ['B11', 'M1 is suggested by the policy', ['wait 2h'], 'The policy suggests M1; the customer has not asked for it.'],
  ['B11', 'a suggestion escalates nothing', ['wait 25h'], '= severity 0 · NORMAL'],
  ['B11', 'the executive', ['wait 24h'], 'The policy suggests executive'],
];

function last(rows: readonly string[], over: string): string {
  const story = new Story((changes) => policyFrom({ hotline: '+1 555 0100', ...changes }));
  if (over !== '') story.run(`policy ${over}`);
  const told = rows.map((row) => story.run(row)).at(-1) ?? [];
  return [...told, `= ${story.standing()}`].join('\n');
}

test.each(ANSWERS)('%s %s', (_requirement, _edge, acts, text) => expect(last([...OPEN, ...acts], '')).toContain(text));
test.each(LASTING)('%s in an emergency: %s', (_requirement, _edge, acts, text) => expect(last([...DOWN, ...acts], QUIET)).toContain(text));
test.each(RUNNING)('%s by the clock: %s', (_requirement, _edge, acts, text) => expect(last([...DOWN, ...acts], '')).toContain(text));

test('no line is missing: each of R12-R37 and what lies behind the guide has one', () => {
  const rows = [...ANSWERS, ...LASTING, ...RUNNING].map(([requirement]) => requirement);
  const wanted = [...Array.from({ length: 26 }, (_, index) => `R${index + 12}`), 'B4', 'B5', 'B8', 'B10', 'B11', 'B14'];
  expect(wanted.filter((requirement) => !rows.includes(requirement))).toEqual([]);
});
