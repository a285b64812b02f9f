/** Days, times of day and instants as directory.yaml writes them (T6). */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { instantOf, parseClock, parseDay } from '../../activities/directory/local-time';

const ABBREVIATIONS = 'must be an IANA time zone such as Europe/Berlin';
/** Z1: `BST` is Dhaka, `IST` Kolkata and `EST` has no summer: an abbreviation is no place. */
export const zone = z
  .string()
  .refine(
    (text) => IANAZone.isValidZone(text) && (text.includes('/') || text === 'UTC' || text === 'GMT'),
    ABBREVIATIONS,
  );

const DAY = 'must be a day such as 2026-01-05';
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(parseDay(text)) && dayText(parseDay(text)) === text;
const dayText = (day: number): string => new Date(day).toISOString().slice(0, 10);

/** A day that there is: 29 February only in a leap year. */
export const day = z.string(DAY).refine(isDay, DAY);

const BEGINS = 'must be a time of day such as "08:00"';
export const timeOfDay = z.string(BEGINS).regex(/^([01]\d|2[0-3]):[0-5]\d$/, BEGINS);
const ENDS = 'must be a time of day such as "16:00", or "24:00" for the end of the day';
export const endOfDay = z.string(ENDS).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, ENDS);

const INSTANT = 'must be a time such as 2026-12-24T08:00, on the clock of the team, or 2026-12-24T00:00:00Z';
const BARE_DAY = 'must have a time of day: half of those who read a day think that it is included';
const WITH_OFFSET = z.iso.datetime({ offset: true });
const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?$/;

function isTime(text: string): boolean {
  if (WITH_OFFSET.safeParse(text).success) return true;
  const [, date = '', clock = '00:00'] = LOCAL.exec(text) ?? [];
  return isDay(date) && endOfDay.safeParse(clock).success;
}

/** When something begins: with an offset, or on the wall clock of the team; a day is its midnight. */
export const begins = z.string(INSTANT).refine(isTime, INSTANT);
/** When it ends, excluded: a bare day is refused. */
export const ends = z
  .string(INSTANT)
  .refine(isTime, INSTANT)
  .refine((text) => !isDay(text), BARE_DAY);

/** The instant of a time that was written: without an offset by the clocks of the zone. */
export function instantIn(timezone: string, text: string): number {
  if (!LOCAL.test(text)) return Date.parse(text);
  const [, date = '', clock = '00:00'] = LOCAL.exec(text) ?? [];
  const seconds = Number(/:\d\d:(\d\d)$/.exec(text)?.[1] ?? 0);
  return instantOf(timezone, parseDay(date), parseClock(clock)) + seconds * 1000;
}
