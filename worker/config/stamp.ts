import { statSync } from 'node:fs';

/** By which an edit of a file is seen. */
export interface Stamp {
  readonly stamp: string;
  /** Missing where there is no file, or none that can be looked at: `stamp` says why. */
  readonly writtenAt?: number;
}

/** Time alone is too coarse for two edits at once, and a file that is moved into place may be older than the one before. */
export function stampOf(file: string): Stamp {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return { stamp: `${mtimeMs} ${size} ${ino}`, writtenAt: mtimeMs };
  } catch (error) {
    return { stamp: (error as NodeJS.ErrnoException).code ?? 'unreadable' };
  }
}
