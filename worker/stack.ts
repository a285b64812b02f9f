/** Everything that runs in this process, put together and taken apart in order: what `tocsin up` and the demo start. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { Channels } from '../activities/channels';
import { canaryActivities } from '../activities/canary';
import { endedActivities } from '../activities/ended-outside';
import { testPageActivities } from '../activities/test-page';
import { wordActivities } from '../activities/word';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { Directory } from '../activities/directory/types';
import { liveCalendars } from './calendars';
import { loadConfig, type Config } from './config';
import { configurationFiles } from './configuration-in-force';
import { channelSettings } from './config/channel-settings';
import { channelsOf, missingMeans } from '../activities/channels/probe';
import type { ChannelSettings } from '../activities/channels/settings';
import { configuredTarget, connect, TemporalUnreachable } from './connect';
import { opened, type DoorAddress, type OpenDoor } from './door';
import { installRuntime } from './logging';
import { endedBefore } from './ended-outside/before';
import { observe } from './observation';
import { THIS_WORKER } from './roll-call/identity';
import { Telemetry } from './telemetry';
import { startLocalServer, type LocalServer } from './temporal-server/local-server';
import { freePort } from './temporal-server/ports';
import { registerSearchAttributes } from './temporal-server/search-attributes';
import { KeptBundles } from './deployment/bundles';
import { Fleet, type Promotion } from './deployment/fleet';
import { currentBuild } from './worker';
import { LastSeen, lastSeenFile } from './word/last-seen';
import { RotaWord } from './word/rota-word';
import { TASK_QUEUE } from '../workflows/messages';
import { watchSettings } from './watch/settings';

export interface StackOptions {
  readonly log: Logger;
  /** A local server; without it the one that is configured. */
  readonly local?: { readonly dbFile?: string; readonly port?: number; readonly uiPort?: number };
  readonly config?: Config;
  /** A policy that is no file's, for a demo; that of the configuration's folder when left out. */
  readonly policy?: CasePolicy;
  /** What a demo changes in the directory, whenever it is read. */
  readonly people?: (directory: Directory) => Directory;
  readonly taskQueue?: string;
  /** What is opened to the outside. */
  readonly door: OpenDoor;
  /** Where; any free port of the loopback when left out. */
  readonly http?: DoorAddress;
  /** Accounts and servers of channels; those of the environment when left out. */
  readonly channels?: ChannelSettings;
  /** Make this version the current one. Without it only the very first version does so by itself. */
  readonly promote?: Promotion;
  /** Lists cannot be searched by the titles of cases that are opened here. */
  readonly hidesTitles?: boolean;
  /** Where the code of versions that have run here is kept. */
  readonly bundles?: string;
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
    const watching = watchSettings();
    if (config.isExample) log.warn('TOCSIN_CONFIG is not set: the shipped example is used, whose people are made up');
    const files = configurationFiles(config.folder, log, {
      ...(options.policy && { fixed: options.policy }),
      onEdit: () => rotaWord.changed(people()),
    });
    const { directory, policy } = files;
    undo.push(files.stop);
    const calendars = liveCalendars(directory.current, {
      base: config.folder,
      log,
      onStale: (team, readAt) => {
        log.error({ team, readAt }, `the calendar of ${team} is stale; the last copy stays in use`);
        rotaWord.stale(team, readAt);
      },
      onRead: (team) => rotaWord.changed(people(), team),
    });
    undo.push(calendars.stop);
    const changed = options.people ?? ((read: Directory) => read);
    const people = (): Directory => changed(calendars.directory());
    const rotaWord = new RotaWord({
      directory: people,
      policy: policy.rota,
      lastSeen: new LastSeen(lastSeenFile(), log),
      log,
    });
    rotaWord.started(people());
    log.info(`time zones: ${process.versions.tz ?? 'unknown'}`);
    const console = (line: string): void => log.info(line);
    const channels = new Channels(options.channels ?? channelSettings(config.folder), console);
    undo.push(() => channels.means.close());
    for (const gap of missingMeans(channelsOf(people()), channels.means)) log.warn(gap);
    const metricsPort = await freePort();
    installRuntime(log, metricsPort);

    // The door before the rest: whoever watches sees a worker that is starting, and a port in use is told at once.
    const telemetry = new Telemetry(`http://127.0.0.1:${metricsPort}/metrics`);
    telemetry.watchReadiness(people, policy.current);
    const observation = observe({ registry: telemetry.registry, files, watching, taskQueue, log });
    telemetry.watchCalendars(calendars.states);
    const parts: { fleet?: Fleet; connection?: Connection; namespace?: string } = {};
    const health = {
      workers: () => parts.fleet?.states() ?? { cases: 'STARTING' },
      problems: () => parts.fleet?.problems() ?? [],
      temporal: () => probe(parts.connection),
      metrics: telemetry.metrics,
    };
    const door = await opened(
      options.door,
      {
        log,
        health,
        directory: people,
        hotline: policy.current().hotline,
        temporal: () => parts.connection && { connection: parts.connection, namespace: parts.namespace ?? 'default' },
        isLocal: options.local !== undefined,
        ...(taskQueue !== undefined && { taskQueue }),
      },
      http,
    );
    undo.push(door.close);

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
    Object.assign(parts, { connection, namespace });
    await registerSearchAttributes(connection, namespace);

    const activities = createActivities({
      directory: people,
      policy: policy.settled,
      console,
      channels,
      onResult: telemetry.recordPage,
      hidesTitles: options.hidesTitles ?? false,
      endedBefore: endedBefore({ connection, namespace }),
      ...(door.answerUrl && { ackUrl: door.answerUrl }),
    });
    const canary = canaryActivities({
      directory: people,
      policy: policy.current,
      sink: (line) => log.debug(line),
      worker: THIS_WORKER,
    });
    const ofNoCase = { directory: people, policy: policy.current, channels, onSent: telemetry.recordOfNoCase };
    const ended = endedActivities(ofNoCase);
    const word = wordActivities(ofNoCase);
    const test = testPageActivities({ directory: people, channels, worker: THIS_WORKER });
    const kept = new KeptBundles(options.bundles ?? join('.tocsin', 'bundles'));
    const place = { client: new Client({ connection, namespace, identity: `tocsin@${hostname()}` }), taskQueue };
    const fleet = await Fleet.start(
      {
        place,
        native,
        activities: { ...activities, ...canary, ...ended, ...word, ...test },
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
    undo.push(rotaWord.begin(place));
    undo.push(observation.begin(connection, target));
    return {
      config,
      connection,
      namespace,
      address,
      ...(server && { uiUrl: server.uiUrl }),
      httpUrl: door.url,
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
