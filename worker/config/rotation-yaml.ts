/** Whose turn it is, as directory.yaml may say it (T2, T3). */
import { z } from 'zod';
import { DAY_MS, parseDay } from '../../activities/directory/local-time';
import { weekdayOf } from '../../activities/directory/rota/steps';
import { WEEKDAYS, type Every, type Place, type Rotation } from '../../activities/directory/types';
import { id } from './id';
import { parseDuration } from './duration';
import { present } from './present';
import { day } from './times';

const MINUTE_MS = 60_000;

const EVERY = 'must be how long a turn lasts: 12h, day, week, 2 weeks, month or shift';
const UNITS: Readonly<Record<string, Every>> = {
  hour: { unit: 'MINUTES', count: 60 },
  day: { unit: 'DAYS', count: 1 },
  week: { unit: 'DAYS', count: 7 },
  month: { unit: 'MONTHS', count: 1 },
  shift: { unit: 'SHIFTS', count: 1 },
};

/** `day`, `2 weeks`, `12h`, `7d`. */
export function parseEvery(text: string): Every | undefined {
  const [, times = '1', word = ''] = /^(?:([1-9]\d{0,3}) )?([a-z]+?)s?$/.exec(text) ?? [];
  const unit = UNITS[word];
  if (unit) return { ...unit, count: unit.count * Number(times) };
  const ms = parseDuration(text);
  if (ms === undefined) return undefined;
  return ms % DAY_MS === 0
    ? { unit: 'DAYS', count: ms / DAY_MS }
    : // A turn of seconds is no rota.
      { unit: 'MINUTES', count: Math.max(1, Math.round(ms / MINUTE_MS)) };
}

const every = z.string(EVERY).transform((text, context) => {
  const parsed = parseEvery(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: EVERY });
  return z.NEVER;
});

const AT = 'must be a time of day such as "09:00", or with the weekday of from: "mon 09:00"';
const AT_TIME = new RegExp(`^(?:(${WEEKDAYS.join('|')}) )?((?:[01]\\d|2[0-3]):[0-5]\\d)$`);

export const rotation = z
  .strictObject({ every, from: day, at: z.string(AT).regex(AT_TIME, AT).optional() })
  .superRefine(({ every: { unit, count }, from, at }, context) => {
    const [, weekday] = AT_TIME.exec(at ?? '') ?? [];
    const problem = (message: string): void => context.addIssue({ code: 'custom', path: ['at'], message });
    if (at !== undefined && unit === 'SHIFTS') problem('must be left out: turns of shifts change with the shifts');
    if (weekday === undefined) return;
    if (unit !== 'DAYS' || count % 7 !== 0) problem('must not name a weekday: only weeks begin on one');
    else if (weekday !== weekdayOf(parseDay(from)))
      problem(`must agree with from: ${from} is a ${weekdayOf(parseDay(from))}`);
  })
  .transform(({ at, ...rest }): Rotation => ({ ...rest, ...present({ at: AT_TIME.exec(at ?? '')?.[2] }) }));

const PLACE = 'must be a person, two or more of them in brackets, or { person, since, until }; nobody for a turn off';
/** One person, or several who share a turn. */
export const people = z.union([id.transform((one) => [one]), z.array(id).min(1)]);

/** One place in the order of turns; `nobody` is a person's id here and nowhere else (T4). */
export const place = z.union(
  [
    id,
    z
      .array(id)
      .min(1)
      .transform((together): Place => ({ people: together })),
    z
      .strictObject({ person: people, since: day.optional(), until: day.optional() })
      .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
        message: 'must be later than since',
        path: ['until'],
      })
      .transform(({ person, ...rest }): Place => ({ people: person, ...present(rest) })),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? PLACE : undefined) },
);
