/**
 * What a case knows between two commands. JSON-safe and small, because continue-as-new carries it whole: no Map, Set,
 * Date; every list has a bound (bounds.ts). Instants are epoch milliseconds.
 */
import type { Tiers } from '../paging/levels';
import type { NeedKey, NeedKind } from '../paging/needs';
import type { CaseEvent, EDownWarning, EmergencyEnd, Fact, Tell } from './events';
import type { CaseOpening, Contact, EDownAnswers } from './opening';
import type { CasePolicy } from './policy';
import type { Mode, Rank, Shift, Wanted } from './reach';
import type { AnsweredRequest } from './requests';
import type {
  Audience,
  ClockKind,
  ContactActionKind,
  EscalationReason,
  ManagedLevel,
  Purpose,
  Question,
  Severity,
  SprStatus,
  Status,
} from './vocabulary';

/** Whose turn it is with a need, and until when. A need is never asked of somebody and held at once. */
export type Turn =
  /** To be asked in this very decision; between two decisions there is no such need. */
  | {
      readonly is: 'NEXT';
      /** It was to be said in another message, and that one is out: it goes as one of its own. */
      readonly alone?: true;
    }
  /** A page is on its way, and nobody is known to have it yet. */
  | { readonly is: 'SENDING'; readonly pageId: string }
  | {
      readonly is: 'ASKED';
      readonly person: string;
      readonly pageId: string;
      /** When the next one is asked; nothing where only the contact check goes on (H4). */
      readonly answerDueAt: number | null;
      /** Their page could not ring so soon after their last ring; then it does. */
      readonly ringAt: number | null;
    }
  | { readonly is: 'RESTING'; readonly until: number }
  | {
      readonly is: 'HELD';
      readonly person: string;
      readonly since: number;
      readonly expiresAt: number;
      /** With something else that they have taken: whoever was asked for it is welcome all the same. */
      readonly besides?: true;
    };

/** Something that is wanted of somebody, from when it is asked for until it is over. */
export interface Need {
  readonly key: NeedKey;
  readonly kind: NeedKind;
  readonly openedAt: number;
  /** Number of the fact that it was asked for first, in this search: an older page does not answer a newer one. */
  since: number;
  /** What has happened, as it stands now. */
  fact: Fact;
  isGood: boolean;
  /** Asked before the audience is. */
  first: string | null;
  /** Which rung of its ladder is asked, in which round, and since when. */
  rung: number;
  round: number;
  roundSince: number;
  /** Not asked again in this round. */
  tried: string[];
  /** Everybody who has been asked and has not answered: they are welcome, and are told who has it. */
  asked: string[];
  declined: { readonly person: string; readonly at: number }[];
  /** Since when nobody has answered. */
  unansweredSince: number | null;
  nobodyReached: boolean;
  /** Whose time to answer was running when somebody answered whom the case does not know: it goes on if nobody does (D5). */
  interrupted: { readonly person: string; readonly answerDueAt: number } | null;
  /** The fact that whose case it is was told of while they were off (D11). */
  toldOff: number | null;
  turn: Turn;
}

/** A message on its way to one channel of one person. */
export interface Send {
  readonly attempt: number;
  readonly at: number;
  readonly reach: boolean;
  readonly urgent: boolean;
  readonly rank: Rank;
  readonly purpose: Purpose;
  readonly wanted: Wanted;
  readonly asks: NeedKey[];
  tells: readonly Tell[];
  readonly used: readonly string[];
  readonly beside: readonly string[];
  /** Whose chart it is looked up by. */
  readonly engineer: string | null;
  /** Place among those on their way to somebody unknown: so many numbers of any open page are kept free for them. */
  readonly ahead: number;
  /** A newer message takes its place; it may have arrived all the same. */
  calledBack: boolean;
  joined: { readonly pageId: string; readonly attempt: number } | null;
}

/** The present try to reach a person, over one of their channels after the other. */
export interface Reach {
  readonly mode: Exclude<Mode, 'WORD'>;
  readonly since: number;
  used: string[];
  channelsLeft: number;
  /** A provider has taken it on some channel, or said that it is busy: the person can be reached. */
  works: boolean;
  /** Channels of which the provider has told that it did not arrive after all, or that nobody said anything. */
  lost?: string[];
  nextChannelAt: number | null;
}

