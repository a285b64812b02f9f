/**
 * A list of cases, the most urgent first. The server's lists know nothing of urgency: what is left out before all are put in order
 * may be the worst of all.
 */
import type { Client } from '@temporalio/client';
import { visibilityQuery, type CaseFilter, type CaseRow } from './listing';
import { endedRows, rowsOf, withWhom } from './rows';
import { inOrder, urgencyOf, type Order, type Urgency } from './urgency';

export interface ListedCase extends CaseRow {
  readonly urgency: Urgency;
}

export interface CaseList {
  readonly cases: readonly ListedCase[];
  /** So many there are besides. */
  readonly more: number;
}

/** So many cases are put in order. */
export const MOST_LISTED = 10_000;
/** Of so many it is looked up who ended them. */
const MOST_ASKED = 20;

export async function listOf(
  temporal: Client,
  filter: CaseFilter,
  { limit, order }: { readonly limit: number; readonly order: Order },
): Promise<CaseList> {
  const [ended, running] = await Promise.all([
    endedRows(temporal, filter, MOST_LISTED),
    rowsOf(temporal, visibilityQuery(filter, ['Running']), MOST_LISTED),
  ]);
  // By urgency those that have completed come last: there may be years of them, and most are not wanted.
  const room = order === 'urgency' ? limit - ended.length - running.length : MOST_LISTED;
  const completed = room > 0 ? await rowsOf(temporal, visibilityQuery(filter, ['Completed']), room) : [];
  // What has completed between two questions is in both answers; of a number that was ended from outside an older case may have it too.
  const known = new Map([...completed, ...running, ...ended].map((row) => [row.caseNumber, row]));
  const isWhole = running.length < MOST_LISTED && completed.length < room;
  const all = isWhole ? known.size : ended.length + (await temporal.workflow.count(visibilityQuery(filter))).count;
  const now = Date.now();
  const rows = [...known.values()].map((row) => ({ ...row, urgency: urgencyOf(row, now) }));
  const first = inOrder(rows, order, now).slice(0, limit);
  const named = await Promise.all(first.slice(0, MOST_ASKED).map((row) => withWhom(temporal, row)));
  return { cases: [...named, ...first.slice(MOST_ASKED)], more: Math.max(0, all - first.length) };
}
