/** `tocsin replay`: a recorded case fits the code as it is, and one that went another way does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TocsinClient } from '../../client';
import { historiesOf } from '../../client/histories';
import { recordedIn, replay } from '../../worker/replay';
import { org } from '../support/org';
import { activitiesOf, startTestServer } from '../support/server';
import { policy } from '../support/cases';

const HISTORY = readFileSync(join(__dirname, '..', 'replay', 'histories', 'escalated.json'), 'utf8');

test('a history as a file fits; one whose page went to another activity does not, and it is said where', async () => {
  const [fits, differs] = await replay([
    recordedIn(JSON.parse(HISTORY)),
    recordedIn(JSON.parse(HISTORY.replaceAll('notifyManager', 'notifyDutyManager'))),
  ]);
  expect(fits).toMatchObject({ workflowId: 'C1000001', fits: true, why: null });
  expect(differs).toMatchObject({ workflowId: 'C1000001', fits: false, events: fits?.events });
  expect(differs?.why).toMatch(/^The steps part: .*(notifyManager|notifyDutyManager)/);
  expect(differs?.why).not.toMatch(/Failure|source:|TMPRL/);
});

test('where the code does another step than the history has, it is said which event, and nothing of the insides of the SDK', async () => {
  type Published = {
    eventType: string;
    upsertWorkflowSearchAttributesEventAttributes?: { workflowTaskCompletedEventId: string };
  };
  const json = JSON.parse(HISTORY) as { events: Published[] };
  // As if it had waited where it has published
  const events = json.events.map(({ upsertWorkflowSearchAttributesEventAttributes: published, ...event }) =>
    published
      ? {
          ...event,
          eventType: 'EVENT_TYPE_TIMER_STARTED',
          timerStartedEventAttributes: { ...published, timerId: '1', startToFireTimeout: '1s' },
        }
      : event,
  );
  const [differs] = await replay([recordedIn({ ...json, events })]);
  expect(differs).toMatchObject({
    fits: false,
    why: expect.stringMatching(/^Event \d+ was TimerStarted: this code does another step there \(\w+\)\.$/) as string,
  });
});

/** One field of what the first page was asked to be, as it would have been recorded. */
function withFirstOrder(change: (order: Record<string, unknown>) => void): unknown {
  const json = JSON.parse(HISTORY) as {
    events: { activityTaskScheduledEventAttributes?: { input: { payloads: [{ data: string }] } } }[];
  };
  const payload = json.events.flatMap(
    ({ activityTaskScheduledEventAttributes: task }) => task?.input.payloads ?? [],
  )[0];
  if (!payload) throw new Error('the history has no page');
  const order = JSON.parse(Buffer.from(payload.data, 'base64').toString()) as Record<string, unknown>;
  change(order);
  payload.data = Buffer.from(JSON.stringify(order)).toString('base64');
  return json;
}

test('each step is the same and a page is asked otherwise: it does not fit, and the field is named', async () => {
  const [differs] = await replay([recordedIn(withFirstOrder((order) => (order['urgent'] = 'otherwise')))]);
  expect(differs).toMatchObject({
    fits: false,
    why: expect.stringMatching(
      /^Event \d+, page C1000001-1, message 1, by notifyEngineer: urgent was "otherwise" and would be true\.$/,
    ) as string,
    differences: [{ field: 'urgent', recorded: 'otherwise', now: true }],
  });
});

test('the order of fields is no difference', async () => {
  const reversed = withFirstOrder((order) => {
    for (const [key, value] of Object.entries(order).reverse()) {
      delete order[key];
      order[key] = value;
    }
  });
  const [fits] = await replay([recordedIn(reversed)]);
  expect(fits).toMatchObject({ fits: true, differences: [] });
});

test.each<[string, unknown]>([
  ['a list', []],
  ['an opening', { caseNumber: 'C1000001' }],
  ['no events', { events: [] }],
  ['nothing', null],
])('%s is no history', (_name, json) =>
  expect(() => recordedIn(json)).toThrow(expect.objectContaining({ name: 'NoHistory' }) as Error),
);

test('a case on a server, while it runs', async () => {
  const server = await startTestServer();
  try {
    const client = new TocsinClient(server.client);
    await server.withWorker(activitiesOf(org(), policy()), async () => {
      await client.open({
        caseNumber: 'C1000007',
        title: 'MES down',
        severity: 2,
        environment: 'PRODUCTION',
        engineer: 'lee',
        customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
        by: 'maria',
        role: 'CUSTOMER',
      });
    });
    const histories = await historiesOf(client, 'C1000007');
    expect(histories.map(({ workflowId }) => workflowId)).toEqual(['C1000007']);
    expect(await replay(histories)).toEqual([
      {
        workflowId: 'C1000007',
        runId: histories[0]?.runId,
        events: histories[0]?.history.events?.length,
        fits: true,
        why: null,
        differences: [],
      },
    ]);
    await expect(historiesOf(client, 'C1999999')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
  } finally {
    await server.stop();
  }
});
