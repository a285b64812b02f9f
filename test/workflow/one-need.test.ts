/**
 * R51, D14: who calls and clicks has one wish. What comes the other way within a minute of M1, or in the same words however
 * late, is the same escalation: it is answered, and wakes nobody else. Other words after the minute are another one.
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
const escalatedAt = async (live: SkippedCase): Promise<number> =>
  Date.parse((await live.timeline()).find(({ type }) => type === 'Escalated')?.at ?? '');

const other = { dissatisfaction: 'Somebody has called, and knew nothing.' };

test.each<[first: Way, second: Way]>([
  ['phone', 'Web'],
  ['Web', 'phone'],
])(
  'D14 by %s and then by %s within a minute is one escalation; other words after it, another',
  async (first, second) => {
    // Given M1, and a manager who has answered
    const live = await company.open({ severity: 1 });
    await live.update('escalate', ...ways[first]);
    await live.answers('ana');
    const at = await escalatedAt(live);
    const { seq = 0 } = (await live.timeline()).at(-1) ?? {};

    // When the other one comes in the last second of the minute, in whatever words
    await company.until(at + 59_000);
    const [by, fields] = ways[second];
    expect(await live.update('escalate', by, { ...fields, ...other })).toMatchObject({
      level: 'M1',
      events: [],
      notes: [expect.stringContaining('M1') as string],
    });
    await live.signal('escalate', by, fields);
    await live.atRest();

    // Then nobody else is woken, and nothing has happened
    expect(live.rang()).toEqual({ 'ana ESCALATED_M1': 1 });
    expect((await live.view()).level).toBe('M1');
    expect(await live.timeline(seq)).toEqual([]);

    // And in the same words it is the same wish when the minute is over as well; in others it is a second escalation
    await company.until(at + 61_000);
    expect(await live.update('escalate', by, { ...fields, dissatisfaction: ' nobody  HAS called.' })).toMatchObject({
      level: 'M1',
      events: [],
    });
    expect(await live.update('escalate', by, { ...fields, ...other })).toMatchObject({ level: 'M2' });
    await live.atRest();
    expect(live.rang()).toEqual({
      'ana ESCALATED_M1': 1,
      'ben ESCALATED_M2': 1,
      // Whoever entered it knows, and is in it by that: they need not answer themselves.
      [by === 'lee' ? 'lee ESCALATION_INFO (word)' : 'lee ESCALATION_INFO']: 1,
      'ana ESCALATION_INFO (word)': 1,
    });
  },
);

test('D14 within the minute M2 is reached by its name', async () => {
  const live = await company.open({ severity: 1 });
  await live.update('escalate', ...ways.phone);
  await live.answers('ana');
  await live.update('escalate', 'maria', { ...ways.Web[1], level: 'M2' });
  await live.atRest();
  expect(live.rang()).toEqual({
    'ana ESCALATED_M1': 1,
    'ben ESCALATED_M2': 1,
    'lee ESCALATION_INFO': 1,
    'ana ESCALATION_INFO (word)': 1,
  });
});
