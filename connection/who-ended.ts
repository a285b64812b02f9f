/** Who ended a run from outside, as its last event says: for whoever is told of it, on either side. */
import type { Connection } from '@temporalio/client';

export interface WhoEnded {
  /** An identity of Temporal's Web UI, its command or a program. */
  readonly by?: string;
  /** What they gave as their reason, or why it failed. */
  readonly reason?: string;
}

/** Of the wire: the library with its names is as large as the rest of the client. */
const CLOSE_EVENT = 2;

export async function whoEnded(
  workflowService: Connection['workflowService'],
  namespace: string,
  workflowId: string,
  runId?: string,
): Promise<WhoEnded> {
  const { history } = await workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId, ...(runId !== undefined && { runId }) },
    historyEventFilterType: CLOSE_EVENT,
  });
  const last = history?.events?.at(-1);
  const { identity, reason } = last?.workflowExecutionTerminatedEventAttributes ?? {};
  const why = reason || last?.workflowExecutionFailedEventAttributes?.failure?.message;
  return { ...(identity && { by: identity }), ...(why && { reason: why }) };
}
