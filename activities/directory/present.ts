/** B9, R49: who somebody is, and who stands in for them while they are away. */
import type { PassedOver, Route } from '../../workflows/core/language/reach';
import type { Absence, Directory, Person } from './types';

export interface Candidate {
  readonly person: Person;
  readonly route: Route;
  /** On call now: whose shift it is. */
  readonly team?: string;
  /** Whom they stand in for. */
  readonly for?: string;
}

/** A look-up is told step by step, so that those passed over stand where they would have been asked. */
export type Step = { readonly found: Candidate } | { readonly passed: PassedOver };

export const passed = (person: string, why: PassedOver['why'], whom?: string): Step => ({
  passed: { person, why, ...(whom !== undefined && whom !== person && { for: whom }) },
});

/** Of each directory once: a look-up asks for a dozen people, and a check of everybody's for a hundred thousand. */
const byId = new WeakMap<Directory['people'], ReadonlyMap<string, Person>>();

export function personOf({ people }: Directory, id: string): Person | undefined {
  const known = byId.get(people) ?? new Map(people.map((person) => [person.id, person]));
  byId.set(people, known);
  return known.get(id);
}

/**
 * The person, or whoever stands in for them now: a delegate, the delegate's delegate, and nobody when that leads round
 * in a circle, to somebody unknown, or to somebody who is away without one (B9).
 */
export function* standIn(directory: Directory, id: string, route: Route, now: number): Generator<Step> {
  const seen = new Set<string>();
  let current: string | undefined = id;
  while (current !== undefined) {
    const person = personOf(directory, current);
    if (seen.has(current) || !person) {
      yield passed(current, person ? 'CYCLE' : 'UNKNOWN_PERSON', id);
      return;
    }
    seen.add(current);
    const absences = absencesAt(person, now);
    if (absences.length === 0) {
      yield { found: { person, route: current === id ? route : 'DELEGATE', ...(current !== id && { for: id }) } };
      return;
    }
    yield passed(current, 'AWAY', id);
    // Leave and sickness may overlap, and only one of them names a delegate.
    current = absences.find(({ delegate }) => delegate !== undefined)?.delegate;
  }
}

/** Leave that they are on at this moment. */
export const absencesAt = ({ away }: Person, at: number): Absence[] =>
  away.filter(({ from, to }) => from <= at && at < to);

/** Each of them in order, or whoever stands in. */
export function* standIns(directory: Directory, ids: readonly string[], route: Route, now: number): Generator<Step> {
  for (const id of ids) yield* standIn(directory, id, route, now);
}

/** Whoever comes first of those that were found. */
export function firstFound(steps: Iterable<Step>): Candidate | undefined {
  for (const step of steps) if ('found' in step) return step.found;
  return undefined;
}
