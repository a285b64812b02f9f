/** What the lists of the server say of all cases at once: the questions, and their answers. Behind by a moment, as lists are. */
import { Client, type Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { EndedHow } from '../../workflows/core/language/vocabulary';
import { endedSince, howEnded, isAfter, openedAgain } from '../../workflows/ended-outside/lists';
import { literal } from '../../workflows/literal';
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

export async function countOf({ connection, namespace }: Sight, query: string): Promise<number> {
  const { count } = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.countWorkflowExecutions({ namespace, query }),
  );
  return Number(count);
}

/** More than this at once are one mistake, and are told as so many. */
const MOST_ENDED = 5_000;
const PAGE_SIZE = 1_000;

/** A run that was ended from outside, as lists know it. */
export interface EndedRun {
  readonly caseNumber: string;
  readonly runId: string;
  readonly closedAt: number;
  readonly how: EndedHow;
  readonly severity: number | null;
  readonly level: string | null;
  readonly emergency: string | null;
  readonly title: string;
  readonly customer: string;
}

/**
 * Cases that were ended from outside since then and that nobody has in hand again, the first to end first: one that was reset goes
 * on under its number, and so does one that was opened anew. Of one queue, where it is named.
 */
export async function endedFromOutside(sight: Sight, since: number, taskQueue?: string): Promise<EndedRun[]> {
  const client = new Client({ ...sight });
  return await client.withDeadline(Date.now() + CALL_MS, async () => {
    const query = endedSince(since) + (taskQueue === undefined ? '' : ` AND TaskQueue = ${literal(taskQueue)}`);
    const newest = new Map<string, EndedRun>();
    for await (const info of client.workflow.list({ query, pageSize: PAGE_SIZE })) {
      const run = endedRun(info);
      const other = newest.get(run.caseNumber);
      if (!other || other.closedAt < run.closedAt) newest.set(run.caseNumber, run);
      if (newest.size >= MOST_ENDED) break;
    }
    for (const query of openedAgain([...newest.keys()]))
      for await (const run of client.workflow.list({ query }))
        if (isAfter(run, newest.get(run.workflowId)?.closedAt ?? 0)) newest.delete(run.workflowId);
    return [...newest.values()].sort((a, b) => a.closedAt - b.closedAt || a.runId.localeCompare(b.runId));
  });
}

function endedRun(info: WorkflowExecutionInfo): EndedRun {
  const { workflowId, runId, closeTime, status, memo, typedSearchAttributes: attributes } = info;
  const word = (name: 'CaseLevel' | 'CaseEmergency'): string | null =>
    attributes.get(defineSearchAttributeKey(name, 'KEYWORD')) ?? null;
  return {
    caseNumber: workflowId,
    runId,
    closedAt: closeTime?.getTime() ?? 0,
    how: howEnded(status.name) ?? 'FAILED',
    severity: attributes.get(defineSearchAttributeKey('CaseSeverity', 'INT')) ?? null,
    level: word('CaseLevel'),
    emergency: word('CaseEmergency'),
    title: textOf(memo?.['title']),
    customer: textOf(memo?.['customer']),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The numbers of some of them. */
export async function numbersOf({ connection, namespace }: Sight, query: string, most: number): Promise<string[]> {
  const { executions } = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: most }),
  );
  return executions.flatMap(({ execution }) => (execution?.workflowId ? [execution.workflowId] : []));
}
