/**
 * `npm run bench:latency`: signal → webhook received, worker idle, against a bare workflow whose signal handler starts one
 * activity that POSTs. Same server, same worker process, interleaved samples; only the ratio counts.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { signals, TASK_QUEUE, WORKFLOW_TYPE } from '../workflows/messages';
import { directoryFrom } from '../worker/config/directory';
import { policyFrom } from '../worker/config/policy';
import { startLocalServer } from '../worker/temporal-server/local-server';
import { registerSearchAttributes } from '../worker/temporal-server/search-attributes';
import { createTocsinWorker } from '../worker/worker';

const SAMPLES = Number(process.argv[2] ?? 60);
const WARM_UP = 10;
/** Idle between two samples, so that none waits behind the tail of the one before. */
const IDLE_MS = Number(process.argv[3] ?? 250);
const BARE_QUEUE = 'bare';

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

const quantile = (values: readonly number[], q: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * q)] ?? NaN;

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
  const server = await startLocalServer();
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'default');
  const client = new Client({ connection });
  const ours = await phone();
  const bare = await phone();
  const policy = policyFrom({ hotline: '+1 555 0100' });
  const directory = directoryFrom({ people: [{ id: 'lee', name: 'Lee', channels: [{ kind: 'webhook', url: ours.url }] }], dutyManagers: ['lee'] });
  const cases = await createTocsinWorker({ connection: native, activities: createActivities({ directory: () => directory, policy: () => policy, console: () => undefined }) });
  const post = async (): Promise<void> => {
    await (await fetch(bare.url, { method: 'POST', body: '{}' })).arrayBuffer();
  };
  const barest = await Worker.create({ connection: native, taskQueue: BARE_QUEUE, workflowsPath: join(__dirname, 'bare-workflow.ts'), activities: { post } });
  const workers = Promise.all([cases.run(), barest.run()]);

  const opening = { title: 'MES down', severity: 2, environment: 'PRODUCTION', engineer: 'lee', by: 'maria', role: 'CUSTOMER', customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true } };
  /** A case that nothing waits for but its engineer's answer, as most cases are. */
  const openCase = async (index: number) => {
    const firstPage = ours.next();
    const workflowId = `C${1_000_000 + index}`;
    const handle = await client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue: TASK_QUEUE, args: [{ ...opening, caseNumber: workflowId }] });
    await firstPage;
    return handle;
  };

  const times = { tocsin: [] as number[], bare: [] as number[] };
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    const ourCase = await openCase(sample + WARM_UP);
    // Idle between two samples, so that none waits behind the tail of the one before.
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const here = ours.next();
    const sentAt = performance.now();
    await ourCase.signal<[unknown]>(signals.changeSeverity.name, { severity: 1, by: 'maria', role: 'CUSTOMER' });
    const took = (await here) - sentAt;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const bareOpened = bare.next();
    const bareCase = await client.workflow.signalWithStart('bare', { workflowId: `bare-${sample}`, taskQueue: BARE_QUEUE, signal: 'ring' });
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
  console.log(`signal → webhook received, ${SAMPLES} interleaved samples, worker idle`);
  for (const name of ['tocsin', 'bare'] as const) {
    console.log(`  ${name.padEnd(7)} median ${medians[name].toFixed(1)} ms, p90 ${quantile(times[name], 0.9).toFixed(1)} ms`);
  }
  console.log(`  ratio of medians ${(medians.tocsin / medians.bare).toFixed(2)} (goal: at most 1.15)`);

  cases.shutdown();
  barest.shutdown();
  await workers;
  ours.close();
  bare.close();
  await native.close();
  await connection.close();
  await server.stop();
}

void main();
