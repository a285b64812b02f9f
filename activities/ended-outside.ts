/** The page of cases that were ended from outside: duty managers as they are now, on the channels that ring. */
import { Context } from '@temporalio/activity';
import type { EndedActivities, EndedNotice } from '../workflows/activities';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { Channels } from './channels';
import type { OutgoingPage, SendResult } from './channels/channel';
import { usable } from './channels/usable';
import { candidates } from './directory/candidates';
import { personOf } from './directory/present';
import type { Directory, Person } from './directory/types';
import { observe, type OnSent, type SentOfNoCase } from './observe';
import { providerRetry } from './provider-retry';
import { nextTryAfter } from './retry';
import { endedText } from './templates/ended-text';

export interface EndedOutside {
  readonly directory: () => Directory;
  readonly policy: () => Pick<CasePolicy, 'channels'>;
  readonly channels: Channels;
  /** Told of what became of it on each channel, for metrics. */
  readonly onSent?: OnSent;
}

/** What a worker registers for it. */
export const endedActivities = ({ directory, policy, channels, onSent }: EndedOutside): EndedActivities => {
  const ringing = (person: Person) => usable(person.channels, policy().channels.urgent);
  return {
    dutyManagers: () => {
      const wanted = { audience: 'DUTY_MANAGER', excluding: [] } as const;
      const { list } = candidates(directory(), wanted, { engineer: null }, Date.now());
      const onDuty = list.map(({ person }) => ({
        person: person.id,
        channels: ringing(person).map(({ name }) => name),
      }));
      return Promise.resolve(onDuty);
    },
    tellEnded: async (notice, id, name) => {
      const person = personOf(directory(), id);
      const channel = person && ringing(person).find((known) => known.name === name)?.channel;
      // Gone from the directory since they were looked up.
      if (!person || !channel) return false;
      const { cancellationSignal } = Context.current();
      const page = pageOf(notice, person, name);
      const result = await channels.send(page, channel, cancellationSignal);
      const delay = result.outcome === 'retry' ? nextTry(result) : undefined;
      if (result.outcome === 'retry' && delay !== undefined)
        throw providerRetry(`${name} of ${id}: ${result.detail}`, delay);
      observe(page.pageId, () => onSent?.({ ...page, channel: name, result: SAID[result.outcome] }));
      return result.outcome === 'accepted';
    },
  };
};

const SAID: Readonly<Record<SendResult['outcome'], SentOfNoCase['result']>> = {
  accepted: { outcome: 'ACCEPTED', route: 'DUTY_MANAGER' },
  rejected: { outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER' },
  retry: { outcome: 'FAILED', reason: 'PROVIDER_DOWN' },
};

/** As long as Temporal would try: what it gives up itself, nobody counts. */
function nextTry({ afterMs, isTurn }: Extract<SendResult, { outcome: 'retry' }>): number | undefined {
  const { attempt, scheduledTimestampMs, scheduleToCloseTimeoutMs } = Context.current().info;
  const closesAt = scheduledTimestampMs + scheduleToCloseTimeoutMs;
  const tries = { attempt, firstTryAt: scheduledTimestampMs, now: Date.now(), retryForMs: Infinity, closesAt };
  return nextTryAfter(tries, { afterMs, spread: isTurn === true ? 0 : Math.random() });
}

/** Urgent, and asks for no answer: there is no case any more that could take one. */
function pageOf(notice: EndedNotice, person: Person, channel: string): OutgoingPage {
  const { pageId, count, cases } = notice;
  const [first] = count === 1 ? cases : [];
  return {
    ...endedText(notice, person),
    key: `${pageId}/1/${person.id}/${channel}`,
    person: person.id,
    name: person.name,
    orderedAt: Context.current().info.scheduledTimestampMs,
    asks: [],
    pageId,
    attempt: 1,
    audience: 'DUTY_MANAGER',
    purpose: 'ENDED_OUTSIDE',
    urgent: true,
    caseNumber: first?.caseNumber ?? '',
    severity: first?.severity ?? (notice.eDowns > 0 ? 0 : 1),
    level: first?.level ?? 'NORMAL',
    emergency: first?.emergency ?? 'NONE',
  };
}
