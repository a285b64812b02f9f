/**
 * Workers of two versions side by side, as in production: the first version promotes itself, a later one waits to be promoted, a
 * rollback is the same command, and what a newer version has written waits for it, in sight.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { TocsinClient } from '../../client';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { A_TIMER_AT_THE_START, anotherVersion, CARRIES_ANOTHER_FORM } from '../support/another-version';
import { eventually } from '../support/company';
import { countOf } from '../support/history';
import { removeFolder, temporaryFolder } from '../support/processes';
import { Service, tocsin, type Ended } from '../support/tocsin-process';

const folder = temporaryFolder();
const newer = temporaryFolder();
let server: LocalServer;
let connection: Connection;
let client: TocsinClient;
let env: Record<string, string>;
const services: Service[] = [];

beforeAll(async () => {
  anotherVersion(newer, [...A_TIMER_AT_THE_START, ...CARRIES_ANOTHER_FORM]);
  server = await startLocalServer();
  connection = await Connection.connect({ address: server.address });
  client = new TocsinClient(new Client({ connection }), { deadlineMs: 30_000 });
  env = { TEMPORAL_ADDRESS: server.address };
}, 60_000);
afterAll(async () => {
  await connection?.close();
  for (const service of services) await service.stop();
  await server?.stop();
  removeFolder(folder);
  removeFolder(newer);
});

async function worker(
  options: Parameters<typeof Service.start>[3] = {},
  more: Record<string, string> = {},
): Promise<Service> {
  const service = await Service.start(folder, 'worker', { ...env, ...more }, options);
  services.push(service);
  return service;
}

const deploy = (...args: string[]): Promise<Ended> =>
  tocsin(folder, ['deploy', ...args, '--json', '--address', server.address]);
async function done<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await deploy(...args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return JSON.parse(out) as T;
}
interface Status {
  readonly current: string;
  readonly pending: number;
  readonly oldestPending: { readonly case: string } | null;
  readonly versions: readonly {
    readonly build: string;
    readonly cases: number;
    readonly isCurrent: boolean;
    readonly isServed: boolean;
  }[];
}
const status = (): Promise<Status> => done('status');

const open = (caseNumber: string) =>
  client.open({
    caseNumber,
    title: 'MES down',
    severity: 2,
    environment: 'PRODUCTION',
    engineer: 'eng-lee',
    by: 'eng-lee',
    role: 'ENGINEER',
    customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  });
const progress = (caseNumber: string) =>
  client.update(caseNumber, 'recordProgress', {
    by: 'eng-lee',
    role: 'ENGINEER',
    summary: 'At it.',
    substantive: true,
  });
const versionOf = async (caseNumber: string): Promise<string | undefined> => {
  const { raw } = await client.temporal.workflow.getHandle(caseNumber).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
};

test('two versions side by side: promoted, moved, taken back, and what a newer one has written waits for it', async () => {
  // The very first version: nothing else could serve a new case.
  const first = await worker();
  await open('C1000001');
  const { current: one } = await status();
  expect(await versionOf('C1000001')).toBe(one);

  // The next one serves nothing until it is promoted, and says so.
  const second = await worker({ root: newer });
  expect(second.log).toMatch(/takes no new case yet.*tocsin deploy promote/);
  await open('C1000002');
  expect(await versionOf('C1000002')).toBe(one);
  const two = (await status()).versions.find(({ build }) => build !== one)?.build ?? '';
  expect(await status()).toMatchObject({ current: one, pending: 0 });

  // Before it is promoted: what would the cases that run do otherwise? Asked of the old copy, and of the new one.
  const asked = ['replay', '--running', '--sample', '1', '--json', '--address', server.address];
  const same = await tocsin(folder, asked);
  expect({ code: same.code, replayed: JSON.parse(same.out) as unknown }).toMatchObject({
    code: 0,
    replayed: { running: 2, replayed: [{ fits: true }] },
  });
  const other = await tocsin(folder, asked, {}, newer);
  expect({ code: other.code, replayed: JSON.parse(other.out) as unknown }).toMatchObject({
    code: 1,
    replayed: { running: 2, replayed: [{ fits: false, why: expect.any(String) as string }] },
  });

  expect(await done('promote', two.slice(0, 8))).toEqual({ current: two, before: one });
  expect(await status()).toMatchObject({ current: two, pending: 2, oldestPending: { case: 'C1000001' } });
  // A case moves by itself when something happens to it; what was asked is answered by the version of before.
  await progress('C1000001');
  await eventually(
    () => versionOf('C1000001'),
    (version) => version === two,
  );
  expect(await done('move')).toMatchObject({ left: 0, current: two });
  expect(await status()).toMatchObject({ pending: 0, oldestPending: null });
  expect(await first.metrics()).toMatch(/^tocsin_cases_to_move \d+$/m);
  await open('C1000003');
  expect(await versionOf('C1000003')).toBe(two);

  // Back: the newer version has written a form that the older one does not know.
  await done('promote', one);
  const moved = await deploy('move', '--for', '5s');
  expect([0, 1]).toContain(moved.code);
  await first.until(async () => (await first.readyz()).status === 503);
  expect((await first.readyz()).detail).toMatch(/C100000\d.* carried by a newer version \(form 3\)/);
  await done('promote', two);
  await progress('C1000003');
  await progress('C1000001');
  await first.until(async () => (await first.readyz()).status === 200);
  expect(await done('move')).toMatchObject({ left: 0, current: two });
}, 400_000);

test('a name that is none, or none that is served, is refused in a sentence', async () => {
  const { current } = await status();
  expect(await deploy('promote', 'nothing')).toMatchObject({
    code: 2,
    err: expect.stringContaining(current) as string,
  });
});

test('one process serves an older version from the code that it kept, and names its cases where that code is gone', async () => {
  const data = temporaryFolder();
  const here = { TOCSIN_DATA: join(data, 'tocsin.db'), TOCSIN_TEMPORAL_PORT: '0', TOCSIN_UI_PORT: '0' };
  const addressIn = ({ log }: Service): string => /TEMPORAL_ADDRESS=(\S+)/.exec(log)?.[1] ?? '127.0.0.1:7233';
  const up = async (root?: string): Promise<[Service, TocsinClient]> => {
    const service = await Service.start(folder, 'up', here, root === undefined ? {} : { root });
    services.push(service);
    await service.until(() => service.log.includes('Tocsin is up.'));
    return [service, await TocsinClient.connect({ address: addressIn(service), deadlineMs: 30_000 })];
  };
  const opened = (it: TocsinClient, caseNumber: string) =>
    it.open({
      caseNumber,
      title: 'MES down',
      severity: 2,
      environment: 'PRODUCTION',
      engineer: 'eng-lee',
      by: 'eng-lee',
      role: 'ENGINEER',
      customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
    });
  const run = async (
    root: string | undefined,
    then: (it: TocsinClient, service: Service) => Promise<void>,
  ): Promise<void> => {
    const [service, it] = await up(root);
    await then(it, service).finally(() => it.close());
    expect(await service.stop()).toBe(0);
  };
  try {
    await run(undefined, async (it) => void (await opened(it, 'C2000001')));
    await run(newer, async (it, service) => {
      await service.until(() => /serves version \w{16} as well, until its 1 cases? ha(s|ve) moved/.test(service.log));
      const { status: answered } = await it.update('C2000001', 'recordProgress', {
        by: 'eng-lee',
        role: 'ENGINEER',
        summary: 'At it.',
        substantive: true,
      });
      expect(answered).toBe('OPEN');
      await opened(it, 'C2000002');
      const { events } = await it.temporal.workflow.getHandle('C2000001').fetchHistory();
      expect(countOf(events ?? [], 'WORKFLOW_TASK_FAILED')).toBe(0);
    });
    // The older Tocsin does not touch what the newer one has written.
    const refused = await Service.start(folder, 'up', here, { ready: false });
    services.push(refused);
    await expect(refused.until(() => refused.log.includes('Tocsin is up.'))).rejects.toThrow(/newer Tocsin \(.*form 3/);
    // A third version comes, and nobody has kept the code of the one before.
    rmSync(join(data, 'bundles'), { recursive: true });
    const third = temporaryFolder();
    anotherVersion(third, [...CARRIES_ANOTHER_FORM]);
    await run(third, async (_it, service) => {
      await service.until(() => service.log.includes('Nobody serves version'));
      expect(service.log).toMatch(
        /Nobody serves version \w{16}: .*C2000002.* wait for it.*Its code is not in .*bundles/,
      );
      expect(await service.metrics()).toMatch(/^tocsin_cases_unserved [1-9]\d*$/m);
    });
    removeFolder(third);
  } finally {
    removeFolder(data);
  }
}, 400_000);
