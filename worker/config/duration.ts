import { z } from 'zod';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST_MS = 366 * UNITS.d;

/** `500ms` `2s` `15m` `1h` `2d`; milliseconds, or nothing when it is no such thing. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Number(count) * UNITS[unit as keyof typeof UNITS];
  return ms >= 1 && ms <= LONGEST_MS ? ms : undefined;
}

/** A length of time in a configuration file, in milliseconds once read. */
export const duration = z.unknown().transform((value, context) => {
  const ms = typeof value === 'string' ? parseDuration(value) : undefined;
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: 'must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d' });
  return z.NEVER;
});
