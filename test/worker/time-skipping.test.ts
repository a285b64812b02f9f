/** The server whose clock can be moved knows what cases publish, so that a whole case can be played in a moment. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { policyFrom } from '../../worker/config';
import { queries, TASK_QUEUE, type CaseOpening } from '../../workflows/messages';
import { org } from '../support/org';
import { activitiesOf, createTimeSkipping, skippingWorker } from '../support/server';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await createTimeSkipping();
}, 300_000);
afterAll(() => env.teardown());

test('an engineer who does not answer within half an hour is followed by the manager, without anybody waiting for it', async () => {
  const worker = await skippingWorker(env, activitiesOf(org(), policyFrom({ hotline: '+1 555 0100', warnAt: [] })));
  const opening: CaseOpening = {
    caseNumber: 'C1000001',
    title: 'Vault',
    severity: 2,
    customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
    environment: 'PRODUCTION',
    engineer: 'lee',
    by: 'maria',
    role: 'CUSTOMER',
    channel: 'CASE_TRACKER',
  };
  const pages = await worker.runUntil(async () => {
    const handle = await env.client.workflow.start('supportCase', {
      taskQueue: TASK_QUEUE,
      workflowId: opening.caseNumber,
      args: [opening],
    });
    await env.sleep('31m');
    return (await handle.query(queries.getCase)).pages;
  });
  // Nobody waits for the engineer any more, but they are still welcome (H1).
  expect(pages.map(({ person, purpose, asks, answerDueAt }) => [person, purpose, asks, answerDueAt === null])).toEqual([
    ['lee', 'ASSIGNED', ['ASSIGNED'], true],
    ['ana', 'ASSIGNED', ['ASSIGNED'], false],
  ]);
});
