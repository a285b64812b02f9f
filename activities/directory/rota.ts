/**
 * B8, B9, R27: when a team is on call, and whose turn it is. Windows are wall-clock times of the team's zone, and every
 * boundary is made by one function (local-time.ts), so that a rota without gaps has none when clocks change.
 */
import { DAY_MS, instantOf, localDay, parseClock, parseDay, wallClock, type LocalDay } from './local-time';
import type { Team, Weekday, Window } from './types';

/** An open stretch of a team, in epoch milliseconds; open at `from`, closed at `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Windows repeat every week: a stretch that is longer, clock changes included, is round the clock. */
const HORIZON_MS = 8 * DAY_MS;

const BY_UTC_DAY: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function isOn({ days }: Window, day: LocalDay): boolean {
  const weekday = BY_UTC_DAY[new Date(day).getUTCDay()];
  return weekday !== undefined && days.includes(weekday);
}

function stretchOn({ timezone }: Team, window: Window, day: LocalDay): Stretch {
  const from = parseClock(window.from);
  const to = parseClock(window.to);
  // A night shift belongs to the day on which it begins.
  return { from: instantOf(timezone, day, from), to: instantOf(timezone, day, to <= from ? to + 24 * 60 : to) };
}

/** When the team is on call between two moments; windows that join are one stretch, told in full (B8, B9). */
export function stretchesBetween(team: Team, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  const last = localDay(team.timezone, to);
  // From the day before: its night shift may still be on.
  for (let day = localDay(team.timezone, from) - DAY_MS; day <= last; day += DAY_MS) {
    for (const window of team.windows) {
      if (isOn(window, day)) stretches.push(stretchOn(team, window, day));
    }
  }
  return joined(stretches).filter((stretch) => stretch.to > from && stretch.from < to);
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  // A window that the change of clocks swallows whole is empty.
  for (const stretch of stretches.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const before = result.at(-1);
    if (before && stretch.from <= before.to)
      result[result.length - 1] = { from: before.from, to: Math.max(before.to, stretch.to) };
    else result.push(stretch);
  }
  return result;
}

/** On call, and until when (`null`: round the clock); or not, and when next (`Infinity`: never). */
export type Duty =
  { readonly open: true; readonly endsAt: number | null } | { readonly open: false; readonly opensAt: number };

/** What the team is doing at this moment (B8). */
export function dutyAt(team: Team, now: number): Duty {
  const [stretch] = stretchesBetween(team, now, now + HORIZON_MS);
  if (!stretch) return { open: false, opensAt: Infinity };
  if (stretch.from > now) return { open: false, opensAt: stretch.from };
  return { open: true, endsAt: stretch.to >= now + HORIZON_MS ? null : stretch.to };
}

/** Whose turn it is: counted on the wall clock, as windows are, so that turns do not slip when clocks change (B9). */
function turnOf({ rotation, timezone, people }: Team, now: number): number {
  if (!rotation || people.length === 0) return 0;
  const steps = Math.floor((wallClock(timezone, now) - parseDay(rotation.from)) / rotation.everyMs);
  return ((steps % people.length) + people.length) % people.length;
}

const MINUTE_MS = 60_000;

/** The moments between two others at which the next turn begins. A turn of seconds is no rota: it is told by the minute. */
export function turnsBetween({ rotation, timezone }: Team, from: number, to: number): number[] {
  if (!rotation) return [];
  const everyMs = Math.max(rotation.everyMs, MINUTE_MS);
  const day = parseDay(rotation.from);
  const turns: number[] = [];
  for (let turn = Math.floor((wallClock(timezone, from) - day) / everyMs) + 1; ; turn++) {
    const at = instantOf(timezone, day, (turn * everyMs) / MINUTE_MS);
    if (at >= to) return turns;
    turns.push(at);
  }
}

/** The ladder inside the team at this moment: overrides, then whose turn it is, then the others in order (B9). */
export function ladderOf(team: Team, now: number): string[] {
  const overrides = team.overrides.filter(({ from, to }) => from <= now && now < to).map(({ person }) => person);
  const turn = turnOf(team, now);
  return [...new Set([...overrides, ...team.people.slice(turn), ...team.people.slice(0, turn)])];
}
