/** A half of a character that is written as two: half of an emoji, where somebody's CRM cut a title. Strict receivers refuse it. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Marks that turn the direction of writing: with them a text shows in another order than it is. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Customer text must not be able to fake a further line, to turn a line round, or to make a message undeliverable. */
export const oneLine = (text: string): string =>
  text
    .replace(HALVES, '\ufffd')
    .replace(DIRECTIONS, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
