/** The workflow code of these sources, made once a clone: making it takes both cores for some seconds, and sixty test files need it. */
import { join } from 'node:path';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Build } from '../../worker/built-bundle';
import { KeptBundles } from '../../worker/deployment/bundles';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { currentBuild } from '../../worker/worker';

const bundlesOf = (folder: string): KeptBundles => new KeptBundles(join(folder, '.tocsin', 'bundles'));

let made: Promise<Build> | undefined;

async function makeOnce(): Promise<Build> {
  const kept = bundlesOf(PACKAGE_ROOT);
  const build = await currentBuild(kept);
  kept.keep(build);
  return build;
}

export const workflowBundle = async (): Promise<WorkflowBundleWithSourceMap> => ({
  code: (await (made ??= makeOnce())).code,
  sourceMap: '',
});

/** As if these sources had run in this folder before. */
export async function keepBundleIn(folder: string): Promise<void> {
  bundlesOf(folder).keep(await (made ??= makeOnce()));
}
