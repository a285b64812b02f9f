/**
 * `tocsin watch` on a real server with a real worker: it alarms past Temporal when Temporal, the workers or the path of a page are
 * gone, says when they are back, and pings the dead-man URL only while all is well.
 */
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { canaryActivities } from '../../../activities/canary';
import type { Check } from '../../../worker/watch/finding';
import { look, type Look, type Watched } from '../../../worker/watch/look';
import { watch, type WatchOptions } from '../../../worker/watch/watch';
import { connectToWatch } from '../../../worker/watch/watched';
import { createTocsinWorker } from '../../../worker/worker';
import { startLocalServer, type LocalServer } from '../../../worker/temporal-server/local-server';
import { freePort } from '../../../worker/temporal-server/ports';
import { eventually, policyOf } from '../../support/company';
import { org } from '../../support/org';
import { removeFolder, temporaryFolder } from '../../support/processes';
import { startReceiver, type Receiver } from '../../support/receiver';
import { workflowBundle } from '../../support/bundle';
import { activitiesOf, startTestServer, type TestServer } from '../../support/server';

const EVERY_MS = 200;
const PATIENCE_MS = 3_000;
const WHOLE_MS = 50_000;

const watchedAt = (address: string, is: Watched['walker']['is'] = 'WATCH', id = `${is}@test`): Watched => ({
  target: { address, namespace: 'default' },
  taskQueue: 'tocsin',
  walker: { is, id },
  everyMs: EVERY_MS,
  patienceMs: PATIENCE_MS,
  trail: [],
});

interface Told {
  readonly type: string;
  readonly id: string;
  readonly subject: Check;
  readonly data: { readonly text: string; readonly state: string; readonly where: string };
}

/** A watch that runs while `during` does, with what it has told. */
async function whileWatching(
  watched: Watched,
  receiver: Receiver,
  during: (seen: { told: () => Told[]; pings: () => number; looks: Look[] }) => Promise<void>,
  over: Partial<WatchOptions> = {},
): Promise<void> {
  const stopping = new AbortController();
  const looks: Look[] = [];
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const running = watch({
    everyMs: EVERY_MS,
    alarms: [{ url: receiver.url('/alarm'), format: 'event', secret: 'hush' }],
    deadManUrl: receiver.url('/dead-man'),
    watched,
    connect: connectToWatch,
    log: quiet,
    stopped: stopping.signal,
    onLook: (seen) => void looks.push(seen),
    ...over,
  });
  const to = (path: string) => receiver.requests.filter((request) => request.path === path);
  try {
    await during({
      told: () => to('/alarm').map(({ body }) => JSON.parse(body) as Told),
      pings: () => to('/dead-man').length,
      looks,
    });
  } finally {
    stopping.abort();
    await running;
  }
}

const startWorker = async (
  native: NativeConnection,
  over: Partial<ReturnType<typeof canaryActivities>> = {},
): Promise<{ worker: Worker; stop: () => Promise<void> }> => {
  const policy = policyOf({ version: 'watched' });
  const worker = await createTocsinWorker({
    connection: native,
    bundle: await workflowBundle(),
    activities: {
      ...activitiesOf(org(), policy),
      ...canaryActivities({ directory: org, policy: () => policy, sink: () => undefined, worker: '1@here' }),
      ...over,
    },
  });
  const running = worker.run();
  return {
    worker,
    stop: async () => {
      worker.shutdown();
      await running;
    },
  };
};

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

