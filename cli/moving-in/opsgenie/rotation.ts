/** A rotation of Opsgenie: turns by the clock of its schedule, open in its time restriction. */
import { localOf } from '../model/clock';
import type { Opening, Span, TheirLayer } from '../model/export';
import type { Report } from '../model/report';
import { WEEKDAYS, type Participant, type Rotation, type TimeRestriction } from './shapes';

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const UNITS = { hourly: 'hour', daily: 'day', weekly: 'week' } as const;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Theirs by id, or by the e-mail that is their name. */
export const idOf = ({ id, username, name }: Participant): string => id ?? username ?? name ?? '';

/** 23:59 is meant as the end of the day: nobody leaves one minute of it to nobody. */
function lengthOf(from: number, to: number, most: number, id: string, report: Report): number {
  const isAlmost = to % DAY_MINUTES === DAY_MINUTES - 1;
  if (isAlmost)
    report.add(
      'restriction',
      id,
      'DIFFERENT',
      'It ends at 23:59, which is read as the end of the day: one minute more.',
    );
  const minutes = to + (isAlmost ? 1 : 0) - from;
  return minutes <= 0 ? minutes + most : minutes;
}

function openingsOf(restriction: TimeRestriction, id: string, report: Report): Opening[] {
  if (restriction.type === 'time-of-day') {
    const { startHour, startMin, endHour, endMin } = restriction.restriction;
    const from = (startHour * 60 + startMin) % DAY_MINUTES;
    const minutes = lengthOf(from, endHour * 60 + endMin, DAY_MINUTES, id, report);
    return EVERY_DAY.map((day) => ({ day, from, minutes }));
  }
  return restriction.restrictions.map(({ startDay, endDay, startHour, startMin, endHour, endMin }) => {
    const day = WEEKDAYS.indexOf(startDay);
    const from = startHour * 60 + startMin;
    const to = (WEEKDAYS.indexOf(endDay) - day) * DAY_MINUTES + endHour * 60 + endMin;
    return { day, from, minutes: lengthOf(from, to, WEEK_MINUTES, id, report) };
  });
}

export function layerOf(rotation: Rotation, zone: string, rendered: readonly Span[], report: Report): TheirLayer {
  const { id, name, participants, timeRestriction, startDate, endDate, type, length } = rotation;
  const all = participants ?? [];
  const other = all.find((one) => one.type !== 'user' && one.type !== 'none');
  return {
    id,
    name: name ?? id,
    turns: all.map((one) => (one.type === 'user' ? [idOf(one)] : [])),
    ...(all.length > 1 && { turning: { unit: UNITS[type], count: length ?? 1, start: localOf(zone, startDate) } }),
    ...(timeRestriction && { openings: openingsOf(timeRestriction, id, report) }),
    from: startDate,
    ...(endDate != null && { to: endDate }),
    rendered,
    ...(other && { beyondRules: `a ${other.type} takes part in its turns` }),
  };
}
