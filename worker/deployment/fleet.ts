/**
 * The workers of this process: one for the version that it is of, and one for each older version whose cases still run and whose code
 * was kept, until those cases have moved. A case is never given other rules than those that its run began with.
 */
import { setMaxListeners } from 'node:events';
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { TocsinActivities } from '../../workflows/activities';
import { BundleUnusable, type Build } from '../built-bundle';
import { createTocsinWorker, TASKS_AT_ONCE } from '../worker';
import type { KeptBundles } from './bundles';
import { NewerForms } from './newer-forms';
import { promote } from './promote';
import { routingOf, versionOf, type Place } from './server';
import { StartUp } from './start-up';
import { TakeOver } from './take-over';
import { look, type Look } from './look';
import { sentenceOfCurrentUnserved, sentenceOfUnserved } from './unserved';

export interface FleetOptions {
  readonly place: Place;
  readonly native: NativeConnection;
  readonly activities: TocsinActivities;
  readonly build: Build;
  readonly kept: KeptBundles;
  readonly log: Logger;
  /** Become the current version; the very first one does in any case, for nothing else could serve a new case. */
  readonly promote: Promotion;
}

/** `take-over`: and move the cases; it is ready when no worker of before is needed any more. */
export type Promotion = boolean | 'take-over';

/** An older version is noticed, and let go, so soon after its cases have come or gone. */
const LOOK_EVERY_MS = 10_000;
const LOOK_MS = 8_000;
/** Half of what the current version may do at once: it has the new cases. */
const OLDER_AT_ONCE = Math.max(2, TASKS_AT_ONCE / 2);
/** Counts lag behind by a moment: a version is let go when it was empty twice. */
const EMPTY_LOOKS = 2;

const NOTHING_SEEN: Look = { current: null, versions: [], unversioned: 0, unserved: [] };

interface Serving {
  readonly worker: Worker;
  readonly ended: Promise<void>;
  emptyLooks: number;
}

export class Fleet {
  private readonly workers = new Map<string, Serving>();
  private readonly startUp = new StartUp();
  private readonly newer = new NewerForms();
  private readonly stopping = new AbortController();
  private takingOver: TakeOver | undefined;
  private moving: Promise<void> = Promise.resolve();
  private hasDoneATask = false;
  private looking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private lastLook: Look | undefined;
  private said = '';
  private failed: (error: unknown) => void = () => undefined;
  /** Rejects when a worker of ours fails. */
  readonly running: Promise<void>;

  private constructor(private readonly options: FleetOptions) {
    // Each call of a look listens to it, and there may be many versions.
    setMaxListeners(0, this.stopping.signal);
    this.running = new Promise((_, reject) => (this.failed = reject));
    this.running.catch(() => undefined);
  }

