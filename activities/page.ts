/**
 * One page to one person on one channel: look the person up, say it, report. Everything that a provider can do ends in
 * a typed result; only a bug throws. Retrying is Temporal's, so that it survives this worker (B2, contract section 6).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { PageOrder, PageResult } from '../workflows/case/pages';
import { send, usable } from './channels';
import type { OutgoingPage } from './channels/channel';
import { candidates, directManagerOf, shiftOf, type Candidate } from './directory/candidates';
import type { Directory } from './directory/types';
import { nextTryAfter } from './retry';
import { textOf, titleOf } from './templates/page-text';
import { chosenIndex, chosenPerson, readTrace, type Trace } from './trace';

export interface Paging {
  readonly directory: () => Directory;
  readonly console: (line: string) => void;
  /** Where the person can acknowledge. Made from when the page was ordered, so that a retry says the same. */
  readonly ackUrl?: (order: PageOrder, person: string, orderedAt: number) => string;
}

/** One try of the order, as an activity (R9, R10, R49, B2). */
export async function page(order: PageOrder, paging: Paging): Promise<PageResult> {
  const { info, cancellationSignal, heartbeat } = Context.current();
  const directory = paging.directory();
  const now = clock();
  const before = readTrace(info.heartbeatDetails);
  const { list, passedOver } = candidates(directory, order, now);
  const directManager = directManagerOf(directory, order.engineer);
  const found = { passedOver, ...(directManager && { directManager }) };
  const candidate = chosenPerson(list, before);
  if (!candidate) return { ...found, outcome: 'FAILED', reason: 'NO_PERSON' };

  const { person, route } = candidate;
  if (order.unless?.includes(person.id)) return { ...found, outcome: 'FAILED', reason: 'KNOWS_ALREADY' };
  const channels = usable(person.channels, order.channels);
  const channelIndex = chosenIndex(channels, person.id, order.used, before);
  const chosen = channels[channelIndex];
  if (!chosen) return { ...found, outcome: 'FAILED', reason: 'NO_ADDRESS', person: person.id, name: person.name, route };

  // A trace that was lost leaves the time of scheduling, and the least number of tries.
  const firstTryAt = before?.firstTryAt ?? (info.attempt === 1 ? now : info.scheduledTimestampMs);
  const trace: Trace = { person: person.id, channel: chosen.name, channelIndex, firstTryAt };
  const shift = shiftOf(directory, candidate, now);
  const addressed = { ...found, ...(shift && { shift }), person: person.id, name: person.name, route, channel: chosen.name, channelIndex, channelCount: channels.length };
  const [result] = await Promise.all([
    send(outgoing(order, candidate, chosen.name, paging.ackUrl), chosen.channel, paging.console, cancellationSignal),
    // Written first, the trace would keep the page waiting; a provider's yes takes longer than this turn.
    nextTurn().then(() => heartbeat(trace)),
  ]);
  switch (result.outcome) {
    case 'accepted':
      return { ...addressed, outcome: 'ACCEPTED' };
    case 'rejected':
      return { ...addressed, outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER', detail: result.detail };
    case 'retry': {
      const delay = nextTry(order.retryForMs, firstTryAt, result.afterMs);
      if (delay === undefined) return { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: result.detail };
      throw ApplicationFailure.create({ type: 'PROVIDER_RETRY', message: `${chosen.name} of ${person.id}: ${result.detail}`, nextRetryDelay: delay });
    }
    default:
      return result satisfies never;
  }
}

/**
 * Never before the order: a server's clock that is a second ahead of this worker's would have the page of a shift that
 * begins now go to the team whose shift has just ended, which ends again as soon as the page is out (B8).
 */
const clock = (): number => Math.max(Date.now(), Context.current().info.currentAttemptScheduledTimestampMs);

function nextTry(retryForMs: number, firstTryAt: number, afterMs: number | undefined): number | undefined {
  const { attempt, scheduledTimestampMs, scheduleToCloseTimeoutMs, retryPolicy } = Context.current().info;
  const closesAt = scheduleToCloseTimeoutMs > 0 ? scheduledTimestampMs + scheduleToCloseTimeoutMs : Infinity;
  const maximumAttempts = retryPolicy?.maximumAttempts;
  return nextTryAfter({ attempt, firstTryAt, now: clock(), retryForMs, closesAt, ...(maximumAttempts !== undefined && { maximumAttempts }) }, afterMs);
}

function outgoing(order: PageOrder, { person }: Candidate, channel: string, ackUrlOf: Paging['ackUrl']): OutgoingPage {
  const { pageId, attempt, audience, purpose, urgent, caseNumber, facts, contact } = order;
  const { severity, level, emergency } = facts;
  const orderedAt = Context.current().info.scheduledTimestampMs;
  const ackUrl = ackUrlOf?.(order, person.id, orderedAt);
  return {
    key: `${pageId}/${attempt}/${person.id}/${channel}`,
    person: person.id,
    name: person.name,
    orderedAt,
    title: titleOf(order),
    text: textOf(order, person.id),
    pageId,
    attempt,
    audience,
    purpose,
    urgent,
    caseNumber,
    severity,
    level,
    emergency,
    ...(contact && { contact: { ...(contact.number !== undefined && { number: contact.number }), ...(contact.email !== undefined && { email: contact.email }) } }),
    ...(ackUrl !== undefined && { ackUrl }),
  };
}
