/**
 * T3: whose turn it is among several. The order of turns is the order of the list; whoever holds a turn is followed by the
 * next in the list who is there when the new turn begins. Who joins later or leaves one day moves nobody's turn before
 * that day.
 *
 * Where nobody joins or leaves, turns go round and round; so a life of turns is a few stretches, each counted at once.
 */
import { parseClock, parseDay } from '../local-time';
import { NOBODY, type Place, type Rotation, type Swap, type Window } from '../types';
import { stepsOf, type Steps } from './steps';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Seat {
  /** Nobody for a turn off. */
  readonly people: readonly string[];
  /** On the wall clock of the team: there from `since`, not any more from `until`. */
  readonly since: number;
  readonly until: number;
}

/** Whose turn it is, and who comes after them. */
export interface Turn {
  readonly holder: readonly string[];
  readonly others: readonly string[];
  /** There is somebody in the list, and it is not their turn but nobody's. */
  readonly isOff: boolean;
}

/** Turns of a constant set of people, from one turn to before the next stretch. */
interface Stretch {
  readonly from: number;
  /** The places of those who are there, in the order of the list. */
  readonly there: readonly number[];
  /** `there[mod(turn - zero)]` holds the turn. */
  readonly zero: number;
}

export class Order {
  readonly steps: Steps | undefined;
  private readonly seats: readonly Seat[];
  private readonly stretches: readonly Stretch[];
  /** Of a turn: who comes by a swap, for whom. */
  private readonly taken = new Map<number, Map<string, string>>();
  /** Those of the swaps that name two turns which belong to these people. */
  readonly swaps: readonly Swap[];

  constructor(
    places: readonly Place[],
    rotation: Rotation | undefined,
    windows: readonly Window[],
    swaps: readonly Swap[],
  ) {
    const handOff = parseClock(rotation?.at ?? '00:00') * MINUTE_MS;
    this.seats = places.map((place) => seatOf(place, handOff));
    this.steps = rotation && stepsOf(rotation, windows);
    this.stretches = this.steps ? stretchesOf(this.seats, this.steps) : [];
    this.swaps = swaps.filter((swap) => this.take(swap));
  }

  /** Everybody in the list, whenever they are there. */
  get people(): readonly string[] {
    return [...new Set(this.seats.flatMap(({ people }) => people))];
  }

  /** Those who are there at this time of the wall clock. */
  peopleAt(local: number): readonly string[] {
    return this.seats.filter((_, place) => this.isThere(place, local)).flatMap(({ people }) => people);
  }

  /** When somebody joins or leaves, on the wall clock. */
  get changes(): readonly number[] {
    return this.seats.flatMap(({ since, until }) => [since, until]).filter(Number.isFinite);
  }

  /** At this time of the wall clock; of a shift that is never split, when it begins. */
  at(local: number): Turn {
    const turn = this.steps?.at(local);
    const first = turn === undefined ? this.after(-1, local) : this.holderAt(turn, local);
    if (first === undefined) return { holder: [], others: [], isOff: false };
    const inTurn = [...this.seats.keys()].map((index) => (first + index) % this.seats.length);
    const [holder = [], ...others] = inTurn
      .filter((place) => place === first || this.isThere(place, local))
      .map((place) => this.seats[place]?.people ?? []);
    const holders = turn === undefined ? holder : holder.map((id) => this.comesFor(turn, id));
    return { holder: holders, others: others.flat(), isOff: holder.length === 0 };
  }

  /** The place that holds the turn; whoever has left within it is followed by the next, who keeps their own turn. */
  private holderAt(turn: number, local: number): number | undefined {
    const place = this.placeOf(turn);
    return place === undefined || !this.isThere(place, local) ? this.after(place ?? -1, local) : place;
  }

  private placeOf(turn: number): number | undefined {
    const stretch = this.stretches.findLast(({ from }) => from <= turn);
    return stretch && stretch.there[mod(turn - stretch.zero, stretch.there.length)];
  }

  private isThere(place: number, local: number): boolean {
    const seat = this.seats[place];
    return seat !== undefined && seat.since <= local && local < seat.until;
  }

  private after(place: number, local: number): number | undefined {
    const { length } = this.seats;
    for (let step = 1; step <= length; step++) {
      const next = mod(place + step, length);
      if (this.isThere(next, local)) return next;
    }
    return undefined;
  }

  private comesFor = (turn: number, id: string): string => this.taken.get(turn)?.get(id) ?? id;

