/** The page of cases that were ended from outside: duty managers as they are now, on the channels that ring. */
import { Context } from '@temporalio/activity';
import type { EndedActivities, EndedNotice } from '../workflows/activities';
import type { CasePolicy } from '../workflows/core/language/policy';
import type { Channels } from './channels';
import type { OutgoingPage } from './channels/channel';
import { usable } from './channels/usable';
import { candidates } from './directory/candidates';
import { personOf } from './directory/present';
import type { Directory, Person } from './directory/types';
import { providerRetry } from './provider-retry';
import { endedText } from './templates/ended-text';

export interface EndedOutside {
  readonly directory: () => Directory;
  readonly policy: () => Pick<CasePolicy, 'channels'>;
  readonly channels: Channels;
}

/** What a worker registers for it. */
export const endedActivities = ({ directory, policy, channels }: EndedOutside): EndedActivities => {
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
      const result = await channels.send(pageOf(notice, person, name), channel, cancellationSignal);
      if (result.outcome !== 'retry') return result.outcome === 'accepted';
      const { afterMs, detail } = result;
      throw providerRetry(`${name} of ${id}: ${detail}`, afterMs);
    },
  };
};

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
