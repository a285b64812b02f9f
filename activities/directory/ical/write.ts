/**
 * The final shifts of a team or a person as a calendar to subscribe to. Times are in UTC, so that no reader needs to know a
 * zone; an event keeps its id when its end or its person changes; and nobody is shown as busy by it, or rung by an alarm.
 */
import { DAY_MS } from '../local-time';
import { personOf } from '../present';
import { layerShiftsBetween, type LayerShift } from '../rota';
import type { Directory, Team } from '../types';
import { ICAL } from './library';

/** Whose shifts, from two weeks back to so far ahead. */
export interface Wanted {
  readonly of: { readonly team: string } | { readonly person: string };
  readonly now: number;
  readonly forMs: number;
}

const BACK_MS = 14 * DAY_MS;
/** An event is known by its beginning: it must not move with every look, and a shift of a month begins long before. */
const FARTHER_BACK_MS = 60 * DAY_MS;
const firstOfMonth = (at: number): number => Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth());

/** As text, to be served or written as it is; nothing for a team or a person that there is not. */
export function rotaCalendar(directory: Directory, { of, now, forMs }: Wanted): string | undefined {
  if ('person' in of && !personOf(directory, of.person)) return undefined;
  const teams = 'team' in of ? directory.onCall.filter(({ team }) => team === of.team) : directory.onCall;
  if ('team' in of && teams.length === 0) return undefined;
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Tocsin//Rota//EN');
  calendar.addPropertyWithValue('x-wr-calname', 'team' in of ? of.team : nameOf(directory, of.person));
  const interval = new ICAL.Property('refresh-interval');
  interval.resetType('duration');
  interval.setValue(ICAL.Duration.fromString('PT1H'));
  calendar.addProperty(interval);
  for (const team of teams) {
    for (const shift of layerShiftsBetween(team, firstOfMonth(now - FARTHER_BACK_MS), now + forMs)) {
      if (shift.to <= now - BACK_MS || ('person' in of && shift.person !== of.person)) continue;
      calendar.addSubcomponent(eventOf(directory, team, shift, now));
    }
  }
  // RFC 5545 ends every line, the last one too.
  return `${calendar.toString()}\r\n`;
}

function eventOf(directory: Directory, { team }: Team, shift: LayerShift, now: number) {
  const { from, to, layer, person } = shift;
  const event = new ICAL.Component('vevent');
  const words = [team, layer].filter((word) => word !== undefined);
  event.addPropertyWithValue('uid', `${[...words, basic(from)].map(encodeURIComponent).join('/')}@tocsin`);
  event.addPropertyWithValue('dtstamp', utc(now));
  event.addPropertyWithValue('dtstart', utc(from));
  event.addPropertyWithValue('dtend', utc(to));
  event.addPropertyWithValue('summary', `${words.join(' ')}: ${nameOf(directory, person)}`);
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  event.addPropertyWithValue('x-microsoft-cdo-busystatus', 'FREE');
  return event;
}

const nameOf = (directory: Directory, id: string): string => personOf(directory, id)?.name ?? id;
const utc = (at: number) => ICAL.Time.fromDateTimeString(new Date(at).toISOString().slice(0, 19) + 'Z');
const basic = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '') + 'Z';
