/** Instants and spans as people read them; UTC throughout, because a case follows the sun. */

/** `2026-11-24 03:00Z`, without the seconds. */
export const at = (when: string | number): string =>
  new Date(when)
    .toISOString()
    .replace('T', ' ')
    .replace(/:\d{2}\.\d{3}Z$/, 'Z');

/** `03:00:07Z`, for a table whose rows are close together. */
export const atSecond = (iso: string): string =>
  new Date(iso)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d{3}Z$/, 'Z');

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** The two largest units that say something: `2h 5m`, `45s`. */
export function span(ms: number): string {
  let left = Math.max(0, Math.round(ms / 1000) * 1000);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return parts.join(' ') || '0s';
}

/** `in 12m`, or `3m late`: what a desk wants to know of a deadline. */
export function due(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  return left >= 0 ? `in ${span(left)}` : `${span(-left)} late`;
}
