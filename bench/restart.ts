/**
 * `npm run bench:restart -- 100 150 0`: cases that nobody answers, a worker that is killed, 15 s of standstill, a worker that starts. How
 * long until it is ready, until a new case of severity 1 has its page, until each old case has answered, and how many workflow tasks ran
 * out of time. So many cases, so many commands to each before, and so many idle cases besides. With `--deploy` the worker is asked to
 * end, and what starts at once is of a version that could not replay the old cases.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TocsinClient } from '../client';
import { startLocalServer } from '../worker/temporal-server/local-server';
import { freePort } from '../worker/temporal-server/ports';
import { PACKAGE_ROOT } from '../worker/package-root';
import { A_TIMER_AT_THE_START, ALERTS_HALF_AS_OFTEN, anotherVersion } from '../test/support/another-version';

const IS_DEPLOY = process.argv.includes('--deploy');
const [cases = 100, commands = 150, idle = 0] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'))
  .map(Number);
const GOAL_OF_OLD_CASES = IS_DEPLOY ? '5 s' : '15 s';
const { TimeoutType } = temporal.api.enums.v1;
const DOWN_MS = 15_000;
const NEW_EVERY_MS = 1_000;
const WATCHED_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const arrived = new Map<string, number>();
const phone = createServer((request, response) => {
  let body = '';
  request.on('data', (data: Buffer) => (body += data.toString()));
  request.on('end', () => {
    const { data } = JSON.parse(body) as { data: { caseNumber: string } };
    if (!arrived.has(data.caseNumber)) arrived.set(data.caseNumber, Date.now());
    response.writeHead(200).end();
  });
});

async function main(): Promise<void> {
  await once(phone.listen(0, '127.0.0.1'), 'listening');
  const { port } = phone.address() as { port: number };
  const person = (id: string, manager?: string) => ({
    id,
    name: id,
    ...(manager !== undefined && { manager }),
    channels: [{ kind: 'webhook', url: `http://127.0.0.1:${port}/` }],
  });
  const people = [person('lee', 'ana'), person('ana', 'ben'), person('ben')];
  writeFileSync(join(folder, 'directory.yaml'), JSON.stringify({ people, dutyManagers: ['ben'] }));
  writeFileSync(
    join(folder, 'policy.yaml'),
    JSON.stringify({ hotline: '+1 555 0100', severities: { 1: { engineerAck: '20s', managerAck: '20s' } } }),
  );
  const server = await startLocalServer({ dbFile: join(folder, 'cases.db') });
  const connection = await Connection.connect({ address: server.address });
  const tocsin = new TocsinClient(new Client({ connection }), { deadlineMs: 120_000 });

  let worker = await startWorker(server.address);
  const numbers = Array.from({ length: cases }, (_, nth) => `C${1_000_000 + nth}`);
  await each(numbers, 8, (number) => open(tocsin, number, 2));
  await each(
    Array.from({ length: idle }, (_, nth) => `C${2_000_000 + nth}`),
    8,
    (number) => open(tocsin, number, 3, 'lee'),
  );
  for (let nth = 0; nth < commands; nth += 1)
    await each(numbers, 8, (number) => tocsin.signal(number, 'updateContacts', newNumber(nth)));
  await each(numbers, 8, (number) => tocsin.getCase(number));
  const lengths = await Promise.all(
    numbers.map(async (number) => (await tocsin.temporal.workflow.getHandle(number).describe()).historyLength),
  );
  console.log(
    `${cases} cases with ${Math.min(...lengths)}-${Math.max(...lengths)} events in their run, ${idle} idle ones besides`,
  );

  const root = IS_DEPLOY
    ? anotherVersion(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), [...A_TIMER_AT_THE_START, ...ALERTS_HALF_AS_OFTEN])
    : PACKAGE_ROOT;
  worker.child.kill(IS_DEPLOY ? 'SIGTERM' : 'SIGKILL');
  await once(worker.child, 'close');
  if (!IS_DEPLOY) await delay(DOWN_MS);
  const started = Date.now();
  const runs = await Promise.all(
    numbers.map(async (number) => (await tocsin.temporal.workflow.getHandle(number).describe()).runId),
  );
  worker = await startWorker(server.address, root);
  const ready = Date.now();
  const answered: number[] = [];
  const asking = numbers.map(async (number) => {
    await tocsin.update(number, 'updateContacts', newNumber(commands));
    answered.push(Date.now() - ready);
  });
  const paged: number[] = [];
  const opening: Promise<unknown>[] = [];
  for (let nth = 0; Date.now() - ready < 20_000; nth += 1) {
    const number = `C${3_000_000 + nth}`;
    const at = Date.now();
    opening.push(
      open(tocsin, number, 1).then(async () => {
        while (!arrived.has(number) && Date.now() - at < WATCHED_MS) await delay(20);
        paged.push((arrived.get(number) ?? Infinity) - at);
      }),
    );
    await delay(NEW_EVERY_MS);
  }
  await Promise.all([...asking, ...opening]);
  let late = 0;
  for (const [index, number] of numbers.entries())
    for (const runId of new Set([
      runs[index] ?? '',
      (await tocsin.temporal.workflow.getHandle(number).describe()).runId,
    ])) {
      const { events } = await tocsin.temporal.workflow.getHandle(number, runId).fetchHistory();
      late += (events ?? []).filter(
        ({ workflowTaskTimedOutEventAttributes: out, eventTime }) =>
          out?.timeoutType === TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE && Number(eventTime?.seconds) * 1_000 > ready,
      ).length;
    }
  const s = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  console.log(`  ready ${s(ready - started)} after the start`);
  const most = s(Math.max(...paged));
  console.log(
    `  a new case of severity 1 has its page: median ${s(median(paged))}, at most ${most} (goal: 5 s; ${paged.length} opened)`,
  );
  console.log(
    `  an old case answers: median ${s(median(answered))}, at most ${s(Math.max(...answered))} (goal: ${GOAL_OF_OLD_CASES})`,
  );
  console.log(`  workflow tasks that ran out of time: ${late} (goal: 0)`);

  worker.child.kill('SIGTERM');
  await once(worker.child, 'close');
  await connection.close();
  await server.stop();
  phone.closeAllConnections();
  phone.close();
  rmSync(folder, { recursive: true });
  if (IS_DEPLOY) rmSync(root, { recursive: true });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function each<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

const pat = { name: 'pat', reach: 'PAGER', english: true, knowsSoftware: true, knowsEnvironment: true } as const;
const numbered = (nth: number) => ({ ...pat, number: `+1 555 ${1_000 + nth}` });

/** Anybody may give it, it answers nothing, and each is taken: nobody has the case all the same. */
const newNumber = (nth: number) => ({
  by: 'desk',
  role: 'SERVICE' as const,
  replace: [{ name: pat.name, with: numbered(nth) }],
});

const open = (tocsin: TocsinClient, caseNumber: string, severity: 1 | 2 | 3, by = 'maria'): Promise<unknown> =>
  tocsin.open({
    caseNumber,
    title: 'MES down',
    severity,
    environment: 'PRODUCTION',
    engineer: 'lee',
    contacts: [numbered(0)],
    by,
    role: by === 'lee' ? 'ENGINEER' : 'CUSTOMER',
    customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true },
  });

async function startWorker(address: string, root = PACKAGE_ROOT): Promise<{ child: ChildProcess }> {
  const http = await freePort();
  const child = spawn(process.execPath, [join(root, 'client', 'tocsin.js'), 'worker'], {
    cwd: folder,
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: address,
      TOCSIN_CONFIG: folder,
      TOCSIN_HTTP_PORT: `${http}`,
      TOCSIN_LOG_LEVEL: 'error',
      TOCSIN_PROMOTE: 'true',
    },
    stdio: 'inherit',
  });
  running.add(child);
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${http}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await delay(50);
  return { child };
}

// Whatever goes wrong, no worker is left behind.
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
void main().then(() => process.exit());