/** What a case says to one person, message after message, from their first until nothing of it is asked any more. */
export interface Page {
  readonly pageId: string;
  readonly openedAt: number;
  audience: Audience;
  /** Nothing until somebody has been looked up. */
  person: string | null;
  name: string | null;
  channel: string | null;
  /** Number of its last message. */
  attempt: number;
  /** What its last message said is asked, and of which fact. */
  says: { readonly need: NeedKey; readonly fact: number; readonly since: number }[];
  /** What it asked last, once nothing of it is asked any more: a late answer hears how it ended. */
  last: Page['says'];
  sends: Send[];
  reach: Reach | null;
  /** Results that never came back, in a row: workers were down. */
  timeouts: number;
  /** Pages that turned out to be for the same person while this one was on its way. */
  merged: string[];
  /** Whoever has answered it. */
  answeredBy: string | null;
  /** Nothing of it is asked any more; kept for a while, so that a late answer can be told how it ended. */
  closedAt: number | null;
  /** Channels whose providers have taken what it asks, with what they need to hear that it is settled. */
  took?: { readonly pageId: string; readonly channel: string; readonly receipt?: string }[];
}

/** Somebody whom the case has paged, or who has done something for it. */
export interface Person {
  readonly id: string;
  name: string;
  /** As what they were asked last. */
  audience: Audience;
  shift: Shift | null;
  /** Their last ring that they have not answered, and how urgent it was. */
  rungAt: number | null;
  rank: Rank;
  /** They were asked or told of the emergency that is active: they hear of its end. */
  ofEmergency: boolean;
  /** Their shift or their part has ended: they hear of the emergency's end, and nothing else (H5). */
  isOff: boolean;
  /** They took a level, and the directory has nobody whom they manage (D4). */
  managesNobody?: true;
  seenAt: number;
}

export interface Clock {
  readonly kind: ClockKind;
  readonly startedAt: number;
  readonly dueAt: number;
  /** The highest percentage that was warned of; what was given stays given. */
  warned: number;
  /** Since when the promise is broken; it stays in sight until it is kept (H8). */
  brokenAt: number | null;
}

/** DECLINED: the only contact said that they cannot; nobody proposes to lower for that. */
export type ContactStage = 'PRESENT' | 'CHECKED' | 'UNAVAILABLE' | 'LOWERING_PROPOSED' | 'DECLINED';

export interface Episode {
  readonly number: number;
  readonly startedAt: number;
  /** Contacts are in the case's own list. */
  readonly answers: Omit<EDownAnswers, 'contactChanges' | 'technicalContact'>;
  readonly downSince: number;
  readonly warnings: readonly EDownWarning[];
  readonly provisional: boolean;
  alerts: number;
  nextAlertAt: number;
  /** seq of the last alert, and of the one before it: the next tells what has happened since. */
  alertedSeq: number;
  sinceAlert: number;
  /** Last sign of the customer, and how far the contact check has gone since (B5, H4). */
  contactSeenAt: number;
  contactStage: ContactStage;
  contactCheckAt: number;
  /** The contact's next night, as last looked up. */
  quiet: { readonly from: number; readonly to: number } | null;
  /** A manager has heard that the contact is gone: they hear when one is back. */
  contactReported: boolean;
  shift: (Shift & { readonly person: string }) | null;
  /** Whoever took it last: whoever has been working writes the hand-over. */
  workedBy: string | null;
  /** When somebody last accepted a hand-over; in the overlap before a window's end it counts for that end. */
  handedOverAt: number | null;
}

/** Round-the-clock work: an active emergency always has its episode. */
export type EmergencyState =
  | { readonly is: 'NONE' }
  | { readonly is: 'STEPPED_DOWN'; readonly episode: number }
  | { readonly is: 'ACTIVE'; readonly episode: Episode };

