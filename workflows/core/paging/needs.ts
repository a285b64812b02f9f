/**
 * Everything that a case may need of somebody: one row each, read against the guide. A need is asked for until it is
 * held or over; who is asked next is for ladder.ts, and which event asks for it for who-is-told.ts.
 * The rows stand in the order of what matters most: what a person is asked first is what their page is called by.
 */
import type { Audience, Purpose } from '../language/vocabulary';

/**
 * EMERGENCY rings before everything else; URGENT rings; BY_SEVERITY rings at severity 0 and 1; IN_EMERGENCY rings while
 * the emergency is active; NEVER rings nobody. What does not ring goes out over the normal channels.
 */
export type Urgency = 'EMERGENCY' | 'URGENT' | 'BY_SEVERITY' | 'IN_EMERGENCY' | 'NEVER';

/** Who is not asked, and may not take it: nobody manages their own work, and nobody judges what they have caused. */
export type Barred =
  | 'ENGINEER'
  | 'ENGINEER_UNLESS_OFFERED'
  | 'M1_OWNER'
  | 'M2_OWNER'
  /** Whom the last look-up places below the owner of M1 (R45). */
  | 'BELOW_M1'
  /** Who is being asked for the other level just now: M1 and M2 are two persons, also while asking (R45). */
  | 'ASKED_FOR_M1'
  | 'ASKED_FOR_M2'
  | 'LEVEL_OWNERS'
  /** Who has the emergency's alerts: whoever works on it. */
  | 'ALERTS_HOLDER'
  | 'HAND_OVER_GIVER'
  | 'HAND_OVER_TARGET';

/**
 * What an answer does. ANSWER: the need is over. ACT: it is theirs until they act, and expires without. FACT: it is theirs
 * until what is wanted has come about. ITSELF: the answer is what is wanted, and no other act counts for it.
 */
export type EndsBy = 'ANSWER' | 'ACT' | 'FACT' | 'ITSELF';

/** What ends it besides an answer. */
export type EndsWith = 'EMERGENCY' | 'M1' | 'M2' | 'REASSIGNMENT' | 'CLOSING';

interface Row {
  /** Whose ladder is climbed. */
  readonly audience: Audience;
  /** Of that ladder these rungs only, where the others could not do it. */
  readonly rungs?: readonly Audience[];
  readonly purpose: Purpose;
  readonly urgency: Urgency;
  readonly barred: readonly Barred[];
  /** Who is not asked either, and yet is welcome. */
  readonly notAsked?: readonly Barred[];
  readonly endsBy: EndsBy;
  readonly endsWith: readonly EndsWith[];
  /** Needs that say more: where one of them is asked for, this one is over. */
  readonly overtakenBy: readonly string[];
  /** Only a manager can do it, so only a manager has it (D4). */
  readonly isForManagers?: true;
  /** The engineer's own: whoever else has taken it meanwhile, they stay asked, and may take it over. */
  readonly isTheEngineers?: true;
  /** News: once whose case it is has answered they have heard it, and whether they act on it is asked by another need (H3). */
  readonly isNews?: true;
  /** Told again and again at a cadence of its own: the newest fact is no news to whoever was asked before. */
  readonly hasCadence?: true;
  /** One talk with the customer settles it: whoever has promised that talk for another such need has this one too (H2). */
  readonly isOneTalk?: true;
  /** Many at once, one a subject: an action, an SPR, a past episode. */
  readonly perSubject?: true;
  /** Asked only in these hours of the person's own clock: not in the contact's night, or Monday to Friday, 9 to 17. */
  readonly hours?: 'AWAKE' | 'WORKING';
  /** The key of its words in the catalogues (words/), where they are another need's; its own name when left out. */
  readonly words?: string;
}

const EMERGENCY_ROUTES = ['E_DOWN_STARTED', 'E_DOWN_ALERT'] as const;
const UNTIL_CLOSED = ['CLOSING'] as const;
const UNTIL_EMERGENCY_ENDS = ['EMERGENCY', 'CLOSING'] as const;
const TO_THE_END = [] as const;

