/** The first task of a worker: a process is ready when one of its tasks was done, not when it has begun to ask for some. */
import { proxyLocalActivities } from '@temporalio/workflow';
import type { StartUpActivities } from './activities';

const { isThisWorker } = proxyLocalActivities<StartUpActivities>({ startToCloseTimeout: '5s' });

/** Whether it was the worker that asked; another of the same version may be faster. */
export const startUp = (token: string): Promise<boolean> => isThisWorker(token);
