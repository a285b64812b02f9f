/**
 * One page to one person on one channel: look the person up, say it, report. Everything that a provider can do ends in
 * a typed result; only a bug throws. Retrying is Temporal's, so that it survives this worker (B2).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { Addressed, PageOrder, PageResult, PageTrouble } from '../workflows/core/language/page';
import type { Channels } from './channels';
import type { OutgoingPage, SendResult } from './channels/channel';
import type { UsableChannel } from './channels/usable';
import type { AlsoAsked } from './also-asked';
import type { LinkedPage } from './answer-links';
import { choose, type Chosen } from './choose';
import { sayingWhenSlow, tellCase } from './delayed';
import { nameOf } from './directory/names';
import type { Directory } from './directory/types';
import { providerRetry } from './provider-retry';
import { nextTryAfter } from './retry';
import { messageOf } from './templates/page-text';
import { readingOf } from './templates/reading';
import { nextUnused, readTrace, type Trace } from './trace';

export interface Paging {
  readonly directory: () => Directory;
  readonly channels: Channels;
  readonly alsoAsked: AlsoAsked;
  /** Where the person can answer. Made from when the page was ordered, so that a retry says the same. */
  readonly ackUrl?: (page: LinkedPage) => string;
}

/** How often a try that takes long says that it is alive, and hears that it was called back. */
const HEARTBEAT_EVERY_MS = 2_000;

/** One try of the order, as an activity (R9, R10, R49, B2). */
export async function page(order: PageOrder, paging: Paging): Promise<PageResult> {
  const { info, cancellationSignal, heartbeat } = Context.current();
  const now = clock();
  const before = readTrace(info.heartbeatDetails);
  const chosen = before ? asBefore(before, paging.directory(), order, now) : choose(paging.directory(), order, now);
  if ('result' in chosen) return chosen.result;

  const channel = channelOf(chosen, order, before);
  if (!channel) return noAddress(chosen);
  const addressed = addressedTo(chosen, order, channel);
  // A trace that was lost leaves the time of scheduling, and the least number of tries.
  const firstTryAt = before?.firstTryAt ?? (info.attempt === 1 ? now : info.scheduledTimestampMs);
  const trace: Trace = {
    person: chosen.candidate.person.id,
    channel: channel.name,
    firstTryAt,
    ...(chosen.joined && { joined: chosen.joined }),
  };
  const beat = (): void => heartbeat(trace);
  const beating = setInterval(beat, HEARTBEAT_EVERY_MS);
  const message = outgoing(order, chosen, channel.name, paging, now);
  try {
    const [result] = await sayingWhenSlow(
      () =>
        Promise.all([
          paging.channels.send(message, channel.channel, cancellationSignal),
          // Written first, the trace would keep the page waiting; a provider's yes takes longer than this turn.
          nextTurn().then(beat),
        ]),
      () => troubleOf(order, addressed, 'SLOW'),
    );
    if (result.outcome === 'accepted') paging.alsoAsked.heard(addressed.person, order, addressed.asks.length > 0, now);
    return await judge(order, addressed, result, firstTryAt);
  } finally {
    clearInterval(beating);
  }
}

