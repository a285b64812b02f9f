/**
 * `npm run bench:latency`: signal → webhook received, worker idle, against a bare workflow whose signal handler starts one
 * activity that POSTs. Same server, same worker process, interleaved samples; only the ratio counts. With `--rota` the company is a
 * big house: 50 teams, 500 people, twelve-hour turns for 20 years.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { signals } from '../workflows/messages';
import { bigRota } from './big-rota';
import { setStage } from './stage';

const [samples = '60', idle = '250'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const IS_BIG = process.argv.includes('--rota');
const SAMPLES = Number(samples);
const WARM_UP = 10;
/** Idle between two samples, so that none waits behind the tail of the one before. */
const IDLE_MS = Number(idle);

type Heard = { readonly port: number } | { readonly at: number };

/** A phone that tells when its next call comes in. */
async function phone(): Promise<{ url: string; next: () => Promise<number>; close: () => Promise<unknown> }> {
  const thread = new Worker(join(__dirname, 'phone.cjs'));
  let called: (at: number) => void = () => undefined;
  const port = await new Promise<number>((resolve) => {
    thread.on('message', (heard: Heard) => {
      if ('port' in heard) resolve(heard.port);
      else called(heard.at);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    next: () => new Promise((resolve) => (called = resolve)),
    close: () => thread.terminate(),
  };
}

const now = (): number => performance.timeOrigin + performance.now();

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * q)] ?? NaN;

async function main(): Promise<void> {
  const ours = await phone();
  const bare = await phone();
  const post = async (): Promise<void> => {
    await (await fetch(bare.url, { method: 'POST', body: '{}' })).arrayBuffer();
  };
  const stage = await setStage({ kind: 'webhook', url: ours.url }, post, IS_BIG ? bigRota('lee') : {});

  const times = { tocsin: [] as number[], bare: [] as number[] };
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    const firstPage = ours.next();
    const ourCase = await stage.openCase(sample + WARM_UP);
    await firstPage;
    // Idle between two samples, so that none waits behind the tail of the one before.
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const here = ours.next();
    const sentAt = now();
    await ourCase.signal<[unknown]>(signals.changeSeverity.name, { severity: 1, by: 'maria', role: 'CUSTOMER' });
    const took = (await here) - sentAt;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const bareOpened = bare.next();
    const bareCase = await stage.openBare(sample + WARM_UP);
    await bareOpened;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const there = bare.next();
    const bareSentAt = now();
    await bareCase.signal('ring');
    const bareTook = (await there) - bareSentAt;
    if (sample >= 0) {
      times.tocsin.push(took);
      times.bare.push(bareTook);
    }
  }

  const medians = { tocsin: quantile(times.tocsin, 0.5), bare: quantile(times.bare, 0.5) };
  console.log(`signal → webhook received, ${SAMPLES} interleaved samples, worker idle${IS_BIG ? ', 50 teams' : ''}`);
  for (const name of ['tocsin', 'bare'] as const) {
    console.log(
      `  ${name.padEnd(7)} median ${medians[name].toFixed(1)} ms, p90 ${quantile(times[name], 0.9).toFixed(1)} ms`,
    );
  }
  console.log(`  ratio of medians ${(medians.tocsin / medians.bare).toFixed(2)} (goal: at most 1.15)`);

  await stage.end();
  await Promise.all([ours.close(), bare.close()]);
}

void main();
