/**
 * H7, B2: on every channel that there is, a provider that is down for an hour. The case hears of the first failure at once, so that the
 * person's next channel is tried; the tries go on for their time, and end in a typed result; and once it is back the next page goes out, as
 * if nothing had been. Ours is the clock: it moves on by what each try wants to wait.
 */
import { Channels } from '../../activities/channels';
import type { ChannelSettings } from '../../activities/channels/settings';
import type { Channel } from '../../activities/directory/types';
import { EVERY_HTTP_CHANNEL, mailSettings } from '../support/every-channel';
import { http, httpVendor, mailVendor, type Vendor } from '../support/faulty-vendors';
import { tryPage } from '../support/paging';

const HOUR = 3_600_000;
const RETRY_FOR = 60_000;

interface Outage {
  readonly channel: string;
  readonly fault: string;
  readonly why: 'FAILED' | 'BUSY';
  readonly vendor: (answer: { say: string }) => Promise<Vendor>;
  readonly down: string;
  readonly well: string;
  readonly to: (host: string) => Channel;
  readonly settings: (host: string) => ChannelSettings;
}

const OUTAGES: readonly Outage[] = [
  ...EVERY_HTTP_CHANNEL.flatMap(({ name, yes, channel, settings }) => {
    const of = {
      channel: name,
      vendor: httpVendor,
      well: http(yes.status, yes.body),
      to: (host: string) => channel(`http://${host}`),
      settings: (host: string) => settings(`http://${host}`),
    };
    return [
      { ...of, fault: '503', why: 'FAILED', down: http(503) } as const,
      {
        ...of,
        fault: '429, for two seconds each time',
        why: 'BUSY',
        down: http(429, '', { 'retry-after': '2' }),
      } as const,
    ];
  }),
  {
    channel: 'email',
    fault: '451',
    why: 'FAILED',
    vendor: (answer) => mailVendor('RCPT', answer),
    down: '451 later\r\n',
    well: '250 ok\r\n',
    to: () => ({ kind: 'email', address: 'lee@example.com' }),
    settings: mailSettings,
  },
];

let now: number;
beforeEach(() => {
  now = Date.UTC(2026, 10, 28);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => void jest.restoreAllMocks());

/** One page, tried as Temporal would, until there is a result. */
async function paged(channels: Channels, { channel, to }: Outage, host: string, pageId: string) {
  const scheduledTimestampMs = now;
  const told: unknown[] = [];
  let heartbeatDetails: unknown;
  for (let attempt = 1; ; attempt++) {
    const one = tryPage(
      [to(host), { kind: 'console' }],
      { pageId, retryForMs: RETRY_FOR, channels: { urgent: [channel, 'console'], normal: [channel, 'console'] } },
      { attempt, scheduledTimestampMs, heartbeatDetails },
      { channels },
    );
    try {
      const result = await one.result;
      return { result, told, tries: attempt, ms: now - scheduledTimestampMs };
    } catch (error) {
      const { type, nextRetryDelay } = error as { readonly type?: string; readonly nextRetryDelay?: number };
      if (type !== 'PROVIDER_RETRY' || nextRetryDelay === undefined) throw error;
      told.push(...one.told());
      heartbeatDetails = one.heartbeat();
      now += nextRetryDelay;
    }
  }
}

test.each(OUTAGES)('$channel: $fault', async (outage) => {
  const answer = { say: outage.down };
  const vendor = await outage.vendor(answer);
  const channels = new Channels(outage.settings(vendor.host), () => undefined);
  const began = now;
  try {
    for (let nth = 1; now < began + HOUR; nth++) {
      const { result, told, tries, ms } = await paged(channels, outage, vendor.host, `C1234567-${nth}`);
      const { channel } = outage;
      expect(result).toMatchObject({
        outcome: 'FAILED',
        reason: 'PROVIDER_DOWN',
        person: 'lee',
        channel,
        channelsLeft: 1,
      });
      expect(told[0]).toMatchObject(['pageDelayed', { why: outage.why, person: 'lee', channel, channelsLeft: 1 }]);
      expect(tries).toBeGreaterThanOrEqual(3);
      expect(ms).toBeLessThanOrEqual(RETRY_FOR);
      // The next round of the case.
      now += 15 * 60_000;
    }
    answer.say = outage.well;
    const { result, tries } = await paged(channels, outage, vendor.host, 'C1234567-99');
    expect({ outcome: result.outcome, tries }).toEqual({ outcome: 'ACCEPTED', tries: 1 });
  } finally {
    await channels.means.close();
    await vendor.close();
  }
});
