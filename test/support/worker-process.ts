/**
 * A worker as a process of its own, so that a test can kill it: `ts-node worker-process.ts plan.json`. Says `running` on
 * its standard output once it polls.
 */
import { readFileSync } from 'node:fs';
import { NativeConnection } from '@temporalio/worker';
import type { Directory } from '../../activities/directory/types';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { createTocsinWorker } from '../../worker/worker';
import { activitiesOf, quiet } from './server';

export interface WorkerPlan {
  readonly address: string;
  readonly directory: Directory;
  readonly policy: CasePolicy;
  /** Path of the workflow code. */
  readonly code: string;
}

async function main(): Promise<void> {
  quiet();
  const { address, directory, policy, code } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as WorkerPlan;
  const connection = await NativeConnection.connect({ address });
  const worker = await createTocsinWorker({
    connection,
    activities: activitiesOf(directory, policy),
    bundle: { code: readFileSync(code, 'utf8'), sourceMap: '' },
  });
  const running = worker.run();
  console.log('running');
  await running;
}

void main();
