/** B2, H7, R49: one try of a page, as a worker runs it: every outcome is a typed result, and a retry is the same page. */
import { createHmac } from 'node:crypto';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities';
import type { LinkedPage } from '../../activities/answer-links';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { asking, away, besideOf, directoryOf, factOf, orderOf, someone, teamOf, tryPage } from '../support/paging';
import { startReceiver, type Receiver } from '../support/receiver';

let receiver: Receiver;
beforeEach(async () => (receiver = await startReceiver()));
afterEach(() => receiver.close());

const webhook = (path = '/lee') => ({ kind: 'webhook', url: receiver.url(path) }) as const;
const console_ = { kind: 'console' } as const;
/** By chance, so that tries do not come back in one instant. */
const upTo = (ms: number): unknown => ({
  asymmetricMatch: (delay: unknown) => Number(delay) >= 50 && Number(delay) <= ms,
});
const SCHEDULED = Date.parse('2026-06-01T12:00:00Z');
const ON_CALL = { audience: 'ON_CALL', excluding: [] } as const;
const THE_SAME = { audience: 'ENGINEER', person: 'lee', exact: true, excluding: [] } as const;
const DUTY = { audience: 'DUTY_MANAGER', excluding: [] } as const;
/** Both kinds of messages over the same channels. */
const only = (...channels: string[]) => ({ channels: { urgent: channels, normal: channels } });

test('accepted: who it was, how they came to be the one, on which of how many channels', async () => {
  const { result } = tryPage([webhook(), console_]);
  expect(await result).toEqual({
    outcome: 'ACCEPTED',
    person: 'lee',
    name: 'Lee',
    route: 'DIRECT',
    channel: 'webhook',
    channelsLeft: 1,
    mode: 'RING',
    asks: ['SEVERITY_CHANGED'],
    tells: [],
    passedOver: [],
    receipt: 'webhook',
  });
});

test('the console: one line', async () => {
  const { result, lines } = tryPage([console_], { purpose: 'ESCALATED_M1', asks: [asking('M1')] });
  await result;
  expect(lines).toEqual([
    expect.stringMatching(
      /^PAGE C1234567-3 → Lee \(lee\) \[ENGINEER ESCALATED_M1\] \[SEV 1\] C1234567 Acme: .*MES down$/,
    ),
  ]);
});

test('R40 whoever has word of their own is not told twice, and nobody is in their place', async () => {
  const { result, lines } = tryPage([console_], {
    wanted: { audience: 'ENGINEER', excluding: [], unless: ['ana', 'lee'] },
  });
  expect(await result).toEqual({ outcome: 'FAILED', reason: 'KNOWS_ALREADY', passedOver: [] });
  expect(lines).toEqual([]);
});

test('H2 what goes out beside it to the same person is said there: nothing is sent here', async () => {
  const { result, lines } = tryPage([console_], {
    beside: [besideOf({ wanted: { audience: 'ENGINEER', excluding: [] }, isFirst: true })],
  });
  expect(await result).toEqual({
    outcome: 'MERGED',
    into: 'C1234567-2',
    person: 'lee',
    name: 'Lee',
    passedOver: [],
  });
  expect(lines).toEqual([]);
});

test('H2 a message of an open page goes out under its number, with all that it asks, and says so', async () => {
  const update = asking('CUSTOMER_UPDATE');
  const { result } = tryPage([webhook()], {
    bells: [
      {
        person: 'lee',
        page: { pageId: 'C1234567-1', attempt: 4 },
        asks: [update],
        lead: { key: update.key, kind: update.kind },
        rung: { rank: 1, againFrom: Date.now() + 60_000 },
      },
    ],
  });
  expect(await result).toMatchObject({
    outcome: 'ACCEPTED',
    mode: 'WORD',
    asks: ['SEVERITY_CHANGED', 'CUSTOMER_UPDATE'],
    joined: { pageId: 'C1234567-1', attempt: 4 },
  });
  expect(receiver.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    {
      id: 'C1234567-1/4/lee/webhook',
      data: {
        pageId: 'C1234567-1',
        attempt: 4,
        urgent: false,
        asks: [{ purpose: 'SEVERITY_CHANGED' }, { purpose: 'PROMISE_OVERDUE' }],
      },
    },
  ]);
});

