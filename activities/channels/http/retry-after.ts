import { DateTime } from 'luxon';

/** RFC 9110: seconds, or an HTTP date. `Date.parse` would take `in 2050` for one, and give the provider up. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = DateTime.fromHTTP(value);
  return at.isValid ? Math.max(0, at.toMillis() - now) : undefined;
}
