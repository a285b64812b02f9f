/**
 * Our own reading of a vendor's rule, for the time that the vendor has not rendered. It shares no code with the rota that
 * Tocsin pages by: a mistake there must not be hidden by the same mistake here.
 */
import { DAY_MS, HOUR_MS, instantAt, localOf, midnightOf, monthsLater, WEEK_MS, weekdayOf } from '../model/clock';
import type { Opening, Span, Stretch, TheirLayer, Turning } from '../model/export';

const MINUTE_MS = 60_000;
const LENGTH_MS = { hour: HOUR_MS, day: DAY_MS, week: WEEK_MS } as const;

/** The local time at which the turn of this number begins. */
export function turnStart({ unit, count, start }: Turning, turn: number): number {
  if (unit === 'month') return monthsLater(start, turn * count);
  if (unit === 'shift') throw new RangeError('shifts are counted, not measured');
  return start + turn * count * LENGTH_MS[unit];
}

/** The number of the turn that runs at this local time. */
export function turnAt(turning: Turning, local: number): number {
  const { unit, count, start } = turning;
  if (unit !== 'month' && unit !== 'shift') return Math.floor((local - start) / (count * LENGTH_MS[unit]));
  const [a, b] = [new Date(start), new Date(local)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  let turn = Math.floor(months / count) + 1;
  while (turnStart(turning, turn) > local) turn--;
  return turn;
}

/** Every opening that touches the stretch, in order; joined ones stay apart, because a turn may count them. */
export function openingsIn(zone: string, openings: readonly Opening[], { from, to }: Stretch): Stretch[] {
  const result: Stretch[] = [];
  const last = localOf(zone, to) + DAY_MS;
  // An opening may run for a whole week.
  for (let day = midnightOf(localOf(zone, from)) - 8 * DAY_MS; day <= last; day += DAY_MS) {
    for (const opening of openings) {
      if (opening.day !== weekdayOf(day)) continue;
      const begin = day + opening.from * MINUTE_MS;
      const stretch = { from: instantAt(zone, begin), to: instantAt(zone, begin + opening.minutes * MINUTE_MS) };
      if (stretch.to > from && stretch.from < to && stretch.to > stretch.from) result.push(stretch);
    }
  }
  return result.sort((a, b) => a.from - b.from);
}

const remainder = (number: number, length: number): number => ((number % length) + length) % length;

/** Who would be on call by this layer alone. */
export function readLayer(layer: TheirLayer, zone: string, wanted: Stretch): Span[] {
  const stretch = {
    from: Math.max(wanted.from, layer.from ?? -Infinity),
    to: Math.min(wanted.to, layer.to ?? Infinity),
  };
  if (stretch.to <= stretch.from || layer.turns.length === 0) return [];
  const open = layer.openings ? openingsIn(zone, layer.openings, stretch) : [stretch];
  const spans = layer.turning?.unit === 'shift' ? byShift(layer, zone, stretch) : byClock(layer, zone, open);
  return spans
    .map((span) => ({ ...span, from: Math.max(span.from, stretch.from), to: Math.min(span.to, stretch.to) }))
    .filter(({ from, to, people }) => to > from && people.length > 0);
}

function byClock({ turning, turns }: TheirLayer, scheduleZone: string, open: readonly Stretch[]): Span[] {
  const [only = []] = turns;
  if (!turning) return open.map((stretch) => ({ ...stretch, people: only }));
  const zone = turning.zone ?? scheduleZone;
  return open.flatMap(({ from, to }) => {
    const spans: Span[] = [];
    // Two earlier: around a change of clocks the local time of an instant may lie an hour before or after.
    for (let turn = turnAt(turning, localOf(zone, from)) - 2; ; turn++) {
      const begin = instantAt(zone, turnStart(turning, turn));
      if (begin >= to) return spans;
      const end = instantAt(zone, turnStart(turning, turn + 1));
      if (end <= from) continue;
      spans.push({
        from: Math.max(begin, from),
        to: Math.min(end, to),
        people: turns[remainder(turn, turns.length)] ?? [],
      });
    }
  });
}

/** Turn by turn of openings since the start, whatever the calendar says. */
function byShift({ turning, turns, openings = [] }: TheirLayer, zone: string, stretch: Stretch): Span[] {
  if (!turning) return [];
  const start = instantAt(zone, turning.start);
  const every = openingsIn(zone, openings, { from: Math.min(start, stretch.from), to: Math.max(stretch.to, start) });
  const first = every.findIndex(({ from }) => from >= start);
  return every.map((opening, index) => ({
    ...opening,
    people: turns[remainder(Math.floor((index - Math.max(first, 0)) / turning.count), turns.length)] ?? [],
  }));
}
