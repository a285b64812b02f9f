/** `tocsin up` and `tocsin worker` as processes: they get ready, stop in order, and every failure is one sentence. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { findServerBinary } from '../../worker/temporal-server/binary';
import { startLocalServer } from '../../worker/temporal-server/local-server';
import { freePort, isFree } from '../../worker/temporal-server/ports';
import { queries, updates, type CaseOpening } from '../../workflows/messages';
import { keepBundleIn } from '../support/bundle';
import { ended, ports, startCommand, type Run } from '../support/command';

let folder: string;
const running: ChildProcess[] = [];

beforeAll(() => findServerBinary('temporal'), 300_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-run-'));
  await keepBundleIn(folder);
});
afterEach(async () => {
  for (const child of running.splice(0)) await ended(child, 'SIGTERM');
  rmSync(folder, { recursive: true });
});

/** In the folder of this test, and ended with it. */
function tocsin(command: string, env: Record<string, string>): Run {
  const run = startCommand(folder, command, env);
  running.push(run.child);
  return run;
}

const OPENING: CaseOpening = {
  caseNumber: 'C1000001',
  title: 'Vault',
  severity: 2,
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  environment: 'PRODUCTION',
  engineer: 'eng-lee',
  by: 'maria',
  role: 'CUSTOMER',
  channel: 'CASE_TRACKER',
};

test('up needs no configuration, pages somebody, stops in order, and finds its cases again', async () => {
  const { temporal, env, ready } = await ports();
  const first = tocsin('up', env);
  await first.says('Tocsin is up.');
  expect(first.out()).toContain(`http://127.0.0.1:${env['TOCSIN_UI_PORT']}`);
  expect(first.out()).toContain(ready);
  expect(first.out()).toContain(`TEMPORAL_ADDRESS=127.0.0.1:${temporal} npx tocsin case open --file`);
  const uiUrl = `http://127.0.0.1:${env['TOCSIN_UI_PORT']}`;
  expect(first.out()).toContain(`  other views  TOCSIN_UI_URL=${uiUrl} npx tocsin desk\n`);
  expect(first.out()).toContain('the shipped example');
  expect((await fetch(ready)).status).toBe(200);
  const metrics = await (await fetch(ready.replace('readyz', 'metrics'))).text();
  for (const name of ['tocsin_readiness_problems', 'process_cpu_seconds_total', 'temporal_worker_task_slots_available'])
    expect(metrics).toContain(`# TYPE ${name} `);

  const connection = await Connection.connect({ address: `127.0.0.1:${temporal}` });
  await new Client({ connection }).workflow.start('supportCase', {
    taskQueue: 'tocsin',
    workflowId: OPENING.caseNumber,
    args: [OPENING],
  });
  await first.says('PAGE C1000001-1 → Lee Min (eng-lee)');
  await connection.close();
  expect(await ended(first.child, 'SIGINT')).toBe(0);
  expect(first.err()).toBe('');
  // The server was ours, so it is gone too.
  expect(await isFree(temporal)).toBe(true);

  const second = tocsin('up', env);
  await second.says('Tocsin is up.');
  const again = await Connection.connect({ address: `127.0.0.1:${temporal}` });
  const found = new Client({ connection: again }).workflow.getHandle(OPENING.caseNumber);
  expect(await found.query(queries.getCase)).toMatchObject({ caseNumber: 'C1000001', status: 'OPEN' });
  await found.executeUpdate(updates.acknowledge, { args: [{ by: 'eng-lee', role: 'ENGINEER', pageId: 'C1000001-1' }] });
  await again.close();
  expect(await ended(second.child, 'SIGTERM')).toBe(0);
});

test('a server of ours that dies ends all, with a sentence', async () => {
  const { env } = await ports();
  const run = tocsin('up', env);
  await run.says('Tocsin is up.');
  const server = spawn('pkill', ['-KILL', '-P', `${run.child.pid}`]);
  await once(server, 'close');
  expect(await ended(run.child)).toBe(3);
  expect(run.err()).toBe(
    'The Temporal server ended (SIGKILL).\nIts cases are in .tocsin/tocsin.db: start again and they go on.\n',
  );
});

