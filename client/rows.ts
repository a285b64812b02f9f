/** The rows of a list: cases as the server's lists know them, and first those that were ended from outside. */
import type { Client } from '@temporalio/client';
import { endedSince, isAfter, openedAgain } from '../workflows/ended-outside/lists';
import { byWhom, endedIn } from './ended';
import { narrowed, rowOf, type CaseFilter, type CaseRow } from './listing';

const PAGE_SIZE = 200;
/** Over a weekend and a bit; whoever ended a case on purpose need not see it for months. */
const SHOWN_FOR_MS = 7 * 24 * 3_600_000;
/** Of so many it is looked up who ended them: that is a question for each. */
const MOST_ASKED = 20;

export async function rowsOf(temporal: Client, query: string, most: number): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for await (const info of temporal.workflow.list({ query, pageSize: Math.min(most, PAGE_SIZE) })) {
    const ended = endedIn(info);
    rows.push(ended ? { endedOutside: ended, ...rowOf(info), nextDue: null } : rowOf(info));
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
  const rows = found.filter((row) => newest.get(row.caseNumber) === row && !again.has(row.caseNumber));
  const named = await Promise.all(rows.slice(0, MOST_ASKED).map((row) => withWhom(temporal, row)));
  return [...named, ...rows.slice(MOST_ASKED)];
}

async function withWhom(temporal: Client, row: CaseRow): Promise<CaseRow> {
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
