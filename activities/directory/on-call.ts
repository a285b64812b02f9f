/**
 * B8, B9: follow the sun. Teams on call come first, in the directory's order; behind them, and in a gap between windows,
 * the team that opens next.
 */
import type { Shift } from '../../workflows/core/language/reach';
import { standIns, type Candidate, type Step } from './present';
import { dutyAt, ladderOf, type Duty } from './rota';
import type { Directory, Team } from './types';

/** A team that is on call now; `endsAt` is `null` round the clock. */
export interface OpenShift {
  readonly team: string;
  readonly people: readonly string[];
  readonly endsAt: string | null;
}

const endOf = (duty: Duty): string | null =>
  duty.open && duty.endsAt !== null ? new Date(duty.endsAt).toISOString() : null;

/** The teams on call at this moment and whom they would ask, first to last (B8). */
export const openShifts = (directory: Directory, now: number): OpenShift[] =>
  directory.onCall.flatMap((team) => {
    const duty = dutyAt(team, now);
    return duty.open ? [{ team: team.team, people: ladderOf(team, now), endsAt: endOf(duty) }] : [];
  });

/** Whose shift somebody is on at this moment, as themselves or for somebody who is away (B8). */
export const teamOnCall = (directory: Directory, id: string, now: number): string | undefined =>
  openShifts(directory, now).find(({ people }) => people.includes(id) || standsInFor(directory, people, id, now))?.team;

const standsInFor = (directory: Directory, people: readonly string[], id: string, now: number): boolean =>
  [...standIns(directory, people, 'ON_CALL', now)].some((step) => 'found' in step && step.found.person.id === id);

/** Somebody who has shifts, in a team, and is not on one at this moment (D11). */
export const isOffShift = (directory: Directory, id: string, now: number): boolean =>
  directory.onCall.some(({ people }) => people.includes(id)) && teamOnCall(directory, id, now) === undefined;

/** More windows than anybody has on end. */
const ON_END = 50;

/**
 * When the shift that this candidate is on ends, if it does: the workflow knows no time zones. Whoever is on call in the
 * next window as well does not hand over to themselves, so their shift ends with that one (B8).
 */
export function shiftOf(directory: Directory, { team: name, person }: Candidate, now: number): Shift | undefined {
  let team = name;
  let at = now;
  for (let windows = 0; windows < ON_END; windows++) {
    const current = directory.onCall.find((entry) => entry.team === team);
    const duty = current && dutyAt(current, at);
    if (!current || !duty?.open || duty.endsAt === null) return undefined;
    const next = first(onCall(directory, duty.endsAt));
    if (next?.person.id !== person.id || next.team === undefined)
      return { team: current.team, endsAt: new Date(duty.endsAt).toISOString() };
    ({ team } = next);
    at = duty.endsAt;
  }
  return undefined;
}

function first(steps: Iterable<Step>): Candidate | undefined {
  for (const step of steps) if ('found' in step) return step.found;
  return undefined;
}

/**
 * Everybody who can be called, first to last (B8, B9): those who are on, then the one team that opens next. Further teams
 * are asleep, and each of their people would cost a quarter of an hour before the duty managers are asked.
 */
export function* onCall(directory: Directory, now: number, teamOf?: string): Generator<Step> {
  const isTheirs = ({ people }: Team): boolean => teamOf !== undefined && people.includes(teamOf);
  const teams = directory.onCall.map((team) => ({ team, duty: dutyAt(team, now) }));
  // Theirs comes first, open or not: whoever is to take over does it before the window opens.
  const inTurn = [...teams].sort((a, b) => Number(isTheirs(b.team)) - Number(isTheirs(a.team)));
  for (const { team, duty } of inTurn) {
    if (!duty.open && !isTheirs(team)) continue;
    for (const step of standIns(
      directory,
      ladderOf(team, momentOf(duty, now)),
      duty.open ? 'ON_CALL' : 'NEXT_TEAM',
      now,
    )) {
      yield 'found' in step && duty.open ? { found: { ...step.found, team: team.team } } : step;
    }
  }
  const later = teams
    .flatMap(({ team, duty }) => (duty.open ? [] : [{ team, opensAt: duty.opensAt }]))
    .sort((a, b) => inOrder(a.opensAt, b.opensAt));
  for (const { team, opensAt } of later.slice(0, 1)) {
    // Whose turn it is about to be: of a team that is off they are the ones who expect a call.
    yield* standIns(directory, ladderOf(team, Number.isFinite(opensAt) ? opensAt : now), 'NEXT_TEAM', now);
  }
}

/** When somebody of the team is on: now, or as soon as it opens. */
const momentOf = (duty: Duty, now: number): number =>
  !duty.open && Number.isFinite(duty.opensAt) ? duty.opensAt : now;

/** Two that never open are equal, which a difference of infinities would not say. */
const inOrder = (a: number, b: number): number => (a === b ? 0 : a - b);
