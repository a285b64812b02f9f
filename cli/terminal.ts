/** What the commands know of the outside: two streams, a screen, a clock. */
import { text } from 'node:stream/consumers';
import { painter } from './render/text';
import type { Screen } from './render/case';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string>;
  screen(): Screen;
}

const NARROWEST = 60;
const WIDTH_OF_A_PIPE = 160;

/** The process's own; colours only for a person's eyes, and never against NO_COLOR. */
export const processTerminal = (): Terminal => ({
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
  screen: () => ({
    now: Date.now(),
    paint: painter(process.stdout.isTTY && !process.env['NO_COLOR']),
    width: Math.max(NARROWEST, process.stdout.isTTY ? process.stdout.columns : WIDTH_OF_A_PIPE),
  }),
});
