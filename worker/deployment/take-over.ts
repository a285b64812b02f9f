/**
 * For whoever replaces workers one by one, and ends the old ones as soon as a new one is ready: the cases are moved, and until the
 * last of them has, the new one says that the old ones are needed still (docs/operations.md).
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { move } from './move';
import type { Place } from './server';

/** As `tocsin deploy move`, which says why. */
const PER_SECOND = 10;
/** A move that nobody hears ends by itself; whoever could hear it may come later. */
const AGAIN_AFTER_MS = 5_000;
/** Lists lag behind by a moment: nobody is needed any more when they were empty twice. */
const EMPTY_LOOKS = 2;

export class TakeOver {
  /** Nothing is known before the first look. */
  private left: number | undefined;
  private emptyLooks = 0;

  constructor(
    private readonly place: Place,
    private readonly build: string,
    private readonly log: Logger,
  ) {}

  private get isOver(): boolean {
    return this.emptyLooks >= EMPTY_LOOKS;
  }

  /** Why the workers before are needed still. Once they are not, this one is ready for good. */
  sentences(): readonly string[] {
    if (this.isOver) return [];
    const cases = this.left === undefined ? 'cases' : `${this.left} ${this.left === 1 ? 'case' : 'cases'}`;
    return [`${cases} of versions before ${this.build} may still be needed by workers of theirs: they are being moved`];
  }

  async run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted && !this.isOver) {
      try {
        const { left, current } = await move(this.place, {
          perSecond: PER_SECOND,
          forMs: Infinity,
          onProgress: (progress) => (this.left = progress.left),
          stopped,
        });
        this.emptyLooks = left === 0 && current === this.build ? this.emptyLooks + 1 : 0;
      } catch (error) {
        if (!stopped.aborted) this.log.warn({ err: error }, 'cases cannot be moved just now; tried again soon');
      }
      if (!this.isOver) await delay(AGAIN_AFTER_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
    if (this.isOver) this.log.info(`version ${this.build} has every case: workers of versions before may end`);
  }
}
