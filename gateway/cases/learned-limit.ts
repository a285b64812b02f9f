/**
 * How many commands may be on their way at once, learned from how long they take. Pages wait in the same queues of the service as
 * commands: where a command takes notably longer than it does alone, a page does too, so there were too many.
 */

/** What a page may lose to the load: the same for a command. */
const MOST_OF_ALONE = 1.25;
/** It is looked at anew after so many commands. */
const SAMPLE = 10;
const MOST = 400;
/** After there were too many, so long it stays at less: every try of more delays pages. */
const CAREFUL_MS = 10_000;
const LESS = 0.75;
/** One that took much longer than alone says little of the next: a case that had to be replayed. */
const OUTLIER = 3;
const WEIGHT = 0.1;

export class LearnedLimit {
  private limit = 1;
  /** How long a command takes that nothing else is on its way beside, ms. */
  private alone: number | undefined;
  private sample: number[] = [];
  private carefulUntil = -Infinity;
  private hasBeenTooMany = false;

  get most(): number {
    return this.limit;
  }

  /** A command took so long, ms, and at most `beside` others were on their way meanwhile. `now`: ms of any clock. */
  took(ms: number, beside: number, now: number): void {
    if (beside === 0) this.alone = this.alone === undefined ? ms : this.alone + WEIGHT * (this.capped(ms) - this.alone);
    // Fewer than may be say nothing of how many may be.
    if (beside + 1 < this.limit) return;
    this.sample.push(ms);
    if (this.sample.length < SAMPLE) return;
    const typical = median(this.sample);
    this.sample = [];
    this.judge(typical, now);
  }

  private judge(typical: number, now: number): void {
    if (this.limit > 1 && typical > MOST_OF_ALONE * (this.alone ?? typical)) this.tooMany(now);
    else if (now >= this.carefulUntil)
      this.limit = Math.min(MOST, this.hasBeenTooMany ? this.limit + 1 : this.limit * 2);
  }

  /** The service has said so, or took notably longer. */
  tooMany(now: number): void {
    this.limit = Math.max(1, Math.floor(this.limit * LESS));
    this.hasBeenTooMany = true;
    this.carefulUntil = now + CAREFUL_MS;
    this.sample = [];
  }

  private capped(ms: number): number {
    return Math.min(ms, OUTLIER * (this.alone ?? ms));
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
