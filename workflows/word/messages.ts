/**
 * Word that is of no case: what the rota, or somebody who watches, has to tell people. One workflow tells it, and its id is the
 * page's: however many workers have noticed the same, it is told once.
 */
import type { Said } from '../core/language/shape';
import type { Audience } from '../core/language/vocabulary';
import type { WordFacts } from '../core/language/words';

export const TELL_ONCE_TYPE = 'tellOnce';

/** Somebody by name, or whoever comes first in a team at an instant: looked up when it is sent. */
export type Whom =
  | { readonly person: string; readonly team?: undefined }
  | { readonly team: string; readonly at: string; readonly person?: undefined };

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

export type WordResult =
  | { readonly outcome: 'ACCEPTED'; readonly person: string; readonly channel: string }
  /** There is nobody to tell, or it has come about meanwhile. */
  | { readonly outcome: 'NOBODY' | 'OVER' }
  | { readonly outcome: 'NO_ADDRESS'; readonly person: string }
  | {
      readonly outcome: 'FAILED';
      readonly person: string;
      readonly channel: string;
      readonly channelsLeft: number;
      readonly detail: string;
    };

export interface WordActivities {
  /** Tries one channel of one person; whatever comes of it is a result. */
  sendWord: (order: WordOrder) => Promise<WordResult>;
}
