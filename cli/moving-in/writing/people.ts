/**
 * People as our directory has them. E-mail is the key between two systems: a person's id is the part before the `@`, made
 * unique, so that the same person has the same id from whichever vendor, and again tomorrow.
 */
import type { Export, TheirPerson } from '../model/export';

/** Stands where a duty manager has to be named. It has no channel, so that `directory check` is red until somebody is. */
export const TO_BE_NAMED = 'name-the-duty-manager';

/** Not for a person: an id of the directory's own language, and the one above. */
const RESERVED = ['nobody', TO_BE_NAMED];

/** Lower case, and of what is neither letter nor digit one hyphen. */
export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

/** The first of these names that is free: `ana`, `ana-2`, `ana-3`. */
export function free(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

const wantedId = ({ email, name, id }: TheirPerson): string =>
  (email?.split('@')[0] ?? '')
    .trim()
    .replace(/[\s/]+/g, '-')
    .slice(0, 100) ||
  slug(name) ||
  slug(id) ||
  'person';

export interface MovedPerson {
  readonly id: string;
  /** All entries of theirs that have this e-mail: some vendors have one person twice. */
  readonly theirs: readonly TheirPerson[];
}

export class People {
  readonly all: readonly MovedPerson[];
  private readonly ids = new Map<string, string>();

  constructor(from: Pick<Export, 'people' | 'schedules'>) {
    const taken = new Set(RESERVED);
    this.all = [...grouped(inOrder([...from.people, ...namedOnly(from)])).values()].map((theirs) => {
      const [first] = theirs as [TheirPerson, ...TheirPerson[]];
      const id = free(wantedId(first), taken);
      // Ana and ana would be two people to us, and one to everybody who reads the file.
      taken.add(id.toLowerCase());
      for (const { id: their } of theirs) this.ids.set(their, id);
      return { id, theirs };
    });
  }

  /** Ours of theirs. */
  idOf(their: string): string {
    return this.ids.get(their) ?? their;
  }
}

/** Whom a schedule names and no list of users has: they keep their place, or the file would be refused. */
function namedOnly({ people, schedules }: Pick<Export, 'people' | 'schedules'>): TheirPerson[] {
  const known = new Set(people.map(({ id }) => id));
  const named = schedules.flatMap(({ layers, overrides, rendered }) => [
    ...layers.flatMap(({ turns }) => turns.flat()),
    ...overrides.flatMap(({ person, instead }) => [person ?? [], instead ?? []].flat()),
    ...(rendered?.spans ?? []).flatMap((span) => span.people),
  ]);
  return [...new Set(named)]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: id, contacts: [], isActive: false }));
}

/** By e-mail: in whichever order pages and files come, the same person gets the same id. */
const inOrder = (people: readonly TheirPerson[]): TheirPerson[] =>
  [...people].sort((a, b) => compared(a.email ?? `~${a.name}`, b.email ?? `~${b.name}`));

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function grouped(people: readonly TheirPerson[]): Map<string, TheirPerson[]> {
  const groups = new Map<string, TheirPerson[]>();
  for (const person of people) {
    const key = person.email === undefined ? `id ${person.id}` : `mail ${person.email.toLowerCase()}`;
    groups.set(key, [...(groups.get(key) ?? []), person]);
  }
  return groups;
}
