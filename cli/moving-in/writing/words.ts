/** Times, windows and turns in the words of `directory.yaml` (rotas, T1-T6). */
import { DAY_MS, instantAt, localOf, midnightOf, MINUTE_MS, weekdayOf } from '../model/clock';
import type { Opening, Turning } from '../model/export';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_MINUTES = 24 * 60;

const two = (number: number): string => String(number).padStart(2, '0');

export const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export const dayText = (local: number): string => new Date(local).toISOString().slice(0, 10);

/** As the team's clocks show it; of an hour that comes twice the second can only be written as an instant. */
export function timeText(zone: string, at: number): string {
  const local = localOf(zone, at);
  const isPlain = local % MINUTE_MS === 0 && instantAt(zone, local) === at;
  return new Date(isPlain ? local : at)
    .toISOString()
    .replace(/:00\.000Z$/, isPlain ? '' : ':00Z')
    .replace('.000Z', 'Z');
}

export interface WindowYaml {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** A stretch of days becomes a window for each: a window is at most a day. */
function piecesOf({ day, from, minutes }: Opening): Opening[] {
  const pieces: Opening[] = [];
  if (minutes <= DAY_MINUTES) return [{ day, from, minutes }];
  let [at, left] = [from, minutes];
  for (let piece = day; left > 0; piece++) {
    const length = Math.min(left, DAY_MINUTES - at);
    pieces.push({ day: piece % 7, from: at, minutes: length });
    left -= length;
    at = 0;
  }
  return pieces;
}

/** `always`, or windows; days with the same hours stand together. */
export function windowsText(openings: readonly Opening[] | undefined): 'always' | WindowYaml[] {
  if (!openings) return 'always';
  const windows = new Map<string, { days: Set<number>; from: string; to: string }>();
  for (const { day, from, minutes } of openings.flatMap(piecesOf)) {
    const end = from + minutes;
    const to = end === DAY_MINUTES ? '24:00' : clockText(end % DAY_MINUTES);
    const key = `${from} ${to}`;
    const window = windows.get(key) ?? { days: new Set(), from: clockText(from), to };
    window.days.add(day);
    windows.set(key, window);
  }
  return [...windows.values()].map(({ days, from, to }) => ({
    days: WEEKDAYS.filter((_, index) => days.has(index)),
    from,
    to,
  }));
}

export interface RotationYaml {
  readonly every: string;
  readonly from: string;
  readonly at?: string;
}

const every = ({ unit, count }: Turning): string =>
  unit === 'hour' ? `${count}h` : count === 1 ? unit : `${count} ${unit}s`;

/** `at` is always written: vendors change turns at a time of day, inside a window too. */
export function rotationText(turning: Turning): RotationYaml {
  const { unit, start } = turning;
  const from = dayText(start);
  if (unit === 'shift') return { every: every(turning), from };
  const at = clockText((start - midnightOf(start)) / MINUTE_MS);
  return { every: every(turning), from, at: unit === 'week' ? `${WEEKDAYS[weekdayOf(start)] ?? ''} ${at}` : at };
}

/** Whether a window or a turn begins between two minutes: ours do not. */
export const isWhole = ({ start }: Turning): boolean => start % MINUTE_MS === 0;

export const daysLater = (at: number, days: number): number => at + days * DAY_MS;
