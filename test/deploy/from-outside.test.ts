/**
 * From outside: `npm start` is stopped in the middle of everything and started again from a copy with other rules, and then from
 * the old one. No case stands still, nobody is rung for the same thing under another key, and whoever has moved follows the new rules.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { TocsinClient, type CaseOpening } from '../../client';
import { freePort } from '../../worker/temporal-server/ports';
import { queries } from '../../workflows/messages';
import { A_TIMER_AT_THE_START, ALERTS_HALF_AS_OFTEN, anotherVersion } from '../support/another-version';
import { eventually } from '../support/company';
import { countOf } from '../support/history';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver, type Receiver } from '../support/receiver';
import { completeAnswers } from '../support/story';
import { Service, tocsin } from '../support/tocsin-process';

const ALERT_MS = 3_000;
const folder = temporaryFolder();
const another = temporaryFolder();
let receiver: Receiver;
let env: Record<string, string>;
let running: Service | undefined;
let connection: Connection;
let client: TocsinClient;

beforeAll(async () => {
  receiver = await startReceiver();
  const person = (id: string, more: object = {}) => ({
    id,
    name: id,
    channels: [{ kind: 'webhook', url: receiver.url(`/${id}`) }],
    ...more,
  });
  const everyDay = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];
  writeFileSync(
    join(folder, 'directory.yaml'),
    JSON.stringify({
      people: [
        person('lee', { manager: 'ana' }),
        person('kim', { manager: 'ana' }),
        person('ana', { manager: 'ben' }),
        person('ben'),
      ],
      dutyManagers: ['ben'],
      onCall: [{ team: 'world', timezone: 'UTC', windows: everyDay, people: ['kim'] }],
    }),
  );
  writeFileSync(
    join(folder, 'policy.yaml'),
    JSON.stringify({
      version: 'as-opened',
      hotline: '+1 555 0100',
      eDown: { alertEvery: `${ALERT_MS / 1_000}s` },
      escalation: { nextPersonAfter: '10m', retryFor: '10m' },
    }),
  );
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

const opening = (caseNumber: string, more: Partial<CaseOpening> = {}): CaseOpening => ({
  caseNumber,
  title: 'MES down',
  severity: 2,
  environment: 'PRODUCTION',
  engineer: 'lee',
  by: 'lee',
  role: 'ENGINEER',
  customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
  ...more,
});
const QUIET = 'C1000001';
const M1 = 'C1000002';
const E_DOWN = 'C1000003';
const ON_ITS_WAY = 'C1000004';
const ASKED = 'C1000005';
const CASES = [QUIET, M1, E_DOWN, ON_ITS_WAY, ASKED];

interface Ring {
  readonly id: string;
  readonly who: string;
  readonly purpose: string;
  readonly caseNumber: string;
  readonly at: number;
}
const rings = (): Ring[] =>
  receiver.requests.map(({ path, body, at }) => {
    const { id, data } = JSON.parse(body) as { id: string; data: { purpose: string; caseNumber: string } };
    return { id, who: path.slice(1), purpose: data.purpose, caseNumber: data.caseNumber, at };
  });
const alerts = (): number =>
  rings().filter(({ caseNumber, purpose }) => caseNumber === E_DOWN && purpose === 'E_DOWN_ALERT').length;

/** The process goes, and what comes is of this copy. */
async function deploy(root: string | undefined, signal: NodeJS.Signals): Promise<void> {
  await running?.stop(signal);
  running = await Service.start(folder, 'up', env, root === undefined ? {} : { root });
  await reconnect();
}

const versionOf = async (caseNumber: string): Promise<string | undefined> => {
  const { raw } = await client.temporal.workflow.getHandle(caseNumber).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
};

/** All runs of a case. */
async function failedTasks(caseNumber: string): Promise<number> {
  let failed = 0;
  for await (const { runId } of client.temporal.workflow.list({ query: `WorkflowId = '${caseNumber}'` })) {
    const { events } = await client.temporal.workflow.getHandle(caseNumber, runId).fetchHistory();
    failed += countOf(events ?? [], 'WORKFLOW_TASK_FAILED');
  }
  return failed;
}

