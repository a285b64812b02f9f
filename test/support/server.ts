/** Real servers for tests: the dev server in memory, and the one that skips time. Started once a test file. */
import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../../activities';
import type { Directory } from '../../activities/directory/types';
import type { TocsinActivities } from '../../workflows/activities';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { TASK_QUEUE } from '../../workflows/messages';
import { installRuntime } from '../../worker/logging';
import { createTocsinWorker } from '../../worker/worker';
import { findServerBinary } from '../../worker/temporal-server/binary';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { registerSearchAttributes } from '../../worker/temporal-server/search-attributes';
import { workflowBundle } from './bundle';

/** What the SDK has to say belongs into a log, not between test results. */
export const quiet = (): void => installRuntime(pino({ level: 'error' }));

export interface TestServer extends Omit<LocalServer, 'stop'> {
  readonly client: Client;
  readonly native: NativeConnection;
  /** Runs a worker while `during` runs. */
  readonly withWorker: <T>(activities: TocsinActivities, during: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** A real server on free ports that knows what cases publish; in memory unless a file is given. */
export async function startTestServer(
  options: { readonly dbFile?: string; readonly port?: number } = {},
): Promise<TestServer> {
  quiet();
  const server = await startLocalServer(options);
  const connection = await Connection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'default');
  const native = await NativeConnection.connect({ address: server.address });
  return {
    ...server,
    client: new Client({ connection }),
    native,
    withWorker: async (activities, during) => {
      const worker = await createTocsinWorker({ connection: native, activities, bundle: await workflowBundle() });
      return worker.runUntil(during());
    },
    stop: async () => {
      await native.close();
      await connection.close();
      await server.stop();
    },
  };
}

/** Time passes only in `env.sleep` and while a result is awaited (design, trap 7). */
export async function createTimeSkipping(): Promise<TestWorkflowEnvironment> {
  quiet();
  const path = await findServerBinary('test-server');
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  try {
    await registerSearchAttributes(env.connection, 'default');
    return env;
  } catch (error) {
    await env.teardown();
    throw error;
  }
}

/** A worker on the server that skips time; people are looked up at its time too (activities/page.ts). */
export async function skippingWorker(
  env: TestWorkflowEnvironment,
  activities: TocsinActivities,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  return Worker.create({
    ...options,
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    activities,
    workflowBundle: await workflowBundle(),
  });
}

/** The real activities over a directory and a policy of the test's. */
export const activitiesOf = (
  directory: Directory,
  policy: CasePolicy,
  console: (line: string) => void = () => undefined,
): TocsinActivities => createActivities({ directory: () => directory, policy: () => policy, console });
