/** Tells each of them once, in their own time, on the first of their channels that takes it. */
import { proxyActivities, setWorkflowOptions, sleep } from '@temporalio/workflow';
import type { Telling, Word, WordActivities, WordResult } from './messages';

/** Longer than a provider is tried again (activities/word.ts): a result that never comes is that of workers that are down. */
const { sendWord } = proxyActivities<WordActivities>({ scheduleToCloseTimeout: '1d', startToCloseTimeout: '1m' });

/** Nobody is asked for an answer, so nothing follows when nobody takes it: the result says so to whoever looks. */
export async function tellOnce(word: Word): Promise<readonly WordResult[]> {
  return Promise.all(word.tellings.map((telling) => tell(word, telling)));
}

async function tell({ pageId, caseNumber }: Word, { notBefore, ...telling }: Telling): Promise<WordResult> {
  if (notBefore !== undefined) await sleep(Math.max(Date.parse(notBefore) - Date.now(), 0));
  const used: string[] = [];
  for (;;) {
    const order = { pageId, ...(caseNumber !== undefined && { caseNumber }), ...telling, used: [...used] };
    const result = await sendWord(order);
    if (result.outcome !== 'FAILED' || result.channelsLeft === 0) return result;
    used.push(result.channel);
  }
}

// It may wait for a morning, and the version that it began with be gone by then.
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, tellOnce);