export interface PastEpisode {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number;
  how: EmergencyEnd;
  readonly reviewDueAt: number;
  reviewRemindedAt: number | null;
  review: { readonly verdict: string; readonly note: string; readonly by: string } | null;
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
  /** The written part; nothing while it is asked for. */
  readonly offer: {
    readonly to: string;
    readonly state: string;
    readonly tried: string;
    readonly nextStep: string;
    readonly promise: string | null;
    readonly at: number;
  } | null;
  dueAt: number;
  overdue: boolean;
}

export interface Spr {
  readonly number: string;
  readonly severity: string | null;
  status: SprStatus;
  /** Development has it, whatever came after: said once. */
  submitted?: true;
}

/** The last change of each thing that an older fact must not undo (D15). */
export interface InForce {
  severity: number;
  engineer: number;
  contacts: number;
  promise: number;
}

export interface CaseState {
  readonly caseNumber: string;
  readonly title: string;
  readonly description: string | null;
  readonly product: string | null;
  readonly environment: CaseOpening['environment'];
  customer: Omit<CaseOpening['customer'], 'accountActive'> & { readonly accountActive: boolean };
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
  /** The severity that the engineer knew of before the change that they are asked about (H6). */
  severityKnown: Severity;
  engineer: string | null;
  /**
   * The event by which the case was given to the engineer, while they have not answered and an E-Down has taken its place: should that
   * end before they do, the case is asked of them again.
   */
  unheard?: number;
  /** The directory knows no such engineer. */
  ownerUnknown: boolean;
  /** From the engineer's direct manager upwards, as looked up last: who stands below whom, never a target by itself. */
  chart: { readonly person: string; readonly name: string }[];
  contacts: Contact[];
  /** Names of the customer's account that have used the case themselves: on the phone they are the same people (R11, H10). */
  accounts: string[];
  inForce: InForce;

  tiers: Tiers;
  escalation: {
    reason: EscalationReason | null;
    dissatisfaction: string | null;
    criticalDate: string | null;
    /** Who asked last for a level, when, and in which words: the same wish is one (D14). */
    wish: { readonly by: string; readonly at: number; readonly dissatisfaction: string | null } | null;
    staff: string[];
    plan: { readonly who: string; readonly task: string }[];
    /** Who of the M2 team has acknowledged: the engineer (R46). */
    joined: string[];
    teamFormed: boolean;
  };
  /** Levels that the policy has suggested, and from when it counts. */
  suggested: (ManagedLevel | 'EXECUTIVE')[];
  suggestSince: number;

  emergency: EmergencyState;
  pastEpisodes: PastEpisode[];
  eDownRequest: { readonly by: string; readonly at: number; readonly missing: readonly Question[] } | null;
  /** When an E-Down was refused last that nobody has talked about with the customer yet. */
  eDownRefusedAt: number | null;
  eDownCount: number;
  eDownRefusals: number;
  substantiveProgressAt: number | null;
  stalled: boolean;
  provisionalEntitlement: boolean;

  clocks: Clock[];
  handOver: HandOver | null;
  actions: ContactAction[];
  nextAction: number;
  sprs: Spr[];

  needs: Need[];
  pages: Page[];
  nextPage: number;
  people: Person[];
  /** Whoever had something of the case when it was closed: they hear when it is open again. */
  hadBefore: string[];
  /** Names that have answered and that nobody knows yet (D5). */
  unverified: string[];
  /** Word that waits for somebody's morning. */
  later: { readonly at: number; readonly wanted: Wanted; readonly tells: readonly Tell[] }[];
  /** When anybody last did something for the case (H3). */
  actedAt: number;

  /** Commands answered so far, so that a request id stays good across runs. */
  requests: AnsweredRequest[];
  /** The youngest events, for the timeline and the Web UI, and how many bytes each takes. */
  tail: CaseEvent[];
  tailBytes: number[];
}

/** Not escalated: nothing is promised, and nobody has joined. */
export const NOT_ESCALATED = (): CaseState['escalation'] => ({
  reason: null,
  dissatisfaction: null,
  criticalDate: null,
  wish: null,
  staff: [],
  plan: [],
  joined: [],
  teamFormed: false,
});