  /**
   * Names of turns are days, and people say them in either order. A turn is whose it has become by the swaps before: of two
   * that give away the same one, the second would leave somebody without theirs.
   */
  private take({ swap: [a, b], turns: [first, second] }: Swap): boolean {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const ofOne = this.turnNamed(first, one);
      const ofOther = this.turnNamed(second, other);
      if (ofOne === undefined || ofOther === undefined || ofOne === ofOther) continue;
      this.give(ofOne, one, other);
      this.give(ofOther, other, one);
      return true;
    }
    return false;
  }

  private give(turn: number, from: string, by: string): void {
    const taken = this.taken.get(turn) ?? new Map<string, string>();
    const whose = this.holdersOf(turn).find((id) => this.comesFor(turn, id) === from) ?? from;
    this.taken.set(turn, taken.set(whose, by));
  }

  /** As the order of turns has it. */
  private holdersOf(turn: number): readonly string[] {
    const place = this.placeOf(turn);
    return (place === undefined ? undefined : this.seats[place]?.people) ?? [];
  }

  /** The turn of this person, by now, that begins on the day, or at the time. */
  private turnNamed(name: string, person: string): number | undefined {
    if (!this.steps) return undefined;
    const [from, to] = spanNamed(name);
    for (let turn = this.steps.at(from - 1) + 1; this.steps.begin(turn) < to; turn++) {
      if (this.holdersOf(turn).some((id) => this.comesFor(turn, id) === person)) return turn;
    }
    return undefined;
  }
}

function seatOf(place: Place, handOff: number): Seat {
  const { people, since = undefined, until = undefined } = typeof place === 'string' ? { people: [place] } : place;
  return {
    people: people.filter((id) => id !== NOBODY),
    since: since === undefined ? -Infinity : parseDay(since) + handOff,
    until: until === undefined ? Infinity : parseDay(until) + handOff,
  };
}

/** `2026-11-02`, or `2026-11-02T20:00` where several turns begin on one day: from when to when on the wall clock. */
export function spanNamed(name: string): readonly [number, number] {
  const day = parseDay(name);
  if (name.length === 10) return [day, day + DAY_MS];
  const at = day + parseClock(name.slice(11)) * MINUTE_MS;
  return [at, at + MINUTE_MS];
}

const mod = (number: number, by: number): number => ((number % by) + by) % by;

/** From turn 0 on, which is the first one's who is there, and from there back. */
function stretchesOf(seats: readonly Seat[], steps: Steps): Stretch[] {
  /** The first turn that begins at this time or after it. */
  const turnFrom = (local: number): number => steps.at(local - 1) + 1;
  const spans = seats.map(({ since, until }) => ({
    from: since === -Infinity ? -Infinity : turnFrom(since),
    to: until === Infinity ? Infinity : turnFrom(until),
  }));
  const cuts = [...new Set([0, ...spans.flatMap(({ from, to }) => [from, to])])].filter(Number.isFinite);
  const thereAt = (turn: number): number[] =>
    [...spans.keys()].filter((place) => {
      const span = spans[place];
      return span !== undefined && span.from <= turn && turn < span.to;
    });

  const ahead: Stretch[] = [];
  let last = -1;
  const rising = cuts.filter((cut) => cut >= 0).sort((a, b) => a - b);
  for (const [index, from] of rising.entries()) {
    const there = thereAt(from);
    const next = Math.max(
      0,
      there.findIndex((place) => place > last),
    );
    const zero = from - next;
    ahead.push({ from, there, zero });
    // Who holds the last turn before the next stretch is followed by the next one who is there then.
    const end = (rising[index + 1] ?? from) - 1;
    last = there[mod(end - zero, there.length)] ?? last;
  }

  const before: Stretch[] = [];
  const atZero = ahead[0];
  let following = atZero?.there[0] ?? seats.length;
  const falling = [-Infinity, ...cuts.filter((cut) => cut < 0).sort((a, b) => a - b)].reverse();
  let end = -1;
  for (const from of falling) {
    const there = thereAt(end);
    const previous = there.findLastIndex((place) => place < following);
    // Whoever stands last comes before the first one.
    const zero = end - (previous < 0 ? there.length - 1 : previous);
    before.unshift({ from, there, zero });
    following = there[mod(from - zero, there.length)] ?? following;
    end = from - 1;
  }
  return [...before, ...ahead];
}