describe('with a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  }, 300_000);
  afterAll(() => server.stop());

  test('a canary walks the path of a page, and is no case', async () => {
    const { stop } = await startWorker(server.native);
    try {
      const { findings, walk, standsBy } = await look(watchedAt(server.address), connectToWatch);
      expect(findings.map(({ check, is }) => `${check} ${is}`)).toEqual([
        'TEMPORAL WELL',
        'WORKERS WELL',
        'CANARY WELL',
        'OVERDUE WELL',
      ]);
      expect(standsBy).toBe(false);
      expect(walk).toMatchObject({ worker: '1@here', policy: { version: 'watched' }, people: org().people.length });
      const { type, typedSearchAttributes, status } = await server.client.workflow
        .getHandle(walk?.workflowId ?? '')
        .describe();
      expect([type, status.name]).toEqual(['tocsinCanary', 'COMPLETED']);
      expect(typedSearchAttributes.getAll().filter(({ key }) => key.name.startsWith('Case'))).toEqual([]);
    } finally {
      await stop();
    }
  });

  test('no worker: the alarm is told, nothing is pinged meanwhile, and its end is told once', async () => {
    const first = await startWorker(server.native);
    await whileWatching(watchedAt(server.address), receiver, async ({ told, pings }) => {
      await receiver.waitFor(() => pings() >= 2);
      expect(told()).toEqual([]);
      await first.stop();
      await receiver.waitFor(() => told().length > 0, WHOLE_MS);
      const [alarm] = told();
      expect(alarm).toMatchObject({ type: 'tocsin.watch.alarm', subject: 'CANARY' });
      expect(alarm?.data.text).toMatch(
        /^Tocsin alarm, since .* UTC: The canary did not come back on queue tocsin \(not within 3 s\)/,
      );
      expect(alarm?.data.where).toBe(`${server.address}/default/tocsin`);
      const pingsThen = pings();

      const second = await startWorker(server.native);
      await receiver.waitFor(() => told().some(({ type }) => type === 'tocsin.watch.cleared'), WHOLE_MS);
      await receiver.waitFor(() => pings() > pingsThen);
      expect(told().map(({ type, subject }) => `${subject} ${type}`)).toEqual([
        'CANARY tocsin.watch.alarm',
        'CANARY tocsin.watch.cleared',
      ]);
      await second.stop();
    });
  });

  test('a canary that a worker cannot page is told with the reason, and the watch goes on until it can', async () => {
    let isBroken = true;
    const { stop } = await startWorker(server.native, {
      pageCanary: () =>
        isBroken
          ? Promise.reject(ApplicationFailure.nonRetryable('The directory is gone.', 'Broken', { of: 'details' }))
          : Promise.resolve({ worker: '1@here', policy: { version: 'watched', hash: 'h' }, people: 1 }),
    });
    try {
      await whileWatching(watchedAt(server.address), receiver, async ({ told, pings }) => {
        await receiver.waitFor(() => told().length > 0, WHOLE_MS);
        expect(told()[0]).toMatchObject({ type: 'tocsin.watch.alarm', subject: 'CANARY' });
        expect(told()[0]?.data.text).toContain(
          'did not come back on queue tocsin (The directory is gone): pages go out late',
        );
        expect(pings()).toBe(0);
        isBroken = false;
        await receiver.waitFor(() => told().some(({ type }) => type === 'tocsin.watch.cleared'), WHOLE_MS);
        await receiver.waitFor(() => pings() > 0);
      });
    } finally {
      await stop();
    }
  });

  test('a look that fails by itself ends no watch, and is no sign that all is well', async () => {
    const { stop } = await startWorker(server.native);
    let failed = 0;
    try {
      await whileWatching(
        watchedAt(server.address),
        receiver,
        async ({ told, pings, looks }) => {
          await receiver.waitFor(() => pings() >= 1, WHOLE_MS);
          expect([failed, told()]).toEqual([2, []]);
          expect(pings()).toBeLessThanOrEqual(looks.length);
        },
        {
          connect: async (target) => {
            const connection = await connectToWatch(target);
            if (failed < 2) connection.close = () => Promise.reject(new Error(`cut for the ${(failed += 1)}. time`));
            return connection;
          },
        },
      );
    } finally {
      await stop();
    }
  });

  test('an alarm is signed, and sent again until it is taken, under one name', async () => {
    receiver.respond('/alarm', (_, nth) => ({ status: nth < 3 ? 500 : 200 }));
    await whileWatching(watchedAt(server.address), receiver, async ({ told }) => {
      await receiver.waitFor(() => told().length >= 3, WHOLE_MS);
      expect(new Set(told().map(({ id }) => id)).size).toBe(1);
      const [request] = receiver.requests.filter(({ path }) => path === '/alarm');
      const [, at, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(request?.headers['tocsin-signature'])) ?? [];
      expect(signature).toBe(createHmac('sha256', 'hush').update(`${at}.${request?.body}`).digest('hex'));
    });
  });

  test.each([
    ['chat', 'application/json', /^\{"text":"Tocsin alarm, since /],
    ['text', 'text/plain; charset=utf-8', /^Tocsin alarm, since /],
  ] as const)('for a receiver that knows no events: %s', async (format, type, body) => {
    await whileWatching(
      watchedAt(server.address),
      receiver,
      async () => {
        const [request] = await receiver.waitFor((requests) => requests.length > 0, WHOLE_MS);
        expect(request?.headers['content-type']).toBe(type);
        expect(request?.body).toMatch(body);
      },
      { alarms: [{ url: receiver.url('/plain'), format }] },
    );
  });

  test('a worker stands in while nobody else watches, and by while somebody does; of two workers one', async () => {
    const { stop } = await startWorker(server.native);
    const standsBy = async (id: string, everyMs = 2_000): Promise<boolean> =>
      (await look({ ...watchedAt(server.address, 'WORKER', id), everyMs }, connectToWatch)).standsBy;
    // The walks of the tests before are seen for two rounds.
    const inTurn = await eventually(
      () => standsBy('2@b'),
      (stands) => !stands,
    );
    try {
      expect(inTurn).toBe(false);
      // Lists hear of the walk a moment later.
      await eventually(() => standsBy('3@c'), Boolean);
      expect(await standsBy('1@a')).toBe(false);
      await eventually(() => standsBy('2@b'), Boolean);
      await whileWatching(watchedAt(server.address), receiver, async ({ looks, pings }) => {
        await receiver.waitFor(() => pings() >= 2);
        expect(looks.every(({ standsBy }) => !standsBy)).toBe(true);
        await eventually(() => standsBy('1@a'), Boolean);
      });
    } finally {
      await stop();
    }
  });
});

test('Temporal itself is gone: the alarm goes past it, and when it is back that is told', async () => {
  const folder = temporaryFolder();
  const options = { dbFile: join(folder, 'cases.db'), port: await freePort() };
  let server: LocalServer = await startTestServer(options);
  const native = await NativeConnection.connect({ address: server.address });
  const { stop } = await startWorker(native);
  try {
    await whileWatching(watchedAt(server.address), receiver, async ({ told, pings }) => {
      await receiver.waitFor(() => pings() >= 1, WHOLE_MS);
      await server.stop();
      await receiver.waitFor(() => told().length > 0, WHOLE_MS);
      const [alarm] = told();
      expect(alarm).toMatchObject({ type: 'tocsin.watch.alarm', subject: 'TEMPORAL' });
      expect(alarm?.data.text).toContain(
        `Temporal does not answer at ${server.address}: no case is served and nobody is paged.`,
      );
      const pingsThen = pings();
      server = await startLocalServer(options);
      await receiver.waitFor(
        () => told().some(({ type, subject }) => type === 'tocsin.watch.cleared' && subject === 'TEMPORAL'),
        WHOLE_MS,
      );
      await receiver.waitFor(() => pings() > pingsThen, WHOLE_MS);
    });
  } finally {
    await stop();
    await native.close();
    await server.stop();
    removeFolder(folder);
  }
}, 180_000);
