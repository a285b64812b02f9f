/** `tocsin test page`: by a real worker, with its channels and secrets; the last mile is that of any other word. */
import { ActivityFailure, proxyActivities, setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import type { ChannelTested, Tested, TestPageActivities, TestWanted, WordActivities, WordResult } from './messages';

const { lookAtChannels } = proxyActivities<TestPageActivities>({
  startToCloseTimeout: '40s',
  scheduleToCloseTimeout: '90s',
});
/** As long as a provider may take; the time between is that of a telephone which has just rung. */
const { sendWord } = proxyActivities<WordActivities>({ startToCloseTimeout: '40s', scheduleToCloseTimeout: '90s' });

/** Channel after channel, so that whoever holds the telephone can tell them apart. */
export async function testPage({ pageId, person, channel, patienceMs }: TestWanted): Promise<Tested> {
  if (Date.now() - workflowInfo().startTime.getTime() > patienceMs) return { is: 'TOO_LATE' };
  const look = await lookAtChannels(person, channel);
  if (look.is !== 'FOUND') return look;
  const channels: ChannelTested[] = [];
  for (const name of look.channels) channels.push(await tested(pageId, person, look.name, name));
  return { ...look, person, channels };
}

async function tested(pageId: string, person: string, name: string, channel: string): Promise<ChannelTested> {
  try {
    const result = await sendWord({
      pageId,
      whom: { person, channel },
      audience: 'ENGINEER',
      said: { key: 'TEST', name, channel },
      used: [],
    });
    return inShort(channel, result);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return untried(channel, 'retry', `no worker brought what came of it (${error.cause?.message ?? error.message})`);
  }
}

function inShort(channel: string, result: WordResult): ChannelTested {
  switch (result.outcome) {
    case 'ACCEPTED':
      return { channel, key: result.key, result: { outcome: 'accepted' }, tookMs: result.tookMs };
    case 'FAILED': {
      const { key, tookMs, mayPass, detail, afterMs } = result;
      const later = { outcome: 'retry', detail, ...(afterMs !== undefined && { afterMs }) } as const;
      return { channel, key, result: mayPass ? later : { outcome: 'rejected', detail }, tookMs };
    }
    case 'NOBODY':
    case 'OVER':
    case 'NO_ADDRESS':
      return untried(channel, 'rejected', 'they have it no more: the directory was edited meanwhile');
    default:
      return result satisfies never;
  }
}

const untried = (channel: string, outcome: 'retry' | 'rejected', detail: string): ChannelTested => ({
  channel,
  key: '',
  result: { outcome, detail },
  tookMs: 0,
});

setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, testPage);
