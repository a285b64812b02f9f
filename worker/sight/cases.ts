/** What the lists of the server say of all cases at once: the questions, and their answers. Behind by a moment, as lists are. */
import type { Connection } from '@temporalio/client';
import { WORKFLOW_TYPE } from '../../workflows/messages';

/** Where the cases are. */
export interface Sight {
  readonly connection: Connection;
  readonly namespace: string;
}

const CALL_MS = 5_000;
const OF_CASES = `WorkflowType = '${WORKFLOW_TYPE}'`;

/** One run a case: a case that continued as new has left runs behind that say what was so long ago. */
export const RUNNING = `${OF_CASES} AND ExecutionStatus = 'Running'`;

/** What is due is done within a second, and lists hear of it a moment later: whatever is older is done by nobody. */
const LATE_MS = 2 * 60_000;

export const overdue = (now: number): string =>
  `${RUNNING} AND CaseNextDue < '${new Date(now - LATE_MS).toISOString()}'`;

/** Ended while it was open: nothing in a case does that, so somebody or something outside did. A refused opening has no status. */
const endedOutside = (since: number): string =>
  `${OF_CASES} AND CaseStatus = 'OPEN' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Failed', 'Canceled') AND CloseTime > '${new Date(since).toISOString()}'`;

export async function countOf({ connection, namespace }: Sight, query: string): Promise<number> {
  const { count } = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.countWorkflowExecutions({ namespace, query }),
  );
  return Number(count);
}

/** The numbers of some of them. */
export async function numbersOf({ connection, namespace }: Sight, query: string, most: number): Promise<string[]> {
  const { executions } = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: most }),
  );
  return executions.flatMap(({ execution }) => (execution?.workflowId ? [execution.workflowId] : []));
}

/** More than this at once are one mistake, and are told as so many. */
const MOST_ENDED = 200;

/**
 * Cases that were ended from outside since then and are not running again: one that was reset goes on under its number, and so
 * does one that was opened anew.
 */
export async function endedFromOutside(sight: Sight, since: number): Promise<string[]> {
  const ended = new Set(await numbersOf(sight, endedOutside(since), MOST_ENDED));
  if (ended.size === 0) return [];
  const names = [...ended].map((number) => `'${number.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`).join(', ');
  const again = await numbersOf(sight, `${RUNNING} AND WorkflowId IN (${names})`, MOST_ENDED);
  for (const number of again) ended.delete(number);
  return [...ended].sort();
}
