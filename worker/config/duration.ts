import { z } from 'zod';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;
/** As a file writes it. */
export type DurationText = `${number}${Unit}`;

const LONGEST_MS = 366 * UNITS.d;
const WANTED = 'must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d';

/** `500ms` `2s` `15m` `1h` `2d`; milliseconds, or nothing when it is no such thing. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Number(count) * UNITS[unit as Unit];
  return ms >= 1 && ms <= LONGEST_MS ? ms : undefined;
}

/** As a file would write it, in the largest unit that is whole. */
export function durationText(ms: number): DurationText {
  const unit = (['d', 'h', 'm', 's'] as const).find((candidate) => ms % UNITS[candidate] === 0) ?? 'ms';
  return `${ms / UNITS[unit]}${unit}`;
}

/** A length of time in a configuration file, in milliseconds once read. */
export const duration = z.string(WANTED).transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: WANTED });
  return z.NEVER;
});

/** The same, with what holds when the file is silent. */
export function timer(byDefault: DurationText) {
  const ms = parseDuration(byDefault);
  if (ms === undefined) throw new RangeError(`${byDefault} is no length of time`);
  return duration.default(ms);
}
