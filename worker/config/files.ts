import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ConfigError } from './yaml';

/** @throws ConfigError */
export function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([
      {
        file: shown(file),
        line: 1,
        path: '',
        problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      },
    ]);
  }
}

/** As somebody would open it from where they are. */
export function shown(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short || '.';
}
