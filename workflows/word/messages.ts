/**
 * Word that is of no case: what the rota, or somebody who watches or tests, has to tell people. One workflow tells it, and its id is
 * the page's: however many workers have noticed the same, it is told once.
 */
import type { Said } from '../core/language/shape';
import type { Audience } from '../core/language/vocabulary';
import type { WordFacts } from '../core/language/words';

export const TELL_ONCE_TYPE = 'tellOnce';
export const TEST_PAGE_TYPE = 'testPage';

/** Somebody by name, or whoever comes first in a team at an instant: looked up when it is sent. */
export type Whom =
  | {
      readonly person: string;
      /** A test: on this one of their channels, as a page that may ring, and once. */
      readonly channel?: string;
      readonly team?: undefined;
    }
  | { readonly team: string; readonly at: string; readonly person?: undefined; readonly channel?: undefined };

/** What one person is told. */
export interface Telling {
  readonly whom: Whom;
  /** As whom they are told. */
  readonly audience: Audience;
  readonly said: Said<WordFacts>;
  /** Not earlier: their night is over by then. */
  readonly notBefore?: string;
}

export interface Word {
  /** Also the id of the workflow. */
  readonly pageId: string;
  /** The case that it is about, where there was one. */
  readonly caseNumber?: string;
  readonly tellings: readonly Telling[];
}

/** One message of it, to be sent now. */
export interface WordOrder extends Pick<Word, 'pageId' | 'caseNumber'>, Pick<Telling, 'whom' | 'audience' | 'said'> {
  /** Channels that did not take it, by name. */
  readonly used: readonly string[];
}

/** One try, whatever came of it. */
export interface WordTried {
  readonly person: string;
  readonly channel: string;
  /** Idempotency key of the message. */
  readonly key: string;
  /** What the provider took to say so. */
  readonly tookMs: number;
}

export type WordResult =
  | ({ readonly outcome: 'ACCEPTED' } & WordTried)
  /** There is nobody to tell, or it has come about meanwhile. */
  | { readonly outcome: 'NOBODY' | 'OVER' }
  | { readonly outcome: 'NO_ADDRESS'; readonly person: string }
  | ({
      readonly outcome: 'FAILED';
      readonly channelsLeft: number;
      readonly detail: string;
      /** The provider may take it another time. */
      readonly mayPass: boolean;
      /** Not before, as the provider has said. */
      readonly afterMs?: number;
    } & WordTried);

export interface WordActivities {
  /** Tries one channel of one person; whatever comes of it is a result. */
  sendWord: (order: WordOrder) => Promise<WordResult>;
}

/** A marked page for real, which says what would come of one. */
export interface TestWanted {
  /** `test-<n>`, also the id of the workflow. */
  readonly pageId: string;
  readonly person: string;
  /** One of their channels only. */
  readonly channel?: string;
  /** How long whoever asked for it waits for a worker: later it is not sent. */
  readonly patienceMs: number;
}

/** An account, a server or an address that pages need, and whether it is there. */
export interface Probed {
  /** What was asked: `email`, `slack`, `twilio`, `public URL`. */
  readonly what: string;
  readonly isGood: boolean;
  /** It is worth a look, and keeps nobody from being paged. */
  readonly isHint?: boolean;
  readonly detail: string;
}

/** What a worker knows of somebody before they are paged. */
export type TestLook =
  | {
      readonly is: 'FOUND';
      /** Which worker has looked, and sends. */
      readonly worker: string;
      readonly name: string;
      readonly probes: readonly Probed[];
      readonly channels: readonly string[];
    }
  | { readonly is: 'NOBODY' }
  /** Those that there are. */
  | { readonly is: 'NO_SUCH_CHANNEL'; readonly channels: readonly string[] };

export interface ChannelTested {
  readonly channel: string;
  readonly key: string;
  readonly result:
    | { readonly outcome: 'accepted' }
    | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs?: number }
    | { readonly outcome: 'rejected'; readonly detail: string };
  readonly tookMs: number;
}

export type Tested =
  | (Omit<Extract<TestLook, { readonly is: 'FOUND' }>, 'channels'> & {
      readonly person: string;
      readonly channels: readonly ChannelTested[];
    })
  | Exclude<TestLook, { readonly is: 'FOUND' }>
  /** A worker came when nobody waited for it any more. */
  | { readonly is: 'TOO_LATE' };

export interface TestPageActivities {
  /** Asks accounts and servers, and pages nobody. */
  lookAtChannels: (person: string, only?: string) => Promise<TestLook>;
}
