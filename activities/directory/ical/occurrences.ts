/**
 * When the events of a calendar are: repeated, moved, cancelled and left out as iCalendar has it. ical.js counts the days on
 * the wall clock; instants, exceptions and ends are made here, by our zones. Steps are counted, because `FREQ=SECONDLY` is
 * legal.
 */
import type Ical from 'ical.js' with { 'resolution-mode': 'import' };
import { DAY_MS, parseClock } from '../local-time';
import { ICAL } from './library';
import { CalendarRefused, inZone, Zones, type ToInstant } from './zones';

export interface Occurrence {
  readonly from: number;
  readonly to: number;
  /** The event that says whose it is: of a moved one its own. */
  readonly event: Ical.Component;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const MOST_STEPS = 200_000;
/** Of seconds a third of a year, of anything else more than all the time there is. */
const LONGEST_INTERVAL = 10_000_000;
/** Longer than from one 29 February to the next. */
const FAR_MS = 9 * 366 * DAY_MS;

/** Those that touch the range, in no order; an event that makes no sense is left out and told. @throws CalendarRefused */
export function occurrences(
  calendar: Ical.Component,
  { timezone, dayStarts }: { readonly timezone: string; readonly dayStarts: string },
  range: Range,
): { readonly list: readonly Occurrence[]; readonly broken: readonly string[] } {
  const reading = new Reading(
    new Zones(calendar, timezone),
    inZone(timezone),
    parseClock(dayStarts) * MINUTE_MS,
    range,
  );
  const list: Occurrence[] = [];
  const broken: string[] = [];
  for (const { masters, moved } of byUid(calendar)) {
    for (const event of masters) {
      try {
        const found = reading.of(event, moved);
        // Whoever is named by it would come at no time.
        if (found.some(({ from, to }) => to <= from && from >= range.from && from < range.to))
          throw new Error('no end');
        list.push(...found);
      } catch (error) {
        if (error instanceof CalendarRefused) throw error;
        broken.push(String(event.getFirstPropertyValue('summary') ?? 'an event without a title').slice(0, 120));
      }
    }
  }
  return { list: list.filter(({ from, to }) => to > from && to > range.from && from < range.to), broken };
}

/** Each series with what was moved of it. An exception whose series is not there is an event of its own. */
function byUid(calendar: Ical.Component): Iterable<{ masters: Ical.Component[]; moved: Ical.Component[] }> {
  const groups = new Map<string, { masters: Ical.Component[]; moved: Ical.Component[] }>();
  for (const [index, event] of calendar.getAllSubcomponents('vevent').entries()) {
    const uid = String(event.getFirstPropertyValue('uid') ?? `no uid ${index}`);
    const group = groups.get(uid) ?? { masters: [], moved: [] };
    groups.set(uid, group);
    (event.hasProperty('recurrence-id') ? group.moved : group.masters).push(event);
  }
  return [...groups.values()].map((group) => (group.masters.length > 0 ? group : { masters: group.moved, moved: [] }));
}

class Reading {
  private steps = 0;

  constructor(
    private readonly zones: Zones,
    private readonly ofTeam: ToInstant,
    private readonly dayStartsMs: number,
    private readonly range: Range,
  ) {}

  of(event: Ical.Component, moved: readonly Ical.Component[]): Occurrence[] {
    const start = event.getFirstProperty('dtstart');
    if (!start) throw new Error('no start');
    refuseUnread(event);
    const lasts = this.lengthOf(event, start);
    const leftOut = new Set(this.instants(event, 'exdate'));
    const datesOut = new Set(this.dates(event, 'exdate'));
    const exceptions = this.exceptionsOf(moved);
    const found: Occurrence[] = [];
    for (const wall of this.starts(event, start)) {
      const from = this.instantAt(start, wall);
      const exception = exceptions.findLast(({ at, isFollowing }) => (isFollowing ? at <= from : at === from));
      if (leftOut.has(from) || datesOut.has(Math.floor(wall / DAY_MS) * DAY_MS)) continue;
      if (exception && !exception.isFollowing) continue;
      // THISANDFUTURE: from here on as the exception has it, moved by as much.
      if (exception) found.push(...this.shifted(exception, wall, from));
      else found.push({ from, to: lasts(wall, from), event });
    }
    return [
      ...found,
      ...exceptions.filter(({ isFollowing }) => !isFollowing).flatMap(({ event: one }) => this.single(one)),
    ].filter(({ event: one }) => one.getFirstPropertyValue('status') !== 'CANCELLED');
  }

