/** The events of a calendar, with everybody they name. When they are, is read as it is for a team that follows a calendar. */
import type Ical from 'ical.js' with { 'resolution-mode': 'import' };
import { ICAL } from '../../../activities/directory/ical/library';
import { occurrences } from '../../../activities/directory/ical/occurrences';
import { WINDOWS_ZONES } from '../../../activities/directory/ical/windows-zones';
import { zoneOf } from '../model/clock';
import type { Stretch } from '../model/export';

export interface CalendarEvent extends Stretch {
  readonly title: string;
  /** E-mails of those who have not declined, in order. */
  readonly attendees: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

export interface Calendar {
  readonly name: string;
  readonly zone: string;
  readonly events: readonly CalendarEvent[];
  /** Events that make no sense, by their titles. */
  readonly broken: readonly string[];
}

/** It is no calendar, or not the whole of one. */
export class BadCalendar extends Error {
  override readonly name = 'BadCalendar';
}

/** @throws BadCalendar, CalendarRefused, and what ical.js says of a text that it cannot read */
export function readCalendar(text: string, window: Stretch): Calendar {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (!plain.startsWith('BEGIN:VCALENDAR') || !plain.endsWith('END:VCALENDAR'))
    throw new BadCalendar('It is no whole calendar: it must begin with BEGIN:VCALENDAR and end with END:VCALENDAR.');
  const root = new ICAL.Component(ICAL.parse(plain) as unknown[]);
  const zone = zoneIn(root);
  const { list, broken } = occurrences(root, { timezone: zone, dayStarts: '00:00' }, window);
  return {
    name: textOf(root, 'x-wr-calname') ?? textOf(root, 'name') ?? '',
    zone,
    events: list.map(({ from, to, event }) => ({ from, to, ...namedIn(event) })).sort((a, b) => a.from - b.from),
    broken,
  };
}

function textOf(component: Ical.Component, property: string): string | undefined {
  const value = component.getFirstPropertyValue(property);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** That of the calendar, or of its first event: the team's own, which all-day events are in. */
function zoneIn(root: Ical.Component): string {
  const named = root
    .getAllSubcomponents('vevent')
    .map((event) => event.getFirstProperty('dtstart')?.getFirstParameter('tzid'));
  return (
    [textOf(root, 'x-wr-timezone'), ...named]
      .map((name) => zoneOf(name) ?? zoneOf(WINDOWS_ZONES[name ?? '']))
      .find((name) => name !== undefined) ?? 'UTC'
  );
}

function namedIn(event: Ical.Component): Omit<CalendarEvent, keyof Stretch> {
  const coming = event
    .getAllProperties('attendee')
    .filter((one) => one.getFirstParameter('partstat') !== 'DECLINED')
    .map((one) => ({
      mail: String(one.getFirstValue())
        .replace(/^mailto:/i, '')
        .toLowerCase(),
      name: one.getFirstParameter('cn'),
    }));
  return {
    title: textOf(event, 'summary') ?? '',
    attendees: coming.map(({ mail }) => mail),
    names: new Map(coming.flatMap(({ mail, name }): [string, string][] => (name ? [[mail, name]] : []))),
  };
}
