/** A real server, the real workflow and a small company, with a worker that can go and come back: for the typed client. */
import { directoryFrom, policyFrom } from '../../worker/config';
import { createTocsinWorker } from '../../worker/worker';
import { workflowBundle } from './bundle';
import { activitiesOf, startTestServer } from './server';

const directory = directoryFrom(
  {
    people: [
      { id: 'eng-lee', name: 'Lee Min', manager: 'mgr-ana' },
      { id: 'mgr-ana', name: 'Ana Ruiz' },
    ],
    dutyManagers: ['mgr-ana'],
  },
  {},
);
/** A closed case is over at once. Whatever else is due comes after any test. */
const policy = policyFrom({ hotline: '+1 555 0100', reopenWindow: '1ms', warnAt: [] });

export interface ServedCases {
  readonly address: string;
  /** The worker goes; the server and its cases stay. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

export async function serveCases(): Promise<ServedCases> {
  const { address, native, stop: stopServer } = await startTestServer();
  let stopWorker: (() => Promise<void>) | undefined;
  const startWorker = async (): Promise<void> => {
    if (stopWorker) return;
    const worker = await createTocsinWorker({
      connection: native,
      activities: activitiesOf(directory, policy),
      bundle: await workflowBundle(),
    });
    const running = worker.run();
    stopWorker = async () => {
      worker.shutdown();
      await running;
      stopWorker = undefined;
    };
  };
  await startWorker();
  return {
    address,
    startWorker,
    stopWorker: async () => await stopWorker?.(),
    close: async () => {
      await stopWorker?.();
      await stopServer();
    },
  };
}
