/** `npm run build`: the workflow code as one file, so that a worker in production starts at once and as it was tested. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BUNDLE, sealed } from './built-bundle';
import { bundleWorkflows } from './worker';

async function main(): Promise<void> {
  const { code } = await bundleWorkflows({ minimize: true });
  await mkdir(dirname(BUNDLE), { recursive: true });
  await writeFile(BUNDLE, sealed(code));
}

void main();
