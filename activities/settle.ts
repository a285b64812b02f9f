/** Channels that took a page are told that it needs no answer any more: never urgent, and never a reason for a case to fail. */
import { Context } from '@temporalio/activity';
import type { SettleOrder } from '../workflows/core/language/page';
import type { Channels } from './channels';
import { channelNamed } from './channels/usable';
import { nameOf } from './directory/names';
import { personOf } from './directory/present';
import type { Directory } from './directory/types';
import { providerRetry } from './provider-retry';

export async function settle(order: SettleOrder, directory: Directory, channels: Channels): Promise<void> {
  const { caseNumber, person, isContact, targets, outcome, by, at } = order;
  const own = isContact ? directory.contactChannels : (personOf(directory, person)?.channels ?? []);
  const { cancellationSignal } = Context.current();
  const results = await Promise.all(
    targets.map(async ({ pageId, channel: name, receipt }) => {
      const channel = channelNamed(own, name);
      const settled = {
        caseNumber,
        pageId,
        person,
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
