/** What a team does over a time, made of `ladderAt` and `edges` alone: its spans, when it is open, when somebody else comes. */
import { DAY_MS } from '../local-time';
import type { Team } from '../types';
import { edges } from './edges';
import { ladderAt } from './ladder';

/** An open stretch of a team, in epoch milliseconds; open at `from`, closed at `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A time in which the ladder is the same; empty while the team is closed. */
export interface Span extends Stretch {
  readonly ladder: readonly string[];
}

/** From the one instant to the other without a gap; two in a row differ. */
export function spansOf(team: Team, from: number, to: number): Span[] {
  return joined(cut(team, from, to), (a, b) => isSame(a.ladder, b.ladder));
}

/** When the ladder is as wanted, whatever else changes meanwhile. */
export const stretchesWhere = (
  team: Team,
  from: number,
  to: number,
  isIt: (ladder: readonly string[]) => boolean,
): Stretch[] =>
  joined(
    cut(team, from, to).filter(({ ladder }) => isIt(ladder)),
    () => true,
  ).map((span) => ({ from: span.from, to: span.to }));

/** When anybody is on call between two instants, whoever it is. */
export const stretchesBetween = (team: Team, from: number, to: number): Stretch[] =>
  stretchesWhere(team, from, to, isOpen);

/** The span of this instant, from its beginning to its end as far as anybody can see. */
export function spanAt(team: Team, at: number): Span {
  const ladder = ladderAt(team, at);
  const to = nextTime(team, at, (other) => !isSame(other, ladder)) ?? at + FARTHEST_MS;
  return { from: lastChange(team, at, ladder), to, ladder };
}

function lastChange(team: Team, at: number, ladder: readonly string[]): number {
  let to = at;
  for (const days of AHEAD_DAYS) {
    const from = at - days * DAY_MS;
    // The ladder before an edge is the one of the edge before it.
    const back = [...edges(team, from, to + 1)].reverse();
    let begins = to;
    for (const edge of back) {
      if (!isSame(ladderAt(team, edge), ladder)) return begins;
      begins = edge;
    }
    if (!isSame(ladderAt(team, from), ladder)) return begins;
    to = from;
  }
  return to;
}

function cut(team: Team, from: number, to: number): Span[] {
  const instants = [from, ...edges(team, from, to), to];
  return instants
    .slice(0, -1)
    .map((at, index) => ({ from: at, to: instants[index + 1] ?? to, ladder: ladderAt(team, at) }));
}

function joined<T extends Stretch>(spans: readonly T[], isOne: (a: T, b: T) => boolean): T[] {
  const result: T[] = [];
  for (const span of spans) {
    const before = result.at(-1);
    if (before && before.to === span.from && isOne(before, span))
      result[result.length - 1] = { ...before, to: span.to };
    else result.push(span);
  }
  return result;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);

/** A little first, because that is where the answer mostly is; more than a month, because turns may last one. */
const AHEAD_DAYS = [2, 8, 40, 400];
const FARTHEST_MS = 400 * DAY_MS;

/** The first instant after `at` at which the ladder is what is looked for. */
export function nextTime(
  team: Team,
  at: number,
  isIt: (ladder: readonly string[], at: number) => boolean,
): number | undefined {
  let from = at;
  for (const days of AHEAD_DAYS) {
    const to = at + days * DAY_MS;
    const found = edges(team, from, to).find((edge) => isIt(ladderAt(team, edge), edge));
    if (found !== undefined) return found;
    // What lies exactly at the end of what was looked at is looked at as well.
    from = to - 1;
  }
  return undefined;
}

const isOpen = (ladder: readonly string[]): boolean => ladder.length > 0;

/** The ladder of a team until its next edge: a page asks fifty teams, and of each the same as the page before it. */
const current = new WeakMap<Team, Span>();

/** As `ladderAt`, for whoever asks about now again and again. */
export function ladderNow(team: Team, now: number): readonly string[] {
  const known = current.get(team);
  if (known && known.from <= now && now < known.to) return known.ladder;
  const ladder = ladderAt(team, now);
  const soon = now + 2 * DAY_MS;
  current.set(team, { from: now, to: edges(team, now, soon)[0] ?? soon, ladder });
  return ladder;
}

/** When a team that was closed then opens next: good for every moment until that one. */
const openings = new WeakMap<Team, Stretch>();

/** When somebody of the team is on: now, or as soon as it opens; `Infinity`: never, as far as anybody can see. */
export function opensAt(team: Team, now: number): number {
  if (isOpen(ladderNow(team, now))) return now;
  const known = openings.get(team);
  if (known && known.from <= now && now < known.to) return known.to;
  const opening = nextTime(team, now, isOpen) ?? Infinity;
  openings.set(team, { from: now, to: opening });
  return opening;
}

/** The ladder of a team at an instant that lies ahead: each page until then asks for the same one. */
const ahead = new WeakMap<Team, { readonly at: number; readonly ladder: readonly string[] }>();

/** As `ladderAt`, for whoever asks about one instant again and again. */
export function ladderThen(team: Team, at: number): readonly string[] {
  const known = ahead.get(team);
  if (known?.at === at) return known.ladder;
  const ladder = ladderAt(team, at);
  ahead.set(team, { at, ladder });
  return ladder;
}

/** When somebody else comes first: good for every moment from when it was asked until then. */
const changes = new WeakMap<Team, Stretch & { readonly endsAt: number | undefined }>();

/** E1: the first instant after `at` at which somebody else comes first than at `at`; nothing as far as anybody can see. */
export function firstEndsAt(team: Team, at: number): number | undefined {
  const known = changes.get(team);
  if (known && known.from <= at && at < known.to) return known.endsAt;
  const [first] = ladderAt(team, at);
  const endsAt = nextTime(team, at, (ladder) => ladder[0] !== first);
  // Of what nobody can see an end of, more is seen tomorrow.
  changes.set(team, { from: at, to: endsAt ?? at + DAY_MS, endsAt });
  return endsAt;
}
