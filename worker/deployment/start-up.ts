/**
 * Ready is who has done something, not who has asked for work: after a restart the first answer may come half a minute after the
 * first question. A task of our own takes its place behind those that wait already.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { START_UP_TYPE } from '../../workflows/messages';
import type { StartUpActivities } from '../../workflows/activities';
import type { Version } from '../worker';
import type { Place } from './server';

const AGAIN_MS = 100;
/** One that nobody has taken by then will not be: its worker is gone. */
const TIMEOUT = '2m';

export class StartUp {
  private readonly token = randomUUID();
  readonly activities: StartUpActivities = { isThisWorker: (token) => Promise.resolve(token === this.token) };

  /** Resolves when this very worker has done a task; gives up without a word once `stopped`. */
  async firstTask({ client, taskQueue }: Place, version: Version, stopped: AbortSignal): Promise<void> {
    for (let nth = 1; !stopped.aborted; nth += 1) {
      try {
        const isOurs = await client.workflow.execute<(token: string) => Promise<boolean>>(START_UP_TYPE, {
          workflowId: `start-up-${this.token}-${nth}`,
          taskQueue,
          args: [this.token],
          workflowExecutionTimeout: TIMEOUT,
          // Of our own version, whichever is the current one.
          versioningOverride: { pinnedTo: version },
        });
        if (isOurs) return;
      } catch {
        // The server has not heard of our version yet, or is not there: health says so.
        if (!stopped.aborted) await delay(AGAIN_MS);
      }
    }
  }
}
