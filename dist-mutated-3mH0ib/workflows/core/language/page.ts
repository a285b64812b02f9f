/**
 * What goes between the case and the activities that page people: an order, and a typed result. No person, no address
 * and a provider that is down are results, not errors, because each has its own next step.
 */
import type { NeedKey, NeedKind } from '../paging/needs';
import type { Fact, Tell } from './events';
import type { Contact } from './opening';
import type { Mode, PassedOver, Rank, Route, Shift, Wanted } from './reach';
import type { Emergency, Level, Purpose, Severity } from './vocabulary';
import type { Said } from './shape';
import type { DueFacts } from './words';

/** What a message asks for: one need, as it stands when the message goes. */
export interface Ask {
  readonly key: NeedKey;
  readonly kind: NeedKind;
  readonly purpose: Purpose;
  /** What has happened. */
  readonly fact: Fact;
  readonly openedAt: string;
  /** Since when nobody has answered, where others were asked before. */
  readonly unansweredSince?: string;
  /** The engineer has said that they cannot: somebody else has to be found for it. */
  readonly declinedBy?: string;
  /** Somebody has it for now: it is still the engineer's own case. */
  readonly heldBy?: string;
  readonly answerBy?: string;
}

/** Somebody who has an open page of this case, or was rung for it a moment ago. */
export interface Bell {
  readonly person: string;
  /** Their open page, and the number of the next message of it. */
  readonly page?: { readonly pageId: string; readonly attempt: number };
  /** What their page asks already. */
  readonly asks: readonly Ask[];
  /** What their page is called by: only this need's turn rings them again. */
  readonly lead?: { readonly key: NeedKey; readonly kind: NeedKind };
  /** The last ring that they have not answered, and from when they may be rung again for something no more urgent. */
  readonly rung?: { readonly rank: Rank; readonly againFrom: number };
}

/** What else is on its way at this moment to somebody who is not looked up yet: it may be the same person. */
export interface Beside {
  readonly pageId: string;
  readonly wanted: Wanted;
  /** It comes first: what this order says is said there, where both are for one person. */
  readonly isFirst: boolean;
  /** The two are never for one person: M1 and M2. */
  readonly isApart: boolean;
  readonly rank: Rank;
  readonly asks: readonly Ask[];
  readonly tells: readonly Tell[];
}

/** The case in facts: what nobody should have to look up at night. */
export interface CaseFacts {
  readonly customer: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly emergency: Emergency;
  readonly openedAt: string;
  readonly downSince?: string;
  readonly affectedUsers?: number;
  readonly totalUsers?: number;
  readonly contact?: Pick<Contact, 'name' | 'reach' | 'number' | 'email'>;
  readonly hotline: string;
  readonly owners: Owners;
  readonly nextDue?: { readonly at: string; readonly what: Said<DueFacts> };
  /** What has happened since the alert before this one. */
  readonly recent: readonly Fact[];
  /** What the case waits for from the contact. */
  readonly waitsFor?: { readonly actionId: string; readonly what: string; readonly dueAt: string };
}

export interface Owners {
  readonly engineer: string | null;
  readonly manager: { readonly level: Level; readonly person: string } | null;
  readonly onCall: string | null;
}

export interface PageOrder {
  readonly caseNumber: string;
  readonly pageId: string;
  /** Counts the messages of a page; part of the idempotency key. */
  readonly attempt: number;
  /** Of what is new in this message, the most urgent. */
  readonly purpose: Purpose;
  readonly wanted: Wanted;
  /** To be heard: over the urgent channels where `urgent`, over the normal ones otherwise. Without it, it is word. */
  readonly reach: boolean;
  readonly urgent: boolean;
  readonly rank: Rank;
  /** The engineer whose chart counts: the manager is looked up from here when the page is sent (R40). */
  readonly engineer: string | null;
  /** The chart as last looked up, from the direct manager upwards, for when the directory knows the engineer no more. */
  readonly chart: readonly string[];
  /** Whoever works on the emergency: they are not asleep, whatever their window says. */
  readonly atWork: string | null;
  /** Whose shift or part in the emergency has ended: found as somebody to stand in, they are left alone (H5). */
  readonly off: readonly string[];
  /** Channels of the person that were used already, by name: their list may change between two tries. */
  readonly used: readonly string[];
  /** The customer's contacts in question, the first one first. */
  readonly contacts?: readonly Contact[];
  /** The contact's zone where they have none of their own. */
  readonly contactZone?: string;
  readonly quiet?: { readonly from: string; readonly to: string };
  readonly channels: { readonly urgent: readonly string[]; readonly normal: readonly string[] };
  /** How long a provider may be tried again before the result is `PROVIDER_DOWN`. */
  readonly retryForMs: number;
  readonly asks: readonly Ask[];
  readonly tells: readonly Tell[];
  readonly bells: readonly Bell[];
  readonly beside: readonly Beside[];
  readonly facts: CaseFacts;
}

