/**
 * A provider that takes so many pages a second has that limit for all cases of this worker together. Once it has said "not now",
 * whoever waits for it has a turn, one after the other: forty cases do not knock again in one instant, be refused, and lose a
 * page each to the next person (D13).
 */
/** What is shorter is a limit a second or so; what is longer is a provider that wants to be left alone. */
const LONGEST_MS = 15_000;
const SHORTEST_STEP_MS = 100;
const LONGEST_STEP_MS = 10_000;
/** Its second and ours are not the same second. */
const MARGIN_MS = 75;
/** So long after the last turn, a provider is knocked at as if nothing had been. */
const FORGET_MS = 10_000;

interface Queue {
  stepMs: number;
  /** When the next turn is free. */
  free: number;
  readonly turns: Map<string, number>;
}

export class Pace {
  private readonly queues = new Map<string, Queue>();

  /** How long this page has to wait for its turn; nothing when it may go now. */
  waitOf(target: string, key: string, now: number): number | undefined {
    const queue = this.queues.get(target);
    if (!queue) return undefined;
    if (now - queue.free > FORGET_MS) {
      this.queues.delete(target);
      return undefined;
    }
    const turn = queue.turns.get(key);
    if (turn === undefined) return this.placeIn(queue, key, now);
    if (turn > now) return turn - now;
    queue.turns.delete(key);
    return undefined;
  }

  /** It was too much: from here on they take turns. How long this one waits for its own; nothing where it is no limit of that kind. */
  refused(target: string, key: string, afterMs: number, now: number): number | undefined {
    if (afterMs > LONGEST_MS) return undefined;
    let queue = this.queues.get(target);
    if (queue && queue.turns.size === 0 && now > queue.free) queue = undefined;
    if (!queue) {
      queue = { stepMs: clamp(afterMs + MARGIN_MS, 1_000 + MARGIN_MS), free: 0, turns: new Map() };
      this.queues.set(target, queue);
    }
    queue.free = Math.max(queue.free, now + afterMs + MARGIN_MS);
    return this.placeIn(queue, key, now);
  }

  private placeIn(queue: Queue, key: string, now: number): number | undefined {
    const at = Math.max(queue.free, now);
    queue.free = at + queue.stepMs;
    if (at <= now) return undefined;
    queue.turns.set(key, at);
    return at - now;
  }
}

const clamp = (ms: number, most: number): number => Math.min(Math.max(ms, SHORTEST_STEP_MS), most, LONGEST_STEP_MS);
