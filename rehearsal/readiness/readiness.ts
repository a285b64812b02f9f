/**
 * R40, R45, R49, B8, B9: can everybody be reached, and if not, from when to when? Asked of the same look-ups and the same
 * rungs as a page is, at every moment at which the answer can change. Pure: the directory and the time are given.
 * Invariant: UNREACHABLE means that a page at that moment finds nobody on any rung of its ladder.
 */
import type { Directory } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { momentsOfDuty, momentsOfEngineer, momentsOfOnCall } from './moments';
import { engineersOf, problemsOfDuty, problemsOfEngineer, problemsOfOnCall, unheard, type Problem } from './problems';

/** One thing that is not as it should be, for as long as it lasts within what was looked at. */
export interface Finding extends Problem {
  readonly from: number;
  readonly to: number;
}

/** What is wrong between two moments, the earliest first; empty when everybody is reached as they should be. */
export function readiness(
  directory: Directory,
  { channels: { urgent } }: Pick<CasePolicy, 'channels'>,
  from: number,
  to: number,
): Finding[] {
  // Each need is looked at when something changes for it, and not whenever anything does for anybody.
  const engineers = engineersOf(directory).flatMap((engineer) =>
    lasting(momentsOfEngineer(directory, engineer, from, to), to, (at) =>
      problemsOfEngineer(directory, urgent, engineer, at),
    ),
  );
  const duty = lasting(momentsOfDuty(directory, from, to), to, (at) => problemsOfDuty(directory, urgent, at));
  const onCall = lasting(momentsOfOnCall(directory, from, to), to, (at) => problemsOfOnCall(directory, urgent, at));
  const found = [...duty, ...onCall, ...engineers];
  const told = new Set(found.filter(({ reason }) => reason === 'NO_CHANNEL').flatMap(({ people }) => people));
  return [...found, ...unheard(directory, urgent, told).map((problem) => ({ ...problem, from, to }))].sort(
    (a, b) => a.from - b.from,
  );
}

type Growing = { -readonly [K in keyof Finding]: Finding[K] };

/** One trouble is one finding from its first moment to its last, whoever else comes and goes meanwhile. */
function lasting(moments: readonly number[], end: number, problemsAt: (at: number) => readonly Problem[]): Finding[] {
  const findings: Growing[] = [];
  const youngest = new Map<string, Growing>();
  for (const [index, at] of moments.entries()) {
    const to = moments[index + 1] ?? end;
    for (const problem of problemsAt(at)) {
      const key = [problem.who, problem.what, problem.reason, problem.severity].join(' ');
      const before = youngest.get(key);
      if (before?.to === at) {
        before.to = to;
        before.people = union(before.people, problem.people);
        before.instead = union(before.instead, problem.instead);
      } else {
        const finding = { ...problem, from: at, to };
        youngest.set(key, finding);
        findings.push(finding);
      }
    }
  }
  return findings;
}

const union = (some: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...some, ...more])];