export const NEEDS = {
  /** R27: somebody works on the emergency, at every moment of it. */
  E_DOWN_ALERT: {
    audience: 'ON_CALL',
    purpose: 'E_DOWN_ALERT',
    urgency: 'EMERGENCY',
    barred: [],
    notAsked: ['HAND_OVER_GIVER'],
    endsBy: 'FACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
    hasCadence: true,
  },
  /** R27: the engineer of the case hears that it is an Enterprise Down now. */
  E_DOWN_STARTED: {
    audience: 'ENGINEER',
    purpose: 'E_DOWN_STARTED',
    urgency: 'EMERGENCY',
    barred: [],
    endsBy: 'ACT',
    endsWith: ['EMERGENCY', 'REASSIGNMENT', 'CLOSING'],
    overtakenBy: [],
    isTheEngineers: true,
    isNews: true,
  },
  /** R37: production is said to be down; somebody calls back and asks what is missing. */
  E_DOWN_REQUESTED: {
    audience: 'ENGINEER',
    purpose: 'E_DOWN_REQUESTED',
    urgency: 'URGENT',
    barred: [],
    endsBy: 'FACT',
    endsWith: TO_THE_END,
    overtakenBy: EMERGENCY_ROUTES,
    isOneTalk: true,
  },
  /** R37, H9, D16: an E-Down was declared and refused; somebody talks to the customer about it, on a closed case too. */
  E_DOWN_REFUSED: {
    audience: 'ENGINEER',
    purpose: 'E_DOWN_REFUSED',
    urgency: 'URGENT',
    barred: [],
    endsBy: 'FACT',
    endsWith: TO_THE_END,
    overtakenBy: [...EMERGENCY_ROUTES, 'E_DOWN_REQUESTED'],
    isOneTalk: true,
  },
  /** R44, R45: a second-level manager takes the case. */
  M2: {
    audience: 'SECOND_LEVEL_MANAGER',
    purpose: 'ESCALATED_M2',
    urgency: 'URGENT',
    barred: ['ENGINEER', 'M1_OWNER', 'BELOW_M1', 'ASKED_FOR_M1'],
    isForManagers: true,
    endsBy: 'ACT',
    endsWith: ['M2', 'M1', 'CLOSING'],
    overtakenBy: [],
  },
  /** R40, R48: the direct manager takes the case. */
  M1: {
    audience: 'MANAGER',
    purpose: 'ESCALATED_M1',
    urgency: 'URGENT',
    barred: ['ENGINEER', 'M2_OWNER', 'ASKED_FOR_M2'],
    isForManagers: true,
    endsBy: 'ACT',
    endsWith: ['M1', 'CLOSING'],
    overtakenBy: [],
  },
  /** R30, B5: the contact gives a sign; of what is asked of them the first, for it rings those who were silent. */
  CONTACT_CHECK: {
    audience: 'CONTACT',
    purpose: 'CONTACT_CHECK',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ANSWER',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
    hours: 'AWAKE',
  },
  /** R28: the contact says whether the system works. */
  CONFIRM_WORKABLE_SYSTEM: {
    audience: 'CONTACT',
    purpose: 'CONFIRM_WORKABLE_SYSTEM',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
  },
  /** R31: the contact gathers data, tests, applies a fix. */
  CONTACT_ACTION: {
    audience: 'CONTACT',
    purpose: 'CONTACT_ACTION',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
    perSubject: true,
  },
  /** B8: whoever goes writes the hand-over; whoever comes could not. */
  HAND_OVER_WRITE: {
    audience: 'MANAGER',
    purpose: 'HAND_OVER',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: ['EMERGENCY', 'REASSIGNMENT', 'CLOSING'],
    overtakenBy: ['HAND_OVER_ACCEPT', 'HAND_OVER_OVERDUE'],
  },
  /** B8: somebody of those who come accepts it by name. */
  HAND_OVER_ACCEPT: {
    audience: 'ON_CALL',
    rungs: ['ON_CALL'],
    purpose: 'HAND_OVER',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER_UNLESS_OFFERED', 'HAND_OVER_GIVER'],
    endsBy: 'ITSELF',
    endsWith: ['EMERGENCY', 'REASSIGNMENT', 'CLOSING'],
    overtakenBy: [],
  },
  /** B8: it was not written, or not accepted, in time. */
  HAND_OVER_OVERDUE: {
    audience: 'MANAGER',
    purpose: 'HAND_OVER',
    urgency: 'BY_SEVERITY',
    barred: ['HAND_OVER_GIVER', 'HAND_OVER_TARGET'],
    endsBy: 'FACT',
    endsWith: ['EMERGENCY', 'REASSIGNMENT', 'CLOSING'],
    overtakenBy: [],
  },
  /** R29, B11: no substantive progress; somebody other than who works on it looks into it. */
  PROGRESS_STALLED: {
    audience: 'MANAGER',
    purpose: 'PROGRESS_STALLED',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER', 'ALERTS_HOLDER'],
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: [],
    hasCadence: true,
  },
  /** R50: the customer waits for a manager's call, on a closed case too. */
  MANAGER_REQUESTED: {
    audience: 'MANAGER',
    purpose: 'MANAGER_REQUESTED',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER'],
    isForManagers: true,
    endsBy: 'FACT',
    endsWith: TO_THE_END,
    overtakenBy: [],
  },
  /** B4, R43: promises that were broken go to somebody other than who broke them, until they are kept (H8). */
  FIRST_CONTACT: {
    audience: 'MANAGER',
    purpose: 'PROMISE_OVERDUE',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER'],
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: [],
    hasCadence: true,
  },
  MANAGER_CONTACT: {
    audience: 'SECOND_LEVEL_MANAGER',
    purpose: 'PROMISE_OVERDUE',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER', 'LEVEL_OWNERS'],
    isForManagers: true,
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: [],
    hasCadence: true,
  },
  STAFFING: {
    audience: 'SECOND_LEVEL_MANAGER',
    purpose: 'PROMISE_OVERDUE',
    urgency: 'BY_SEVERITY',
    barred: ['ENGINEER', 'LEVEL_OWNERS'],
    isForManagers: true,
    endsBy: 'FACT',
    endsWith: ['M1', 'CLOSING'],
    overtakenBy: [],
    hasCadence: true,
  },
  /** B4: the customer hears from us again; while the first contact is asked for, that is the same call. */
  CUSTOMER_UPDATE: {
    audience: 'ENGINEER',
    purpose: 'PROMISE_OVERDUE',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: ['FIRST_CONTACT'],
    hasCadence: true,
  },
  /** B5: nobody of the customer's gives a sign; a person decides whether to lower. */
  CONTACT_UNAVAILABLE: {
    audience: 'MANAGER',
    purpose: 'CONTACT_CHECK',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
  },
  /** R31: what was asked of the contact did not come in time. */
  CONTACT_ACTION_OVERDUE: {
    audience: 'ENGINEER',
    purpose: 'CONTACT_ACTION',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
    perSubject: true,
  },
  /** R30: a page to the contact could not be delivered. */
  CONTACT_UNREACHED: {
    audience: 'ENGINEER',
    purpose: 'CONTACT_CHECK',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ACT',
    endsWith: UNTIL_EMERGENCY_ENDS,
    overtakenBy: [],
  },
  /** R9, H9: no engineer, or one whom nobody knows; asked until there is one. */
  ENGINEER_NEEDED: {
    audience: 'ON_CALL',
    purpose: 'ENGINEER_NEEDED',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: ['ASSIGNED'],
  },
  /** R9: whose case it is hears that it is theirs. */
  ASSIGNED: {
    audience: 'ENGINEER',
    purpose: 'ASSIGNED',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ACT',
    endsWith: UNTIL_CLOSED,
    // Not by an alert: that is asked of whoever is on call, and whose case it is would hear nothing.
    overtakenBy: ['E_DOWN_STARTED', 'ENGINEER_NEEDED'],
    isTheEngineers: true,
  },
  /** R9: each change of severity reaches the engineer once; a newer one takes the place of an older one (H6). */
  SEVERITY_CHANGED: {
    audience: 'ENGINEER',
    purpose: 'SEVERITY_CHANGED',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'ACT',
    endsWith: ['REASSIGNMENT', 'CLOSING'],
    overtakenBy: ['E_DOWN_STARTED', 'ASSIGNED'],
    isTheEngineers: true,
  },
  /** R46: the engineer joins the team of three; whoever else takes it sees to it that they do. */
  TEAM_ENGINEER: {
    audience: 'ENGINEER',
    purpose: 'ESCALATION_INFO',
    urgency: 'BY_SEVERITY',
    barred: [],
    endsBy: 'FACT',
    endsWith: ['M2', 'M1', 'REASSIGNMENT', 'CLOSING'],
    overtakenBy: [],
    isTheEngineers: true,
  },
  /** H9: severity 0, and nobody works round the clock: lower it, or declare it again. */
  SEVERITY_ZERO_IDLE: {
    audience: 'ENGINEER',
    purpose: 'SEVERITY_ZERO_IDLE',
    urgency: 'NEVER',
    barred: [],
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: EMERGENCY_ROUTES,
  },
  /** R47: whoever owns R&D takes an escalated SPR. */
  SPR_ESCALATED: {
    audience: 'RND',
    purpose: 'SPR_ESCALATED',
    urgency: 'IN_EMERGENCY',
    barred: [],
    endsBy: 'ACT',
    endsWith: ['M1', 'CLOSING'],
    overtakenBy: [],
    perSubject: true,
  },
  /** R13: an E-Down was accepted without knowing whether the customer is entitled to it; 24x7 goes on meanwhile. */
  ENTITLEMENT_CHECK: {
    audience: 'MANAGER',
    purpose: 'ENTITLEMENT_CHECK',
    urgency: 'NEVER',
    barred: [],
    isForManagers: true,
    endsBy: 'FACT',
    endsWith: UNTIL_CLOSED,
    overtakenBy: [],
    hours: 'WORKING',
  },
  /** B10: the review after an emergency, on a closed case too. */
  REVIEW_DUE: {
    audience: 'MANAGER',
    purpose: 'REVIEW_DUE',
    urgency: 'NEVER',
    barred: ['ENGINEER'],
    isForManagers: true,
    endsBy: 'FACT',
    endsWith: TO_THE_END,
    overtakenBy: [],
    perSubject: true,
    hours: 'WORKING',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type NeedKind = keyof typeof NEEDS;
type PerSubject = { [K in NeedKind]: (typeof NEEDS)[K] extends { perSubject: true } ? K : never }[NeedKind];
/** What the catalogues of words have to say. */
export type NeedWordsKey = {
  [K in NeedKind]: (typeof NEEDS)[K] extends { readonly words: infer W extends string } ? W : K;
}[NeedKind];
/** What tells two needs apart: the kind, and where there may be many of it, what it is about. */
export type NeedKey = Exclude<NeedKind, PerSubject> | `${PerSubject}:${string}`;

export const NEED_KINDS = Object.keys(NEEDS) as readonly NeedKind[];
/** The row, as every row is: rules look at one without knowing which. */
export const rowOf = (kind: NeedKind): Row => NEEDS[kind];
export const wordsKeyOf = (kind: NeedKind): NeedWordsKey => (rowOf(kind).words ?? kind) as NeedWordsKey;
/** Lower comes first. */
export const placeOf = (kind: NeedKind): number => NEED_KINDS.indexOf(kind);

/** A need by its kind, and by what it is about where there may be many. */
export type NeedRef =
  { readonly kind: Exclude<NeedKind, PerSubject> } | { readonly kind: PerSubject; readonly subject: string };

export const keyOf = (ref: NeedRef): NeedKey => ('subject' in ref ? `${ref.kind}:${ref.subject}` : ref.kind);

/** Where `newer` is asked for, `older` is over: it says more. */
export function overtakes(newer: NeedKind, older: NeedKind): boolean {
  const overtakenBy: readonly NeedKind[] = NEEDS[older].overtakenBy;
  return overtakenBy.includes(newer);
}

/** How a need came to its end. */
export type NeedEnd =
  | 'ANSWERED'
  | 'ACTED_ON'
  | 'NOT_NEEDED'
  | 'WITHDRAWN'
  | 'OVERTAKEN'
  | 'REASSIGNED'
  | 'DE_ESCALATED'
  | 'EMERGENCY_ENDED'
  | 'CASE_CLOSED';
