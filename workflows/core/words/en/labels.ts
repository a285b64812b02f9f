/** Names of things in English. */
import type { PassedOver } from '../../language/reach';
import type { Labels } from '../labels';

/** A newcomer reads a list before any document. */
export const attentions: Labels['attentions'] = {
  UNACKNOWLEDGED: 'waits for an answer',
  NOBODY_REACHED: 'nobody was reached',
  CONTACT_UNAVAILABLE: "the customer's contact is silent",
  PROGRESS_STALLED: 'no progress',
  UPDATE_OVERDUE: 'the customer waits for an update',
  PROMISE_OVERDUE: 'a promise is overdue',
  PROVISIONAL_ENTITLEMENT: 'check the entitlement',
  NO_ENGINEER: 'no engineer',
  E_DOWN_REQUESTED: 'E-Down asked for: call back',
  E_DOWN_REFUSED: 'E-Down refused: call back',
  SEVERITY_ZERO_IDLE: 'severity 0 and no work round the clock',
  OWNER_UNKNOWN: 'its owner is in no directory',
  CALL_BACK_DUE: 'a call is due',
};

export const severities: Labels['severities'] = {
  0: 'Enterprise Down',
  1: 'Business Critical',
  2: 'Business Moderately Impacted',
  3: 'General Question',
};

export const levels: Labels['levels'] = {
  NORMAL: 'not escalated',
  M1: 'escalated to M1',
  M2: 'escalated to M2',
};

export const emergencies: Labels['emergencies'] = {
  NONE: '',
  ACTIVE: 'work goes on round the clock',
  STEPPED_DOWN: 'stepped down from round-the-clock work',
};

/** The guide's wording (S15). */
export const categories: Labels['categories'] = {
  MOST_USERS_NO_ACCESS: 'Most end users cannot access the server software.',
  SERVER_UNRESPONSIVE:
    'The enterprise server stays unresponsive or repeatedly exits, causing unacceptable or indefinite delays.',
  SUPPLIERS_NO_ACCESS: 'Suppliers cannot consistently access the software.',
  USER_PRODUCTIVITY_LOSS: 'End-user activity causes a productivity loss of 80% or more.',
  SERVER_PERFORMANCE_LOSS: 'Enterprise-server performance causes a productivity loss of 80% or more.',
};

/** The guide's questions; Q4 asks for two things (S21). */
export const questions: Labels['questions'] = {
  category: 'What is your justification? Choose one E-Down category.',
  totalUsers: 'How many users in total are on this production system?',
  affectedUsers: 'How many of them are affected?',
  actionsTaken: 'What has been done to bring the system back online?',
  contactChanges: 'Which contact information is new or has changed since the case was opened ("none")?',
  downSince: 'How long has the system been down?',
  allProductionStopped: 'Has all production work stopped, and can it not reasonably continue?',
  confirmGenuine: 'Is this a genuine Enterprise Down?',
  technicalContact: 'Who is the technical contact for as long as it lasts, on site or by pager?',
};

export const attested: Labels['attested'] = {
  english: 'English',
  knowsSoftware: 'knowledge of the software',
  knowsEnvironment: 'knowledge of the production environment',
};

export const purposes: Labels['purposes'] = {
  SEVERITY_CHANGED: 'severity changed',
  ASSIGNED: 'the case is yours',
  ENGINEER_NEEDED: 'an engineer is needed',
  E_DOWN_STARTED: 'E-Down has started',
  E_DOWN_ALERT: 'E-Down alert',
  E_DOWN_ENDED: 'E-Down has ended',
  E_DOWN_REQUESTED: 'call back: E-Down asked for',
  E_DOWN_REFUSED: 'call back: E-Down refused',
  SEVERITY_ZERO_IDLE: 'severity 0 without an emergency',
  ENTITLEMENT_CHECK: 'check the entitlement',
  ESCALATED_M1: 'escalated to you (M1)',
  ESCALATED_M2: 'escalated to you (M2)',
  ESCALATION_REMINDER: 'the customer asks again',
  ESCALATION_INFO: 'for your information',
  PROMISE_WARNING: 'a promise is nearly due',
  PROMISE_OVERDUE: 'a promise is overdue',
  PROGRESS_STALLED: 'no progress',
  HAND_OVER: 'hand-over',
  CONTACT_CHECK: 'technical contact',
  CONTACT_ACTION: 'please help',
  CONFIRM_WORKABLE_SYSTEM: 'does the system work?',
  MANAGER_REQUESTED: 'the customer asks for a manager',
  SPR_ESCALATED: 'SPR escalated',
  SPR_UPDATED: 'SPR news',
  NOBODY_REACHED: 'nobody was reached',
  REVIEW_DUE: 'review due',
};

export const wordStates: Labels['wordStates'] = {
  ROTA_CHANGED: 'ROTA',
  TURN_BEGINS: 'ROTA',
  CALENDAR_STALE: 'ROTA',
  TEST: 'TEST',
};

export const wordHeadlines: Labels['wordHeadlines'] = {
  ROTA_CHANGED: 'your next turn has moved',
  TURN_BEGINS: 'your turn begins soon',
  CALENDAR_STALE: 'a calendar is stale',
  TEST: 'a test of your channels',
};

export const audiences: Labels['audiences'] = {
  ENGINEER: 'the engineer',
  MANAGER: 'the manager',
  SECOND_LEVEL_MANAGER: 'the second-level manager',
  ON_CALL: 'whoever is on call',
  DUTY_MANAGER: 'the duty manager',
  DUTY_EXECUTIVE: 'the duty executive',
  RND: 'R&D',
  CONTACT: 'the technical contact',
};

