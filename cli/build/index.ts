/** `npm run build`, after the compiler: the shell as one file, and the schemas of all messages as JSON. */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { writeSchemas } from './schemas';
import { bundleShell } from './shell';

const DIST = join(PACKAGE_ROOT, 'dist');

async function main(): Promise<void> {
  await bundleShell(PACKAGE_ROOT, join(DIST, 'tocsin.js'));
  writeSchemas(join(DIST, 'schemas'));
}

void main();
