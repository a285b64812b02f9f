/**
 * A rollout that ends the old workers as soon as a new one is ready, as Kubernetes does: with `TOCSIN_PROMOTE=take-over` the new one
 * moves the cases, and is ready when no case needs the old ones any more, though their code is nowhere but in them.
 */
import { Client, Connection } from '@temporalio/client';
import { TocsinClient } from '../../client';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { A_TIMER_AT_THE_START, anotherVersion } from '../support/another-version';
import { removeFolder, temporaryFolder } from '../support/processes';
import { Service } from '../support/tocsin-process';

const folders = { old: temporaryFolder(), new: temporaryFolder(), copy: temporaryFolder() };
let server: LocalServer;
let connection: Connection;
let client: TocsinClient;
const services: Service[] = [];

beforeAll(async () => {
  anotherVersion(folders.copy, A_TIMER_AT_THE_START);
  server = await startLocalServer();
  connection = await Connection.connect({ address: server.address });
  client = new TocsinClient(new Client({ connection }), { deadlineMs: 30_000 });
}, 60_000);
afterAll(async () => {
  await connection?.close();
  for (const service of services) await service.stop('SIGKILL');
  await server?.stop();
  Object.values(folders).forEach(removeFolder);
});

const versionOf = async (caseNumber: string): Promise<string | null | undefined> => {
  const { raw } = await client.temporal.workflow.getHandle(caseNumber).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
};
const by = { by: 'eng-lee', role: 'ENGINEER' } as const;

test('the new worker is ready when every case is with it, and the old one can end', async () => {
  // Given a case with a worker that stands still just now
  const env = { TEMPORAL_ADDRESS: server.address };
  const old = await Service.start(folders.old, 'worker', env);
  services.push(old);
  const customer = { number: '1001', name: 'Acme', activeSupport: true, enterprise: true };
  const opening = { title: 'MES down', severity: 2, environment: 'PRODUCTION', engineer: 'eng-lee', customer } as const;
  await client.open({ ...opening, ...by, caseNumber: 'C1000001' });
  const before = await versionOf('C1000001');
  old.send('SIGSTOP');

  // When a new one comes
  const taking = { ...env, TOCSIN_PROMOTE: 'take-over' };
  const next = await Service.start(folders.new, 'worker', taking, { root: folders.copy, ready: false });
  services.push(next);
  await next.until(async () => (await next.readyz()).detail?.startsWith('1 case of versions before') === true);
  await client.open({ ...opening, ...by, caseNumber: 'C1000002' });
  expect(await versionOf('C1000001')).toBe(before);
  expect((await next.readyz()).status).toBe(503);

  // Then it is ready once the case has moved, and the case goes on without the old one
  old.send('SIGCONT');
  await next.until(async () => (await next.readyz()).status === 200);
  expect(await old.stop()).toBe(0);
  const now = await versionOf('C1000002');
  expect(now).not.toBe(before);
  expect(await versionOf('C1000001')).toBe(now);
  const { status } = await client.update('C1000001', 'recordProgress', { ...by, summary: 'At it.', substantive: true });
  expect(status).toBe('OPEN');
}, 300_000);