export const clocks: Labels['clocks'] = {
  FIRST_CONTACT: 'first contact with the customer',
  CUSTOMER_UPDATE: 'update to the customer',
  PROGRESS: 'substantive progress',
  MANAGER_CONTACT: 'the manager contacts the customer',
  STAFFING: 'the manager confirms staffing',
};

export const routes: Labels['routes'] = {
  DIRECT: 'direct',
  DELEGATE: 'stands in',
  NEXT_UP: 'next manager up',
  ON_CALL: 'on call',
  NEXT_TEAM: 'next team',
  DUTY_MANAGER: 'duty manager',
  DUTY_EXECUTIVE: 'duty executive',
  CONTACT: 'contact',
  NAMED: 'by name',
};

export const passedOverWhy: Labels['passedOver'] = {
  AWAY: 'away',
  UNKNOWN_PERSON: 'not in the directory',
  SELF_MANAGED: 'would manage their own work',
  CYCLE: 'stands in for themselves',
  OFF_SHIFT: 'off shift',
  BARRED: 'may not have it',
};

export const failures: Labels['failures'] = {
  NO_PERSON: 'nobody there',
  NO_ADDRESS: 'no channel left',
  PROVIDER_DOWN: 'provider down',
  REJECTED_BY_PROVIDER: 'refused by the provider',
  TIMED_OUT: 'no result in time',
  CANCELLED: 'called back',
  KNOWS_ALREADY: 'knows already',
};

export const unreached: Labels['unreached'] = {
  ...failures,
  NO_ANSWER: 'no answer',
  ACK_EXPIRED: 'took it and did nothing',
  HAS_OTHER_LEVEL: 'has the other level',
  HAS_THE_CASE: 'has the case',
};

export const notWaitedFor: Labels['notWaitedFor'] = {
  NO_WORKING_CHANNEL: 'no working channel',
  NO_CHANNEL: 'no channel',
  TRANSFER_FAILED: 'the transfer failed',
  BARRED: 'may not have it',
};

export const endedHow: Labels['endedHow'] = {
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed out',
  FAILED: 'failed',
  CANCELED: 'cancelled',
};

/** How a need came to its end. */
export const ends: Labels['ends'] = {
  ANSWERED: 'somebody has answered',
  ACTED_ON: 'somebody has done something about it',
  NOT_NEEDED: 'it is done',
  WITHDRAWN: 'things are back as they were',
  OVERTAKEN: 'another page asks for more',
  REASSIGNED: 'the case has another engineer',
  DE_ESCALATED: 'the case was de-escalated with the customer’s agreement',
  EMERGENCY_ENDED: 'the emergency has ended',
  CASE_CLOSED: 'the case was closed',
};

export const roles: Labels['roles'] = {
  CUSTOMER: 'customer',
  CONTACT: 'contact',
  ENGINEER: 'engineer',
  MANAGER: 'manager',
  ASSISTANT: 'assistant',
  SERVICE: 'service',
};

export const statuses: Labels['statuses'] = {
  OPEN: 'open',
  CLOSED: 'closed',
};

export const reasons: Labels['reasons'] = {
  RESOLUTION_TIME: 'resolution time',
  TECHNICAL_EXPERTISE: 'technical expertise',
  BUSINESS_IMPACT: 'business impact',
  INACTIVITY: 'inactivity',
  CUSTOMER_DEADLINE: 'a deadline of the customer',
};

export const sprStatuses: Labels['sprStatuses'] = {
  LINKED: 'linked',
  SUBMITTED: 'submitted to development',
  ESCALATED: 'escalated to development',
  RESOLVED: 'resolved',
};

export const contactWays: Labels['contactWays'] = {
  PHONE: 'phone',
  EMAIL: 'email',
  MEETING: 'meeting',
};

export const actionKinds: Labels['actionKinds'] = {
  GATHER_DATA: 'gather data',
  TEST: 'test',
  APPLY_FIX: 'apply a fix',
};

export const means: Labels['means'] = {
  LINK: 'by link',
  SLACK: 'in Slack',
  VOICE: 'on the phone',
  SMS: 'by SMS',
  CLI: 'in the shell',
  WEB: 'in the Web UI',
};

export const emergencyEnds: Labels['emergencyEnds'] = {
  WORKABLE_SYSTEM: 'the system works again',
  SEVERITY_LOWERED: 'the severity was lowered',
  STEPPED_DOWN: 'stepped down from round-the-clock work',
};

/** Behind "reviewed by ana:". */
export const verdicts: Labels['verdicts'] = {
  CONFIRMED: 'confirmed',
  PROPOSE_LOWER: 'a lower severity is proposed',
};

export const handOverEnds: Labels['handOverEnds'] = {
  EMERGENCY_ENDED: 'the emergency has ended',
  REASSIGNED: 'the case has another engineer',
  CASE_CLOSED: 'the case was closed',
  TAKEN_OVER: 'somebody goes on from here',
};

export const delays: Labels['delays'] = {
  SLOW: 'no result yet',
  BUSY: 'the channel is busy',
  FAILED: 'it failed',
};

export const settled: Labels['settled'] = {
  ANSWERED: 'somebody has answered',
  OVERTAKEN: 'another page asks for more',
  OVER: 'it is over',
};

/** Why somebody else was called. */
export const passedOver = (people: readonly PassedOver[]): string =>
  people.length === 0
    ? ''
    : `; passed over: ${people.map(({ person, why, for: whom }) => `${person} (${passedOverWhy[why]}${whom ? `, for ${whom}` : ''})`).join(', ')}`;
