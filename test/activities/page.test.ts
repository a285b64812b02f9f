/** B2, R49: one try of a page, as a worker runs it: every outcome is a typed result, and a retry is the same page. */
import { createHmac } from 'node:crypto';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { createActivities } from '../../activities';
import type { PageOrder } from '../../workflows/case/pages';
import type { CasePolicy } from '../../workflows/case/policy';
import { away, directoryOf, someone, teamOf, tryPage } from '../support/paging';
import { startReceiver, type Receiver } from '../support/receiver';

let receiver: Receiver;
beforeEach(async () => (receiver = await startReceiver()));
afterEach(() => receiver.close());

const webhook = (path = '/lee') => ({ kind: 'webhook', url: receiver.url(path) }) as const;
const console_ = { kind: 'console' } as const;
const SCHEDULED = Date.parse('2026-06-01T12:00:00Z');

test('accepted: who it was, how they came to be the one, on which of how many channels', async () => {
  const { result } = tryPage([webhook(), console_]);
  expect(await result).toEqual({ outcome: 'ACCEPTED', person: 'lee', name: 'Lee', route: 'DIRECT', channel: 'webhook', channelIndex: 0, channelCount: 2, passedOver: [] });
});

test('the console: one line', async () => {
  const { result, lines } = tryPage([console_], { purpose: 'ESCALATED_M1' });
  await result;
  expect(lines).toEqual([expect.stringMatching(/^PAGE C1234567-3 → Lee \(lee\) \[ENGINEER ESCALATED_M1\] \[SEV 1\] C1234567 Acme: .*MES down$/)]);
});

test('R40 whoever has word of their own is not told twice, and nobody is in their place', async () => {
  const { result, lines } = tryPage([console_], { unless: ['ana', 'lee'] });
  expect(await result).toEqual({ outcome: 'FAILED', reason: 'KNOWS_ALREADY', passedOver: [] });
  expect(lines).toEqual([]);
});

test('contract 9: what reaches the phone is the whole event, signed', async () => {
  const { result } = tryPage([{ ...webhook(), secret: 's3cret' }], { purpose: 'ESCALATED_M1' }, { scheduledTimestampMs: SCHEDULED }, { ackUrl: () => 'http://desk/p/abc' });
  expect(await result).toMatchObject({ outcome: 'ACCEPTED' });
  const [request] = receiver.requests;
  expect(JSON.parse(request?.body ?? '')).toEqual({
    specversion: '1.0',
    id: 'C1234567-3/1/lee/webhook',
    type: 'tocsin.page',
    source: '/tocsin/cases',
    subject: 'C1234567',
    time: '2026-06-01T12:00:00.000Z',
    datacontenttype: 'application/json',
    data: {
      pageId: 'C1234567-3',
      attempt: 1,
      person: 'lee',
      audience: 'ENGINEER',
      purpose: 'ESCALATED_M1',
      urgent: true,
      title: '[SEV 1] C1234567 Acme: escalated to you (M1) — MES down',
      text: expect.stringMatching(/^The severity went from 2 to 1\.\nSeverity 1 \(Business Critical\), not escalated\.\nAcknowledge: /) as string,
      caseNumber: 'C1234567',
      severity: 1,
      level: 'NORMAL',
      emergency: 'NONE',
      ackUrl: 'http://desk/p/abc',
    },
  });
  const [, at, signed] = /^t=(\d+),v1=(.+)$/.exec(String(request?.headers['tocsin-signature'])) ?? [];
  expect(signed).toBe(createHmac('sha256', 's3cret').update(`${at}.${request?.body}`).digest('hex'));
});

