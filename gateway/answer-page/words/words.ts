/** What a language has to have for the page on which people answer. */
import type { Purpose } from '../../../workflows/core/language/vocabulary';
import type { Wanted } from '../standing';

/** An instant, as whoever reads it sees time: on their own clock, with its zone. */
export type When = (instant: string) => string;

export interface AnswerPageWords {
  /** BCP 47, for the page's `lang`. */
  readonly language: string;
  /** What is wanted, as one sentence to whoever is asked. */
  readonly wanted: Readonly<Record<Purpose, string>>;
  /** The same to somebody who has it already: they are not asked once more. */
  readonly wasAsked: (wanted: string) => string;
  readonly severity: (severity: number) => string;
  readonly levels: Readonly<Record<'M1' | 'M2', string>>;
  readonly emergency: string;
  readonly answeringAs: (name: string) => string;
  readonly answerBy: (at: string) => string;
  readonly openSince: (at: string) => string;
  readonly downSince: (at: string) => string;
  readonly customer: string;
  readonly case: string;
  readonly callBack: (number: string) => string;
  readonly contact: (name: string, number: string | null) => string;
  readonly have: string;
  readonly cannot: string;
  /** What the second button does, as a sentence. */
  readonly cannotMeans: string;
  readonly late: (askedNow: string | null) => string;
  readonly yours: (since: string) => string;
  readonly cannotAnyMore: string;
  readonly taken: (by: string, since: string | null) => string;
  readonly over: (at: string | null) => string;
  readonly nothingToDo: string;
  readonly declined: (askedNow: string | null) => string;
  readonly refused: (sentence: string) => string;
  readonly notValid: { readonly title: string; readonly text: string };
  readonly expired: { readonly title: string; readonly text: string };
  /** The case was ended from outside; the text is also said by itself. */
  readonly ended: { readonly title: string; readonly text: string };
  readonly unavailable: { readonly title: string; readonly text: string };
  readonly spoken: SpokenWords;
}

/** For a voice on the telephone, and for a short message. */
export interface SpokenWords {
  readonly have: string;
  readonly cannot: string;
  readonly unclear: string;
  /** Behind it, in a short message. */
  readonly howToReply: string;
  readonly goodbye: string;
  readonly unknownNumber: string;
  readonly whichOne: (replies: readonly string[]) => string;
  readonly nothingAsked: string;
  /** Somebody else than the page asks has pressed its button. */
  readonly asksAnother: (name: string) => string;
}

/** The sentence of what is wanted; a purpose that this version does not know is said as it is. */
export const wantedIn = ({ wanted }: AnswerPageWords, { purpose }: Pick<Wanted, 'purpose'>): string =>
  Object.hasOwn(wanted, purpose) ? wanted[purpose as Purpose] : purpose;
