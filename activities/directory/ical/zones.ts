/**
 * From the wall clock of an event to an instant. Zones are ours: ical.js takes the zone of the process for one that it does
 * not know, silently. A name that nobody knows makes the whole file refused, because a rota that is hours off looks right.
 */
import { IANAZone } from 'luxon';
import type Ical from 'ical.js' with { 'resolution-mode': 'import' };
import { instantOf } from '../local-time';
import { ICAL } from './library';
import { WINDOWS_ZONES } from './windows-zones';

/** Wall-clock milliseconds, as if they were in UTC, to the instant. */
export type ToInstant = (wall: number) => number;

export class CalendarRefused extends Error {
  override readonly name = 'CalendarRefused';
}

const MINUTE_MS = 60_000;
/** Seconds are kept: `instantOf` counts in minutes. */
export const inZone =
  (zone: string): ToInstant =>
  (wall) =>
    instantOf(zone, Math.floor(wall / MINUTE_MS) * MINUTE_MS, 0) + (((wall % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);

const IN_UTC: ToInstant = (wall) => wall;

/** Of the zones that one file names. @throws CalendarRefused */
export class Zones {
  private readonly known = new Map<string, ToInstant>();
  private readonly own: readonly Ical.Component[];

  constructor(
    calendar: Ical.Component,
    /** Of times without any zone. */
    private readonly floating: string,
  ) {
    this.own = calendar.getAllSubcomponents('vtimezone');
  }

  of(tzid: string | undefined, isUtc: boolean): ToInstant {
    if (isUtc) return IN_UTC;
    if (tzid === undefined) return inZone(this.floating);
    const found = this.known.get(tzid) ?? this.resolve(tzid);
    this.known.set(tzid, found);
    return found;
  }

  private resolve(tzid: string): ToInstant {
    const name = placeOf(tzid);
    if (name !== undefined) return inZone(name);
    const own = this.own.find((component) => component.getFirstPropertyValue('tzid') === tzid);
    if (!own) throw new CalendarRefused(`unknown time zone "${tzid.slice(0, 80)}"`);
    const place = placeOf(String(own.getFirstPropertyValue('x-lic-location') ?? ''));
    if (place !== undefined) return inZone(place);
    if (!areYearly(own)) throw new CalendarRefused(`time zone "${tzid.slice(0, 80)}" cannot be read`);
    const zone = new ICAL.Timezone(own);
    return (wall) => {
      const time = ICAL.Time.fromDateTimeString(new Date(wall).toISOString().slice(0, 19));
      return wall - zone.utcOffset(time) * 1000;
    };
  }
}

/** As every program writes them: ical.js would look for ever for an hour in which clocks never change. */
const areYearly = (zone: Ical.Component): boolean =>
  zone
    .getAllSubcomponents()
    .flatMap((part) => part.getAllProperties('rrule'))
    .every((rule) => (rule.getFirstValue() as Ical.Recur | null)?.freq === 'YEARLY');

/** An IANA name, also where a program has put its own name before it; or the one that Windows means. */
function placeOf(tzid: string): string | undefined {
  if (tzid === 'UTC' || tzid === 'GMT') return 'UTC';
  const parts = tzid.split('/').filter(Boolean);
  for (let from = 0; from < parts.length - 1; from++) {
    const name = parts.slice(from).join('/');
    if (IANAZone.isValidZone(name)) return name;
  }
  return WINDOWS_ZONES[tzid];
}
