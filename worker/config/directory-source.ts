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

/**
 * A file that was written a moment ago may be half a file. Nobody can tell one that was moved into place from a new one that is
 * being written, as `git` and many editors do it: each is waited for.
 */
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
  /** Calendars of holidays that the file names: an edit of one of them is an edit. */
  let named: readonly { readonly file: string; readonly stamp: string }[] = [];
  let seen = '';
  const parse = (): Directory => {
    const found: { file: string; stamp: string }[] = [];
    // Before a file is read: an edit in between is then seen by the next look.
    const { stamp } = stampOf(file);
    try {
      return parseDirectory(read(file), shown(file), env, {
        presets: presetsWith(join(folder, 'channels')),
        now: clock(),
        onFile: (holidays) => void found.push({ file: holidays, stamp: stampOf(holidays).stamp }),
      });
    } finally {
      named = found;
      seen = [stamp, ...found.map((one) => one.stamp)].join();
    }
  };
  let current = parse();
  /** An edit that is not taken yet, and since when it has been as it is by our clock: that of a file server may be another. */
  let pending: { readonly stamp: string; readonly since: number } | undefined;
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
      const stamps = [file, ...named.map((one) => one.file)].map(stampOf);
      const stamp = stamps.map((one) => one.stamp).join();
      if (stamp === seen) pending = undefined;
      if (stamp === seen) return current;
      const now = clock();
      if (pending?.stamp !== stamp) pending = { stamp, since: now };
      const writtenAt = Math.max(...stamps.map((one) => one.writtenAt ?? -Infinity));
      if (now - pending.since < SETTLES_MS && now - writtenAt < SETTLES_MS) return current;
      pending = undefined;
      take();
      return current;
    },
  };
}
