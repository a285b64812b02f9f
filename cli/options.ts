/** Options that several commands have. */
import { InvalidArgumentError, Option } from 'commander';

function instant(words: string): number {
  const ms = Date.parse(words);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It is a time such as 2026-12-24T18:00:00Z.');
  return ms;
}

/** A whole number, also none. */
export function count(words: string): number {
  if (!/^\d{1,6}$/.test(words)) throw new InvalidArgumentError('It is a whole number.');
  return Number(words);
}

/** Who acts, or whose cases are meant; the environment may say it once for a whole shift. */
export const byOption = (description = 'who you are in the directory'): Option =>
  new Option('--by <who>', description).env('TOCSIN_BY');

export const upTo =
  (most: number) =>
  (words: string): number => {
    const number = Number(words);
    if (!/^\d{1,4}$/.test(words) || number < 1 || number > most)
      throw new InvalidArgumentError(`It is a whole number from 1 to ${most}.`);
    return number;
  };

export const atOption = (): Option => new Option('--at <time>', 'instead of now, ISO 8601').argParser(instant);

/** A length of time, as in the configuration. */
export const lengthOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((words: string) => {
    const [, count, unit = ''] = /^(\d{1,6})(s|m|h)$/.exec(words) ?? [];
    const ms = UNITS[unit];
    if (count === undefined || ms === undefined) throw new InvalidArgumentError('It is written like 90s, 20m or 2h.');
    return Number(count) * ms;
  });

const LONGEST_AHEAD_MS = 2 * 366 * 24 * 3_600_000;

/** How far to look ahead: in hours, days or weeks, two years at most. */
export const aheadOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((words: string) => {
    const [, count, unit = ''] = /^([1-9]\d{0,4})(h|d|w)$/.exec(words) ?? [];
    const ms = Number(count) * (UNITS[unit] ?? NaN);
    if (!(ms <= LONGEST_AHEAD_MS))
      throw new InvalidArgumentError('It is written like 12h, 3d or 52w, two years at most.');
    return ms;
  });

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
