/** What Grafana OnCall renders: final shifts, which do not say whose they are. */
import type { Rendered, Span, TheirSchedule } from '../model/export';
import { read, type Item } from '../model/items';
import { Report } from '../model/report';
import { boundaries, overlaid, walker } from '../model/spans';
import { readRule } from '../reading/schedule';
import * as shape from './shapes';

const shiftsOf = (items: readonly Item<string>[]): shape.FinalShift[] =>
  read(items, 'final shift', shape.finalShift, new Report());

const finalsOf = (items: readonly Item<string>[]): Span[] =>
  shiftsOf(items).map(({ user_pk, shift_start, shift_end }) => ({
    from: shift_start,
    to: shift_end,
    people: [user_pk],
  }));

/** Everybody whom a final shift names, by their e-mail. */
export const mailsOf = (items: readonly Item<string>[]): ReadonlyMap<string, string> =>
  new Map(
    shiftsOf(items).flatMap(({ user_pk, user_email }): [string, string][] =>
      user_email ? [[user_pk, user_email]] : [],
    ),
  );

/** Final shifts do not say whose they are. Those of one answer belong together, and to the schedule that they fit best. */
export function withFinals(
  schedules: readonly TheirSchedule[],
  items: readonly Item<string>[],
  report: Report,
): TheirSchedule[] {
  const finals = items.filter(({ kind }) => kind === 'final shift');
  const byAnswer = new Map<string, Span[]>();
  for (const name of new Set(finals.map(({ from }) => from)))
    byAnswer.set(name, finalsOf(finals.filter(({ from }) => from === name)));
  const rendered = new Map<string, Span[]>();
  for (const [name, spans] of byAnswer) {
    const schedule = schedules.find(({ id }) => name.includes(id)) ?? bestOf(schedules, spans);
    if (schedule) rendered.set(schedule.id, [...(rendered.get(schedule.id) ?? []), ...spans]);
    else
      report.add(
        'file',
        name,
        'LEFT_OUT',
        'Its final shifts fit no schedule of the export: name the file after the id of the schedule.',
      );
  }
  return schedules.map((schedule) => {
    const spans = rendered.get(schedule.id);
    if (!spans || spans.length === 0) return schedule;
    const layers = schedule.layers.map((layer) => {
      const members = new Set(layer.turns.flat());
      return { ...layer, rendered: spans.filter(({ people }) => people.every((person) => members.has(person))) };
    });
    return { ...schedule, layers, rendered: renderedBy(spans, schedule) };
  });
}

function bestOf(schedules: readonly TheirSchedule[], spans: readonly Span[]): TheirSchedule | undefined {
  if (schedules.length === 1) return schedules[0];
  const cuts = boundaries(spans);
  const [from, to] = [cuts[0], cuts.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const scored = schedules.map((schedule) => {
    const walk = walker(readRule(schedule, { from, to }));
    const hits = [...spans]
      .sort((a, b) => a.from - b.from)
      .filter((span) => walk(span.from).some(({ people }) => people.includes(span.people[0] ?? '')));
    return { schedule, hits: hits.length };
  });
  const [best] = scored.sort((a, b) => b.hits - a.hits);
  return best && best.hits * 2 > spans.length ? best.schedule : undefined;
}

function renderedBy(spans: readonly Span[], { overrides }: TheirSchedule): Rendered {
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  const isOverridden = (span: Span): boolean =>
    overrides.some(
      (override) => span.people[0] === override.person && span.from < override.to && span.to > override.from,
    );
  return {
    spans: overlaid(spans.map((span) => (isOverridden(span) ? { ...span, because: 'OVERRIDE' as const } : span))),
    covers: [{ from, to }],
  };
}
