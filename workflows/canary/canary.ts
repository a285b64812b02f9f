import { condition, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { walk, type CanaryActivities, type Walked } from './messages';

/** One try: whoever sent it waits, and a second one would hide that the first was lost. */
const { pageCanary } = proxyActivities<CanaryActivities>({
  scheduleToCloseTimeout: '1m',
  retry: { maximumAttempts: 1 },
});

/** Told to walk by a signal, as a case is told of everything; ends with what it has met. */
export async function tocsinCanary(): Promise<Walked> {
  let isTold = false;
  setHandler(walk, () => {
    isTold = true;
  });
  await condition(() => isTold);
  return pageCanary(workflowInfo().workflowId);
}
