/**
 * What a language has to have: a sentence for every key of language/words.ts, for every event and for every need. A second
 * language is a second file of this type; the compiler names what it lacks.
 */
import type { Code } from '../language/codes';
import type { CaseEvent, EventType, Fact, FactOf } from '../language/events';
import type { DetailFacts } from '../language/refusal';
import type { ProblemFacts, Said, WantedFacts } from '../language/shape';
import type { DueFacts, NoteFacts, PageFacts, ViewFacts, WordFacts } from '../language/words';
import type { NeedWordsKey } from '../paging/needs';
import type { Asked } from './asked';
import type { Labels } from './labels';

/** How whoever reads it sees time. */
export interface Reader {
  /** An instant on their clock, with the name of its zone. */
  readonly when: (instant: string) => string;
  /** The time of day alone, in a list of what happened a little before. */
  readonly clock: (instant: string) => string;
}

/** `2026-11-24 09:40 UTC`. */
export const utc: Reader = {
  when: (instant) => `${instant.slice(0, 16).replace('T', ' ')} UTC`,
  clock: (instant) => instant.slice(11, 16),
};

type Sentences<Facts> = { readonly [K in keyof Facts]: (facts: Facts[K], reader: Reader) => string };

export interface NeedWords {
  /** What it is called in a list. */
  readonly name: string;
  /** What is wanted of whoever is asked, as one sentence. */
  readonly want: (asked: Asked) => string;
}

/** How sentences of the language stand together. */
export interface Prose {
  /** One after the other; what is empty is left out. */
  readonly together: (sentences: readonly string[]) => string;
  /** Fields, each with what is wrong with it, as one sentence. */
  readonly wrong: (fields: readonly { readonly field: string; readonly problem: string }[]) => string;
  /** Fields that are wrong as well, as one sentence. */
  readonly alsoWrong: (fields: readonly string[]) => string;
}

export interface Catalogue extends Labels {
  readonly prose: Prose;
  readonly codes: Readonly<Record<Code, { readonly sentence: string; readonly hint: string }>>;
  readonly wanted: Sentences<WantedFacts>;
  readonly problems: Sentences<ProblemFacts>;
  readonly details: Sentences<DetailFacts>;
  readonly notes: Sentences<NoteFacts>;
  readonly dues: Sentences<DueFacts>;
  /** What happened, as one sentence: for the timeline, the Web UI and pages. */
  readonly events: { readonly [T in EventType]: (event: FactOf<T>, reader: Reader) => string };
  readonly needs: Readonly<Record<NeedWordsKey, NeedWords>>;
  /** What a page says besides. */
  readonly pages: Sentences<PageFacts>;
  /** Word that is of no case. */
  readonly word: Sentences<WordFacts>;
  /** What views say, to whoever looks at a case. */
  readonly views: Sentences<ViewFacts>;
}

/** One of a kind of sentences, said. */
export const say = <Facts>(sentences: Sentences<Facts>, said: Said<Facts>, reader: Reader = utc): string =>
  (sentences[said.key] as (facts: Said<Facts>, reader: Reader) => string)(said, reader);

export const sayEvent = ({ events }: Pick<Catalogue, 'events'>, event: CaseEvent | Fact, reader: Reader): string =>
  (events[event.type] as (fact: CaseEvent | Fact, reader: Reader) => string)(event, reader);
