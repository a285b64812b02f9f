/**
 * `npm run bench:latency`: signal → webhook received, worker idle, against a bare workflow whose signal handler starts one
 * activity that POSTs. Same server, same worker process, interleaved samples; only the ratio counts. With `--rota` the company is a
 * big house: 50 teams, 500 people, twelve-hour turns for 20 years.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { signals } from '../workflows/messages';
import { bigRota } from './big-rota';
import { setStage } from './stage';

const [samples = '60', idle = '250'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const IS_BIG = process.argv.includes('--rota');
const SAMPLES = Number(samples);
const WARM_UP = 10;
/** Idle between two samples, so that none waits behind the tail of the one before. */
const IDLE_MS = Number(idle);

/** A phone that tells when its next call comes in. */
async function phone(): Promise<{ url: string; next: () => Promise<number>; close: () => void }> {
  let called: (at: number) => void = () => undefined;
  const server = createServer((request, response) => {
    const at = performance.now();
    request.resume().on('end', () => {
      response.writeHead(200).end();
      called(at);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    next: () => new Promise((resolve) => (called = resolve)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

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
    const sentAt = performance.now();
    await ourCase.signal<[unknown]>(signals.changeSeverity.name, { severity: 1, by: 'maria', role: 'CUSTOMER' });
    const took = (await here) - sentAt;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const bareOpened = bare.next();
    const bareCase = await stage.openBare(sample + WARM_UP);
    await bareOpened;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const there = bare.next();
    const bareSentAt = performance.now();
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
  ours.close();
  bare.close();
}

void main();
