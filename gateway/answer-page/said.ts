/** What an answer has led to, in the one sentence that a program, a button, a key or a message hears. */
import type { AnswerKind, Given } from '../answering';
import { isSettled, whose, wordsFor } from './words';

export function inOneSentence(given: Given, answer: AnswerKind, nameOf: (person: string) => string): string {
  const { person, standing } = given.page;
  const { words, when, why } = wordsFor(person);
  if (given.is === 'DONE') return answer === 'have' ? words.spoken.have : words.spoken.cannot;
  // While it is still asked, there is only why this answer was not taken.
  return isSettled(standing) ? whose(standing, { words, when, nameOf }) : words.refused(why(given.refusal));
}