test('H2 whose turn comes too soon after their last ring is asked, and the case hears when they may be rung', async () => {
  const againFrom = Date.now() + 60_000;
  const ask = asking('SEVERITY_CHANGED');
  const { result } = tryPage([webhook()], {
    bells: [{ person: 'lee', asks: [ask], lead: { key: ask.key, kind: ask.kind }, rung: { rank: 1, againFrom } }],
  });
  expect(await result).toMatchObject({ outcome: 'ACCEPTED', mode: 'ASK', ringsFrom: againFrom });
  expect(receiver.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ data: { urgent: false } }]);
});

test('H4 a contact in their night, and D17 a manager outside working hours, are results: nothing is sent', async () => {
  const midnight = Date.parse(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`);
  const quiet = { from: '22:00', to: '07:00' };
  const { result, lines } = tryPage(
    [],
    {
      wanted: { audience: 'CONTACT', excluding: [], hours: 'AWAKE' },
      contacts: [{ name: 'pat', reach: 'PAGER' }],
      quiet,
    },
    { currentAttemptScheduledTimestampMs: midnight },
    { directory: () => directoryOf([], { contactChannels: [console_] }) },
  );
  expect(await result).toMatchObject({
    outcome: 'DEFERRED',
    why: 'QUIET',
    person: 'pat',
    until: new Date(midnight + 7 * 3_600_000).toISOString(),
  });
  expect(lines).toEqual([]);
});

test('B2: what reaches the phone is the whole event, signed', async () => {
  const { result } = tryPage(
    [{ ...webhook(), secret: 's3cret' }],
    { asks: [asking('SEVERITY_CHANGED', { answerBy: '2026-06-01T12:30:00.000Z' })] },
    { scheduledTimestampMs: SCHEDULED },
    { ackUrl: () => 'http://desk/p/abc' },
  );
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
      purpose: 'SEVERITY_CHANGED',
      urgent: true,
      title: '[SEV 1] C1234567 Acme: severity changed — MES down',
      text: [
        'The severity of your case has changed. Please look at it. Please answer by 2026-06-01 12:30 UTC.',
        'It is your case.',
        'Severity 2 → 1 by maria.',
        'Severity 1 (Business Critical), not escalated.',
        'Open since 2026-06-01 11:00 UTC.',
        'Owner: Lee.',
        'To say that you have it, or that you cannot: http://desk/p/abc',
      ].join('\n'),
      asks: [
        {
          purpose: 'SEVERITY_CHANGED',
          what: 'The severity of your case has changed. Please look at it.',
          answerBy: '2026-06-01T12:30:00.000Z',
        },
      ],
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
  const contacts = [{ name: 'Ann\r\nPAGE C7654321-1 → Boss\u001b[2K\u2028', reach: 'ON_SITE' as const }];
  const { result, lines } = tryPage(
    [],
    { wanted: { audience: 'CONTACT', excluding: [] }, contacts },
    {},
    { directory: () => directoryOf([], { contactChannels: [console_] }) },
  );
  await result;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^PAGE C1234567-3 → Ann PAGE/);
  expect(lines[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
});

test('H3 word has no link to answer with; a question has one', async () => {
  const ackUrl = (): string => 'http://desk/p/abc';
  const linkOf = async (order: Parameters<typeof tryPage>[1]): Promise<unknown> => {
    await tryPage([webhook()], order, {}, { ackUrl }).result;
    return (JSON.parse(receiver.requests.at(-1)?.body ?? '') as { data: { ackUrl?: string } }).data.ackUrl;
  };
  const tells = [{ purpose: 'E_DOWN_STARTED', fact: factOf('EmergencyStarted', { episode: 1 }) }] as const;
  expect(await linkOf({})).toBe('http://desk/p/abc');
  expect(await linkOf({ reach: false, rank: 2, urgent: false, asks: [], tells })).toBeUndefined();
});

test('R40 the chart above the engineer is told, away or not, as far as the directory knows it', async () => {
  const told = async (manager: string): Promise<unknown> => {
    const directory = directoryOf([
      someone('lee', { manager }),
      someone('ana', { manager: 'ben', away: [away('dora')] }),
      someone('ben'),
      someone('dora'),
    ]);
    const wanted = { audience: 'MANAGER', excluding: [] } as const;
    return (await tryPage([], { wanted }, {}, { directory: () => directory }).result).chart;
  };
  expect(await told('ana')).toEqual([
    { person: 'ana', name: 'Ana' },
    { person: 'ben', name: 'Ben' },
  ]);
  expect(await told('ghost')).toBeUndefined();
  expect(await told('lee')).toBeUndefined();
});

test('what the directory says on the way is told: chart, shift, passed over', async () => {
  const directory = directoryOf(
    [someone('lee', { manager: 'ana' }), someone('ana'), someone('kim', { away: [away('maier')] }), someone('maier')],
    {
      onCall: [teamOf('emea', 'UTC', '00:00-12:00', 'kim'), teamOf('amer', 'UTC', '12:00-24:00', 'ana')],
    },
  );
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const { result } = tryPage(
    [],
    { wanted: ON_CALL },
    { currentAttemptScheduledTimestampMs: Date.parse(`${tomorrow}T09:00Z`) },
    { directory: () => directory },
  );
  expect(await result).toMatchObject({
    outcome: 'ACCEPTED',
    person: 'maier',
    route: 'DELEGATE',
    passedOver: [{ person: 'kim', why: 'AWAY' }],
    shift: { team: 'emea', endsAt: `${tomorrow}T12:00:00.000Z` },
    chart: [{ person: 'ana', name: 'Ana' }],
  });
});

test("B8 people are looked up at the server's time when this worker's clock is behind: the shift that begins, not the one that ends", async () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const directory = directoryOf([someone('kim'), someone('maier')], {
    onCall: [teamOf('emea', 'UTC', '00:00-12:00', 'kim'), teamOf('amer', 'UTC', '12:00-24:00', 'maier')],
  });
  const pagedAt = async (time: string): Promise<unknown> =>
    (
      await tryPage(
        [],
        { wanted: ON_CALL },
        { currentAttemptScheduledTimestampMs: Date.parse(`${tomorrow}T${time}Z`) },
        { directory: () => directory },
      ).result
    ).shift;
  expect(await pagedAt('11:59:59')).toEqual({ team: 'emea', endsAt: `${tomorrow}T12:00:00.000Z` });
  expect(await pagedAt('12:00:00')).toMatchObject({ team: 'amer' });
});

test('nobody, and no address, are results', async () => {
  expect(await tryPage([console_], { engineer: 'ghost' }).result).toEqual({
    outcome: 'FAILED',
    reason: 'NO_PERSON',
    passedOver: [{ person: 'ghost', why: 'UNKNOWN_PERSON' }],
  });
  expect(await tryPage([]).result).toEqual({
    outcome: 'FAILED',
    reason: 'NO_ADDRESS',
    person: 'lee',
    name: 'Lee',
    route: 'DIRECT',
    passedOver: [],
  });
  expect(await tryPage([console_], only('webhook')).result).toMatchObject({ reason: 'NO_ADDRESS' });
  expect(await tryPage([console_], { used: ['console'] }).result).toMatchObject({ reason: 'NO_ADDRESS' });
});

test("the person's own order of preference counts, among the kinds that the policy allows; two of a kind have two keys", async () => {
  const channels = [console_, webhook('/a'), webhook('/b')];
  expect(await tryPage(channels, only('webhook', 'console')).result).toMatchObject({
    channel: 'console',
    channelsLeft: 2,
  });
  expect(await tryPage(channels, only('webhook')).result).toMatchObject({ channel: 'webhook', channelsLeft: 1 });
  expect(
    await tryPage(channels, { ...only('webhook'), wanted: THE_SAME, attempt: 2, used: ['webhook'] }).result,
  ).toMatchObject({ channel: 'webhook#2', channelsLeft: 0 });
  expect(receiver.requests.map(({ path, body }) => [path, (JSON.parse(body) as { id: string }).id])).toEqual([
    ['/a', 'C1234567-3/1/lee/webhook'],
    ['/b', 'C1234567-3/2/lee/webhook#2'],
  ]);
});

test.each([404, 410, 302])('%i is a no for good, and the page goes nowhere else', async (status) => {
  receiver.respond('/lee', () => ({ status, headers: { location: receiver.url('/elsewhere') } }));
  expect(await tryPage([webhook()]).result).toMatchObject({
    outcome: 'FAILED',
    reason: 'REJECTED_BY_PROVIDER',
    detail: `HTTP ${status}`,
    person: 'lee',
    channel: 'webhook',
    channelsLeft: 0,
    mode: 'RING',
    asks: ['SEVERITY_CHANGED'],
  });
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/lee']);
});

test('500, then 200: Temporal tries again, with the same bytes', async () => {
  receiver.respond('/lee', (_request, nth) => ({ status: nth === 1 ? 500 : 200 }));
  const ackUrl = ({ pageId, person, orderedAt }: LinkedPage): string =>
    `http://desk/p/${pageId}/${person}-${orderedAt}`;
  const first = tryPage([webhook()], {}, { scheduledTimestampMs: SCHEDULED }, { ackUrl });
  await expect(first.result).rejects.toMatchObject({
    type: 'PROVIDER_RETRY',
    nonRetryable: false,
    nextRetryDelay: upTo(500),
  });
  const second = tryPage(
    [webhook()],
    {},
    { attempt: 2, scheduledTimestampMs: SCHEDULED, heartbeatDetails: first.heartbeat() },
    { ackUrl },
  );
  expect(await second.result).toMatchObject({ outcome: 'ACCEPTED' });
  const [one, two] = receiver.requests;
  expect(two?.body).toBe(one?.body);
  expect(JSON.parse(one?.body ?? '')).toMatchObject({
    id: 'C1234567-3/1/lee/webhook',
    time: '2026-06-01T12:00:00.000Z',
    data: { ackUrl: `http://desk/p/C1234567-3/lee-${SCHEDULED}` },
  });
});

test('Retry-After is honoured, or the page moves on at once when it is too long', async () => {
  receiver.respond('/lee', (_request, nth) => ({ status: 429, headers: { 'retry-after': nth === 1 ? '7' : '31' } }));
  await expect(tryPage([webhook()]).result).rejects.toMatchObject({ nextRetryDelay: 7_075 });
  expect(await tryPage([webhook()]).result).toMatchObject({
    outcome: 'FAILED',
    reason: 'PROVIDER_DOWN',
    detail: 'HTTP 429',
    person: 'lee',
    channel: 'webhook',
  });
});

test('Retry-After as a date is honoured, or the page moves on at once when it is too late', async () => {
  const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
  receiver.respond('/lee', (_request, nth) => ({
    status: 503,
    headers: { 'retry-after': inSeconds(nth === 1 ? 20 : 60) },
  }));
  const failure: unknown = await tryPage([webhook()]).result.catch((error: unknown) => error);
  // A date has whole seconds, and some time has passed since it was written.
  const delay = Number((failure as ApplicationFailure).nextRetryDelay);
  expect(delay).toBeGreaterThan(15_000);
  expect(delay).toBeLessThanOrEqual(20_500);
  expect(await tryPage([webhook()]).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'HTTP 503' });
});

