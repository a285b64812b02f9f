/**
 * R40, R45, R49, B8, B9: can everybody be reached, and if not, from when to when? Asked of the same look-ups and the same
 * rungs as a page is, at every moment at which the answer can change. Pure: the directory and the time are given.
 * Invariant: UNREACHABLE means that a page at that moment finds nobody on any rung of its ladder.
 */
import { usable } from '../../activities/channels';
import type { Directory, Person } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { momentsOfDuty, momentsOfEngineer, momentsOfOnCall } from './moments';
import { engineersOf, problemsOfDuty, problemsOfEngineer, problemsOfOnCall, unheard, type Problem } from './problems';

/** One thing that is not as it should be, for as long as it lasts within what was looked at. */
export interface Finding extends Problem {
  readonly from: number;
  readonly to: number;
}

/**
 * What is wrong between two moments, the earliest first; empty when everybody is reached as they should be. Whoever is found
 * for what rings may still not be for what does not: nobody is reached by a list that has none of their channels.
 */
export function readiness(
  directory: Directory,
  { channels: { urgent, normal } }: Pick<CasePolicy, 'channels'>,
  from: number,
  to: number,
): Finding[] {
  const ringing = readinessOf(directory, urgent, from, to);
  const isDeaf = ({ channels }: Pick<Person, 'channels'>): boolean =>
    usable(channels, normal).length === 0 && usable(channels, urgent).length > 0;
  if (![...directory.people, { channels: directory.contactChannels }].some(isDeaf)) return ringing;
  const told = new Set(ringing.map(keyOf));
  const quiet = readinessOf(directory, normal, from, to)
    .filter((finding) => finding.reason === 'NO_CHANNEL' || finding.severity === 'UNREACHABLE')
    .filter((finding) => !told.has(keyOf(finding)))
    .map((finding) => ({ ...finding, detail: 'pages that do not ring (channels.normal)' }));
  return [...ringing, ...quiet].sort((a, b) => a.from - b.from);
}

const keyOf = ({ who, what, reason, severity, from, to, people }: Finding): string =>
  JSON.stringify([who, what, reason, severity, from, to, people]);

/** By the channels of one list. */
function readinessOf(directory: Directory, urgent: readonly string[], from: number, to: number): Finding[] {
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
