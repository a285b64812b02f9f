/** Opsgenie's answers as an export: schedules with their rotations, their timelines, users, escalations, overrides. */
import { zoneOf } from '../model/clock';
import type { Export, TheirOverride, TheirSchedule } from '../model/export';
import { byId, itemsOf, read, type Answer } from '../model/items';
import { Report } from '../model/report';
import { policyOf } from './escalation';
import { peopleOf } from './people';
import { idOf, layerOf } from './rotation';
import * as shape from './shapes';
import { baseOf, renderedBy } from './timeline';

export function readOpsgenie(answers: readonly Answer[]): Export {
  const report = new Report();
  const items = itemsOf(answers, shape.SHAPES, report);
  const schedules = [...byId(read(items, 'schedule', shape.schedule, report)).values()].flatMap((same) =>
    same.slice(-1),
  );
  const timelines = read(items, 'timeline', shape.timeline, report);
  const overrides = read(items, 'override', shape.override, report);
  for (const { fields } of items.filter(({ kind }) => kind === 'contact'))
    report.add(
      'contact method',
      String(fields['id']),
      'LEFT_OUT',
      'The answer does not say whose it is: export users with expand=contact.',
    );
  for (const { fields } of items.filter(({ kind }) => kind === 'listed schedule'))
    if (!schedules.some(({ id }) => id === fields['id']))
      report.add(
        'schedule',
        String(fields['id']),
        'LEFT_OUT',
        'A list shows no rotations: export schedules with expand=rotation.',
      );
  for (const { alias, id, fromUser, toUser, startDate, endDate } of read(
    items,
    'forwarding rule',
    shape.forwarding,
    report,
  ))
    report.add(
      'forwarding rule',
      alias ?? id ?? '',
      'LEFT_OUT',
      `From ${nameOf(fromUser)} to ${nameOf(toUser)}, ${new Date(startDate).toISOString()} to ` +
        `${new Date(endDate).toISOString()}: write it as \`away\` with a \`delegate\`.`,
    );
  const around = { timelines, overrides, isAlone: schedules.length === 1 };
  tellUnplaced(schedules, around, report);
  const named = [
    ...schedules.flatMap(({ rotations }) => rotations.flatMap(({ participants }) => participants ?? [])),
    ...overrides.flatMap(({ user }) => user ?? []),
    ...timelines.flatMap(({ finalTimeline }) =>
      (finalTimeline?.rotations ?? []).flatMap(({ periods }) =>
        (periods ?? []).flatMap(({ recipient }) => recipient ?? []),
      ),
    ),
  ];
  return {
    vendor: 'opsgenie',
    people: peopleOf(read(items, 'user', shape.user, report), named, report),
    schedules: schedules.flatMap((schedule) => scheduleOf(schedule, around, report)),
    policies: read(items, 'escalation', shape.escalation, report).map(policyOf),
    lines: report.lines,
  };
}

interface Around {
  readonly timelines: readonly shape.Timeline[];
  readonly overrides: readonly shape.Override[];
  readonly isAlone: boolean;
}

const showsIt = ({ _parent, finalTimeline }: shape.Timeline, { id, rotations }: shape.Schedule): boolean =>
  _parent?.id === id ||
  (finalTimeline?.rotations ?? []).some((one) => rotations.some((rotation) => rotation.id === one.id));

const overridesIt = (
  { _parent, rotations: only }: shape.Override,
  { id, rotations }: shape.Schedule,
  isAlone: boolean,
): boolean =>
  _parent?.id === id ||
  (!_parent && (isAlone || (only ?? []).some((one) => rotations.some((rotation) => rotation.id === one.id))));

const isByUser = ({ user }: shape.Override): boolean => !user || user.type === 'user';

const nameOf = (one: shape.Participant): string => one.username ?? one.name ?? one.id ?? '';

function tellUnplaced(
  schedules: readonly shape.Schedule[],
  { timelines, overrides, isAlone }: Around,
  report: Report,
): void {
  for (const override of overrides) {
    if (!isByUser(override))
      report.add('override', override.alias, 'LEFT_OUT', `A ${override.user?.type ?? ''} takes over: name a person.`);
    else if (!schedules.some((schedule) => overridesIt(override, schedule, isAlone)))
      report.add(
        'override',
        override.alias,
        'LEFT_OUT',
        'It does not say whose schedule it overrides, or that is not in the export.',
      );
  }
  for (const timeline of timelines)
    if (!schedules.some((schedule) => showsIt(timeline, schedule)))
      report.add('timeline', timeline._parent?.id ?? '-', 'LEFT_OUT', 'Its schedule is not in the export.');
}

function scheduleOf(
  schedule: shape.Schedule,
  { timelines, overrides, isAlone }: Around,
  report: Report,
): TheirSchedule[] {
  const { id, name, timezone, enabled, rotations } = schedule;
  const zone = zoneOf(timezone);
  if (zone === undefined || enabled === false) {
    report.add(
      'schedule',
      id,
      'LEFT_OUT',
      enabled === false
        ? `${name} is switched off there.`
        : `${name} is in the zone ${timezone}, which is no IANA name with a slash.`,
    );
    return [];
  }
  const own = timelines.filter((timeline) => showsIt(timeline, schedule));
  const rendered = renderedBy(own);
  return [
    {
      id,
      name,
      zone,
      layersAre: 'TOGETHER',
      layers: rotations.map((rotation) => layerOf(rotation, zone, baseOf(own, rotation.id), report)),
      overrides: overrides.filter((one) => overridesIt(one, schedule, isAlone) && isByUser(one)).map(overrideOf),
      ...(rendered && { rendered }),
    },
  ];
}

const overrideOf = ({ alias, user, startDate, endDate, rotations }: shape.Override): TheirOverride => ({
  id: alias,
  from: startDate,
  to: endDate,
  ...(user && user.type === 'user' && { person: idOf(user) }),
  ...(rotations && rotations.length > 0 && { layers: rotations.map(({ id }) => id) }),
});
