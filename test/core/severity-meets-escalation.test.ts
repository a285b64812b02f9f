/** R2: severity and level never move each other. docs/escalation.md has the table; each cell of it is a line here. */
import { asksOf, facedBy, needOf } from '../../workflows/core/paging/find';
import { rowOf } from '../../workflows/core/paging/needs';
import { clockOf } from '../../workflows/core/rules/clocks';
import { timersOf } from '../../workflows/core/language/policy';
import type { ManagedLevel, Severity } from '../../workflows/core/language/vocabulary';
import { caseAt, MINUTE, type Fixture } from '../support/cases';
import { completeAnswers } from '../support/story';

type Stage = 'M1 PENDING' | 'M1 ENGAGED' | 'M2 PENDING' | 'M2 ENGAGED';
const STAGES: readonly Stage[] = ['M1 PENDING', 'M1 ENGAGED', 'M2 PENDING', 'M2 ENGAGED'];

const at = (stage: Stage, severity: 1 | 3, emergency = false): Fixture =>
  caseAt({ severity, emergency, level: stage.startsWith('M1') ? 'M1' : 'M2', accepted: stage.endsWith('ENGAGED') });

const levelOfStage = (stage: Stage): ManagedLevel => (stage.startsWith('M1') ? 'M1' : 'M2');

/** What an escalation consists of: none of it may change unless the table says so. */
function escalation({ simulation }: Fixture, stage: Stage): Record<string, unknown> {
  const { state, view } = simulation;
  const level = levelOfStage(stage);
  const need = needOf(state, level);
  return {
    level: view.level,
    status: view.escalation.status,
    owners: [view.owners.manager, view.owners.secondLevelManager],
    target: need ? facedBy(need) : null,
    askedOf: state.people.filter(({ id }) => asksOf(state, id).some(({ key }) => key === level)).map(({ id }) => id),
    open: view.pages.filter(({ asks }) => asks.includes(level)).map(({ pageId }) => pageId),
  };
}

const deadlines = ({ simulation: { state } }: Fixture, stage: Stage): Record<string, number | undefined> => {
  const turn = needOf(state, levelOfStage(stage))?.turn;
  return {
    answer: turn?.is === 'ASKED' ? (turn.answerDueAt ?? undefined) : undefined,
    expires: turn?.is === 'HELD' ? turn.expiresAt : undefined,
    contact: clockOf(state, 'MANAGER_CONTACT')?.dueAt,
    staffing: clockOf(state, 'STAFFING')?.dueAt,
  };
};

/** The deadline of the new severity counted from now, where that is earlier: worse never means later. */
function tightened(
  before: Record<string, number | undefined>,
  fixture: Fixture,
  severity: Severity,
): Record<string, number | undefined> {
  const { now, state } = fixture.simulation;
  const timers = timersOf(state.policy, severity);
  const sooner = (due: number | undefined, ms: number): number | undefined =>
    due === undefined ? undefined : Math.min(due, now + ms);
  return {
    answer: sooner(before['answer'], timers.managerAckMs),
    expires: sooner(before['expires'], timers.ackExpiresMs),
    contact: sooner(before['contact'], timers.managerContactMs),
    staffing: sooner(before['staffing'], timers.staffingMs),
  };
}

/** Somebody of the staff did it, so whoever has the level has it for as long again (H3); no promise moves. */
function actedOn(before: Record<string, number | undefined>, fixture: Fixture): Record<string, number | undefined> {
  const { now, state } = fixture.simulation;
  const { expires } = before;
  const again = now + timersOf(state.policy, state.severity).ackExpiresMs;
  return { ...before, expires: expires === undefined ? undefined : Math.max(expires, again) };
}

/** Whoever manages the case hears of a raise, as word: their answer holds for a shorter time now. */
const managersHear = (stage: Stage): string[] =>
  ({ 'M1 PENDING': [], 'M1 ENGAGED': ['ana'], 'M2 PENDING': ['ana'], 'M2 ENGAGED': ['ana', 'ben'] })[stage];

/** Whoever was asked for a level in the emergency, or has one: like everybody else who was woken, they hear that it is over. */
const managersInIt = (stage: Stage): string[] => (stage.startsWith('M1') ? ['ana'] : ['ana', 'ben']);

