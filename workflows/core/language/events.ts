/**
 * The facts of a case. The state is a fold of these and nothing else, so what is not in an event did not happen (B1).
 * Data is JSON-safe: instants are ISO strings, durations are milliseconds.
 */
import type { NeedEnd, NeedKey, NeedKind } from '../paging/needs';
import type { Code } from './codes';
import type { CaseOpening, Contact, EDownAnswers } from './opening';
import type { CasePolicy } from './policy';
import type { FailureReason, Mode, NotWaitedFor, PassedOver, Rank, Route, Shift, Unreached, Wanted } from './reach';
import type {
  Audience,
  Channel,
  ClockKind,
  ContactActionKind,
  ContactWay,
  EndedHow,
  EscalationReason,
  Level,
  ManagedLevel,
  Means,
  Origin,
  Purpose,
  Question,
  ReviewVerdict,
  Role,
  Severity,
} from './vocabulary';

type Empty = Record<string, never>;

/** Who a caller is, so that somebody can call them back. */
export interface Caller {
  readonly name: string;
  readonly number?: string;
}

/** A case of the same number that was ended from outside before: whoever opens the number again takes it up. */
export interface EndedBefore {
  readonly runId: string;
  readonly how: EndedHow;
  readonly at: string;
  readonly by?: string;
}

export interface EventData {
  CaseOpened: Omit<CaseOpening, 'by' | 'role' | 'channel' | 'requestId' | 'eDown' | 'means'> & {
    readonly setBy: string;
    readonly policy: CasePolicy;
    readonly before?: EndedBefore;
  };
  EngineerAssigned: { readonly engineer: string; readonly before: string | null };
  /** The directory knows nobody of this name who has the case. */
  OwnerUnknown: { readonly person: string };
  SeverityChanged: {
    readonly before: Severity;
    readonly severity: Severity;
    readonly setBy: string;
    readonly requestedBy?: string;
    readonly reason?: string;
    readonly customerAgreed?: boolean;
  };
  EntitlementUpdated: {
    readonly activeSupport: boolean;
    readonly enterprise: boolean;
    readonly accountActive?: boolean;
  };
  PolicyAdopted: { readonly before: string; readonly policy: CasePolicy };
  /** What was sent is older than what is in force: it changes nothing (D15). */
  OlderFactRecorded: { readonly command: string; readonly data: Readonly<Record<string, unknown>> };

  EDownRequested: {
    readonly missing: readonly Question[];
    readonly known?: EDownAnswers;
    readonly caller: Caller;
    /** Who has asked before, and waits for a call too. */
    readonly also?: readonly Caller[];
    /** Fields that could not be read. */
    readonly unreadable?: readonly string[];
  };
  EDownRequestWithdrawn: Empty;
  EDownRefused: { readonly code: Code; readonly fields: readonly string[]; readonly caller: Caller };
  EDownDeclared: {
    readonly episode: number;
    readonly answers: EDownAnswers;
    readonly downSince: string;
    readonly warnings: readonly EDownWarning[];
    readonly provisional: boolean;
  };
  EmergencyStarted: { readonly episode: number };
  EmergencyAlerted: {
    readonly episode: number;
    readonly alert: number;
    readonly lateMs: number;
    readonly category: EDownAnswers['category'] | null;
    /** Who has the emergency. */
    readonly has: string | null;
  };
  /** `again`: round-the-clock work had stepped down before, and everybody has heard that it is over. */
  EmergencyEnded: {
    readonly episode: number;
    readonly how: EmergencyEnd;
    readonly reason?: string;
    readonly startedAt: string;
    readonly reviewDueAt: string;
    readonly again?: true;
  };
  EDownReviewDue: { readonly episode: number; readonly lateMs: number };
  EDownReviewed: {
    readonly episode: number;
    readonly verdict: ReviewVerdict;
    readonly note: string;
  };
  ProgressRecorded: { readonly summary: string; readonly substantive: boolean };
  ProgressStalled: {
    readonly since: string;
    readonly lateMs: number;
    /** The case waits for the contact. */
    readonly waitsFor?: { readonly actionId: string; readonly what: string; readonly dueAt: string };
  };
  WorkableSystemClaimed: { readonly summary?: string };

