/**
 * B8, B9: every moment at which somebody else may be the one. Between two of them nothing changes, so that looking at
 * each is looking at all the time there is.
 */
import { chainOf } from '../../activities/directory/candidates';
import { personOf } from '../../activities/directory/present';
import { edges, everybodyOf } from '../../activities/directory/rota';
import type { Directory } from '../../activities/directory/types';

/** These, and whoever stands in for them. */
function withDelegates(directory: Directory, ids: readonly string[]): Set<string> {
  const people = new Set<string>();
  const left = [...ids];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (people.has(id)) continue;
    people.add(id);
    left.push(...(personOf(directory, id)?.away ?? []).flatMap(({ delegate }) => delegate ?? []));
  }
  return people;
}

/** When one of these, or whoever stands in for them, goes away or comes back. */
const absences = (directory: Directory, ids: readonly string[]): number[] =>
  [...withDelegates(directory, ids)].flatMap((id) =>
    (personOf(directory, id)?.away ?? []).flatMap(({ from, to }) => [from, to]),
  );

/** When somebody else comes, of whichever team. */
const rotas = ({ onCall }: Directory, from: number, to: number): number[] =>
  onCall.flatMap((team) => edges(team, from, to));

const inOrder = (moments: readonly number[], from: number, to: number): number[] =>
  [...new Set([from, ...moments])].filter((at) => at >= from && at < to).sort((a, b) => a - b);

/** Of whoever ends every search. */
export const momentsOfDuty = (directory: Directory, from: number, to: number): number[] =>
  inOrder(absences(directory, directory.dutyManagers), from, to);

/** Of the engineer, everybody above, and whoever comes after them. In a large company it is few people out of many. */
export const momentsOfEngineer = (directory: Directory, engineer: string, from: number, to: number): number[] =>
  inOrder(
    absences(directory, [
      engineer,
      ...chainOf(directory, engineer),
      ...directory.dutyManagers,
      ...directory.dutyExecutive,
    ]),
    from,
    to,
  );

/** Of whoever is on call, and whoever comes after them. */
export function momentsOfOnCall(directory: Directory, from: number, to: number): number[] {
  const people = directory.onCall.flatMap(everybodyOf);
  return inOrder(
    [...absences(directory, [...people, ...directory.dutyManagers]), ...rotas(directory, from, to)],
    from,
    to,
  );
}
