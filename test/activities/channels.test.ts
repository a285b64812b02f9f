/** Contract section 9: what goes out by mail, Slack, SMS and voice, and what comes back later. Faults: every-fault.test.ts. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { Channels } from '../../activities/channels';
import type { OutgoingPage, SendResult } from '../../activities/channels/channel';
import { keyFromPath, keyInPath } from '../../activities/channels/callback-key';
import type { ChannelSettings } from '../../activities/channels/settings';
import { pressedIn } from '../../activities/channels/slack/interaction';
import { answerOf, newsOf } from '../../activities/channels/twilio/status';
import { lateNewsOf } from '../../activities/channels/twilio/late-news';
import { mayCarryLink } from '../../activities/channels/twilio/sms';
import { twimlOf } from '../../activities/channels/voice/twiml';
import type { Channel } from '../../activities/directory/types';
import { pageOf } from '../support/outgoing';
import { startReceiver, type Receiver, type Reply } from '../support/receiver';
import { LANGUAGES } from '../../activities/templates/reading';

const never = new AbortController().signal;
const open: Channels[] = [];
afterEach(() => Promise.all(open.splice(0).map((channels) => channels.means.close())));

const channelsWith = (settings: ChannelSettings): Channels => {
  const channels = new Channels(settings, () => undefined);
  open.push(channels);
  return channels;
};

describe('email', () => {
  let server: SMTPServer;
  let url: string;
  const mails: Email[] = [];
  /** What the server says at RCPT, by address. */
  const refusals = new Map<string, number>();

  beforeAll(async () => {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'tocsin' && password === 'right' ? done(null, { user: 'tocsin' }) : done(new Error('no')),
      onRcptTo: ({ address }, _session, done) => {
        const code = refusals.get(address);
        done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
      },
      onData: (stream, _session, done) => {
        buffer(stream)
          .then((bytes) => PostalMime.parse(bytes))
          .then(
            (mail) => {
              mails.push(mail);
              done();
            },
            (error: unknown) => done(error as Error),
          );
      },
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void mails.splice(0));
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  const mail = (address = 'lee@example.com', over: Partial<OutgoingPage> = {}, at = url): Promise<SendResult> =>
    channelsWith({ mail: { url: at, from: 'Tocsin <pages@support.example>' } }).send(
      pageOf(over),
      { kind: 'email', address },
      never,
    );

  test('text and HTML, one thread a case, and the same Message-ID whenever it is sent again', async () => {
    expect(await mail()).toEqual({ outcome: 'accepted' });
    await mail();
    await mail('lee@example.com', { key: 'C1234567-3/2/lee/email', attempt: 2 });
    const [first, again, second] = mails;
    expect(first?.subject).toBe('[E-DOWN · E-Down alert] C1234567 Acme: MES down');
    expect(first?.text).toContain('Please take this E-Down.');
    expect(first?.text).toContain('https://desk.example.com/p/k1.C1234567-3.abcdefgh');
    expect(first?.html).toContain('href="https://desk.example.com/p/k1.C1234567-3.abcdefgh"');
    expect(first?.messageId).toMatch(/^<[0-9a-f]{40}@support\.example>$/);
    expect(again?.messageId).toBe(first?.messageId);
    expect(second?.messageId).not.toBe(first?.messageId);
    expect(second?.inReplyTo).toBe(first?.inReplyTo);
    expect(second?.references).toBe(first?.inReplyTo);
    expect(first?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(first?.headers).toContainEqual(expect.objectContaining({ key: 'x-auto-response-suppress', value: 'All' }));
  });

  test('what a customer wrote is text in it: no header, no mark-up', async () => {
    const { parts } = pageOf();
    const subject = 'down\r\nBcc: all@example.com <script>alert(1)</script>';
    await mail('lee@example.com', {
      parts: { ...parts, subject: subject.replace(/\r\n/, ' '), lines: ['<img src=x onerror=alert(1)>'] },
    });
    await mail('lee@example.com', { parts: { ...parts, subject } });
    for (const { headers, html, bcc } of mails) {
      expect(bcc).toBeUndefined();
      expect(headers.map(({ key }) => key)).not.toContain('bcc');
      expect(html).not.toMatch(/<(script|img)/);
    }
  });

  test('nobody listens; a password that is wrong: neither is said with a secret in it', async () => {
    expect(await mail('lee@example.com', {}, 'smtp://127.0.0.1:1')).toMatchObject({ outcome: 'retry' });
    const { host } = new URL(url);
    const wrong = await mail('lee@example.com', {}, `smtp://tocsin:s3cret@${host}?tls=off`);
    expect(wrong).toMatchObject({ outcome: 'rejected' });
    expect(JSON.stringify(wrong)).not.toContain('s3cret');
    expect(await mail('lee@example.com', {}, `smtp://tocsin:right@${host}?tls=off`)).toEqual({ outcome: 'accepted' });
  });

  test('without a server to send by, the next channel is tried at once', async () => {
    const result = await channelsWith({}).send(pageOf(), { kind: 'email', address: 'lee@example.com' }, never);
    expect(result).toEqual({ outcome: 'rejected', detail: 'TOCSIN_SMTP_URL is not set' });
  });
});

