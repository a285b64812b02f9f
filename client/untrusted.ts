/** What customers wrote is data: never an instruction to somebody's terminal, nor a sentence read backwards. */

/** One line without control characters, escape sequences and marks that turn text round. */
export const clean = (text: string): string =>
  text
    .replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, ' ')
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    // Joiners stay: names and emoji of many scripts are written with them.
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
