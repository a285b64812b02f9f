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
    schedules: schedules.flatMap((schedule) =>
      scheduleOf(schedule, { timelines, overrides, isAlone: schedules.length === 1 }, report),
    ),
    policies: read(items, 'escalation', shape.escalation, report).map(policyOf),
    lines: report.lines,
  };
}

interface Around {
  readonly timelines: readonly shape.Timeline[];
  readonly overrides: readonly shape.Override[];
  readonly isAlone: boolean;
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
  const own = timelines.filter(
    ({ _parent, finalTimeline }) =>
      _parent?.id === id ||
      finalTimeline?.rotations?.some((one) => rotations.some((rotation) => rotation.id === one.id)),
  );
  const rendered = renderedBy(own);
  const isTheirs = ({ _parent, rotations: only }: shape.Override): boolean =>
    _parent?.id === id ||
    (!_parent && (isAlone || (only ?? []).some((one) => rotations.some((rotation) => rotation.id === one.id))));
  return [
    {
      id,
      name,
      zone,
      layersAre: 'TOGETHER',
      layers: rotations.map((rotation) => layerOf(rotation, zone, baseOf(own, rotation.id), report)),
      overrides: overrides.filter(isTheirs).map(overrideOf),
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
