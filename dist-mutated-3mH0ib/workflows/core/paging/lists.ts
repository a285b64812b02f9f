import { MOST } from '../language/bounds';

export const without = (people: readonly string[], person: string): string[] =>
  people.filter((other) => other !== person);

/** At the end of a list of people, once; the oldest make room. */
export function addPerson(people: string[], person: string): void {
  if (people.includes(person)) return;
  people.push(person);
  if (people.length > MOST.perNeed) people.shift();
}
