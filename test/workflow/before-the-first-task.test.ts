/**
 * Contract, sections 1 and 2: what is sent before the case has come to its first task waits for it, in order, whether it
 * starts the case, is a signal or is an update. Nothing is lost and nothing is done twice.
 */
import { policy } from '../support/cases';
import { openingOf, SkippingCompany } from '../support/skipping';
import { TASK_QUEUE, WORKFLOW_TYPE } from '../../workflows/messages';

const BY_LEE = { by: 'lee', role: 'ENGINEER' };

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
  company.policy = policy();
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

test('R40 a case that an escalation starts is opened first and escalated next; its manager is paged once', async () => {
  // When
  const live = company.prepare();
  await company.env.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    taskQueue: TASK_QUEUE,
    workflowId: live.number,
    args: [openingOf(live.number)],
    signal: 'escalate',
    signalArgs: [{ by: 'maria', role: 'CUSTOMER', requestId: 'r1' }],
  });
  // The same again reaches the case that runs.
  await live.signal('escalate', 'maria', { requestId: 'r1' });
  const { level, escalation } = await live.atRest();

  // Then
  expect([level, escalation.status]).toEqual(['M1', 'PENDING']);
  expect((await live.timeline()).slice(0, 2).map(({ type }) => type)).toEqual(['CaseOpened', 'Escalated']);
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
});

test('R1 sixty signals before the first task are done in the order they were sent, and a bad one among them is on record', async () => {
  // Given a case that no worker has seen yet
  await company.stopWorker();
  const live = await company.prepare().start();

  // When signals of all kinds arrive
  const words = Array.from({ length: 60 }, (_, index) => `${index + 1}`);
  for (const summary of words) await live.signal('recordProgress', 'lee', { summary, substantive: false });
  await live.handle.signal<[unknown]>('noSuchCommand', BY_LEE);
  await live.handle.signal<[unknown]>('recordProgress', undefined);
  await live.signal('changeSeverity', 'maria', { severity: 1 });
  await company.startWorker();
  await live.atRest();

  // Then they stand on the timeline as they were sent
  const told = (await live.timeline()).flatMap((event): string[] => {
    if (event.type === 'ProgressRecorded') return [event.data.summary];
    if (event.type === 'CommandRejected') return [`${event.data.command} ${event.data.code}`];
    return event.type === 'CaseOpened' || event.type === 'SeverityChanged' ? [event.type] : [];
  });
  expect(told).toEqual([
    'CaseOpened',
    ...words,
    'noSuchCommand UNKNOWN_COMMAND',
    'recordProgress INVALID_INPUT',
    'SeverityChanged',
  ]);
  expect(live.rang()).toEqual({ 'lee SEVERITY_CHANGED': 1 });
});

test('an update that is sent before the first task is answered after the opening', async () => {
  await company.stopWorker();
  const live = await company.prepare().start();
  const update = live.updateAtOnce('escalate', 'maria');
  await company.startWorker();
  expect(await update).toMatchObject({
    caseNumber: live.number,
    level: 'M1',
    events: expect.arrayContaining(['Escalated']) as string[],
  });
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
});

test('R37 a refused opening pages nobody, whatever was sent with it, and leaves the number usable', async () => {
  await company.stopWorker();
  const live = await company.prepare().start({ severity: 0 });
  await live.signal('escalate', 'maria');
  await company.startWorker();
  await expect(live.handle.result()).rejects.toMatchObject({ cause: { type: 'E_DOWN_ANSWERS_INCOMPLETE' } });
  expect(live.rings).toEqual([]);
});
