/** GoAlert's answers as an export: schedules with their assignments, rotations, overrides, users, escalation policies. */
import { zoneOf } from '../model/clock';
import type {
  Export,
  PolicyTarget,
  Rendered,
  Span,
  TheirLayer,
  TheirOverride,
  TheirPolicy,
  TheirSchedule,
} from '../model/export';
import { byId, itemsOf, read, type Answer } from '../model/items';
import { Report } from '../model/report';
import { outside, overlaid } from '../model/spans';
import { peopleOf } from './people';
import * as shape from './shapes';
import { rotationLayer, userLayer } from './target';

export function readGoAlert(answers: readonly Answer[]): Export {
  const report = new Report();
  const items = itemsOf(answers, shape.SHAPES, report);
  const rotations = [...byId(read(items, 'rotation', shape.rotation, report)).values()].flatMap((same) =>
    same.slice(-1),
  );
  const overrides = [...byId(read(items, 'override', shape.override, report)).values()].flatMap((same) =>
    same.slice(-1),
  );
  const pages = read(items, 'schedule', shape.schedule, report);
  const policies = read(items, 'policy', shape.policy, report);
  const schedules = [...byId(pages).values()].flatMap((same) => scheduleOf(same, rotations, overrides, report));
  const inSchedules = new Set(pages.flatMap(({ targets }) => targets.map(({ target }) => target.id)));
  const isAsked = ({ id }: { readonly id: string }): boolean =>
    policies.some(({ steps }) => steps.some((step) => targetsOf(step).some((target) => target.id === id)));
  for (const { id, name } of rotations)
    if (!inSchedules.has(id) && !isAsked({ id }))
      report.add(
        'rotation',
        id,
        'LEFT_OUT',
        `${name} is part of no schedule and of no escalation policy of the export.`,
      );
  for (const { id, target } of overrides)
    if (!pages.some((schedule) => schedule.id === target?.id))
      report.add('override', id, 'LEFT_OUT', `Its schedule ${target?.id ?? ''} is not in the export.`);
  const alone = rotations
    .filter((rotation) => !inSchedules.has(rotation.id) && isAsked(rotation))
    .flatMap((rotation) => rotationAlone(rotation, report));
  const named = [
    ...rotations.flatMap(({ userIDs }) => userIDs),
    ...pages.flatMap(({ targets }) => targets.flatMap(({ target }) => (target.type === 'user' ? [target.id] : []))),
  ];
  return {
    vendor: 'goalert',
    people: peopleOf(read(items, 'user', shape.user, report), named, report),
    schedules: [...schedules, ...alone],
    policies: policies.map(policyOf),
    lines: report.lines,
  };
}

/** A step may ask a rotation without any schedule around it: it is open round the clock. */
function rotationAlone(rotation: shape.Rotation, report: Report): TheirSchedule[] {
  const zone = zoneOf(rotation.timeZone);
  if (zone === undefined) {
    report.add(
      'rotation',
      rotation.id,
      'LEFT_OUT',
      `${rotation.name} is in the zone ${rotation.timeZone}, which is no IANA name with a slash.`,
    );
    return [];
  }
  return [
    {
      id: rotation.id,
      name: rotation.name,
      zone,
      layersAre: 'TOGETHER',
      layers: [rotationLayer(rotation, undefined, zone, [], report)],
      overrides: [],
    },
  ];
}

const spansOf = (shifts: readonly shape.Shift[]): Span[] =>
  shifts.map(({ userID, start, end }) => ({ from: start, to: end, people: [userID] }));

