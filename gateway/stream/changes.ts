/**
 * Tells when something has happened to a case, without asking the case again and again: Temporal holds the question for its
 * history until there is a next event, and asking leaves nothing in it.
 */
import type { TocsinClient } from '../../client/tocsin-client';

/** Where in the history of a run the next question goes on. */
interface Place {
  readonly runId: string;
  readonly token?: Uint8Array;
}

export type Change =
  | { readonly is: 'CHANGED'; readonly place: Place }
  /** The server has held the question as long as it does, and nothing has happened. */
  | { readonly is: 'QUIET'; readonly place: Place }
  /** The case has gone on in a new run (continue-as-new), which callers do not see. */
  | { readonly is: 'GOES_ON' }
  /** There is no later run: nothing will happen to it any more. */
  | { readonly is: 'OVER' };

/** Longer than the server holds a question, which is about twenty seconds. */
const HOLD_MS = 40_000;
const PAGE_SIZE = 1_000;

export const latestRun = async ({ temporal, deadlineMs }: TocsinClient, caseNumber: string): Promise<Place> =>
  await temporal.withDeadline(Date.now() + deadlineMs, async () => {
    const { runId } = await temporal.workflow.getHandle(caseNumber).describe();
    return { runId };
  });

/** Waits for the next event after this place. Never longer than `stopped` allows. */
export async function nextChange(
  { temporal }: TocsinClient,
  caseNumber: string,
  { runId, token }: Place,
  stopped: AbortSignal,
): Promise<Change> {
  // A signal of its own: the SDK leaves a listener on it, and a stream asks thousands of times.
  const page = await temporal.withAbortSignal(AbortSignal.any([stopped]), () =>
    temporal.withDeadline(Date.now() + HOLD_MS, () =>
      temporal.workflow.workflowService.getWorkflowExecutionHistory({
        namespace: temporal.options.namespace,
        execution: { workflowId: caseNumber, runId },
        waitNewEvent: true,
        maximumPageSize: PAGE_SIZE,
        ...(token && { nextPageToken: token }),
      }),
    ),
  );
  const events = page.history?.events ?? [];
  if (page.nextPageToken.length > 0) {
    return { is: events.length > 0 ? 'CHANGED' : 'QUIET', place: { runId, token: page.nextPageToken } };
  }
  // Without a token the run is over; only its last event says whether the case is.
  const last = events.at(-1);
  return { is: last?.workflowExecutionContinuedAsNewEventAttributes ? 'GOES_ON' : 'OVER' };
}
