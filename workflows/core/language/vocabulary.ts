/**
 * The words of the domain, each once: every list here is closed, and its type is derived from it.
 * Names are those that callers use; the guide's own terms are in docs/glossary.md.
 */

/** 0 = Enterprise Down, 1 = Business Critical, 2 = Business Moderately Impacted, 3 = General Question (R4). */
export const SEVERITIES = [0, 1, 2, 3] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Management attention. One step a request, never derived from the severity (R2, R38). */
export const LEVELS = ['NORMAL', 'M1', 'M2'] as const;
export type Level = (typeof LEVELS)[number];
export type ManagedLevel = Exclude<Level, 'NORMAL'>;

export const EMERGENCIES = ['NONE', 'ACTIVE', 'STEPPED_DOWN'] as const;
export type Emergency = (typeof EMERGENCIES)[number];

export const STATUSES = ['OPEN', 'CLOSED'] as const;
export type Status = (typeof STATUSES)[number];

export const ROLES = ['CUSTOMER', 'CONTACT', 'ENGINEER', 'MANAGER', 'ASSISTANT', 'SERVICE'] as const;
export type Role = (typeof ROLES)[number];

export const CHANNELS = ['CASE_LOGGER', 'CASE_TRACKER', 'PHONE', 'DESK', 'API'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a person gave an answer to a page. */
export const MEANS = ['LINK', 'SLACK', 'VOICE', 'SMS', 'CLI', 'WEB'] as const;
export type Means = (typeof MEANS)[number];

export const ENVIRONMENTS = ['PRODUCTION', 'TEST', 'DEVELOPMENT'] as const;

/** The guide's five E-Down categories C1-C5, in its order (S15, R16). */
export const E_DOWN_CATEGORIES = [
  'MOST_USERS_NO_ACCESS',
  'SERVER_UNRESPONSIVE',
  'SUPPLIERS_NO_ACCESS',
  'USER_PRODUCTIVITY_LOSS',
  'SERVER_PERFORMANCE_LOSS',
] as const;
export type EDownCategory = (typeof E_DOWN_CATEGORIES)[number];

/** Why the customer escalates (B12). */
export const ESCALATION_REASONS = [
  'RESOLUTION_TIME',
  'TECHNICAL_EXPERTISE',
  'BUSINESS_IMPACT',
  'INACTIVITY',
  'CUSTOMER_DEADLINE',
] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

export const CONTACT_ACTION_KINDS = ['GATHER_DATA', 'TEST', 'APPLY_FIX'] as const;
export type ContactActionKind = (typeof CONTACT_ACTION_KINDS)[number];

export const REACHES = ['ON_SITE', 'PAGER'] as const;
export type ContactReach = (typeof REACHES)[number];

export const CONTACT_WAYS = ['PHONE', 'EMAIL', 'MEETING'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

/** The life of a linked Software Performance Report (B13). */
export const SPR_STATUSES = ['LINKED', 'SUBMITTED', 'ESCALATED', 'RESOLVED'] as const;
export type SprStatus = (typeof SPR_STATUSES)[number];

/** What a desk must look at now; an empty set is green. */
export const ATTENTION = [
  'UNACKNOWLEDGED',
  'NOBODY_REACHED',
  'CONTACT_UNAVAILABLE',
  'PROGRESS_STALLED',
  'UPDATE_OVERDUE',
  'PROMISE_OVERDUE',
  'PROVISIONAL_ENTITLEMENT',
  'NO_ENGINEER',
  'E_DOWN_REQUESTED',
  'E_DOWN_REFUSED',
  'SEVERITY_ZERO_IDLE',
  'OWNER_UNKNOWN',
  'CALL_BACK_DUE',
] as const;
export type Attention = (typeof ATTENTION)[number];

/** Who a page is meant for; the person is looked up in the directory when it is sent. */
export const AUDIENCES = [
  'ENGINEER',
  'MANAGER',
  'SECOND_LEVEL_MANAGER',
  'ON_CALL',
  'DUTY_MANAGER',
  'DUTY_EXECUTIVE',
  'RND',
  'CONTACT',
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Why somebody is paged. */
export const PURPOSES = [
  'SEVERITY_CHANGED',
  'ASSIGNED',
  'ENGINEER_NEEDED',
  'E_DOWN_STARTED',
  'E_DOWN_ALERT',
  'E_DOWN_ENDED',
  'E_DOWN_REQUESTED',
  'E_DOWN_REFUSED',
  'SEVERITY_ZERO_IDLE',
  'ENTITLEMENT_CHECK',
  'ESCALATED_M1',
  'ESCALATED_M2',
  'ESCALATION_REMINDER',
  'ESCALATION_INFO',
  'PROMISE_WARNING',
  'PROMISE_OVERDUE',
  'PROGRESS_STALLED',
  'HAND_OVER',
  'CONTACT_CHECK',
  'CONTACT_ACTION',
  'CONFIRM_WORKABLE_SYSTEM',
  'MANAGER_REQUESTED',
  'SPR_ESCALATED',
  'SPR_UPDATED',
  'NOBODY_REACHED',
  'REVIEW_DUE',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A promise with a deadline (B4). All are calendar time. */
export const CLOCK_KINDS = ['FIRST_CONTACT', 'CUSTOMER_UPDATE', 'PROGRESS', 'MANAGER_CONTACT', 'STAFFING'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** Who says so: a person's act, or a rule of the policy that must never pass for the customer's act (B11). */
export type Origin = 'PERSON' | 'POLICY';

/** The guide's questions Q1-Q5, and what it asks for besides; by the fields that answer them (S21). */
export const QUESTIONS = [
  'category',
  'totalUsers',
  'affectedUsers',
  'actionsTaken',
  'contactChanges',
  'downSince',
  'allProductionStopped',
  'confirmGenuine',
  'technicalContact',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** What a technical contact attests (R32). */
export const ATTESTED = ['english', 'knowsSoftware', 'knowsEnvironment'] as const;
export type Attested = (typeof ATTESTED)[number];

/** How an execution ends that a case does not end by itself: somebody or something outside did it. */
export const ENDED_OUTSIDE = ['TERMINATED', 'TIMED_OUT', 'FAILED', 'CANCELED'] as const;
export type EndedHow = (typeof ENDED_OUTSIDE)[number];

/** What a manager makes of an E-Down afterwards (B10). */
export const REVIEW_VERDICTS = ['CONFIRMED', 'PROPOSE_LOWER'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];
