/**
 * The events of a calendar, repeated. ical.js reads and repeats; the way from a wall clock to an instant is ours, because a
 * zone that it does not know silently becomes that of the process.
 */
import type IcalModule from 'ical.js' with { 'resolution-mode': 'import' };
import { ICAL } from '../../../activities/directory/ical/library';
import { instantAt } from '../model/clock';
import type { Stretch } from '../model/export';
import { calendarZone } from './zones';

type Time = InstanceType<typeof IcalModule.Time>;
type Component = InstanceType<typeof IcalModule.Component>;
type IcalEvent = InstanceType<typeof IcalModule.Event>;

export interface CalendarEvent extends Stretch {
  readonly uid: string;
  readonly title: string;
  /** E-mails of those who have not declined, in order. */
  readonly attendees: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

export interface Calendar {
  readonly name: string;
  readonly zone: string;
  readonly events: readonly CalendarEvent[];
}

/** It is no calendar, or one that we could only misread. */
export class BadCalendar extends Error {
  override readonly name = 'BadCalendar';
}

/** As its documentation has it; its types lead nowhere. */
interface Occurrence {
  readonly item: IcalEvent;
  readonly startDate: Time;
  readonly endDate: Time;
}

/** A rule may repeat every second: nobody means that. */
const MOST_STEPS = 200_000;

/** @throws BadCalendar */
export function readCalendar(text: string, { from, to }: Stretch, mostSteps = MOST_STEPS): Calendar {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (!plain.startsWith('BEGIN:VCALENDAR') || !plain.endsWith('END:VCALENDAR'))
    throw new BadCalendar('It is no whole calendar: it must begin with BEGIN:VCALENDAR and end with END:VCALENDAR.');
  const root = new ICAL.Component(ICAL.parse(plain) as unknown[]);
  const zones = new Zones(root);
  const steps = { left: mostSteps };
  const events = grouped(root.getAllSubcomponents('vevent')).flatMap((group) =>
    repeated(group, zones, { from, to }, steps),
  );
  return {
    name: textOf(root, 'x-wr-calname') ?? textOf(root, 'name') ?? '',
    zone: zones.own,
    events: events.sort((a, b) => a.from - b.from),
  };
}

function textOf(component: Component, property: string): string | undefined {
  const value = component.getFirstPropertyValue(property);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a name of a zone means in this file. */
class Zones {
  /** That of the calendar: all-day events and times without a zone are in it. */
  readonly own: string;
  private readonly aliases = new Map<string, string>();

  constructor(root: Component) {
    for (const zone of root.getAllSubcomponents('vtimezone')) {
      const [id, place] = [textOf(zone, 'tzid'), textOf(zone, 'x-lic-location')];
      if (id !== undefined && place !== undefined) this.aliases.set(id, place);
    }
    const first = root
      .getAllSubcomponents('vevent')
      .map((event) => event.getFirstProperty('dtstart')?.getFirstParameter('tzid'))
      .find(Boolean);
    this.own = this.zoneOf(textOf(root, 'x-wr-timezone') ?? first ?? 'UTC');
  }

  zoneOf(tzid: string): string {
    const zone = calendarZone(tzid) ?? calendarZone(this.aliases.get(tzid) ?? '');
    if (zone === undefined) throw new BadCalendar(`Its time zone ${tzid} is unknown.`);
    return zone;
  }

  instantOf(time: Time, tzid: string | undefined): number {
    const local = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
    if (time.zone?.tzid === 'UTC') return local;
    return instantAt(tzid === undefined || time.isDate ? this.own : this.zoneOf(tzid), local);
  }
}

interface Group {
  readonly base: Component | undefined;
  readonly exceptions: readonly Component[];
}

/** By uid, once: looking for the exceptions of each event in the whole file takes the square of its length. */
function grouped(events: readonly Component[]): Group[] {
  const groups = new Map<string, { base: Component | undefined; exceptions: Component[] }>();
  for (const [index, event] of events.entries()) {
    const uid = textOf(event, 'uid') ?? `without an id ${index}`;
    const group = groups.get(uid) ?? { base: undefined, exceptions: [] };
    if (event.hasProperty('recurrence-id')) group.exceptions.push(event);
    else group.base = event;
    groups.set(uid, group);
  }
  return [...groups.values()];
}

function repeated(
  { base, exceptions }: Group,
  zones: Zones,
  window: Stretch,
  steps: { left: number },
): CalendarEvent[] {
  const isWanted = ({ from, to }: Stretch): boolean => to > window.from && from < window.to;
  if (!base) return exceptions.flatMap((one) => eventOf(new ICAL.Event(one), one, zones)).filter(isWanted);
  const event = new ICAL.Event(base, { exceptions: [...exceptions] as never });
  if (!event.isRecurring()) return eventOf(event, base, zones).filter(isWanted);
  const result: CalendarEvent[] = [];
  const tzid = base.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  const iterator = event.iterator();
  for (let next: Time | null = iterator.next(); next; next = iterator.next()) {
    if (--steps.left < 0) throw new BadCalendar('Its events repeat without end.');
    if (zones.instantOf(next, tzid) >= window.to) break;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next) as Occurrence;
    result.push(...eventOf(item, item.component, zones, startDate, endDate).filter(isWanted));
  }
  return result;
}

function eventOf(
  event: IcalEvent,
  component: Component,
  zones: Zones,
  start: Time = event.startDate,
  end: Time = event.endDate,
): CalendarEvent[] {
  if (textOf(component, 'status') === 'CANCELLED') return [];
  const zoneAt = (name: string): string | undefined => component.getFirstProperty(name)?.getFirstParameter('tzid');
  const from = zones.instantOf(start, zoneAt('dtstart'));
  const to = zones.instantOf(end, zoneAt('dtend') ?? zoneAt('dtstart'));
  const coming = component
    .getAllProperties('attendee')
    .filter((one) => one.getFirstParameter('partstat') !== 'DECLINED');
  const mails = coming.map((one) => ({
    mail: String(one.getFirstValue())
      .replace(/^mailto:/i, '')
      .toLowerCase(),
    name: one.getFirstParameter('cn'),
  }));
  if (to <= from) return [];
  return [
    {
      uid: event.uid ?? '',
      from,
      to,
      title: (event.summary ?? '').trim(),
      attendees: mails.map(({ mail }) => mail),
      names: new Map(mails.flatMap(({ mail, name }) => (name ? [[mail, name] as const] : []))),
    },
  ];
}