describe('over HTTP', () => {
  let receiver: Receiver;
  beforeEach(async () => (receiver = await startReceiver()));
  afterEach(() => receiver.close());

  const slack = (): ChannelSettings => ({ slack: { token: 'xoxb-secret', url: receiver.url('/api') } });
  const twilio = (): ChannelSettings => ({
    publicUrl: 'https://desk.example.com',
    twilio: { sid: 'AC1', token: 'secret', from: '+15550100', url: receiver.url('') },
  });
  const ok = (body: object): Reply => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const form = (nth = 0): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(receiver.requests[nth]?.body ?? ''));

  test('Slack: buttons with the token, one thread a case, no link unfurled; settled, the buttons go', async () => {
    receiver.respond('/api/chat.postMessage', (_request, nth) => ok({ ok: true, channel: 'D1', ts: `${nth}.5` }));
    receiver.respond('/api/chat.update', () => ok({ ok: true }));
    const channels = channelsWith(slack());
    const lee: Channel = { kind: 'slack', to: 'U123' };
    expect(await channels.send(pageOf(), lee, never)).toEqual({ outcome: 'accepted', receipt: 'D1/1.5' });
    await channels.send(pageOf({ key: 'C1234567-3/2/lee/slack' }), lee, never);
    const [first, second] = [form(0), form(1)];
    expect(receiver.requests[0]?.headers.authorization).toBe('Bearer xoxb-secret');
    expect(first).toMatchObject({ channel: 'U123', unfurl_links: 'false' });
    expect(second).toMatchObject({ thread_ts: '1.5', reply_broadcast: 'true' });
    expect(first['thread_ts']).toBeUndefined();
    const blocks = JSON.parse(first['blocks'] ?? '') as {
      type: string;
      elements?: { action_id: string; value: string }[];
    }[];
    expect(blocks.find(({ type }) => type === 'actions')?.elements).toMatchObject([
      { action_id: 'have', value: 'k1.C1234567-3.abcdefgh' },
      { action_id: 'cannot', value: 'k1.C1234567-3.abcdefgh' },
    ]);
    await channels.settle(
      {
        caseNumber: 'C1234567',
        pageId: 'C1234567-3',
        person: 'lee',
        language: 'en',
        channel: 'slack',
        receipt: 'D1/1.5',
        outcome: 'ANSWERED',
        by: 'lee',
        at: 0,
      },
      lee,
      never,
    );
    expect(form(2)).toMatchObject({ channel: 'D1', ts: '1.5', text: 'lee has it.' });
    expect(form(2)['blocks']).not.toContain('action');
  });

  test('SMS: short, valid for five minutes, with a callback that names the message', async () => {
    const key = 'C1234567-3/1/lee min/sms';
    expect(await channelsWith(twilio()).send(pageOf({ key }), { kind: 'sms', number: '+4930123456' }, never)).toEqual({
      outcome: 'accepted',
    });
    const [request] = receiver.requests;
    expect(request?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:secret').toString('base64')}`);
    const { Body, StatusCallback = '', ...rest } = form();
    expect(rest).toEqual({ To: '+4930123456', From: '+15550100', ValidityPeriod: '300' });
    expect(Body).toBe(
      '[E-DOWN] C1234567 Acme: E-Down alert. MES down. Please answer by 2026-06-01 12:15 UTC. https://desk.example.com/p/k1.C1234567-3.abcdefgh',
    );
    expect(keyFromPath(StatusCallback.split('/').at(-1) ?? '')).toEqual({
      caseNumber: 'C1234567',
      pageId: 'C1234567-3',
      attempt: 1,
      person: 'lee min',
      channel: 'sms',
    });
  });

  test('no link into networks that drop messages with one', async () => {
    await channelsWith(twilio()).send(pageOf(), { kind: 'sms', number: '+8613800000000' }, never);
    expect(form()['Body']).not.toContain('http');
    expect(mayCarryLink('+4930123')).toBe(true);
  });

  test('voice: says it, takes a key, and rings no longer than a mailbox lets it', async () => {
    await channelsWith(twilio()).send(pageOf(), { kind: 'voice', number: '+4930123456' }, never);
    expect(receiver.requests[0]?.path).toBe('/2010-04-01/Accounts/AC1/Calls.json');
    const { Twiml = '', ...rest } = form();
    expect(rest).toMatchObject({
      To: '+4930123456',
      From: '+15550100',
      Timeout: '25',
    });
    expect(Twiml).toMatch(
      /<Gather numDigits="1" action="https:\/\/desk\.example\.com\/in\/twilio\/voice\/k1\.C1234567-3\.abcdefgh" method="POST"/,
    );
    expect(Twiml).toContain('<Say language="en-US">Support page for Lee Min. Enterprise Down.');
    expect(Twiml).toContain('press 4');
  });

  test('a callback address that Twilio refuses costs the news of it, not the page', async () => {
    receiver.respond('/2010-04-01/Accounts/AC1/Messages.json', (_request, nth) =>
      nth === 1 ? { status: 400, body: '{"code":21609}' } : { status: 201 },
    );
    expect(await channelsWith(twilio()).send(pageOf(), { kind: 'sms', number: '+4930123456' }, never)).toEqual({
      outcome: 'accepted',
    });
    expect(form(1)).not.toHaveProperty('StatusCallback');
  });

  test('D10 a telephone that rings for one case is not rung for another within 20 s; their other channels are', async () => {
    const channels = channelsWith(twilio());
    const sms: Channel = { kind: 'sms', number: '+4930123456' };
    const other = pageOf({ caseNumber: 'C7654321', key: 'C7654321-1/1/lee/sms', pageId: 'C7654321-1' });
    const third = pageOf({ caseNumber: 'C7654322', key: 'C7654322-1/1/lee/voice', pageId: 'C7654322-1' });
    expect(await channels.send(pageOf(), sms, never)).toMatchObject({ outcome: 'accepted' });
    // Of the same case it is the case's own rule.
    expect(
      await channels.send(pageOf({ key: 'C1234567-3/2/lee/voice' }), { ...sms, kind: 'voice' }, never),
    ).toMatchObject({
      outcome: 'accepted',
    });
    const waits = await channels.send(other, sms, never);
    expect(waits).toMatchObject({ outcome: 'retry', isBusy: true, isTurn: true });
    expect((waits as { afterMs: number }).afterMs).toBeGreaterThan(19_000);
    const waitsLonger = await channels.send(third, { ...sms, kind: 'voice' }, never);
    expect((waitsLonger as { afterMs: number }).afterMs).toBeGreaterThan(39_000);
    expect(await channels.send(other, { kind: 'webhook', url: receiver.url('/lee') }, never)).toMatchObject({
      outcome: 'accepted',
    });
    expect(receiver.requests).toHaveLength(3);
  });
});