  private single(event: Ical.Component): Occurrence[] {
    const start = event.getFirstProperty('dtstart');
    if (!start) return [];
    const wall = wallOf(valueOf(start));
    const from = this.instantAt(start, wall);
    return [{ from, to: this.lengthOf(event, start)(wall, from), event }];
  }

  private exceptionsOf(moved: readonly Ical.Component[]) {
    return moved
      .flatMap((event) => {
        const id = event.getFirstProperty('recurrence-id');
        if (!id) return [];
        const isFollowing = String(id.getParameter('range') ?? '').toUpperCase() === 'THISANDFUTURE';
        return [{ at: this.instantAt(id, wallOf(valueOf(id))), isFollowing, event }];
      })
      .sort((a, b) => a.at - b.at || Number(b.isFollowing) - Number(a.isFollowing));
  }

  private shifted({ at, event }: { at: number; event: Ical.Component }, wall: number, from: number): Occurrence[] {
    const start = event.getFirstProperty('dtstart');
    if (!start) return [];
    const moved = wallOf(valueOf(start)) + (wall - originalWall(at, wall, from));
    const begins = this.instantAt(start, moved);
    return [{ from: begins, to: this.lengthOf(event, start)(moved, begins), event }];
  }

  /** On the wall clock of the start, each once. */
  private *starts(event: Ical.Component, start: Ical.Property): Generator<number> {
    const first = wallOf(valueOf(start));
    const rules = event.getAllProperties('rrule');
    const more = event
      .getAllProperties('rdate')
      .flatMap((property) => property.getValues().map((value) => value as unknown));
    const seen = new Set<number>();
    const once = function* (wall: number): Generator<number> {
      if (!seen.has(wall)) yield wall;
      seen.add(wall);
    };
    // A date that is added comes besides the first one, also where nothing repeats.
    yield* once(first);
    for (const value of more) if (value instanceof ICAL.Time) yield* once(wallOf(value));
    for (const rule of rules) {
      for (const wall of this.repeated(rule.getFirstValue() as Ical.Recur, start, first)) yield* once(wall);
    }
  }

  private *repeated(written: Ical.Recur, start: Ical.Property, first: number): Generator<number> {
    const rule = written.clone();
    const until = rule.until;
    const { isDate } = valueOf(start);
    // From there on it is later than anybody looks, and ical.js goes there month by month.
    rule.interval = Math.min(rule.interval, LONGEST_INTERVAL);
    // Ours ends it. Theirs only bounds the search for a day that fits, which may be none.
    rule.until = timeAt(Math.max(first, this.range.to) + FAR_MS, isDate);
    const last = until === null ? Infinity : this.lastOf(until, start);
    const iterator = this.counted(rule.iterator(timeAt(first, isDate)));
    for (let next = iterator.next() as Ical.Time | null; next; next = iterator.next() as Ical.Time | null) {
      const wall = wallOf(next);
      const at = this.instantAt(start, wall);
      if (at > last || at > this.range.to) return;
      yield wall;
    }
  }

  /** Steps that give nothing are counted as well: ical.js takes them without end where no day fits the rule. */
  private counted(iterator: Ical.RecurIterator): Ical.RecurIterator {
    const fits = iterator.check_contracting_rules.bind(iterator);
    iterator.check_contracting_rules = () => {
      if (++this.steps > MOST_STEPS) throw new CalendarRefused('its events repeat too often to be counted');
      // Behind the range any day will do: it ends there.
      return fits() || wallOf(iterator.last) > this.range.to + 2 * DAY_MS;
    };
    return iterator;
  }

