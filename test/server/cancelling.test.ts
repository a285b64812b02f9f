/** Decision 0005, R27: nothing ends a case silently. A request to cancel it is on record and changes nothing: alerts and pages go on. */
import { Company } from '../support/company';
import { completeAnswers } from '../support/story';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

test('an emergency that is cancelled is alerted on the beat as before, and pages as before', async () => {
  const live = await company.open({}, { severities: { '0': { engineerAck: '1h' } }, eDown: { alertEvery: '2s' } });
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
  await live.acknowledge(await live.ring('kim', 'E_DOWN_ALERT'));
  await live.handle.cancel();
  await live.ring('kim', 'E_DOWN_ALERT', 4);
  await live.update('escalate', 'maria');
  await live.ring('ana', 'ESCALATED_M1');
  await live.atRest();
  expect((await live.view()).emergency).toBe('ACTIVE');
  expect(await live.told('CancelRequested')).toHaveLength(1);
  expect((await live.timeline()).filter(({ type }) => type === 'PageFailed')).toEqual([]);
});
