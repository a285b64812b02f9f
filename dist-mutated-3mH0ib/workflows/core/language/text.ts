/**
 * What comes from outside is made well-formed once, at the edge: nothing that a stranger wrote may make a message
 * undeliverable, unreadable, or a line of its own.
 */

/**
 * Half of a character: a strict receiver refuses the whole message for it. Made anew for each use, for a `RegExp` that is
 * `g` remembers where it was, and nothing in the core may be kept from one case to the next.
 */
const half = (): RegExp => /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
/** Control characters but for the end of a line, and what turns the direction of a line around. */
const unseen = (): RegExp =>
  // eslint-disable-next-line no-control-regex -- these are what must not come in
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** As it may travel: whole characters, no control characters. Never longer than it was. */
export const wellFormed = (text: string): string => text.replace(half(), '\uFFFD').replace(unseen(), ' ');

/** Can it be an identifier: nothing unseen in it, so that it reads in a list and in a filter as it is stored? */
export const isPrintable = (text: string): boolean =>
  !half().test(text) && !unseen().test(text) && !text.includes('\n');

/** In whole characters, with an ellipsis where something is missing. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 2) >= 0xd800 && text.charCodeAt(most - 2) <= 0xdbff ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** Of a value as it is carried from run to run: bytes of its JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  let bytes = json.length;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    // A surrogate pair is four bytes, two for each half.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
