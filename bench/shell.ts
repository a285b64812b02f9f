/**
 * How long does `tocsin case show` take, from the built package against a real server? `npm run build` first. Prints the fastest
 * and the median of some runs in milliseconds, and beside it what an empty Node takes on this machine: the rest is ours.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TocsinClient } from '../client';
import { serveCases } from '../test/support/served-cases';

const RUNS = 15;
const CASE = 'C1000001';

interface Times {
  readonly best: number;
  readonly median: number;
}

/** Not awaited in a blocking way: the worker that answers lives in this process. */
const run = promisify(execFile);

async function timed(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Times> {
  const times: number[] = [];
  for (let nth = 0; nth < RUNS; nth++) {
    const before = performance.now();
    await run(process.execPath, words, { env });
    times.push(Math.round(performance.now() - before));
  }
  times.sort((a, b) => a - b);
  return { best: times[0] ?? NaN, median: times[RUNS >> 1] ?? NaN };
}

async function main(): Promise<void> {
  if (!existsSync('dist/tocsin.js')) throw new Error('There is no dist/tocsin.js: npm run build makes it.');
  const cases = await serveCases();
  const client = await TocsinClient.connect({ address: cases.address });
  await client.open({
    by: 'crm',
    role: 'SERVICE',
    channel: 'API',
    caseNumber: CASE,
    title: 'Everything is slow',
    severity: 1,
    customer: { number: '100200', name: 'Acme', activeSupport: true, enterprise: true },
    environment: 'PRODUCTION',
    engineer: 'eng-lee',
  });
  const door = resolve('client/tocsin.js');
  const built = {
    ...process.env,
    NODE_ENV: 'production',
    XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'tocsin-bench-')),
  };
  const rows: Record<string, Times> = { 'node -e 0': await timed(['-e', '0'], built) };
  for (const words of [['--version'], ['case', 'show', CASE], ['who', CASE], ['case', 'list'], ['policy', 'check']]) {
    const typed = [door, ...words, ...(words.length > 1 ? ['--address', cases.address] : [])];
    // The first run compiles and keeps what it compiled.
    await run(process.execPath, typed, { env: built });
    rows[`tocsin ${words.join(' ')}`] = await timed(typed, built);
  }
  console.table(rows);
  await client.close();
  await cases.close();
}

void main();
