import { join } from 'node:path';
import type { Directory } from '../../activities/directory/types';
import { presetsWith } from '../../activities/channels/presets';
import { parseDirectory } from './directory';
import { read, shown } from './files';
import { lostInWords, saidOfReload, sayLater, type Later } from './reload';
import type { Environment } from './secrets';
import { stampOf } from './stamp';
import { ConfigError } from './yaml';

interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface DirectorySource {
  /** The directory as the file has it now, or as it last had it without a mistake. */
  readonly current: () => Directory;
  /** Since when the file has been broken while an older one is in use. */
  readonly brokenSince: () => number | null;
}

export interface Means {
  readonly log: Log;
  readonly env?: Environment;
  readonly clock?: () => number;
  /** When there is time for what nobody waits for: between two pages. */
  readonly later?: Later;
  /** Told of an edit that is in use. */
  readonly onEdit?: () => void;
}

/** A file that is written in place is still being written for so long. One that is moved into place is whole at once. */
const SETTLES_MS = 1_000;

/**
 * The directory of the folder as it is whenever somebody looks: people are looked up when a page is sent, so an edit
 * counts without a restart. A broken edit is told once and changes nothing: a typing error must not stop pages. What an
 * edit changes is said after it is in use, and never by a page on its way.
 * @throws ConfigError when it is broken to begin with
 */
export function directorySource(folder: string, means: Means): DirectorySource {
  const { log, env = process.env, clock = Date.now, later = setImmediate, onEdit } = means;
  const file = join(folder, 'directory.yaml');
  const parse = (): Directory =>
    parseDirectory(read(file), shown(file), env, { presets: presetsWith(join(folder, 'channels')), now: clock() });
  // Before the file is read: an edit in between is then seen by the next look.
  let seen = stampOf(file);
  let current = parse();
  let brokenSince: number | null = null;

  const take = (): void => {
    try {
      const before = current;
      current = parse();
      brokenSince = null;
      log.info(`${shown(file)} has changed and is in use: ${current.people.length} people`);
      const lost = lostInWords(before, current);
      if (lost !== undefined) log.warn(`${shown(file)}: ${lost}`);
      const after = current;
      if (onEdit) later(onEdit);
      sayLater(saidOfReload(before, after, clock()), (line) => log.info(`${shown(file)}: ${line}`), later);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      brokenSince ??= clock();
      log.error(`${shown(file)} is broken; the directory before the edit stays in use:\n${error.message}`);
    }
  };

  return {
    brokenSince: () => brokenSince,
    current: () => {
      const now = stampOf(file);
      if (now.stamp === seen.stamp) return current;
      const isInPlace = now.inode !== undefined && now.inode === seen.inode;
      if (isInPlace && Math.abs(clock() - (now.writtenAt ?? 0)) < SETTLES_MS) return current;
      seen = now;
      take();
      return current;
    },
  };
}
