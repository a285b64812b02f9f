/** What is asked, of whom and why, before any language says it: what the needs of each language look at. */
import type { Fact } from '../language/events';
import type { Route } from '../language/reach';
import { QUESTIONS, type Audience, type Question } from '../language/vocabulary';
import type { NeedKey, NeedKind } from '../paging/needs';

/** Somebody is asked, as what, and how they came to be the one. */
export interface Asked {
  readonly ask: { readonly key: NeedKey; readonly fact: Fact; readonly declinedBy?: string };
  readonly as: Audience;
  readonly route: Route;
  readonly person: string;
  readonly facts: { readonly customer: string };
  readonly engineer: string | null;
}

/** Somebody further up the ladder is not asked to do it, but to see that it is done. */
export const isAbove = ({ as, person, engineer }: Asked, own: Audience): boolean => as !== own && person !== engineer;

/** What kind of need, and what it is about where there may be many. */
export function partsOf(key: NeedKey): { readonly kind: NeedKind; readonly subject: string | undefined } {
  const [kind, subject] = key.split(':');
  return { kind: kind as NeedKind, subject };
}

export const subjectOf = ({ ask }: Asked): string => partsOf(ask.key).subject ?? '';

/** The guide's questions whose answers are missing or wrong. */
export function questionsOf(fields: readonly string[]): Question[] {
  const wrong = fields.map((field) => field.replace('downForMinutes', 'downSince'));
  return QUESTIONS.filter((question) => wrong.some((field) => field.startsWith(`eDown.${question}`)));
}
