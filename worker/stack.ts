/** Everything that runs on this machine, put together and taken apart in order. */
import { Connection, type TLSConfig } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { directorySource, loadConfig, type Config } from './config';
import { startHealth } from './health';
import { installRuntime } from './logging';
import { Telemetry } from './telemetry';
import { startLocalServer, type LocalServer } from './temporal-server/local-server';
import { registerSearchAttributes } from './temporal-server/search-attributes';
import { createTocsinWorker } from './worker';

/** Temporal does not answer at the address that was configured. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
}

export interface StackOptions {
  readonly log: Logger;
  /** A local server when no address is configured; otherwise an address is required. */
  readonly local?: { readonly dbFile?: string; readonly port?: number; readonly uiPort?: number };
  readonly config?: Config;
  readonly taskQueue?: string;
  readonly http?: { readonly host: string; readonly port: number };
  /** Where pages on the `console` channel go. */
  readonly console?: (line: string) => void;
}

export interface Stack {
  readonly config: Config;
  readonly connection: Connection;
  readonly namespace: string;
  readonly address: string;
  /** Of the Web UI, when the server is ours. */
  readonly uiUrl?: string;
  readonly httpUrl: string;
  /** Rejects when the worker or our server fails. */
  readonly running: Promise<void>;
  /** Stops taking work, lets pages on their way finish, and ends what was started here. */
  readonly stop: () => Promise<void>;
}

export interface Target {
  readonly address: string;
  readonly namespace: string;
  readonly tls?: TLSConfig | boolean;
  readonly apiKey?: string;
}

/** TEMPORAL_* and temporal.toml; nothing when no address is configured. */
export function configuredTarget(): Target | undefined {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const { address, tls, apiKey } = connectionOptions;
  if (address === undefined) return undefined;
  return { address, namespace: namespace ?? 'default', ...(tls != null && { tls }), ...(typeof apiKey === 'string' && { apiKey }) };
}

const CONNECT_MS = 10_000;

/** @throws ConfigError, ServerNotFound, ServerFailed, TemporalUnreachable, HealthPortFailed, SearchAttributeConflict */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { log, taskQueue, http = { host: '127.0.0.1', port: 0 } } = options;
  // The configuration first: a worker never starts on a broken one, and nothing has to be taken down again.
  const config = options.config ?? loadConfig();
  installRuntime(log);
  const undo: (() => Promise<unknown>)[] = [];
  const takeDown = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => log.warn({ err: error }, 'could not stop cleanly'));
  };
  try {
    const server = options.local ? await startLocalServer({ ...options.local, tell: (line) => log.info(line) }) : undefined;
    if (server) undo.push(server.stop);
    const target = server ? { address: server.address, namespace: 'default' } : configuredTarget();
    if (!target) throw new TemporalUnreachable('No Temporal server is configured: set TEMPORAL_ADDRESS, or use `tocsin up`, which brings its own.');
    const { connection, native } = await connect(target);
    undo.push(() => connection.close(), () => native.close());
    await registerSearchAttributes(connection, target.namespace);
    const telemetry = new Telemetry();
    const write = options.console ?? ((line: string) => log.info(line));
    const activities = createActivities({ directory: directorySource(config, log), policy: () => config.policy, console: write, onResult: telemetry.recordPage });
    const worker = await createTocsinWorker({ connection: native, namespace: target.namespace, activities, ...(taskQueue !== undefined && { taskQueue }) });
    const health = await startHealth({ workers: () => ({ cases: worker.getState() }), temporal: () => connection.workflowService.getSystemInfo({}), registry: telemetry.registry }, http);
    undo.push(() => health.close());
    const running = runUntilStopped(worker, server);
    running.catch(() => undefined);
    undo.push(() => drain(worker, running));
    return { config, connection, namespace: target.namespace, address: target.address, ...(server && { uiUrl: server.uiUrl }), httpUrl: health.url, running, stop: takeDown };
  } catch (error) {
    await takeDown();
    throw error;
  }
}

async function connect({ address, tls, apiKey }: Target): Promise<{ connection: Connection; native: NativeConnection }> {
  const options = { address, ...(tls !== undefined && { tls }), ...(apiKey !== undefined && { apiKey }) };
  const connection = Connection.lazy({ ...options, connectTimeout: CONNECT_MS });
  try {
    await connection.ensureConnected();
    return { connection, native: await NativeConnection.connect(options) };
  } catch (error) {
    await connection.close();
    throw new TemporalUnreachable(`Temporal does not answer at ${address} within ${CONNECT_MS / 1000} s.`, { cause: error });
  }
}

/** Ends with the worker; a server of ours that dies ends it too, because a worker without one does nothing. */
async function runUntilStopped(worker: Worker, server: LocalServer | undefined): Promise<void> {
  const ended = worker.run();
  if (!server) return ended;
  const died = server.died.then((sentence) => {
    if (sentence !== 'stopped') throw new TemporalUnreachable(sentence);
  });
  await Promise.race([ended, died.then(() => ended)]);
}

async function drain(worker: Worker, running: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running.catch(() => undefined);
}

