/** What a page has opened is told that it is over, in the words of whoever it asked; and no other page names its case any more. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { AlsoAsked } from '../../activities/also-asked';
import { Channels } from '../../activities/channels';
import { settle } from '../../activities/settle';
import { directoryOf, orderOf, someone } from '../support/paging';
import { startReceiver } from '../support/receiver';

test.each([
  [['zh', 'en'], 'Ana已接手。'],
  [['en'], 'Ana has it.'],
])('a message in Slack to somebody who reads %j ends with %s', async (languages, text) => {
  const receiver = await startReceiver();
  receiver.respond('/api/chat.update', () => ({ body: '{"ok":true}' }));
  const channels = new Channels({ slack: { token: 'xoxb-1', url: receiver.url('/api') } }, () => undefined);
  const lee = someone('lee', { languages, channels: [{ kind: 'slack', to: 'U1' }] });
  const alsoAsked = new AlsoAsked();
  const order = {
    caseNumber: 'C1234567',
    person: 'lee',
    isContact: false,
    targets: [{ pageId: 'C1234567-1', channel: 'slack', receipt: 'D1/1.5' }],
    outcome: 'ANSWERED',
    by: 'ana',
    at: '2026-06-01T12:00:00Z',
  } as const;
  const at = Date.parse(order.at);
  alsoAsked.heard('lee', orderOf({ caseNumber: 'C1234567' }), true, at - 1);
  const directory = (): ReturnType<typeof directoryOf> => directoryOf([lee, someone('ana')]);
  await new MockActivityEnvironment().run(() => settle(order, { directory, channels, alsoAsked }));
  expect(new URLSearchParams(receiver.requests[0]?.body).get('text')).toBe(text);
  expect(alsoAsked.of('lee', 'C7654321', at + 1)).toEqual([]);
  await channels.means.close();
  await receiver.close();
});
