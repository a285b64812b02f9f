/**
 * R51: who calls and clicks has one need. What comes the other way within a minute of M1 is the same escalation, and wakes
 * nobody else; a minute later it is another one, and goes to M2.
 */
import { SkippingCompany, type SkippedCase } from '../support/skipping';

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

const dissatisfaction = 'Nobody has called.';
type Way = 'phone' | 'Web';
const ways: Readonly<Record<Way, [by: string, fields: Record<string, unknown>]>> = {
  phone: ['lee', { channel: 'PHONE', requestedBy: 'maria', dissatisfaction }],
  Web: ['maria', { channel: 'CASE_TRACKER', dissatisfaction }],
};

/** When M1 was asked for, by the case's clock. */
const escalatedAt = async (live: SkippedCase): Promise<number> => Date.parse((await live.timeline()).find(({ type }) => type === 'Escalated')?.at ?? '');

test.each<[first: Way, second: Way]>([
  ['phone', 'Web'],
  ['Web', 'phone'],
])('by %s and then by %s within a minute is one escalation; after it, another', async (first, second) => {
  // Given M1, and a manager who has answered
  const live = await company.open({ severity: 1 });
  await live.update('escalate', ...ways[first]);
  await live.answers('ana');
  const at = await escalatedAt(live);

  // When the other one comes in the last second of the minute
  await company.until(at + 59_000);
  expect(await live.refused('escalate', ...ways[second])).toMatchObject({ type: 'DISSATISFACTION_REQUIRED', message: expect.stringContaining('phone and Web count as one request') as string });
  await live.signal('escalate', ...ways[second]);
  await live.atRest();

  // Then nobody else is woken, and it is on record that it came
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
  expect((await live.view()).level).toBe('M1');
  expect((await live.timeline()).filter(({ type }) => type === 'CommandRejected')).toMatchObject([{ data: { command: 'escalate', code: 'DISSATISFACTION_REQUIRED' } }]);

  // And when the minute is over, it is a second escalation
  await company.until(at + 61_000);
  expect(await live.update('escalate', ...ways[second])).toMatchObject({ level: 'M2' });
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ben ESCALATED_M2': 1, 'lee ESCALATION_INFO': 1, 'ana ESCALATION_INFO': 1 });
});

test('within the minute M2 is reached by its name', async () => {
  const live = await company.open({ severity: 1 });
  await live.update('escalate', ...ways.phone);
  await live.answers('ana');
  await live.update('escalate', 'maria', { ...ways.Web[1], level: 'M2' });
  await live.atRest();
  expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1, 'ben ESCALATED_M2': 1, 'lee ESCALATION_INFO': 1, 'ana ESCALATION_INFO': 1 });
});
