/** Ready means that work is done here: every worker runs and Temporal answers. Asked over HTTP, as a cluster would. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectTo, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import { Unusable } from '../../worker/config/unusable';
import pino from 'pino';
import { openHealth, type Gateway } from '../../gateway';
import { opened } from '../../worker/door';
import { Telemetry } from '../../worker/telemetry';
import { directoryOf } from '../support/paging';

let state: string;
let temporal: () => Promise<unknown>;
let telemetry: Telemetry;
let health: Gateway;
const log = pino({ level: 'silent' });
const anyPort = { host: '127.0.0.1', port: 0 };

beforeEach(async () => {
  state = 'RUNNING';
  temporal = () => Promise.resolve();
  telemetry = new Telemetry();
  const watched = {
    workers: () => ({ cases: state, pages: 'RUNNING' }),
    temporal: () => temporal(),
    metrics: telemetry.metrics,
  };
  health = await openHealth({ log, health: watched }, anyPort);
});
afterEach(() => health.close());

async function get(path: string, init?: RequestInit): Promise<{ status: number; type: string | null; body: unknown }> {
  const response = await fetch(`${health.url}${path}`, init);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

test('ready while the workers run and Temporal answers', async () => {
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test.each(['STARTING', 'DRAINING', 'STOPPED', 'FAILED'])(
  'not ready with a worker that is %s, and the answer names it',
  async (other) => {
    state = other;
    expect(await get('/readyz')).toEqual({
      status: 503,
      type: 'application/problem+json',
      body: {
        type: 'urn:tocsin:problem:not-ready',
        title: 'Service Unavailable',
        status: 503,
        code: 'NOT_READY',
        detail: `worker cases is ${other}.`,
      },
    });
  },
);

test('not ready while Temporal does not answer, and everything that is wrong is told at once', async () => {
  state = 'FAILED';
  temporal = () => Promise.reject(new Error('connection refused'));
  expect(await get('/readyz')).toMatchObject({
    status: 503,
    body: { detail: 'worker cases is FAILED; Temporal does not answer (connection refused).' },
  });
});

test('a Temporal that takes for ever is one that does not answer', async () => {
  temporal = () => new Promise(() => undefined);
  expect(await get('/readyz')).toMatchObject({
    status: 503,
    body: { detail: 'Temporal does not answer (no answer within 2 s).' },
  });
});

test('alive all the same: a restart would not help', async () => {
  state = 'FAILED';
  expect(await get('/healthz')).toMatchObject({ status: 200 });
});

test("the numbers of the SDK's core stand below ours, and where they are not to be had ours stand alone", async () => {
  const core = createServer((_, response) => response.end('temporal_worker_task_slots_available 100\n')).listen(
    0,
    '127.0.0.1',
  );
  await once(core, 'listening');
  const { metrics } = new Telemetry(`http://127.0.0.1:${(core.address() as AddressInfo).port}/metrics`);
  expect(await metrics()).toMatch(/process_cpu_seconds_total[^]*\ntemporal_worker_task_slots_available 100\n$/);
  core.close();
  core.closeAllConnections();
  await once(core, 'close');
  const alone = await metrics();
  expect(alone).toContain('process_cpu_seconds_total');
  expect(alone).not.toContain('temporal_');
});

test.each(['/', '/nothing', '/readyz/', '//'])('%s is a problem document', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, type: 'application/problem+json', body: { code: 'NOT_FOUND' } });
});

test('a question after the path changes nothing, and only reading is answered', async () => {
  expect(await get('/healthz?verbose=1')).toMatchObject({ status: 200 });
  expect(await get('/healthz', { method: 'POST', body: '{}' })).toMatchObject({
    status: 405,
    body: { code: 'METHOD_NOT_ALLOWED', hint: 'Possible: GET, HEAD.' },
  });
});

test('what is no address and no HTTP does not end the process', async () => {
  for (const line of ['GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'nonsense\r\n\r\n']) {
    const socket = connectTo(Number(new URL(health.url).port), '127.0.0.1');
    socket.write(line);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  expect(await get('/healthz')).toMatchObject({ status: 200 });
});

test('a request that names no host is answered like any other', async () => {
  const socket = connectTo(Number(new URL(health.url).port), '127.0.0.1');
  socket.write('GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 [^]*content-type: application\/problem\+json/);
});

test('pages are counted by audience, purpose, outcome and reason', async () => {
  const order = { wanted: { audience: 'MANAGER' }, purpose: 'ESCALATED_M1' } as PageOrder;
  telemetry.recordPage(order, { outcome: 'ACCEPTED', route: 'DELEGATE' } as PageResult, Date.now());
  telemetry.recordPage(order, { outcome: 'FAILED', reason: 'PROVIDER_DOWN' } as PageResult, Date.now());
  telemetry.recordPage(order, { outcome: 'FAILED', reason: 'PROVIDER_DOWN' } as PageResult, Date.now());
  const metrics = await (await fetch(`${health.url}/metrics`)).text();
  expect(metrics).toContain(
    'tocsin_pages_total{audience="MANAGER",purpose="ESCALATED_M1",outcome="ACCEPTED",reason="DELEGATE"} 1',
  );
  expect(metrics).toContain(
    'tocsin_pages_total{audience="MANAGER",purpose="ESCALATED_M1",outcome="FAILED",reason="PROVIDER_DOWN"} 2',
  );
  expect(metrics).toContain('process_cpu_seconds_total');
});

test('a port in use is one sentence with the way out', async () => {
  const port = Number(new URL(health.url).port);
  const behind = {
    log,
    health: { workers: () => ({}), temporal, metrics: telemetry.metrics },
    directory: () => directoryOf([]),
    hotline: '',
    temporal: () => undefined,
    isLocal: true,
  };
  const second = opened(openHealth, behind, { host: '127.0.0.1', port });
  await expect(second).rejects.toThrow(Unusable);
  await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use: set TOCSIN_HTTP_PORT to another one.`);
});
