/** The words for a person: their first language that there is, English otherwise. */
import { en } from './en';
import type { AnswerPageWords } from './words';

export { wantedIn, type AnswerPageWords, type When } from './words';

/** A second language is a second file and a line here. */
const LANGUAGES: Readonly<Record<string, AnswerPageWords>> = { en };

export function wordsFor(languages: readonly string[] = []): AnswerPageWords {
  for (const language of languages) {
    const [base = ''] = language.toLowerCase().split('-');
    const words = Object.hasOwn(LANGUAGES, base) ? LANGUAGES[base] : undefined;
    if (words) return words;
  }
  return en;
}
