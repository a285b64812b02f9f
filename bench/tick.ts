/**
 * What a case takes that is as large as it may be: bytes carried from run to run, and the milliseconds in which a worker looks at
 * its clock once, in one thread. `npm run bench:tick -- 10000 1`: so many commands, and the seed.
 */
import { performance } from 'node:perf_hooks';
import { decide } from '../workflows/core/decide';
import { carried, lifeOf } from '../test/support/longest';

const [commands = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const MOST_CARRIED = 256_000;
const MOST_MS = 50;

const ticks: number[] = [];
let last = 0;
const { most, where } = lifeOf(seed, commands, (life) => {
  // Only a case that is near the bounds says anything about them.
  if (carried(life) < last) return;
  last = Math.max(last, carried(life) * 0.8);
  const { state, now } = life.simulation;
  const from = performance.now();
  decide(state, { type: 'tick' }, now);
  ticks.push(performance.now() - from);
});
ticks.sort((a, b) => a - b);
const at = (part: number): string => (ticks[Math.floor(part * (ticks.length - 1))] ?? 0).toFixed(1);
console.log(`${commands} of the longest commands, seed ${seed}`);
console.log(`carried at most ${(most / 1000).toFixed(0)} kB of ${MOST_CARRIED / 1000} (${where})`);
console.log(
  `a tick near the bounds: median ${at(0.5)} ms, longest ${at(1)} ms of ${MOST_MS} (${ticks.length} looked at)`,
);
if (most > MOST_CARRIED) process.exitCode = 1;