  ContactsUpdated: {
    readonly contacts: readonly Contact[];
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
    /** Reached in another way than before. */
    readonly elsewhere: readonly string[];
    /** Who is asked first from now on, where that is another than before. */
    readonly nowFirst?: string;
  };
  /** `isNew`: named in place of one who gave no sign. */
  ContactChecked: { readonly contact: string; readonly lateMs: number; readonly isNew?: true };
  ContactUnavailable: {
    readonly since: string;
    readonly next: string | null;
    readonly lateMs: number;
    readonly why: 'SILENT' | 'DECLINED';
  };
  LoweringProposed: { readonly origin: Origin; readonly why: string | null; readonly lateMs: number };
  /** Any act of the customer's, or a talk with them: the contact check begins anew (B5, H4). */
  ContactSeen: { readonly by: string };
  /** `wasReported`: the manager had heard that the contact was gone. */
  ContactRestored: { readonly by: string; readonly wasReported: boolean };
  /** A page to the contact could not be delivered. */
  ContactUnreached: { readonly contact: string; readonly purpose: Purpose };
  ContactActionRequested: {
    readonly actionId: string;
    readonly kind: ContactActionKind;
    readonly what: string;
    readonly dueAt: string;
  };
  ContactActionCompleted: { readonly actionId: string; readonly result: string };
  ContactActionOverdue: { readonly actionId: string; readonly what: string; readonly lateMs: number };
  ContactActionClosed: { readonly actionId: string; readonly why: 'NOT_NEEDED' };

  /** `handedOver`: somebody had accepted it in the overlap before. `from`: who works on it until somebody accepts. */
  ShiftEnded: {
    readonly team: string;
    readonly lateMs: number;
    readonly from: string | null;
    readonly handedOver?: true;
  };
  HandOverOffered: {
    readonly from: string;
    readonly to: string;
    readonly state: string;
    readonly tried: string;
    readonly nextStep: string;
    readonly promise?: string;
  };
  /** `before`: whose case it was; `had`: who had the emergency. Each where it is somebody else. */
  HandOverAccepted: { readonly from: string; readonly to: string; readonly before?: string; readonly had?: string };
  HandOverOverdue: {
    readonly what: 'WRITE' | 'ACCEPT';
    readonly who: string | null;
    readonly lateMs: number;
  };
  HandOverClosed: { readonly why: 'EMERGENCY_ENDED' | 'REASSIGNED' | 'CASE_CLOSED' | 'TAKEN_OVER' };

  Escalated: {
    readonly level: ManagedLevel;
    readonly reason?: EscalationReason;
    readonly justification?: string;
    readonly dissatisfaction?: string;
    readonly criticalDate?: string;
    readonly noEngineer: boolean;
  };
  EscalationReminded: { readonly level: ManagedLevel; readonly paged: boolean };
  EscalationAccepted: { readonly level: ManagedLevel; readonly owner: string };
  EscalationSuggested: {
    readonly level: ManagedLevel | 'EXECUTIVE';
    readonly origin: 'POLICY';
    readonly lateMs: number;
  };
  DeEscalated: { readonly from: ManagedLevel; readonly to: Level; readonly reason: string };
  /** The level is open again: whoever had it gave it back, or has the case itself now. */
  EscalationReopened: {
    readonly level: ManagedLevel;
    readonly person: string;
    readonly why: 'DECLINED' | 'HAS_THE_CASE';
  };
  ManagerUnreachable: { readonly person: string; readonly level: ManagedLevel; readonly why: Unreached };
  NoManagerReached: {
    readonly need: NeedKey;
    readonly purpose: Purpose;
    readonly rounds: number;
    /** Everybody who was asked said that they cannot. */
    readonly allDeclined?: true;
  };
  StaffingConfirmed: { readonly staff: readonly string[]; readonly from?: string };
  StaffingOverdue: { readonly level: ManagedLevel; readonly lateMs: number };
  CustomerContacted: {
    readonly how: ContactWay;
    readonly summary: string;
    readonly contactedAt: string;
    readonly nextUpdateBy?: string;
    /** A manager's talk keeps the manager's promise too (R43). */
    readonly byManager: boolean;
  };
  CustomerContactFailed: { readonly how: ContactWay; readonly summary: string; readonly contactedAt: string };
  CustomerContactOverdue: { readonly clock: 'FIRST_CONTACT' | 'MANAGER_CONTACT'; readonly lateMs: number };
  CustomerUpdateOverdue: { readonly lateMs: number };
  PromiseWarned: { readonly clock: ClockKind; readonly percent: number; readonly dueAt: string };
  TeamJoined: { readonly person: string };
  M2TeamFormed: { readonly engineer: string; readonly manager: string; readonly secondLevelManager: string };
  ResourcesConfirmed: { readonly plan: readonly { readonly who: string; readonly task: string }[] };
  SprLinked: { readonly sprNumber: string; readonly sprSeverity?: string };
  SprSubmitted: { readonly sprNumber: string; readonly note?: string };
  SprEscalated: { readonly sprNumber: string; readonly reason: string; readonly level: ManagedLevel };
  SprResolved: { readonly sprNumber: string; readonly note?: string };
  ManagerContactRequested: {
    readonly callback?: string;
    readonly caller: Caller;
    /** Who has asked before, and waits for a call too. */
    readonly also?: readonly Caller[];
  };
  TransferRecorded: { readonly outcome: 'CONNECTED' | 'UNREACHABLE'; readonly manager?: string };

