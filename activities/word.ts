/**
 * Word that is of no case, to one person on one channel (workflows/word). It never rings, unless it is a test: it goes over the normal
 * channels, and what nobody takes is a result that somebody may look at.
 */
import { Context } from '@temporalio/activity';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { WordActivities, WordOrder, WordResult } from '../workflows/word/messages';
import type { Channels } from './channels';
import { allOf, usable } from './channels/usable';
import { firstFound, personOf, standIns, type Candidate } from './directory/present';
import { ladderAt } from './directory/rota';
import type { Directory } from './directory/types';
import { observe, type OnSent, type SentOfNoCase } from './observe';
import { providerRetry } from './provider-retry';
import { nextTryAfter } from './retry';
import { readingOf } from './templates/reading';
import { pageOfWord } from './templates/word-text';
import { nextUnused } from './trace';

export interface WordOutside {
  readonly directory: () => Directory;
  readonly policy: () => Pick<CasePolicy, 'channels'>;
  readonly channels: Channels;
  /** Told of what became of it on each channel, for metrics. */
  readonly onSent?: OnSent;
}

/** Nobody waits for it: a provider has longer than for a page. */
const RETRY_FOR_MS = 600_000;
/** Somebody waits for what comes of a test: it is tried once, and only its place in a queue is waited for. */
const TURN_OF_A_TEST_MS = 30_000;

/** What a worker registers for it. */
export const wordActivities = (outside: WordOutside): WordActivities => ({
  sendWord: async (order) => {
    const candidate = lookUp(outside.directory(), order);
    const result = await send(order, candidate, outside);
    observe(order.pageId, () => tell(order, result, candidate, outside.onSent));
    return result;
  },
});

async function send(
  order: WordOrder,
  candidate: Candidate | undefined,
  { policy, channels: means }: WordOutside,
): Promise<WordResult> {
  const { info, cancellationSignal } = Context.current();
  if (order.whom.team !== undefined && Date.parse(order.whom.at) <= Date.now()) return { outcome: 'OVER' };
  if (!candidate) return { outcome: 'NOBODY' };
  const { person } = candidate;
  const only = order.whom.channel;
  const channels =
    only === undefined
      ? usable(person.channels, policy().channels.normal)
      : allOf(person.channels).filter(({ name }) => name === only);
  const channel = nextUnused(channels, order.used);
  if (!channel) return { outcome: 'NO_ADDRESS', person: person.id };
  const page = pageOfWord(candidate, readingOf(person), channel.name, order, info.scheduledTimestampMs);
  const began = Date.now();
  const result = await means.send(page, channel.channel, cancellationSignal);
  const tried = { person: person.id, channel: channel.name, key: page.key, tookMs: Date.now() - began };
  if (result.outcome === 'accepted') return { outcome: 'ACCEPTED', ...tried };
  const channelsLeft = channels.filter(({ name }) => name !== channel.name && !order.used.includes(name)).length;
  if (result.outcome === 'retry' && (only === undefined || result.isTurn)) {
    const delay = nextTryAfter(
      {
        attempt: info.attempt,
        firstTryAt: info.scheduledTimestampMs,
        now: Date.now(),
        retryForMs: only === undefined ? RETRY_FOR_MS : TURN_OF_A_TEST_MS,
        closesAt: Infinity,
      },
      { afterMs: result.afterMs, spread: Math.random() },
    );
    if (delay !== undefined) throw providerRetry(`${channel.name} of ${person.id}: ${result.detail}`, delay);
  }
  const { detail } = result;
  if (result.outcome === 'rejected') return { outcome: 'FAILED', ...tried, channelsLeft, detail, mayPass: false };
  const { afterMs } = result;
  const later = afterMs !== undefined && { afterMs };
  return { outcome: 'FAILED', ...tried, channelsLeft, detail, mayPass: true, ...later };
}

function tell(
  order: WordOrder,
  result: WordResult,
  candidate: Candidate | undefined,
  onSent: OnSent | undefined,
): void {
  const said = saidOf(result, candidate);
  if (!said) return;
  onSent?.({
    pageId: order.pageId,
    audience: order.audience,
    purpose: order.said.key,
    orderedAt: Context.current().info.scheduledTimestampMs,
    ...('channel' in result && { channel: result.channel }),
    result: said,
  });
}

function saidOf(result: WordResult, candidate: Candidate | undefined): SentOfNoCase['result'] | undefined {
  switch (result.outcome) {
    case 'ACCEPTED':
      return { outcome: 'ACCEPTED', route: candidate?.route ?? 'NAMED' };
    case 'FAILED':
      return { outcome: 'FAILED', reason: result.mayPass ? 'PROVIDER_DOWN' : 'REJECTED_BY_PROVIDER' };
    case 'NO_ADDRESS':
      return { outcome: 'FAILED', reason: 'NO_ADDRESS' };
    case 'NOBODY':
      return { outcome: 'FAILED', reason: 'NO_PERSON' };
    case 'OVER':
      return undefined;
    default:
      return result satisfies never;
  }
}

/** Of a turn it is whoever will come: somebody who stands in for who is away then. What is told by name waits for its reader. */
function lookUp(directory: Directory, { whom }: WordOrder): Candidate | undefined {
  if (whom.team === undefined) {
    const person = personOf(directory, whom.person);
    return person && { person, route: 'NAMED' };
  }
  const at = Date.parse(whom.at);
  const team = directory.onCall.find((entry) => entry.team === whom.team);
  return team && firstFound(standIns(directory, ladderAt(team, at), 'ON_CALL', at));
}
