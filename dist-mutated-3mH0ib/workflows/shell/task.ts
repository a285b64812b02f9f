import { condition, workflowInfo } from '@temporalio/workflow';

/** The workflow task that runs now: a task goes by the length of its history, on replay as well. */
export const thisTask = (): number => workflowInfo().historyLength;

/**
 * Resolves when everything that has come with this task is judged. Signals are given at once, but an outcome, a timer or an
 * update some microtasks later: a condition that a signal has met comes true between them. The SDK asks again when no microtask is left.
 */
export async function allJudged(): Promise<void> {
  let isAskedAgain = false;
  await condition(() => {
    const isLater = isAskedAgain;
    isAskedAgain = true;
    return isLater;
  });
}