test("the console: a contact's name, which a customer wrote, cannot fake a line or steer a terminal", async () => {
  const contact = { name: 'Ann\r\nPAGE C7654321-1 → Boss\u001b[2K\u2028', reach: 'ON_SITE' } as NonNullable<PageOrder['contact']>;
  const { result, lines } = tryPage([], { audience: 'CONTACT', contact }, {}, { directory: () => directoryOf([], { contactChannels: [console_] }) });
  await result;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^PAGE C1234567-3 → Ann PAGE/);
  expect(lines[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
});

test('R40 the direct manager is told, away or not, and not when nobody knows them', async () => {
  const told = async (manager: string): Promise<unknown> => {
    const directory = directoryOf([someone('lee', { manager }), someone('ana', { away: [away('dora')] }), someone('dora')]);
    return (await tryPage([], { audience: 'MANAGER' }, {}, { directory: () => directory }).result).directManager;
  };
  expect(await told('ana')).toEqual({ person: 'ana', name: 'Ana' });
  expect(await told('ghost')).toBeUndefined();
  expect(await told('lee')).toBeUndefined();
});

test('what the directory says on the way is told: manager, shift, passed over', async () => {
  const directory = directoryOf([someone('lee', { manager: 'ana' }), someone('ana'), someone('kim', { away: [away('maier')] }), someone('maier')], {
    onCall: [teamOf('emea', 'UTC', '00:00-12:00', 'kim'), teamOf('amer', 'UTC', '12:00-24:00', 'ana')],
  });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const { result } = tryPage([], { audience: 'ON_CALL' }, { currentAttemptScheduledTimestampMs: Date.parse(`${tomorrow}T09:00Z`) }, { directory: () => directory });
  expect(await result).toMatchObject({
    outcome: 'ACCEPTED',
    person: 'maier',
    route: 'DELEGATE',
    passedOver: [{ person: 'kim', why: 'AWAY' }],
    shift: { team: 'emea', endsAt: `${tomorrow}T12:00:00.000Z` },
    directManager: { person: 'ana', name: 'Ana' },
  });
});

test("B8 people are looked up at the server's time when this worker's clock is behind: the shift that begins, not the one that ends", async () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const directory = directoryOf([someone('kim'), someone('maier')], { onCall: [teamOf('emea', 'UTC', '00:00-12:00', 'kim'), teamOf('amer', 'UTC', '12:00-24:00', 'maier')] });
  const pagedAt = async (time: string): Promise<unknown> =>
    (await tryPage([], { audience: 'ON_CALL' }, { currentAttemptScheduledTimestampMs: Date.parse(`${tomorrow}T${time}Z`) }, { directory: () => directory }).result).shift;
  expect(await pagedAt('11:59:59')).toEqual({ team: 'emea', endsAt: `${tomorrow}T12:00:00.000Z` });
  expect(await pagedAt('12:00:00')).toMatchObject({ team: 'amer' });
});

test('nobody, and no address, are results', async () => {
  expect(await tryPage([console_], { engineer: 'ghost' }).result).toEqual({ outcome: 'FAILED', reason: 'NO_PERSON', passedOver: [{ person: 'ghost', why: 'UNKNOWN_PERSON' }] });
  expect(await tryPage([]).result).toEqual({ outcome: 'FAILED', reason: 'NO_ADDRESS', person: 'lee', name: 'Lee', route: 'DIRECT', passedOver: [] });
  expect(await tryPage([console_], { channels: ['webhook'] }).result).toMatchObject({ reason: 'NO_ADDRESS' });
  expect(await tryPage([console_], { used: ['console'] }).result).toMatchObject({ reason: 'NO_ADDRESS' });
});

test("the person's own order of preference counts, among the kinds that the policy allows; two of a kind have two keys", async () => {
  const channels = [console_, webhook('/a'), webhook('/b')];
  expect(await tryPage(channels, { channels: ['webhook', 'console'] }).result).toMatchObject({ channel: 'console', channelCount: 3 });
  expect(await tryPage(channels, { channels: ['webhook'], person: 'lee' }).result).toMatchObject({ channel: 'webhook', channelIndex: 0, channelCount: 2 });
  expect(await tryPage(channels, { channels: ['webhook'], person: 'lee', attempt: 2, used: ['webhook'] }).result).toMatchObject({ channel: 'webhook#2', channelIndex: 1 });
  expect(receiver.requests.map(({ path, body }) => [path, (JSON.parse(body) as { id: string }).id])).toEqual([
    ['/a', 'C1234567-3/1/lee/webhook'],
    ['/b', 'C1234567-3/2/lee/webhook#2'],
  ]);
});

test.each([404, 410, 302])('%i is a no for good, and the page goes nowhere else', async (status) => {
  receiver.respond('/lee', () => ({ status, headers: { location: receiver.url('/elsewhere') } }));
  expect(await tryPage([webhook()]).result).toMatchObject({ outcome: 'FAILED', reason: 'REJECTED_BY_PROVIDER', detail: `HTTP ${status}`, person: 'lee', channel: 'webhook', channelCount: 1 });
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/lee']);
});

