/** Sends the canary along the path of a page, and knows who else sends one: so that one watch is enough, and none is missed. */
import { randomUUID } from 'node:crypto';
import { Client, type Connection } from '@temporalio/client';
import { CANARY_TYPE, walk, type Walked } from '../../workflows/canary/messages';

/** Who watches: a process of its own, or a worker that stands in while there is none. */
export type Watcher = 'WATCH' | 'WORKER';

export interface Walker {
  readonly is: Watcher;
  readonly id: string;
}

/** A run that nobody serves ends by itself. */
const EXECUTION_TIMEOUT = '5m';
const CALL_MS = 5_000;

export interface Walk extends Walked {
  readonly workflowId: string;
  readonly tookMs: number;
}

/** @throws where it does not come back in time, or the server refuses it */
export async function sendCanary(
  connection: Connection,
  namespace: string,
  taskQueue: string,
  walker: Walker,
  patienceMs: number,
): Promise<Walk> {
  const client = new Client({ connection, namespace });
  const workflowId = `canary-${taskQueue}-${randomUUID()}`;
  return client.withAbortSignal(AbortSignal.timeout(patienceMs), async () => {
    const began = performance.now();
    const handle = await client.workflow.start(CANARY_TYPE, {
      taskQueue,
      workflowId,
      workflowExecutionTimeout: EXECUTION_TIMEOUT,
      memo: { watcher: walker.is, by: walker.id },
      staticSummary: `The watch of queue ${taskQueue}: pages nobody`,
    });
    await handle.signal(walk);
    const walked = (await handle.result()) as Walked;
    return { ...walked, workflowId, tookMs: performance.now() - began };
  });
}

/** A walk that is over is of no use to anybody; where the right to delete is missing the server's retention takes it. */
export async function forget(connection: Connection, namespace: string, workflowId: string): Promise<void> {
  await connection
    .withDeadline(Date.now() + CALL_MS, () =>
      connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }),
    )
    .catch(() => undefined);
}

/** Who else has sent one since then. */
export async function walkersSince(
  connection: Connection,
  namespace: string,
  taskQueue: string,
  since: number,
): Promise<Walker[]> {
  const client = new Client({ connection, namespace });
  const query = `WorkflowType = '${CANARY_TYPE}' AND TaskQueue = '${taskQueue}' AND StartTime > '${new Date(since).toISOString()}'`;
  const walkers = new Map<string, Walker>();
  await client.withDeadline(Date.now() + CALL_MS, async () => {
    for await (const { memo } of client.workflow.list({ query, pageSize: 100 })) {
      const [is, id] = [memo?.['watcher'], memo?.['by']];
      if ((is === 'WATCH' || is === 'WORKER') && typeof id === 'string') walkers.set(id, { is, id });
    }
  });
  return [...walkers.values()];
}

/**
 * Whether this one has to look: a watch of its own always does. A worker does where no watch is, and of several workers the first
 * by name, so that each alarm rings once.
 */
export const isLeading = (self: Walker, others: readonly Walker[]): boolean =>
  self.is === 'WATCH' || others.every(({ is, id }) => id === self.id || (is === 'WORKER' && id > self.id));
