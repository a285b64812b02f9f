/** A layer of PagerDuty: turns counted in seconds, open in restrictions. */
import { HOUR_MS, localOf } from '../model/clock';
import type { Opening, Span, TheirLayer, Turning } from '../model/export';
import type { Report } from '../model/report';
import type { Entry, Layer, Restriction } from './shapes';

const HOUR_S = HOUR_MS / 1000;
const DAY_S = 24 * HOUR_S;
const DAY_MINUTES = 24 * 60;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

export const spanOf = ({ start, end, user }: Entry): Span => ({ from: start, to: end, people: user ? [user.id] : [] });

/** Days and weeks are days and weeks of the wall clock there as well; only the comparison can show otherwise. */
function turningOf(
  { rotation_turn_length_seconds: seconds, rotation_virtual_start }: Layer,
  zone: string,
): Turning | undefined {
  const start = localOf(zone, rotation_virtual_start);
  if (seconds % (7 * DAY_S) === 0) return { unit: 'week', count: seconds / (7 * DAY_S), start };
  if (seconds % DAY_S === 0) return { unit: 'day', count: seconds / DAY_S, start };
  if (seconds % HOUR_S === 0) return { unit: 'hour', count: seconds / HOUR_S, start };
  return undefined;
}

/** Nobody ends a shift at 23:59 on purpose: the last minute of a day is meant to be in it. */
function minutesOf(seconds: number, from: number, id: string, report: Report): number {
  const minutes = Math.round(seconds / 60);
  if (seconds % 60 !== 0) report.add('restriction', id, 'DIFFERENT', 'Its length is rounded to the minute.');
  if ((from + minutes) % DAY_MINUTES !== DAY_MINUTES - 1) return minutes;
  report.add('restriction', id, 'DIFFERENT', 'It ends at 23:59, which is read as the end of the day: one minute more.');
  return minutes + 1;
}

/** A day of each day, or a week of each week, leaves nothing closed. */
const isAlwaysOpen = (restrictions: readonly Restriction[]): boolean =>
  restrictions.length === 0 ||
  restrictions.some(({ type, duration_seconds }) =>
    type === 'daily_restriction' ? duration_seconds >= DAY_S : duration_seconds >= 7 * DAY_S,
  );

function openingsOf(restrictions: readonly Restriction[], id: string, report: Report): Opening[] {
  return restrictions.flatMap((restriction) => {
    const from = Math.floor(restriction.start_time_of_day / 60);
    if (restriction.start_time_of_day % 60 !== 0)
      report.add('restriction', id, 'DIFFERENT', 'Its seconds are left off: it begins on the minute.');
    const minutes = minutesOf(restriction.duration_seconds, from, id, report);
    const days = restriction.type === 'daily_restriction' ? EVERY_DAY : [(restriction.start_day_of_week ?? 1) - 1];
    return days.map((day) => ({ day, from, minutes }));
  });
}

export function layerOf(layer: Layer, zone: string, pages: readonly Layer[], report: Report): TheirLayer {
  const { id, name, users, restrictions, start, end } = layer;
  const turning = turningOf(layer, zone);
  return {
    id,
    name: name ?? id,
    turns: users.map(({ user }) => [user.id]),
    ...(turning && users.length > 1 && { turning }),
    ...(restrictions && !isAlwaysOpen(restrictions) && { openings: openingsOf(restrictions, id, report) }),
    from: start,
    ...(end != null && { to: end }),
    rendered: pages.flatMap((page) => (page.rendered_schedule_entries ?? []).map(spanOf)),
    ...(!turning &&
      users.length > 1 && {
        beyondRules: `a turn lasts ${layer.rotation_turn_length_seconds} seconds, which is no whole hour`,
      }),
  };
}
