/**
 * R26-R31, B5, B8, B9: three weeks of one E-Down, round the clock and round the world, over the autumn's clock changes of
 * Berlin and New York. People do what is asked of them, a contact is lost and found, the case continues as new again and
 * again: nothing is lost, nothing comes twice, nobody is woken for nothing.
 */
import { clockChange } from '../support/clock-changes';
import { HOUR, MINUTE, policy } from '../support/cases';
import { aroundTheWorld, PeopleOnShift, shiftEnds } from '../support/shifts';
import { SkippingCompany } from '../support/skipping';
import type { CaseEvent } from '../../workflows/messages';

const DAY = 24 * HOUR;
const EVERY = 15 * MINUTE;
const WEEKS = 21 * DAY;
const ALERTS = WEEKS / EVERY;

/**
 * Measured: 56.0 events an hour. 48 are the alerts (alerts-on-cadence.test.ts); the other 8 are the extra clocks and the
 * people: three hand-overs a day, acknowledgements, the call to the customer every three hours, and each new run.
 */
const EVENTS_AN_HOUR = 60;
/** The case continues as new at 1,000 events; a page on its way puts it off a little. */
const EVENTS_A_RUN = 1_050;
/** What a run hands to the next: the state, its youngest events (64 kB at most), the last two hundred request ids. */
const CARRIED_BYTES = 96_000;

let company: SkippingCompany;
beforeAll(async () => {
  company = await SkippingCompany.start();
}, 60_000);
afterAll(() => company.stop());

const of = <T extends CaseEvent['type']>(events: readonly CaseEvent[], ...types: T[]) =>
  events.filter((event): event is Extract<CaseEvent, { type: T }> => (types as string[]).includes(event.type));

