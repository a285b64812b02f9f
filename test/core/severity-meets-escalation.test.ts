/** R2: severity and level never move each other. docs/escalation.md has the table; each cell of it is a line here. */
import { clockOf } from '../../workflows/case/promises';
import { ladderOf } from '../../workflows/case/ladder';
import { timersOf } from '../../workflows/case/policy';
import type { Severity } from '../../workflows/case/vocabulary';
import { caseAt, MINUTE, type Fixture } from '../support/cases';
import { completeAnswers } from '../support/story';

type Stage = 'M1 PENDING' | 'M1 ENGAGED' | 'M2 PENDING' | 'M2 ENGAGED';
const STAGES: readonly Stage[] = ['M1 PENDING', 'M1 ENGAGED', 'M2 PENDING', 'M2 ENGAGED'];

const at = (stage: Stage, severity: 1 | 3, emergency = false): Fixture =>
  caseAt({ severity, emergency, level: stage.startsWith('M1') ? 'M1' : 'M2', accepted: stage.endsWith('ENGAGED') });

/** What an escalation consists of: none of it may change unless the table says so. */
function escalation({ simulation }: Fixture, stage: Stage): Record<string, unknown> {
  const { state, view } = simulation;
  const level = stage.startsWith('M1') ? 'M1' : 'M2';
  return {
    level: state.level,
    status: view.escalation.status,
    owners: [view.owners.manager, view.owners.secondLevelManager],
    target: ladderOf(state, level)?.target ?? null,
    open: state.pages.filter((page) => page.ladder === level && page.status === 'SENT').map(({ pageId }) => pageId),
  };
}

const deadlines = ({ simulation: { state } }: Fixture, stage: Stage): Record<string, number | undefined> => ({
  answer: ladderOf(state, stage.startsWith('M1') ? 'M1' : 'M2')?.answerDueAt ?? undefined,
  contact: clockOf(state, 'MANAGER_CONTACT')?.dueAt,
  staffing: clockOf(state, 'STAFFING')?.dueAt,
});

/** The deadline of the new severity counted from now, where that is earlier: worse never means later. */
function tightened(before: Record<string, number | undefined>, fixture: Fixture, severity: Severity): Record<string, number | undefined> {
  const { now, state } = fixture.simulation;
  const timers = timersOf(state.policy, severity);
  const sooner = (due: number | undefined, ms: number): number | undefined => (due === undefined ? undefined : Math.min(due, now + ms));
  return {
    answer: sooner(before['answer'], timers.managerAckMs),
    contact: sooner(before['contact'], timers.managerContactMs),
    staffing: sooner(before['staffing'], timers.staffingMs),
  };
}

describe.each(STAGES)('at %s', (stage) => {
  test('raised from 3 to 1: the escalation stands, its deadlines tighten, only the engineer is paged', () => {
    const fixture = at(stage, 3);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 1 });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(tightened(due, fixture, 1));
    expect(fixture.pagedSince(sent)).toEqual(['SEVERITY_CHANGED → lee']);
  });

  test('lowered from 1 to 3: the escalation stands, and no deadline moves', () => {
    const fixture = at(stage, 1);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 3 });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(due);
    expect(fixture.pagedSince(sent)).toEqual(['SEVERITY_CHANGED → lee']);
  });

  test('into E-Down: the escalation stands and tightens, the emergency starts beside it, no manager is paged again', () => {
    const fixture = at(stage, 3);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'maria', { severity: 0, eDown: completeAnswers() });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(tightened(due, fixture, 0));
    expect(fixture.pagedSince(sent)).toEqual(['E_DOWN_STARTED → lee', 'E_DOWN_STARTED → eve', 'E_DOWN_ALERT → maier']);
  });

  test('out of E-Down: the emergency is closed, the escalation and its deadlines stand', () => {
    const fixture = at(stage, 1, true);
    fixture.simulation.pass(5 * MINUTE);
    const [before, due, sent] = [escalation(fixture, stage), deadlines(fixture, stage), fixture.sent];
    fixture.do('changeSeverity', 'lee', { severity: 1, reason: 'The plant runs again.', customerAgreed: true });
    expect(escalation(fixture, stage)).toEqual(before);
    expect(deadlines(fixture, stage)).toEqual(due);
    expect(fixture.simulation.state.ladders.map(({ key }) => key).filter((key) => key.startsWith('E_DOWN'))).toEqual([]);
    expect(fixture.pagedSince(sent).filter((page) => page.startsWith('ESCALATED'))).toEqual([]);
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
    expect(fixture.simulation.state.ladders.map(({ key }) => key).filter((key) => key.startsWith('E_DOWN'))).toEqual([]);
    expect(fixture.pagedSince(sent).filter((page) => page.startsWith('ESCALATED'))).toEqual([]);
  });

  test('closing ends both; reopened, the case is NORMAL again', () => {
    const fixture = at(stage, 1);
    fixture.do('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: true });
    expect(fixture.simulation.state).toMatchObject({ ladders: [], clocks: [], level: 'NORMAL', status: 'CLOSED' });
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
