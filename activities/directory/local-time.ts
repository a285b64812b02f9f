/**
 * B9: wall clocks and instants. One rule for both ends of a window: a time that the clock skips is the moment of the
 * change, and a time that it shows twice is the first of the two. The rule never goes backwards, so what joins on the
 * wall clock joins in fact: no gap and no overlap when clocks change. Luxon's own choice between the two depends on the
 * season in which the process runs.
 */
import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** A calendar day, as the epoch milliseconds of its midnight in UTC: days are counted without a zone. */
export type LocalDay = number;

/** Clocks change on whole minutes, so one answer holds for each; a look-up asks a hundred times for the same few. */
const offsets = new Map<string, Map<number, number>>();
const KEPT_OFFSETS = 20_000;

function offsetMs(zone: string, at: number): number {
  const minute = Math.floor(at / MINUTE_MS);
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  const known = ofZone.get(minute);
  if (known !== undefined) return known;
  const offset = IANAZone.create(zone).offset(minute * MINUTE_MS) * MINUTE_MS;
  if (ofZone.size >= KEPT_OFFSETS) ofZone.clear();
  offsets.set(zone, ofZone.set(minute, offset));
  return offset;
}

/**
 * The latest that the zone's clocks have shown, as if they were in UTC. It never goes back: of an hour that comes twice
 * the second one stands still, so that nothing which the first has begun is begun again.
 */
export function wallClock(zone: string, at: number): number {
  const shown = at + offsetMs(zone, at);
  // Whole seconds, because changes are.
  const dayBefore = Math.floor(at / 1000) * 1000 - DAY_MS;
  const before = offsetMs(zone, dayBefore);
  if (before <= offsetMs(zone, at)) return shown;
  return Math.max(shown, changeBetween(zone, dayBefore, dayBefore + DAY_MS) + before - 1);
}

/** The calendar day in the zone. */
export const localDay = (zone: string, at: number): LocalDay => Math.floor((at + offsetMs(zone, at)) / DAY_MS) * DAY_MS;

/** `2026-01-05`, whatever follows it. */
export const parseDay = (text: string): LocalDay => Date.parse(`${text.slice(0, 10)}T00:00:00Z`);

/** Minutes after midnight of `HH:MM`; `24:00` is the end of the day. */
export function parseClock(text: string): number {
  const [hours = NaN, minutes = NaN] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The instant at which the zone's clocks show so many minutes after the day's midnight; from 24:00 on, the next day's. */
export function instantOf(zone: string, day: LocalDay, minutes: number): number {
  const local = day + minutes * MINUTE_MS;
  // Zones do not change twice within two days, so these are the offsets before and after any change close by.
  const before = offsetMs(zone, local - DAY_MS);
  const after = offsetMs(zone, local + DAY_MS);
  const first = local - before;
  if (before === after || offsetMs(zone, first) === before) return first;
  const second = local - after;
  return offsetMs(zone, second) === after ? second : changeBetween(zone, second, first);
}

/** The first second in the offset that holds at `to`. */
function changeBetween(zone: string, from: number, to: number): number {
  const after = offsetMs(zone, to);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetMs(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}
