/**
 * R27, B9: an emergency is alerted at the policy's cadence in calendar time: at night, over a weekend, and over the hour
 * that a clock change takes. What an hour of it costs is counted here, so that it cannot grow unseen.
 */
import { clockChange } from '../support/clock-changes';
import { HOUR, MINUTE, policy } from '../support/cases';
import { QUIET, SkippingCompany } from '../support/skipping';

const BERLIN = 'Europe/Berlin';
const EVERY = 15 * MINUTE;
const DAYS = 4;

/**
 * Measured: 48.0 events an hour, 12 a tick: the timer that rings and the next one (2), a task that alerts and one that
 * takes the provider's yes (6), the page (3), and `CaseNextDue` (1). The opening and who answered are 40 once, a run that ends and the
 * next one 8; a task more, when a message meets a busy machine, is 3.
 */
const EVENTS_AN_HOUR = 48;
const EVENTS_A_RUN = 8;
const ONCE = 100;

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
}, 60_000);
afterEach(() => company.endCases());
afterAll(() => company.stop());

test('R27 alerts come every 15 minutes, none lost and none twice, over a weekend and a clock change', async () => {
  // Given a Friday noon before Berlin's clocks go forward, and maier on call there round the clock
  company.policy = policy(QUIET);
  company.directory = {
    ...company.directory,
    onCall: [{ team: 'emea', timezone: BERLIN, windows: [], people: ['maier'], overrides: [] }],
  };
  const change = clockChange(BERLIN, 'FORWARD', await company.now());
  await company.until(change - 38 * HOUR);
  const live = await company.open();

  // When E-Down is declared, everybody who must answer has, and days go by
  await live.declareEDown();
  const [first] = (await live.timeline()).filter(({ type }) => type === 'EmergencyAlerted');
  const start = Date.parse(first?.at ?? '');
  await company.until(start + MINUTE);
  await live.answers('maier');
  await live.answers('lee');
  await company.until(start + DAYS * 24 * HOUR + MINUTE);

  // Then each alert has come once, at its time, to the one who has it
  const alerts = live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT');
  expect(alerts.map(({ title }) => title)).toEqual(
    Array.from(
      { length: DAYS * 24 * 4 + 1 },
      (_, index) => `[E-DOWN] ${live.number} Acme: E-Down alert ${index + 1} — MES down`,
    ),
  );
  expect(alerts.filter(({ at }, index) => Math.abs(at - start - index * EVERY) > MINUTE)).toEqual([]);
  expect(start).toBeLessThan(change);
  expect(alerts.at(-1)?.at).toBeGreaterThan(change + 2 * 24 * HOUR);

  // And the cadence does not creep: what was late by is not added up
  const kept = (await live.timeline()).flatMap((event) =>
    event.type === 'EmergencyAlerted'
      ? [Date.parse(event.at) - event.data.lateMs - start - (event.data.alert - 1) * EVERY]
      : [],
  );
  expect(new Set(kept)).toEqual(new Set([0]));

  // And only the first of them has rung: the others are word to the one who has it (H3), and nothing else has arrived
  expect(live.rang()).toEqual({
    'maier E_DOWN_ALERT': 1,
    'maier E_DOWN_ALERT (word)': DAYS * 24 * 4,
    'lee E_DOWN_STARTED': 1,
    'lee E_DOWN_STARTED (quietly)': 1,
    'eve E_DOWN_STARTED (word)': 1,
  });

  // And it has cost what it may
  const runs = await live.histories();
  const events = runs.flat().length;
  expect(runs.length).toBeGreaterThan(3);
  expect(events).toBeLessThanOrEqual(EVENTS_AN_HOUR * DAYS * 24 + EVENTS_A_RUN * runs.length + ONCE);
});
