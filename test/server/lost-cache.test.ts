/**
 * A case that fell out of a worker's cache is made anew from its history, and goes on. A task that left nothing in the
 * history could stop it there for good (temporalio/sdk-rust#1146): whoever is next would never ring.
 */
import { Company, policyOf } from '../support/company';
import { countOf, tasksOf, type HistoryEvent } from '../support/history';
import { removeFolder, temporaryFolder, workerProcess, type Killable } from '../support/processes';

const policy = { severities: { '2': { managerAck: '20s' } }, escalation: { retryFor: '60s' } };

const folder = temporaryFolder();
let company: Company;
let worker: Killable;
beforeAll(async () => {
  company = await Company.start({ worker: false });
  worker = await workerProcess(folder, {
    address: company.server.address,
    directory: company.directory,
    policy: policyOf(policy),
  });
  await worker.start();
}, 60_000);
afterAll(async () => {
  await worker.kill();
  await company.stop();
  removeFolder(folder);
});

async function restart(): Promise<void> {
  await worker.kill();
  await worker.start();
}

/** The tasks that left nothing behind. */
function emptyTasks(history: readonly HistoryEvent[]): string[] {
  const tasks = history
    .filter(({ workflowTaskCompletedEventAttributes: completed }) => completed)
    .map(({ eventId }) => String(eventId));
  const left = tasksOf(history);
  // An update is accepted and answered by a task without naming it.
  const answered = history.flatMap((event, index) =>
    event.workflowExecutionUpdateAcceptedEventAttributes
      ? [String(history.slice(0, index).findLast((before) => before.workflowTaskCompletedEventAttributes)?.eventId)]
      : [],
  );
  return tasks.filter((task) => !left.has(task) && !answered.includes(task));
}

test('a provider is down, updates come, workers are killed: the next one of the ladder rings all the same', async () => {
  const live = await company.open();
  live.phone('ana', () => ({ status: 503 }));
  await live.update('escalate', 'maria');
  await live.follow((history) => Promise.resolve(countOf(history, 'WORKFLOW_EXECUTION_SIGNALED') === 2));
  await restart();
  await live.update('changeSeverity', 'maria', { severity: 3 });
  await restart();
  await live.ring('ben', 'ESCALATED_M1', 1, 60_000);
  expect(await live.view()).toMatchObject({ level: 'M1', severity: 3 });
  expect(countOf(await live.history(), 'WORKFLOW_TASK_FAILED')).toBe(0);
  await live.replays();
}, 150_000);

test('no task leaves nothing: a signal given twice, progress that moves nothing, a word of a page that nobody waits for', async () => {
  const live = await company.open();
  const progress = { summary: 'The index is lost; a rebuild runs.', substantive: true, requestId: 'one' };
  const tasks = async (): Promise<number> => countOf(await live.atRest(), 'WORKFLOW_TASK_COMPLETED');
  await tasks();
  await live.signal('recordProgress', 'lee', progress);
  await tasks();
  await live.signal('recordProgress', 'lee', progress);
  await tasks();
  await live.handle.signal('pageDelayed');
  await tasks();
  await live.signal('changeSeverity', 'maria', { severity: 1 });
  await live.ring('lee', 'SEVERITY_CHANGED');
  const history = await live.atRest();
  expect(emptyTasks(history)).toEqual([]);
  await restart();
  await live.update('closeCase', 'lee', { resolution: 'restarted', customerAgreed: true });
  await live.replays();
  await restart();
  expect(await live.view()).toMatchObject({ status: 'CLOSED' });
}, 120_000);

test('an update that is refused leaves nothing in a history, and so moves nothing that a replay would miss', async () => {
  const live = await company.open();
  await live.atRest();
  live.phone('ana', () => 'SILENCE');
  await live.signal('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  await live.refused('changeSeverity', 'maria', { severity: 2 });
  await restart();
  expect(await live.update('changeSeverity', 'maria', { severity: 3 })).toMatchObject({ severity: 3 });
  await live.replays();
}, 60_000);
