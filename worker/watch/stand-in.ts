/** The worker's own watch, for as long as no other one watches: better than none, though it is gone when the worker is. */
import type { Target } from '../connect';
import { watch, type WatchOptions } from './watch';
import { connectToWatch, watchedBy } from './watched';

export interface StandIn extends Omit<WatchOptions, 'watched' | 'connect' | 'stopped'> {
  readonly target: Target;
  readonly taskQueue: string;
}

/** Begins now; the answer ends it. */
export function standIn({ target, taskQueue, ...options }: StandIn): () => Promise<void> {
  const stopping = new AbortController();
  const watched = watchedBy('WORKER', { target, taskQueue, everyMs: options.everyMs });
  const watching = watch({ ...options, watched, connect: connectToWatch, stopped: stopping.signal }).catch(
    (error: unknown) => options.log.error(`The watch of this worker has failed: ${String(error)}`),
  );
  return () => {
    stopping.abort();
    return watching;
  };
}
