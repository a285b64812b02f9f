/**
 * Section 4 of the contract from outside: when lists hear of what a case does. A page goes out before they do; but nobody
 * may look at a list that is green for as long as a provider is down.
 */
import { pageDelayed } from '../../workflows/messages';
import type { PageResult } from '../../workflows/core/language/page';
import type { CommandName } from '../../client';
import { Company, eventually, type LiveCase } from '../support/company';
import type { Reply } from '../support/receiver';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterAll(() => company.stop());

/** Three tries of a provider take 1.5 s, and a time-out 5 s. */
const policy = { escalation: { retryFor: '2s', nextChannelAfter: '1s' } };

/** What each workflow task left: `notifyEngineer` for a page, `lists: CaseSeverity` for what lists were told. */
async function tasks(live: LiveCase): Promise<string[][]> {
  const left = new Map<string, string[]>();
  for (const event of await live.atRest()) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const upserted = event.upsertWorkflowSearchAttributesEventAttributes;
    const task = String((scheduled ?? upserted)?.workflowTaskCompletedEventId);
    const what = scheduled
      ? scheduled.activityType?.name
      : upserted &&
        `lists: ${Object.keys(upserted.searchAttributes?.indexedFields ?? {})
          .sort()
          .join(' ')}`;
    if (what) left.set(task, [...(left.get(task) ?? []), what]);
  }
  return [...left.values()];
}

const wordsOfDelay = async (live: LiveCase): Promise<number> =>
  (await live.history()).filter(
    ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === pageDelayed.name,
  ).length;

test('a page goes out first, and lists hear of it in the task of its outcome, once', async () => {
  const live = await company.open({}, policy);
  await live.atRest();
  await live.signal('changeSeverity', 'maria', { severity: 1 });
  await live.ring('lee', 'SEVERITY_CHANGED');
  const [, ...later] = await tasks(live);
  expect(later.slice(-2)).toEqual([['notifyEngineer'], [expect.stringMatching(/^lists: .*CaseSeverity/)]]);
  expect(await live.lists()).toMatchObject({ CaseSeverity: 1 });
  expect(await wordsOfDelay(live)).toBe(0);
});

test.each<[string, Reply, number]>([
  // Each try that takes long says so once, and then that it has failed.
  ['says nothing', 'SILENCE', 4],
  ['is down', { status: 500 }, 2],
  ['hangs up', 'HANG_UP', 2],
])(
  'while a provider %s lists show what the page is for, and its tries fill no history',
  async (_what, reply, words) => {
    const live = await company.open({}, policy);
    await live.atRest();
    live.phone('lee', () => reply);
    await live.signal('changeSeverity', 'maria', { severity: 1 });
    await live.ring('lee', 'SEVERITY_CHANGED');
    await eventually(
      () => live.lists(),
      ({ CaseSeverity }) => CaseSeverity === 1,
      3_000,
    );
    expect((await live.timeline()).map(({ type }) => type)).not.toContain('PageFailed');
    await live.until((events) => events.some(({ type }) => type === 'PageFailed'), 40_000);
    await live.atRest();
    expect(await wordsOfDelay(live)).toBe(words);
  },
  60_000,
);

test('whoever has the answer to an update finds it in lists, whatever the provider does', async () => {
  const live = await company.open({}, policy);
  live.phone('ana', () => 'SILENCE');
  await live.update('escalate', 'maria');
  expect(await live.lists()).toMatchObject({ CaseLevel: 'M1', CaseAttention: ['UNACKNOWLEDGED'] });
});

test.each<[string, readonly [CommandName, string, object?][], object]>([
  [
    'escalated and accepted',
    [
      ['escalate', 'maria'],
      ['acceptEscalation', 'ana'],
    ],
    { CaseLevel: 'M1', CaseAttention: [] },
  ],
  [
    'severity changed and the case closed',
    [
      ['changeSeverity', 'maria', { severity: 1 }],
      ['closeCase', 'lee', { resolution: 'restarted', customerAgreed: true }],
    ],
    { CaseSeverity: 1, CaseStatus: 'CLOSED' },
  ],
  [
    'an E-Down asked for and the case closed',
    [
      ['requestEDown', 'maria'],
      ['closeCase', 'lee', { resolution: 'restarted', customerAgreed: true }],
    ],
    { CaseStatus: 'CLOSED' },
  ],
])('a page that is called back in the task that sent it leaves no list behind: %s', async (_what, given, expected) => {
  const live = await company.open({}, policy);
  await live.atRest();
  await company.restartWorker(async () => {
    for (const [name, by, fields = {}] of given) await live.signal(name, by, { ...fields });
  });
  await live.until((events) => events.length > given.length);
  await eventually(
    () => live.lists(),
    (lists) =>
      Object.entries(expected).every(([name, value]) => JSON.stringify(lists[name] ?? []) === JSON.stringify(value)),
    3_000,
  );
});

test('lists are written once in a task that brings a signal and the outcome of a page', async () => {
  const live = await company.open({}, policy);
  await live.atRest();
  live.phone('lee', () => ({ status: 503 }));
  await live.signal('changeSeverity', 'maria', { severity: 1 });
  await live.ring('lee', 'SEVERITY_CHANGED');
  await company.restartWorker(async () => {
    const { activityId } = (await live.handle.describe()).raw.pendingActivities?.[0] ?? {};
    const delivered: PageResult = {
      outcome: 'ACCEPTED',
      person: 'lee',
      name: 'Lee',
      route: 'DIRECT',
      channel: 'webhook',
      channelsLeft: 0,
      mode: 'RING',
      asks: ['SEVERITY_CHANGED'],
      tells: [],
      passedOver: [],
    };
    await live.signal('recordProgress', 'lee', { summary: 'The index is lost.', substantive: true });
    await company.server.client.activity.complete({ workflowId: live.number, activityId: activityId ?? '' }, delivered);
  });
  await live.until((events) => events.some(({ type }) => type === 'PageSent'));
  const written = (await tasks(live)).map((left) => left.filter((what) => what.startsWith('lists')).length);
  expect(Math.max(...written)).toBe(1);
  expect(await live.lists()).toMatchObject({ CaseSeverity: 1 });
});
