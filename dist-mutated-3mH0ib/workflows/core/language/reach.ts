/** How somebody is looked up and reached: what events, orders and results have in common. */
import type { Audience } from './vocabulary';

/** How a message reaches: a RING over the urgent channels, an ASK over the normal ones; WORD asks for nothing (H3). */
export type Mode = 'RING' | 'ASK' | 'WORD';

/** 0: the emergency itself; 1: urgent; 2: the rest. What has the lower one rings first. */
export type Rank = 0 | 1 | 2;

/** Who a message is for, before anybody has looked them up. */
export interface Wanted {
  readonly audience: Audience;
  /** This person, or whoever stands in for them. */
  readonly person?: string;
  /** This person and nobody in their place: they have had a message of this page before. */
  readonly exact?: true;
  /** On call: this person if still on call, otherwise whoever is. */
  readonly prefer?: string;
  /** On call: those of this person's team before all others. */
  readonly teamOf?: string;
  /** People not to page: those who were asked in this round, and whoever may not own it. */
  readonly excluding: readonly string[];
  /** Whoever is found and is one of these has word of their own: nobody is told in their place. */
  readonly unless?: readonly string[];
  /** Only in these hours of the person's own clock. */
  readonly hours?: 'AWAKE' | 'WORKING';
}

/** How the person came to be the one: told on the timeline, so that nobody has to guess why Ben was called. */
export const ROUTES = [
  'DIRECT',
  'DELEGATE',
  'NEXT_UP',
  'ON_CALL',
  'NEXT_TEAM',
  'DUTY_MANAGER',
  'DUTY_EXECUTIVE',
  'CONTACT',
  'NAMED',
] as const;
export type Route = (typeof ROUTES)[number];

/** Somebody who should have been the one and was not, for whom, and why. */
export interface PassedOver {
  readonly person: string;
  readonly why: 'AWAY' | 'UNKNOWN_PERSON' | 'SELF_MANAGED' | 'CYCLE' | 'OFF_SHIFT' | 'BARRED';
  /** Whom they would have stood in for. */
  readonly for?: string;
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
  /** Called back while it was on its way: a newer message takes its place, or nobody needs it any more. */
  'CANCELLED',
  /** Whoever was found knows it already. */
  'KNOWS_ALREADY',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why somebody is not waited for, other than that they did not answer in time. */
export type NotWaitedFor = 'NO_WORKING_CHANNEL' | 'NO_CHANNEL' | 'TRANSFER_FAILED' | 'BARRED';

/** Why a manager did not come (R49). */
export type Unreached = FailureReason | 'NO_ANSWER' | 'ACK_EXPIRED' | 'HAS_OTHER_LEVEL' | 'HAS_THE_CASE';
