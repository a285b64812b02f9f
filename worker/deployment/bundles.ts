/**
 * The workflow code of every version that this machine has run: a case goes on with the code that its run began with, so an
 * older version's code is kept for as long as a case may need it, beside the database.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundleUnusable, readBundle, sealed, type Build } from '../built-bundle';

/** More than this were in use at once on no machine that is updated once a month. */
const MOST_KEPT = 12;
const EXTENSION = '.js';
const BUILD = /^[0-9a-f]{16}$/;

export class KeptBundles {
  constructor(readonly folder: string) {}

  pathOf(build: string): string {
    return join(this.folder, `${build}${EXTENSION}`);
  }

  /**
   * The code of this version, where it is kept whole.
   * @throws BundleUnusable where what lies there is damaged, or is another version's.
   */
  read(build: string): Build | undefined {
    // A version's name comes from the server, and whoever may deploy there writes what they like.
    if (!BUILD.test(build)) return undefined;
    const path = this.pathOf(build);
    try {
      return readBundle(path, build);
    } catch (error) {
      // Building again makes the code of now, not of then.
      if (error instanceof BundleUnusable)
        throw new BundleUnusable(`Its code in ${path} is damaged.`, { cause: error });
      throw error;
    }
  }

  /** Keeps it whole or not at all; what is used now is the youngest. */
  keep({ id, code }: Build): void {
    mkdirSync(this.folder, { recursive: true });
    const path = this.pathOf(id);
    if (this.isKept(id)) return utimesSync(path, new Date(), new Date());
    const half = `${path}.${process.pid}`;
    writeFileSync(half, sealed(code, id));
    renameSync(half, path);
  }

  /** Drops the oldest of too many; what cases wait for is `needed` and stays, however old. */
  prune(needed: ReadonlySet<string>): void {
    const spare = this.builds().filter((build) => !needed.has(build));
    for (const build of spare.slice(0, Math.max(0, spare.length + needed.size - MOST_KEPT)))
      rmSync(this.pathOf(build), { force: true });
  }

  /** The oldest first. */
  builds(): string[] {
    return this.files()
      .map((name) => ({ build: name.slice(0, -EXTENSION.length), at: statSync(join(this.folder, name)).mtimeMs }))
      .filter(({ build }) => BUILD.test(build))
      .sort((a, b) => a.at - b.at)
      .map(({ build }) => build);
  }

  private isKept(build: string): boolean {
    try {
      return this.read(build) !== undefined;
    } catch (error) {
      // Half of one, after a crash: it is written anew.
      if (error instanceof BundleUnusable) return false;
      throw error;
    }
  }

  private files(): string[] {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith(EXTENSION));
    } catch {
      return [];
    }
  }
}