test('a phone that never answers is given five seconds, and is tried again', async () => {
  receiver.respond('/lee', () => 'SILENCE');
  await expect(tryPage([webhook()]).result).rejects.toMatchObject({
    type: 'PROVIDER_RETRY',
    nonRetryable: false,
    message: 'webhook of lee: no answer within 5 s',
    nextRetryDelay: upTo(500),
  });
});

test('nobody listens: tried again, until its time is over', async () => {
  const closed = await startReceiver();
  await closed.close();
  const dead = { kind: 'webhook', url: closed.url('/lee') } as const;
  await expect(tryPage([dead]).result).rejects.toMatchObject({
    type: 'PROVIDER_RETRY',
    message: 'webhook of lee: ECONNREFUSED',
  });
  const late = {
    attempt: 5,
    heartbeatDetails: { person: 'lee', channel: 'webhook', firstTryAt: Date.now() - 29_000 },
  };
  expect(await tryPage([dead], {}, late).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'ECONNREFUSED' });
});

describe('when a provider is given up', () => {
  beforeEach(() => receiver.respond('/lee', () => ({ status: 503 })));
  const trace = (firstTryAt: number) => ({ person: 'lee', channel: 'webhook', firstTryAt });

  test('the retry time is over', async () => {
    const at = { attempt: 5, heartbeatDetails: trace(Date.now() - 29_000) };
    expect(await tryPage([webhook()], {}, at).result).toMatchObject({ reason: 'PROVIDER_DOWN', detail: 'HTTP 503' });
  });

  test('after an outage the time counts from the first try, not from the order', async () => {
    const at = {
      attempt: 3,
      scheduledTimestampMs: Date.now() - 3_600_000,
      heartbeatDetails: trace(Date.now() - 2_000),
    };
    await expect(tryPage([webhook()], {}, at).result).rejects.toBeInstanceOf(ApplicationFailure);
    const lost = { attempt: 3, scheduledTimestampMs: Date.now() - 3_600_000 };
    expect(await tryPage([webhook()], {}, lost).result).toMatchObject({ reason: 'PROVIDER_DOWN' });
  });

  test('before Temporal would throw the result away', async () => {
    const at = { scheduledTimestampMs: Date.now() - 59_990, scheduleToCloseTimeoutMs: 60_000 };
    expect(await tryPage([webhook()], {}, at).result).toMatchObject({ reason: 'PROVIDER_DOWN' });
  });
});

