/** The thinnest workflow that pages: what `bench/latency.ts` measures against. */
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { post } = proxyActivities<{ post: () => Promise<void> }>({ startToCloseTimeout: '10s' });

export async function bare(): Promise<void> {
  setHandler(defineSignal('ring'), () => void post());
  await condition(() => false);
}
