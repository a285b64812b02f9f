/**
 * T8: what an edit of the rotas changes, in people and hours: each span in which somebody else comes first than before.
 * Asked of `ladderAt` and `edges`, at every boundary of both, so that a difference of a minute is found as well.
 */
import { edges, ladderAt, type Stretch } from './rota';
import type { Directory, Team } from './types';

export interface Change extends Stretch {
  readonly team: string;
  /** Nobody, where the team is closed or is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Of one team; either may be missing. */
export function changesOfTeam(before: Team | undefined, after: Team | undefined, from: number, to: number): Change[] {
  const edgesOf = (team: Team | undefined): readonly number[] => (team ? edges(team, from, to) : []);
  const firstOf = (team: Team | undefined, at: number): string | null => (team && ladderAt(team, at)[0]) ?? null;
  const instants = [from, ...new Set([...edgesOf(before), ...edgesOf(after)])].sort((a, b) => a - b);
  const changes: Change[] = [];
  for (const [index, at] of instants.entries()) {
    const change = {
      team: (after ?? before)?.team ?? '',
      from: at,
      to: instants[index + 1] ?? to,
      before: firstOf(before, at),
      after: firstOf(after, at),
    };
    if (change.before === change.after) continue;
    const last = changes.at(-1);
    if (last?.to === at && last.before === change.before && last.after === change.after)
      changes[changes.length - 1] = { ...last, to: change.to };
    else changes.push(change);
  }
  return changes;
}

/** Every team that there was or is, in the order of the new file; those that are gone last. */
export function teamsOfBoth(
  before: Pick<Directory, 'onCall'>,
  after: Pick<Directory, 'onCall'>,
): readonly (readonly [Team | undefined, Team | undefined])[] {
  const named = (teams: readonly Team[], name: string): Team | undefined => teams.find(({ team }) => team === name);
  return [
    ...after.onCall.map((team) => [named(before.onCall, team.team), team] as const),
    ...before.onCall.filter(({ team }) => !named(after.onCall, team)).map((team) => [team, undefined] as const),
  ];
}

export const changesBetween = (before: Directory, after: Directory, from: number, to: number): Change[] =>
  teamsOfBoth(before, after).flatMap(([old, now]) => changesOfTeam(old, now, from, to));

/** What is not there any more, by name: mostly a file that was cut off, and always worth a look. */
export function lostIn(before: Directory, after: Directory): readonly string[] {
  const gone = (was: readonly string[], is: readonly string[]): readonly string[] =>
    was.filter((one) => !is.includes(one));
  const idsOf = ({ people }: Directory): readonly string[] => people.map(({ id }) => id);
  const listed = ['dutyManagers', 'dutyExecutive', 'rnd'] as const;
  return [
    ...gone(teamNames(before), teamNames(after)).map((team) => `team ${team}`),
    ...gone(idsOf(before), idsOf(after)).map((id) => `person ${id}`),
    ...listed.filter((list) => before[list].length > 0 && after[list].length === 0).map((list) => `all of ${list}`),
  ];
}

const teamNames = ({ onCall }: Directory): readonly string[] => onCall.map(({ team }) => team);

/** Whose next turn begins at another time than before, and when: `null`, none in that time. */
export interface MovedTurn {
  readonly person: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Of one team, of the turns to come between two instants; whoever is on call already has begun theirs. */
export function movedTurns(before: Team | undefined, after: Team | undefined, from: number, to: number): MovedTurn[] {
  const [was, is] = [nextTurns(before, from, to), nextTurns(after, from, to)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((person) => {
    const [then, since] = [was.get(person) ?? null, is.get(person) ?? null];
    return then === since ? [] : { person, before: then, after: since };
  });
}

/** Behind the last event of a calendar its people are asked round the clock, until somebody has written the next one: no turn of theirs. */
const plannedUntil = ({ shifts }: Team): number =>
  shifts ? shifts.reduce((latest, { to }) => Math.max(latest, to), -Infinity) : Infinity;

function nextTurns(team: Team | undefined, from: number, to: number): ReadonlyMap<string, number> {
  const turns = new Map<string, number>();
  const until = team ? Math.min(to, plannedUntil(team)) : from;
  if (!team || until <= from) return turns;
  let last = ladderAt(team, from)[0];
  for (const at of edges(team, from, until)) {
    const [first] = ladderAt(team, at);
    if (first !== undefined && first !== last && !turns.has(first)) turns.set(first, at);
    last = first;
  }
  return turns;
}
