/** B2: what goes out to a webhook, and what each answer means. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import type { OutgoingPage } from '../../activities/channels/channel';
import { NOTHING_PRIVATE } from '../../activities/channels/http/guard';
import { Poster } from '../../activities/channels/http/post';
import { retryAfterMs } from '../../activities/channels/http/retry-after';
import { sendToWebhook, settleAtWebhook } from '../../activities/channels/webhook';
import { pageOf } from '../support/outgoing';
import { startReceiver, type Receiver, type Reply } from '../support/receiver';

const PAGE: OutgoingPage = pageOf({
  key: 'C1234567-3/1/lee/webhook',
  person: 'lee',
  name: 'Lee Min',
  orderedAt: Date.parse('2026-06-01T12:00:00Z'),
  title: '[E-DOWN] C1234567 Acme: E-Down alert — MES läuft nicht',
  text: 'Please take this E-Down.\nNext due 12:15.',
  asks: [{ purpose: 'E_DOWN_ALERT', what: 'Please take this E-Down.', answerBy: '2026-06-01T12:15:00.000Z' }],
  pageId: 'C1234567-3',
  attempt: 1,
  audience: 'ON_CALL',
  purpose: 'E_DOWN_ALERT',
  urgent: true,
  caseNumber: 'C1234567',
  severity: 0,
  level: 'NORMAL',
  emergency: 'ACTIVE',
  ackUrl: 'http://desk/p/abc',
});
const { post: http } = new Poster(NOTHING_PRIVATE);

let receiver: Receiver;
beforeEach(async () => (receiver = await startReceiver()));
afterEach(() => receiver.close());

const never = new AbortController().signal;
const post = (
  over: { secret?: string; path?: string; timeoutMs?: number; signal?: AbortSignal; page?: Partial<OutgoingPage> } = {},
) =>
  sendToWebhook(
    { ...PAGE, ...over.page },
    {
      url: receiver.url(over.path ?? '/lee'),
      ...(over.secret !== undefined && { secret: over.secret }),
      ...(over.timeoutMs !== undefined && { timeoutMs: over.timeoutMs }),
    },
    http,
    over.signal ?? never,
  );

test('a page is a CloudEvent in structured JSON whose id is the idempotency key', async () => {
  expect(await post()).toEqual({ outcome: 'accepted', receipt: 'webhook' });
  const [request] = receiver.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/lee' });
  expect(request?.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
  expect(request?.headers['tocsin-signature']).toBeUndefined();
  const event = HTTP.toEvent({ headers: request?.headers ?? {}, body: request?.body });
  expect(event).toMatchObject({
    specversion: '1.0',
    id: PAGE.key,
    type: 'tocsin.page',
    source: '/tocsin/cases',
    subject: 'C1234567',
    time: '2026-06-01T12:00:00.000Z',
  });
  const { key: _key, orderedAt: _orderedAt, name: _name, parts: _parts, language: _language, ...data } = PAGE;
  expect((event as { data: unknown }).data).toEqual(data);
});

test('how a contact is to be reached goes along', async () => {
  await post({ page: { audience: 'CONTACT', contact: { number: '+1 555 0199' } } });
  expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
    data: { audience: 'CONTACT', contact: { number: '+1 555 0199' } },
  });
});

test('with a secret the body is signed, and a receiver can verify it from the bytes that came', async () => {
  await post({ secret: 's3cret' });
  const [request] = receiver.requests;
  const [, at, signed] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['tocsin-signature'])) ?? [];
  expect(signed).toBe(createHmac('sha256', 's3cret').update(`${at}.${request?.body}`).digest('hex'));
  expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(10);
});

test('the same as Standard Webhooks: any of its libraries verifies it, with the bytes of the secret as the key', async () => {
  await post({ secret: 's3cret' });
  const whsec = `whsec_${Buffer.from('a key of 24 bytes or more').toString('base64')}`;
  await post({ secret: whsec });
  const [raw, standard] = receiver.requests;
  const verify = (verifier: Webhook, request = raw) =>
    verifier.verify(request?.body ?? '', request?.headers as Record<string, string>);
  expect(verify(new Webhook(Buffer.from('s3cret').toString('base64')))).toMatchObject({ id: PAGE.key });
  expect(verify(new Webhook(whsec), standard)).toMatchObject({ id: PAGE.key });
  expect(() => verify(new Webhook(whsec), raw)).toThrow();
  expect(raw?.headers['webhook-id']).toBe(PAGE.key);
});

test('what it has opened can close: a settled page is told under a key of its own', async () => {
  const settled = {
    caseNumber: 'C1234567',
    pageId: 'C1234567-3',
    person: 'lee',
    language: 'en',
    channel: 'webhook',
    receipt: 'webhook',
  } as const;
  const at = Date.parse('2026-06-01T12:05:00Z');
  await settleAtWebhook({ ...settled, outcome: 'ANSWERED', by: 'ana', at }, { url: receiver.url('/lee') }, http, never);
  expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
    id: 'C1234567-3/settled/lee/webhook',
    type: 'tocsin.page.settled',
    subject: 'C1234567',
    time: '2026-06-01T12:05:00.000Z',
    data: { pageId: 'C1234567-3', person: 'lee', outcome: 'ANSWERED', by: 'ana' },
  });
});

test.each<[string, Reply, object]>([
  ['204', { status: 204 }, { outcome: 'accepted', receipt: 'webhook' }],
  ['404', { status: 404 }, { outcome: 'rejected', detail: 'HTTP 404' }],
  ['400', { status: 400 }, { outcome: 'rejected', detail: 'HTTP 400' }],
  ['500', { status: 500, body: 'x'.repeat(100_000) }, { outcome: 'retry', detail: 'HTTP 500', isBusy: false }],
  [
    '503 and when to come back',
    { status: 503, headers: { 'retry-after': '7' } },
    { outcome: 'retry', detail: 'HTTP 503', isBusy: false, afterMs: 7_000 },
  ],
  [
    'D13 429 and when to come back: busy',
    { status: 429, headers: { 'retry-after': '2' } },
    { outcome: 'retry', detail: 'HTTP 429', isBusy: true, afterMs: 2_000 },
  ],
  [
    '429 with a date that is over',
    { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
    { outcome: 'retry', detail: 'HTTP 429', isBusy: true, afterMs: 0 },
  ],
  [
    '429 with nonsense',
    { status: 429, headers: { 'retry-after': 'soon' } },
    { outcome: 'retry', detail: 'HTTP 429', isBusy: true },
  ],
])('%s', async (_name, reply, expected) => {
  receiver.respond('/lee', () => reply);
  expect(await post()).toEqual(expected);
  expect(receiver.requests).toHaveLength(1);
});

test('a redirect is not followed: a page goes to no address that nobody wrote down', async () => {
  receiver.respond('/lee', () => ({ status: 307, headers: { location: receiver.url('/elsewhere') } }));
  expect(await post()).toEqual({ outcome: 'rejected', detail: 'HTTP 307' });
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/lee']);
});

test('a receiver that took the page and answers late is given longer the next time, and its yes is heard', async () => {
  const waiting: (() => void)[] = [];
  receiver.respond('/late', () => new Promise((resolve) => waiting.push(() => resolve({ status: 200 }))));
  expect(await post({ path: '/late', timeoutMs: 150 })).toEqual({
    outcome: 'retry',
    detail: 'no answer within 0.15 s',
  });
  const second = post({ path: '/late', timeoutMs: 150 });
  const answering = setTimeout(() => waiting.forEach((answer) => answer()), 300);
  expect(await second).toMatchObject({ outcome: 'accepted' });
  clearTimeout(answering);
});

test('no answer in time, or half of one, is to be tried again', async () => {
  receiver.respond('/lee', () => 'SILENCE');
  expect(await post({ timeoutMs: 100 })).toEqual({ outcome: 'retry', detail: 'no answer within 0.1 s' });
  receiver.respond('/hang-up', () => 'HANG_UP');
  expect(await post({ path: '/hang-up' })).toMatchObject({ outcome: 'retry' });
});

test('an answer that comes byte by byte is no answer in time', async () => {
  const dripping = createServer((socket) => {
    const drops = 'HTTP/1.1 200 OK\r\n'.repeat(100).split('');
    const drip = setInterval(() => socket.write(drops.shift() ?? ' '), 20);
    socket.on('error', () => undefined).on('close', () => clearInterval(drip));
  });
  await once(dripping.listen(0, '127.0.0.1'), 'listening');
  const { port } = dripping.address() as AddressInfo;
  const from = Date.now();
  const channel = { url: `http://127.0.0.1:${port}/`, timeoutMs: 200 };
  expect(await sendToWebhook(PAGE, channel, http, never)).toMatchObject({ outcome: 'retry' });
  expect(Date.now() - from).toBeLessThan(2_000);
  dripping.close();
});

test.each<[string, string]>([
  ['a banner of something else', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['a header that is none', 'HTTP/1.1 200 OK\r\nno header: 1\r\n\r\n'],
  ['TLS', '\x15\x03\x01\x00\x02\x02\x46'],
])('an answer that is no HTTP is to be tried again, and no mistake of ours: %s', async (_name, answer) => {
  const server = createServer(
    (socket) => void socket.on('error', () => undefined).on('data', () => socket.end(answer)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await sendToWebhook(PAGE, { url: `http://127.0.0.1:${port}/lee` }, http, never)).toEqual({
    outcome: 'retry',
    detail: 'the answer is not HTTP',
  });
  server.close();
});

test('nobody listens', async () => {
  const closed = await startReceiver();
  await closed.close();
  expect(await sendToWebhook(PAGE, { url: closed.url('/lee') }, http, never)).toEqual({
    outcome: 'retry',
    detail: 'ECONNREFUSED',
  });
});

test.each(['not a url', 'ftp://127.0.0.1/lee', 'http://user:secret@127.0.0.1/lee'])(
  '%s is no address, and trying again would not make it one',
  async (url) => {
    const result = await sendToWebhook(PAGE, { url }, http, never);
    expect(result).toMatchObject({ outcome: 'rejected' });
    expect(JSON.stringify(result)).not.toContain('secret');
  },
);

test('called back while it is on its way: the request ends', async () => {
  receiver.respond('/lee', () => 'SILENCE');
  const controller = new AbortController();
  const sending = post({ signal: controller.signal });
  await receiver.waitFor((requests) => requests.length === 1);
  const reason = new Error('called back');
  controller.abort(reason);
  await expect(sending).rejects.toBe(reason);
});

test('pages one after the other share connections', async () => {
  receiver.respond('/lee', (_request, nth) => ({ status: nth === 1 ? 200 : 503, body: 'thanks' }));
  for (let sent = 0; sent < 6; sent += 1) await post();
  // A connection is free again a moment after its answer was read: two take turns.
  expect(new Set(receiver.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-06-01T12:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Mon, 01 Jun 2026 12:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Monday, 01-Jun-26 12:00:30 GMT', now)).toBe(30_000);
  // The oldest form names no zone and means GMT, wherever the worker runs.
  expect(retryAfterMs('Mon Jun  1 12:00:30 2026', now)).toBe(30_000);
  // However long: the page moves on (retry.ts).
  expect(retryAfterMs('9999999999', now)).toBe(9_999_999_999_000);
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});

test.each(['', 'soon 5', 'in 2050', '-5', '1.5', '2050-01-01'])(
  'Retry-After: %p is neither, and must not be guessed at',
  (value) => {
    expect(retryAfterMs(value, Date.parse('2026-06-01T12:00:00Z'))).toBeUndefined();
  },
);
