/**
 * B8, B9, R27: who is on call at a moment. Windows are wall-clock times of the team's zone and every boundary is made by
 * one function, so that a rota without gaps has none, and no overlap either, when clocks change.
 */
import { DateTime } from 'luxon';
import { WEEKDAYS, type Team, type Window } from './types';

/** An open stretch of a team, in epoch milliseconds; open at `from`, closed at `to`. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** Contiguous windows are one shift; a team that is open for longer than this has no end that anybody hands over at. */
const HORIZON_DAYS = 8;

/** The instant of a wall-clock time on a local day; `24:00` is midnight of the next. */
function instantOf(day: DateTime, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const date = hour === 24 ? day.plus({ days: 1 }) : day;
  return DateTime.fromObject({ year: date.year, month: date.month, day: date.day, hour: hour % 24, minute }, { zone: day.zone }).toMillis();
}

function shiftOn(window: Window, day: DateTime): Shift | undefined {
  const weekday = WEEKDAYS[day.weekday - 1];
  if (weekday === undefined || !window.days.includes(weekday)) return undefined;
  const overnight = window.to <= window.from;
  return { from: instantOf(day, window.from), to: instantOf(overnight ? day.plus({ days: 1 }) : day, window.to) };
}

/** The team's shifts that touch the days from `first` to `last`, counted from the local day of `now`. */
function shiftsOf(team: Team, now: number, first: number, last: number): Shift[] {
  const today = DateTime.fromMillis(now, { zone: team.timezone }).startOf('day');
  const shifts: Shift[] = [];
  for (let offset = first; offset <= last; offset++) {
    const day = today.plus({ days: offset });
    for (const window of team.windows) {
      const shift = shiftOn(window, day);
      if (shift) shifts.push(shift);
    }
  }
  return shifts.sort((a, b) => a.from - b.from);
}

export const isOpen = (team: Team, now: number): boolean =>
  shiftsOf(team, now, -1, 0).some(({ from, to }) => from <= now && now < to);

/** When the stretch that is open now ends; nothing for a team that is closed or open round the clock. */
export function shiftEnd(team: Team, now: number): number | undefined {
  let end: number | undefined;
  for (const { from, to } of shiftsOf(team, now, -1, HORIZON_DAYS)) {
    if (from <= (end ?? now) && (end ?? now) < to) end = to;
  }
  if (end === undefined || end - now > (HORIZON_DAYS - 2) * 24 * 3_600_000) return undefined;
  return end;
}

/** When the team opens next; far in the future for one that never does. */
export const nextOpening = (team: Team, now: number): number =>
  shiftsOf(team, now, 0, HORIZON_DAYS).find(({ from }) => from > now)?.from ?? Number.MAX_SAFE_INTEGER;

const DAY_MS = 24 * 3_600_000;

/** Whose turn it is first: whole days count as days of the calendar, so that turns change at one wall-clock time. */
function turnOf({ rotation, timezone, people }: Team, now: number): number {
  if (!rotation || people.length === 0) return 0;
  const from = DateTime.fromISO(rotation.from, { zone: timezone });
  const { everyMs } = rotation;
  const steps =
    everyMs % DAY_MS === 0
      ? Math.floor(DateTime.fromMillis(now, { zone: timezone }).startOf('day').diff(from.startOf('day'), 'days').days / (everyMs / DAY_MS))
      : Math.floor((now - from.toMillis()) / everyMs);
  return ((steps % people.length) + people.length) % people.length;
}

/** The ladder inside the team at this moment: overrides, then whose turn it is, then the others in order. */
export function ladderOf(team: Team, now: number): string[] {
  const overrides = team.overrides.filter(({ from, to }) => from <= now && now < to).map(({ person }) => person);
  const turn = turnOf(team, now);
  return [...new Set([...overrides, ...team.people.slice(turn), ...team.people.slice(0, turn)])];
}
