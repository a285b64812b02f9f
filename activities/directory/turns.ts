/** When turns on call begin: the first of the ladder becomes somebody else than whoever was on call last. */
import { DAY_MS } from './local-time';
import { edges, ladderAt } from './rota';
import type { Team } from './types';

export interface Turn {
  readonly team: string;
  readonly at: number;
  /** By the rota; they may be away. */
  readonly person: string;
}

/** Longer than any team is closed, but for holidays: a turn that goes on after them is told once more. */
const CLOSED_AT_MOST_MS = 14 * DAY_MS;

/** Those of a team that begin after `from` and before `to`. A shift after a closed night is no turn of its own. */
export function turnsBetween(team: Team, from: number, to: number): Turn[] {
  const turns: Turn[] = [];
  let last = lastOnCall(team, from);
  for (const at of edges(team, from, to)) {
    const [person] = ladderAt(team, at);
    if (person === undefined) continue;
    if (person !== last) turns.push({ team: team.team, at, person });
    last = person;
  }
  return turns;
}

function lastOnCall(team: Team, at: number): string | undefined {
  const [now] = ladderAt(team, at);
  if (now !== undefined) return now;
  const before = [...edges(team, at - CLOSED_AT_MOST_MS, at)].reverse();
  return before.map((edge) => ladderAt(team, edge)[0]).find((person) => person !== undefined);
}
