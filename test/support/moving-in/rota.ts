/**
 * A rota in plain terms, and who is on call by it: an independent model, on luxon alone, so that neither our rota nor our
 * reading of a vendor can agree with itself.
 */
import { DateTime } from 'luxon';

export interface PlainPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
}

export interface PlainRota {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** Indexes of the people, in order; `null` is a turn of nobody. */
  readonly order: readonly (number | null)[];
  readonly unit: 'hour' | 'day' | 'week' | 'month';
  readonly count: number;
  /** `2026-10-05T09:00`, on the wall clock of the zone; the first of `order` has the turn that begins then. */
  readonly start: string;
  /** Days from Monday = 1, hours of the day; without it round the clock. */
  readonly hours?: { readonly days: readonly number[]; readonly from: number; readonly to: number };
}

export interface PlainSpan {
  readonly from: number;
  readonly to: number;
  readonly person: number | null;
}

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const LENGTH_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** What the clocks show, as if it were in UTC. */
const shown = (text: string): DateTime => DateTime.fromISO(text, { zone: 'utc' });
const instant = (local: DateTime, zone: string): number => local.setZone(zone, { keepLocalTime: true }).toMillis();

function* turns({ start, unit, count, order, zone }: PlainRota, from: number, to: number): Generator<PlainSpan> {
  const first = shown(start);
  const length = unit === 'month' ? 28 * LENGTH_MS.day : LENGTH_MS[unit];
  const begin = (turn: number): number =>
    instant(
      unit === 'month' ? first.plus({ months: turn * count }) : first.plus({ milliseconds: turn * count * length }),
      zone,
    );
  // Months are longer than 28 days: beginning early costs a few empty steps.
  let turn = Math.floor((from - first.toMillis()) / (count * length)) - 3;
  if (unit === 'month') turn = Math.min(turn, Math.floor((from - first.toMillis()) / (31 * LENGTH_MS.day * count)) - 3);
  for (; begin(turn) < to; turn++) {
    const index = ((turn % order.length) + order.length) % order.length;
    const end = begin(turn + 1);
    if (end > from) yield { from: begin(turn), to: end, person: order[index] ?? null };
  }
}

function* openings({ hours, zone }: PlainRota, from: number, to: number): Generator<{ from: number; to: number }> {
  if (!hours) {
    yield { from, to };
    return;
  }
  const last = DateTime.fromMillis(to, { zone }).plus({ days: 1 });
  for (
    let day = DateTime.fromMillis(from, { zone }).startOf('day').minus({ days: 2 });
    day < last;
    day = day.plus({ days: 1 })
  ) {
    if (!hours.days.includes(day.weekday)) continue;
    const local = shown(day.toISODate() ?? '');
    const end = hours.to <= hours.from ? hours.to + 24 : hours.to;
    yield { from: instant(local.plus({ hours: hours.from }), zone), to: instant(local.plus({ hours: end }), zone) };
  }
}

/** Turn by turn within the hours, cut at the ends of the window; what nobody has is left out. */
export function spansOf(rota: PlainRota, from: number, to: number): PlainSpan[] {
  const all = [...turns(rota, from, to)];
  return [...openings(rota, from, to)].flatMap((open) =>
    all
      .map((turn) => ({
        person: turn.person,
        from: Math.max(turn.from, open.from, from),
        to: Math.min(turn.to, open.to, to),
      }))
      .filter((span) => span.to > span.from && span.person !== null),
  );
}

/** As a calendar has it: what has begun is theirs to its end, also where the next turn begins meanwhile. */
export function eventsOf(rota: PlainRota, from: number, to: number): PlainSpan[] {
  if (!rota.hours) return spansOf(rota, from, to);
  const all = [...turns(rota, from - LENGTH_MS.week, to)];
  return [...openings(rota, from, to)].flatMap((open) => {
    const { person = null } = all.find((turn) => turn.from <= open.from && open.from < turn.to) ?? {};
    const span = { person, from: Math.max(open.from, from), to: Math.min(open.to, to) };
    return person !== null && span.to > span.from ? [span] : [];
  });
}

export const startInstant = ({ start, zone }: PlainRota): number => instant(shown(start), zone);

/** With the offset of the zone, as vendors write it. */
export const withOffset = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';

/** Without any offset: what the clocks show. */
export const withoutOffset = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
