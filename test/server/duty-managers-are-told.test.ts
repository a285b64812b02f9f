/**
 * Contract, 6 and 9: a case that was ended from outside cannot page anybody any more. Each duty manager hears of it once, on a
 * channel that rings, however many workers and watches look, and whenever they begin to.
 */
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { shortOf, startLookout } from '../../worker/ended-outside/lookout';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';
import { Company, eventually, openingOf, type LiveCase, type Ring } from '../support/company';
import { removeFolder, temporaryFolder } from '../support/processes';
import { completeAnswers } from '../support/story';
import { Service } from '../support/tocsin-process';

const MINUTE = 60_000;
const LOOK_MS = 200;
let company: Company;
let connections: Connection[];
let native: NativeConnection;
let stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  company = await Company.start();
  const { address } = company.server;
  native = await NativeConnection.connect({ address });
  await company.startWorker(native);
  connections = await Promise.all([Connection.connect({ address }), Connection.connect({ address })]);
}, 300_000);
afterEach(async () => {
  await noLookouts();
  await company.endCases();
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await company.stop();
  await native.close();
});

/** As two workers have them, each with its own connection. */
function twoLookouts(): void {
  const log = { warn: (line: string) => console.error(line), error: () => undefined };
  for (const connection of connections)
    stops.push(
      startLookout({
        seeing: (ask) => ask({ connection, namespace: 'default' }),
        taskQueue: 'tocsin',
        log,
        everyMs: LOOK_MS,
      }),
    );
}
async function noLookouts(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
}

const ended = async () =>
  (await company.tocsin.list({}, { limit: 1_000 })).filter(({ endedOutside }) => endedOutside !== undefined);

async function eDown(): Promise<LiveCase> {
  const live = await company.open();
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.ring('kim', 'E_DOWN_ALERT');
  return live;
}

/** Everything about ended cases, whoever it came to. */
const told = (): Ring[] =>
  company.receiver.requests.flatMap(({ path, body, at }) => {
    const { type, id, data } = JSON.parse(body) as { type: string; id: string; data: Ring };
    return type === 'tocsin.page' && (data.purpose as string) === 'ENDED_OUTSIDE'
      ? [{ ...data, id, phone: path.slice(1), at }]
      : [];
  });
const toldOf = (pageId: string): string[] =>
  told()
    .filter((ring) => ring.pageId === pageId)
    .map(({ phone }) => phone)
    .sort();

const isListedAsEnded = (...cases: readonly LiveCase[]): Promise<unknown> =>
  eventually(
    () => company.tocsin.list({}, { limit: 1_000 }),
    (rows) =>
      cases.every(({ number }) =>
        rows.some(({ caseNumber, endedOutside }) => caseNumber === number && endedOutside !== undefined),
      ),
  );

const pageIdOf = async ({ handle }: LiveCase): Promise<string> => `ended-${(await handle.describe()).runId}`;
const bothHave = (pageId: string) => company.receiver.waitFor(() => toldOf(pageId).length >= 2, MINUTE);

test('they are told of a case that was ended before any worker had begun it', async () => {
  const live = company.prepare();
  await company.restartWorker(async () => {
    const args = [openingOf(live.number)];
    const { workflow } = company.server.client;
    const started = await workflow.start(WORKFLOW_TYPE, { workflowId: live.number, taskQueue: TASK_QUEUE, args });
    await started.terminate('a click');
  });
  const pageId = await pageIdOf(live);
  twoLookouts();
  await bothHave(pageId);
  const [ring] = told().filter((one) => one.pageId === pageId);
  expect(ring?.text.split('\n')[0]).toMatch(
    new RegExp(`^${live.number} was ended from outside \\(terminated\\) at .* by .*: a click\\.$`),
  );
});

test('each duty manager is told once of a terminated E-Down, by two workers, and by none after a restart', async () => {
  const live = await eDown();
  const pageId = await pageIdOf(live);
  twoLookouts();
  const endedAt = Date.now();
  await live.handle.terminate('a click');
  await bothHave(pageId);

  const [ring] = told().filter((one) => one.pageId === pageId);
  expect((ring?.at ?? Infinity) - endedAt).toBeLessThan(MINUTE);
  expect(ring).toMatchObject({ urgent: true, asks: [], audience: 'DUTY_MANAGER', severity: 0, emergency: 'ACTIVE' });
  expect(ring?.id).toBe(`${pageId}/1/${ring?.person}/webhook`);
  expect(ring?.title).toBe(`[ENDED] ${live.number} Acme: ended from outside — MES down`);
  expect(ring?.text.split('\n')).toEqual([
    expect.stringMatching(
      new RegExp(
        `^${live.number} \\(E-Down, Acme, MES down\\) was ended from outside \\(terminated\\) at .* by .*: a click\\.$`,
      ),
    ),
    'Nobody works on it any more, and nobody is paged. If that was not meant, open it again, with its opening in a file:',
    `tocsin case open --number ${live.number} --file opening.json`,
  ]);

  // Workers and watches begin anew; what comes after shows that they have looked.
  await noLookouts();
  await company.restartWorker();
  twoLookouts();
  const other = await company.open();
  const otherId = await pageIdOf(other);
  await other.handle.terminate('another click');
  await bothHave(otherId);
  expect([toldOf(pageId), toldOf(otherId)]).toEqual([
    ['dirk', 'dora'],
    ['dirk', 'dora'],
  ]);
});

