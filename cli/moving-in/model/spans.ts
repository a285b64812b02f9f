/** Sums of spans: what stands beside, over and under each other. */
import type { Span, Stretch } from './export';

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((person, index) => person === b[index]);

/** Touching spans of the same people are one: pages of an answer cut them where the page ends. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (span.to <= span.from) continue;
    const before = result.at(-1);
    if (before && span.from <= before.to && same(before.people, span.people) && before.because === span.because)
      result[result.length - 1] = { ...before, to: Math.max(before.to, span.to) };
    else result.push(span);
  }
  return result;
}

/** The part within the stretch. */
export const within = (spans: readonly Span[], { from, to }: Stretch): Span[] =>
  spans
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.to > span.from);

/** The parts outside of all of these stretches. */
export function outside(spans: readonly Span[], stretches: readonly Stretch[]): Span[] {
  let left = [...spans];
  for (const { from, to } of stretches) {
    left = left.flatMap((span) => [
      ...within([span], { from: -Infinity, to: from }),
      ...within([span], { from: to, to: Infinity }),
    ]);
  }
  return left;
}

/** Every instant at which one of them begins or ends, in order. */
export const boundaries = (...lists: readonly (readonly Stretch[])[]): number[] =>
  [...new Set(lists.flat().flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);

/** Walks sorted spans forwards: who is on in each of a rising row of instants. */
export function walker<S extends Stretch>(spans: readonly S[]): (at: number) => S[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  let next = 0;
  let open: S[] = [];
  return (at) => {
    for (let span = sorted[next]; span && span.from <= at; span = sorted[++next]) open.push(span);
    open = open.filter(({ to }) => to > at);
    return open;
  };
}

/** One on top of the other: where the upper ones have somebody, these are first, and hide those below or stand before them. */
export function stacked(layers: readonly (readonly Span[])[], layersAre: 'HIDING' | 'TOGETHER'): Span[] {
  const cuts = boundaries(...layers);
  const walkers = layers.map((layer) => walker(layer));
  const result: Span[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    const open = walkers.map((at) => at(from)).flatMap((spans) => spans.filter(({ people }) => people.length > 0));
    const [first] = open;
    if (!first) continue;
    const people = layersAre === 'HIDING' ? first.people : [...new Set(open.flatMap((span) => span.people))];
    result.push({ ...first, from, to, people });
  }
  return joined(result);
}

/** Spans of one list that overlap are at the same time: whoever came first is first. */
export function overlaid(spans: readonly Span[]): Span[] {
  const cuts = boundaries(spans);
  const walk = walker(spans);
  return joined(
    cuts.flatMap((from, index) => {
      const open = walk(from);
      const to = cuts[index + 1];
      const [first] = open;
      return first && to !== undefined
        ? [{ ...first, from, to, people: [...new Set(open.flatMap(({ people }) => people))] }]
        : [];
    }),
  );
}
