/** The rows of a list: cases as the server's lists know them, and those that were ended from outside. */
import type { Client } from '@temporalio/client';
import { endedSince, isAfter, openedAgain, SHOWN_FOR_MS } from '../workflows/ended-outside/lists';
import { byWhom } from './ended';
import { narrowed, rowOf, type CaseFilter, type CaseRow } from './listing';

/** What the server gives at once. */
const PAGE_SIZE = 1_000;

export async function rowsOf(temporal: Client, query: string, most: number): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for await (const info of temporal.workflow.list({ query, pageSize: Math.min(most, PAGE_SIZE) })) {
    rows.push(rowOf(info));
    if (rows.length === most) break;
  }
  return rows;
}

/** Each number once, and none that somebody has in hand again. */
export async function endedRows(temporal: Client, filter: CaseFilter, most: number): Promise<CaseRow[]> {
  const query = [endedSince(Date.now() - SHOWN_FOR_MS), ...narrowed(filter)].join(' AND ');
  const found = await rowsOf(temporal, query, most);
  const newest = new Map(found.toReversed().map((row) => [row.caseNumber, row]));
  const again = await numbersAgain(temporal, newest);
  return found.filter((row) => newest.get(row.caseNumber) === row && !again.has(row.caseNumber));
}

/** With who ended it: a question for each. */
export async function withWhom<R extends CaseRow>(temporal: Client, row: R): Promise<R> {
  const { endedOutside: ended, caseNumber, runId } = row;
  if (!ended) return row;
  return { ...row, endedOutside: { ...ended, ...(await byWhom(temporal, caseNumber, runId).catch(() => ({}))) } };
}

async function numbersAgain(temporal: Client, ended: ReadonlyMap<string, CaseRow>): Promise<ReadonlySet<string>> {
  const again = new Set<string>();
  for (const query of openedAgain([...ended.keys()]))
    for await (const run of temporal.workflow.list({ query }))
      if (isAfter(run, Date.parse(ended.get(run.workflowId)?.endedOutside?.at ?? ''))) again.add(run.workflowId);
  return again;
}
