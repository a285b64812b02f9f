/**
 * H7, B2: every fault of a vendor, on every channel where it can happen, ends in its typed result, and the case has heard what it
 * needs for the next channel within the twenty seconds after which it would be tried anyway; nothing is sent behind its back, and
 * no secret is told. What the case does with it: test/server/providers.test.ts, test/core/a-provider-down-for-an-hour.test.ts.
 */
import { Channels } from '../../activities/channels';
import type { SendResult } from '../../activities/channels/channel';
import type { ChannelSettings } from '../../activities/channels/settings';
import type { Channel } from '../../activities/directory/types';
import {
  EVERY_HTTP_CHANNEL,
  mailSettings,
  SECRET,
  type ChannelUnderTest,
  type Outcome,
} from '../support/every-channel';
import { http, httpVendor, mailVendor, type Deed, type Step, type Vendor } from '../support/faulty-vendors';
import { pageOf } from '../support/outgoing';
import { tryPage } from '../support/paging';

/** The case has to have heard something by then, to try the person's next channel in time (policy: nextChannelAfter.urgent). */
const NEXT_CHANNEL_MS = 20_000;
/** A try that takes longer would be taken for that of a worker which has died (workflows/shell/pager.ts). */
const LONGEST_TRY_MS = 30_000;

interface Fault {
  readonly channel: string;
  readonly what: string;
  readonly vendor: () => Promise<Vendor>;
  readonly to: (host: string) => Channel;
  readonly settings: (host: string) => ChannelSettings;
  readonly outcome: Outcome;
  /** What the timeline says of it, where that is the same on every machine. */
  readonly detail?: string;
  /** How often the vendor was asked, when not once. */
  readonly asked?: number;
}

type Common = readonly [what: string, deed: Deed, outcome: Outcome, detail?: string];

function commonFaults({ yes, isJudgedByText, redirect = 'NO', ofPage = 'TAKEN' }: ChannelUnderTest): Common[] {
  const half = yes.body.slice(0, yes.body.length / 2);
  const cut = http(yes.status, half, { 'content-length': '9999' });
  // The status is sure; where only the text says what it is, half of it says nothing.
  const ofHalf = isJudgedByText ? 'DOWN' : 'TAKEN';
  return [
    ['a yes', { say: http(yes.status, yes.body) }, 'TAKEN'],
    ['429, and when to come back', { say: http(429, '', { 'retry-after': '2' }) }, 'BUSY'],
    ['429', { say: http(429) }, 'DOWN'],
    ['500, with a page that says too much', { say: http(500, `<html>${SECRET}</html>`) }, 'DOWN'],
    ['503, and when to come back', { say: http(503, '', { 'retry-after': '3' }) }, 'DOWN'],
    ['404', { say: http(404) }, 'NO'],
    ['a redirect', { say: http(302, '', { location: `http://127.0.0.1:1/${SECRET}` }) }, redirect],
    ['silence', 'SILENCE', 'DOWN'],
    ['a slow drip of its headers', { drip: http(yes.status, yes.body).repeat(9) }, 'DOWN'],
    ['a slow drip of its answer', { say: cut, drip: ' ' }, ofHalf],
    ['an answer that stops in its middle', { say: cut }, ofHalf],
    ['a page of somebody else’s', { say: http(200, '<html>Please log in</html>') }, ofPage],
    ['a line that breaks', 'HANG_UP', 'DOWN'],
    ['an answer that is no HTTP', { say: '220 mail.example ESMTP\r\n\r\n' }, 'DOWN'],
  ];
}

const httpFaults = (under: ChannelUnderTest): Fault[] => {
  const at = {
    channel: under.name,
    to: (host: string) => under.channel(`http://${host}`),
    settings: (host: string) => under.settings(`http://${host}`),
  };
  return [
    ...commonFaults(under).map(([what, deed, outcome, detail]): Fault => ({
      ...at,
      what,
      vendor: () => httpVendor(deed),
      outcome,
      ...(detail !== undefined && { detail }),
    })),
    ...under.own.map(([what, { status, body }, outcome, detail]): Fault => ({
      ...at,
      what,
      vendor: () => httpVendor({ say: http(status, body) }),
      outcome,
      detail,
    })),
    { ...at, what: 'nobody listens', vendor: nobody, outcome: 'DOWN', asked: 0 },
  ];
};

async function nobody(): Promise<Vendor> {
  const vendor = await httpVendor('SILENCE');
  await vendor.close();
  return { ...vendor, close: () => Promise.resolve() };
}

const mailFault = (what: string, step: Step, deed: Deed, outcome: Outcome, detail?: string): Fault => ({
  channel: 'email',
  what,
  vendor: () => mailVendor(step, deed),
  to: () => ({ kind: 'email', address: 'lee@example.com' }),
  settings: mailSettings,
  outcome,
  ...(detail !== undefined && { detail }),
});

