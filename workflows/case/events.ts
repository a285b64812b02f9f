/**
 * The facts of a case (contract, section 5). The state is a fold of these and nothing else, so what is not in an event
 * did not happen (B1). Data is JSON-safe: instants are ISO strings, durations are milliseconds.
 */
import type { Refusal } from './codes';
import type { CaseOpening, Contact, EDownAnswers, Input } from './inputs';
import type { FailureReason, PageResult, PassedOver, Route, Shift } from './pages';
import type { CasePolicy } from './policy';
import type {
  Audience,
  Channel,
  ClockKind,
  ContactActionKind,
  EscalationReason,
  Level,
  ManagedLevel,
  Origin,
  Purpose,
  Role,
  Severity,
} from './vocabulary';

export interface EventData {
  CaseOpened: Omit<CaseOpening, 'by' | 'role' | 'channel' | 'requestId' | 'eDown'> & {
    readonly setBy: string;
    readonly policy: CasePolicy;
  };
  EngineerAssigned: { readonly engineer: string; readonly before: string | null };
  SeverityChanged: {
    readonly before: Severity;
    readonly severity: Severity;
    readonly setBy: string;
    readonly requestedBy?: string;
    readonly reason?: string;
    readonly customerAgreed?: boolean;
  };
  EntitlementUpdated: { readonly activeSupport: boolean; readonly enterprise: boolean; readonly accountActive?: boolean };
  PolicyAdopted: { readonly before: string; readonly policy: CasePolicy };

  EDownRequested: { readonly missing: readonly string[]; readonly known?: EDownAnswers };
  EDownRequestWithdrawn: Record<string, never>;
  EDownRefused: { readonly code: Refusal['code']; readonly message: string; readonly fields: readonly string[] };
  EDownDeclared: {
    readonly episode: number;
    readonly answers: EDownAnswers;
    readonly downSince: string;
    readonly warnings: readonly string[];
    readonly provisional: boolean;
  };
  EmergencyStarted: { readonly episode: number };
  EmergencyAlerted: { readonly episode: number; readonly alert: number; readonly lateMs: number };
  EmergencyEnded: {
    readonly episode: number;
    readonly how: 'WORKABLE_SYSTEM' | 'SEVERITY_LOWERED' | 'STEPPED_DOWN';
    readonly reason?: string;
    readonly startedAt: string;
    readonly reviewDueAt: string;
    /** Everybody who was woken for it. */
    readonly paged: readonly { readonly person: string; readonly audience: Audience }[];
  };
  EDownReviewDue: { readonly episode: number; readonly lateMs: number };
  EDownReviewed: { readonly episode: number; readonly verdict: Input<'reviewEDown'>['verdict']; readonly note: string };
  ProgressRecorded: { readonly summary: string; readonly substantive: boolean };
  ProgressStalled: { readonly since: string; readonly lateMs: number };
  WorkableSystemClaimed: { readonly summary?: string };

  ContactsUpdated: {
    readonly contacts: readonly Contact[];
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
    /** Who is asked from now on, where it was another contact before. */
    readonly takesOver?: string;
  };
  /** `isNew`: named in place of one who gave no sign. */
  ContactChecked: { readonly contact: string; readonly lateMs: number; readonly isNew?: true };
  ContactUnavailable: { readonly since: string; readonly next: string | null; readonly lateMs: number };
  LoweringProposed: { readonly origin: Origin; readonly why: string; readonly lateMs: number };
  /** Any act of a contact, or a talk with the customer: the contact check begins anew (B5). */
  ContactSeen: { readonly by: string };
  /** `wasReported`: the manager had heard that the contact was gone. */
  ContactRestored: { readonly by: string; readonly wasReported: boolean };
  ContactActionRequested: { readonly actionId: string; readonly kind: ContactActionKind; readonly what: string; readonly dueAt: string };
  ContactActionCompleted: { readonly actionId: string; readonly result: string };
  ContactActionOverdue: { readonly actionId: string; readonly lateMs: number };
  ContactActionClosed: { readonly actionId: string; readonly why: 'NOT_NEEDED' };

