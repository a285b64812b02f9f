/** What tests look at of cases that were ended from outside. */
import type { CaseRow } from '../../client';
import { eventually, type Company, type LiveCase } from './company';

/** These cases as a list has them, in its order, once it is so. */
export async function listed(
  company: Company,
  cases: readonly LiveCase[],
  isSo: (rows: readonly CaseRow[]) => boolean,
): Promise<readonly CaseRow[]> {
  const numbers = cases.map(({ number }) => number);
  return await eventually(
    async () => (await company.tocsin.list()).filter(({ caseNumber }) => numbers.includes(caseNumber)),
    (rows) => rows.length === numbers.length && isSo(rows),
  );
}

/** Which case had the number before. */
export const pickedUp = async (live: LiveCase) => (await live.told('CaseOpened'))[0]?.data.before;
