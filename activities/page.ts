/**
 * One page to one person on one channel: look the person up, say it, report. Everything that a provider can do ends in
 * a typed result; only a bug throws. Retrying is Temporal's, so that it survives this worker (B2, contract section 6).
 */
import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { PageOrder, PageResult } from '../workflows/case/pages';
import { send, usable } from './channels';
import type { OutgoingPage } from './channels/channel';
import { candidates, chainOf, shiftOf, type Candidate } from './directory/candidates';
import { personOf } from './directory/present';
import type { Directory } from './directory/types';
import { textOf, titleOf } from './templates/page-text';

export interface Paging {
  readonly directory: () => Directory;
  readonly console: (line: string) => void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A provider gets this many tries even when the retry time was over before the first: after an outage, say. */
const LEAST_TRIES = 3;

export async function page(order: PageOrder, { directory: source, console: write }: Paging): Promise<PageResult> {
  const directory = source();
  const now = Date.now();
  const { list, passedOver } = candidates(directory, order, now);
  const directManager = directManagerOf(directory, order);
  const found = { passedOver, ...(directManager && { directManager }) };
  const [candidate] = list;
  if (!candidate) return { ...found, outcome: 'FAILED', reason: 'NO_PERSON' };

  const { person, route } = candidate;
  const channels = usable(person.channels, order.channels);
  const chosen = channels[order.skipChannels];
  if (!chosen) return { ...found, outcome: 'FAILED', reason: 'NO_ADDRESS', person: person.id, name: person.name, route };

  const addressed = { ...found, person: person.id, name: person.name, route, channel: chosen.name, channelIndex: order.skipChannels, channelCount: channels.length };
  const result = await send(outgoing(order, candidate, chosen.name), chosen.channel, write, cancellationSignal());
  switch (result.outcome) {
    case 'accepted': {
      const shift = shiftOf(directory, candidate, now);
      return { ...addressed, outcome: 'ACCEPTED', ...(shift && { shift }) };
    }
    case 'rejected':
      return { ...addressed, outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER', detail: result.detail };
    case 'retry': {
      const delay = retryDelay(order.retryForMs, result.afterMs);
      if (delay === undefined) return { ...addressed, outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: result.detail };
      throw ApplicationFailure.create({ type: 'PROVIDER_RETRY', message: `${chosen.name} of ${person.id}: ${result.detail}`, nextRetryDelay: delay });
    }
    default:
      return result satisfies never;
  }
}

/** How long to wait before the next try, or nothing when the retry time would be over: somebody else is asked then. */
function retryDelay(retryForMs: number, afterMs = 0): number | undefined {
  const { attempt, scheduledTimestampMs } = activityInfo();
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);
  const delay = Math.max(backOff, afterMs);
  if (afterMs > retryForMs) return undefined;
  // A first try that starts late was held up by an outage of ours, which is not the provider's fault.
  const since = attempt === 1 ? Date.now() : scheduledTimestampMs;
  const isOver = Date.now() + delay - since > retryForMs;
  return isOver && attempt >= LEAST_TRIES ? undefined : delay;
}

function outgoing(order: PageOrder, { person }: Candidate, channel: string): OutgoingPage {
  const { pageId, attempt, audience, purpose, urgent, caseNumber, facts, contact } = order;
  const { severity, level, emergency } = facts;
  return {
    key: `${pageId}/${attempt}/${person.id}/${channel}`,
    person: person.id,
    name: person.name,
    orderedAt: activityInfo().scheduledTimestampMs,
    title: titleOf(order),
    text: textOf(order),
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
  };
}

function directManagerOf(directory: Directory, { engineer }: PageOrder): { person: string; name: string } | undefined {
  const [id] = chainOf(directory, engineer);
  const person = id === undefined ? undefined : personOf(directory, id);
  return person && { person: person.id, name: person.name };
}
