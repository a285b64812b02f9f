/** What holds of every language that pages are written in. */
import { en } from '../../workflows/core/words/en';
import { zh } from '../../workflows/core/words/zh';

export const LANGUAGES = [
  ['English', en],
  ['Chinese', zh],
] as const;

/** A fact that nobody gave, as JavaScript writes it. */
export const UNSAID = /undefined|\bnull\b|NaN|\[object|Invalid Date/;

/** Names that are the same in every language. */
const NAMES =
  /E-Down|E_DOWN|R&D|\bM[12](?![a-z])|SPR\d*|Slack|UTC|GMT[+-][\d:]+|ISO 8601\S*|JSON|IANA\S*|PAGER|NORMAL|"none"|true|false|`[^`]*`|https?:\S+/g;

/** What is left of a Chinese text besides Chinese: nothing, where all of it is translated. */
export const englishIn = (text: string, ...alsoNames: readonly RegExp[]): string[] =>
  [NAMES, ...alsoNames].reduce((left, names) => left.replace(names, ''), text).match(/[A-Za-z]{2,}/g) ?? [];