async function answersWithin5s(): Promise<void> {
  await Promise.all(
    CASES.map(async (caseNumber) => {
      const from = Date.now();
      await client.update(caseNumber, 'recordProgress', {
        by: 'lee',
        role: 'ENGINEER',
        summary: 'Still at it.',
        substantive: true,
      });
      expect(Date.now() - from).toBeLessThan(5_000);
    }),
  );
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
  for (const caseNumber of CASES) expect(await versionOf(caseNumber)).toBe(status.current);
}

/** How long between two alerts, by the case's own clock. */
async function cadence(nth: number): Promise<number> {
  const from = (await client.getTimeline(E_DOWN, { limit: 1_000 })).seq;
  const seen = await eventually(
    async () =>
      (await client.getTimeline(E_DOWN, { after: from, limit: 1_000 })).events.filter(
        ({ type }) => type === 'EmergencyAlerted',
      ),
    (events) => events.length >= nth,
    60_000,
  );
  const at = seen.slice(-2).map((event) => Date.parse(event.at));
  return (at[1] ?? 0) - (at[0] ?? 0);
}

test('a deploy, and a deploy back: no case stands still, none loses anybody, and all follow the rules of their version', async () => {
  receiver.respond('/ana', ({ body }) => (body.includes(ON_ITS_WAY) ? { status: 503 } : {}));
  for (const caseNumber of [QUIET, M1, ON_ITS_WAY]) await client.open(opening(caseNumber));
  await client.open(opening(ASKED, { by: 'maria', role: 'CUSTOMER' }));
  await client.open(opening(E_DOWN, { severity: 0, eDown: completeAnswers() }));
  for (const caseNumber of [M1, ON_ITS_WAY])
    await client.signal(caseNumber, 'escalate', { by: 'maria', role: 'CUSTOMER' });
  await receiver.waitFor(() => alerts() >= 2 && rings().some((ring) => ring.caseNumber === ON_ITS_WAY), 30_000);
  const policy = (await client.temporal.workflow.getHandle(QUIET).query(queries.getCase)).policy;
  const askedBefore = rings();

  await deploy(another, 'SIGTERM');
  await answersWithin5s();
  await expectAllMoved();
  expect(await cadence(3)).toBeGreaterThan(1.7 * ALERT_MS);
  expect((await client.getCase(QUIET)).policy).toEqual(policy);

  // Back, and this time with no time to say good-bye.
  await deploy(undefined, 'SIGKILL');
  await answersWithin5s();
  await expectAllMoved();
  expect(await cadence(3)).toBeLessThan(1.5 * ALERT_MS);

  for (const caseNumber of CASES) expect([caseNumber, await failedTasks(caseNumber)]).toEqual([caseNumber, 0]);
  // Whoever was asked before is not asked for the same thing under another number.
  for (const caseNumber of [M1, ON_ITS_WAY, ASKED]) {
    const keys = (of: readonly Ring[]) =>
      new Set(
        of.filter((ring) => ring.caseNumber === caseNumber && ring.purpose !== 'ESCALATION_INFO').map(({ id }) => id),
      );
    expect([...keys(rings())].sort()).toEqual([...keys(askedBefore)].sort());
  }
  receiver.respond('/ana', () => ({}));
  await eventually(
    () => client.getCase(ON_ITS_WAY),
    ({ pages }) => pages.some(({ status }) => status === 'SENT'),
    60_000,
  );
  for (const caseNumber of [M1, ON_ITS_WAY])
    expect(await client.update(caseNumber, 'acknowledge', { by: 'ana', role: 'MANAGER' })).toMatchObject({
      level: 'M1',
    });
  expect((await client.getCase(M1)).owners.manager).toBe('ana');
}, 300_000);