test.each<[Record<string, string>, object | undefined]>([
  [{ MessageStatus: 'sent' }, undefined],
  [{ MessageStatus: 'delivered' }, { news: 'DELIVERED' }],
  [
    { MessageStatus: 'undelivered', ErrorCode: '30003' },
    { news: 'FAILED', reason: 'handset unreachable' },
  ],
  [
    { MessageStatus: 'failed', ErrorCode: '12345' },
    { news: 'FAILED', reason: 'failed 12345' },
  ],
  [{ CallStatus: 'ringing' }, undefined],
  [{ CallStatus: 'busy' }, { news: 'FAILED', reason: 'busy' }],
  [{ CallStatus: 'no-answer' }, { news: 'FAILED', reason: 'no answer' }],
  [{ CallStatus: 'completed' }, { news: 'UNANSWERED' }],
  [
    { CallStatus: 'completed', AnsweredBy: 'machine_start' },
    { news: 'FAILED', reason: 'a mailbox' },
  ],
  [{}, undefined],
])('Twilio says %j', (said, news) => {
  expect(newsOf(said)).toEqual(news);
});

test('a callback is news of the message that it names, to the case that it is of', () => {
  const part = keyInPath('C1234567-3/2/lee min/voice#2');
  expect(lateNewsOf(part, { CallStatus: 'busy' })).toEqual({
    caseNumber: 'C1234567',
    news: { pageId: 'C1234567-3', attempt: 2, person: 'lee min', channel: 'voice#2', news: 'FAILED', reason: 'busy' },
  });
  expect(lateNewsOf(part, { CallStatus: 'ringing' })).toBeUndefined();
  for (const junk of ['', 'x', keyInPath('a/b/c/d'), keyInPath('C1-1/1/lee/sms/more')])
    expect(lateNewsOf(junk, { CallStatus: 'busy' })).toBeUndefined();
});

test('the voice speaks the person’s language', () => {
  const languages = LANGUAGES.map((language) => twimlOf({ text: 'x', language }));
  expect(languages.map((twiml) => /language="([^"]*)"/.exec(twiml)?.[1])).toEqual(['en-US', 'zh-CN']);
});

test('4 is "I have it", 6 "I cannot", * says it again, and nothing else is an answer', () => {
  expect(['4', ' 4 thanks', '6', '*', '5', '', 'yes'].map(answerOf)).toEqual([
    'have',
    'have',
    'cannot',
    'repeat',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a press of a button in Slack is read whole or not at all', () => {
  const press = (over: object = {}): string =>
    JSON.stringify({
      type: 'block_actions',
      user: { id: 'U1' },
      actions: [{ action_id: 'have', value: 'k1.token' }],
      response_url: 'https://hooks.slack.com/x',
      ...over,
    });
  expect(pressedIn(press())).toEqual({
    answer: 'have',
    token: 'k1.token',
    user: 'U1',
    responseUrl: 'https://hooks.slack.com/x',
  });
  const wrong = [
    press({ type: 'view_submission' }),
    press({ actions: [] }),
    press({ actions: [{ action_id: 'other', value: 'x' }] }),
    press({ actions: [{ action_id: 'have' }] }),
    press({ user: null }),
    'null',
    '{',
    '[]',
  ];
  expect(wrong.map(pressedIn)).toEqual(wrong.map(() => undefined));
});
