/** Codes in words, as a list, a case and an answer on the screen show them. */
import { clean } from '../../client/untrusted';
import { en } from '../../workflows/core/words/en';
import { questionsOf } from '../../workflows/core/words/asked';
import { needNamed } from '../../workflows/core/words/en/needs';
import type { NeedKey } from '../../workflows/core/paging/needs';
import { withoutEnd } from '../../workflows/core/words/en/prose';
import type { EDownCategory } from '../../workflows/core/language/vocabulary';
import type { CaseView } from '../../workflows/messages';

/** A code that a newer service has and this client does not know is told by its name. */
const wordsFor =
  <Code extends string>(labels: Readonly<Record<Code, string>>) =>
  (code: Code): string =>
    Object.hasOwn(labels, code) ? labels[code] : clean(code);

/** What a desk must look at; a list has it from the server's attributes, as text. */
export const attentionWord = wordsFor<string>(en.attentions);
/** What is promised. */
export const clockWord = wordsFor(en.clocks);

const categoryWord = wordsFor(en.categories);
/** What somebody is asked for, or has: by one name here, in the timeline and in the Web UI. */
export const needWord = (key: NeedKey): string => clean(needNamed(key));
/** What somebody is told. */
export const purposeWord = wordsFor(en.purposes);
export const audienceWord = wordsFor(en.audiences);
export const levelWord = wordsFor(en.levels);
export const statusWord = wordsFor(en.statuses);
export const emergencyWord = wordsFor(en.emergencies);
export const roleWord = wordsFor(en.roles);
/** Why the customer escalates. */
export const reasonWord = wordsFor(en.reasons);
/** What the customer's contact is asked to do. */
export const actionKindWord = wordsFor(en.actionKinds);
export const sprStatusWord = wordsFor(en.sprStatuses);
/** How an E-Down came to its end. */
export const emergencyEndWord = wordsFor(en.emergencyEnds);

export const environmentWord = wordsFor<CaseView['environment']>({
  PRODUCTION: 'production',
  TEST: 'a test system',
  DEVELOPMENT: 'development',
});

export const reachWord = wordsFor<CaseView['contacts'][number]['reach']>({ ON_SITE: 'on site', PAGER: 'pager' });

type EDown = NonNullable<CaseView['eDown']>;

export const contactWord = wordsFor<EDown['contactStatus']>({
  PRESENT: 'the contact is in touch',
  CHECKED: 'the contact is silent and has been asked to reply',
  UNAVAILABLE: 'the contact is silent',
  LOWERING_PROPOSED: 'the contact is silent, and a lower severity is proposed',
  DECLINED: 'the contact cannot help',
});

/** What a manager looks at again in the answers. */
export const warningWord = wordsFor<EDown['warnings'][number]>({
  categoryMismatch: 'fewer than most users are affected',
  productionNotStopped: 'production has not stopped',
  productivityLossUnknown: 'the productivity loss is not known',
});

/** The verdict comes first in what the case says of a review. */
export const reviewInWords = (review: string): string =>
  review.replace(/^[A-Z_]+(?= by )/, (verdict) => wordsFor<string>(en.verdicts)(verdict));

/** The guide's questions that nobody has answered yet. */
export const questionsInLine = (fields: readonly string[]): string =>
  questionsOf(fields)
    .map((question) => en.questions[question])
    .join(' ');

/** The category of an E-Down: in the middle of a line, without its full stop. */
export const categoryInLine = (code: EDownCategory): string => withoutEnd(categoryWord(code));
