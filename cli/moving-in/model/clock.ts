/**
 * Wall clocks for reading what vendors say. A local time is the epoch milliseconds of what the clock shows, as if it were in
 * UTC: days and weeks are then plain sums, and only the way back needs the zone.
 */
import { IANAZone } from 'luxon';
import { instantOf } from '../../../activities/directory/local-time';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

/** What the zone's clocks show at the instant. */
export const localOf = (zone: string, at: number): number => at + IANAZone.create(zone).offset(at) * MINUTE_MS;

/** When the zone's clocks show this: of a double hour the first, of a skipped one the moment of the change. */
export const instantAt = (zone: string, local: number): number => {
  const seconds = local % MINUTE_MS;
  return instantOf(zone, local - seconds, 0) + seconds;
};

/** 0 = Monday; 1 January 1970 was a Thursday. */
export const weekdayOf = (local: number): number => (((Math.floor(local / DAY_MS) + 3) % 7) + 7) % 7;

export const midnightOf = (local: number): number => Math.floor(local / DAY_MS) * DAY_MS;

/** `2026-10-05T09:00:00`, without or despite an offset: what the text itself shows. */
export const localIn = (text: string): number => Date.parse(`${text.slice(0, 19).padEnd(19, ':00')}Z`);

/** So many months later, on the same day or on the month's last. */
export function monthsLater(local: number, months: number): number {
  const start = new Date(local);
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(start.getUTCDate(), days) - 1) * DAY_MS + (local - midnightOf(local));
}

/** Names that some vendors use and no computer knows (from Rails, which PagerDuty is written in). */
const FRIENDLY: Readonly<Record<string, string>> = {
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Central Time (US & Canada)': 'America/Chicago',
  'Eastern Time (US & Canada)': 'America/New_York',
  Arizona: 'America/Phoenix',
  London: 'Europe/London',
  Dublin: 'Europe/Dublin',
  Paris: 'Europe/Paris',
  Berlin: 'Europe/Berlin',
  Amsterdam: 'Europe/Amsterdam',
  Madrid: 'Europe/Madrid',
  Rome: 'Europe/Rome',
  Warsaw: 'Europe/Warsaw',
  'New Delhi': 'Asia/Kolkata',
  Mumbai: 'Asia/Kolkata',
  Chennai: 'Asia/Kolkata',
  Kolkata: 'Asia/Kolkata',
  Beijing: 'Asia/Shanghai',
  Singapore: 'Asia/Singapore',
  Tokyo: 'Asia/Tokyo',
  Seoul: 'Asia/Seoul',
  Sydney: 'Australia/Sydney',
};

/** The IANA name, or nothing: a zone that is guessed rings the wrong person at night. */
export function zoneOf(name: string | null | undefined): string | undefined {
  if (!name) return undefined;
  const known = FRIENDLY[name] ?? name;
  if (known === 'UTC' || known === 'Etc/UTC') return 'UTC';
  return known.includes('/') && IANAZone.isValidZone(known) ? known : undefined;
}
