/** Instants inside are epoch milliseconds; in events they are ISO strings. The clock itself is always given. */
export const iso = (at: number): string => new Date(at).toISOString();

/** An instant as people read it: `2026-11-24 09:40 UTC`. */
export const when = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** Working days by the calendar of UTC: weekends are left out, holidays are nobody's here (B10). */
export const DAY_MS = 24 * 3_600_000;

export function reviewDueAfter(from: number, days: number): number {
  let at = from;
  for (let left = days; left > 0; ) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
