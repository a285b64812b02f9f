/** A server, a worker of ours and a bare one in this process: what is measured is measured side by side. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { historiesOf } from '../client/histories';
import { TocsinClient } from '../client/tocsin-client';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../workflows/messages';
import { directoryFrom } from '../worker/config/directory';
import { policyFrom } from '../worker/config/policy';
import { startLocalServer } from '../worker/temporal-server/local-server';
import { registerSearchAttributes } from '../worker/temporal-server/search-attributes';
import { promote } from '../worker/deployment/promote';
import { versionOf } from '../worker/deployment/server';
import { createTocsinWorker } from '../worker/worker';

const BARE_QUEUE = 'bare';

export interface Stage {
  readonly cases: Worker;
  readonly bare: Worker;
  /** A case that nothing waits for but its engineer's answer, as most cases are. */
  readonly openCase: (index: number) => ReturnType<Client['workflow']['start']>;
  /** Rings once at once. */
  readonly openBare: (index: number) => ReturnType<Client['workflow']['signalWithStart']>;
  /** Of every command in every run of the case, as its histories have them: a case itself keeps its last events only. */
  readonly requestIdsOf: (caseNumber: string) => Promise<ReadonlySet<string>>;
  readonly address: string;
  readonly end: () => Promise<void>;
}

/** `channel`: where the engineer of our cases is paged; `post`: what a bare workflow does when it rings; `house`: who is there besides. */
export async function setStage(
  channel: object,
  post: () => Promise<void>,
  { people = [], onCall = [] }: { readonly people?: readonly object[]; readonly onCall?: readonly object[] } = {},
): Promise<Stage> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const server = await startLocalServer();
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'default');
  const policy = policyFrom({ hotline: '+1 555 0100' });
  const directory = directoryFrom({
    people: [{ id: 'lee', name: 'Lee', channels: [channel] }, ...people],
    dutyManagers: ['lee'],
    onCall,
  });
  const cases = await createTocsinWorker({
    connection: native,
    // As in production: with a version, which costs a page nothing.
    version: versionOf(TASK_QUEUE, 'bench'),
    activities: createActivities({ directory: () => directory, policy: () => policy, console: () => undefined }),
  });
  const bare = await Worker.create({
    connection: native,
    taskQueue: BARE_QUEUE,
    workflowsPath: join(__dirname, 'bare-workflow.ts'),
    activities: { post },
  });
  const workers = Promise.all([cases.run(), bare.run()]);
  const client = new Client({ connection });
  const { workflow } = client;
  await promote({ client, taskQueue: TASK_QUEUE }, 'bench');
  const opening = {
    title: 'MES down',
    severity: 2,
    environment: 'PRODUCTION',
    engineer: 'lee',
    by: 'maria',
    role: 'CUSTOMER',
    customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true },
  };
  return {
    cases,
    bare,
    address: server.address,
    requestIdsOf: async (caseNumber) => {
      const runs = await historiesOf(new TocsinClient(client), caseNumber);
      const accepted = runs
        .flatMap(({ history }) => history.events ?? [])
        .flatMap((event) => {
          const args =
            event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads ?? [];
          return args.flatMap(({ data }) =>
            data ? [JSON.parse(Buffer.from(data).toString()) as { requestId?: string }] : [],
          );
        });
      return new Set(accepted.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId])));
    },
    openCase: (index) => {
      const workflowId = `C${1_000_000 + index}`;
      return workflow.start(WORKFLOW_TYPE, {
        workflowId,
        taskQueue: TASK_QUEUE,
        args: [{ ...opening, caseNumber: workflowId }],
      });
    },
    openBare: (index) =>
      workflow.signalWithStart('bare', { workflowId: `bare-${index}`, taskQueue: BARE_QUEUE, signal: 'ring' }),
    end: async () => {
      cases.shutdown();
      bare.shutdown();
      await workers;
      await native.close();
      await connection.close();
      await server.stop();
    },
  };
}