  /** Resolves once a first task was done here, or when told to stop. @throws NotPromoted, BundleUnusable */
  static async start(options: FleetOptions, stopped?: AbortSignal): Promise<Fleet> {
    const fleet = new Fleet(options);
    try {
      await fleet.begin(stopped);
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  /** Every worker's state by name. */
  states(): Record<string, string> {
    const { build } = this.options;
    return Object.fromEntries(
      [...this.workers].map(([version, { worker }]) => {
        const isOwn = version === build.id;
        const state = isOwn && !this.hasDoneATask && worker.getState() === 'RUNNING' ? 'STARTING' : worker.getState();
        return [isOwn ? 'cases' : `cases of version ${version}`, state];
      }),
    );
  }

  /** Why nobody should count on this process, besides its workers. */
  problems(): readonly string[] {
    return [...this.newer.sentences(), ...(this.takingOver?.sentences() ?? [])];
  }

  /** What was seen last: for metrics. */
  get seen(): Look {
    return this.lastLook ?? NOTHING_SEEN;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.looking.catch(() => undefined);
    await this.moving;
    await Promise.all([...this.workers.keys()].map((build) => this.letGo(build)));
  }

  private async begin(stopped: AbortSignal | undefined): Promise<void> {
    const { build, place, log } = this.options;
    stopped?.addEventListener('abort', () => this.stopping.abort(), { once: true });
    this.keep(build);
    await this.serve(build);
    if (this.options.promote || (await this.isFirst())) {
      await Promise.race([promote(place, build.id, { stopped: this.stopping.signal }), this.running]);
    } else {
      const { current } = (await routingOf(place)) ?? {};
      if (current !== build.id)
        log.warn(
          `version ${build.id} takes no new case yet: ${current ?? 'none'} is current. tocsin deploy promote ${build.id}`,
        );
    }
    await this.lookAround();
    const version = versionOf(place.taskQueue, build.id);
    const { signal } = this.stopping;
    await Promise.race([this.startUp.firstTask(place, version, signal), this.running, aborted(signal)]);
    this.hasDoneATask = !signal.aborted;
    this.prune();
    if (this.options.promote !== 'take-over' || signal.aborted) return;
    this.takingOver = new TakeOver(place, build.id, log);
    this.moving = this.takingOver.run(signal);
  }

  /** Only where it was seen who needs what: an older version's cases may have nothing else. */
  private prune(): void {
    const { build, kept } = this.options;
    if (!this.lastLook) return;
    kept.prune(new Set([build.id, ...this.lastLook.versions.flatMap(({ build: id, cases }) => (cases > 0 ? id : []))]));
  }

  /** No place to keep it is no reason not to serve: it is said, for the next deploy will miss it. */
  private keep(build: Build): void {
    const { kept, log } = this.options;
    try {
      kept.keep(build);
    } catch (error) {
      log.warn(
        { err: error },
        `the code of version ${build.id} cannot be kept in ${kept.folder}: its cases will need a worker of this version`,
      );
    }
  }

  private async isFirst(): Promise<boolean> {
    const routing = await routingOf(this.options.place);
    return routing === undefined || routing.current === null;
  }

  private async serve({ id, code }: Build): Promise<void> {
    const { native, place, activities, build } = this.options;
    const isOwn = id === build.id;
    const worker = await createTocsinWorker({
      connection: native,
      namespace: place.client.options.namespace,
      taskQueue: place.taskQueue,
      activities: { ...activities, ...this.startUp.activities },
      version: versionOf(place.taskQueue, id),
      onCarriedByNewer: (caseNumber, form) => this.newer.met(caseNumber, form),
      bundle: { code, sourceMap: '' },
      ...(!isOwn && { tuning: { maxConcurrentWorkflowTaskExecutions: OLDER_AT_ONCE } }),
    });
    const ended = worker.run();
    ended.then(
      () => this.stopping.signal.aborted || !isOwn || this.failed(new Error('the worker has stopped by itself')),
      (error: unknown) => this.failed(error),
    );
    this.workers.set(id, { worker, ended, emptyLooks: 0 });
  }

  private async letGo(build: string): Promise<void> {
    const serving = this.workers.get(build);
    if (!serving) return;
    if (serving.worker.getState() === 'RUNNING') serving.worker.shutdown();
    await serving.ended.catch(() => undefined);
    this.workers.delete(build);
  }

  /** Again and again, one look after the other. */
  private async lookAround(): Promise<void> {
    this.looking = this.lookOnce().catch((error: unknown) => {
      if (!this.stopping.signal.aborted)
        this.options.log.warn({ err: error }, 'which versions have cases cannot be seen just now; looked again soon');
    });
    await this.looking;
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => void this.lookAround(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  private async lookOnce(): Promise<void> {
    const { place, kept, build, log } = this.options;
    const unusable = new Map<string, string>();
    const seen = await this.bounded(() => look(place, (version) => this.workers.has(version)));
    for (const { build: version, cases } of seen.versions) {
      if (version === build.id || this.stopping.signal.aborted) continue;
      const serving = this.workers.get(version);
      if (cases === 0 && serving) {
        serving.emptyLooks += 1;
        if (serving.emptyLooks >= EMPTY_LOOKS) {
          await this.letGo(version);
          log.info(`version ${version} has no case any more and is let go`);
        }
        continue;
      }
      if (serving) serving.emptyLooks = 0;
      if (cases === 0 || serving) continue;
      const code = codeOf(kept, version, (why) => unusable.set(version, why));
      if (!code) continue;
      await this.serve(code);
      log.info(
        `serves version ${version} as well, until its ${cases} ${cases === 1 ? 'case has' : 'cases have'} moved: tocsin deploy move`,
      );
    }
    const unserved = seen.unserved.filter(({ build: version }) => !this.workers.has(version));
    this.lastLook = { ...seen, unserved };
    this.newer.forgetServed(seen.current, build.id);
    this.say([
      ...unserved.map((version) =>
        sentenceOfUnserved(version, unusable.get(version.build) ?? `Its code is not in ${kept.folder}.`),
      ),
      ...unversioned(seen),
      ...this.currentUnserved(seen),
    ]);
  }

  private currentUnserved({ versions }: Look): string[] {
    const current = versions.find(({ isCurrent }) => isCurrent);
    if (!current || current.isServed || this.workers.has(current.build)) return [];
    return [sentenceOfCurrentUnserved(current.build, this.options.build.id)];
  }

  /** A server that does not answer keeps nobody from being looked after, or from stopping. */
  private bounded<T>(ask: () => Promise<T>): Promise<T> {
    const { client } = this.options.place;
    return client.withDeadline(Date.now() + LOOK_MS, () => client.withAbortSignal(this.stopping.signal, ask));
  }

  /** Once for as long as it is so. */
  private say(sentences: readonly string[]): void {
    const text = sentences.join('\n');
    if (text !== this.said) for (const sentence of sentences) this.options.log.warn(sentence);
    this.said = text;
  }
}

/** Resolves when it is aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

function codeOf(kept: KeptBundles, version: string, refused: (why: string) => void): Build | undefined {
  try {
    return kept.read(version);
  } catch (error) {
    if (!(error instanceof BundleUnusable)) throw error;
    refused(error.message);
    return undefined;
  }
}

const unversioned = ({ unversioned: cases }: Look): string[] =>
  cases === 0
    ? []
    : [
        `${cases} running ${cases === 1 ? 'case was' : 'cases were'} opened before there were versions, and cannot be moved: ` +
          'end them on the version that opened them, or terminate them and open them again.',
      ];