  /** A day is included as a whole; UTC is an instant, and may be that of the last start. */
  private lastOf(until: Ical.Time, start: Ical.Property): number {
    const wall = wallOf(until);
    if (until.isDate) return this.instantAt(start, wall + DAY_MS) - 1;
    return until.zone?.tzid === 'UTC' ? wall : this.instantAt(start, wall);
  }

  private instantAt(property: Ical.Property, wall: number): number {
    const value = valueOf(property);
    if (value.isDate) return this.ofTeam(wall + this.dayStartsMs);
    const tzid = property.getParameter('tzid');
    return this.zones.of(typeof tzid === 'string' ? tzid : undefined, value.zone?.tzid === 'UTC')(wall);
  }

  /** Ends by the wall clock, as the start does; hours of a DURATION are hours. */
  private lengthOf(event: Ical.Component, start: Ical.Property): (wall: number, from: number) => number {
    const startWall = wallOf(valueOf(start));
    const end = event.getFirstProperty('dtend');
    if (end) {
      const isSameZone = end.getParameter('tzid') === start.getParameter('tzid');
      const wallLength = wallOf(valueOf(end)) - startWall;
      if (isSameZone) return (wall) => this.instantAt(end, wall + wallLength);
      const length = this.instantAt(end, wallOf(valueOf(end))) - this.instantAt(start, startWall);
      return (_, from) => from + length;
    }
    const duration = event.getFirstPropertyValue('duration');
    if (duration instanceof ICAL.Duration) {
      const days = (duration.weeks * 7 + duration.days) * DAY_MS;
      const exact = ((duration.hours * 60 + duration.minutes) * 60 + duration.seconds) * 1000;
      return (wall) => this.instantAt(start, wall + days) + exact;
    }
    return valueOf(start).isDate ? (wall) => this.instantAt(start, wall + DAY_MS) : (_, from) => from;
  }

  private times(event: Ical.Component, name: string): { property: Ical.Property; time: Ical.Time }[] {
    return event
      .getAllProperties(name)
      .flatMap((property) =>
        (property.getValues() as unknown[]).flatMap((time) => (time instanceof ICAL.Time ? [{ property, time }] : [])),
      );
  }

  private instants = (event: Ical.Component, name: string): number[] =>
    this.times(event, name)
      .filter(({ time }) => !time.isDate)
      .map(({ property, time }) => this.instantAt(property, wallOf(time)));

  private dates = (event: Ical.Component, name: string): number[] =>
    this.times(event, name)
      .filter(({ time }) => time.isDate)
      .map(({ time }) => wallOf(time));
}

/** The wall clock of the first one that an exception is of: whole days before, whatever clocks have done meanwhile. */
const originalWall = (at: number, wall: number, from: number): number =>
  wall - Math.round((from - at) / DAY_MS) * DAY_MS;

/** Old ways to add and take away shifts: read as if they were not there, they would put the wrong one on call. */
function refuseUnread(event: Ical.Component): void {
  const isPeriod = (property: Ical.Property): boolean => property.type === 'period';
  if (event.hasProperty('exrule') || event.getAllProperties('rdate').some(isPeriod))
    throw new CalendarRefused('it has EXRULE, or periods as RDATE, which are not read');
}

function valueOf(property: Ical.Property): Ical.Time {
  const value: unknown = property.getFirstValue();
  if (!(value instanceof ICAL.Time)) throw new Error('no time');
  // A month 99 is no later year.
  if (Number.isNaN(Date.parse(String((property.toJSON() as unknown[])[3])))) throw new Error('no time');
  return value;
}

/** The fields as they are written, as if they were in UTC. */
const wallOf = ({ year, month, day, hour, minute, second }: Ical.Time): number => {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (Number.isNaN(wall)) throw new Error('no time');
  return wall;
};

/** Without a zone: ical.js then counts on the wall clock alone. */
const timeAt = (wall: number, isDate: boolean): Ical.Time => {
  const text = new Date(wall).toISOString();
  return isDate ? ICAL.Time.fromDateString(text.slice(0, 10)) : ICAL.Time.fromDateTimeString(text.slice(0, 19));
};
