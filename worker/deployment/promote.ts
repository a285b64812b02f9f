/** Makes a version the current one: new cases begin on it, and running ones go on with it when their run is over. */
import { setTimeout as delay } from 'node:timers/promises';
import { deploymentOf, grpcCode, routingOf, type Place } from './server';

/** The server does not let this version become the current one. */
export class NotPromoted extends Error {
  override readonly name = 'NotPromoted';
}

export interface Promotion {
  /** Also where nobody polls for it, or not on every queue that the version before it was served on. */
  readonly evenUnserved?: boolean;
  /** How long it is tried again. */
  readonly forMs?: number;
  readonly stopped?: AbortSignal;
}

const FOR_MS = 30_000;
const POLL_MS = 100;
/** FAILED_PRECONDITION: nobody polls for it yet, or not everywhere. NOT_FOUND: not known yet. ABORTED, UNAVAILABLE, RESOURCE_EXHAUSTED: another time. */
const NOT_YET: readonly (number | undefined)[] = [5, 8, 9, 10, 14];

/**
 * Tried again while the server has not heard of the version: a worker that has begun to poll is known to it some tenths of a second later.
 * @throws NotPromoted
 */
export async function promote(
  place: Place,
  build: string,
  { evenUnserved = false, forMs = FOR_MS, stopped }: Promotion = {},
): Promise<void> {
  const { client, taskQueue } = place;
  const deadline = Date.now() + forMs;
  for (;;) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace: client.options.namespace,
        deploymentName: deploymentOf(taskQueue),
        buildId: build,
        identity: client.options.identity,
        // What was polled for once, a queue of a test say, would keep every later version from becoming current.
        ignoreMissingTaskQueues: true,
        allowNoPollers: evenUnserved,
      });
      return;
    } catch (error) {
      if ((await routingOf(place).catch(() => undefined))?.current === build) return;
      if (!NOT_YET.includes(grpcCode(error)) || Date.now() > deadline || stopped?.aborted)
        throw new NotPromoted(
          `Version ${build} does not become the current one of ${deploymentOf(taskQueue)}: ${detailsOf(error)}.`,
          { cause: error },
        );
      await delay(POLL_MS);
    }
  }
}

const detailsOf = (error: unknown): string =>
  ((error as { details?: string }).details ?? (error as Error).message).replace(/\.$/, '');
