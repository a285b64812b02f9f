/** Grafana OnCall's answers as an export: schedules, shifts, final shifts, swaps, users, escalation chains. */
import { zoneOf } from '../model/clock';
import type { Export, TheirOverride, TheirSchedule } from '../model/export';
import { itemsOf, read, type Answer } from '../model/items';
import { Report } from '../model/report';
import { policiesOf } from './chains';
import { mailsOf, withFinals } from './finals';
import { peopleOf } from './people';
import * as shape from './shapes';
import { layerOf, onceOf } from './shift';

const AT_ONCE_THERE =
  'has several shifts on one level, and others above or below: those of one level are called at once there, ' +
  'and one after the other here.';

export function readGrafana(answers: readonly Answer[]): Export {
  const report = new Report();
  const items = itemsOf(answers, shape.SHAPES, report);
  const shifts = read(items, 'shift', shape.shift, report);
  const swaps = read(items, 'swap', shape.swap, report);
  const listed = read(items, 'schedule', shape.schedule, report);
  const schedules = listed.flatMap((schedule) => scheduleOf(schedule, shifts, swaps, report));
  tellUnplaced(listed, shifts, swaps, report);
  const named = shifts.flatMap(({ users, rolling_users }) => [...(users ?? []), ...(rolling_users ?? []).flat()]);
  const users = read(items, 'user', shape.user, report);
  const chains = read(items, 'escalation chain', shape.chain, report);
  return {
    vendor: 'grafana',
    people: peopleOf(users, named, mailsOf(items), report),
    schedules: withFinals(schedules, items, report),
    policies: policiesOf(chains, read(items, 'escalation step', shape.step, report)),
    lines: report.lines,
  };
}

function tellUnplaced(
  schedules: readonly shape.Schedule[],
  shifts: readonly shape.Shift[],
  swaps: readonly shape.Swap[],
  report: Report,
): void {
  for (const { id, name } of shifts)
    if (!schedules.some((schedule) => schedule.shifts?.includes(id)))
      report.add('shift', id, 'LEFT_OUT', `${name ?? id} is part of no schedule of the export.`);
  for (const { id, schedule } of swaps)
    if (!schedules.some((one) => one.id === schedule))
      report.add('swap', id, 'LEFT_OUT', `Its schedule ${schedule} is not in the export.`);
  for (const { id, name, slack } of schedules) {
    const told = [slack?.channel_id, slack?.user_group_id].filter((one) => one);
    if (told.length > 0)
      report.add(
        'slack',
        id,
        'LEFT_OUT',
        `${name} tells Slack who is on call (${told.join(', ')}): nothing here does.`,
      );
  }
}

function scheduleOf(
  schedule: shape.Schedule,
  shifts: readonly shape.Shift[],
  swaps: readonly shape.Swap[],
  report: Report,
): TheirSchedule[] {
  const { id, name, type, time_zone } = schedule;
  const zone = zoneOf(time_zone ?? 'UTC');
  if (type === 'ical' || zone === undefined) {
    report.add(
      'schedule',
      id,
      'LEFT_OUT',
      type === 'ical'
        ? `${name} is a calendar: move it by its feed, \`directory import ical\`.`
        : `${name} is in the zone ${time_zone ?? ''}, which is no IANA name with a slash.`,
    );
    return [];
  }
  if (zone === 'UTC')
    report.add(
      'time zone',
      id,
      'DIFFERENT',
      `${name} is kept in UTC: where its people change their clocks, its hours move against theirs.`,
    );
  if (schedule.ical_url_overrides)
    report.add(
      'schedule',
      id,
      'LEFT_OUT',
      `${name} has a calendar of overrides, which is not read: write those to come into the file.`,
    );
  for (const gone of (schedule.shifts ?? []).filter((one) => !shifts.some((shift) => shift.id === one)))
    report.add('shift', gone, 'LEFT_OUT', `${name} names it, and it is not in the export.`);
  const own = shifts.filter((shift) => schedule.shifts?.includes(shift.id));
  const isOnce = ({ type: kind, frequency }: shape.Shift): boolean =>
    kind === 'single_event' || kind === 'override' || !frequency;
  // The higher level hides the lower one.
  const repeated = own.filter((shift) => !isOnce(shift)).sort((a, b) => (b.level ?? 0) - (a.level ?? 0));
  const levels = new Set(repeated.map(({ level }) => level ?? 0));
  if (levels.size > 1 && levels.size < repeated.length)
    report.add('schedule', id, 'DIFFERENT', `${name} ${AT_ONCE_THERE}`);
  return [
    {
      id,
      name,
      zone,
      layersAre: levels.size > 1 ? 'HIDING' : 'TOGETHER',
      layers: repeated.map((shift) => layerOf(shift, zone, [])),
      overrides: [...own.filter(isOnce).flatMap((shift) => onceOf(shift, zone, report)), ...swapsOf(swaps, id, report)],
    },
  ];
}

/** A swap that somebody has taken puts them in the other's place; one that nobody has taken lapses to whoever asked. */
const swapsOf = (swaps: readonly shape.Swap[], schedule: string, report: Report): TheirOverride[] =>
  swaps.flatMap((swap) => {
    if (swap.schedule !== schedule) return [];
    if (swap.benefactor)
      return [
        { id: swap.id, person: swap.benefactor, instead: swap.beneficiary, from: swap.swap_start, to: swap.swap_end },
      ];
    report.add('swap', swap.id, 'LEFT_OUT', 'Nobody has taken it, so it changes nothing.');
    return [];
  });