const MAIL_FAULTS: readonly Fault[] = [
  mailFault('a yes', 'END', { say: '250 taken\r\n' }, 'TAKEN'),
  mailFault('a server that closes for the night', 'GREETING', { say: `421 ${SECRET}\r\n` }, 'DOWN', 'SMTP 421'),
  mailFault('a password that was revoked', 'AUTH', { say: `535 ${SECRET}\r\n` }, 'NO', 'SMTP 535'),
  mailFault('a sender that is refused', 'MAIL', { say: '550 no\r\n' }, 'NO', 'SMTP 550'),
  mailFault('greylisting', 'RCPT', { say: '450 later\r\n' }, 'DOWN', 'SMTP 450'),
  mailFault('a mail box that is full', 'RCPT', { say: '452 full\r\n' }, 'DOWN', 'SMTP 452'),
  mailFault('a bounce: no such mail box', 'RCPT', { say: `550 ${SECRET}\r\n` }, 'NO', 'SMTP 550'),
  mailFault('a bounce when the mail was heard', 'END', { say: '554 spam\r\n' }, 'NO', 'SMTP 554'),
  mailFault('trouble when the mail was heard', 'END', { say: '451 later\r\n' }, 'DOWN', 'SMTP 451'),
  ...(['GREETING', 'EHLO', 'RCPT', 'DATA', 'END'] as const).flatMap((step) => [
    mailFault(`silence at ${step}`, step, 'SILENCE', 'DOWN'),
    mailFault(`a slow drip at ${step}`, step, { drip: '2' }, 'DOWN'),
    // Before it has said anything, it may have closed a connection that was idle: one more is tried.
    { ...mailFault(`a line that breaks at ${step}`, step, 'HANG_UP', 'DOWN'), asked: step === 'GREETING' ? 2 : 1 },
  ]),
  { ...mailFault('nobody listens', 'GREETING', 'SILENCE', 'DOWN'), vendor: nobody, asked: 0 },
];

const FAULTS: readonly Fault[] = [...EVERY_HTTP_CHANNEL.flatMap(httpFaults), ...MAIL_FAULTS];

interface Seen {
  readonly outcome: Outcome;
  readonly detail: unknown;
  /** Until the case heard anything, and until this try was over. */
  readonly heardMs: number;
  readonly afterMs: number;
  /** Everything that was said of it, to the case or to the log. */
  readonly said: string;
  readonly asked: number;
  readonly channelsLeft: unknown;
}

interface Told {
  readonly why?: string;
  readonly detail?: unknown;
  readonly channelsLeft?: unknown;
}

async function play({ channel, vendor: start, to, settings }: Fault): Promise<Seen> {
  const vendor = await start();
  const channels = new Channels(settings(vendor.host), () => undefined);
  const began = Date.now();
  const { result, told, logged, whenTold } = tryPage(
    [to(vendor.host), { kind: 'console' }],
    { channels: { urgent: [channel, 'console'], normal: [channel, 'console'] } },
    {},
    { channels },
  );
  try {
    const heard = Promise.race([whenTold, result.catch(() => undefined)]).then(() => Date.now() - began);
    const [ended] = await Promise.allSettled([result]);
    const afterMs = Date.now() - began;
    const said = JSON.stringify([told(), logged, ended.status === 'rejected' ? String(ended.reason) : ended.value]);
    const seen = { heardMs: await heard, afterMs, said, asked: vendor.asked() };
    if (ended.status === 'fulfilled') {
      const { value } = ended;
      const detail = 'detail' in value ? value.detail : undefined;
      const channelsLeft = 'channelsLeft' in value ? value.channelsLeft : undefined;
      const isNo = value.outcome === 'FAILED' && value.reason === 'REJECTED_BY_PROVIDER';
      if (value.outcome !== 'ACCEPTED' && !isNo) throw new Error(`no typed result: ${said}`);
      return { ...seen, outcome: isNo ? 'NO' : 'TAKEN', detail, channelsLeft };
    }
    const { type } = ended.reason as { readonly type?: string };
    if (type !== 'PROVIDER_RETRY') throw ended.reason;
    const { why, detail, channelsLeft } = (told().at(-1) as readonly [string, Told])[1];
    return { ...seen, outcome: why === 'BUSY' ? 'BUSY' : 'DOWN', detail, channelsLeft };
  } finally {
    await channels.means.close();
    await vendor.close();
  }
}

/** So many at once: more would make a slow machine as late as a vendor. */
const LANES = 20;
const seen: Promise<Seen>[] = [];
beforeAll(() => {
  for (const fault of FAULTS) {
    const before = seen[seen.length - LANES]?.catch(() => undefined) ?? Promise.resolve();
    const playing = before.then(() => play(fault));
    playing.catch(() => undefined);
    seen.push(playing);
  }
});

test.each(FAULTS)(
  '$channel, $what: $outcome',
  async (fault) => {
    const { outcome, detail, heardMs, afterMs, said, asked, channelsLeft } = await (seen[
      FAULTS.indexOf(fault)
    ] as Promise<Seen>);
    expect({ outcome, channelsLeft }).toEqual({ outcome: fault.outcome, channelsLeft: 1 });
    if (fault.detail !== undefined) expect(detail).toBe(fault.detail);
    expect(heardMs).toBeLessThan(NEXT_CHANNEL_MS);
    expect(afterMs).toBeLessThan(LONGEST_TRY_MS);
    expect(said).not.toContain(SECRET);
    // Once: trying again is the case's, so that it is under one key and by one clock.
    expect(asked).toBe(fault.asked ?? 1);
  },
  60_000,
);

test('a mail server that has hung on every connection is well again: the next mail goes out', async () => {
  const CONNECTIONS = 5;
  const vendor = await mailVendor('RCPT', { drip: '2' }, CONNECTIONS);
  const channels = new Channels(mailSettings(vendor.host), () => undefined);
  const mail = (nth: number): Promise<SendResult> =>
    channels.send(
      pageOf({ key: `C1234567-${nth}/1/lee/email` }),
      { kind: 'email', address: 'lee@example.com' },
      new AbortController().signal,
    );
  const hung = await Promise.all(Array.from({ length: CONNECTIONS }, (_, nth) => mail(nth)));
  expect(new Set(hung.map(({ outcome }) => outcome))).toEqual(new Set(['retry']));
  expect(await mail(CONNECTIONS)).toEqual({ outcome: 'accepted' });
  await vendor.close();
  await channels.means.close();
}, 60_000);
