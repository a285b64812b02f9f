/** What things are called: the words of a language for what has a short name. */
import type { FailureReason, NotWaitedFor, PassedOver, Route, Unreached } from '../language/reach';
import type {
  Attention,
  Attested,
  Audience,
  ClockKind,
  EDownCategory,
  Emergency,
  EndedHow,
  Level,
  Purpose,
  Question,
  Severity,
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
}
