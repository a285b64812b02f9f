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
  company.policy = policy();
  company.alwaysOnCall('kim', 'sato');
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

/** What the clock did, with the time at which it should have. */
const due = (event: CaseEvent): [string, number][] =>
  'lateMs' in event.data && event.data.lateMs > 0 ? [[`${event.type} ${'clock' in event.data ? event.data.clock : ''}`.trim(), Date.parse(event.at) - event.data.lateMs]] : [];

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
    ContactChecked: start + 30 * MINUTE,
    'CustomerContactOverdue FIRST_CONTACT': start + HOUR,
    CustomerUpdateOverdue: start + HOUR,
    ProgressStalled: start + 2 * HOUR,
    EscalationSuggested: start + 2 * HOUR,
  });
  expect(told).toHaveLength(6);

  // And each of them has rung once
  expect(live.rang(known)).toEqual({
    'sato E_DOWN_ALERT': 1,
    'pat CONTACT_CHECK': 1,
    'ana PROMISE_OVERDUE': 1,
    'lee PROMISE_OVERDUE': 1,
    'ana PROGRESS_STALLED': 1,
    'ana ESCALATION_INFO': 1,
    // Nobody has acted on it for too long: the next one is asked.
    'ana E_DOWN_STARTED': 1,
  });

  // And the next alerts come at their time from now, to the one who has it
  await live.answers('sato');
  const late = live.rings.find(({ title }) => title.includes('alert 2 '));
  await company.until((late?.at ?? 0) + 2 * EVERY + MINUTE);
  const alerts = live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT').slice(1);
  expect(alerts.map(({ person, title }) => [person, /alert \d+/.exec(title)?.[0]])).toEqual([['sato', 'alert 2'], ['sato', 'alert 3'], ['sato', 'alert 4']]);
  expect(alerts.map((alert) => Math.round((alert.at - (late?.at ?? 0)) / MINUTE))).toEqual([0, 15, 30]);
});
