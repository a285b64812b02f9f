/** Who is on call by the vendor: as it renders it itself, and elsewhere by our own reading of its rule. */
import type { Span, Stretch, TheirLayer, TheirOverride, TheirSchedule } from '../model/export';
import { joined, outside, stacked, within } from '../model/spans';
import { readLayer } from './layer';

/** By the rule and the overrides alone. */
export function readRule(schedule: TheirSchedule, stretch: Stretch): Span[] {
  const ofLayer = ({ id }: TheirLayer): TheirOverride[] =>
    schedule.overrides.filter(({ layers: only }) => only?.includes(id));
  const layers = schedule.layers.map((layer) =>
    ofLayer(layer).reduce(standingIn, readLayer(layer, schedule.zone, stretch)),
  );
  return schedule.overrides
    .filter(({ layers: only }) => only === undefined)
    .reduce((spans, override) => overridden(spans, override, stretch), stacked(layers, schedule.layersAre));
}

/** In a layer of their own they have its turn, while it is open. */
const standingIn = (spans: readonly Span[], { from, to, person }: TheirOverride): Span[] =>
  joined([
    ...outside(spans, [{ from, to }]),
    ...within(spans, { from, to }).map((span) => ({
      ...span,
      people: person === undefined ? [] : [person],
      because: 'OVERRIDE' as const,
    })),
  ]);

function overridden(spans: readonly Span[], override: TheirOverride, stretch: Stretch): Span[] {
  const part = within([{ ...override, people: override.person === undefined ? [] : [override.person] }], stretch)[0];
  if (!part) return [...spans];
  const { person, instead } = override;
  const left = outside(spans, [part]);
  const inside = within(spans, part);
  if (instead !== undefined) {
    const swapped = inside.map((span) =>
      span.people.includes(instead)
        ? {
            ...span,
            people: span.people.flatMap((one) => (one === instead ? (person === undefined ? [] : [person]) : [one])),
            because: 'OVERRIDE' as const,
          }
        : span,
    );
    return joined([...left, ...swapped.filter(({ people }) => people.length > 0)]);
  }
  if (person === undefined) return joined(left);
  return joined([...left, { from: part.from, to: part.to, people: [person], because: 'OVERRIDE' }]);
}

/** Theirs where they said it, our reading of their rule where they did not. */
export function theirSpans(schedule: TheirSchedule, stretch: Stretch): Span[] {
  const { spans, covers } = schedule.rendered ?? { spans: [], covers: [] };
  const said = covers.flatMap((covered) => within(spans, covered));
  return joined([...within(said, stretch), ...outside(readRule(schedule, stretch), covers)]);
}

/** When somebody is on call by our reading alone: there the vendor has not said it itself. */
export const notRendered = (schedule: TheirSchedule, stretch: Stretch): Stretch[] =>
  outside([{ ...stretch, people: [] }], schedule.rendered?.covers ?? []).filter(
    (part) => readRule(schedule, part).length > 0,
  );
