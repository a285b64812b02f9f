import { workflowInfo } from '@temporalio/workflow';

/** The workflow task that runs now: a task goes by the length of its history, on replay as well. */
export const thisTask = (): number => workflowInfo().historyLength;
