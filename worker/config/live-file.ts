/**
 * A file of the configuration that counts as it is now, without a restart. What is broken changes nothing: the last good one
 * stays in force, and it is known since when. What was written a moment ago may be half a file, which can be a valid one with
 * half of its settings gone: it is taken when it has been still for a moment.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { read, shown } from './files';
import { stampOf } from './stamp';
import { ConfigError } from './yaml';

/** An editor or `cp` has written a file of some kilobytes long before. */
const STILL_MS = 1_000;
/** Whoever keeps writing is not waited for. */
const MOST_WAITS = 5;

export interface Told<T> {
  readonly changed: (value: T, before: T) => void;
  readonly broken: (error: ConfigError, inForce: T) => void;
  /** What is there again is what is in force: an edit was taken back. */
  readonly mended: (value: T) => void;
}

export class LiveFile<T extends { readonly hash: string }> {
  private inForce: T;
  /** The file that was judged last. */
  private seen: string;
  /** A file that is not taken yet, and since when it has been as it is by our clock: that of a file server may be another. */
  private pending: { readonly stamp: string; readonly since: number } | undefined;
  private brokenAt: number | null = null;

  /** @throws ConfigError when it is broken to begin with */
  constructor(
    private readonly file: string,
    private readonly parse: (text: string, file: string) => T,
    private readonly told: Told<T>,
  ) {
    // Before the file is read: an edit in between is then seen by the next look.
    this.seen = stampOf(file).stamp;
    this.inForce = this.readIt();
  }

  /** Since when the file has been broken while an older one is in force. */
  get brokenSince(): number | null {
    return this.brokenAt;
  }

  /** What is in force at this moment. */
  current(now = Date.now()): T {
    const { stamp, writtenAt } = stampOf(this.file);
    if (stamp === this.seen) {
      this.pending = undefined;
      return this.inForce;
    }
    if (this.pending?.stamp !== stamp) this.pending = { stamp, since: now };
    const isStill = now - this.pending.since >= STILL_MS || (writtenAt !== undefined && now - writtenAt >= STILL_MS);
    if (isStill) this.take(stamp, now);
    return this.inForce;
  }

  /** For what lasts, such as the policy of a case: an edit of this second is waited for. */
  async settled(): Promise<T> {
    for (let waits = 0; waits < MOST_WAITS; waits++) {
      const value = this.current();
      if (!this.pending) return value;
      await delay(STILL_MS);
    }
    return this.current();
  }

  private take(stamp: string, now: number): void {
    this.seen = stamp;
    this.pending = undefined;
    try {
      const before = this.inForce;
      const value = this.readIt();
      const wasBroken = this.brokenAt !== null;
      this.inForce = value;
      this.brokenAt = null;
      if (value.hash !== before.hash) this.told.changed(value, before);
      else if (wasBroken) this.told.mended(value);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.brokenAt ??= now;
      this.told.broken(error, this.inForce);
    }
  }

  private readIt(): T {
    return this.parse(read(this.file), shown(this.file));
  }
}
