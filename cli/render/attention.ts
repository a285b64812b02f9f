/** What a desk must look at, in words. */
import { clean } from '../../client/untrusted';
import { en } from '../../workflows/core/words/en';

const words: Readonly<Record<string, string>> = en.attentions;

/** One that a newer service has and this client does not know is told by its name. */
export const attentionWord = (flag: string): string => (Object.hasOwn(words, flag) ? (words[flag] ?? '') : clean(flag));
