/** What Opsgenie renders: each rotation by itself, and all of them at once with overrides and forwarding. */
import type { Rendered, Span } from '../model/export';
import { joined, stacked } from '../model/spans';
import { idOf } from './rotation';
import type * as shape from './shapes';

const BECAUSE: Readonly<Record<string, Span['because']>> = { override: 'OVERRIDE', forwarding: 'FORWARDED' };

interface Row {
  readonly order: number;
  readonly spans: readonly Span[];
}

const rowsOf = (timeline: shape.TimelineRotations, only?: string): Row[] =>
  (timeline?.rotations ?? [])
    .filter(({ id }) => only === undefined || id === only)
    .map(({ order, periods }) => ({
      order: order ?? 0,
      spans: (periods ?? []).map(({ startDate, endDate, type, recipient }) => {
        const because = BECAUSE[type ?? ''];
        return {
          from: startDate,
          to: endDate,
          people: recipient?.type === 'user' ? [idOf(recipient)] : [],
          ...(because && { because }),
        };
      }),
    }));

/** A rotation by itself, without overrides and forwarding: what its turns are counted by. */
export const baseOf = (timelines: readonly shape.Timeline[], id: string): Span[] =>
  joined(
    timelines.flatMap(({ baseTimeline, finalTimeline }) =>
      (baseTimeline ? rowsOf(baseTimeline, id) : rowsOf(finalTimeline, id)).flatMap(({ spans }) =>
        spans.filter(({ because }) => because === undefined),
      ),
    ),
  );

/** All rotations at once, in their order. */
export function renderedBy(timelines: readonly shape.Timeline[]): Rendered | undefined {
  const pages = timelines.map(({ startDate, endDate, finalTimeline }) => {
    const rows = [...rowsOf(finalTimeline)].sort((a, b) => a.order - b.order).map(({ spans }) => joined(spans));
    const all = rows.flat();
    const from = startDate ?? Math.min(...all.map((span) => span.from));
    const to = endDate ?? Math.max(...all.map((span) => span.to));
    return { spans: stacked(rows, 'TOGETHER'), from, to };
  });
  const covers = pages.filter(({ from, to }) => to > from).map(({ from, to }) => ({ from, to }));
  return covers.length === 0 ? undefined : { spans: joined(pages.flatMap(({ spans }) => spans)), covers };
}
