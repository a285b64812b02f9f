/**
 * What a case knows between two commands. JSON-safe and small, because continue-as-new carries it whole: no Map, Set,
 * Date; lists that could grow without end are bounded here. Instants are epoch milliseconds.
 */
import type { CaseEvent } from './events';
import type { CaseOpening, Contact, EDownAnswers } from './inputs';
import type { Shift } from './pages';
import type { CasePolicy } from './policy';
import type { Audience, ClockKind, ContactActionKind, Emergency, EscalationReason, Level, Purpose, Severity, SprStatus, Status } from './vocabulary';

/** How much of the past travels with the case; the rest is in its Temporal histories. */
export const KEEP = { events: 100, requests: 200, closedPages: 24, episodes: 10, actions: 30, sprs: 20, contacts: 20 } as const;
/** What the events that travel, or the answered requests, may take as JSON: three bytes a character is still below what Temporal carries. */
const TRAVELLING = 300_000;

/** The youngest so many; whatever may not go yet stays, however old. */
export function youngest<T>(items: readonly T[], keep: number, mayGo: (item: T) => boolean): T[] {
  const over = items.filter(mayGo).slice(0, Math.max(0, items.length - keep));
  return items.filter((item) => !over.includes(item));
}

/** One need, one ladder, one acknowledgement. */
export interface Ladder {
  /** The need: `M1`, `E_DOWN_ALERT`, `SEVERITY_CHANGED-12`. */
  readonly key: string;
  readonly audience: Audience;
  readonly purpose: Purpose;
  readonly urgent: boolean;
  readonly startedAt: number;
  /** What its last page said. */
  what: string;
  /** Which rung of the audience's ladder (ladder.ts) the next page goes to. */
  rung: number;
  round: number;
  roundSince: number;
  /** Asked in this round without an answer. */
  tried: string[];
  /** Everybody paged on this ladder, once: they are told who has it. */
  paged: string[];
  /** Who has to answer now, once a provider has taken the page. */
  target: string | null;
  /** When the target's time to answer is over; null while acknowledged or between rounds. */
  answerDueAt: number | null;
  /** When the next round begins; null while somebody is being paged. */
  retryAt: number | null;
  ack: { person: string; at: number; expiresAt: number } | null;
  nobodyReached: boolean;
}

export type PageStatus = 'SENDING' | 'SENT' | 'FAILED' | 'UNANSWERED' | 'ACKNOWLEDGED' | 'ENDED';

export interface Page {
  readonly pageId: string;
  readonly ladder: string | null;
  /** Its ladder has ended: an answer now must not stop a newer one of the same need (R48). */
  settled: boolean;
  readonly audience: Audience;
  readonly purpose: Purpose;
  /** Whose chart counted when it was sent. */
  engineer: string | null;
  readonly urgent: boolean;
  readonly requestedAt: number;
  readonly what: string;
  /** Set when it is for exactly this person. */
  readonly named: string | null;
  attempt: number;
  status: PageStatus;
  person: string | null;
  name: string | null;
  channel: string | null;
  /** Every channel that it was sent or tried on. */
  used: string[];
  channelsLeft: number;
  /** When the same person's next channel is tried too. */
  nextChannelAt: number | null;
  /** Results that never came back, in a row (TIMED_OUT). */
  timeouts: number;
  /** A provider has taken it on some channel. */
  accepted: boolean;
  excluding: string[];
  readonly unless?: readonly string[];
  ackBy: string | null;
}

export interface Clock {
  readonly kind: ClockKind;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Warnings given, as a count of the policy's percentages. */
  warned: number;
  breachedAt: number | null;
}

/** One level of management attention; M1 and M2 each have one, with owners that always differ (R45). */
export interface Tier {
  status: 'PENDING' | 'ENGAGED';
  readonly since: number;
  owner: string | null;
  acceptedAt: number | null;
  remindedAt: number | null;
  /** Whether the customer asked for it on the phone or over the Web (R51). */
  readonly byPhone: boolean;
}

