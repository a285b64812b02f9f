/**
 * The code of older versions is kept beside the database: not without end, whole or not at all, and never dropped while it may be
 * what a case waits for.
 */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import pino from 'pino';
import { createActivities } from '../../activities';
import { KeptBundles } from '../../worker/deployment/bundles';
import { Fleet } from '../../worker/deployment/fleet';
import { TASK_QUEUE } from '../../workflows/messages';
import { policyOf } from '../support/company';
import { org } from '../support/org';
import { removeFolder, temporaryFolder } from '../support/processes';
import { workflowBundle } from '../support/bundle';
import { startTestServer } from '../support/server';

let folder: string;
let kept: KeptBundles;
beforeEach(() => {
  folder = temporaryFolder();
  kept = new KeptBundles(folder);
});
afterEach(() => removeFolder(folder));

const nameOf = (nth: number): string => nth.toString(16).padStart(16, '0');
/** The first is the oldest. */
function keepMany(count: number): void {
  for (let nth = 1; nth <= count; nth += 1) {
    kept.keep({ id: nameOf(nth), code: `version(${nth});` });
    utimesSync(kept.pathOf(nameOf(nth)), nth, nth);
  }
}

test('what was kept comes back as it was; the oldest of too many goes, and what cases need stays, however old', () => {
  keepMany(15);
  expect(kept.read(nameOf(1))).toEqual({ id: nameOf(1), code: 'version(1);' });
  kept.prune(new Set([nameOf(1), nameOf(15)]));
  expect(kept.builds()).toEqual([nameOf(1), ...Array.from({ length: 11 }, (_, index) => nameOf(index + 5))]);
});

test('one changed letter is found, said with its place, and nobody is told to build it again', () => {
  keepMany(1);
  const path = kept.pathOf(nameOf(1));
  writeFileSync(path, readFileSync(path, 'utf8').replace('version(1)', 'version(2)'));
  expect(() => kept.read(nameOf(1))).toThrow(`Its code in ${path} is damaged.`);
  // Kept again by who has it whole.
  kept.keep({ id: nameOf(1), code: 'version(1);' });
  expect(kept.read(nameOf(1))?.code).toBe('version(1);');
});

test('a start that cannot see which versions have cases drops none', async () => {
  // Given a server whose lists do not answer
  const server = await startTestServer();
  const noLists = ((options, next) =>
    next(
      options.method_definition.path.endsWith('/CountWorkflowExecutions') ? { ...options, deadline: 1 } : options,
    )) as NonNullable<ConnectionOptions['interceptors']>[number];
  const listsAreDown = await Connection.connect({ address: server.address, interceptors: [noLists] });
  try {
    keepMany(14);
    // When a worker starts there
    const fleet = await Fleet.start({
      place: { client: new Client({ connection: listsAreDown }), taskQueue: TASK_QUEUE },
      native: server.native,
      activities: createActivities({ directory: org, policy: policyOf, console: () => undefined }),
      build: { id: nameOf(99), code: (await workflowBundle()).code },
      kept,
      log: pino({ level: 'silent' }),
      promote: true,
    });
    await fleet.stop();
    // Then nothing that a case may need is gone
    expect(kept.builds()).toHaveLength(15);
  } finally {
    await listsAreDown.close();
    await server.stop();
  }
}, 120_000);
