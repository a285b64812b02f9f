/**
 * A calendar as the shifts of a team. Whole or refused: a page of HTML, a file that is cut off, a zone that nobody knows must
 * not close a team. What one event lacks is told and costs that event only.
 */
import type Ical from 'ical.js' with { 'resolution-mode': 'import' };
import { DAY_MS } from '../local-time';
import type { CalendarShift, CalendarSource, Person } from '../types';
import { ICAL } from './library';
import { occurrences, type Range } from './occurrences';
import { CalendarRefused } from './zones';

export { CalendarRefused } from './zones';

/** An event that names nobody of the directory: the team's own people are asked for it. */
export interface Unknown {
  /** What the event calls somebody. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/** An event as it is written: whom it means is for the directory to say. */
export interface CalendarEvent {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly names: readonly string[];
  readonly level?: number;
}

export interface CalendarRead {
  /** By when they begin. */
  readonly events: readonly CalendarEvent[];
  /** Events that make no sense, by their titles. */
  readonly broken: readonly string[];
}

/** As far back as a shift may have begun, and as far ahead as anybody looks. */
const rangeAt = (now: number): Range => ({ from: now - 62 * DAY_MS, to: now + 430 * DAY_MS });
const LONGEST_TITLE = 300;

/** @throws CalendarRefused */
export function readCalendar(
  text: string,
  timezone: string,
  { dayStarts, person }: Pick<CalendarSource, 'dayStarts' | 'person'>,
  now: number,
): CalendarRead {
  const { list, broken } = occurrences(parsed(text), { timezone, dayStarts }, rangeAt(now));
  const events = list.map(({ from, to, event }): CalendarEvent => {
    const title = textOf(event, 'summary');
    const level = LEVEL.exec(title)?.[1];
    return { from, to, title, names: namesIn(event, person), ...(level !== undefined && { level: Number(level) }) };
  });
  return { events: events.sort((a, b) => a.from - b.from || a.to - b.to), broken };
}

/** Whose shifts these are: looked up anew with each directory, because people come and go. */
export function shiftsIn(
  events: readonly CalendarEvent[],
  source: CalendarSource,
  people: readonly Person[],
): { readonly shifts: readonly CalendarShift[]; readonly unknown: readonly Unknown[] } {
  const unknown: Unknown[] = [];
  const find = finder(source, people);
  const shifts = events.map(({ from, to, title, names, level }): CalendarShift => {
    const ids = names.flatMap((name) => find(name) ?? []);
    if (ids.length === 0) unknown.push({ title: (names[0] ?? title) || 'no title', from, to });
    return { from, to, people: [...new Set(ids)], ...(level !== undefined && { level }) };
  });
  return { shifts, unknown };
}

/** The days that the file takes as a whole, such as public holidays. @throws CalendarRefused */
export function daysIn(text: string, now: number): readonly string[] {
  const { list } = occurrences(parsed(text), { timezone: 'UTC', dayStarts: '00:00' }, rangeAt(now));
  return list.flatMap(({ from, to }) =>
    Array.from({ length: Math.ceil((to - from) / DAY_MS) }, (_, day) =>
      new Date(from + day * DAY_MS).toISOString().slice(0, 10),
    ),
  );
}

function parsed(text: string): Ical.Component {
  const content = text.replace(/^\ufeff/, '').trim();
  if (!/^BEGIN:VCALENDAR\r?\n/i.test(content)) throw new CalendarRefused('it is no calendar');
  if (!/\nEND:VCALENDAR$/i.test(content)) throw new CalendarRefused('it is cut off');
  try {
    return new ICAL.Component(ICAL.parse(content) as unknown[]);
  } catch (error) {
    throw new CalendarRefused(`it cannot be read (${(error as Error).message.split('\n')[0]?.slice(0, 120)})`);
  }
}

const LEVEL = /\[L(\d)\]/i;
const textOf = (event: Ical.Component, name: string): string =>
  String(event.getFirstPropertyValue(name) ?? '').slice(0, LONGEST_TITLE);

function namesIn(event: Ical.Component, rule: string): readonly string[] {
  const title = textOf(event, 'summary').replace(LEVEL, '').trim();
  switch (rule) {
    case 'title':
      return title === '' ? [] : [title];
    case 'description':
      return [textOf(event, 'description').trim()].filter((name) => name !== '');
    case 'attendee':
      return event
        .getAllProperties('attendee')
        .filter((attendee) => String(attendee.getParameter('partstat') ?? '').toUpperCase() !== 'DECLINED')
        .map((attendee) =>
          String(attendee.getFirstValue())
            .replace(/^mailto:/i, '')
            .trim(),
        );
    default:
      return [new RegExp(rule).exec(title)?.[1]?.trim() ?? ''].filter((name) => name !== '');
  }
}

/** By what the file calls somebody, then by id, name, e-mail; capitals say nothing. */
function finder({ names }: CalendarSource, people: readonly Person[]): (name: string) => string | undefined {
  const key = (name: string): string => name.trim().toLowerCase();
  const known = new Map<string, string>();
  const learn = (name: string | undefined, id: string): void => {
    if (name !== undefined && !known.has(key(name))) known.set(key(name), id);
  };
  for (const [name, id] of Object.entries(names)) learn(name, id);
  for (const { id } of people) learn(id, id);
  for (const { id, name } of people) learn(name, id);
  for (const { id, email } of people) learn(email, id);
  return (name) => known.get(key(name));
}
