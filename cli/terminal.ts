/** What the commands know of the outside: two streams, a screen, a clock. */
import { text } from 'node:stream/consumers';
import { painter } from './render/text';
import type { Screen } from './render/case';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Of what goes out by `out`, or by `err`: one of them may lead into a file. */
  screen(stream?: 'out' | 'err'): Screen;
}

const NARROWEST = 60;
/** A log is searched by its lines: a sentence of refusal stays one. */
const WIDTH_OF_A_PIPE = { out: 160, err: Infinity };

/** The process's own; colours only for a person's eyes, and never against NO_COLOR. */
export const processTerminal = (): Terminal => ({
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
  screen: (stream = 'out') => {
    const { isTTY, columns } = stream === 'out' ? process.stdout : process.stderr;
    return {
      now: Date.now(),
      paint: painter(isTTY && !process.env['NO_COLOR']),
      width: Math.max(NARROWEST, isTTY ? columns : WIDTH_OF_A_PIPE[stream]),
    };
  },
});
