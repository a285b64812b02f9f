/**
 * From where turns are counted. The position is never worked out from the vendor's own start: PagerDuty recomputes it when
 * people come and go, GoAlert keeps it as state. Whoever the vendor itself shows in the turns ahead is the one.
 */
import { instantAt, localOf } from '../model/clock';
import type { Span, Stretch, TheirLayer, Turning } from '../model/export';
import { boundaries, walker } from '../model/spans';
import { openingsIn, readLayer, turnAt, turnStart } from '../reading/layer';

export interface Anchored {
  /** Its `start` is a hand-off, and the first of `turns` comes at it. */
  readonly turning: Turning;
  readonly turns: TheirLayer['turns'];
  /** Whether the vendor showed who it is. */
  readonly isShown: boolean;
}

const rotated = <T>(list: readonly T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)];

/** For how long two say the same, in milliseconds. */
function agreement(a: readonly Span[], b: readonly Span[]): number {
  const cuts = boundaries(a, b);
  const [walkA, walkB] = [walker(a), walker(b)];
  let sum = 0;
  for (const [index, from] of cuts.entries()) {
    const shown = walkA(from).map(({ people }) => people.join(' '));
    if (walkB(from).some(({ people }) => shown.includes(people.join(' ')))) sum += (cuts[index + 1] ?? from) - from;
  }
  return sum;
}

/** So far ahead is enough to tell the order of any team. */
const LOOKED_AT_MS = 400 * 86_400_000;

export function anchored(layer: TheirLayer, turning: Turning, zone: string, now: number): Anchored {
  const { rendered, turns } = layer;
  const from = Math.min(...rendered.map((span) => span.from));
  const to = Math.min(from + LOOKED_AT_MS, Math.max(...rendered.map((span) => span.to)));
  const starts = [...new Set([turning.start, firstHandOff(layer, turning, zone)])];
  const candidates = starts.flatMap((start) =>
    turns.map((_, by) => ({ ...layer, turning: { ...turning, start }, turns: rotated(turns, by) })),
  );
  const votes = candidates.map((candidate) =>
    rendered.length > 0 ? agreement(rendered, readLayer(candidate, zone, { from, to })) : 0,
  );
  // Where two say the same, the one that begins as the vendor's rule does.
  const best = votes.indexOf(Math.max(...votes));
  const chosen = candidates[best] ?? { ...layer, turning };
  return { ...movedTo(now, chosen, zone), isShown: (votes[best] ?? 0) > 0 };
}

/** The first turn that is rendered may be cut off at its begin; the second one begins when it says. */
function firstHandOff({ rendered, openings }: TheirLayer, turning: Turning, zone: string): number {
  // Where there are openings, most spans begin with one and not with a turn.
  if (openings) return turning.start;
  // A month keeps the day it was counted from: 31 January is no month after 28 December.
  if (turning.unit === 'month' || turning.unit === 'shift') return turning.start;
  const [first, second] = [...rendered].sort((a, b) => a.from - b.from);
  return first && second && second.from === first.to ? localOf(zone, second.from) : turning.start;
}

/** Counted from the next hand-off, so that a reader sees who comes then. */
function movedTo(now: number, layer: TheirLayer & { turning: Turning }, zone: string): Omit<Anchored, 'isShown'> {
  const { turning, turns } = layer;
  if (turning.unit === 'month') return { turning, turns };
  if (turning.unit === 'shift') return movedToShift(now, layer, zone);
  let turn = turnAt(turning, localOf(zone, now));
  while (instantAt(zone, turnStart(turning, turn)) < now) turn++;
  const by = ((turn % turns.length) + turns.length) % turns.length;
  return { turning: { ...turning, start: turnStart(turning, turn) }, turns: rotated(turns, by) };
}

/** From the next day on which somebody's turn of shifts begins. */
function movedToShift(
  now: number,
  { turning, turns, openings = [] }: TheirLayer & { turning: Turning },
  zone: string,
): Omit<Anchored, 'isShown'> {
  const start = instantAt(zone, turning.start);
  const ahead: Stretch = { from: start, to: Math.max(now, start) + 60 * 86_400_000 };
  const shifts = openingsIn(zone, openings, ahead).filter(({ from }) => from >= start);
  const next = shifts.findIndex(({ from }, index) => from >= now && index % turning.count === 0);
  const shift = shifts[next];
  if (!shift) return { turning, turns };
  return {
    turning: { ...turning, start: localOf(zone, shift.from) },
    turns: rotated(turns, (next / turning.count) % turns.length),
  };
}