export interface Episode {
  readonly number: number;
  readonly startedAt: number;
  readonly answers: EDownAnswers;
  readonly downSince: number;
  readonly warnings: string[];
  readonly provisional: boolean;
  alerts: number;
  nextAlertAt: number;
  /** seq of the last alert: the next one tells what has happened since. */
  alertedSeq: number;
  /** seq of the alert before it. */
  sinceAlert: number;
  /** Last sign of the technical contact, and how far the contact check has gone since (B5). */
  contactSeenAt: number;
  contactStage: 'PRESENT' | 'CHECKED' | 'UNAVAILABLE' | 'LOWERING_PROPOSED';
  contactCheckAt: number;
  /** A manager has heard that the contact is gone: whoever was asked anew meanwhile, they hear when one is back. */
  contactReported?: boolean;
  shift: (Shift & { readonly person: string }) | null;
  /** When somebody last accepted a hand-over; in the overlap before a window's end it counts for that end. */
  handedOverAt?: number;
  /** Everybody who was paged for this emergency, with the audience they were paged as: they are told when it ends. */
  paged: { person: string; audience: Audience }[];
}

export interface PastEpisode {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly how: string;
  readonly reviewDueAt: number;
  reviewRemindedAt: number | null;
  review: { verdict: string; note: string; by: string } | null;
}

export interface ContactAction {
  readonly actionId: string;
  readonly kind: ContactActionKind;
  readonly what: string;
  readonly dueAt: number;
  status: 'OPEN' | 'OVERDUE' | 'DONE' | 'NOT_NEEDED';
}

export interface HandOver {
  readonly from: string | null;
  readonly team: string | null;
  /** The written part; null while it is asked for. */
  offer: { to: string; state: string; tried: string; nextStep: string; promise: string | null; at: number } | null;
  dueAt: number;
  overdue: boolean;
}

export interface Suggestion {
  readonly level: 'M1' | 'M2' | 'EXECUTIVE';
  readonly at: number;
}

export interface CaseState {
  readonly caseNumber: string;
  readonly title: string;
  readonly description: string | null;
  readonly product: string | null;
  readonly environment: CaseOpening['environment'];
  customer: Omit<CaseOpening['customer'], 'accountActive'> & { accountActive: boolean };
  readonly openedAt: number;
  readonly openedOver: string;
  policy: CasePolicy;

  seq: number;
  status: Status;
  closedAt: number | null;
  resolution: string | null;
  severity: Severity;
  severitySetBy: string;
  severityRequestedBy: string | null;
  severitySince: number;
  engineer: string | null;
  /** As looked up when somebody was last paged: an answer for `managerForCase`, never a target. */
  directManager: { person: string; name: string } | null;
  contacts: Contact[];

  level: Level;
  escalation: {
    m1: Tier | null;
    m2: Tier | null;
    reason: EscalationReason | null;
    dissatisfaction: string | null;
    criticalDate: string | null;
    staff: string[];
    plan: { who: string; task: string }[];
    /** Who of the M2 team has acknowledged: engineer and direct manager (R46). */
    joined: string[];
    teamFormed: boolean;
  };
  suggestions: Suggestion[];

  emergency: Emergency;
  episode: Episode | null;
  pastEpisodes: PastEpisode[];
  eDownRequest: { by: string; at: number; missing: string[] } | null;
  eDownCount: number;
  eDownRefusals: number;
  substantiveProgressAt: number | null;
  stalled: boolean;
  updateOverdue: boolean;
  provisionalEntitlement: boolean;

  clocks: Clock[];
  handOver: HandOver | null;
  actions: ContactAction[];
  nextAction: number;
  sprs: { number: string; severity: string | null; status: SprStatus }[];

  ladders: Ladder[];
  pages: Page[];
  nextPage: number;

  /** The youngest events, for the timeline and the Web UI. */
  tail: CaseEvent[];
}

/** Of what is very long, the youngest only goes along to the next run: one that gets too much to carry ends the case. */
export function travelling<T>(items: readonly T[]): T[] {
  let left = TRAVELLING;
  const from = items.findLastIndex((item) => (left -= JSON.stringify(item).length) < 0);
  return items.slice(from + 1);
}
