/**
 * Schedules of version 3. Their events are calendar rules, and a rule that was begun in the past shows no anchor: what counts
 * is what PagerDuty has worked out, so they come over as dated turns.
 */
import { z } from 'zod';
import { zoneOf } from '../model/clock';
import type { Span, TheirSchedule } from '../model/export';
import { instant } from '../model/fields';
import { byId, read, type Item } from '../model/items';
import type { Report } from '../model/report';
import { overlaid } from '../model/spans';

/** A time, or a time with its zone beside it. */
const moment = z.union([instant, z.object({ date_time: instant }).transform(({ date_time }) => date_time)]);
const member = z.object({ type: z.string(), user_id: z.string().nullish() });

const flexible = z.object({
  id: z.string(),
  name: z.string().nullish(),
  time_zone: z.string().nullish(),
  rotations: z.array(
    z.object({
      events: z.array(z.object({ start_time: z.object({ time_zone: z.string().nullish() }).nullish() })).nullish(),
    }),
  ),
  final_schedule: z
    .object({
      computed_shift_assignments: z.array(
        z.object({ start_time: moment, end_time: moment, member, source: z.object({ type: z.string() }).nullish() }),
      ),
    })
    .nullish(),
});
type Flexible = z.output<typeof flexible>;

export function flexibleSchedules(items: readonly Item<string>[], report: Report): TheirSchedule[] {
  const pages = byId(read(items, 'flexible schedule', flexible, report));
  return [...pages.values()].flatMap((same) => scheduleOf(same, report));
}

function scheduleOf(pages: readonly Flexible[], report: Report): TheirSchedule[] {
  const newest = pages.at(-1);
  if (!newest) return [];
  const { id, name, time_zone, rotations } = newest;
  const said =
    time_zone ??
    rotations.flatMap(({ events }) => events ?? []).find(({ start_time }) => start_time?.time_zone)?.start_time
      ?.time_zone;
  const zone = zoneOf(said);
  const spans = pages.flatMap(({ final_schedule }) =>
    (final_schedule?.computed_shift_assignments ?? []).flatMap(spanOf),
  );
  if (zone === undefined || spans.length === 0) {
    const why =
      zone === undefined
        ? `its zone ${said ?? ''} is no IANA name with a slash`
        : 'it has no final_schedule: ask for it with include[]=final_schedule, since and until';
    report.add('schedule', id, 'LEFT_OUT', `${name ?? id} is a schedule of version 3, and ${why}.`);
    return [];
  }
  const covers = [{ from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) }];
  return [
    {
      id,
      name: name ?? id,
      zone,
      layersAre: 'TOGETHER',
      layers: [],
      overrides: [],
      rendered: { spans: overlaid(spans), covers },
    },
  ];
}

/** `empty_member` is nobody. */
const spanOf = ({
  start_time,
  end_time,
  member: { user_id },
  source,
}: NonNullable<Flexible['final_schedule']>['computed_shift_assignments'][number]): Span[] =>
  user_id
    ? [
        {
          from: start_time,
          to: end_time,
          people: [user_id],
          ...(source?.type.includes('override') && { because: 'OVERRIDE' as const }),
        },
      ]
    : [];
