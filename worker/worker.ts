/** The worker of cases and their pages: one task queue for both, so that a page starts in the answer to its cause. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type BundleOptions,
  type InjectedSinks,
  type LogLevel,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { StartUpActivities, TocsinActivities } from '../workflows/activities';
import { TASK_QUEUE } from '../workflows/messages';
import type { CaseSinks } from '../workflows/shell/versions';
import { BundleUnusable, hashOfSources, readBundle, type Build } from './built-bundle';
import type { KeptBundles } from './deployment/bundles';
import { PACKAGE_ROOT } from './package-root';

export interface TocsinWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly activities: TocsinActivities & Partial<StartUpActivities>;
  /**
   * The version that it serves, and that its cases stay with. Without one it serves whatever is on the queue: for tests of what a
   * case does, to which versions are nothing.
   */
  readonly version?: Version;
  /** Told of a case that a newer version has carried: it waits for a worker of that one. */
  readonly onCarriedByNewer?: (caseNumber: string, form: number) => void;
  /** A bundle made before: a test that starts many workers, production. */
  readonly bundle?: WorkflowBundleWithSourceMap;
  /** What this worker has otherwise than others: how many cases it keeps in memory, how long it takes to stop. */
  readonly tuning?: Pick<
    WorkerOptions,
    'maxCachedWorkflows' | 'maxConcurrentWorkflowTaskExecutions' | 'shutdownGraceTime' | 'shutdownForceTime'
  >;
}

export const WORKFLOWS = join(PACKAGE_ROOT, 'workflows', 'index.ts');
/**
 * Loaded once a worker, not once a case: a cached case then takes half the memory (`npm run bench:memory`). The core can be shared
 * because it keeps nothing between two calls; lint refuses a variable of a module there, and tests freeze what is left.
 */
const CORE = join(PACKAGE_ROOT, 'workflows', 'core');
/** Names only, shared for the same reason. */
const NAMES = ['messages.ts', 'activities.ts'].map((file) => join(PACKAGE_ROOT, 'workflows', file));
/** Languages that pages are written in and workflows are not: activities read them. */
const PAGES_ONLY = /^words[\\/]zh/;
/** Part of the workflow code: what cannot be decoded must not stop a case. */
const PAYLOADS = join(PACKAGE_ROOT, 'workflows', 'shell', 'payloads.ts');

/** How long pages on their way may take when the worker is asked to stop. 0, the default, would drop them. */
const GRACE = '10s';
/** Pages on their way at once. They only wait; the SDK's 100 would have a storm of cases wait behind a provider that says nothing. */
const PAGES_AT_ONCE = 1_000;

/** The workflow code as one text, from the sources; minified (decision 0007) it takes some seconds more. */
export const bundleWorkflows = ({
  logLevel = 'WARN',
  minimize = false,
}: { logLevel?: LogLevel; minimize?: boolean } = {}): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: WORKFLOWS,
    payloadConverterPath: PAYLOADS,
    preloadModules: [
      ...NAMES,
      ...readdirSync(CORE, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !PAGES_ONLY.test(file))
        .map((file) => join(CORE, file)),
    ],
    logger: new DefaultLogger(logLevel),
    webpackConfigHook: (config) => ({ ...forThisNode(config), optimization: { ...config.optimization, minimize } }),
  });

/**
 * The SDK compiles workflows for the JavaScript of 2017, in which each `{ ...state }` is a call that defines field after field:
 * deciding took half as long again, and with it every page.
 */
function forThisNode(config: WebpackConfig): WebpackConfig {
  for (const rule of config.module?.rules ?? []) {
    const swc = (rule as SwcRule | undefined)?.use?.options?.jsc;
    if (swc) swc.target = 'es2022';
  }
  return config;
}

type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];
interface SwcRule {
  readonly use?: { readonly options?: { readonly jsc?: { target: string } } };
}

/** The deployment is the task queue's, so that two installations on one server do not promote over each other. */
export interface Version {
  readonly deploymentName: string;
  readonly buildId: string;
}

/**
 * Workflow tasks at once. After a restart every case comes at once, each with its whole history to replay; with more of them than cores
 * can work on, each takes longer than the ten seconds it has, is given to somebody else and begins anew (decision 0010).
 */
export const TASKS_AT_ONCE = Math.max(4, 2 * availableParallelism());

/** What was built, in production and where something was; what was kept of these very sources; or the sources. @throws BundleUnusable */
export async function currentBuild(kept?: KeptBundles): Promise<Build> {
  const built = process.env['NODE_ENV'] === 'production' ? readBundle() : undefined;
  if (built) return built;
  const id = hashOfSources();
  return keptBuild(id, kept) ?? { id, code: (await bundleWorkflows()).code };
}

function keptBuild(id: string, kept: KeptBundles | undefined): Build | undefined {
  try {
    return kept?.read(id);
  } catch (error) {
    // Damaged: the sources are there to make it anew.
    if (error instanceof BundleUnusable) return undefined;
    throw error;
  }
}

/** What was given, or the current version's. @throws BundleUnusable */
export const workflowCode = async (
  bundle?: WorkflowBundleWithSourceMap,
): Promise<NonNullable<WorkerOptions['workflowBundle']>> => bundle ?? { code: (await currentBuild()).code };

const sinksOf = (tell: TocsinWorkerOptions['onCarriedByNewer']): InjectedSinks<CaseSinks> => ({
  versions: { carriedByNewer: { fn: ({ workflowId }, form) => tell?.(workflowId, form), callDuringReplay: true } },
});

export async function createTocsinWorker({
  connection,
  namespace,
  taskQueue = TASK_QUEUE,
  activities,
  version,
  onCarriedByNewer,
  bundle,
  tuning,
}: TocsinWorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    ...(namespace !== undefined && { namespace }),
    taskQueue,
    activities,
    workflowBundle: await workflowCode(bundle),
    sinks: sinksOf(onCarriedByNewer),
    ...(version && {
      workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' },
    }),
    maxConcurrentWorkflowTaskExecutions: TASKS_AT_ONCE,
    // Of so few, one in five would ask for cases that no worker keeps: the server takes that for nobody, and refuses queries.
    nonStickyToStickyPollRatio: 0.5,
    maxConcurrentActivityTaskExecutions: PAGES_AT_ONCE,
    shutdownGraceTime: GRACE,
    shutdownForceTime: '30s',
    ...tuning,
  });
}
