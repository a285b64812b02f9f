/** Channels that took a page are told that it needs no answer any more: never urgent, and never a reason for a case to fail. */
import { Context } from '@temporalio/activity';
import type { SettleOrder } from '../workflows/core/language/page';
import { channelNamed } from './channels/usable';
import { nameOf } from './directory/names';
import { personOf } from './directory/present';
import type { Paging } from './page';
import { providerRetry } from './provider-retry';
import { readingOf } from './templates/reading';

/** What a page is sent by as well. */
type Settling = Pick<Paging, 'directory' | 'channels' | 'alsoAsked'>;

/** Nobody knows what a contact reads: pages to them are in English. */
const CONTACT = { languages: [], timezone: 'UTC' };

export async function settle(order: SettleOrder, { directory: inForce, channels, alsoAsked }: Settling): Promise<void> {
  const directory = inForce();
  const { caseNumber, person, isContact, targets, outcome, by, at } = order;
  const staff = isContact ? undefined : personOf(directory, person);
  const own = isContact ? directory.contactChannels : (staff?.channels ?? []);
  const { language } = readingOf(staff ?? CONTACT);
  alsoAsked.settled(person, caseNumber, Date.parse(at));
  const { cancellationSignal } = Context.current();
  const results = await Promise.all(
    targets.map(async ({ pageId, channel: name, receipt }) => {
      const channel = channelNamed(own, name);
      const settled = {
        caseNumber,
        pageId,
        person,
        language,
        channel: name,
        receipt,
        outcome,
        ...(by !== undefined && { by, byName: nameOf(directory, by) }),
        at: Date.parse(at),
      };
      return channel ? await channels.settle(settled, channel, cancellationSignal) : undefined;
    }),
  );
  // Told again to all: what is told twice has the same id.
  const again = results.find((result) => result?.outcome === 'retry');
  if (again?.outcome !== 'retry') return;
  const { detail, afterMs } = again;
  throw providerRetry(detail, afterMs);
}
