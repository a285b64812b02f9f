/**
 * `npm run bench:memory`: what a case costs that a worker keeps in its cache, against a bare workflow. Same server, same
 * process, one after the other, as the growth of the heap after its garbage is collected.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../workflows/messages';
import { directoryFrom } from '../worker/config/directory';
import { policyFrom } from '../worker/config/policy';
import { startLocalServer } from '../worker/temporal-server/local-server';
import { registerSearchAttributes } from '../worker/temporal-server/search-attributes';
import { createTocsinWorker } from '../worker/worker';

const CASES = Number(process.argv[2] ?? 800);
/** The first ones pay for the sandbox, the connections and the code itself. */
const WARM_UP = 200;
const AT_ONCE = 10;
const SETTLED_MS = 3_000;
const BARE_QUEUE = 'bare';
// The sandbox runs in this thread then, and its heap can be measured.
process.env['TEMPORAL_DEBUG'] = '1';
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
  const server = await startLocalServer();
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'default');
  const { workflow } = new Client({ connection });
  const policy = policyFrom({ hotline: '+1 555 0100' });
  const directory = directoryFrom({ people: [{ id: 'lee', name: 'Lee', channels: [{ kind: 'console' }] }], dutyManagers: ['lee'] });
  const cases = await createTocsinWorker({ connection: native, activities: createActivities({ directory: () => directory, policy: () => policy, console: () => undefined }) });
  const barest = await Worker.create({ connection: native, taskQueue: BARE_QUEUE, workflowsPath: join(__dirname, 'bare-workflow.ts'), activities: { post: () => Promise.resolve() } });
  const workers = Promise.all([cases.run(), barest.run()]);

  const opening = { title: 'MES down', severity: 2, environment: 'PRODUCTION', engineer: 'lee', by: 'maria', role: 'CUSTOMER', customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true } };
  const openCase = (index: number): Promise<unknown> => {
    const workflowId = `C${1_000_000 + index}`;
    return workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue: TASK_QUEUE, args: [{ ...opening, caseNumber: workflowId }] });
  };
  const openBare = (index: number): Promise<unknown> => workflow.signalWithStart('bare', { workflowId: `bare-${index}`, taskQueue: BARE_QUEUE, signal: 'ring' });

  /** Bytes a workflow, once `worker` has all of them in its cache and has rested. */
  async function growth(worker: Worker, open: (index: number) => Promise<unknown>): Promise<number> {
    let before = 0;
    for (let index = 0; index < WARM_UP + CASES; index += AT_ONCE) {
      if (index === WARM_UP) before = await settled(worker, index);
      await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => open(index + offset)));
    }
    return ((await settled(worker, WARM_UP + CASES)) - before) / CASES;
  }

  const bare = await growth(barest, openBare);
  const tocsin = await growth(cases, openCase);
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(`heap for each workflow in the cache, ${CASES} of them`);
  console.log(`  tocsin ${kB(tocsin)}, bare ${kB(bare)}, ratio ${(tocsin / bare).toFixed(2)}`);

  cases.shutdown();
  barest.shutdown();
  await workers;
  await native.close();
  await connection.close();
  await server.stop();
}

async function settled(worker: Worker, cached: number): Promise<number> {
  while (worker.getStatus().numCachedWorkflows < cached) await delay(100);
  await delay(SETTLED_MS);
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

void main();
