/**
 * What goes between the case and the activities that page people: an order, and a typed result. No person, no address
 * and a provider that is down are results, not errors, because each has its own next step (contract, section 6).
 */
import type { Audience, Emergency, Level, Purpose, Severity } from './vocabulary';
import type { Contact } from './inputs';

/** What a page may say: facts, so that the words are the templates' concern and can be told in any language. */
export interface PageFacts {
  readonly customer: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly emergency: Emergency;
  /** One sentence: what happened. */
  readonly what: string;
  /** What has happened since the last page of this kind, what is due next, who owns it: one sentence a line. */
  readonly lines: readonly string[];
}

export interface PageOrder {
  readonly caseNumber: string;
  readonly pageId: string;
  /** 1 for the first channel; the same person's next channel is the next attempt. Part of the idempotency key. */
  readonly attempt: number;
  readonly audience: Audience;
  readonly purpose: Purpose;
  /** Urgent pages use the policy's urgent channels. */
  readonly urgent: boolean;
  /** The engineer whose chart counts: the manager is looked up from here when the page is sent (R40). */
  readonly engineer: string | null;
  /** Exactly this person, and nobody else: a further channel, or word to somebody who was paged before. */
  readonly person?: string;
  /** On call: this person if they are still on call, otherwise whoever is. */
  readonly prefer?: string;
  /** People not to page: those who were asked in this round, and the owner of the other level (R45). */
  readonly excluding: readonly string[];
  /** Whoever is found and is one of these has word of their own: nobody is told in their place. */
  readonly unless?: readonly string[];
  /** Channels of `person` that were used already, by name: their list may change between two tries. */
  readonly used: readonly string[];
  readonly contact?: Contact;
  /** Order of channel kinds by the policy of the case. */
  readonly channels: readonly string[];
  /** How long a provider may be tried again before the result is `PROVIDER_DOWN`. */
  readonly retryForMs: number;
  readonly facts: PageFacts;
  /** Somebody has to answer; otherwise it is only word. */
  readonly isAsked: boolean;
}

/** How the person came to be the one: told on the timeline, so that nobody has to guess why Ben was called. */
export type Route =
  | 'DIRECT'
  | 'DELEGATE'
  | 'NEXT_UP'
  | 'ON_CALL'
  | 'NEXT_TEAM'
  | 'DUTY_MANAGER'
  | 'DUTY_EXECUTIVE'
  | 'CONTACT'
  | 'NAMED';

/** Somebody who should have been the one and was not, and why. */
export interface PassedOver {
  readonly person: string;
  readonly why: 'AWAY' | 'UNKNOWN_PERSON' | 'SELF_MANAGED' | 'CYCLE';
}

/** The on-call shift of the person who was paged: the workflow has no time zones, so the directory tells it. */
export interface Shift {
  readonly team: string;
  readonly endsAt: string;
}

export const FAILURE_REASONS = [
  /** Nobody (more) of this audience. */
  'NO_PERSON',
  /** The person has no channel (left) that may be used. */
  'NO_ADDRESS',
  /** 5xx, 429, time-outs, refused connections until the retry time was over. */
  'PROVIDER_DOWN',
  /** The provider said no for good: another 4xx. */
  'REJECTED_BY_PROVIDER',
  /** No result came back in time: workers were down. The same page goes out again under the same key. */
  'TIMED_OUT',
  /** The ladder ended while the page was on its way. */
  'CANCELLED',
  /** Whoever was found knows it already. */
  'KNOWS_ALREADY',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

interface Addressed {
  readonly person: string;
  readonly name: string;
  readonly route: Route;
  readonly channel: string;
  /** Position of the channel and how many usable ones the person has. */
  readonly channelIndex: number;
  readonly channelCount: number;
}

export type PageResult = {
  readonly passedOver: readonly PassedOver[];
  readonly shift?: Shift;
  /** The engineer's direct manager as looked up just now: what `managerForCase` answers while nobody is engaged. */
  readonly directManager?: { readonly person: string; readonly name: string };
} & (
  | (Addressed & { readonly outcome: 'ACCEPTED' })
  | (Addressed & { readonly outcome: 'FAILED'; readonly reason: 'PROVIDER_DOWN' | 'REJECTED_BY_PROVIDER'; readonly detail: string })
  | { readonly outcome: 'FAILED'; readonly reason: 'NO_ADDRESS'; readonly person: string; readonly name: string; readonly route: Route }
  | { readonly outcome: 'FAILED'; readonly reason: 'NO_PERSON' | 'TIMED_OUT' | 'CANCELLED' | 'KNOWS_ALREADY'; readonly detail?: string }
);
