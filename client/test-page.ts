/** A marked page for real, by whichever worker serves the queue: `tocsin test page`. */
import type { WorkflowHandle } from '@temporalio/client';
import { TEST_PAGE_TYPE, type Tested, type TestWanted } from '../workflows/word/messages';
import { ServiceUnavailable } from './errors';
import { failureOf } from './failures';
import type { TocsinClient } from './tocsin-client';
import { untilEvent } from './until-event';

/** Every channel of somebody, each of them slow. */
const LONGEST_MS = 10 * 60_000;
/** To call it back where nobody serves it. */
const CALL_BACK_MS = 2_000;

/** One that says when it was asked for, and that no other has. */
const pageIdAt = (now: number): string => `test-${new Date(now).toISOString().replace(/[-:.Z]/g, '')}`;

/**
 * Sends it, and waits for what comes of it. Where no worker has begun within the client's deadline it is called back, and a worker
 * that comes later sends nothing.
 * @throws ServiceUnavailable
 */
export async function sendTestPage(
  client: TocsinClient,
  whom: Pick<TestWanted, 'person' | 'channel'>,
): Promise<Exclude<Tested, { readonly is: 'TOO_LATE' }>> {
  const { temporal, taskQueue, deadlineMs } = client;
  const now = Date.now();
  const wanted: TestWanted = { ...whom, pageId: pageIdAt(now), patienceMs: deadlineMs };
  try {
    const handle = await temporal.withDeadline(now + deadlineMs, () =>
      temporal.workflow.start(TEST_PAGE_TYPE, {
        taskQueue,
        workflowId: wanted.pageId,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowExecutionTimeout: LONGEST_MS,
        staticSummary: `A test of the channels of ${whom.person}`.slice(0, 200),
        args: [wanted],
      }),
    );
    const run = { workflowId: wanted.pageId, runId: handle.firstExecutionRunId };
    const hasBegun = await temporal.withDeadline(now + deadlineMs, () =>
      untilEvent(temporal, run, ({ workflowTaskCompletedEventAttributes: done }) => Boolean(done)),
    );
    if (!hasBegun) throw await calledBack(client, handle);
    const tested = (await temporal.withDeadline(Date.now() + LONGEST_MS, () => handle.result())) as Tested;
    if (tested.is === 'TOO_LATE') throw noWorker(client);
    return tested;
  } catch (error) {
    const failure = failureOf(error);
    throw failure.type === 'ERROR' ? failure.error : new ServiceUnavailable('UNEXPECTED', undefined, { cause: error });
  }
}

async function calledBack(client: TocsinClient, handle: WorkflowHandle): Promise<ServiceUnavailable> {
  const end = (): Promise<unknown> => handle.terminate('no worker has begun: nobody waits for it any more');
  await client.temporal.withDeadline(Date.now() + CALL_BACK_MS, end).catch(() => undefined);
  return noWorker(client);
}

const noWorker = ({ taskQueue, deadlineMs }: TocsinClient): ServiceUnavailable =>
  new ServiceUnavailable(
    'NO_WORKER',
    `none has taken the test page from task queue ${taskQueue} within ${deadlineMs / 1000} s; it was called back`,
  );
