/** The worker of cases and their pages: one task queue for both, so that a page starts in the answer to its cause. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type BundleOptions,
  type LogLevel,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { TocsinActivities } from '../workflows/activities';
import { TASK_QUEUE } from '../workflows/messages';
import { readBundle } from './built-bundle';
import { PACKAGE_ROOT } from './package-root';

export interface TocsinWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly activities: TocsinActivities;
  /** A bundle made before: a test that starts many workers, production. */
  readonly bundle?: WorkflowBundleWithSourceMap;
  /** What this worker has otherwise than others: how many cases it keeps in memory, how long it takes to stop. */
  readonly tuning?: Pick<WorkerOptions, 'maxCachedWorkflows' | 'shutdownGraceTime' | 'shutdownForceTime'>;
}

export const WORKFLOWS = join(PACKAGE_ROOT, 'workflows', 'index.ts');
/**
 * Loaded once a worker, not once a case: a cached case then takes half the memory (`npm run bench:memory`). The core can be shared
 * because it keeps nothing between two calls; lint refuses a variable of a module there, and tests freeze what is left.
 */
const CORE = join(PACKAGE_ROOT, 'workflows', 'core');
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
    preloadModules: readdirSync(CORE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !PAGES_ONLY.test(file))
      .map((file) => join(CORE, file)),
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

/** What was given; in production what was built, where something was; or the sources. @throws BundleUnusable */
export async function workflowCode(
  bundle?: WorkflowBundleWithSourceMap,
): Promise<NonNullable<WorkerOptions['workflowBundle']>> {
  if (bundle) return bundle;
  const code = process.env['NODE_ENV'] === 'production' ? readBundle() : undefined;
  return code === undefined ? bundleWorkflows() : { code };
}

export async function createTocsinWorker({
  connection,
  namespace,
  taskQueue = TASK_QUEUE,
  activities,
  bundle,
  tuning,
}: TocsinWorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    ...(namespace !== undefined && { namespace }),
    taskQueue,
    activities,
    workflowBundle: await workflowCode(bundle),
    maxConcurrentActivityTaskExecutions: PAGES_AT_ONCE,
    shutdownGraceTime: GRACE,
    shutdownForceTime: '30s',
    ...tuning,
  });
}
