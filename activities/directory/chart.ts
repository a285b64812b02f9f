/**
 * R10, R40, R45, R49: the chart above an engineer. M1 begins with the direct manager, M2 with the manager's manager, and
 * both go on upwards. Nobody manages their own work, not even as somebody's delegate, and a chart that runs in a circle
 * ends where it began.
 */
import { passed, personOf, standIn, standIns, type Step } from './present';
import type { Directory } from './types';

interface Chain {
  /** From the direct manager upwards: each is in the directory, nobody twice. */
  readonly ids: readonly string[];
  /** Why it ends where it does, other than at the top. */
  readonly end?: Step;
}

function walk(directory: Directory, engineer: string): Chain {
  const ids: string[] = [];
  let current = personOf(directory, engineer);
  if (!current) return { ids, end: passed(engineer, 'UNKNOWN_PERSON') };
  while (current.manager !== undefined) {
    const id: string = current.manager;
    if (id === current.id) return { ids, end: passed(id, 'SELF_MANAGED') };
    if (id === engineer || ids.includes(id)) return { ids, end: passed(id, 'CYCLE') };
    const manager = personOf(directory, id);
    if (!manager) return { ids, end: passed(id, 'UNKNOWN_PERSON') };
    ids.push(id);
    current = manager;
  }
  return { ids };
}

/** The managers above the engineer, from the direct one upwards, whether they are there or not (R40). */
export const chainOf = (directory: Directory, engineer: string | null): readonly string[] =>
  engineer === null ? [] : walk(directory, engineer).ids;

/** Why the chart goes no further: said first where it is because nobody knows the engineer, and last where it is further up. */
interface Ends {
  readonly first?: Step;
  readonly last?: Step;
}

/** Where the directory knows the engineer no more, or not their manager, the managers on record are asked before those on duty. */
function above(directory: Directory, engineer: string, onRecord: readonly string[]): Ends & Pick<Chain, 'ids'> {
  const { ids, end } = walk(directory, engineer);
  const isGone = !personOf(directory, engineer);
  const isCut = ids.length === 0 && end !== undefined && 'passed' in end && end.passed.why === 'UNKNOWN_PERSON';
  return {
    ids: isCut ? onRecord : ids,
    ...(end && (isGone ? { first: end } : { last: end })),
  };
}

function* between({ first, last }: Ends, steps: Iterable<Step>): Generator<Step> {
  if (first) yield first;
  yield* steps;
  if (last) yield last;
}

/** R40, R49: the direct manager, and upwards to the top. */
export function* managers(
  directory: Directory,
  engineer: string,
  chart: readonly string[],
  now: number,
): Generator<Step> {
  const { ids, ...ends } = above(directory, engineer, chart);
  yield* between(ends, never([engineer], upwards(directory, ids, now)));
}

/** R45: always another person than the direct manager; where the chart ends, the executives. Without M1 there is no M2. */
export function* secondLevel(
  directory: Directory,
  engineer: string,
  chart: readonly string[],
  now: number,
): Generator<Step> {
  const { ids, ...ends } = above(directory, engineer, chart);
  const [direct, ...others] = ids;
  yield* between(ends, direct === undefined ? [] : never([engineer, direct], upwards(directory, others, now)));
  if (direct !== undefined)
    yield* never([engineer, direct], standIns(directory, directory.dutyExecutive, 'DUTY_EXECUTIVE', now));
}

function* upwards(directory: Directory, ids: readonly string[], now: number): Generator<Step> {
  for (const [height, id] of ids.entries()) yield* standIn(directory, id, height === 0 ? 'DIRECT' : 'NEXT_UP', now);
}

function* never(below: readonly string[], steps: Iterable<Step>): Generator<Step> {
  for (const step of steps) {
    const { person, for: principal } = 'found' in step ? step.found : {};
    yield person && below.includes(person.id) ? passed(person.id, 'SELF_MANAGED', principal) : step;
  }
}
