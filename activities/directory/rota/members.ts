/** Whose shifts a team's are. */
import { wallClock } from '../local-time';
import type { Team } from '../types';
import { readyTeam } from './compiled';

const ordersOf = (team: Team) => {
  const { layers, windows } = readyTeam(team);
  return [...layers.map(({ order }) => order), ...[...windows.values()].flat().flatMap(({ order }) => order ?? [])];
};

/** Everybody who is named in it without being asked for a time only. */
export const membersOf = (team: Team): readonly string[] =>
  unique([...ordersOf(team).flatMap(({ people }) => people), ...plannedIn(team)]);

/** Those of them who have not left, and have joined. */
export function membersAt(team: Team, now: number): readonly string[] {
  const local = wallClock(team.timezone, now);
  return unique([...ordersOf(team).flatMap((order) => order.peopleAt(local)), ...plannedIn(team)]);
}

/** Everybody whom it may ever ask. */
export const everybodyOf = (team: Team): readonly string[] =>
  unique([...membersOf(team), ...team.overrides.flatMap((entry) => ('off' in entry ? [] : entry.person))]);

const plannedIn = ({ turns = [], shifts = [], calendar }: Team): readonly string[] => [
  ...turns.flatMap(({ people }) => (people === 'ROTATION' ? [] : people)),
  ...Object.values(calendar?.names ?? {}),
  ...shifts.flatMap(({ people }) => people),
];

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