test('500, then 200: Temporal tries again, with the same bytes', async () => {
  receiver.respond('/lee', (_request, nth) => ({ status: nth === 1 ? 500 : 200 }));
  const ackUrl = (_order: unknown, person: string, orderedAt: number): string => `http://desk/p/${person}-${orderedAt}`;
  const first = tryPage([webhook()], {}, { scheduledTimestampMs: SCHEDULED }, { ackUrl });
  await expect(first.result).rejects.toMatchObject({ type: 'PROVIDER_RETRY', nonRetryable: false, nextRetryDelay: 500 });
  const second = tryPage([webhook()], {}, { attempt: 2, scheduledTimestampMs: SCHEDULED, heartbeatDetails: first.heartbeat() }, { ackUrl });
  expect(await second.result).toMatchObject({ outcome: 'ACCEPTED' });
  const [one, two] = receiver.requests;
  expect(two?.body).toBe(one?.body);
  expect(JSON.parse(one?.body ?? '')).toMatchObject({ id: 'C1234567-3/1/lee/webhook', time: '2026-06-01T12:00:00.000Z', data: { ackUrl: `http://desk/p/lee-${SCHEDULED}` } });
});

test('Retry-After is honoured, or the page moves on at once when it is too long', async () => {
  receiver.respond('/lee', (_request, nth) => ({ status: 429, headers: { 'retry-after': nth === 1 ? '7' : '31' } }));
  await expect(tryPage([webhook()]).result).rejects.toMatchObject({ nextRetryDelay: 7_000 });
  expect(await tryPage([webhook()]).result).toMatchObject({ outcome: 'FAILED', reason: 'PROVIDER_DOWN', detail: 'HTTP 429', person: 'lee', channel: 'webhook' });
});

test('Retry-After as a date is honoured, or the page moves on at once when it is too late', async () => {
  const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
  receiver.respond('/lee', (_request, nth) => ({ status: 503, headers: { 'retry-after': inSeconds(nth === 1 ? 20 : 60) } }));
  const failure: unknown = await tryPage([webhook()]).result.catch((error: unknown) => error);
  // A date has whole seconds, and some time has passed since it was written.
  const delay = Number((failure as ApplicationFailure).nextRetryDelay);
  expect(delay).toBeGreaterThan(15_000);
  expect(delay).toBeLessThanOrEqual(20_000);
  expect(await tryPage([webhook()]).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'HTTP 503' });
});

test('a phone that never answers is given five seconds, and is tried again', async () => {
  receiver.respond('/lee', () => 'SILENCE');
  await expect(tryPage([webhook()]).result).rejects.toMatchObject({ type: 'PROVIDER_RETRY', nonRetryable: false, message: 'webhook of lee: no answer within 5 s', nextRetryDelay: 500 });
});

test('nobody listens: tried again, until its time is over', async () => {
  const closed = await startReceiver();
  await closed.close();
  const dead = { kind: 'webhook', url: closed.url('/lee') } as const;
  await expect(tryPage([dead]).result).rejects.toMatchObject({ type: 'PROVIDER_RETRY', message: 'webhook of lee: ECONNREFUSED' });
  const late = { attempt: 5, heartbeatDetails: { person: 'lee', channel: 'webhook', channelIndex: 0, firstTryAt: Date.now() - 29_000 } };
  expect(await tryPage([dead], {}, late).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'ECONNREFUSED' });
});

describe('when a provider is given up', () => {
  beforeEach(() => receiver.respond('/lee', () => ({ status: 503 })));
  const trace = (firstTryAt: number) => ({ person: 'lee', channel: 'webhook', channelIndex: 0, firstTryAt });

  test('the retry time is over', async () => {
    const at = { attempt: 5, heartbeatDetails: trace(Date.now() - 29_000) };
    expect(await tryPage([webhook()], {}, at).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'HTTP 503' });
  });

  test('after an outage the time counts from the first try, not from the order', async () => {
    const at = { attempt: 3, scheduledTimestampMs: Date.now() - 3_600_000, heartbeatDetails: trace(Date.now() - 2_000) };
    await expect(tryPage([webhook()], {}, at).result).rejects.toBeInstanceOf(ApplicationFailure);
    const lost = { attempt: 3, scheduledTimestampMs: Date.now() - 3_600_000 };
    expect(await tryPage([webhook()], {}, lost).result).toMatchObject({ reason: 'PROVIDER_DOWN' });
  });

  test('before Temporal would throw the result away', async () => {
    const at = { scheduledTimestampMs: Date.now() - 59_900, scheduleToCloseTimeoutMs: 60_000 };
    expect(await tryPage([webhook()], {}, at).result).toMatchObject({ reason: 'PROVIDER_DOWN' });
  });
});

