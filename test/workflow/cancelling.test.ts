/** Decision 0005: nothing ends a case silently. A request to cancel it is on record and changes nothing, whatever is on its way. */
import { HOUR, MINUTE, policy } from '../support/cases';
import { QUIET, SkippingCompany } from '../support/skipping';

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
  company.policy = policy(QUIET);
  company.alwaysOnCall('kim');
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

test('R27 an emergency that is cancelled is alerted as before, and takes commands as before', async () => {
  // Given an E-Down, declared and answered by messages
  const live = await company.open();
  await live.declareEDown();
  await live.answers('kim');
  await live.answers('lee');
  const before = await live.view();

  // When somebody asks twice for it to be cancelled
  await live.handle.cancel();
  await live.handle.cancel();
  const { counters } = before;
  expect({ ...(await live.view()), eDown: null }).toEqual({
    ...before,
    eDown: null,
    counters: { ...counters, events: counters.events + 1 },
  });
  expect((await live.timeline()).filter(({ type }) => type === 'CancelRequested')).toMatchObject([
    { seq: counters.events + 1, data: {} },
  ]);
  await company.env.sleep(HOUR);

  // Then the alerts come, and a new page comes too
  await live.update('escalate', 'maria');
  await company.env.sleep(10 * MINUTE);
  expect(live.rang()).toEqual({
    'kim E_DOWN_ALERT': 1,
    'kim E_DOWN_ALERT (word)': 4,
    'lee E_DOWN_STARTED': 1,
    'lee E_DOWN_STARTED (quietly)': 1,
    'eve E_DOWN_STARTED (word)': 1,
    'ana ESCALATED_M1': 1,
  });
  expect((await live.timeline()).filter(({ type }) => type === 'PageFailed')).toEqual([]);
});

test('a case that is cancelled before its first task opens all the same, and an update that waits for it is done', async () => {
  // Given no worker yet, and a case with a request to cancel it
  await company.stopWorker();
  const live = await company.prepare().start();
  await live.handle.cancel();

  // When an update is sent and the worker comes
  const update = live.updateAtOnce('recordProgress', 'lee', { summary: 'The log is read.', substantive: true });
  await company.startWorker();

  // Then it is answered
  expect((await update).events).toEqual(['ProgressRecorded']);
  expect((await live.view()).status).toBe('OPEN');
  expect((await live.timeline()).filter(({ type }) => type === 'CancelRequested')).toHaveLength(1);
});

test('a closed case completes as ever', async () => {
  const live = await company.open();
  await live.update('closeCase', 'lee', { resolution: 'Fixed.', customerAgreed: true });
  await live.handle.cancel();
  expect(await live.handle.result()).toMatchObject({ resolution: 'Fixed.' });
});