  /** Somebody is needed; `because` is the number of the event that says what for. */
  NeedOpened: { readonly need: NeedKey; readonly kind: NeedKind; readonly because: number } & NeedTerms;
  /** A newer fact takes the older one's place; the search goes on where it was (H6). */
  NeedChanged: { readonly need: NeedKey; readonly because: number } & NeedTerms;
  NeedEnded: {
    readonly need: NeedKey;
    readonly kind: NeedKind;
    readonly why: NeedEnd;
    /** Who was asked for it, and hears that nothing is asked any more. */
    readonly asked: readonly string[];
    /** The event that they are told of, where it says more than this one. */
    readonly because?: number;
  };
  /**
   * Asked from the beginning: others are to be asked now, or it has come up again. `before`: who had it, and is not asked first;
   * `first`: who is.
   */
  SearchRestarted: { readonly need: NeedKey; readonly before?: string; readonly first?: string };
  /** The next round of the search begins. */
  SearchResumed: { readonly need: NeedKey };
  /** Nobody is found just now; the search goes on at `retryAt`. */
  SearchPaused: { readonly need: NeedKey; readonly round: number; readonly retryAt: string };

  PageRequested: {
    readonly pageId: string;
    /** Counts the messages of a page. */
    readonly attempt: number;
    readonly audience: Audience;
    /** Of what is new in this message, the most urgent. */
    readonly purpose: Purpose;
    /** It may ring. */
    readonly urgent: boolean;
    readonly rank: Rank;
    /** To be heard; without it, it is word. */
    readonly reach: boolean;
    readonly wanted: Wanted;
    /** The needs that it asks somebody for, and where on their ladders. */
    readonly asks: readonly { readonly need: NeedKey; readonly rung: number; readonly round: number }[];
    /** What it tells besides. */
    readonly tells: readonly { readonly purpose: Purpose; readonly fact: Fact }[];
    /** Channels that this try to reach the person has used. */
    readonly used: readonly string[];
    /** What goes out beside it and comes first, where both are for one person. */
    readonly beside: readonly string[];
  };
  /** A try had no outcome yet; the next channel need not wait for it (H7). */
  PageDelayed: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly name: string;
    readonly channel: string;
    readonly channelsLeft: number;
    readonly joined?: { readonly pageId: string; readonly attempt: number };
    readonly why: 'SLOW' | 'BUSY' | 'FAILED';
    readonly detail?: string;
  };
  PageSent: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly name: string;
    readonly route: Route;
    readonly channel: string;
    readonly channelsLeft: number;
    readonly mode: Mode;
    readonly asks: readonly NeedKey[];
    /** What it tells besides. */
    readonly tells: readonly Purpose[];
    /** It went out as a message of this open page of theirs. */
    readonly joined?: { readonly pageId: string; readonly attempt: number };
    readonly ringsFrom?: string;
    readonly passedOver: readonly PassedOver[];
    readonly shift?: Shift;
    readonly chart?: readonly { readonly person: string; readonly name: string }[];
    readonly quiet?: { readonly from: string; readonly to: string };
    /** By the time the provider took it, nothing of it was asked any more: it could not be called back in time. */
    readonly overtaken?: true;
    /** The channel wants to hear when the page is settled. */
    readonly receipt?: string;
  };
  /** The provider had taken it, and told later that it has not arrived, or that nobody said anything. */
  PageUndelivered: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly channel: string;
    readonly why: 'FAILED' | 'UNANSWERED';
    readonly reason?: string;
  };
  /** A telephone has it; whether anybody has read it is not known. */
  PageDelivered: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly channel: string;
  };
  /** Channels that took it are told that it needs no answer any more. */
  PageSettled: {
    readonly pageId: string;
    readonly person: string;
    readonly audience: Audience;
    readonly outcome: 'ANSWERED' | 'OVERTAKEN' | 'OVER';
    readonly by?: string;
    readonly targets: readonly { readonly pageId: string; readonly channel: string; readonly receipt: string }[];
  };
  PageFailed: {
    readonly pageId: string;
    readonly attempt: number;
    readonly reason: FailureReason;
    readonly person?: string;
    readonly name?: string;
    readonly channel?: string;
    readonly channelsLeft: number;
    readonly detail?: string;
    /** It was tried as a message of this open page of theirs: the number is used. */
    readonly joined?: { readonly pageId: string; readonly attempt: number };
    readonly passedOver: readonly PassedOver[];
  };
  /** What it says is said in another message to the same person. */
  PageMerged: {
    readonly pageId: string;
    readonly attempt: number;
    readonly into: string;
    readonly person: string;
    readonly name: string;
    readonly passedOver: readonly PassedOver[];
  };
  /** Not at this hour of the person's own clock. */
  PageDeferred: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly name: string;
    readonly until: string;
    readonly why: 'QUIET' | 'OUTSIDE_WORKING_HOURS';
  };
  PageAcknowledged: {
    /** The page that was answered, where one was named. */
    readonly pageId?: string;
    readonly person: string;
    /** What they have from now on. */
    readonly needs: readonly NeedKey[];
    readonly means?: Means;
    /** It was no answer by itself: they did something for the case (H2). */
    readonly byAct?: true;
  };
  PageDeclined: {
    readonly pageId?: string;
    readonly person: string;
    readonly needs: readonly NeedKey[];
    readonly reason?: string;
    readonly means?: Means;
  };
  PageUnanswered: {
    readonly pageId: string;
    readonly person: string;
    readonly need: NeedKey;
    readonly lateMs: number;
    /** Why it is not waited for any longer, where it is not the time. */
    readonly why?: NotWaitedFor;
  };
  /** Nobody has done anything for the case since (H3): the next one is asked. */
  AcknowledgementExpired: { readonly need: NeedKey; readonly person: string; readonly since: string };
  /** Neither directory nor case knows the name (D5), or a level was taken by somebody who manages nobody (D4): it does not count. */
  AnswerVoided: {
    readonly person: string;
    readonly nearest: string | null;
    readonly needs: readonly NeedKey[];
    readonly why?: 'MANAGES_NOBODY';
  };
  PersonRecognised: { readonly person: string; readonly name: string };

  CommandRejected: {
    readonly command: string;
    readonly code: Code;
    readonly fields: readonly string[];
  };
  /** Somebody has asked Temporal to cancel the case (decision 0005): it goes on. Who it was, Temporal does not tell the case. */
  CancelRequested: Empty;
  CaseClosed: { readonly resolution: string };
  CaseReopened: { readonly reason: string };
}

