import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Ours, and not that of the worker's dependencies, which stands beside this file. */
function isOurs(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: string }).name === 'tocsin';
}

/** Where package.json is: the same from the sources, from dist/ and from the installed package. */
function find(folder: string): string {
  const parent = dirname(folder);
  return isOurs(folder) || parent === folder ? folder : find(parent);
}

export const PACKAGE_ROOT = find(__dirname);
