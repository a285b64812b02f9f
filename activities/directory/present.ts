import type { PassedOver } from '../../workflows/case/pages';
import type { Directory, Person } from './types';

/** What a look-up has found on its way: who was passed over, each once. */
export class Trail {
  readonly passedOver: PassedOver[] = [];

  pass(person: string, why: PassedOver['why']): undefined {
    if (!this.passedOver.some((entry) => entry.person === person)) this.passedOver.push({ person, why });
    return undefined;
  }
}

export const personOf = (directory: Directory, id: string): Person | undefined => directory.people.find((person) => person.id === id);

/**
 * The person, or whoever stands in for them now: a delegate, the delegate's delegate, and nobody when that leads round
 * in a circle or to somebody who is away without one (B9).
 */
export function present(directory: Directory, id: string, now: number, trail: Trail): { person: Person; delegated: boolean } | undefined {
  const seen = new Set<string>();
  let current = id;
  for (;;) {
    const person = personOf(directory, current);
    if (!person) return trail.pass(current, 'UNKNOWN_PERSON');
    const absence = person.away.find(({ from, to }) => from <= now && now < to);
    if (!absence) return { person, delegated: current !== id };
    seen.add(current);
    trail.pass(current, 'AWAY');
    if (absence.delegate === undefined || seen.has(absence.delegate)) return undefined;
    current = absence.delegate;
  }
}
