/**
 * B8, B9: the windows of a team as they come, each one a shift. Windows are wall-clock times of the team's zone, and every
 * boundary is made by one function (local-time.ts), so that a rota without gaps has none when clocks change.
 */
import { DAY_MS, instantOf, localDay, type LocalDay } from '../local-time';
import type { Team } from '../types';
import { readyTeam, type ReadyTeam, type ReadyWindow } from './compiled';
import type { Order } from './order';
import { weekdayOf } from './steps';

const MINUTE_MS = 60_000;

export interface Shift {
  readonly from: number;
  readonly to: number;
  /** When it begins on the wall clock, as far as turns are concerned: a holiday's shift has the turn of the one it replaces. */
  readonly turnAt: number;
  /** Whose turns these are, where they are not the first layer's. */
  readonly order?: Order;
}

/** Every shift that may touch the time between two instants. */
export function* shiftsAround(team: Team, from: number, to: number): Generator<Shift> {
  const ready = readyTeam(team);
  // From the day before: its night shift may still be on. To the day after: clocks that go back over midnight are a day
  // behind the shift that has begun.
  const last = localDay(team.timezone, to) + DAY_MS;
  for (let day = localDay(team.timezone, from) - DAY_MS; day <= last; day += DAY_MS) yield* shiftsOn(team, ready, day);
}

function* shiftsOn({ timezone, holidays }: Team, ready: ReadyTeam, day: LocalDay): Generator<Shift> {
  const written = ready.windows.get(weekdayOf(day)) ?? [];
  const isHoliday = holidays !== undefined && ready.holidays.has(day);
  for (const [index, window] of (isHoliday ? windowsOf(holidays.as, ready) : written).entries()) {
    const { from, to, order } = window;
    const asWritten = isHoliday ? (written[Math.min(index, written.length - 1)] ?? window) : window;
    const shift = {
      from: instantOf(timezone, day, from),
      to: instantOf(timezone, day, to),
      turnAt: day + asWritten.from * MINUTE_MS,
      ...(order && { order }),
    };
    // A window that the change of clocks swallows whole is empty.
    if (shift.to > shift.from) yield shift;
  }
}

const windowsOf = (as: NonNullable<Team['holidays']>['as'], { windows }: ReadyTeam): readonly ReadyWindow[] =>
  as === 'closed' ? [] : (windows.get(as) ?? []);
