/**
 * `npm run bench:gateway [requests a second] [seconds]`: load on the gateway from outside, on one case and on 200 cases. What
 * counts: nothing that was accepted is lost, and whatever is refused is 429 or 503 with `Retry-After`: it ends with 1 when one of
 * them does not hold. How fast pages of other cases go out meanwhile is told, because it is the machine's as much as ours.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { newKey } from '../gateway/auth/api-key';
import { writeKeys } from '../gateway/auth/keys-file';
import { freePort } from '../worker/temporal-server/ports';
import { signals } from '../workflows/messages';
import { median, type Tally } from './load';
import { setStage, type Stage } from './stage';

const RATE = Number(process.argv[2] ?? 200);
const SECONDS = Number(process.argv[3] ?? 30);
const CASES = 200;
const PROBE_EVERY_MS = 500;
/** Signal → page while the gateway is loaded, to the same while it is idle. */
const MOST_RATIO = 1.3;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A telephone that tells when it rings for a case. */
async function phone() {
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(200).end();
      const { subject } = JSON.parse(body) as { subject: string };
      waiting.get(subject)?.();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`,
    next: (caseNumber: string) => new Promise<void>((resolve) => waiting.set(caseNumber, resolve)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The gateway as production has it: a process of its own. */
async function gateway(address: string, folder: string) {
  const { text, record } = newKey({ name: 'bench', role: 'ENGINEER', person: 'lee' }, Date.now());
  const keys = join(folder, 'keys.yaml');
  writeKeys(keys, [record]);
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, '..', 'client', 'tocsin.js'), 'gateway'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: address,
      TOCSIN_KEYS: keys,
      TOCSIN_HTTP_PORT: `${port}`,
      TOCSIN_HTTP_RATE: '1000000',
      TOCSIN_LOG_LEVEL: 'error',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    await wait(100);
  }
  return {
    url,
    key: text,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

/** The load comes from a process of its own; `begun` is called once it is there: starting one takes a core for a second. */
async function load(url: string, key: string, cases: readonly string[], begun: () => void): Promise<Tally> {
  const child = spawn(
    process.execPath,
    ['-r', 'ts-node/register', join(__dirname, 'load.ts'), url, key, `${RATE}`, `${SECONDS}`, ...cases],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '') begun();
    said += chunk.toString();
  });
  await once(child, 'close');
  return JSON.parse(said.slice(said.indexOf('\n'))) as Tally;
}

/** What was accepted and is in no history of its case. */
async function lost(stage: Stage, { accepted }: Tally): Promise<number> {
  let missing = 0;
  for (const [caseNumber, ids] of Object.entries(accepted)) {
    const recorded = await stage.requestIdsOf(caseNumber);
    for (const id of ids) if (!recorded.has(id)) missing += 1;
  }
  return missing;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const rings = await phone();
  const stage = await setStage({ kind: 'webhook', url: rings.url }, () => Promise.resolve());
  const door = await gateway(stage.address, folder);
  let next = 0;
  const open = async (): Promise<string> => {
    const handle = await stage.openCase(next++);
    return handle.workflowId;
  };
  /** Signal → page of cases that nobody sends anything else to, until it is told to stop. */
  const probe = async (isOver: () => boolean): Promise<number> => {
    const times: number[] = [];
    while (!isOver()) {
      const caseNumber = `C${1_000_000 + next}`;
      const first = rings.next(caseNumber);
      const handle = await stage.openCase(next++);
      await first;
      await wait(PROBE_EVERY_MS);
      const page = rings.next(caseNumber);
      const from = performance.now();
      await handle.signal<[unknown]>(signals.changeSeverity.name, { severity: 1, by: 'maria', role: 'CUSTOMER' });
      await page;
      times.push(performance.now() - from);
    }
    return median(times);
  };

  const until = Date.now() + 15_000;
  const idle = await probe(() => Date.now() > until);
  console.log(`idle: signal → page median ${idle.toFixed(0)} ms`);
  let isBad = false;
  for (const count of [1, CASES]) {
    const cases: string[] = [];
    for (let n = 0; n < count; n++) cases.push(await open());
    await wait(2_000);
    let isOver = false;
    let probing: Promise<number> | undefined;
    const tally = await load(door.url, door.key, cases, () => {
      probing = probe(() => isOver);
    });
    isOver = true;
    const loaded = (await probing) ?? NaN;
    const missing = await lost(stage, tally);
    const others = Object.keys(tally.statuses).filter((status) => !['200', '429', '503'].includes(status));
    const statuses = Object.entries(tally.statuses)
      .map(([status, times]) => `${status}: ${times}`)
      .join(', ');
    console.log(`${count} case${count === 1 ? '' : 's'}, ${RATE}/s for ${SECONDS} s: ${statuses}`);
    const [done, all] = [tally.doneIn, tally.answeredIn].map((ms) => ms.toFixed(0));
    console.log(`  done in ${done} ms, answered in ${all} ms (medians); accepted and lost: ${missing}`);
    console.log(
      `  meanwhile signal → page median ${loaded.toFixed(0)} ms, ${(loaded / idle).toFixed(2)} of idle (goal: at most ${MOST_RATIO})`,
    );
    isBad ||= missing > 0 || others.length > 0 || tally.withoutRetryAfter > 0;
  }
  await door.stop();
  await stage.end();
  rings.close();
  rmSync(folder, { recursive: true });
  process.exitCode = isBad ? 1 : 0;
}

void main();