describe('a retry after a crash', () => {
  const trace = { person: 'kim', channel: 'webhook', channelIndex: 0, firstTryAt: Date.now() };
  const people = (kim = {}) => directoryOf([someone('lee'), someone('kim', { channels: [console_, webhook('/kim')], ...kim })], { dutyManagers: ['lee', 'kim'] });

  test('goes to the same person on the same channel, whoever would be first now', async () => {
    const { result } = tryPage([], { audience: 'DUTY_MANAGER' }, { attempt: 2, heartbeatDetails: trace }, { directory: () => people() });
    expect(await result).toMatchObject({ person: 'kim', channel: 'webhook', channelIndex: 1 });
  });

  test('goes to somebody else when that person is gone, or away', async () => {
    for (const directory of [people({ away: [away()] }), directoryOf([someone('lee')], { dutyManagers: ['lee', 'kim'] })]) {
      const { result } = tryPage([], { audience: 'DUTY_MANAGER' }, { attempt: 2, heartbeatDetails: trace }, { directory: () => directory });
      expect(await result).toMatchObject({ person: 'lee', channel: 'console' });
    }
  });

  test('goes to the next channel when that one is gone', async () => {
    const { result } = tryPage([], { audience: 'DUTY_MANAGER' }, { attempt: 2, heartbeatDetails: trace }, { directory: () => people({ channels: [console_] }) });
    expect(await result).toMatchObject({ person: 'kim', channel: 'console', channelIndex: 0 });
  });

  test.each([null, 'x', 7, {}, { person: 'kim' }])('takes no notice of a trace it cannot read: %p', async (heartbeatDetails) => {
    const { result } = tryPage([], { audience: 'DUTY_MANAGER' }, { attempt: 2, heartbeatDetails }, { directory: () => people() });
    expect(await result).toMatchObject({ person: 'lee' });
  });
});

test('the trace is left before the page is sent', async () => {
  let before: unknown;
  receiver.respond('/lee', () => {
    before = paged.heartbeat();
    return {};
  });
  const paged = tryPage([webhook()]);
  await paged.result;
  expect(before).toMatchObject({ person: 'lee', channel: 'webhook', channelIndex: 0 });
});

test('called back on the way: the request ends, and nothing is tried again', async () => {
  receiver.respond('/lee', () => 'SILENCE');
  const { result, environment } = tryPage([webhook()]);
  const ended = expect(result).rejects.toBeInstanceOf(CancelledFailure);
  await receiver.waitFor((requests) => requests.length === 1);
  environment.cancel();
  await ended;
});

test('a bug is not taken for a provider that is down', async () => {
  const broken = { directory: () => { throw new RangeError('broken'); } };
  await expect(tryPage([console_], {}, {}, broken).result).rejects.toThrow(RangeError);
});

test('results are told to the observer, and its failure sends no page twice', async () => {
  const seen: unknown[] = [];
  await tryPage([console_], {}, {}, { onResult: (order, result) => void seen.push([order.pageId, result.outcome]) }).result;
  expect(seen).toEqual([['C1234567-3', 'ACCEPTED']]);
  const failing = { onResult: () => { throw new Error('metrics'); } };
  const { result, logged } = tryPage([console_], {}, {}, failing);
  expect(await result).toMatchObject({ outcome: 'ACCEPTED' });
  expect(logged).toEqual(['A page went out and its observer failed']);
});

test('B6 the policy is the one of this moment', async () => {
  let version = 1;
  const { currentPolicy } = createActivities({ directory: () => directoryOf([]), policy: () => ({ version: String(version) }) as CasePolicy, console: () => undefined });
  expect(await currentPolicy()).toMatchObject({ version: '1' });
  version = 2;
  expect(await currentPolicy()).toMatchObject({ version: '2' });
});