export interface Addressed {
  readonly person: string;
  readonly name: string;
  readonly route: Route;
  readonly channel: string;
  /** How many channels are left that were not used. */
  readonly channelsLeft: number;
  readonly mode: Mode;
  /** What the message says is asked: a person's page has a line for each. */
  readonly asks: readonly NeedKey[];
  /** What it tells besides. */
  readonly tells: readonly Purpose[];
  /** It went out as a message of this open page of theirs. */
  readonly joined?: { readonly pageId: string; readonly attempt: number };
  /** It was not allowed to ring: from then on it may. */
  readonly ringsFrom?: number;
}

/** What a look-up has found out besides. */
export interface LookedUp {
  readonly passedOver: readonly PassedOver[];
  readonly shift?: Shift;
  /** From the engineer's direct manager upwards. */
  readonly chart?: readonly { readonly person: string; readonly name: string }[];
  /** The contact's next night, or the one that they are in. */
  readonly quiet?: { readonly from: string; readonly to: string };
}

export type PageResult = LookedUp &
  /** `receipt`: the channel wants to hear when the page is settled, and of which of its messages that is. */
  (
    | (Addressed & { readonly outcome: 'ACCEPTED'; readonly receipt?: string })
    | (Addressed & {
        readonly outcome: 'FAILED';
        readonly reason: 'PROVIDER_DOWN' | 'REJECTED_BY_PROVIDER';
        readonly detail: string;
      })
    | {
        readonly outcome: 'FAILED';
        readonly reason: 'NO_ADDRESS';
        readonly person: string;
        readonly name: string;
        readonly route: Route;
      }
    | {
        readonly outcome: 'FAILED';
        readonly reason: 'NO_PERSON' | 'TIMED_OUT' | 'CANCELLED' | 'KNOWS_ALREADY';
        readonly detail?: string;
      }
    /** Said in a message to the same person that goes out beside it. */
    | { readonly outcome: 'MERGED'; readonly into: string; readonly person: string; readonly name: string }
    /** Not in these hours of the person's clock. */
    | {
        readonly outcome: 'DEFERRED';
        readonly until: string;
        readonly person: string;
        readonly name: string;
        readonly why: 'QUIET' | 'OUTSIDE_WORKING_HOURS';
      }
  );

/** What a provider has told later of a message that it had taken (H7): no news of it is an answer. */
export interface PageNews {
  readonly pageId: string;
  readonly attempt: number;
  readonly person: string;
  readonly channel: string;
  /** FAILED: it has not arrived; UNANSWERED: it rang, and nobody said anything. Both are followed by the next channel at once. */
  readonly news: 'DELIVERED' | 'FAILED' | 'UNANSWERED';
  readonly reason?: string;
}

/** A page that channels have taken needs no answer any more, and they want to hear of it. */
export interface SettleOrder {
  readonly caseNumber: string;
  readonly person: string;
  readonly isContact: boolean;
  readonly targets: readonly { readonly pageId: string; readonly channel: string; readonly receipt: string }[];
  readonly outcome: 'ANSWERED' | 'OVERTAKEN' | 'OVER';
  readonly by?: string;
  readonly at: string;
}

/** A try had no outcome yet: from the activity, so that nobody waits for a provider that is down (H7). */
export interface PageTrouble {
  readonly pageId: string;
  readonly attempt: number;
  readonly person: string;
  readonly name: string;
  readonly channel: string;
  readonly channelsLeft: number;
  readonly joined?: { readonly pageId: string; readonly attempt: number };
  /** SLOW: nothing has come back; BUSY: not now, said a channel that works (D13); FAILED: it is tried again. */
  readonly why: 'SLOW' | 'BUSY' | 'FAILED';
  readonly detail?: string;
}