test('a broken configuration: every mistake, and exit code 2', async () => {
  writeFileSync(join(folder, 'directory.yaml'), 'people: [{ id: lee, name: Lee }]\ndutyManagers: [boss]\n');
  writeFileSync(join(folder, 'policy.yaml'), 'warnAt: [50]\n');
  const run = tocsin('up', { TOCSIN_CONFIG: folder, ...(await ports()).env });
  expect(await ended(run.child)).toBe(2);
  expect(run.err()).toBe(
    'The configuration is broken:\ndirectory.yaml:2 dutyManagers[0]: no such person "boss"\n' +
      'policy.yaml:1 hotline: must be the telephone number of the hotline, in quotes: it is how E-Down is best declared (R36)\n',
  );
});

test('the first start says that it fetches the server; stopped while it does, it ends and leaves nothing', async () => {
  const python = join(folder, 'python3');
  writeFileSync(python, `#!/bin/sh\nexec ${process.execPath} -e 'setInterval(() => 0, 1e6)'\n`, { mode: 0o755 });
  const cache = join(folder, 'cache');
  const run = tocsin('demo', {
    ...(await ports()).env,
    PATH: `${folder}:/bin`,
    TOCSIN_TEMPORAL_CLI: '',
    TOCSIN_CACHE: cache,
  });
  await run.says('Fetching temporal, once …');
  expect(await ended(run.child, 'SIGTERM')).toBe(0);
  expect(readdirSync(cache)).toEqual([]);
});

test('mistakes of the environment and of the files are told together', async () => {
  writeFileSync(join(folder, 'policy.yaml'), 'version: "1"\n');
  const run = tocsin('up', { TOCSIN_CONFIG: '.', TOCSIN_HTTP_PORT: 'eighty', TOCSIN_UI_PORT: '99999' });
  expect(await ended(run.child)).toBe(2);
  for (const place of [
    'environment:1 TOCSIN_HTTP_PORT',
    'environment:1 TOCSIN_UI_PORT',
    'directory.yaml:1',
    'policy.yaml:1 hotline',
  ])
    expect(run.err()).toContain(place);
});

async function withTaken(port: string | undefined, then: () => Promise<void>): Promise<void> {
  const other = createServer().listen(Number(port), '127.0.0.1');
  await once(other, 'listening');
  try {
    await then();
  } finally {
    other.close();
  }
}

test.each([
  ['TOCSIN_HTTP_PORT', ' on 127.0.0.1', ''],
  ['TOCSIN_TEMPORAL_PORT', '', ', or TEMPORAL_ADDRESS to the Temporal server that runs there'],
  ['TOCSIN_UI_PORT', '', ''],
])('a port in use (%s): one sentence, exit code 2, and nothing stays behind', async (variable, where, wayOut) => {
  const { env } = await ports();
  await withTaken(env[variable], async () => {
    const run = tocsin('up', env);
    expect(await ended(run.child)).toBe(2);
    expect(run.err()).toBe(`Port ${env[variable]}${where} is in use: set ${variable} to another one${wayOut}.\n`);
  });
  for (const port of Object.values(env)) expect(await isFree(Number(port))).toBe(true);
});

test('the demo goes on beside whoever has the port of health, finds its case again, and shows no page of an earlier one', async () => {
  const { TOCSIN_HTTP_PORT: _, ...env } = (await ports()).env;
  // Where somebody has it already that is as good.
  const taken = createServer()
    .on('error', () => undefined)
    .listen(8080, '127.0.0.1');
  try {
    const first = tocsin('demo', { ...env, TOCSIN_UI_URL: 'https://ui.example.com/' });
    await first.says('PAGE C7000001-1');
    expect(first.out()).toContain('live: https://ui.example.com/namespaces/default/workflows/C7000001\n');
    expect({ exit: await ended(first.child, 'SIGINT'), err: first.err() }).toEqual({ exit: 0, err: '' });
    const second = tocsin('demo', env);
    await second.says('changeSeverity by maria');
    expect(second.out()).toContain('Found again: C7000001, OPEN, severity 2, ');
    await second.says('PAGE C7000002-1');
    expect(second.out()).not.toContain('PAGE C7000001');
    expect({ exit: await ended(second.child, 'SIGINT'), err: second.err() }).toEqual({ exit: 0, err: '' });
  } finally {
    taken.close();
  }
});

/** As a browser does it: the newest mail to somebody, the link in it, the button. */
async function clickFor(box: string, to: string): Promise<string> {
  const list = await (await fetch(box)).text();
  const [, mail] = new RegExp(`href="(/mail/\\d+)"><time>[^<]+</time> <span>${to}<`).exec(list) ?? [];
  const shown = await (await fetch(`${box}${mail ?? ''}/html`)).text();
  const [, link = ''] = /href="([^"]+\/p\/[^"]+)"/.exec(shown) ?? [];
  const form = { method: 'POST', body: new URLSearchParams({ answer: 'have' }), headers: { accept: 'text/html' } };
  return await (await fetch(link, form)).text();
}

