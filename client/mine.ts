/** What waits for one person, over all cases: what they are asked, what they have, and which cases are theirs. */
import type { CaseView } from '../workflows/messages';
import { eachOf } from './each-of';
import { CaseNotFound, CaseRejected } from './errors';
import type { CaseRow } from './listing';
import type { TocsinClient } from './tocsin-client';

type Need = CaseView['needs'][number];

export interface Mine {
  readonly row: CaseRow;
  /** What is asked of them and nobody has. */
  readonly asked: readonly Need[];
  /** What they have said that they have. */
  readonly held: readonly Need[];
  /** Their own case, as its engineer or its manager. */
  readonly isTheirs: boolean;
}

const MOST_CASES = 10_000;
/** A case answers in some milliseconds; so many at a time keep one person's question from being a load. */
const AT_A_TIME = 8;

/**
 * Lists name one of those who are asked, for what matters most: only the case itself can tell, and only one that waits for
 * somebody is asked.
 */
export async function rowsThatMayConcern(client: TocsinClient, people: readonly string[]): Promise<CaseRow[]> {
  const rows = await client.list({}, { limit: MOST_CASES });
  return rows.filter(
    (row) =>
      (row.status === 'OPEN' && people.some((person) => isOf(row, person))) ||
      row.attention.length > 0 ||
      row.emergency === 'ACTIVE',
  );
}

const isOf = ({ engineer, manager }: CaseRow, person: string): boolean => engineer === person || manager === person;

/** By person id. @throws CaseRejected, ServiceUnavailable */
export async function casesOf(client: TocsinClient, person: string): Promise<Mine[]> {
  const mayConcern = await rowsThatMayConcern(client, [person]);
  const found = await eachOf(AT_A_TIME, mayConcern, async (row) => {
    const needs = row.endedOutside ? [] : await needsOf(client, row.caseNumber);
    return {
      row,
      isTheirs: isOf(row, person),
      asked: needs.filter(({ status, asked, person: whom }) => status !== 'HELD' && [...asked, whom].includes(person)),
      held: needs.filter(({ status, person: whom }) => status === 'HELD' && whom === person),
    };
  });
  return found.filter(
    ({ row, isTheirs: own, asked, held }) => (own && row.status === 'OPEN') || asked.length + held.length > 0,
  );
}

/** A case that has ended since the list was made asks nobody. */
async function needsOf(client: TocsinClient, caseNumber: string): Promise<readonly Need[]> {
  try {
    return (await client.getCase(caseNumber)).needs;
  } catch (error) {
    if (error instanceof CaseNotFound || error instanceof CaseRejected) return [];
    throw error;
  }
}
