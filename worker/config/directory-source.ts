import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Directory } from '../../activities/directory/types';
import { parseDirectory } from './directory';
import { read, shown } from './files';
import type { Environment } from './secrets';
import { ConfigError } from './yaml';

interface Log {
  info(message: string): void;
  error(message: string): void;
}

export interface DirectorySource {
  /** The directory as the file has it now, or as it last had it without a mistake. */
  readonly current: () => Directory;
  /** Since when the file has been broken while an older one is in use. */
  readonly brokenSince: () => number | null;
}

/**
 * The directory of the folder as it is whenever somebody looks: people are looked up when a page is sent, so an edit
 * counts without a restart. A broken edit is told once and changes nothing: a typing error must not stop pages.
 * @throws ConfigError when it is broken to begin with
 */
export function directorySource(folder: string, log: Log, env: Environment = process.env): DirectorySource {
  const file = join(folder, 'directory.yaml');
  // Before the file is read: an edit in between is then seen by the next look.
  let seen = stampOf(file);
  let current = parseDirectory(read(file), shown(file), env);
  let brokenSince: number | null = null;
  return {
    brokenSince: () => brokenSince,
    current: () => {
      const stamp = stampOf(file);
      if (stamp === seen) return current;
      seen = stamp;
      try {
        current = parseDirectory(read(file), shown(file), env);
        brokenSince = null;
        log.info(`${shown(file)} has changed and is in use: ${current.people.length} people`);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        brokenSince ??= Date.now();
        log.error(`${shown(file)} is broken; the directory before the edit stays in use:\n${error.message}`);
      }
      return current;
    },
  };
}

/** Time alone is too coarse for two edits at once, and a file that is moved into place may be older than the one before. */
function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : 'gone';
}