  /** `handedOver`: somebody had accepted it in the overlap before. */
  ShiftEnded: { readonly team: string; readonly lateMs: number; readonly handedOver?: true };
  HandOverOffered: Omit<Input<'handOver'>, 'by' | 'role' | 'channel' | 'requestId' | 'requestedBy' | 'occurredAt'> & { readonly from: string };
  /** `before`: who had the case, where somebody else wrote the hand-over. */
  HandOverAccepted: { readonly from: string; readonly to: string; readonly before?: string };
  HandOverOverdue: { readonly what: 'WRITE' | 'ACCEPT'; readonly who: string | null; readonly lateMs: number };
  HandOverClosed: { readonly why: 'EMERGENCY_ENDED' | 'REASSIGNED' };

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
  EscalationSuggested: { readonly level: ManagedLevel | 'EXECUTIVE'; readonly origin: 'POLICY'; readonly lateMs: number };
  DeEscalated: { readonly from: ManagedLevel; readonly to: Level; readonly reason: string };
  ManagerUnreachable: { readonly person: string; readonly level: ManagedLevel; readonly why: FailureReason | 'NO_ANSWER' | 'ACK_EXPIRED' | 'HAS_OTHER_LEVEL' | 'HAS_THE_CASE' };
  NoManagerReached: { readonly ladder: string; readonly purpose: Purpose; readonly rounds: number };
  StaffingConfirmed: { readonly staff: readonly string[]; readonly from?: string };
  StaffingOverdue: { readonly level: ManagedLevel; readonly lateMs: number };
  CustomerContacted: {
    readonly how: 'PHONE' | 'EMAIL' | 'MEETING';
    readonly summary: string;
    readonly contactedAt: string;
    readonly nextUpdateBy?: string;
  };
  CustomerContactFailed: { readonly how: 'PHONE' | 'EMAIL' | 'MEETING'; readonly summary: string; readonly contactedAt: string };
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
  ManagerContactRequested: { readonly callback?: string };
  TransferRecorded: { readonly outcome: 'CONNECTED' | 'UNREACHABLE'; readonly manager?: string };

  PageRequested: {
    readonly pageId: string;
    readonly attempt: number;
    readonly audience: Audience;
    readonly purpose: Purpose;
    readonly urgent: boolean;
    /** The need it serves, and where on its ladder; absent: word to somebody, nobody has to answer. */
    readonly ladder?: { readonly key: string; readonly start: Audience; readonly rung: number; readonly round: number };
    /** Exactly this person. */
    readonly person?: string;
    /** On call: this person if still on call. */
    readonly prefer?: string;
    readonly excluding: readonly string[];
    readonly unless?: readonly string[];
    readonly used: readonly string[];
    readonly answerDueAt?: string;
    readonly what: string;
  };
  PageSent: {
    readonly pageId: string;
    readonly attempt: number;
    readonly person: string;
    readonly name: string;
    readonly route: Route;
    readonly channel: string;
    readonly channelsLeft: number;
    readonly passedOver: readonly PassedOver[];
    readonly shift?: Shift;
    readonly directManager?: NonNullable<PageResult['directManager']>;
    /** By the time the provider took it, it had been answered, or nobody needed it any more: it was called back too late. */
    readonly overtaken?: true;
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
    readonly passedOver: readonly PassedOver[];
  };
  PageAcknowledged: {
    readonly pageId: string;
    readonly person: string;
    /** They had it already; this page only says so again. */
    readonly again?: true;
  };
  PageUnanswered: { readonly pageId: string; readonly person: string | null; readonly lateMs: number };
  /** An acknowledgement without action went stale (B3): the ladder goes on. */
  AcknowledgementExpired: { readonly ladder: string; readonly person: string };
  /** The one who has it did something: the acknowledgement stays good until `expiresAt`. */
  AcknowledgementKept: { readonly ladder: string; readonly person: string; readonly expiresAt: string };
  /** The need is gone or met; pages still on their way are called back. */
  LadderEnded: { readonly ladder: string; readonly why: LadderEnd };
  /** A round found nobody; the next one begins at `at`. */
  LadderPaused: { readonly ladder: string; readonly round: number; readonly retryAt: string };

  CommandRejected: { readonly command: string; readonly code: Refusal['code']; readonly message: string; readonly fields: readonly string[] };
  CaseClosed: { readonly resolution: string };
  CaseReopened: { readonly reason: string };
}

export type LadderEnd = 'ACTED_ON' | 'NOT_NEEDED' | 'EMERGENCY_ENDED' | 'CASE_CLOSED' | 'DE_ESCALATED' | 'REASSIGNED' | 'OVERTAKEN';

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