async function judge(
  order: PageOrder,
  addressed: Addressed & Chosen['found'],
  result: SendResult,
  firstTryAt: number,
): Promise<PageResult> {
  switch (result.outcome) {
    case 'accepted':
      return { ...addressed, outcome: 'ACCEPTED', ...(result.receipt !== undefined && { receipt: result.receipt }) };
    case 'rejected':
      return { ...addressed, outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER', detail: result.detail };
    case 'retry': {
      const delay = nextTry(order.retryForMs, firstTryAt, result);
      if (delay === undefined)
        return { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: result.detail };
      // The next channel does not wait until this one has given up (H7).
      await tellCase({ ...troubleOf(order, addressed, isBusy(result) ? 'BUSY' : 'FAILED'), detail: result.detail });
      throw providerRetry(`${addressed.channel} of ${addressed.person}: ${result.detail}`, delay);
    }
    default:
      return result satisfies never;
  }
}

/** What its case hears of a message that has no outcome yet. */
export function troubleOf({ pageId, attempt }: PageOrder, addressed: Addressed, why: PageTrouble['why']): PageTrouble {
  const { person, name, channel, channelsLeft, joined } = addressed;
  return { pageId, attempt, person, name, channel, channelsLeft, ...(joined && { joined }), why };
}

const LONGEST_WAIT_OF_A_BUSY_CHANNEL_MS = 60_000;

/** D13: "not now, in a few seconds" is the word of a channel that works. */
const isBusy = ({ isBusy: says, afterMs }: Extract<SendResult, { outcome: 'retry' }>): boolean =>
  says === true && afterMs !== undefined && afterMs <= LONGEST_WAIT_OF_A_BUSY_CHANNEL_MS;

/** Whom the try before was for, if they may still be asked; what it says is what holds now. */
function asBefore(trace: Trace, directory: Directory, order: PageOrder, now: number): ReturnType<typeof choose> {
  const { person, joined } = trace;
  const again = choose(directory, { ...order, wanted: { ...order.wanted, prefer: person } }, now);
  if ('result' in again || again.candidate.person.id !== person) return again;
  // Under the same key as before, whichever page has been opened with them since.
  const { pageId, attempt } = joined ?? order;
  return { ...again, pageId, attempt, ...(joined && { joined }) };
}

/** The channel of the try before if the person still has it, otherwise the next that was not used. */
function channelOf(
  { channels, candidate }: Chosen,
  { used }: PageOrder,
  before: Trace | undefined,
): UsableChannel | undefined {
  const same =
    before?.person === candidate.person.id ? channels.find(({ name }) => name === before.channel) : undefined;
  return same ?? nextUnused(channels, used);
}

const noAddress = ({ candidate, found }: Chosen): PageResult => ({
  ...found,
  outcome: 'FAILED',
  reason: 'NO_ADDRESS',
  person: candidate.person.id,
  name: candidate.person.name,
  route: candidate.route,
});

/** What every result of a message says of it. */
export function addressedTo(chosen: Chosen, { used }: PageOrder, channel: UsableChannel): Addressed & Chosen['found'] {
  const { candidate, channels, mode, asks, tells, joined, ringsFrom, found } = chosen;
  return {
    ...found,
    person: candidate.person.id,
    name: candidate.person.name,
    route: candidate.route,
    channel: channel.name,
    channelsLeft: channels.filter(({ name }) => name !== channel.name && !used.includes(name)).length,
    mode,
    asks: asks.map(({ key }) => key),
    tells: [...new Set(tells.map(({ purpose }) => purpose))],
    ...(joined && { joined }),
    ...(ringsFrom !== undefined && { ringsFrom }),
  };
}

/**
 * Never before the order: a server's clock that is a second ahead of this worker's would have the page of a shift that
 * begins now go to the team whose shift has just ended, which ends again as soon as the page is out (B8).
 */
const clock = (): number => Math.max(Date.now(), Context.current().info.currentAttemptScheduledTimestampMs);

function nextTry(
  retryForMs: number,
  firstTryAt: number,
  { afterMs, isTurn }: Extract<SendResult, { outcome: 'retry' }>,
): number | undefined {
  const { attempt, scheduledTimestampMs, scheduleToCloseTimeoutMs, retryPolicy } = Context.current().info;
  const closesAt = scheduleToCloseTimeoutMs > 0 ? scheduledTimestampMs + scheduleToCloseTimeoutMs : Infinity;
  const maximumAttempts = retryPolicy?.maximumAttempts;
  const tries = { attempt, firstTryAt, now: clock(), retryForMs, closesAt };
  const spread = isTurn === true ? 0 : Math.random();
  return nextTryAfter({ ...tries, ...(maximumAttempts !== undefined && { maximumAttempts }) }, { afterMs, spread });
}

function outgoing(
  order: PageOrder,
  chosen: Chosen,
  channel: string,
  { ackUrl: ackUrlOf, alsoAsked, directory }: Paging,
  now: number,
): OutgoingPage {
  const { caseNumber, wanted, contacts, facts } = order;
  const { candidate, pageId, attempt, mode, asks } = chosen;
  const { person } = candidate;
  const { severity, level, emergency } = facts;
  const orderedAt = Context.current().info.scheduledTimestampMs;
  const ackUrl = asks.length > 0 ? ackUrlOf?.({ pageId, person: person.id, orderedAt }) : undefined;
  const reading = readingOf(person, order.contactZone);
  const company = directory();
  const contact = wanted.audience === 'CONTACT' ? contacts?.find(({ name }) => name === person.id) : undefined;
  return {
    key: `${pageId}/${attempt}/${person.id}/${channel}`,
    person: person.id,
    name: person.name,
    language: reading.language,
    orderedAt,
    ...messageOf(order, chosen, {
      now: orderedAt,
      alsoAsked: alsoAsked.of(person.id, caseNumber, now),
      ...reading,
      nameOf: (id) => nameOf(company, id),
      ...(ackUrl !== undefined && { ackUrl }),
    }),
    pageId,
    attempt,
    audience: wanted.audience,
    urgent: mode === 'RING',
    caseNumber,
    severity,
    level,
    emergency,
    ...(contact && {
      contact: {
        ...(contact.number !== undefined && { number: contact.number }),
        ...(contact.email !== undefined && { email: contact.email }),
      },
    }),
    ...(ackUrl !== undefined && { ackUrl }),
  };
}
