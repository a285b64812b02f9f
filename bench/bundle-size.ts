/**
 * `npm run bench:bundle`: size of the workflow bundle against an empty workflow's, from the sources and as `npm run build`
 * makes it, and that no zod is in it, nor a language of pages only. The inline source map is not counted: it is no part of what is run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { PACKAGE_ROOT } from '../worker/package-root';
import { bundleWorkflows } from '../worker/worker';

const EMPTY =
  "import { condition } from '@temporalio/workflow';\nexport async function empty(): Promise<void> { await condition(() => true); }\n";

const sizeOf = ({ code }: WorkflowBundleWithSourceMap): number =>
  code.replace(/\n\/\/# sourceMappingURL=.*$/s, '').length;
const kB = (size: number): string => `${(size / 1000).toFixed(0)} kB`;
const ratio = (size: number, empty: number): string => (size / empty).toFixed(2);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(PACKAGE_ROOT, 'dist-bench-'));
  try {
    const workflowsPath = join(folder, 'empty.ts');
    writeFileSync(workflowsPath, EMPTY);
    const fromSources = await bundleWorkflows({ logLevel: 'ERROR' });
    const sources = sizeOf(fromSources);
    const built = sizeOf(await bundleWorkflows({ logLevel: 'ERROR', minimize: true }));
    const empty = sizeOf(await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') }));
    console.log(`an empty workflow's bundle ${kB(empty)}`);
    console.log(`  from the sources ${kB(sources)}, ratio ${ratio(sources, empty)}`);
    console.log(`  as built         ${kB(built)}, ratio ${ratio(built, empty)} (goal: at most 1.15)`);
    const holds = (file: RegExp): string => (file.test(fromSources.code) ? 'YES' : 'no');
    console.log(`zod in the bundle: ${holds(/node_modules\/zod\//)}`);
    console.log(`Chinese in the bundle: ${holds(/core\/words\/zh/)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
