/** The configuration folder (contract, section 8): read and judged as a whole before a worker starts. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Directory } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/case/policy';
import { PACKAGE_ROOT } from '../package-root';
import { parseDirectory } from './directory';
import { parsePolicy } from './policy';
import { ConfigError, type Problem } from './yaml';

export { ConfigError, type Problem };

export interface Config {
  readonly folder: string;
  /** Nobody configured anything: this is the shipped example. */
  readonly isExample: boolean;
  readonly directory: Directory;
  readonly policy: CasePolicy;
}

const DIRECTORY = 'directory.yaml';
const POLICY = 'policy.yaml';
const EXAMPLE = join(PACKAGE_ROOT, 'examples', 'acme');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([{ file: shown(file), line: 1, path: '', problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` }]);
  }
}

/** Short where it can be: what a person sees should be what they can open. */
const shown = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
};

/** @throws ConfigError with every mistake of both files at once. */
export function loadConfig(folder: string = process.env['TOCSIN_CONFIG'] ?? EXAMPLE, env = process.env): Config {
  const problems: Problem[] = [];
  const attempt = <T>(name: string, parse: (text: string, file: string) => T): T | undefined => {
    const file = join(folder, name);
    try {
      return parse(read(file), shown(file));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const directory = attempt(DIRECTORY, (text, file) => parseDirectory(text, file, env));
  const policy = attempt(POLICY, parsePolicy);
  if (!directory || !policy) throw new ConfigError(problems);
  return { folder, isExample: folder === EXAMPLE, directory, policy };
}

interface Told {
  info(message: string): void;
  error(message: string): void;
}

/**
 * The directory as it is now: people are looked up when a page is sent, so an edit counts without a restart. A broken
 * edit is told once, and the last good directory stays.
 */
export function directorySource({ folder, directory }: Config, log: Told): () => Directory {
  const file = join(folder, DIRECTORY);
  const stamp = (): string => (existsSync(file) ? `${statSync(file).mtimeMs} ${statSync(file).size}` : 'gone');
  let current = directory;
  let seen = stamp();
  return () => {
    const now = stamp();
    if (now === seen) return current;
    seen = now;
    try {
      current = parseDirectory(read(file), shown(file));
      log.info(`${shown(file)} was read again: ${current.people.length} people`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error(`${shown(file)} is broken and the directory before it stays in use:\n${error.message}`);
    }
    return current;
  };
}
