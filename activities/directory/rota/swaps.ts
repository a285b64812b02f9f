/** Swaps that name turns which are not of the two people: told, and refused while they lie ahead (T7). */
import { localDay } from '../local-time';
import type { Swap, Team } from '../types';
import { readyTeam } from './compiled';
import { spanNamed } from './order';

/** Those that have no effect; `now`: only those whose later turn begins today or after it. */
export function unclaimedSwaps(team: Team, now?: number): readonly Swap[] {
  const { layers, windows } = readyTeam(team);
  const orders = [
    ...layers.map(({ order }) => order),
    ...[...windows.values()].flat().flatMap(({ order }) => order ?? []),
  ];
  const claimed = new Set(orders.flatMap(({ swaps }) => swaps));
  const today = now === undefined ? -Infinity : localDay(team.timezone, now);
  return (team.swaps ?? []).filter(
    (swap) => !claimed.has(swap) && swap.turns.some((turn) => spanNamed(turn)[1] > today),
  );
}
