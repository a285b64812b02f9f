/** Text for a terminal: lengths as people see them, and colours where they are wanted. */
import { clean } from '../../client/untrusted';

/** Cut at a whole character as people see it. */
export function shorten(text: string, max: number): string {
  const plain = clean(text);
  const segments = [...new Intl.Segmenter().segment(plain)];
  if (segments.length <= max) return plain;
  return `${segments
    .slice(0, Math.max(0, max - 1))
    .map(({ segment }) => segment)
    .join('')
    .trimEnd()}…`;
}

/** In lines of so many characters, cut between words. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length === 0 || line.length > width) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n');
}

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
