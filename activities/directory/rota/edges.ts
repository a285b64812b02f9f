/**
 * Every instant at which a team's ladder may change. Invariant: between two of them it is constant, so that looking at each
 * is looking at all the time there is.
 */
import { instantOf, wallClock } from '../local-time';
import type { Team } from '../types';
import { calendarStretches } from './calendar';
import { readyTeam, type ReadyLayer, type ReadyTeam } from './compiled';
import { shiftsAround } from './shifts';

/** After `from` and before `to`, in order, none twice. */
export const edges = (team: Team, from: number, to: number): readonly number[] =>
  [...new Set(instants(team, readyTeam(team), from, to))].filter((at) => at > from && at < to).sort((a, b) => a - b);

function* instants(team: Team, ready: ReadyTeam, from: number, to: number): Generator<number> {
  for (const override of team.overrides) yield* [override.from, override.to];
  const localFrom = wallClock(team.timezone, from);
  const localTo = wallClock(team.timezone, to);
  const instantsOf = (locals: Iterable<number>): number[] =>
    [...locals].map((local) => instantOf(team.timezone, local, 0));
  if (team.calendar) {
    for (const stretch of calendarStretches(team.shifts ?? [])) yield stretch.from;
    for (const { order } of ready.layers) yield* instantsOf(order.changes);
    return;
  }
  for (const shift of shiftsAround(team, from, to)) yield* [shift.from, shift.to];
  for (const turn of team.turns ?? []) yield turn.from;
  // Who is behind a turn that is planned by hand is looked up at the moment, and not once a shift.
  const isLookedUp = (layer: ReadyLayer): boolean => layer.isSplit || team.turns !== undefined;
  const windowOrders = [...ready.windows.values()].flat().flatMap(({ order }) => order ?? []);
  for (const layer of ready.layers.filter(isLookedUp)) {
    const { order, since, until } = layer;
    yield* instantsOf([since, until].filter(Number.isFinite));
    yield* instantsOf([order, ...windowOrders].flatMap(({ changes }) => changes));
    yield* instantsOf(turnsBetween(layer, localFrom, localTo));
  }
}

/** When turns begin, on the wall clock. */
function* turnsBetween({ order: { steps }, rotation }: ReadyLayer, from: number, to: number): Generator<number> {
  if (!steps || rotation?.every.unit === 'SHIFTS') return;
  for (let turn = steps.at(from); steps.begin(turn) <= to; turn++) yield steps.begin(turn);
}
