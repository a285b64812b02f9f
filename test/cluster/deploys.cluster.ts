/**
 * A deploy as in production: Temporal's four roles on PostgreSQL, two workers, cases in mixed states and traffic that does not stop. A
 * new version with a timer more and another rule is promoted, cases move, a worker dies in the middle of it, and it is all taken back.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { TocsinClient } from '../../client';
import { A_TIMER_AT_THE_START, ALERTS_HALF_AS_OFTEN, anotherVersion } from '../support/another-version';
import { ALERT_MS, MIXED, MixedCases, openingOf, writeCompany } from '../support/mixed-cases';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver, type Receiver } from '../support/receiver';
import { Service, tocsin } from '../support/tocsin-process';
import { startCluster, type Cluster } from './temporal';

jest.setTimeout(900_000);

/** Enough that a move takes some seconds. */
const MORE = Array.from({ length: 40 }, (_, index) => `C20000${String(index).padStart(2, '0')}`);
/** Between two of traffic. */
const EVERY_MS = 100;
/** Beside a killed worker each of its cases is given to another one when its task's ten seconds are over. */
const READY = { ready: true };

const folder = temporaryFolder();
const another = temporaryFolder();
const services: Service[] = [];
let cluster: Cluster;
let receiver: Receiver;
let connection: Connection;
let client: TocsinClient;
let cases: MixedCases;

beforeAll(async () => {
  [cluster, receiver] = await Promise.all([startCluster(), startReceiver()]);
  writeCompany(folder, receiver);
  anotherVersion(another, [...A_TIMER_AT_THE_START, ...ALERTS_HALF_AS_OFTEN]);
  connection = await Connection.connect({ address: cluster.address });
  client = new TocsinClient(new Client({ connection }), { deadlineMs: 60_000 });
  cases = new MixedCases(receiver, () => client);
});
afterAll(async () => {
  await connection?.close();
  for (const service of services) await service.stop();
  await receiver?.close();
  await cluster?.stop();
  removeFolder(folder);
  removeFolder(another);
});

async function worker(root?: string): Promise<Service> {
  const env = { TEMPORAL_ADDRESS: cluster.address, TEMPORAL_NAMESPACE: 'default', TOCSIN_CONFIG: folder };
  const service = await Service.start(folder, 'worker', env, root === undefined ? READY : { ...READY, root });
  services.push(service);
  return service;
}

async function deploy<T>(...words: string[]): Promise<T> {
  const { code, out, err } = await tocsin(folder, ['deploy', ...words, '--json', '--address', cluster.address]);
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  return JSON.parse(out) as T;
}
interface Status {
  readonly current: string;
  readonly pending: number;
  readonly unserved: readonly unknown[];
  readonly versions: readonly { readonly build: string }[];
}

/** Progress on one case after the other, until it is stopped: what was accepted must be there. */
function traffic(): { readonly stop: () => Promise<ReadonlyMap<string, number>> } {
  const accepted = new Map<string, number>();
  let isOver = false;
  const going = (async () => {
    for (let nth = 0; !isOver; nth++) {
      const caseNumber = MORE[nth % MORE.length] ?? '';
      const progress = { by: 'lee', role: 'ENGINEER', summary: `Step ${nth}.`, substantive: true } as const;
      await client.signal(caseNumber, 'recordProgress', { ...progress, requestId: `progress-${nth}` });
      accepted.set(caseNumber, (accepted.get(caseNumber) ?? 0) + 1);
      await pause(EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await going;
      return accepted;
    },
  };
}

async function expectAllOn(build: string): Promise<void> {
  expect(await deploy<Status>('status')).toMatchObject({ current: build, pending: 0, unserved: [] });
  for (const caseNumber of [...MIXED, ...MORE]) expect(await cases.versionOf(caseNumber)).toBe(build);
}

test('a new version is promoted and taken back under traffic, a worker is killed meanwhile: nothing is lost', async () => {
  // Given two workers of one version, and cases in all states
  await worker();
  await worker();
  await cases.open();
  for (const caseNumber of MORE) await client.open(openingOf(caseNumber));
  const { current: old } = await deploy<Status>('status');
  const going = traffic();

  // When the next version comes, and one of its workers dies while cases move to it
  const dies = await worker(another);
  await worker(another);
  const { versions } = await deploy<Status>('status');
  const next = versions.find(({ build }) => build !== old)?.build ?? '';
  await deploy('promote', next);
  const moving = deploy<{ left: number }>('move', '--per-second', '5');
  await dies.until(async () => {
    const on = await Promise.all(MORE.map((caseNumber) => cases.versionOf(caseNumber)));
    const moved = on.filter((build) => build === next).length;
    return moved >= 5 && moved < MORE.length;
  });
  await dies.stop('SIGKILL');
  expect(await moving).toMatchObject({ left: 0, current: next });

  // Then every case is on it, and follows its rules
  await expectAllOn(next);
  expect(await cases.cadence(3)).toBeGreaterThan(1.7 * ALERT_MS);

  // And back
  await deploy('promote', old);
  expect(await deploy<{ left: number }>('move')).toMatchObject({ left: 0, current: old });
  await expectAllOn(old);
  expect(await cases.cadence(3)).toBeLessThan(1.5 * ALERT_MS);

  // Then whatever was accepted meanwhile is there once, and nothing has failed or been doubled
  const accepted = await going.stop();
  const from = Date.now();
  await cases.allAnswer();
  expect(Date.now() - from).toBeLessThan(20_000);
  await cases.expectNothingLost();
  for (const caseNumber of MORE) {
    const { events, firstKept } = await client.getTimeline(caseNumber, { limit: 1_000 });
    const steps = events.flatMap(({ type, requestId }) => (type === 'ProgressRecorded' ? [requestId] : []));
    expect({ caseNumber, firstKept, steps: steps.length, different: new Set(steps).size }).toEqual({
      caseNumber,
      firstKept: 1,
      steps: accepted.get(caseNumber),
      different: accepted.get(caseNumber),
    });
    expect([caseNumber, await cases.failedTasks(caseNumber)]).toEqual([caseNumber, 0]);
  }
});