function scheduleOf(
  pages: readonly shape.Schedule[],
  rotations: readonly shape.Rotation[],
  overrides: readonly shape.Override[],
  report: Report,
): TheirSchedule[] {
  const newest = pages.at(-1);
  if (!newest) return [];
  const { id, name, timeZone, targets } = newest;
  const zone = zoneOf(timeZone);
  if (zone === undefined) {
    report.add('schedule', id, 'LEFT_OUT', `${name} is in the zone ${timeZone}, which is no IANA name with a slash.`);
    return [];
  }
  if (newest.onCallNotificationRules && newest.onCallNotificationRules.length > 0)
    report.add(
      'on-call notification',
      id,
      'LEFT_OUT',
      `${name} tells ${newest.onCallNotificationRules.map(toldThere).join(', ')} who is on call: nothing here does.`,
    );
  const own = overrides.filter(({ target }) => target?.id === id);
  const temporary = (newest.temporarySchedules ?? []).flatMap((one, index) =>
    temporaryOf(one, `${id} temporary ${index + 1}`),
  );
  const shown = pages.flatMap(({ shifts }) => spansOf(shifts ?? []));
  const layers = targets.flatMap(({ target, rules }): TheirLayer[] => {
    if (rules.length === 0) {
      report.add('target', target.id, 'LEFT_OUT', `${name} assigns ${target.name ?? target.id} at no hours.`);
      return [];
    }
    if (target.type === 'user') return [userLayer(target.id, target.name ?? target.id, rules, shown)];
    const rotation = rotations.find((one) => one.id === target.id);
    if (rotation) return [rotationLayer(rotation, rules, zone, shown, report)];
    report.add(
      'target',
      target.id,
      'LEFT_OUT',
      `${name} assigns the ${target.type} ${target.name ?? target.id}, which is not in the export.`,
    );
    return [];
  });
  const all = [...own.map(overrideOf), ...temporary];
  const rendered = renderedBy(pages, all);
  return [{ id, name, zone, layersAre: 'TOGETHER', layers, overrides: all, ...(rendered && { rendered }) }];
}

/** GoAlert writes an empty id for nobody. */
const overrideOf = ({ id, start, end, addUserID, removeUserID }: shape.Override): TheirOverride => ({
  id,
  from: start,
  to: end,
  ...(addUserID && { person: addUserID }),
  ...(removeUserID && { instead: removeUserID }),
});

/** It hides all rules for its time: in its shifts somebody is on call, between them nobody. */
function temporaryOf(
  { start, end, shifts }: NonNullable<shape.Schedule['temporarySchedules']>[number],
  id: string,
): TheirOverride[] {
  const spans = spansOf(shifts);
  const gaps = outside([{ from: start, to: end, people: [] }], spans);
  return [
    ...gaps.map(({ from, to }, index) => ({ id: `${id}, gap ${index + 1}`, from, to })),
    ...spans.map(({ from, to, people }, index) => ({
      id: `${id}, shift ${index + 1}`,
      from,
      to,
      person: people[0] ?? '',
    })),
  ];
}

function renderedBy(pages: readonly shape.Schedule[], overrides: readonly TheirOverride[]): Rendered | undefined {
  const covers = pages.flatMap(({ shifts }) =>
    shifts && shifts.length > 0
      ? [{ from: Math.min(...shifts.map(({ start }) => start)), to: Math.max(...shifts.map(({ end }) => end)) }]
      : [],
  );
  if (covers.length === 0) return undefined;
  const isOverridden = (span: Span): boolean =>
    overrides.some(({ person, from, to }) => person === span.people[0] && span.from < to && span.to > from);
  const spans = pages
    .flatMap(({ shifts }) => spansOf(shifts ?? []))
    .map((span) => (isOverridden(span) ? { ...span, because: 'OVERRIDE' as const } : span));
  return { spans: overlaid(spans), covers };
}

const TARGETS: Readonly<Record<string, PolicyTarget['kind']>> = {
  user: 'PERSON',
  schedule: 'SCHEDULE',
  rotation: 'SCHEDULE',
};

const named = ({ args }: shape.Destination): string => Object.values(args ?? {})[0] ?? '';

const toldThere = ({ target, dest }: NonNullable<shape.Schedule['onCallNotificationRules']>[number]): string =>
  target?.name ?? target?.id ?? (dest ? `${dest.type} ${named(dest)}` : 'somebody');

/** Older versions name `targets`, newer ones `actions`: `builtin-rotation` and its id. */
const targetsOf = ({ targets, actions }: shape.Policy['steps'][number]): PolicyTarget[] =>
  targets && targets.length > 0
    ? targets.map(({ id, type }) => ({ id, kind: TARGETS[type] ?? 'OTHER', called: type }))
    : (actions ?? []).map((action) => {
        const kind = TARGETS[action.type.replace(/^builtin-/, '')] ?? 'OTHER';
        return { id: named(action), kind, called: action.type };
      });

const policyOf = ({ id, name, repeat, steps }: shape.Policy): TheirPolicy => ({
  id,
  name,
  rounds: (repeat ?? 0) + 1,
  steps: steps.map((step) => ({
    targets: targetsOf(step),
    timeMs: step.delayMinutes * 60_000,
    lost: [],
  })),
});
