/**
 * H7: the time of a try ends it, whatever the garbage collector has taken meanwhile: Node's own `fetch`, told to follow no
 * redirect, forgets the signal that is to end it once its request is collected, and would wait for an answer for ever.
 */
import { Channels } from '../../activities/channels';
import { whileCollecting } from '../support/collecting';
import { EVERY_HTTP_CHANNEL, type ChannelUnderTest } from '../support/every-channel';
import { http, httpVendor } from '../support/faulty-vendors';
import { pageOf } from '../support/outgoing';

async function outcomeAt({ name, yes, channel, settings }: ChannelUnderTest): Promise<string> {
  const half = yes.body.slice(0, yes.body.length / 2);
  const vendor = await httpVendor({ say: http(yes.status, half, { 'content-length': '9999' }), drip: ' ' });
  const channels = new Channels(settings(`http://${vendor.host}`), () => undefined);
  try {
    const page = pageOf({ key: `C1234567-3/1/lee/${name}` });
    return (await channels.send(page, channel(`http://${vendor.host}`), new AbortController().signal)).outcome;
  } finally {
    await vendor.close();
    await channels.means.close();
  }
}

test('an answer that never ends is over when the time of the try is, on every channel', async () => {
  const over = await whileCollecting(() => Promise.all(EVERY_HTTP_CHANNEL.map(outcomeAt)));
  // The status is sure; where only the text says what it is, it is tried again.
  const expected = EVERY_HTTP_CHANNEL.map(({ isJudgedByText }) => (isJudgedByText ? 'retry' : 'accepted'));
  expect(over).toEqual(expected);
});
