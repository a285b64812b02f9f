/**
 * Waiting for what a workflow does first. A query sent before would find no handler, or wait a second or two inside the server for
 * the first workflow task; the history says it at once.
 */
import { isGrpcDeadlineError, type Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';

export type HistoryEvent = NonNullable<History['events']>[number];

/** Until there is such an event, or the run is over; `false` when the deadline of the call comes first. */
export async function untilEvent(
  client: Client,
  execution: { readonly workflowId: string; readonly runId: string },
  isIt: (event: HistoryEvent) => boolean,
): Promise<boolean> {
  const request = { namespace: client.options.namespace, execution, waitNewEvent: true, maximumPageSize: 50 };
  let nextPageToken: Uint8Array | undefined;
  try {
    do {
      const page = await client.workflow.workflowService.getWorkflowExecutionHistory({
        ...request,
        ...(nextPageToken && { nextPageToken }),
      });
      if (page.history?.events?.some(isIt)) return true;
      nextPageToken = page.nextPageToken;
    } while (nextPageToken.length > 0);
    return true;
  } catch (error) {
    if (isGrpcDeadlineError(error)) return false;
    throw error;
  }
}
