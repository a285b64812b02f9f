/** An answer that came by a button, a key or a message, and the one sentence that whoever gave it hears. */
import type { Means } from '../../workflows/core/language/vocabulary';
import { inOneSentence, insteadOf } from '../answer-page/said';
import { wordsFor, type PersonalWords } from '../answer-page/words';
import type { AnswerKind, Answering, Opened, OpenedPage } from '../answering';

export async function sentenceAfter(
  answering: Answering,
  opened: Opened,
  answer: AnswerKind,
  means: Means,
): Promise<string> {
  return opened.is === 'PAGE' ? await given(answering, opened.page, answer, means) : whyNot(opened);
}

/** In the language of whoever is asked, where that is known. */
export function wordsOf(opened: Opened): PersonalWords {
  if (opened.is === 'NOT_VALID') return wordsFor();
  return wordsFor(opened.is === 'PAGE' ? opened.page.person : opened.person);
}

/** What is said instead of a page. */
export function whyNot(opened: Exclude<Opened, { is: 'PAGE' }>): string {
  const { words } = wordsOf(opened);
  const { title, text } = insteadOf(opened, words);
  // Of a link that is old there is no more to say; where a case was ended, there is something to do.
  return opened.is === 'ENDED' ? text : title;
}

/** As the page says it, without the page. */
export async function given(answering: Answering, page: OpenedPage, answer: AnswerKind, means: Means): Promise<string> {
  return inOneSentence(await answering.give(page, answer, means), answer, answering.nameOf);
}