describe('H7 a channel that fails costs seconds: the case hears of it while it is tried again', () => {
  const trouble = (why: string, more: object = {}) => [
    'pageDelayed',
    { pageId: 'C1234567-3', attempt: 1, person: 'lee', name: 'Lee', channel: 'webhook', channelsLeft: 1, why, ...more },
  ];
  const page = (order: Parameters<typeof tryPage>[1] = {}, at: Parameters<typeof tryPage>[2] = {}) =>
    tryPage([webhook(), console_], order, at);

  test('the first failure, with what went wrong and how many channels are left', async () => {
    receiver.respond('/lee', () => ({ status: 503 }));
    const { result, told } = page();
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER_RETRY' });
    expect(told()).toEqual([trouble('FAILED', { detail: 'HTTP 503' })]);
  });

  test('D13 busy is not down', async () => {
    receiver.respond('/lee', (_request, nth) => ({
      status: 429,
      ...(nth < 3 && { headers: { 'retry-after': nth === 1 ? '3' : '60' } }),
    }));
    for (const retryForMs of [30_000, 90_000]) {
      const { result, told } = page({ retryForMs });
      await expect(result).rejects.toMatchObject({ type: 'PROVIDER_RETRY' });
      expect(told()).toEqual([trouble('BUSY', { detail: 'HTTP 429' })]);
    }
    // Until when is not said: it may be long.
    const { result, told } = page();
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER_RETRY' });
    expect(told()).toEqual([trouble('FAILED', { detail: 'HTTP 429' })]);
  });

  test('D13 busy for more than a minute is as good as down', async () => {
    receiver.respond('/lee', () => ({ status: 429, headers: { 'retry-after': '61' } }));
    const { result, told } = page({ retryForMs: 90_000 });
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER_RETRY' });
    expect(told()).toEqual([trouble('FAILED', { detail: 'HTTP 429' })]);
  });

  test('nothing has come back for a second: slow, while the try goes on', async () => {
    const { result, told, whenTold } = page();
    receiver.respond('/lee', () => whenTold.then(() => ({ status: 200 })));
    expect(await result).toMatchObject({ outcome: 'ACCEPTED' });
    expect(told()).toEqual([trouble('SLOW')]);
  });

  test('the page of theirs that it goes out on is named', async () => {
    receiver.respond('/lee', () => ({ status: 503 }));
    const joined = { pageId: 'C1234567-1', attempt: 4 };
    const { result, told } = page({ bells: [{ person: 'lee', page: joined, asks: [] }] });
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER_RETRY' });
    expect(told()).toEqual([trouble('FAILED', { joined, detail: 'HTTP 503' })]);
  });

  test('it is said by the first try, and by the second in case the first could not; no more often', async () => {
    receiver.respond('/lee', () => ({ status: 503 }));
    const saidBy = async (attempt: number): Promise<number> => {
      const { result, told } = page({}, { attempt });
      await result.catch(() => undefined);
      return told().length;
    };
    expect([await saidBy(1), await saidBy(2), await saidBy(3)]).toEqual([1, 1, 0]);
  });

  test('what arrived, and what was refused for good, is said by the result alone', async () => {
    const { result, told } = page();
    await result;
    expect(told()).toEqual([]);
    receiver.respond('/lee', () => ({ status: 404 }));
    const refused = page();
    expect(await refused.result).toMatchObject({ reason: 'REJECTED_BY_PROVIDER', channelsLeft: 1 });
    expect(refused.told()).toEqual([]);
  });
});

