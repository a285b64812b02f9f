/**
 * From outside: `npm start` is stopped in the middle of everything and started again from a copy with other rules, and then from
 * the old one. No case stands still, nobody is rung for the same thing under another key, and whoever has moved follows the new rules.
 */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { TocsinClient } from '../../client';
import { freePort } from '../../worker/temporal-server/ports';
import { queries } from '../../workflows/messages';
import { A_TIMER_AT_THE_START, ALERTS_HALF_AS_OFTEN, anotherVersion } from '../support/another-version';
import { ALERT_MS, MIXED, MixedCases, writeCompany } from '../support/mixed-cases';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver, type Receiver } from '../support/receiver';
import { Service, tocsin } from '../support/tocsin-process';

const folder = temporaryFolder();
const another = temporaryFolder();
let receiver: Receiver;
let env: Record<string, string>;
let running: Service | undefined;
let connection: Connection;
let client: TocsinClient;
let cases: MixedCases;

beforeAll(async () => {
  receiver = await startReceiver();
  writeCompany(folder, receiver);
  anotherVersion(another, [...A_TIMER_AT_THE_START, ...ALERTS_HALF_AS_OFTEN]);
  const temporal = await freePort();
  env = {
    TOCSIN_CONFIG: folder,
    TOCSIN_DATA: join(folder, 'tocsin.db'),
    TOCSIN_TEMPORAL_PORT: `${temporal}`,
    TOCSIN_UI_PORT: `${await freePort()}`,
    TEMPORAL_NAMESPACE: 'default',
  };
  running = await Service.start(folder, 'up', env);
  await reconnect();
  cases = new MixedCases(receiver, () => client);
}, 120_000);
afterAll(async () => {
  await connection?.close();
  await running?.stop();
  await receiver.close();
  removeFolder(folder);
  removeFolder(another);
});

const address = (): string => `127.0.0.1:${env['TOCSIN_TEMPORAL_PORT']}`;
async function reconnect(): Promise<void> {
  await connection?.close();
  connection = await Connection.connect({ address: address() });
  client = new TocsinClient(new Client({ connection }), { deadlineMs: 30_000 });
}

/** The process goes, and what comes is of this copy. */
async function deploy(root: string | undefined, signal: NodeJS.Signals): Promise<void> {
  await running?.stop(signal);
  running = await Service.start(folder, 'up', env, root === undefined ? {} : { root });
  await reconnect();
}

async function expectAllMoved(): Promise<void> {
  const moved = await tocsin(folder, ['deploy', 'move', '--json', '--address', address()]);
  expect({ code: moved.code, err: moved.err }).toEqual({ code: 0, err: '' });
  const status = JSON.parse((await tocsin(folder, ['deploy', 'status', '--json', '--address', address()])).out) as {
    current: string;
    pending: number;
    unserved: unknown[];
  };
  expect(status).toMatchObject({ pending: 0, unserved: [] });
  for (const caseNumber of MIXED) expect(await cases.versionOf(caseNumber)).toBe(status.current);
}

test('a deploy, and a deploy back: no case stands still, none loses anybody, and all follow the rules of their version', async () => {
  await cases.open();
  const [quiet] = MIXED;
  const { policy } = await client.temporal.workflow.getHandle(quiet).query(queries.getCase);

  await deploy(another, 'SIGTERM');
  await cases.allAnswer();
  await expectAllMoved();
  expect(await cases.cadence(3)).toBeGreaterThan(1.7 * ALERT_MS);
  expect((await client.getCase(quiet)).policy).toEqual(policy);

  // Back, and this time with no time to say good-bye.
  await deploy(undefined, 'SIGKILL');
  await cases.allAnswer();
  await expectAllMoved();
  expect(await cases.cadence(3)).toBeLessThan(1.5 * ALERT_MS);

  await cases.expectNothingLost();
}, 300_000);
