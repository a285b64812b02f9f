/**
 * T2: turns as numbers. Turn 0 begins at the rotation's `from`; before it they are counted backwards. All of it on the wall
 * clock, as if that were UTC: clock changes are for whoever makes instants of it. Closed forms, so that twelve-hour turns
 * of twenty years cost nothing.
 * Invariant: `begin(at(t)) <= t < begin(at(t) + 1)`.
 */
import { DAY_MS, parseClock, parseDay } from '../local-time';
import { WEEKDAYS, type Rotation, type Weekday, type Window } from '../types';

const MINUTE_MS = 60_000;

export interface Steps {
  /** The turn that has begun last at this time of the wall clock. */
  at(local: number): number;
  /** When the turn begins, on the wall clock. */
  begin(turn: number): number;
}

export function stepsOf({ every: { unit, count }, from, at = '00:00' }: Rotation, windows: readonly Window[]): Steps {
  const start = parseDay(from) + parseClock(at) * MINUTE_MS;
  switch (unit) {
    case 'MINUTES':
      return evenSteps(start, count * MINUTE_MS);
    case 'DAYS':
      return evenSteps(start, count * DAY_MS);
    case 'MONTHS':
      return monthSteps(start, count);
    case 'SHIFTS':
      return inStepsOf(count, shiftSteps(parseDay(from), windows));
    default:
      return unit satisfies never;
  }
}

const evenSteps = (start: number, stepMs: number): Steps => ({
  at: (local) => Math.floor((local - start) / stepMs),
  begin: (turn) => start + turn * stepMs,
});

/** Always from the anchor, or a turn from the 31st would be one from the 28th for ever after February. */
function monthSteps(start: number, months: number): Steps {
  const anchor = new Date(start);
  const time = start - parseDay(anchor.toISOString());
  const begin = (turn: number): number => {
    const month = anchor.getUTCMonth() + turn * months;
    const last = new Date(Date.UTC(anchor.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return Date.UTC(anchor.getUTCFullYear(), month, Math.min(anchor.getUTCDate(), last)) + time;
  };
  return {
    begin,
    at(local) {
      const day = new Date(local);
      const passed = (day.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + day.getUTCMonth() - anchor.getUTCMonth();
      const turn = Math.floor(passed / months);
      return begin(turn) <= local ? turn : turn - 1;
    },
  };
}

/** When the windows begin as they are written, in the week: holidays close shifts without moving the count. */
function shiftSteps(from: number, windows: readonly Window[]): Steps {
  const ofDay = BY_UTC_DAY.map((weekday) =>
    windows
      .filter(({ days }) => days.includes(weekday))
      .map((window) => parseClock(window.from) * MINUTE_MS)
      .sort((a, b) => a - b),
  );
  const first = new Date(from).getUTCDay();
  const week = Array.from({ length: 7 }, (_, day) =>
    (ofDay[(first + day) % 7] ?? []).map((begins) => day * DAY_MS + begins),
  ).flat();
  // Nothing ever begins: it is the first turn for ever.
  if (week.length === 0) return { at: () => 0, begin: (turn) => (turn <= 0 ? -Infinity : Infinity) };
  const WEEK_MS = 7 * DAY_MS;
  return {
    at(local) {
      const weeks = Math.floor((local - from) / WEEK_MS);
      const within = local - from - weeks * WEEK_MS;
      return weeks * week.length + week.filter((begins) => begins <= within).length - 1;
    },
    begin(turn) {
      const weeks = Math.floor(turn / week.length);
      return from + weeks * WEEK_MS + (week[turn - weeks * week.length] ?? 0);
    },
  };
}

const inStepsOf = (count: number, steps: Steps): Steps => ({
  at: (local) => Math.floor(steps.at(local) / count),
  begin: (turn) => steps.begin(turn * count),
});

const BY_UTC_DAY: readonly Weekday[] = ['sun', ...WEEKDAYS.slice(0, 6)];

/** The weekday of a calendar day. */
export const weekdayOf = (day: number): Weekday => BY_UTC_DAY[new Date(day).getUTCDay()] ?? 'sun';