export const E_DOWN_WARNINGS = ['categoryMismatch', 'productionNotStopped', 'productivityLossUnknown'] as const;
export type EDownWarning = (typeof E_DOWN_WARNINGS)[number];
export type EmergencyEnd = 'WORKABLE_SYSTEM' | 'SEVERITY_LOWERED' | 'STEPPED_DOWN';
export interface NeedTerms {
  /** Asked before the audience is: the owner of the level, whom a hand-over names. */
  readonly first?: string;
  /** Good news: an answer is the end of it, and it rings nobody. */
  readonly isGood?: true;
  /** Who had it and gave it back: they are asked again only when everybody else has been (D6). */
  readonly declinedBy?: string;
  /** The assignment whose place it has taken while the engineer had not answered, by the event that it was for. */
  readonly insteadOf?: number;
  /** It is settled by the same talk as something that they have already: theirs as well. */
  readonly heldBy?: string;
}

export type EventType = keyof EventData;

/** Who did it, when it was not the clock. */
export interface Actor {
  readonly by?: string;
  readonly role?: Role;
  readonly channel?: Channel;
  readonly requestedBy?: string;
  readonly requestId?: string;
  readonly occurredAt?: string;
}

export type EventOf<T extends EventType> = Actor & {
  /** Gapless from 1. */
  readonly seq: number;
  readonly type: T;
  readonly at: string;
  readonly data: EventData[T];
};
export type CaseEvent = { [T in EventType]: EventOf<T> }[EventType];
/** An event, and what happened in one plain English sentence. */
export type ToldEvent = CaseEvent & { readonly sentence: string };

/** An event as others are told of it: who did what when, long texts cut. */
export type FactOf<T extends EventType> = Pick<EventOf<T>, 'seq' | 'type' | 'at' | 'by' | 'requestedBy' | 'data'>;
export type Fact = { [T in EventType]: FactOf<T> }[EventType];

/** What a message tells besides, for nobody to answer. */
export interface Tell {
  readonly purpose: Purpose;
  readonly fact: Fact;
}
