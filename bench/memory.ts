/**
 * `npm run bench:memory`: what a case costs that a worker keeps in its cache, against a bare workflow. Same server, same
 * process, one after the other, as the growth of the heap after its garbage is collected.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Worker } from '@temporalio/worker';
import { setStage } from './stage';

const CASES = Number(process.argv[2] ?? 800);
/** The first ones pay for the sandbox, the connections and the code itself. */
const WARM_UP = 200;
const AT_ONCE = 10;
const SETTLED_MS = 3_000;
// The sandbox runs in this thread then, and its heap can be measured.
process.env['TEMPORAL_DEBUG'] = '1';
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function main(): Promise<void> {
  const stage = await setStage({ kind: 'console' }, () => Promise.resolve());

  /** Bytes a workflow, once `worker` has all of them in its cache and has rested. */
  async function growth(worker: Worker, open: (index: number) => Promise<unknown>): Promise<number> {
    let before = 0;
    for (let index = 0; index < WARM_UP + CASES; index += AT_ONCE) {
      if (index === WARM_UP) before = await settled(worker, index);
      await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => open(index + offset)));
    }
    return ((await settled(worker, WARM_UP + CASES)) - before) / CASES;
  }

  const bare = await growth(stage.bare, stage.openBare);
  const tocsin = await growth(stage.cases, stage.openCase);
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(`heap for each workflow in the cache, ${CASES} of them`);
  console.log(`  tocsin ${kB(tocsin)}, bare ${kB(bare)}, ratio ${(tocsin / bare).toFixed(2)}`);

  await stage.end();
}

async function settled(worker: Worker, cached: number): Promise<number> {
  while (worker.getStatus().numCachedWorkflows < cached) await delay(100);
  await delay(SETTLED_MS);
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

void main();
