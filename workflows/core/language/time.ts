/** Instants inside are epoch milliseconds; in events they are ISO strings. The clock itself is always given. */
export const iso = (at: number): string => new Date(at).toISOString();

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** Working days by the calendar of UTC: weekends are left out, holidays are nobody's here (B10). */
export function afterBusinessDays(from: number, days: number): number {
  let at = from;
  for (let left = days; left > 0;) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}

/** Whole minutes; none of what is still to come. */
export const minutesSince = (from: number, now: number): number => Math.max(0, Math.floor((now - from) / 60_000));
