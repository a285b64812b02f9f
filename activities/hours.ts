/** H4, D17: somebody's night and working hours, by their own clock. */
import { IANAZone } from 'luxon';
import { DAY_MS, instantOf, localDay, parseClock } from './directory/local-time';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What nobody knows is UTC: a name that is no zone must not keep a page from going out. */
export const zoneOr = (name: string): string => (IANAZone.isValidZone(name) ? name : 'UTC');

/** When somebody sleeps, where nothing else is said: word waits until it is over, and rings in it are counted. */
export const NIGHT = { from: '22:00', to: '07:00' };

/** The night that they are in, or the next one. */
export function quietSpan(
  { from, to }: { readonly from: string; readonly to: string },
  zone: string,
  now: number,
): Span {
  const known = zoneOr(zone);
  const [start, end] = [parseClock(from), parseClock(to)];
  for (let day = localDay(known, now) - DAY_MS; ; day += DAY_MS) {
    const span = {
      from: instantOf(known, day, start),
      to: instantOf(known, day, end <= start ? end + 24 * 60 : end),
    };
    if (span.to > now) return span;
  }
}

const OPENS = 9 * 60;
const CLOSES = 17 * 60;

/** Now, where it is Monday to Friday from 9 to 17; otherwise when it is next. */
export function nextWorkingHours(zone: string, now: number): number {
  const known = zoneOr(zone);
  for (let day = localDay(known, now); ; day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    if (now < instantOf(known, day, OPENS)) return instantOf(known, day, OPENS);
    if (now < instantOf(known, day, CLOSES)) return now;
  }
}