const hearOfTheEnd = (stage: Stage): string[] =>
  ['maier', 'eve', ...managersInIt(stage)].map((person) => `E_DOWN_ENDED tells ${person}`);

const ofTheEmergency = ({ simulation: { state } }: Fixture): string[] =>
  state.needs
    .filter(({ kind }) => (rowOf(kind).endsWith as readonly string[]).includes('EMERGENCY'))
    .map(({ key }) => key);

describe.each(STAGES)('at %s', (stage) => {
  test('raised from 3 to 1: the escalation stands, its deadlines tighten, only the engineer is asked', () => {
    const fixture = at(stage, 3);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 1 });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(tightened(due, fixture, 1));
    expect(fixture.heardSince(sent)).toEqual([
      'SEVERITY_CHANGED rings lee',
      ...managersHear(stage).map((person) => `ESCALATION_INFO tells ${person}`),
    ]);
  });

  test('lowered from 1 to 3: the escalation stands, and no deadline moves', () => {
    const fixture = at(stage, 1);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 3 });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(due);
    expect(fixture.heardSince(sent)).toEqual(['SEVERITY_CHANGED asks lee']);
  });

  test('into E-Down: the escalation stands and tightens, the emergency starts beside it, no manager is asked again', () => {
    const fixture = at(stage, 3);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(tightened(due, fixture, 0));
    expect(fixture.heardSince(sent)).toEqual([
      'E_DOWN_ALERT rings maier',
      'E_DOWN_STARTED rings lee',
      ...managersHear(stage).map((person) => `E_DOWN_STARTED tells ${person}`),
      'E_DOWN_STARTED tells eve',
    ]);
  });

  test('out of E-Down: the emergency is closed, the escalation and its deadlines stand', () => {
    const fixture = at(stage, 1, true);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'lee', { severity: 1, reason: 'The plant runs again.', customerAgreed: true });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(actedOn(due, fixture));
    expect(ofTheEmergency(fixture)).toEqual([]);
    expect(fixture.heardSince(sent).sort()).toEqual([...hearOfTheEnd(stage), 'SEVERITY_CHANGED tells lee'].sort());
  });

  test('confirmed workable: the same, and the severity waits for a person to lower it', () => {
    const fixture = at(stage, 1, true);
    const before = escalation(fixture, stage);
    fixture.do('confirmWorkableSystem', 'pat');
    expect(escalation(fixture, stage)).toEqual(before);
    expect(fixture.simulation.view).toMatchObject({ severity: 0, emergency: 'NONE' });
  });

  test('stepped down: the same, and the escalation goes on at the times of severity 0', () => {
    const fixture = at(stage, 1, true).do('recordProgress', 'lee', { summary: 'Half of it runs.', substantive: true });
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('stepDown', 'lee', { reason: 'The rest can wait for the day.', customerAgreed: true });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(due);
    expect(fixture.simulation.view).toMatchObject({ severity: 0, emergency: 'STEPPED_DOWN' });
    expect(ofTheEmergency(fixture)).toEqual([]);
    expect(fixture.heardSince(sent).sort()).toEqual(hearOfTheEnd(stage).sort());
  });

  test('closing ends both; reopened, the case is NORMAL again', () => {
    const fixture = at(stage, 1);
    fixture.do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
    expect(fixture.simulation.state).toMatchObject({ needs: [], clocks: [], tiers: [], status: 'CLOSED' });
    fixture.do('reopenCase', 'maria', { reason: 'It is back.' });
    expect(fixture.simulation.view).toMatchObject({ level: 'NORMAL', status: 'OPEN', severity: 1 });
  });
});

test('escalating in E-Down runs on the clocks of severity 0', () => {
  const fixture = caseAt({ severity: 1, emergency: true, level: 'M1' });
  expect(deadlines(fixture, 'M1 PENDING')).toEqual({
    answer: fixture.simulation.now + 15 * MINUTE,
    contact: fixture.simulation.now + 30 * MINUTE,
    staffing: fixture.simulation.now + 60 * MINUTE,
  });
});
