/** Codes in words, as a list, a case and an answer on the screen show them. */
import { clean } from '../../client/untrusted';
import { en } from '../../workflows/core/words/en';
import { withoutEnd } from '../../workflows/core/words/en/prose';

/** A code that a newer service has and this client does not know is told by its name. */
const wordsFor =
  (labels: Readonly<Record<string, string>>) =>
  (code: string): string =>
    Object.hasOwn(labels, code) ? (labels[code] ?? '') : clean(code);

/** What a desk must look at. */
export const attentionWord = wordsFor(en.attentions);
/** What is promised. */
export const clockWord = wordsFor(en.clocks);

const categoryWord = wordsFor(en.categories);
/** The category of an E-Down: in the middle of a line, without its full stop. */
export const categoryInLine = (code: string): string => withoutEnd(categoryWord(code));
