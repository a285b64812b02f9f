/**
 * D10: whoever is asked by two cases at once reads in each page of the other. What this worker has sent is all that it knows of:
 * it is a help to whoever reads, and nothing depends on it.
 */
import type { PageOrder } from '../workflows/core/language/page';
import type { Emergency, Severity } from '../workflows/core/language/vocabulary';

/** What another case asks of the same person. */
export interface Asking {
  readonly caseNumber: string;
  readonly severity: Severity;
  readonly emergency: Emergency;
  readonly since: number;
}

/** A case that has not been heard of for so long is not counted any more: its answer may have gone to another worker. */
const REMEMBERED_MS = 3_600_000;
/** More would push out what this page is about. */
const MOST_SHOWN = 3;

export class AlsoAsked {
  private readonly byPerson = new Map<string, Map<string, Asking & { readonly seenAt: number }>>();

  /** The most urgent first. */
  of(person: string, except: string, now: number): readonly Asking[] {
    const cases = [...(this.byPerson.get(person)?.values() ?? [])];
    const isKnown = ({ caseNumber, seenAt }: (typeof cases)[number]): boolean =>
      caseNumber !== except && now - seenAt < REMEMBERED_MS;
    const urgency = ({ emergency, severity }: Asking): number => (emergency === 'ACTIVE' ? -1 : severity);
    return cases
      .filter(isKnown)
      .sort((a, b) => urgency(a) - urgency(b) || a.since - b.since)
      .slice(0, MOST_SHOWN);
  }

  /** Somebody has it, or it is over: what was heard before is asked of nobody any more. */
  settled(person: string, caseNumber: string, at: number): void {
    const cases = this.byPerson.get(person);
    if ((cases?.get(caseNumber)?.seenAt ?? Infinity) <= at) cases?.delete(caseNumber);
  }

  /** A message has reached somebody: what it asks, or that nothing is asked any more. */
  heard(
    person: string,
    { caseNumber, facts }: Pick<PageOrder, 'caseNumber' | 'facts'>,
    isAsked: boolean,
    now: number,
  ): void {
    const cases = this.byPerson.get(person) ?? new Map<string, Asking & { seenAt: number }>();
    const since = cases.get(caseNumber)?.since ?? now;
    for (const [number, { seenAt }] of cases) if (now - seenAt >= REMEMBERED_MS) cases.delete(number);
    if (isAsked)
      cases.set(caseNumber, { caseNumber, severity: facts.severity, emergency: facts.emergency, since, seenAt: now });
    else cases.delete(caseNumber);
    if (cases.size > 0) this.byPerson.set(person, cases);
    else this.byPerson.delete(person);
  }
}
