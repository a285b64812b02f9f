/**
 * A shift of Grafana OnCall. It is a calendar event that repeats, one for each group of its users: a group comes every
 * `interval` × number of groups, and is on for `duration`. That is turned into hours and turns.
 */
import { DAY_MS, HOUR_MS, instantAt, midnightOf, MINUTE_MS, WEEK_MS, weekdayOf, zoneOf } from '../model/clock';
import type { Opening, Span, TheirLayer, TheirOverride, Turning } from '../model/export';
import type { Report } from '../model/report';
import type { Shift } from './shapes';

const SUNDAY = 6;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

interface Rule {
  readonly turns: readonly (readonly string[])[];
  readonly turning?: Turning;
  readonly openings?: readonly Opening[];
}
type Told = Rule | { readonly beyondRules: string };

/** Those of one turn together, beginning with whoever the shift begins with. */
function groupsOf({ rolling_users, users, start_rotation_from_user_index }: Shift): readonly (readonly string[])[] {
  const groups = rolling_users && rolling_users.length > 0 ? rolling_users : [users ?? []];
  const first = (start_rotation_from_user_index ?? 0) % groups.length;
  return [...groups.slice(first), ...groups.slice(0, first)];
}

/** Turns of nobody stand between those of somebody: not hundreds of them. */
const MOST_WEEKS = 52;

/** Every second week only: the weeks between are turns of nobody. */
const spaced = (groups: readonly (readonly string[])[], interval: number): (readonly string[])[] =>
  groups.flatMap((group) => [group, ...Array.from({ length: interval - 1 }, () => [])]);

const WHOLE_MS = { hourly: HOUR_MS, daily: DAY_MS, weekly: WEEK_MS } as const;
const UNITS = { hourly: 'hour', daily: 'day', weekly: 'week' } as const;

function ruleOf(shift: Shift): Told {
  const { frequency, start, duration, by_month, by_monthday } = shift;
  const groups = groupsOf(shift);
  const interval = shift.interval ?? 1;
  const days = shift.by_day ?? [];
  if (!frequency) return { beyondRules: 'it takes place once' };
  if (interval > MOST_WEEKS) return { beyondRules: `it comes only every ${interval} times` };
  if ((by_month?.length ?? 0) > 0 || (by_monthday?.length ?? 0) > 0)
    return { beyondRules: 'it repeats on days of the month' };
  if (frequency === 'monthly')
    return days.length === 0 && duration * 1000 >= 28 * DAY_MS
      ? { turns: groups, turning: { unit: 'month', count: interval, start } }
      : { beyondRules: 'it takes part of each month' };
  const lengthMs = duration * 1000;
  const opening = (day: number): Opening => ({
    day,
    from: (start - midnightOf(start)) / MINUTE_MS,
    minutes: duration / 60,
  });
  if (lengthMs === interval * WHOLE_MS[frequency] && days.length === 0)
    return { turns: groups, turning: { unit: UNITS[frequency], count: interval, start } };
  if (lengthMs > WHOLE_MS[frequency]) return { beyondRules: 'its turns overlap, or leave gaps between them' };
  if (frequency === 'hourly') return { beyondRules: 'it is on for a part of each hour' };
  if (frequency === 'daily' && days.length === 0)
    return {
      turns: spaced(groups, interval),
      turning: { unit: 'day', count: 1, start },
      openings: EVERY_DAY.map(opening),
    };
  // Days that are not named are not counted.
  if (frequency === 'daily')
    return interval === 1
      ? { turns: groups, turning: { unit: 'shift', count: 1, start }, openings: days.map(opening) }
      : { beyondRules: `it takes place on every ${interval}th day of some days of the week` };
  const begin = days.length === 0 ? start : beginOfTurns(shift, days);
  if (begin === undefined) return { beyondRules: 'its turns overlap' };
  return {
    turns: spaced(groups, interval),
    turning: { unit: 'week', count: 1, start: begin },
    openings: (days.length === 0 ? [weekdayOf(start)] : days).map(opening),
  };
}

/**
 * Each event is one group's as a whole: where the last of a week goes on into the next week, the next group's turn begins as it ends.
 * Nothing where an event of that group has begun by then.
 */
function beginOfTurns({ start, duration, week_start }: Shift, days: readonly number[]): number | undefined {
  const week = weekOf(start, week_start ?? SUNDAY);
  const begins = days.map((day) => ((day - weekdayOf(week) + 7) % 7) * DAY_MS + (start - midnightOf(start)));
  const goesOn = Math.max(0, Math.max(...begins) + duration * 1000 - WEEK_MS);
  return goesOn <= Math.min(...begins) ? week + goesOn : undefined;
}

/** The begin of the week that the time lies in. */
const weekOf = (local: number, weekStart: number): number =>
  midnightOf(local) - ((weekdayOf(local) - weekStart + 7) % 7) * DAY_MS;

export function layerOf(shift: Shift, zone: string, finals: readonly Span[]): TheirLayer {
  const rule = ruleOf(shift);
  const own = zoneOf(shift.time_zone) ?? zone;
  const groups = groupsOf(shift);
  const members = new Set(groups.flat());
  const begin = instantAt(own, Math.max(shift.rotation_start ?? shift.start, shift.start));
  const told: Told =
    own === zone ? rule : { beyondRules: `it follows the clock of ${own}, and its schedule that of ${zone}` };
  return {
    id: shift.id,
    name: shift.name ?? shift.id,
    ...('beyondRules' in told ? { turns: groups, beyondRules: told.beyondRules } : withoutNeedlessTurns(told)),
    from: begin,
    ...(shift.until != null && { to: instantAt(own, shift.until) }),
    rendered: finals.filter(({ people }) => people.every((person) => members.has(person))),
  };
}

/** One group alone has every turn. */
const withoutNeedlessTurns = ({ turning, ...rule }: Rule): Rule =>
  rule.turns.length > 1 && turning ? { ...rule, turning } : rule;

/** An event that takes place once puts somebody on call for its time. */
export function onceOf(shift: Shift, zone: string, report: Report): TheirOverride[] {
  const own = zoneOf(shift.time_zone) ?? zone;
  const from = instantAt(own, shift.start);
  const [person, ...others] = groupsOf(shift).flat();
  if (person === undefined) {
    report.add(
      'override',
      shift.id,
      'LEFT_OUT',
      'It puts nobody on call: final_shifts shows whom it means, if anybody.',
    );
    return [];
  }
  if (others.length > 0)
    report.add(
      'override',
      shift.id,
      'DIFFERENT',
      `It puts several people on call at once, and here the first of them: not ${others.join(', ')}.`,
    );
  return [{ id: shift.id, person, from, to: from + shift.duration * 1000 }];
}
