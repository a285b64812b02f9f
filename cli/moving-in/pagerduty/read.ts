/** PagerDuty's answers as an export: schedules with their layers, users, escalation policies, overrides. */
import { zoneOf } from '../model/clock';
import type { Export, PolicyTarget, Rendered, Span, TheirOverride, TheirPolicy, TheirSchedule } from '../model/export';
import { byId, itemsOf, read, type Answer } from '../model/items';
import { Report } from '../model/report';
import { joined, within } from '../model/spans';
import { flexibleSchedules } from './flexible';
import { layerOf, spanOf } from './layer';
import { peopleOf } from './people';
import * as shape from './shapes';

const MINUTE_MS = 60_000;

export function readPagerDuty(answers: readonly Answer[]): Export {
  const report = new Report();
  const items = itemsOf(answers, shape.SHAPES, report);
  const pages = read(items, 'schedule', shape.schedule, report);
  const users = read(items, 'user', shape.user, report);
  const overrides = read(items, 'override', shape.override, report);
  for (const { fields } of items.filter(({ kind }) => kind === 'listed schedule'))
    if (!pages.some(({ id }) => id === fields['id']))
      report.add(
        'schedule',
        String(fields['id']),
        'LEFT_OUT',
        'A list shows no layers: export each schedule by itself, with since and until.',
      );
  const schedules = [...byId(pages).values()].flatMap((same) => scheduleOf(same, overrides, pages.length, report));
  for (const lone of overrides.filter((override) => !isPlaced(override, schedules)))
    report.add(
      'override',
      lone.id,
      'LEFT_OUT',
      'The answer does not say whose schedule it overrides: export schedules one by one, with since and until.',
    );
  return {
    vendor: 'pagerduty',
    people: peopleOf(users, pages, report),
    schedules: [...schedules, ...flexibleSchedules(items, report)],
    policies: read(items, 'escalation policy', shape.escalationPolicy, report).map(policyOf),
    lines: report.lines,
  };
}

const isPlaced = ({ start, end, user }: shape.Override, schedules: readonly TheirSchedule[]): boolean =>
  schedules.some(({ overrides }) =>
    overrides.some(({ from, to, person }) => from <= start && to >= end && person === user.id),
  );

function scheduleOf(
  pages: readonly shape.Schedule[],
  overrides: readonly shape.Override[],
  count: number,
  report: Report,
): TheirSchedule[] {
  const newest = pages.at(-1);
  if (!newest) return [];
  const name = newest.name ?? newest.summary ?? newest.id;
  const zone = zoneOf(newest.time_zone);
  if (zone === undefined) {
    report.add(
      'schedule',
      newest.id,
      'LEFT_OUT',
      `${name} is in the zone ${newest.time_zone}, which is no IANA name with a slash.`,
    );
    return [];
  }
  const layers = newest.schedule_layers.map((layer) =>
    layerOf(
      layer,
      zone,
      pages.flatMap(({ schedule_layers }) => schedule_layers.filter(({ id }) => id === layer.id)),
      report,
    ),
  );
  const isTheirs = ({ schedule_id }: shape.Override): boolean =>
    schedule_id === undefined ? count === pages.length : schedule_id === newest.id;
  const listed = overrides
    .filter(isTheirs)
    .map(({ id, start, end, user }) => ({ id, from: start, to: end, person: user.id }));
  const shown = overridesShown(pages).filter(
    (one) => !listed.some(({ from, to, person }) => from <= one.from && to >= one.to && person === one.person),
  );
  const all = [...listed, ...shown];
  const rendered = renderedBy(pages, all);
  return [{ id: newest.id, name, zone, layersAre: 'HIDING', layers, overrides: all, ...(rendered && { rendered }) }];
}

/** Those that the schedule itself shows; a page's end cuts them, so what touches is one. */
const overridesShown = (pages: readonly shape.Schedule[]): TheirOverride[] =>
  joined(
    pages.flatMap(({ override_subschedule, overrides_subschedule = override_subschedule }) =>
      (overrides_subschedule?.rendered_schedule_entries ?? []).map(spanOf),
    ),
  ).flatMap(({ from, to, people: [person] }) =>
    person === undefined ? [] : [{ id: `${person} ${new Date(from).toISOString()}`, from, to, person }],
  );

/** The final schedule, page after page; its spans that an override made are known as such. */
function renderedBy(pages: readonly shape.Schedule[], overrides: readonly TheirOverride[]): Rendered | undefined {
  const parts = pages.map(({ final_schedule }) => (final_schedule?.rendered_schedule_entries ?? []).map(spanOf));
  const covers = parts.flatMap((spans) => {
    const [from, to] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))];
    return spans.length > 0 ? [{ from, to }] : [];
  });
  if (covers.length === 0) return undefined;
  const isOverridden = (span: Span): boolean =>
    overrides.some((override) => override.person === span.people[0] && within([span], override).length > 0);
  const spans = joined(parts.flat()).map((span) =>
    isOverridden(span) ? { ...span, because: 'OVERRIDE' as const } : span,
  );
  return { spans, covers };
}

const TOLD_AT_HAND_OFF = new Set(['always', 'if_has_services']);

const TARGETS: Readonly<Record<string, PolicyTarget['kind']>> = {
  user: 'PERSON',
  user_reference: 'PERSON',
  schedule: 'SCHEDULE',
  schedule_reference: 'SCHEDULE',
  schedule_v3_reference: 'SCHEDULE',
};

function policyOf({
  id,
  name,
  num_loops,
  escalation_rules,
  on_call_handoff_notifications,
}: shape.EscalationPolicy): TheirPolicy {
  return {
    id,
    name,
    rounds: (num_loops ?? 0) + 1,
    steps: escalation_rules.map((rule, index) => ({
      targets: rule.targets.map(({ id: target, type }) => ({
        id: target,
        kind: TARGETS[type] ?? 'OTHER',
        called: type,
      })),
      timeMs: rule.escalation_delay_in_minutes * MINUTE_MS,
      lost: [
        ...(rule.escalation_rule_assignment_strategy?.type === 'round_robin' ? ['round robin within a step'] : []),
        ...(index === 0 && TOLD_AT_HAND_OFF.has(on_call_handoff_notifications ?? '')
          ? ['a word to whoever comes on call, which is rota.tellTurnBegins in policy.yaml']
          : []),
      ],
    })),
  };
}