test('R27 three weeks of E-Down: every alert and every hand-over at its time and once, and nothing else', async () => {
  // Given three teams, a Friday before Berlin's clocks go back, and a customer who is called every three hours
  company.directory = aroundTheWorld();
  company.policy = policy({
    severities: { '0': { customerUpdate: '12h', progressStall: '12h', ackExpires: '6h' } },
    eDown: { contactCheck: { idle: '200m', first: '200m', second: '290m', proposeLowering: '12h' } },
  });
  const berlin = clockChange('Europe/Berlin', 'BACK', await company.now());
  const newYork = clockChange('America/New_York', 'BACK', berlin);
  await company.until(berlin - 2 * DAY + 5 * MINUTE);
  const live = await company.open({ engineer: 'sato', by: 'sato' });

  // When E-Down lasts three weeks, the contact is silent for some hours of the eleventh day, in their own working hours (H4),
  // and at last it runs again
  await live.declareEDown();
  const start = Date.parse((await live.view()).eDown?.startedAt ?? '');
  expect(newYork).toBeLessThan(start + WEEKS);
  const ends = shiftEnds(start, start + WEEKS);
  const lost = start + 10 * DAY + 8 * HOUR;
  const people = new PeopleOnShift(live, 'sato', (at) => at > lost && at < lost + 4 * HOUR);
  await people.look();
  await people.work(
    start + HOUR - 3 * MINUTE,
    start + WEEKS,
    ends.map(({ at }) => at),
  );
  await live.do('confirmWorkableSystem', 'pat');
  await people.look();
  await company.env.sleep(3 * HOUR);
  await people.look();
  const { events } = people;

  // Then each alert has come once, at its time, to whoever has it, and only the first of them has rung (H3)
  const ofAlerts = live.rings.filter(({ purpose }) => purpose === 'E_DOWN_ALERT');
  const alerts = ofAlerts.filter(({ title }) => / alert \d/.test(title));
  expect(alerts.map(({ title }) => Number(/alert (\d+)/.exec(title)?.[1]))).toEqual(
    Array.from({ length: ALERTS }, (_, index) => index + 1),
  );
  expect(alerts.flatMap(({ urgent }, index) => (urgent ? [index] : []))).toEqual([0]);
  expect(alerts.filter(({ at }, index) => Math.abs(at - start - index * EVERY) > MINUTE)).toEqual([]);
  expect(
    new Set(
      of(events, 'EmergencyAlerted').map(
        ({ at, data }) => Date.parse(at) - data.lateMs - start - (data.alert - 1) * EVERY,
      ),
    ),
  ).toEqual(new Set([0]));

  // And each shift has ended by its own wall clock, and was handed over, to the one who was next
  const ended = of(events, 'ShiftEnded').map(({ at, data }) => ({ team: data.team, at: Date.parse(at) - data.lateMs }));
  expect(ended).toEqual(ends);
  const rota = ends.map(({ team }) => ({ apac: 'maier', emea: 'jones', amer: 'sato' })[team]);
  expect(of(events, 'HandOverAccepted').map(({ data }) => data.to)).toEqual(rota);
  expect(
    of(
      events,
      'HandOverOverdue',
      'PageUnanswered',
      'AcknowledgementExpired',
      'NoManagerReached',
      'ProgressStalled',
      'CustomerUpdateOverdue',
      'CommandRejected',
    ),
  ).toEqual([]);
  // A second word of the end to the executive, who has heard of it by then, is no failure.
  expect(of(events, 'PageFailed').filter(({ data }) => data.reason !== 'KNOWS_ALREADY')).toEqual([]);

  // And at each end whoever comes was rung for the emergency, at that moment
  const rungAtEnds = ofAlerts.filter((ring) => !alerts.includes(ring));
  expect(rungAtEnds.filter(({ urgent }) => urgent).map(({ person }) => person)).toEqual(rota);
  expect(rungAtEnds.filter(({ at }, index) => Math.abs(at - (ends[index]?.at ?? 0)) > MINUTE)).toEqual([]);

  // And the contact was missed and found
  expect(of(events, 'ContactChecked', 'ContactUnavailable', 'ContactRestored').map(({ type }) => type)).toEqual([
    'ContactChecked',
    'ContactUnavailable',
    'ContactRestored',
  ]);

  // And nothing else has arrived. At a hand-over whoever goes is rung to write it, and has word that it is accepted; whoever
  // comes is asked to accept it in the page that has rung them
  const handOvers = ends.length;
  const rang = Object.entries(live.rang());
  const handOverWays = [' HAND_OVER', ' HAND_OVER (quietly)', ' HAND_OVER (word)'];
  expect(
    handOverWays.map((way) => rang.reduce((sum, [came, times]) => sum + (came.endsWith(way) ? times : 0), 0)),
  ).toEqual(handOverWays.map(() => handOvers));
  const rest = rang.filter(([came]) => !/ (E_DOWN_ALERT|HAND_OVER)\b/.test(came));
  expect(Object.fromEntries(rest)).toEqual({
    // sato is on call as well: one ring for the case and the emergency (D8), which is counted with the alerts.
    'eve E_DOWN_STARTED (word)': 1,
    'ana ESCALATION_INFO (word)': 1,
    'eve ESCALATION_INFO (word)': 1,
    'pat CONTACT_CHECK': 1,
    'pat ESCALATION_INFO (word)': 1,
    'ana CONTACT_CHECK': 1,
    'ana CONTACT_CHECK (word)': 1,
    // Whoever owns the case is asked about its severity, in the message that tells of the end (H9).
    'sato SEVERITY_ZERO_IDLE (quietly)': 1,
    ...Object.fromEntries(['maier', 'jones', 'ana', 'eve'].map((person) => [`${person} E_DOWN_ENDED (word)`, 1])),
  });

  // And no event is missing over all runs, each of which was short and carried little
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const runs = await live.histories();
  const carried = runs
    .slice(1)
    .map(([first]) => first?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data?.length ?? 0);
  expect(Math.max(...runs.map(({ length }) => length))).toBeLessThanOrEqual(EVENTS_A_RUN);
  expect(Math.max(...carried)).toBeLessThanOrEqual(CARRIED_BYTES);
  expect(runs.flat().length / (WEEKS / HOUR)).toBeLessThanOrEqual(EVENTS_AN_HOUR);
}, 400_000);
