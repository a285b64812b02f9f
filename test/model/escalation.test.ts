/** R38-R49, B3, B7: a thousand random lives of an escalation go as the plainest reading of the guide says. */
import fc from 'fast-check';
import { ladderOf } from '../../workflows/case/ladder';
import { caseAt, type Fixture } from '../support/cases';
import { MINUTE, Reference } from './reference';

interface Pair {
  readonly real: Fixture;
  readonly cut: Set<string>;
}

const managers = ['ana', 'ben', 'vera', 'dora', 'dirk'] as const;
const manager = fc.constantFrom(...managers);

/** The engine and the model see the same, after every step. */
function compare(model: Reference, { real }: Pair): void {
  const { state, view, now } = real.simulation;
  const target = (level: 'M1' | 'M2'): string | null => {
    const ladder = ladderOf(state, level);
    return ladder && !ladder.ack ? ladder.target : null;
  };
  expect({ now, level: state.level, severity: state.severity, closed: state.status === 'CLOSED', m1: view.owners.manager, m2: view.owners.secondLevelManager, asked1: target('M1'), asked2: target('M2') }).toEqual({
    now: model.now,
    level: model.level,
    severity: model.severity,
    closed: model.closed,
    m1: model.owner('M1'),
    m2: model.owner('M2'),
    asked1: model.asked('M1'),
    asked2: model.asked('M2'),
  });
}

/** One command to both: accepted by both, or refused by both with one code. */
class Act implements fc.Command<Reference, Pair> {
  constructor(
    private readonly name: string,
    private readonly onModel: (model: Reference) => string | undefined,
    private readonly onReal: (real: Fixture) => ReturnType<Fixture['give']>,
  ) {}
  check = (): boolean => true;
  run(model: Reference, pair: Pair): void {
    const expected = this.onModel(model);
    expect(this.onReal(pair.real).refusal?.code).toBe(expected);
    compare(model, pair);
  }
  toString = (): string => this.name;
}

class Pass implements fc.Command<Reference, Pair> {
  constructor(private readonly minutes: number) {}
  check = (): boolean => true;
  run(model: Reference, pair: Pair): void {
    model.pass(this.minutes * MINUTE);
    pair.real.simulation.pass(this.minutes * MINUTE);
    compare(model, pair);
  }
  toString = (): string => `wait ${this.minutes}m`;
}

class Line implements fc.Command<Reference, Pair> {
  constructor(
    private readonly people: readonly string[],
    private readonly works: boolean,
  ) {}
  check = (): boolean => true;
  run(_model: Reference, { real, cut }: Pair): void {
    for (const person of this.people) {
      if (this.works) cut.delete(person);
      else cut.add(person);
      real.phones.lines.set(person, this.works ? 'ok' : 'down');
    }
  }
  toString = (): string => `line of ${this.people.join(', ')} ${this.works ? 'works' : 'is cut'}`;
}

const lives = fc.commands(
  [
    fc.record({ level: fc.constantFrom(undefined, undefined, undefined, 'M1', 'M2'), dissatisfied: fc.boolean() }).map(
      ({ level, dissatisfied }) =>
        new Act(
          `escalate ${level ?? ''}${dissatisfied ? ' dissatisfied' : ''}`,
          (model) => model.escalate(level, dissatisfied),
          (real) => real.give('escalate', 'maria', { ...(level && { level }), ...(dissatisfied && { dissatisfaction: 'Too slow.' }) }),
        ),
    ),
    manager.map((by) => new Act(`${by} accepts`, (model) => model.accept(by), (real) => real.give('acceptEscalation', by))),
    manager.map((by) => new Act(`${by} acts`, (model) => model.act(by), (real) => real.give('recordProgress', by, { summary: 'At it.', substantive: true }))),
    fc.tuple(manager, fc.boolean()).map(([by, agreed]) => new Act(`${by} de-escalates`, (model) => model.deEscalate(by, agreed), (real) => real.give('deEscalate', by, { reason: 'Better.', customerAgreed: agreed }))),
    fc.constantFrom(1 as const, 2 as const, 3 as const).map((severity) => new Act(`severity ${severity}`, (model) => model.changeSeverity(severity), (real) => real.give('changeSeverity', 'maria', { severity }))),
    fc.boolean().map((agreed) => new Act('close', (model) => model.close('lee', agreed), (real) => real.give('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: agreed }))),
    fc.constant(new Act('reopen', (model) => model.reopen(), (real) => real.give('reopenCase', 'maria', { reason: 'Back.' }))),
    fc.constantFrom(1, 14, 15, 29, 30, 31, 60, 61, 200, 900).map((minutes) => new Pass(minutes)),
    fc.constantFrom(1, 30, 90).map((minutes) => new Pass(minutes)),
    fc.tuple(manager, fc.boolean()).map(([person, works]) => new Line([person], works)),
    fc.boolean().map((works) => new Line([...managers, 'eve'], works)),
  ],
  { maxCommands: 40 },
);

/** Clocks that are not about the escalation itself would page managers too: they are put far away. */
const quiet = { firstContact: '300d', customerUpdate: '300d', managerContact: '300d', staffing: '300d' };
const policy = { severities: { 1: { ...quiet, progressStall: '300d', suggest: { M1: '300d', M2: '301d' } }, 2: quiet, 3: quiet } };

test('1,000 random lives of an escalation: no difference from the reference model', () => {
  fc.assert(
    fc.property(lives, (commands) => {
      fc.modelRun(() => {
        const cut = new Set<string>();
        const real = caseAt({ severity: 2, policy });
        return { model: new Reference(real.simulation.now, (person) => !cut.has(person)), real: { real, cut } };
      }, commands);
    }),
    { numRuns: 1_000 },
  );
});
