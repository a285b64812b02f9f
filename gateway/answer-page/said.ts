/** What an answer has led to, in the one sentence that a program, a button, a key or a message hears. */
import type { AnswerKind, Given, Opened } from '../answering';
import { isSettled, whose, wordsFor, type AnswerPageWords } from './words';

export function inOneSentence(given: Given, answer: AnswerKind, nameOf: (person: string) => string): string {
  const { person, standing } = given.page;
  const { words, when, why } = wordsFor(person);
  if (given.is === 'DONE') return answer === 'have' ? words.spoken.have : words.spoken.cannot;
  // While it is still asked, there is only why this answer was not taken.
  return isSettled(standing) ? whose(standing, { words, when, nameOf }) : words.refused(why(given.refusal));
}

const INSTEAD = { NOT_VALID: 'notValid', EXPIRED: 'expired', ENDED: 'ended' } as const;

/** What is said instead of a page. */
export const insteadOf = ({ is }: Exclude<Opened, { is: 'PAGE' }>, words: AnswerPageWords) => words[INSTEAD[is]];
