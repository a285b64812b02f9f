/** Pages of time: vendors render a few weeks at once. */
import type { Stretch } from '../model/export';

export const WEEK_MS = 7 * 86_400_000;

/** One after the other, until all of the stretch is in one of them. */
export function pagesOf({ from, to }: Stretch, lengthMs: number): Stretch[] {
  const pages: Stretch[] = [];
  for (let begin = from; begin < to; begin += lengthMs) pages.push({ from: begin, to: Math.min(begin + lengthMs, to) });
  return pages;
}

export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
