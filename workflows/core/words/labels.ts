/** What things are called: the words of a language for what has a short name. */
import type { EmergencyEnd, EventData } from '../language/events';
import type { FailureReason, NotWaitedFor, PassedOver, Route, Unreached } from '../language/reach';
import type {
  Attention,
  Attested,
  Audience,
  ClockKind,
  ContactActionKind,
  ContactWay,
  EDownCategory,
  Emergency,
  EndedHow,
  EscalationReason,
  Level,
  Means,
  Purpose,
  Question,
  ReviewVerdict,
  Role,
  Severity,
  SprStatus,
  Status,
} from '../language/vocabulary';
import type { WordPurpose } from '../language/words';
import type { NeedEnd } from '../paging/needs';

export interface Labels {
  /** How a need came to its end. */
  readonly ends: Readonly<Record<NeedEnd, string>>;
  /** What a desk must look at now. */
  readonly attentions: Readonly<Record<Attention, string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly levels: Readonly<Record<Level, string>>;
  readonly emergencies: Readonly<Record<Emergency, string>>;
  readonly categories: Readonly<Record<EDownCategory, string>>;
  readonly questions: Readonly<Record<Question, string>>;
  readonly attested: Readonly<Record<Attested, string>>;
  readonly purposes: Readonly<Record<Purpose, string>>;
  /** Word that is of no case: first in a title, and what it is about. */
  readonly wordStates: Readonly<Record<WordPurpose, string>>;
  readonly wordHeadlines: Readonly<Record<WordPurpose, string>>;
  readonly audiences: Readonly<Record<Audience, string>>;
  readonly clocks: Readonly<Record<ClockKind, string>>;
  readonly routes: Readonly<Record<Route, string>>;
  readonly passedOver: Readonly<Record<PassedOver['why'], string>>;
  readonly failures: Readonly<Record<FailureReason, string>>;
  /** How an execution was ended from outside. */
  readonly endedHow: Readonly<Record<EndedHow, string>>;
  /** Why a manager did not come. */
  readonly unreached: Readonly<Record<Unreached, string>>;
  /** Why somebody is not waited for. */
  readonly notWaitedFor: Readonly<Record<NotWaitedFor, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly statuses: Readonly<Record<Status, string>>;
  /** Why the customer escalates. */
  readonly reasons: Readonly<Record<EscalationReason, string>>;
  /** What became of a report. */
  readonly sprStatuses: Readonly<Record<SprStatus, string>>;
  /** How the customer was spoken to. */
  readonly contactWays: Readonly<Record<ContactWay, string>>;
  /** What the customer's contact is asked to do. */
  readonly actionKinds: Readonly<Record<ContactActionKind, string>>;
  /** How somebody answered a page. */
  readonly means: Readonly<Record<Means, string>>;
  /** How an E-Down came to its end, and what a manager makes of it. */
  readonly emergencyEnds: Readonly<Record<EmergencyEnd, string>>;
  readonly verdicts: Readonly<Record<ReviewVerdict, string>>;
  readonly handOverEnds: Readonly<Record<EventData['HandOverClosed']['why'], string>>;
  /** Why a page is not out yet. */
  readonly delays: Readonly<Record<EventData['PageDelayed']['why'], string>>;
  /** Why nobody waits for an answer to a page. */
  readonly settled: Readonly<Record<EventData['PageSettled']['outcome'], string>>;
}

/** What is carried names it by a text, which another version may have written: one that has no words stays as it stands. */
export const named = (labels: Readonly<Record<string, string>>, code: string): string => labels[code] ?? code;