test('what was ended while nobody looked is told; what ended itself, goes on, or is in hand again is not', async () => {
  const closed = await company.open({}, { reopenWindow: '1s' });
  await closed.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
  await closed.handle.result();
  const long = await company.open();
  for (let nth = 1; nth <= 12; nth += 1)
    await long.update('recordProgress', 'lee', { summary: `${nth} ${'停'.repeat(1_190)}`, substantive: true });
  const cancelled = await company.open();
  await cancelled.handle.cancel();
  const again = await company.open();
  const itsPage = await pageIdOf(again);
  await again.handle.terminate('by mistake');
  await isListedAsEnded(again);
  await company.open({ caseNumber: again.number });
  await eventually(
    () => company.tocsin.list({}, { limit: 1_000 }),
    (rows) => rows.filter(({ caseNumber }) => caseNumber === again.number).every(({ endedOutside }) => !endedOutside),
  );
  const live = await company.open();
  const pageId = await pageIdOf(live);
  await live.handle.terminate('a click');
  await isListedAsEnded(live);

  const before = told().length;
  twoLookouts();
  await bothHave(pageId);
  await noLookouts();
  expect(toldOf(itsPage)).toEqual([]);
  expect(told()).toHaveLength(before + 2);
});

test('of many at once they hear once, how many there were', async () => {
  const cases = await Promise.all(Array.from({ length: 12 }, () => company.open()));
  await Promise.all(cases.map(({ handle }) => handle.terminate('a batch')));
  await isListedAsEnded(...cases);
  // With those that the test before has left behind.
  const pages = new Set(told().map(({ pageId }) => pageId));
  const all = (await ended()).filter(({ runId }) => !pages.has(`ended-${runId}`)).length;
  expect(all).toBeGreaterThanOrEqual(cases.length);
  const before = told().length;
  twoLookouts();
  await company.receiver.waitFor(() => told().length >= before + 2, MINUTE);
  const later = await eDown();
  await later.handle.terminate('a click');
  await bothHave(await pageIdOf(later));

  const [one, two, ...more] = told().slice(before);
  expect([one?.phone, two?.phone].sort()).toEqual(['dirk', 'dora']);
  expect(one?.text.split('\n')[0]).toMatch(
    new RegExp(`^${all} open cases were ended from outside: (C\\d+, ){4}C\\d+ and ${all - 5} more\\.$`),
  );
  expect(more.map(({ title }) => title.includes(later.number))).toEqual([true, true]);
});

test('`tocsin watch` on another machine has them told, of what was ended before it came and of what is ended then', async () => {
  const folder = temporaryFolder();
  const before = await eDown();
  const beforeId = await pageIdOf(before);
  await before.handle.terminate('a click');
  await isListedAsEnded(before);
  const watch = await Service.start(
    folder,
    'watch',
    { TEMPORAL_ADDRESS: company.server.address, TEMPORAL_NAMESPACE: 'default' },
    { ready: false },
  );
  try {
    await watch.until(() => toldOf(beforeId).length >= 2, MINUTE);
    const then = await eDown();
    const thenId = await pageIdOf(then);
    const endedAt = Date.now();
    await then.handle.terminate('another click');
    await watch.until(() => toldOf(thenId).length >= 2, MINUTE);
    const [ring] = told().filter(({ pageId }) => pageId === thenId);
    expect((ring?.at ?? Infinity) - endedAt).toBeLessThan(MINUTE);
    expect(ring).toMatchObject({ urgent: true, asks: [], audience: 'DUTY_MANAGER', severity: 0 });
    expect([toldOf(beforeId), toldOf(thenId)]).toEqual([
      ['dirk', 'dora'],
      ['dirk', 'dora'],
    ]);
    expect(await watch.stop()).toBe(0);
  } finally {
    await watch.stop();
    removeFolder(folder);
  }
}, 180_000);

test('two runs that began in the same millisecond are two, and each is told', () => {
  // As the server makes them (UUID version 7): the time first, then chance.
  const [one, other] = ['01a21fcb-f03e-7473-94fc-b010b4050f17', '01a21fcb-f03e-76fa-a8d5-9f7be8d4cbd9'];
  expect(shortOf({ runId: one })).not.toBe(shortOf({ runId: other }));
});

test('a channel that says no costs nothing, and one that is down is tried again', async () => {
  company.reroute('dora', '/dora-office', '/dora-mobile');
  company.receiver.respond('/dora-office', () => ({ status: 410 }));
  let isDown = true;
  company.receiver.respond('/dirk', () => {
    const status = isDown ? 503 : 200;
    isDown = false;
    return { status };
  });
  const live = await company.open();
  const pageId = await pageIdOf(live);
  await live.handle.terminate('a click');
  twoLookouts();
  await company.receiver.waitFor(() => toldOf(pageId).length >= 4, MINUTE);
  const tries = told().filter((ring) => ring.pageId === pageId);
  expect(tries.map(({ phone, id }) => `${phone} ${id.slice(pageId.length)}`).sort()).toEqual([
    'dirk /1/dirk/webhook',
    'dirk /1/dirk/webhook',
    'dora-mobile /1/dora/webhook#2',
    'dora-office /1/dora/webhook',
  ]);
  expect(await company.server.client.workflow.getHandle(pageId).result()).toEqual(
    expect.arrayContaining(['dora', 'dirk']),
  );
});