test('README: everybody’s mail is in a browser, and the demo goes on with whoever is answered for there', async () => {
  const run = tocsin('demo', (await ports()).env);
  await run.says('PAGE C7000001-3 → mgr-ana: [SEV 1 M1 · escalated to you (M1)]');
  const [, box = ''] = /mail box: (http:\/\/127\.0\.0\.1:\d+)/.exec(run.out()) ?? [];
  expect(await clickFor(box, 'mgr-ana@acme.example')).toContain('You have had it since');
  await run.says('confirmStaffing by mgr-ana → severity 1, M1');
  // The answer came by the link: nobody gave it for her, and nobody else was asked.
  expect(run.out()).not.toMatch(/acknowledge by mgr|→ mgr-ben/);
  expect(await ended(run.child, 'SIGINT')).toBe(0);
  await expect(fetch(box)).rejects.toThrow();
}, 120_000);

test('README: the demo plays a whole case to its end, at whatever hour it is', async () => {
  const run = tocsin('demo', (await ports()).env);
  await run.says('That was a whole case: ');
  const did = run.out().match(/[a-zA-Z]+ by [a-z-]+ → (refused, [A-Z_]+|severity \d, \w+)/g) ?? [];
  // One answer only is a refusal: the engineer's word that the system runs.
  expect(did.filter((line) => line.includes('refused'))).toEqual([
    expect.stringContaining('refused, CUSTOMER_CONFIRMATION_REQUIRED') as string,
  ]);
  expect(did.at(-1)).toMatch(/^closeCase by eng-\w+ → severity 2, NORMAL$/);
  expect(await ended(run.child, 'SIGINT')).toBe(0);
}, 180_000);

test('told to stop while its server cannot be reached, it does not try to the end', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    const { port } = silent.address() as AddressInfo;
    const run = tocsin('worker', { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TOCSIN_HTTP_PORT: '0' });
    await Promise.all([once(silent, 'connection'), run.says('the shipped example')]);
    const from = Date.now();
    expect(await ended(run.child, 'SIGTERM')).toBe(0);
    expect(Date.now() - from).toBeLessThan(5_000);
    expect(run.err()).toBe('');
  } finally {
    silent.close();
  }
});

test.each([
  [
    'a port that is none',
    { TOCSIN_HTTP_PORT: 'eighty' },
    2,
    'environment:1 TOCSIN_HTTP_PORT: must be a port from 0 to 65535, not "eighty"',
  ],
  [
    'no server at all',
    {},
    3,
    'No Temporal server is configured: set TEMPORAL_ADDRESS, or use `tocsin up`, which brings its own.',
  ],
])('worker with %s ends with a sentence', async (_case, env, code, sentence) => {
  const run = tocsin('worker', { TOCSIN_HTTP_PORT: '0', ...env });
  expect(await ended(run.child)).toBe(code);
  expect(run.err()).toContain(sentence);
});

test('a worker that has started says whose cases it takes', async () => {
  const server = await startLocalServer();
  try {
    const run = tocsin('worker', { TEMPORAL_ADDRESS: server.address, TOCSIN_HTTP_PORT: '0' });
    await run.says(`takes the cases of ${server.address}, namespace default; ready: http://127.0.0.1:`);
    expect(await ended(run.child, 'SIGTERM')).toBe(0);
  } finally {
    await server.stop();
  }
});

test('worker with a server that cannot be reached says so and ends: exit code 3', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const run = tocsin('worker', { TEMPORAL_ADDRESS: address, TOCSIN_HTTP_PORT: '0' });
  expect(await ended(run.child)).toBe(3);
  expect(run.err()).toMatch(
    new RegExp(
      `^Temporal cannot be reached at ${address}, tried for 10 s \\(.*\\): start it, or set TEMPORAL_ADDRESS to where it runs\\.\n$`,
    ),
  );
});

test('up with a server that cannot be reached says also that it can bring one', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const run = tocsin('up', { TEMPORAL_ADDRESS: address, TOCSIN_HTTP_PORT: '0' });
  expect(await ended(run.child)).toBe(3);
  expect(run.err()).toMatch(
    /set TEMPORAL_ADDRESS to where it runs\. Without an address \(TEMPORAL_ADDRESS, --address, temporal\.toml\) a server comes along\.\n$/,
  );
});
