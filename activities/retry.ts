/**
 * B2: when a provider is tried again, and when somebody else is asked instead. The waiting is Temporal's, so that it
 * survives this worker; only the decision is made here.
 */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const SHORTEST_RETRY_MS = 50;
/** A provider gets this many tries before its time can be over: one slow answer must not use it all up. */
const LEAST_TRIES = 3;

export interface Tries {
  /** The number of the try that failed just now. */
  readonly attempt: number;
  /** When the first one began: not when it was scheduled, for an outage of ours is not the provider's fault. */
  readonly firstTryAt: number;
  readonly now: number;
  readonly retryForMs: number;
  /** When Temporal would give up, and the result be lost. */
  readonly closesAt: number;
  readonly maximumAttempts?: number;
}

export interface Wanted {
  /** Not before, says the provider. */
  readonly afterMs?: number | undefined;
  /**
   * From 0 to 1, by chance: tries that failed in one instant must not all come back in one (full jitter). 0 where the time is
   * this page's own already.
   */
  readonly spread?: number;
}

/** How long to wait before the next try, or nothing when the page should move on. */
export function nextTryAfter(
  { attempt, firstTryAt, now, retryForMs, closesAt, maximumAttempts }: Tries,
  { afterMs = 0, spread = 1 }: Wanted = {},
): number | undefined {
  const left = firstTryAt + retryForMs - now;
  // Waiting for a provider that says itself that it will be too long helps nobody.
  if (afterMs > left && afterMs > 0) return undefined;
  const longest = Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);
  const delay =
    afterMs > 0
      ? Math.max(afterMs, Math.min(afterMs + spread * longest, left))
      : Math.max(SHORTEST_RETRY_MS, spread * longest);
  const at = now + delay;
  if (at >= closesAt) return undefined;
  if (maximumAttempts !== undefined && maximumAttempts > 0 && attempt >= maximumAttempts) return undefined;
  // Chance says when the next try is, and not whether there is one.
  const isOver = now + Math.max(longest, afterMs) > firstTryAt + retryForMs;
  return attempt >= LEAST_TRIES && isOver ? undefined : Math.round(delay);
}
