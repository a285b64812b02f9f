/**
 * B8, B9: follow the sun. Teams on call come first, in the directory's order; behind them, and in a gap between windows,
 * the team that opens next.
 */
import type { Shift } from '../../workflows/core/language/reach';
import { absencesAt, firstFound, personOf, standIns, type Candidate, type Step } from './present';
import { firstEndsAt, ladderAt, ladderNow, ladderThen, membersAt, membersOf, opensAt } from './rota';
import type { Directory, Team } from './types';

/** A team that is on call now. */
export interface OpenShift {
  readonly team: string;
  readonly people: readonly string[];
}

/** The teams on call at this moment and whom they would ask, first to last (B8). */
export const openShifts = (directory: Directory, now: number): OpenShift[] =>
  directory.onCall.flatMap((team) => {
    const people = ladderNow(team, now);
    return people.length > 0 ? [{ team: team.team, people }] : [];
  });

/** Whose shift somebody is on at this moment, as themselves or for somebody who is away (B8). */
export const teamOnCall = (directory: Directory, id: string, now: number): string | undefined =>
  openShifts(directory, now).find(({ people }) => people.includes(id) || standsInFor(directory, people, id, now))?.team;

const standsInFor = (directory: Directory, people: readonly string[], id: string, now: number): boolean =>
  [...standIns(directory, people, 'ON_CALL', now)].some((step) => 'found' in step && step.found.person.id === id);

/** Somebody who has shifts, in a team, and is not on one at this moment (D11). */
export const isOffShift = (directory: Directory, id: string, now: number): boolean =>
  directory.onCall.some((team) => membersAt(team, now).includes(id)) && teamOnCall(directory, id, now) === undefined;

/** More shifts than anybody has on end. */
const ON_END = 50;

/**
 * E1: when the shift that this candidate is on ends, if it does: the workflow knows no time zones. It is the first instant at
 * which the first of the ladder becomes somebody else, whatever the cause. Whoever comes first then as well, in this team or
 * another, does not hand over to themselves: their shift ends with the last of them (B8). Leave ends it as well: their own
 * that begins, and where they come first that of whoever they come for (B9). Otherwise somebody who is not there would have it.
 */
export function shiftOf(directory: Directory, { team: name, person }: Candidate, now: number): Shift | undefined {
  let team = directory.onCall.find((entry) => entry.team === name);
  let at = now;
  for (let shifts = 0; team && shifts < ON_END; shifts++) {
    const ladder = shifts === 0 ? ladderNow(team, now) : ladderThen(team, at);
    if (ladder.length === 0) return undefined;
    const endsAt = Math.min(firstEndsAt(team, at) ?? Infinity, leaveEndsAt(directory, ladder, person.id, at));
    if (endsAt === Infinity) return undefined;
    const next = firstFor(directory, team, person.id, endsAt);
    if (!next) return { team: team.team, endsAt: new Date(endsAt).toISOString() };
    team = next;
    at = endsAt;
  }
  return undefined;
}

/**
 * When leave of their own begins, or, of whoever comes first, leave begins or ends so that somebody else does. Whoever has it
 * behind the first one is not asked to give it to somebody who has come back behind them.
 */
function leaveEndsAt(directory: Directory, ladder: readonly string[], person: string, at: number): number {
  const steps = [...standIns(directory, ladder, 'ON_CALL', at)];
  const first = firstFound(steps)?.person.id;
  const passedOver = steps.flatMap((step) => ('passed' in step ? step.passed.person : []));
  const leaves = (first === person ? [...passedOver, person] : [person]).flatMap(
    (id) => personOf(directory, id)?.away ?? [],
  );
  const instants = leaves.flatMap(({ from, to }) => [from, to]).filter((instant) => instant > at);
  const isTheirEnd = (instant: number): boolean =>
    first === person
      ? firstFound(standIns(directory, ladder, 'ON_CALL', instant))?.person.id !== person
      : isAway(directory, person, instant);
  return instants.sort((a, b) => a - b).find(isTheirEnd) ?? Infinity;
}

function isAway(directory: Directory, id: string, at: number): boolean {
  const person = personOf(directory, id);
  return person !== undefined && absencesAt(person, at).length > 0;
}

/** The team, this one before others, of which this person is the first at that moment, themselves or for somebody away. */
const firstFor = (directory: Directory, team: Team, person: string, at: number): Team | undefined =>
  [team, ...directory.onCall].find(
    (entry) => firstFound(standIns(directory, ladderThen(entry, at), 'ON_CALL', at))?.person.id === person,
  );

/**
 * Everybody who can be called, first to last (B8, B9): those who are on, then the one team that opens next. Further teams
 * are asleep, and each of their people would cost a quarter of an hour before the duty managers are asked.
 */
export function* onCall(directory: Directory, now: number, teamOf?: string): Generator<Step> {
  const teams = directory.onCall.map((team) => ({
    team,
    opensAt: opensAt(team, now),
    isTheirs: teamOf !== undefined && membersOf(team).includes(teamOf),
  }));
  // Theirs comes first, open or not: whoever is to take over does it before the window opens.
  const inTurn = [...teams].sort((a, b) => Number(b.isTheirs) - Number(a.isTheirs));
  for (const { team, opensAt: opening, isTheirs } of inTurn) {
    const isOpen = opening === now;
    if (!isOpen && !isTheirs) continue;
    for (const step of standIns(directory, expecting(team, opening, now), isOpen ? 'ON_CALL' : 'NEXT_TEAM', now)) {
      yield 'found' in step && isOpen ? { found: { ...step.found, team: team.team } } : step;
    }
  }
  const [next] = teams.filter(({ opensAt: opening }) => opening > now).sort((a, b) => inOrder(a.opensAt, b.opensAt));
  // Whose turn it is about to be: of a team that is off they are the ones who expect a call.
  if (next) yield* standIns(directory, expecting(next.team, next.opensAt, now), 'NEXT_TEAM', now);
}

/** Of a team that never opens again they are its people: nobody at all would be worse. */
const expecting = (team: Team, opening: number, now: number): readonly string[] =>
  opening === now ? ladderNow(team, now) : Number.isFinite(opening) ? ladderAt(team, opening) : membersAt(team, now);

/** Two that never open are equal, which a difference of infinities would not say. */
const inOrder = (a: number, b: number): number => (a === b ? 0 : a - b);
