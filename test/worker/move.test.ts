/** A case that ends, or moves by itself, a moment before it is nudged has nothing left to be told: the move goes on. */
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
import { startTestServer, workflowBundle, type TestServer } from '../support/server';

const folder = temporaryFolder();
const OLD = '1'.repeat(16);
const CURRENT = '2'.repeat(16);
let server: TestServer;
let fleet: Fleet | undefined;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await server?.stop();
  removeFolder(folder);
});

test('one that is gone when its nudge comes is no trouble', async () => {
  // Given a case on a version that is not current any more
  const place = { client: server.client, taskQueue: TASK_QUEUE };
  const { code } = await workflowBundle();
  fleet = await Fleet.start({
    place,
    native: server.native,
    activities: createActivities({ directory: org, policy: policyOf, console: () => undefined }),
    build: { id: OLD, code },
    kept: new KeptBundles(folder),
    log: pino({ level: 'silent' }),
    promote: true,
  });
  await new TocsinClient(server.client, { deadlineMs: 30_000 }).open(openingOf('C1000001'));
  await promote(place, CURRENT, { evenUnserved: true });

  // When it is ended by somebody between the list and its nudge
  const nudged: string[] = [];
  const client = new Client({
    connection: server.client.connection,
    interceptors: {
      workflow: [
        {
          signal: async (input, next) => {
            const { workflowId = '' } = input.workflowExecution;
            nudged.push(workflowId);
            await server.client.workflow.getHandle(workflowId).terminate('gone');
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
