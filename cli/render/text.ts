/** Text for a terminal: as wide as it is there, where a Chinese character takes two columns, and in colours where they are wanted. */
import stringWidth from 'string-width';
import { clean } from '../../client/untrusted';

/** A terminal as it is by default. */
export const DEFAULT_WIDTH = 80;

/** How many columns it takes. */
export const cells = (text: string): number => stringWidth(text);

const letters = new Intl.Segmenter();

/** As many whole characters, as people see them, as fit. */
function beginning(text: string, max: number): string {
  let kept = '';
  let taken = 0;
  for (const { segment } of letters.segment(text)) {
    taken += cells(segment);
    if (taken > max) break;
    kept += segment;
  }
  return kept;
}

/** Cut to so many columns. */
export function shorten(text: string, max: number): string {
  const plain = clean(text);
  return cells(plain) <= max ? plain : `${beginning(plain, Math.max(0, max - 1)).trimEnd()}…`;
}

/** Filled up to so many columns. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));

/** In lines of so many columns, cut between words; a word that is longer, or a sentence without spaces, anywhere. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const line = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length === 0 || cells(line) > width) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n');
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (cells(rest) > width) {
    const part = beginning(rest, width);
    if (part === '') break;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

/** Wrapped beside a label: every line but the first is moved in. */
export const hanging = (label: string, text: string, width: number): string =>
  label + wrapped(clean(text), Math.max(20, width - cells(label))).replaceAll('\n', `\n${' '.repeat(cells(label))}`);

/** Lines as they are, each wrapped under its own beginning. */
export const fitted = (lines: string, width: number): string =>
  lines
    .split('\n')
    .map((line) => {
      const [indent = ''] = /^ */.exec(line) ?? [];
      return hanging(indent, line.slice(indent.length), width);
    })
    .join('\n');

/** `1 ring`, `2 rings`. */
export const counted = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
};

/** Colours where they are wanted; elsewhere the text as it is. */
export const painter = (colours: boolean): Paint =>
  colours ? (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m` : (_, text) => text;
