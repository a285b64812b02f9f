/**
 * R27, R29, B3: workers are away for six hours in the middle of an emergency. What was due meanwhile is done once, late,
 * and says by how much; then the cadence goes on from there. Never a burst.
 */
import type { CaseEvent } from '../../workflows/messages';
import { HOUR, MINUTE, policy } from '../support/cases';
import { SkippingCompany } from '../support/skipping';

const OUTAGE = 6 * HOUR;
const EVERY = 15 * MINUTE;

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start({ maxCachedWorkflows: 0 });
  // The contact's night is not in it, whenever this runs (H4).
  const night = await company.now();
  const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);
  company.policy = policy({
    eDown: { contactCheck: { quiet: { from: clock(night + 12 * HOUR), to: clock(night + 13 * HOUR) } } },
  });
  company.alwaysOnCall('kim', 'sato');
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** What the clock did, with the time at which it should have. */
const due = (event: CaseEvent): [string, number][] =>
  'lateMs' in event.data && event.data.lateMs > 0
    ? [
        [
          `${event.type} ${'clock' in event.data ? event.data.clock : ''}`.trim(),
          Date.parse(event.at) - event.data.lateMs,
        ],
      ]
    : [];

test('R27 an outage of six hours ends in one late alert and one late notice a clock; then the cadence goes on from now', async () => {
  // Given an E-Down that is answered, with all its clocks running
  const live = await company.open();
  await live.declareEDown();
  await live.answers('kim');
  await live.answers('lee');
  const { seq: before = 0, at = '' } = (await live.timeline()).find(({ type }) => type === 'EmergencyAlerted') ?? {};
  const start = Date.parse(at);
  const known = live.rings.length;

  // When no worker is there for six hours
  await company.outage(start + EVERY, start + OUTAGE);
  await live.atRest();
  await company.env.sleep(MINUTE);

  // Then whatever was due has been done once, and says how late
  const told = (await live.timeline(before)).flatMap(due);
  expect(Object.fromEntries(told)).toEqual({
    EmergencyAlerted: start + EVERY,
    ContactChecked: expect.any(Number) as number,
    'CustomerContactOverdue FIRST_CONTACT': start + HOUR,
    CustomerUpdateOverdue: start + HOUR,
    ProgressStalled: start + 2 * HOUR,
    EscalationSuggested: start + 2 * HOUR,
  });
  expect(told).toHaveLength(6);
  // Nothing is asked of the contact, so their silence counts from their last sign, for four hours (H4).
  const checkedAt = told.find(([what]) => what === 'ContactChecked')?.[1] ?? 0;
  expect(Math.abs(checkedAt - start - 4 * HOUR)).toBeLessThan(MINUTE);

  // And each person has one message that says all that is asked of them by now (H2)
  expect(live.rang(known)).toEqual({
    'sato E_DOWN_ALERT': 1,
    // Nobody has acted on it for too long: the next one is asked, and whoever had it is told so.
    'kim E_DOWN_ALERT (quietly)': 1,
    'lee E_DOWN_STARTED': 1,
    'ana PROMISE_OVERDUE': 1,
    'pat CONTACT_CHECK': 1,
  });
  const askedOf = (person: string): readonly string[] =>
    live.rings.slice(known).find((ring) => ring.person === person)?.asks ?? [];
  expect([...askedOf('ana')].sort()).toEqual(['FIRST_CONTACT', 'PROGRESS_STALLED']);
  expect([...askedOf('lee')].sort()).toEqual(['E_DOWN_STARTED']);

  // And the next alerts come at their time from now, to the one who has it
  await live.answers('sato');
  const late = live.rings.find(({ title }) => title.includes('alert 2 '));
  await company.until((late?.at ?? 0) + 2 * EVERY + MINUTE);
  const alerts = live.rings.filter(({ person, purpose }) => purpose === 'E_DOWN_ALERT' && person !== 'kim');
  expect(alerts.map(({ person, title, urgent }) => [person, /alert \d+/.exec(title)?.[0], urgent])).toEqual([
    ['sato', 'alert 2', true],
    ['sato', 'alert 3', false],
    ['sato', 'alert 4', false],
  ]);
  expect(alerts.map((alert) => Math.round((alert.at - (late?.at ?? 0)) / MINUTE) + 0)).toEqual([0, 15, 30]);
});
