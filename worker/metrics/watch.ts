/** What the watch of this worker sees; nothing while another one watches. */
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Look } from '../watch/look';

/** A canary takes some tens of milliseconds; what takes seconds keeps pages waiting as long. */
const BUCKETS = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function watchMetrics(registry: Registry): (look: Look) => void {
  const registers = [registry];
  const wrong = new Gauge({
    name: 'tocsin_watch_wrong',
    help: '1 while the watch finds this wrong, 0 while it is well; absent where it is not known or another one watches',
    labelNames: ['check'],
    registers,
  });
  const canary = new Histogram({
    name: 'tocsin_canary_seconds',
    help: 'From the start of a canary to its return: a signal, a task and an activity on the queue of the cases',
    buckets: BUCKETS,
    registers,
  });
  return ({ findings, walk }) => {
    wrong.reset();
    for (const { check, is } of findings) if (is !== 'UNKNOWN') wrong.set({ check }, is === 'WRONG' ? 1 : 0);
    if (walk) canary.observe(walk.tookMs / 1_000);
  };
}
