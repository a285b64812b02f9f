/** Whose it is, in one sentence: the heading of the page, and what is said to a button, a key or a message. */
import type { Standing } from '../standing';
import type { AnswerPageWords, When } from './words';

export interface Saying {
  readonly words: AnswerPageWords;
  readonly when: When;
  readonly nameOf: (person: string) => string;
}

type Settled = Exclude<Standing, { is: 'ASKED' }>;

export const isSettled = (standing: Standing): standing is Settled => standing.is !== 'ASKED';

export function whose(standing: Settled, { words, when, nameOf }: Saying): string {
  switch (standing.is) {
    case 'YOURS':
      return words.yours(when(standing.since));
    case 'TAKEN':
      return words.taken(nameOf(standing.by), standing.since === null ? null : when(standing.since));
    case 'OVER':
      return words.over(standing.at === null ? null : when(standing.at));
    default:
      return standing satisfies never;
  }
}
