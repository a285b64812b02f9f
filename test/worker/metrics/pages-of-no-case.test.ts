/** B2: a page that is of no case is counted as any other, and what its provider has said of it: by the worker that sends it. */
import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { Channels } from '../../../activities/channels';
import { endedActivities } from '../../../activities/ended-outside';
import type { OnSent } from '../../../activities/observe';
import { wordActivities } from '../../../activities/word';
import { Telemetry } from '../../../worker/telemetry';
import type { EndedNotice } from '../../../workflows/activities';
import type { WordOrder } from '../../../workflows/word/messages';
import { org } from '../../support/org';
import { startReceiver, type Receiver } from '../../support/receiver';

let receiver: Receiver;
let telemetry: Telemetry;
beforeEach(async () => {
  receiver = await startReceiver();
  telemetry = new Telemetry();
});
afterEach(() => receiver.close());

const NOTICE: EndedNotice = { pageId: 'ended-1', count: 12, eDowns: 0, cases: [] };
const WORD: WordOrder = {
  pageId: 'rota-emea-1',
  audience: 'DUTY_MANAGER',
  whom: { person: 'dora' },
  said: { key: 'CALENDAR_STALE', team: 'emea', readAt: null },
  used: [],
};

function sending(onSent: OnSent = telemetry.recordOfNoCase) {
  const directory = {
    ...org(),
    people: org().people.map((person) => ({
      ...person,
      channels: [{ kind: 'webhook', url: receiver.url(`/${person.id}`) } as const],
    })),
  };
  const outside = {
    directory: () => directory,
    policy: () => ({ channels: { urgent: ['webhook'], normal: ['webhook'] } }),
    channels: new Channels({}, () => undefined),
    onSent,
  };
  return { ...endedActivities(outside), ...wordActivities(outside) };
}

/** As Temporal runs it; `msLeft` until it would give up. */
const running = (msLeft = 120_000): MockActivityEnvironment =>
  new MockActivityEnvironment(
    { attempt: 3, scheduledTimestampMs: Date.now() - 120_000 + msLeft, scheduleToCloseTimeoutMs: 120_000 },
    { logger: new DefaultLogger('ERROR', () => undefined) },
  );
const tellEnded = (person: string, msLeft?: number, onSent?: OnSent): Promise<boolean> =>
  running(msLeft).run(() => sending(onSent).tellEnded(NOTICE, person, 'webhook'));

const counted = async (name: string): Promise<string[]> =>
  (await telemetry.registry.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));

test('whoever is told that a case was ended is counted, in pages and in the time that it took', async () => {
  receiver.respond('/dirk', () => ({ status: 410 }));
  expect([await tellEnded('dora'), await tellEnded('dirk')]).toEqual([true, false]);
  const page = 'audience="DUTY_MANAGER",purpose="ENDED_OUTSIDE"';
  expect(await counted('tocsin_pages_total')).toEqual([
    `tocsin_pages_total{${page},outcome="ACCEPTED",reason="DUTY_MANAGER"} 1`,
    `tocsin_pages_total{${page},outcome="FAILED",reason="REJECTED_BY_PROVIDER"} 1`,
  ]);
  expect(await counted('tocsin_page_seconds_count')).toEqual([
    'tocsin_page_seconds_count{channel="webhook",outcome="ACCEPTED"} 1',
    'tocsin_page_seconds_count{channel="webhook",outcome="FAILED"} 1',
  ]);
});

test('a provider that is down is counted when its time is over, and not at each try', async () => {
  receiver.respond('/dora', () => ({ status: 503, headers: { 'retry-after': '5' } }));
  await expect(tellEnded('dora', 60_000)).rejects.toThrow(ApplicationFailure);
  expect(await counted('tocsin_pages_total')).toEqual([]);
  expect(await tellEnded('dora', 4_000)).toBe(false);
  expect(await counted('tocsin_pages_total')).toEqual([
    'tocsin_pages_total{audience="DUTY_MANAGER",purpose="ENDED_OUTSIDE",outcome="FAILED",reason="PROVIDER_DOWN"} 1',
  ]);
});

test('word of the rota is counted as well, and hurries nobody', async () => {
  const { sendWord } = sending();
  const send = (order: WordOrder) => running().run(() => sendWord(order));
  await send(WORD);
  await send({ ...WORD, whom: { person: 'nobody' } });
  await send({ ...WORD, whom: { team: 'emea', at: '2026-01-01T00:00:00Z' } });
  const word = 'audience="DUTY_MANAGER",purpose="CALENDAR_STALE"';
  expect(await counted('tocsin_pages_total')).toEqual([
    `tocsin_pages_total{${word},outcome="ACCEPTED",reason="NAMED"} 1`,
    `tocsin_pages_total{${word},outcome="FAILED",reason="NO_PERSON"} 1`,
  ]);
  expect(await counted('tocsin_page_seconds_count')).toEqual([]);
});

test('whoever counts cannot have a page sent again', async () => {
  const full = (): never => {
    throw new Error('full');
  };
  expect(await tellEnded('dora', 60_000, full)).toBe(true);
});
