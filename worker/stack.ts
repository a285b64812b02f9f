/** Everything that runs in this process, put together and taken apart in order: what `tocsin up` and the demo start. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { directorySource, loadConfig, type Config } from './config';
import { configuredTarget, connect, TemporalUnreachable } from './connect';
import { startHealth } from './health';
import { installRuntime } from './logging';
import { Telemetry } from './telemetry';
import { startLocalServer, type LocalServer } from './temporal-server/local-server';
import { freePort } from './temporal-server/ports';
import { registerSearchAttributes } from './temporal-server/search-attributes';
import { KeptBundles } from './deployment/bundles';
import { Fleet } from './deployment/fleet';
import { currentBuild } from './worker';
import { TASK_QUEUE } from '../workflows/messages';

export interface StackOptions {
  readonly log: Logger;
  /** A local server; without it the one that is configured. */
  readonly local?: { readonly dbFile?: string; readonly port?: number; readonly uiPort?: number };
  readonly config?: Config;
  readonly taskQueue?: string;
  /** Make this version the current one. Without it only the very first version does so by itself. */
  readonly promote?: boolean;
  /** Where the code of versions that have run here is kept. */
  readonly bundles?: string;
  /** Of health and metrics; any free port of the loopback when left out. */
  readonly http?: { readonly host: string; readonly port: number };
  /** Where pages on the `console` channel go; the log when left out. */
  readonly console?: (line: string) => void;
  /** Told what the start is busy with when that takes a while; the log when left out. */
  readonly tell?: (line: string) => void;
  /** What takes minutes is not waited for once this is aborted. */
  readonly stopped?: AbortSignal;
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

const PROBE_MS = 2_000;

/** @throws ConfigError, ServerNotFound, ServerFailed, TemporalUnreachable, Unusable, SearchAttributesFailed, BundleUnusable */
export async function startStack(options: StackOptions): Promise<Stack> {
  const {
    log,
    taskQueue = TASK_QUEUE,
    stopped,
    tell = (line) => log.info(line),
    http = { host: '127.0.0.1', port: 0 },
  } = options;
  const undo: (() => Promise<unknown>)[] = [];
  const takeDown = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error: unknown) => log.warn({ err: error }, 'could not stop cleanly'));
  };
  try {
    // The configuration first: a worker never starts on a broken one.
    const config = options.config ?? loadConfig();
    if (config.isExample) log.warn('TOCSIN_CONFIG is not set: the shipped example is used, whose people are made up');
    const directory = directorySource(config.folder, log);
    const metricsPort = await freePort();
    installRuntime(log, metricsPort);

    // Health before the rest: whoever watches sees a worker that is starting, and a port in use is told at once.
    const telemetry = new Telemetry(`http://127.0.0.1:${metricsPort}/metrics`);
    telemetry.watchReadiness(directory.current, config.policy);
    const parts: { fleet?: Fleet; connection?: Connection } = {};
    const health = await startHealth(
      {
        workers: () => parts.fleet?.states() ?? { cases: 'STARTING' },
        problems: () => parts.fleet?.problems() ?? [],
        temporal: () => probe(parts.connection),
        metrics: telemetry.metrics,
      },
      http,
    );
    undo.push(health.close);

    const server = options.local
      ? await startLocalServer({ ...options.local, tell, ...(stopped && { stopped }) })
      : undefined;
    if (server) undo.push(server.stop);
    const target = server ? { address: server.address, namespace: 'default' } : configuredTarget();
    if (!target)
      throw new TemporalUnreachable(
        'No Temporal server is configured: set TEMPORAL_ADDRESS, or use `tocsin up`, which brings its own.',
      );
    const { address, namespace } = target;
    const { connection, native, close } = await connect(target, stopped);
    undo.push(close);
    parts.connection = connection;
    await registerSearchAttributes(connection, namespace);

    const activities = createActivities({
      directory: directory.current,
      policy: () => config.policy,
      console: options.console ?? ((line) => log.info(line)),
      onResult: telemetry.recordPage,
    });
    const kept = new KeptBundles(options.bundles ?? join('.tocsin', 'bundles'));
    const fleet = await Fleet.start(
      {
        place: { client: new Client({ connection, namespace, identity: `tocsin@${hostname()}` }), taskQueue },
        native,
        activities,
        build: await currentBuild(kept),
        kept,
        log,
        promote: options.promote ?? false,
      },
      stopped,
    );
    parts.fleet = fleet;
    telemetry.watchVersions(() => fleet.seen);
    const running = server ? Promise.race([fleet.running, endOf(server, options.local?.dbFile)]) : fleet.running;
    // Told to whoever waits for it; until somebody does, it is no unhandled rejection.
    running.catch(() => undefined);
    undo.push(() => fleet.stop());
    return {
      config,
      connection,
      namespace,
      address,
      ...(server && { uiUrl: server.uiUrl }),
      httpUrl: health.url,
      running,
      stop: takeDown,
    };
  } catch (error) {
    await takeDown();
    throw error;
  }
}

async function probe(connection: Connection | undefined): Promise<void> {
  if (!connection) throw new Error('not connected yet');
  await connection.withDeadline(Date.now() + PROBE_MS, () => connection.workflowService.getSystemInfo({}));
}

/** A server of ours that dies ends all, because a worker without one does nothing. */
async function endOf(server: LocalServer, dbFile: string | undefined): Promise<void> {
  const sentence = await server.ended;
  if (sentence === undefined) return;
  throw new TemporalUnreachable(
    dbFile === undefined ? sentence : `${sentence}\nIts cases are in ${dbFile}: start again and they go on.`,
  );
}
