/**
 * The form in which 0.1.0 carried a case: frozen, for it stands in histories. Only what is read of it is named here; words
 * that have changed their meaning since are plain text.
 */
import type { CaseEvent } from '../language/events';
import type { Contact, EDownAnswers } from '../language/opening';
import type { CasePolicy } from '../language/policy';
import type { Shift } from '../language/reach';
import type { CaseState, ContactAction, Episode, HandOver, PastEpisode, Spr } from '../language/state';
import type { Audience, ClockKind, Emergency, Purpose } from '../language/vocabulary';

export interface Carried01 {
  readonly state: State01;
  readonly requests: readonly Request01[];
  readonly published: Readonly<Record<string, string>>;
}

export interface Request01 {
  readonly id: string;
  readonly hash: string;
  readonly answer?: {
    readonly seq: number;
    readonly events: readonly string[];
    readonly severity: CaseState['severity'];
    readonly level: 'NORMAL' | 'M1' | 'M2';
    readonly emergency: Emergency;
    readonly status: CaseState['status'];
    readonly owner: string;
    readonly attention: readonly string[];
    readonly phonePreferred?: true;
  };
  readonly refusal?: { readonly code: string };
}

/** One search: a ladder that was climbed until somebody answered. */
export interface Ladder01 {
  readonly key: string;
  readonly audience: Audience;
  readonly startedAt: number;
  readonly rung: number;
  readonly round: number;
  readonly roundSince: number;
  readonly tried: readonly string[];
  readonly paged: readonly string[];
  readonly target: string | null;
  readonly answerDueAt: number | null;
  readonly retryAt: number | null;
  readonly ack: { readonly person: string; readonly at: number; readonly expiresAt: number } | null;
  readonly nobodyReached: boolean;
}

/** One message to one person, with the further channels that it was tried on. */
export interface Page01 {
  readonly pageId: string;
  readonly ladder: string | null;
  readonly settled: boolean;
  readonly audience: Audience;
  readonly purpose: Purpose;
  readonly urgent: boolean;
  readonly requestedAt: number;
  readonly what: string;
  readonly attempt: number;
  readonly status: string;
  readonly person: string | null;
  readonly name: string | null;
  readonly channel: string | null;
  readonly used: readonly string[];
  readonly channelsLeft: number;
  readonly nextChannelAt: number | null;
  readonly accepted: boolean;
}

interface Tier01 {
  readonly since: number;
  readonly owner: string | null;
  readonly acceptedAt: number | null;
  readonly remindedAt: number | null;
}

export interface Policy01 extends Omit<CasePolicy, 'eDown' | 'escalation' | 'severities'> {
  readonly severities: CasePolicy['severities'];
  readonly eDown: Omit<CasePolicy['eDown'], 'contactCheck'> & {
    readonly contactCheck: Omit<CasePolicy['eDown']['contactCheck'], 'idleMs' | 'quiet'>;
  };
  readonly escalation: Omit<CasePolicy['escalation'], 'nextChannelAfter' | 'nextPersonAfterMs'> & {
    readonly nextChannelAfterMs: number;
  };
}

export interface Episode01 extends Omit<
  Episode,
  'answers' | 'warnings' | 'quiet' | 'contactReported' | 'workedBy' | 'handedOverAt' | 'contactStage'
> {
  readonly answers: EDownAnswers;
  readonly contactStage: Exclude<Episode['contactStage'], 'DECLINED'>;
  readonly contactReported?: boolean;
  readonly shift: (Shift & { readonly person: string }) | null;
  readonly handedOverAt?: number;
  readonly paged: readonly { readonly person: string; readonly audience: Audience }[];
}

/** What has not changed since stands in `CaseState`. */
type Same = Pick<
  CaseState,
  | 'caseNumber'
  | 'title'
  | 'description'
  | 'product'
  | 'environment'
  | 'customer'
  | 'openedAt'
  | 'openedOver'
  | 'seq'
  | 'status'
  | 'closedAt'
  | 'resolution'
  | 'severity'
  | 'severitySetBy'
  | 'severityRequestedBy'
  | 'severitySince'
  | 'engineer'
  | 'eDownCount'
  | 'eDownRefusals'
  | 'substantiveProgressAt'
  | 'stalled'
  | 'provisionalEntitlement'
  | 'nextAction'
  | 'nextPage'
>;

export interface State01 extends Same {
  readonly policy: Policy01;
  readonly directManager: { readonly person: string; readonly name: string } | null;
  readonly contacts: readonly Contact[];
  readonly escalation: Omit<CaseState['escalation'], 'wish'> & {
    readonly m1: Tier01 | null;
    readonly m2: Tier01 | null;
  };
  readonly suggestions: readonly { readonly level: CaseState['suggested'][number]; readonly at: number }[];
  readonly emergency: Emergency;
  readonly episode: Episode01 | null;
  readonly pastEpisodes: readonly (Omit<PastEpisode, 'how'> & { readonly how: string })[];
  readonly eDownRequest: { readonly by: string; readonly at: number; readonly missing: readonly string[] } | null;
  readonly clocks: readonly {
    readonly kind: ClockKind;
    readonly startedAt: number;
    readonly dueAt: number;
    readonly warned: number;
    readonly breachedAt: number | null;
  }[];
  readonly handOver: HandOver | null;
  readonly actions: readonly ContactAction[];
  readonly sprs: readonly Spr[];
  readonly ladders: readonly Ladder01[];
  readonly pages: readonly Page01[];
  readonly tail: readonly Event01[];
}

/** An event as it was written: the envelope is the same, the data may be another. */
export type Event01 = Pick<
  CaseEvent,
  'seq' | 'at' | 'by' | 'role' | 'channel' | 'requestedBy' | 'requestId' | 'occurredAt'
> & {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};
