/** `npm run bench:bundle`: size of the workflow bundle against an empty workflow's, and that no zod is in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { PACKAGE_ROOT } from '../worker/package-root';
import { WORKFLOWS } from '../worker/worker';

const logger = new DefaultLogger('ERROR');

/** The code alone: the inline source map is no part of what every cached case evaluates. */
const codeOf = async (workflowsPath: string): Promise<string> => {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  return code.replace(/\n\/\/# sourceMappingURL=.*$/s, '');
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(PACKAGE_ROOT, 'dist-bench-'));
  try {
    writeFileSync(join(folder, 'empty.ts'), "import { condition } from '@temporalio/workflow';\nexport async function empty(): Promise<void> { await condition(() => true); }\n");
    const [ours, empty] = [await codeOf(WORKFLOWS), await codeOf(join(folder, 'empty.ts'))];
    console.log(`workflow bundle ${kB(ours)} kB, an empty workflow's ${kB(empty)} kB, ratio ${(ours.length / empty.length).toFixed(3)} (goal: at most 1.15)`);
    console.log(`zod in the bundle: ${/node_modules\/zod\//.test(ours) ? 'YES' : 'no'}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kB = (code: string): string => (code.length / 1000).toFixed(0);

void main();
