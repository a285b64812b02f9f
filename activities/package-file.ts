import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where package.json is: files that are no code are there, from the sources and from dist/. */
function root(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : root(parent);
}

export const packageFile = (...path: readonly string[]): string => join(root(__dirname), ...path);
