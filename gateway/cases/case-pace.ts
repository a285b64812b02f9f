/**
 * A case is a notebook, and no log. A program that writes into one without a pause would keep the worker and Temporal at that case
 * all the time, and pages of all the others would wait: so after the first few, commands of a kind go out to it one at a time.
 */

/** Written down at once, one after the other, before any has to wait. */
const AT_ONCE = 10;
const EVERY_MS = 50;

export class CasePace {
  /** When the next command of a kind may go to a case, were there none at once; of those that are busy only. */
  private readonly due = new Map<string, number>();

  /** How long this one waits, ms. `of`: the case and the kind of command. `now`: ms of any clock. */
  waitOf(of: string, now: number): number {
    for (const [other, due] of this.due) {
      // Those of whom each has had its pause are first: whoever comes again stands at the end.
      if (due > now) break;
      this.due.delete(other);
    }
    const due = Math.max(this.due.get(of) ?? now, now);
    this.due.delete(of);
    this.due.set(of, due + EVERY_MS);
    return Math.max(0, due - now - (AT_ONCE - 1) * EVERY_MS);
  }
}
