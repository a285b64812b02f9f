/**
 * `npm run bench:move -- 200`: idle cases, opened on one version, are moved to another one by `deploy move`, both served by this process.
 * How long it takes, how many events a case has for it, and what the second version's code and worker take of memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../activities';
import { TocsinClient } from '../client';
import { TASK_QUEUE } from '../workflows/messages';
import { directoryFrom } from '../worker/config/directory';
import { policyFrom } from '../worker/config/policy';
import { KeptBundles } from '../worker/deployment/bundles';
import { Fleet } from '../worker/deployment/fleet';
import { move } from '../worker/deployment/move';
import { installRuntime } from '../worker/logging';
import { startLocalServer } from '../worker/temporal-server/local-server';
import { registerSearchAttributes } from '../worker/temporal-server/search-attributes';
import { currentBuild } from '../worker/worker';

const CASES = Number(process.argv[2] ?? 200);
const PER_SECOND = Number(process.argv[3] ?? 10);

async function main(): Promise<void> {
  const log = pino({ level: 'error' });
  installRuntime(log);
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const server = await startLocalServer();
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'default');
  const policy = policyFrom({ hotline: '+1 555 0100' });
  const directory = directoryFrom({
    people: [{ id: 'lee', name: 'Lee', channels: [{ kind: 'console' }] }],
    dutyManagers: ['lee'],
  });
  const place = { client: new Client({ connection }), taskQueue: TASK_QUEUE };
  const kept = new KeptBundles(folder);
  const activities = createActivities({ directory: () => directory, policy: () => policy, console: () => undefined });
  const { code } = await currentBuild();
  // What tells versions apart is their name: the code may be the same.
  const serve = (id: string): Promise<Fleet> =>
    Fleet.start({ place, native, activities, build: { id, code }, kept, log, promote: true });
  const first = await serve('0'.repeat(16));
  const tocsin = new TocsinClient(place.client, { deadlineMs: 60_000 });
  const opened: { readonly caseNumber: string; readonly runId: string }[] = [];
  for (let nth = 0; nth < CASES; nth += 1) {
    opened.push(
      await tocsin.open({
        caseNumber: `C${1_000_000 + nth}`,
        title: 'MES down',
        severity: 2,
        environment: 'PRODUCTION',
        engineer: 'lee',
        by: 'lee',
        role: 'ENGINEER',
        customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true },
      }),
    );
  }
  const lengthOf = async (caseNumber: string, runId?: string): Promise<number> =>
    (await place.client.workflow.getHandle(caseNumber, runId).describe()).historyLength;
  const before = process.memoryUsage().rss;
  const second = await serve('1'.repeat(16));
  const beside = process.memoryUsage().rss - before;
  const lengths = await Promise.all(opened.map(({ caseNumber }) => lengthOf(caseNumber)));

  const moved = await move(place, { perSecond: PER_SECOND, forMs: 600_000 });
  let most = 0;
  for (const [index, { caseNumber, runId }] of opened.entries())
    most = Math.max(most, (await lengthOf(caseNumber, runId)) - (lengths[index] ?? 0) + (await lengthOf(caseNumber)));
  console.log(`${CASES} idle cases, at most ${PER_SECOND} nudges a second`);
  console.log(
    `  moved ${moved.moved}, left ${moved.left}, in ${moved.seconds.toFixed(1)} s (goal: 200 in less than 60)`,
  );
  console.log(`  ${most} events a case at most, in both runs together (goal: 20)`);
  console.log(`  a second version beside the first: ${(beside / 1e6).toFixed(0)} MB of memory`);

  await second.stop();
  await first.stop();
  await native.close();
  await connection.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}

void main();
