/**
 * A calendar as a source: an event is a window and a turn at once. Its events are laid out once as stretches between two of
 * their boundaries, because a page asks for one of ten thousand.
 */
import type { CalendarShift } from '../types';

/** From here to where the next one begins. */
interface Stretch {
  readonly from: number;
  /** Those who are named, in the order of the events. */
  readonly people: readonly string[];
  readonly isOpen: boolean;
}

const laidOut = new WeakMap<readonly CalendarShift[], readonly Stretch[]>();

export function calendarStretches(shifts: readonly CalendarShift[]): readonly Stretch[] {
  const known = laidOut.get(shifts);
  if (known) return known;
  const made = layOut(shifts);
  laidOut.set(shifts, made);
  return made;
}

/** No event is left: the calendar says nothing, which is not the same as nobody (T4). */
export const isOver = (stretches: readonly Stretch[], at: number): boolean =>
  (stretches.at(-1)?.from ?? -Infinity) <= at;

function layOut(shifts: readonly CalendarShift[]): Stretch[] {
  const boundaries = [...new Set(shifts.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  let next = 0;
  let open: readonly CalendarShift[] = [];
  for (const from of boundaries) {
    open = open.filter(({ to }) => to > from);
    const begun: CalendarShift[] = [];
    for (let shift = shifts[next]; shift !== undefined && shift.from <= from; shift = shifts[++next]) begun.push(shift);
    // In the order in which they were given, which is that of their levels.
    if (begun.length > 0) open = inOrder([...open, ...begun]);
    stretches.push({ from, people: [...new Set(open.flatMap(({ people }) => people))], isOpen: open.length > 0 });
  }
  return stretches;
}

/** A level that is said goes before one that is not; of two of one level the earlier. */
const inOrder = (shifts: readonly CalendarShift[]): CalendarShift[] =>
  [...shifts].sort((a, b) => (a.level ?? Infinity) - (b.level ?? Infinity) || a.from - b.from);
