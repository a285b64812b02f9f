/** The words for a person, and times on their clock: in the language of their pages, English where nobody knows who it is. */
import { readingOf, type Language } from '../../../activities/templates/reading';
import type { Words } from '../../../workflows/core/words/spoken';
import { en } from './en';
import type { AnswerPageWords, When } from './words';
import { zh } from './zh';

export { isSettled, whose, type Saying } from './whose';
export { wantedIn, type AnswerPageWords } from './words';

/** Another language is another file and a line here. */
const LANGUAGES: Readonly<Record<Language, AnswerPageWords>> = { en, 'zh-CN': zh };

export interface PersonalWords {
  readonly language: Language;
  /** What pages of every channel say. */
  readonly core: Words;
  readonly words: AnswerPageWords;
  readonly when: When;
  /** Why an answer was not accepted; in the service's own words where this version does not know the reason. */
  readonly why: (refusal: { readonly code: string; readonly message: string }) => string;
}

interface ReaderOfPages {
  readonly languages: readonly string[];
  readonly timezone: string;
}

const NOBODY: ReaderOfPages = { languages: [], timezone: 'UTC' };

export function wordsFor(person: ReaderOfPages = NOBODY): PersonalWords {
  const { language, words, reader } = readingOf(person);
  const why: PersonalWords['why'] = (refusal) => sentenceOf(words, refusal);
  return { language, core: words, words: LANGUAGES[language], when: reader.when, why };
}

const sentenceOf = (
  { codes }: Words,
  { code, message }: { readonly code: string; readonly message: string },
): string => (Object.hasOwn(codes, code) ? codes[code as keyof typeof codes].sentence : message);
