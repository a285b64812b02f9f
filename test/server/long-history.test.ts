/**
 * A history must not grow for ever: the server ends a case that is too long, silently. So a case continues as new while a
 * provider is down and pages are on their way, and takes them along.
 */
import { Company, eventually } from '../support/company';
import { countOf } from '../support/history';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterAll(() => company.stop());

test('a case that gets too long while a page is on its way continues as new, and the page goes on under its key', async () => {
  const live = await company.open({}, { severities: { '2': { managerAck: '20m' } } });
  await live.atRest();
  live.phone('ana', () => ({ status: 503 }));
  await live.signal('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  const before = (await live.handle.describe()).runId;
  await company.restartWorker(async () => {
    for (let batch = 0; batch < 20; batch += 1)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          live.signal('recordProgress', 'lee', { summary: 'Still at it.', substantive: true }),
        ),
      );
  });
  await eventually(
    () => live.handle.describe(),
    ({ runId }) => runId !== before,
  );
  const rings = live.rings.length;
  await live.ring('ana', 'ESCALATED_M1', rings + 1);
  expect(await live.view()).toMatchObject({
    level: 'M1',
    attention: ['UNACKNOWLEDGED'],
    // Who it is for is known from the first try that failed.
    pages: [{ person: 'ana', status: 'SENDING', purpose: 'ESCALATED_M1' }],
  });
  live.phone('ana', () => ({}));
  await live.until((events) => events.some(({ type }) => type === 'PageSent'));
  const history = await live.atRest();
  expect(new Set(live.rings.map(({ id }) => id))).toEqual(new Set([`${live.number}-1/1/ana/webhook`]));
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': live.rings.length });
  expect((await live.told('PageSent')).map(({ data }) => data.person)).toEqual(['ana']);
  expect(countOf(history, 'WORKFLOW_TASK_FAILED')).toBe(0);
  expect(await live.lists()).toMatchObject({ CaseLevel: 'M1', CaseAttention: ['UNACKNOWLEDGED'] });
}, 120_000);
