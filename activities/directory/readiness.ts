/**
 * B9, R40, R45, R49: can everybody be reached, and for how long? Looked at for every moment at which the answer can change:
 * window boundaries, absences, overrides, midnights of rotations. Pure: the directory and the time are given.
 */
import type { Audience } from '../../workflows/case/vocabulary';
import { usable } from '../channels';
import { candidates, type Candidate } from './candidates';
import { DAY_MS, instantOf, localDay } from './local-time';
import { stretchesBetween } from './rota';
import type { Directory } from './types';

export type Need = 'ENGINEER' | 'M1' | 'M2' | 'ON_CALL';

export type ReadinessReason =
  /** Nobody at all, duty managers included. */
  | 'NOBODY'
  /** The chart gives nobody who can be paged: it goes straight to the duty managers. */
  | 'ONLY_DUTY_MANAGERS'
  /** The first level above the direct manager gives nobody: it goes to executives or duty managers. */
  | 'NO_SECOND_LEVEL'
  /** No window is open: the team that opens next is woken. */
  | 'GAP'
  /** People of this kind are there, and none has a channel that urgent pages may use. */
  | 'NO_CHANNEL'
  /** The engineer is away without anybody who stands in. */
  | 'AWAY';

export interface Finding {
  /** The engineer it is about; `everybody` for the on-call team. */
  readonly who: string;
  readonly need: Need;
  readonly reason: ReadinessReason;
  /** UNREACHABLE: no page would find a person. DEGRADED: it would find somebody else than it should. */
  readonly gravity: 'UNREACHABLE' | 'DEGRADED';
  readonly from: number;
  readonly to: number;
}

/** Everybody who may have a case: who is on an on-call team, and who has a manager and manages nobody. */
export function engineersOf({ people, onCall }: Directory): string[] {
  const managers = new Set(people.map(({ manager }) => manager));
  const onTeams = new Set(onCall.flatMap((team) => team.people));
  return people.filter(({ id, manager }) => onTeams.has(id) || (manager !== undefined && !managers.has(id))).map(({ id }) => id);
}

/** The instants from `from` to `to` at which somebody else may be the one. */
export function momentsOf(directory: Directory, from: number, to: number): number[] {
  const moments = new Set([from]);
  for (const { away } of directory.people) for (const absence of away) moments.add(absence.from).add(absence.to);
  for (const team of directory.onCall) {
    for (const stretch of stretchesBetween(team, from, to)) moments.add(stretch.from).add(stretch.to);
    for (const override of team.overrides) moments.add(override.from).add(override.to);
    if (!team.rotation) continue;
    for (let at = from; at <= to; at += DAY_MS) moments.add(instantOf(team.timezone, localDay(team.timezone, at), 0));
  }
  return [...moments].filter((at) => at >= from && at < to).sort((a, b) => a - b);
}

/** What is wrong between two instants, each with its time; nothing when everybody can be reached as they should. */
export function readiness(directory: Directory, urgentChannels: readonly string[], from: number, to: number): Finding[] {
  const open = new Map<string, Finding>();
  const findings: Finding[] = [];
  const moments = momentsOf(directory, from, to);
  moments.forEach((at, index) => {
    const until = moments[index + 1] ?? to;
    for (const problem of problemsAt(directory, urgentChannels, at)) {
      const key = `${problem.who} ${problem.need} ${problem.reason}`;
      const before = open.get(key);
      if (before?.to === at) findings.splice(findings.indexOf(before), 1);
      const finding = { ...problem, from: before?.to === at ? before.from : at, to: until };
      open.set(key, finding);
      findings.push(finding);
    }
  });
  return findings;
}

type Problem = Omit<Finding, 'from' | 'to'>;

function problemsAt(directory: Directory, urgentChannels: readonly string[], now: number): Problem[] {
  const ask = (audience: Audience, engineer: string | null): { all: readonly Candidate[]; reachable: readonly Candidate[] } => {
    const { list } = candidates(directory, { audience, engineer, excluding: [] }, now);
    return { all: list, reachable: list.filter(({ person }) => usable(person.channels, urgentChannels).length > 0) };
  };
  const duty = ask('DUTY_MANAGER', null).reachable.length > 0;
  const executives = ask('DUTY_EXECUTIVE', null).reachable.length > 0;
  const problem = (who: string, need: Need, found: { all: readonly unknown[] }, lacking: ReadinessReason, isCovered: boolean): Problem =>
    isCovered
      ? { who, need, reason: found.all.length > 0 ? 'NO_CHANNEL' : lacking, gravity: 'DEGRADED' }
      : { who, need, reason: 'NOBODY', gravity: 'UNREACHABLE' };

  const problems: Problem[] = [];
  const onCall = ask('ON_CALL', null);
  if (!onCall.reachable.some(({ route }) => route === 'ON_CALL' || route === 'DELEGATE')) {
    const openNow = { all: onCall.all.filter(({ route }) => route === 'ON_CALL') };
    problems.push(problem('everybody', 'ON_CALL', openNow, 'GAP', onCall.reachable.length > 0 || duty));
  }
  for (const engineer of engineersOf(directory)) {
    const own = ask('ENGINEER', engineer);
    const m1 = ask('MANAGER', engineer);
    const m2 = ask('SECOND_LEVEL_MANAGER', engineer);
    if (own.reachable.length === 0) problems.push(problem(engineer, 'ENGINEER', own, 'AWAY', m1.reachable.length > 0 || duty));
    if (m1.reachable.length === 0) problems.push(problem(engineer, 'M1', m1, 'ONLY_DUTY_MANAGERS', duty));
    const bySelf = m2.reachable.filter(({ route }) => route !== 'DUTY_EXECUTIVE');
    if (bySelf.length === 0) {
      problems.push(problem(engineer, 'M2', { all: m2.all.filter(({ route }) => route !== 'DUTY_EXECUTIVE') }, 'NO_SECOND_LEVEL', executives || duty));
    }
  }
  return problems;
}
