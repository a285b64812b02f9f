/** An older version must be served until its cases have gone: how many there are is a number. */
import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { Registry } from 'prom-client';
import { versionMetrics } from '../../../worker/metrics/versions';
import { openingOf } from '../../support/skipping';
import { workflowBundle } from '../../support/bundle';
import { activitiesOf, startTestServer, type TestServer } from '../../support/server';
import { org } from '../../support/org';
import { eventually, policyOf } from '../../support/company';

let server: TestServer;
let connection: Connection;
beforeAll(async () => {
  server = await startTestServer();
  connection = await Connection.connect({ address: server.address });
}, 300_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
});

test('the current version and the older one, each with its running cases', async () => {
  const sight = { connection, namespace: 'default' };
  const deploymentName = 'cases-emea';
  const taskQueue = 'cases.emea';
  const serve = async (buildId: string): Promise<Worker> => {
    const worker = await Worker.create({
      connection: server.native,
      taskQueue,
      activities: activitiesOf(org(), policyOf()),
      workflowBundle: await workflowBundle(),
      workerDeploymentOptions: {
        useWorkerVersioning: true,
        version: { deploymentName, buildId },
        defaultVersioningBehavior: 'PINNED',
      },
    });
    return worker;
  };
  const promote = (buildId: string): Promise<boolean> =>
    // A worker that has just begun to ask is not known yet.
    eventually(
      () =>
        connection.workflowService
          .setWorkerDeploymentCurrentVersion({
            namespace: 'default',
            deploymentName,
            buildId,
            ignoreMissingTaskQueues: true,
          })
          .then(
            () => true,
            () => false,
          ),
      Boolean,
    );
  const client = new Client({ connection });
  const open = (workflowId: string) =>
    client.workflow.start('supportCase', { taskQueue, workflowId, args: [openingOf(workflowId)] });
  const told = async (): Promise<string[]> => {
    const registry = new Registry();
    versionMetrics(registry, () => sight, taskQueue);
    return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  };

  const older = await serve('older');
  await older.runUntil(async () => {
    await promote('older');
    await open('C1000001');
    await open('C1000002');
    await eventually(told, (lines) => lines.includes('tocsin_cases_by_version{build="older",is="CURRENT"} 2'));
    const newer = await serve('newer');
    await newer.runUntil(async () => {
      await promote('newer');
      await open('C1000003');
      const lines = await eventually(told, (now) => now.some((line) => line.includes('"CURRENT"} 1')));
      expect(lines.sort()).toEqual([
        'tocsin_cases_by_version{build="newer",is="CURRENT"} 1',
        'tocsin_cases_by_version{build="none",is="UNVERSIONED"} 0',
        'tocsin_cases_by_version{build="older",is="OLDER"} 2',
      ]);
    });
  });
});
