import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where package.json is: the same from the sources and from dist/. */
function find(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : find(parent);
}

export const PACKAGE_ROOT = find(__dirname);
