/** `tocsin replay`: a recorded case fits the code as it is, and one that went another way does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TocsinClient } from '../../client';
import { historiesOf } from '../../client/histories';
import { recordedIn, replay } from '../../worker/replay';
import { org } from '../support/org';
import { activitiesOf, startTestServer } from '../support/server';
import { policy } from '../support/cases';

const HISTORY = readFileSync(join(__dirname, '..', 'replay', 'histories', 'severity-and-m1.json'), 'utf8');

test('a history as a file fits; one whose page went to another activity does not, and it is said where', async () => {
  const [fits, differs] = await replay([recordedIn(JSON.parse(HISTORY)), recordedIn(JSON.parse(HISTORY.replaceAll('notifyManager', 'notifyDutyManager')))]);
  expect(fits).toMatchObject({ workflowId: 'C1000001', fits: true, why: null });
  expect(differs).toMatchObject({ workflowId: 'C1000001', fits: false, events: fits?.events });
  expect(differs?.why).toMatch(/notifyManager|notifyDutyManager/);
});

test.each<[string, unknown]>([
  ['a list', []],
  ['an opening', { caseNumber: 'C1000001' }],
  ['no events', { events: [] }],
  ['nothing', null],
])('%s is no history', (_name, json) => expect(() => recordedIn(json)).toThrow(expect.objectContaining({ name: 'NoHistory' }) as Error));

test('a case on a server, while it runs', async () => {
  const server = await startTestServer();
  try {
    const client = new TocsinClient(server.client);
    await server.withWorker(activitiesOf(org(), policy()), async () => {
      await client.open({ caseNumber: 'C1000007', title: 'MES down', severity: 2, environment: 'PRODUCTION', engineer: 'lee', customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true }, by: 'maria', role: 'CUSTOMER' });
    });
    const histories = await historiesOf(client, 'C1000007');
    expect(histories.map(({ workflowId }) => workflowId)).toEqual(['C1000007']);
    expect(await replay(histories)).toEqual([{ workflowId: 'C1000007', runId: histories[0]?.runId, events: histories[0]?.history.events?.length, fits: true, why: null }]);
    await expect(historiesOf(client, 'C1999999')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
  } finally {
    await server.stop();
  }
});
