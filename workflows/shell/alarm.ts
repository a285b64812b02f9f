import { isCancellation, sleep, type CancellationScope } from '@temporalio/workflow';
import type { Due } from '../core/concern';
import { en } from '../core/words/en';
import { PlainScope } from './scope';

/**
 * One durable timer for the whole agenda. It moves only when something is due earlier: re-arming at each signal costs
 * two events a signal. When it rings too early, the agenda is looked at and it is armed again.
 */
export class Alarm {
  rang = false;
  private at = Infinity;
  private scope: CancellationScope | undefined;

  /** `shield` is what no request to cancel the case gets through: a handler by itself runs outside of it. */
  constructor(private readonly shield: CancellationScope) {}

  /**
   * `now` is the workflow's clock; `due` the earliest item of the agenda. `exactly`: it moves later too, because nothing
   * of before may seem to be running; for what happens once in a while only.
   */
  set(due: Due | undefined, now: number, { exactly = false } = {}): void {
    if (!due || this.rang || (exactly ? due.at === this.at : due.at >= this.at)) return;
    this.scope?.cancel();
    this.at = due.at;
    const scope = new PlainScope({ cancellable: true, parent: this.shield });
    this.scope = scope;
    const ring = (): void => {
      this.at = Infinity;
      this.scope = undefined;
      this.rang = true;
    };
    const silenced = (error: unknown): void => {
      if (!isCancellation(error)) throw error;
    };
    void scope
      .run(() => sleep(Math.max(due.at - now, 1), { summary: sentence(en.due(due.what)) }))
      .then(ring, silenced);
  }
}

const sentence = (what: string): string => `${what.charAt(0).toUpperCase()}${what.slice(1)}`.slice(0, 200);
