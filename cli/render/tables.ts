/** Tables of the terminal. */
import Table from 'cli-table3';
import type { Screen } from './case';
import { cells } from './text';

const EDGES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;
const GAP = '  ';
/** No lines: what is copied out of a terminal should be words. */
const NO_LINES = { ...Object.fromEntries(EDGES.map((edge) => [edge, ''])), middle: GAP } as Record<
  (typeof EDGES)[number] | 'middle',
  string
>;
const STYLE = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };

/** What a table of these leaves of the screen for one column more. */
export function roomBeside(head: readonly string[], rows: readonly (readonly string[])[], { width }: Screen): number {
  const widths = head.map((title, column) => Math.max(cells(title), ...rows.map((row) => cells(row[column] ?? ''))));
  return widths.reduce((left, taken) => left - taken - GAP.length, width);
}

/**
 * A table as wide as its words; each cell is safe to print, and one with several lines has them below each other. `numbers`: so many
 * of the last columns stand to the right.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { paint }: Screen,
  numbers = 0,
): string {
  const built = new Table({
    head: head.map((title) => paint('dim', title)),
    colAligns: head.map((_, column) => (column >= head.length - numbers ? 'right' : 'left')),
    chars: NO_LINES,
    style: STYLE,
  });
  built.push(...rows.map((row) => [...row]));
  return built
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
