/** Text for the Temporal Web UI, which renders Markdown. */

/** Nothing to be seen, and an address that is broken by it is no link any more: it is drawn as one wherever it stands. */
const JOINER = '\u2060';

/** So that a title cannot draw a table, a link or a picture where support staff look, nor turn the line around. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\\`*_[\]|<>~#!]/g, (mark) => `\\${mark}`)
    .replace(/:\/\/|\bwww\./gi, (begins) => `${begins.slice(0, -1)}${JOINER}${begins.slice(-1)}`)
    // A dash or a number makes a list only where a line begins.
    .replace(/^(\s*)([-+]|\d+[.)])/, '$1\\$2');

/** To be copied as it stands; what would end the code early is told as text. */
export const codeOf = (text: string): string => (text.includes('`') ? escapeMarkdown(text) : `\`${text}\``);
