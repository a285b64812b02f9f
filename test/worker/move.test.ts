/**
 * A case that ends, or moves by itself, a moment before it is nudged has nothing left to be told: the move goes on. One that
 * nobody serves is not told at all: it could not hear it, and would only have more to read when somebody comes.
 */
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { createActivities } from '../../activities';
import { TocsinClient } from '../../client';
import { TASK_QUEUE } from '../../workflows/messages';
import { KeptBundles } from '../../worker/deployment/bundles';
import { Fleet } from '../../worker/deployment/fleet';
import { move } from '../../worker/deployment/move';
import { promote } from '../../worker/deployment/promote';
import { org } from '../support/org';
import { policyOf } from '../support/company';
import { openingOf } from '../support/mixed-cases';
import { removeFolder, temporaryFolder } from '../support/processes';
import { workflowBundle } from '../support/bundle';
import { startTestServer, type TestServer } from '../support/server';

const OLD = '1'.repeat(16);
const CURRENT = '2'.repeat(16);
let folder: string;
let server: TestServer | undefined;
let fleet: Fleet | undefined;
beforeEach(() => (folder = temporaryFolder()));
afterEach(async () => {
  await fleet?.stop();
  await server?.stop();
  removeFolder(folder);
});

async function oldVersionOn({ client, native }: TestServer): Promise<Fleet> {
  const { code } = await workflowBundle();
  return Fleet.start({
    place: { client, taskQueue: TASK_QUEUE },
    native,
    activities: createActivities({ directory: org, policy: policyOf, console: () => undefined }),
    build: { id: OLD, code },
    kept: new KeptBundles(folder),
    log: pino({ level: 'silent' }),
    promote: true,
  });
}

test('one that is gone when its nudge comes is no trouble', async () => {
  // Given a case on a version that is not current any more
  server = await startTestServer();
  const { workflow, connection } = server.client;
  const place = { client: server.client, taskQueue: TASK_QUEUE };
  fleet = await oldVersionOn(server);
  await new TocsinClient(server.client, { deadlineMs: 30_000 }).open(openingOf('C1000001'));
  await promote(place, CURRENT, { evenUnserved: true });

  // When it is ended by somebody between the list and its nudge
  const nudged: string[] = [];
  const client = new Client({
    connection,
    interceptors: {
      workflow: [
        {
          signal: async (input, next) => {
            const { workflowId = '' } = input.workflowExecution;
            nudged.push(workflowId);
            await workflow.getHandle(workflowId).terminate('gone');
            return next(input);
          },
        },
      ],
    },
  });
  const moved = await move({ client, taskQueue: TASK_QUEUE }, { perSecond: 50, forMs: 30_000 });

  // Then the move comes to its end
  expect(moved).toMatchObject({ left: 0, current: CURRENT });
  expect(nudged).toEqual(['C1000001']);
}, 120_000);

test('what nobody serves is not nudged, and the move ends with its name', async () => {
  // Given a case whose version has had no worker for long: a server that starts anew remembers none
  const dbFile = join(folder, 'tocsin.db');
  server = await startTestServer({ dbFile });
  fleet = await oldVersionOn(server);
  await new TocsinClient(server.client, { deadlineMs: 30_000 }).open(openingOf('C1000002'));
  await fleet.stop();
  await server.stop();
  server = await startTestServer({ dbFile });
  const place = { client: server.client, taskQueue: TASK_QUEUE };
  await promote(place, CURRENT, { evenUnserved: true });

  // When it is to be moved
  const moved = await move(place, { perSecond: 50, forMs: 600_000 });

  // Then it is not waited for in vain, and its history is as it was
  expect(moved).toMatchObject({ left: 1, waiting: ['C1000002'], unserved: [{ build: OLD, cases: 1 }] });
  expect(moved.seconds).toBeLessThan(60);
  const { events } = await server.client.workflow.getHandle('C1000002').fetchHistory();
  expect((events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes)).toEqual([]);
}, 120_000);
