/** D5: does the directory know a name that has answered, and if not, which of its ids was probably meant? */
import { distance } from 'fastest-levenshtein';
import type { KnownPerson } from '../../workflows/activities';
import { personOf } from './present';
import type { Directory, Person } from './types';

/** More than this many letters wrong, and it is another name. */
const FARTHEST = 2;

export function knownPerson(directory: Directory, id: string): KnownPerson {
  const known = personOf(directory, id);
  if (known) return { name: known.name, isManager: isManager(directory, known), nearest: null };
  const [first] = directory.people
    .map((person) => ({ id: person.id, distance: distance(person.id.toLowerCase(), id.toLowerCase()) }))
    .filter((entry) => entry.distance <= FARTHEST)
    .sort((a, b) => a.distance - b.distance);
  return { name: null, nearest: first?.id ?? null };
}

/** Somebody's manager, on duty as one, or standing in for one while they are away; who has no manager is taken for one. */
function isManager(directory: Directory, { id, manager: own }: Person): boolean {
  if (own === undefined) return true;
  const { people, dutyManagers, dutyExecutive, rnd } = directory;
  const managers = new Set([
    ...dutyManagers,
    ...dutyExecutive,
    ...rnd,
    ...people.flatMap(({ manager }) => manager ?? []),
  ]);
  // A delegate of a delegate stands in as well; nobody is added twice, so this ends.
  for (const manager of managers) {
    for (const { delegate } of personOf(directory, manager)?.away ?? []) {
      if (delegate !== undefined) managers.add(delegate);
    }
  }
  return managers.has(id);
}
