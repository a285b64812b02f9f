/** An answer that came by a button, a key or a message, and the one sentence that whoever gave it hears. */
import type { Means } from '../../workflows/core/language/vocabulary';
import type { AnswerKind, Answering, OpenedPage } from '../answering';
import { whenOf } from '../answer-page/when';
import { wordsFor, type AnswerPageWords } from '../answer-page/words';

export async function sentenceAfter(
  answering: Answering,
  token: string,
  answer: AnswerKind,
  means: Means,
): Promise<string> {
  const opened = await answering.open(token);
  if (opened.is === 'NOT_VALID') return wordsFor().notValid.title;
  if (opened.is === 'EXPIRED') return wordsFor(opened.person.languages).expired.title;
  return await given(answering, opened.page, answer, means);
}

/** As the page says it, without the page. */
export async function given(answering: Answering, page: OpenedPage, answer: AnswerKind, means: Means): Promise<string> {
  const words = wordsFor(page.person.languages);
  const outcome = await answering.give(page, answer, means);
  if (outcome.is === 'DONE') return answer === 'have' ? words.spoken.have : words.spoken.cannot;
  return standingIn(words, outcome.page, answering.nameOf) ?? words.refused(outcome.refusal.message);
}

/** Who has it, or that it is over; nothing while it is still asked. */
function standingIn(
  words: AnswerPageWords,
  { standing, person }: OpenedPage,
  nameOf: (person: string) => string,
): string | undefined {
  const when = whenOf(person.timezone, words.language);
  switch (standing.is) {
    case 'YOURS':
      return words.yours(when(standing.since));
    case 'TAKEN':
      return words.taken(nameOf(standing.by), standing.since === null ? null : when(standing.since));
    case 'OVER':
      return words.over(standing.at === null ? null : when(standing.at));
    case 'ASKED':
      return undefined;
    default:
      return standing satisfies never;
  }
}
