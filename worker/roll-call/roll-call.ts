/**
 * Two workers with two policies split new cases by chance, and nothing in a case looks wrong. So the workers of a queue tell
 * each other what they have: each waits at a queue beside it on which nothing is ever put, and the server knows by which name.
 * That needs no right that a worker has not got, no state of ours, and changes with the file: a worker's own name could not.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { presentAmong, sentenceOf, type Poller } from './differing';
import { farewellOf, identityOf, THIS_WORKER, type Present } from './identity';

const { TaskQueueType } = temporal.api.enums.v1;

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export interface RollCallOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly policy: () => Pick<CasePolicy, 'version' | 'hash'>;
  readonly log: Log;
  /** This worker, by another name than that of its process: where there are several in one. */
  readonly worker?: string;
  readonly everyMs?: number;
}

export interface RollCall {
  /** Everybody at the last look. */
  readonly present: () => readonly Present[];
  readonly stop: () => Promise<void>;
}

/** The server frowns on a shorter wait. */
const WAIT_MS = 25_000;
const LOOK_EVERY_MS = 15_000;
const AGAIN_MS = 2_000;
/** A farewell that nobody read leaves this worker counted for as long as one that was killed. */
const FAREWELL_MS = 2_000;
const READ_EVERY_MS = 20;
const CALL_MS = 5_000;

export const rollCallQueue = (taskQueue: string): string => `${taskQueue}-policies`;

export function startRollCall(options: RollCallOptions): RollCall {
  const { connection, namespace, taskQueue, policy, log, everyMs = LOOK_EVERY_MS, worker = THIS_WORKER } = options;
  const queue = { name: rollCallQueue(taskQueue) };
  const stopping = new AbortController();
  let here: readonly Present[] = [];
  let said: string | undefined;

  /** Later than anything that this worker has said, even where its clock was set back. */
  let lastSaid = 0;
  const sayingNow = (): number => (lastSaid = Math.max(lastSaid + 1, Date.now()));
  const ofHere = (): Present => {
    const { version, hash } = policy();
    return { worker, version, hash };
  };

  const standThere = (identity: string, ms: number, signal: AbortSignal): Promise<unknown> =>
    connection.withAbortSignal(signal, () =>
      connection.withDeadline(Date.now() + ms, () =>
        connection.workflowService.pollActivityTaskQueue({ namespace, taskQueue: queue, identity }),
      ),
    );

  /** Stands there under the name of the policy in force, and under another one as soon as that changes. */
  async function answer(): Promise<void> {
    while (!stopping.signal.aborted) {
      const inForce = ofHere();
      const edited = new AbortController();
      const watching = setInterval(() => {
        if (!isDeepStrictEqual(ofHere(), inForce)) edited.abort();
      }, AGAIN_MS);
      try {
        const ends = AbortSignal.any([stopping.signal, edited.signal]);
        await standThere(identityOf(inForce, sayingNow()), WAIT_MS, ends);
      } catch {
        // The wait is over, the policy has changed, or the server is not there: health says the last.
        if (!edited.signal.aborted) await pause(Math.min(everyMs, AGAIN_MS), stopping.signal);
      } finally {
        clearInterval(watching);
      }
    }
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        judge(presentAmong(await pollersOf(connection, namespace, queue), Date.now()));
      } catch {
        // Who is there is not known: what was told stays told.
      }
      await pause(everyMs, stopping.signal);
    }
  }

  function judge(present: readonly Present[]): void {
    here = present;
    const sentence = sentenceOf(present, taskQueue);
    if (sentence === said) return;
    if (sentence !== undefined) log.warn(sentence);
    else log.info(`The workers of queue ${taskQueue} have one policy again.`);
    said = sentence;
  }

  const work = [answer(), look()];
  return {
    present: () => here,
    stop: async () => {
      stopping.abort();
      await Promise.all(work);
      // So that whoever comes next is not told of two policies where one worker has only taken another's place.
      const identity = farewellOf(worker, sayingNow());
      const heard = new AbortController();
      const said = standThere(identity, WAIT_MS, heard.signal).catch(() => undefined);
      await readBy(Date.now() + FAREWELL_MS, identity).catch(() => undefined);
      heard.abort();
      await said;
    },
  };

  async function readBy(deadline: number, identity: string): Promise<void> {
    while (Date.now() < deadline) {
      const pollers = await pollersOf(connection, namespace, queue);
      if (pollers.some((poller) => poller.identity === identity)) return;
      await delay(READ_EVERY_MS);
    }
  }
}

async function pollersOf(connection: Connection, namespace: string, taskQueue: { name: string }): Promise<Poller[]> {
  const { pollers } = await connection.withDeadline(Date.now() + CALL_MS, () =>
    connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue,
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    }),
  );
  return pollers.map(({ identity, lastAccessTime }) => ({
    identity: identity ?? '',
    at: Number(lastAccessTime?.seconds ?? 0) * 1_000 + Number(lastAccessTime?.nanos ?? 0) / 1e6,
  }));
}

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal }).catch(() => undefined);
