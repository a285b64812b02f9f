/** What people are called: a page names them, and nobody should have to know whose id that was. */
import { personOf } from './present';
import type { Directory } from './types';

/** Of each directory once. */
const shared = new WeakMap<Directory['people'], ReadonlySet<string>>();

function sharedNames({ people }: Pick<Directory, 'people'>): ReadonlySet<string> {
  const known = shared.get(people);
  if (known) return known;
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of people) (seen.has(name) ? twice : seen).add(name);
  shared.set(people, twice);
  return twice;
}

/** With the id where two are called the same; whoever the directory does not know is called as the case calls them. */
export function nameOf(directory: Directory, id: string): string {
  const name = personOf(directory, id)?.name;
  if (name === undefined) return id;
  return sharedNames(directory).has(name) ? `${name} (${id})` : name;
}