describe('a retry after a crash', () => {
  const trace = { person: 'kim', channel: 'webhook', firstTryAt: Date.now() };
  const people = (kim = {}) =>
    directoryOf([someone('lee'), someone('kim', { channels: [console_, webhook('/kim')], ...kim })], {
      dutyManagers: ['lee', 'kim'],
    });

  test('goes to the same person on the same channel, whoever would be first now', async () => {
    const { result } = tryPage(
      [],
      { wanted: DUTY },
      { attempt: 2, heartbeatDetails: trace },
      { directory: () => people() },
    );
    expect(await result).toMatchObject({ person: 'kim', channel: 'webhook', channelsLeft: 1 });
  });

  test('goes to somebody else when that person is gone, or away', async () => {
    for (const directory of [
      people({ away: [away()] }),
      directoryOf([someone('lee')], { dutyManagers: ['lee', 'kim'] }),
    ]) {
      const { result } = tryPage(
        [],
        { wanted: DUTY },
        { attempt: 2, heartbeatDetails: trace },
        { directory: () => directory },
      );
      expect(await result).toMatchObject({ person: 'lee', channel: 'console' });
    }
  });

  test('goes to the next channel when that one is gone', async () => {
    const { result } = tryPage(
      [],
      { wanted: DUTY },
      { attempt: 2, heartbeatDetails: trace },
      { directory: () => people({ channels: [console_] }) },
    );
    expect(await result).toMatchObject({ person: 'kim', channel: 'console', channelsLeft: 0 });
  });

  test('is a message of the page that the try before went out on, under the same key', async () => {
    const joined = { pageId: 'C1234567-1', attempt: 4 };
    const newer = { person: 'kim', page: { pageId: 'C1234567-9', attempt: 2 }, asks: [] };
    const { result } = tryPage(
      [],
      { wanted: DUTY, bells: [newer] },
      { attempt: 2, heartbeatDetails: { ...trace, joined } },
      { directory: () => people() },
    );
    expect(await result).toMatchObject({ person: 'kim', joined });
    expect(receiver.requests.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual([
      'C1234567-1/4/kim/webhook',
    ]);
  });

  test.each([null, 'x', 7, {}, { person: 'kim' }])(
    'takes no notice of a trace it cannot read: %p',
    async (heartbeatDetails) => {
      const { result } = tryPage([], { wanted: DUTY }, { attempt: 2, heartbeatDetails }, { directory: () => people() });
      expect(await result).toMatchObject({ person: 'lee' });
    },
  );
});

test('the trace is left before the page is sent', async () => {
  let before: unknown;
  receiver.respond('/lee', () => {
    before = paged.heartbeat();
    return {};
  });
  const paged = tryPage([webhook()]);
  await paged.result;
  expect(before).toEqual({ person: 'lee', channel: 'webhook', firstTryAt: expect.any(Number) as number });
});

test('the trace names the page of theirs that it goes out on', async () => {
  const joined = { pageId: 'C1234567-1', attempt: 4 };
  const paged = tryPage([webhook()], { bells: [{ person: 'lee', page: joined, asks: [] }] });
  await paged.result;
  expect(paged.heartbeat()).toMatchObject({ person: 'lee', joined });
});

test('D10 a page names the other cases that ask for the same person, until nothing is asked of them any more', async () => {
  const paging = { directory: () => directoryOf([someone('lee', { channels: [webhook()] })]) };
  const { notifyEngineer } = createActivities({
    ...paging,
    policy: () => ({}) as CasePolicy,
    console: () => undefined,
  });
  const page = async (order: Parameters<typeof orderOf>[0]): Promise<string> => {
    await new MockActivityEnvironment({ attempt: 1 }).run(notifyEngineer, orderOf(order));
    return (JSON.parse(receiver.requests.at(-1)?.body ?? '') as { data: { text: string } }).data.text;
  };
  const other = { caseNumber: 'C7654321', pageId: 'C7654321-1' };
  expect(await page(other)).not.toContain('Other cases');
  expect(await page({})).toContain('Other cases ask you too: C7654321, severity 1, for ');
  expect(await page(other)).toContain('Other cases ask you too: C1234567, ');
  await page({ reach: false, rank: 2, asks: [], tells: [] });
  expect(await page(other)).not.toContain('Other cases');
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
  const broken = {
    directory: () => {
      throw new RangeError('broken');
    },
  };
  await expect(tryPage([console_], {}, {}, broken).result).rejects.toThrow(RangeError);
});

test('results are told to the observer, and its failure sends no page twice', async () => {
  const seen: unknown[] = [];
  await tryPage([console_], {}, {}, { onResult: (order, result) => void seen.push([order.pageId, result.outcome]) })
    .result;
  expect(seen).toEqual([['C1234567-3', 'ACCEPTED']]);
  const failing = {
    onResult: () => {
      throw new Error('metrics');
    },
  };
  const { result, logged } = tryPage([console_], {}, {}, failing);
  expect(await result).toMatchObject({ outcome: 'ACCEPTED' });
  expect(logged).toEqual(['A page went out and its observer failed']);
});

test('B6 the policy is the one of this moment', async () => {
  let version = 1;
  const { currentPolicy } = createActivities({
    directory: () => directoryOf([]),
    policy: () => ({ version: String(version) }) as CasePolicy,
    console: () => undefined,
  });
  expect(await currentPolicy()).toMatchObject({ version: '1' });
  version = 2;
  expect(await currentPolicy()).toMatchObject({ version: '2' });
});

test('who had the number before is looked for only where it is asked, and a case is opened where it cannot be found out', async () => {
  const policy = { version: '1' } as CasePolicy;
  const asked: string[] = [];
  const before = { runId: 'run-1', how: 'TERMINATED', at: '2026-11-24T09:00:00.000Z' } as const;
  const { currentPolicy } = createActivities({
    directory: () => directoryOf([]),
    policy: () => policy,
    console: () => undefined,
    endedBefore: (caseNumber) => {
      asked.push(caseNumber);
      return caseNumber === 'C1000001' ? Promise.resolve({ before }) : Promise.reject(new Error('no lists'));
    },
  });
  expect(await currentPolicy()).toEqual(policy);
  expect(asked).toEqual([]);
  expect(await currentPolicy('C1000001')).toEqual({ ...policy, before });
  expect(await currentPolicy('C1000002')).toEqual(policy);
});
