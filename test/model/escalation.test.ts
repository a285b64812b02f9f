/** R38-R49, B3, B7, H1-H3, D1-D6, D14: a thousand random lives of an escalation go as the plainest reading of the rules says. */
import fc, { MORE } from '../support/random';
import { needOf } from '../../workflows/core/paging/find';
import { caseAt, type Fixture } from '../support/cases';
import { MINUTE, Reference } from './reference';

interface Pair {
  readonly real: Fixture;
  readonly cut: Set<string>;
  /** Somebody may have missed a message: what the others' pages say is known, theirs is not. */
  wasCut: boolean;
}

const managers = ['ana', 'ben', 'vera', 'dora', 'dirk'] as const;
const manager = fc.constantFrom(...managers, 'eve' as const);

/** The engine and the model see the same, after every step. */
function compare(model: Reference, { real, wasCut }: Pair): void {
  if (model.isRace) return;
  const { state, view, now } = real.simulation;
  const asked = (level: 'M1' | 'M2'): string | null => {
    const turn = needOf(state, level)?.turn;
    return turn?.is === 'ASKED' ? turn.person : null;
  };
  expect({
    now,
    level: view.level,
    severity: state.severity,
    closed: state.status === 'CLOSED',
    m1: view.owners.manager,
    m2: view.owners.secondLevelManager,
    asked1: asked('M1'),
    asked2: asked('M2'),
    pages: wasCut || view.pages.map(({ person }) => person).sort(),
  }).toEqual({
    now: model.now,
    level: model.level,
    severity: model.severity,
    closed: model.closed,
    m1: model.owner('M1'),
    m2: model.owner('M2'),
    asked1: model.asked('M1'),
    asked2: model.asked('M2'),
    pages: wasCut || model.pages(),
  });
}

/** One command to both: accepted by both, or refused by both with one code. */
class Act implements fc.Command<Reference, Pair> {
  constructor(
    private readonly name: string,
    private readonly onModel: (model: Reference) => string | undefined,
    private readonly onReal: (real: Fixture) => ReturnType<Fixture['give']>,
  ) {}
  check = ({ isRace }: Readonly<Reference>): boolean => !isRace;
  run(model: Reference, pair: Pair): void {
    const expected = this.onModel(model);
    const { refusal } = this.onReal(pair.real);
    if (!model.isRace) expect(refusal?.code).toBe(expected);
    compare(model, pair);
  }
  toString = (): string => this.name;
}

class Pass implements fc.Command<Reference, Pair> {
  constructor(private readonly minutes: number) {}
  check = ({ isRace }: Readonly<Reference>): boolean => !isRace;
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
  check = ({ isRace }: Readonly<Reference>): boolean => !isRace;
  run(_model: Reference, pair: Pair): void {
    const { real, cut } = pair;
    pair.wasCut ||= !this.works;
    for (const person of this.people) {
      if (this.works) cut.delete(person);
      else cut.add(person);
      real.phones.lines.set(person, this.works ? 'ok' : 'down');
    }
  }
  toString = (): string => `line of ${this.people.join(', ')} ${this.works ? 'works' : 'is cut'}`;
}

/** What is accepted and concerns the engineer is done by lee at once; he records it as progress. */
const leeAtOnce = (given: ReturnType<Fixture['give']>, real: Fixture): ReturnType<Fixture['give']> => {
  if (given.events.length > 0 && !given.refusal) real.give('recordProgress', 'lee', progress);
  return given;
};
const progress = { summary: 'At it.', substantive: true };

const byManager = (
  does: string,
  onModel: (model: Reference, by: string) => string | undefined,
  onReal: (real: Fixture, by: string) => ReturnType<Fixture['give']>,
): fc.Arbitrary<Act> =>
  manager.map(
    (by) =>
      new Act(
        `${by} ${does}`,
        (model) => onModel(model, by),
        (real) => onReal(real, by),
      ),
  );

const lives = fc.commands(
  [
    fc
      .record({
        level: fc.constantFrom(undefined, undefined, 'M1', 'M2', 'M2'),
        dissatisfaction: fc.constantFrom(undefined, 'Too slow.', 'Nobody called.'),
      })
      .map(
        ({ level, dissatisfaction }) =>
          new Act(
            `escalate ${level ?? ''} ${dissatisfaction ?? ''}`,
            (model) => model.escalate(level, dissatisfaction),
            (real) =>
              leeAtOnce(
                real.give('escalate', 'maria', {
                  ...(level && { level }),
                  ...(dissatisfaction && { dissatisfaction }),
                }),
                real,
              ),
          ),
      ),
    byManager(
      'accepts',
      (model, by) => model.accept(by),
      (real, by) => real.give('acceptEscalation', by),
    ),
    byManager(
      'has it',
      (model, by) => model.acknowledge(by),
      (real, by) => real.give('acknowledge', by),
    ),
    byManager(
      'cannot',
      (model, by) => model.decline(by),
      (real, by) => real.give('decline', by),
    ),
    byManager(
      'acts',
      (model, by) => model.act(by),
      (real, by) => real.give('recordProgress', by, progress),
    ),
    fc.tuple(manager, fc.boolean()).map(
      ([by, agreed]) =>
        new Act(
          `${by} de-escalates${agreed ? '' : ' without agreement'}`,
          (model) => model.deEscalate(by, agreed),
          (real) => real.give('deEscalate', by, { reason: 'Better.', customerAgreed: agreed }),
        ),
    ),
    fc.constantFrom(1 as const, 2 as const, 3 as const).map(
      (severity) =>
        new Act(
          `severity ${severity}`,
          (model) => model.changeSeverity(severity),
          (real) => leeAtOnce(real.give('changeSeverity', 'maria', { severity }), real),
        ),
    ),
    fc.boolean().map(
      (agreed) =>
        new Act(
          'close',
          (model) => model.close(agreed),
          (real) => real.give('closeCase', 'lee', { resolution: 'Solved.', customerAgreed: agreed }),
        ),
    ),
    fc.constant(
      new Act(
        'reopen',
        (model) => model.reopen(),
        (real) => leeAtOnce(real.give('reopenCase', 'maria', { reason: 'Back.' }), real),
      ),
    ),
    fc.constantFrom(1, 14, 15, 29, 30, 31, 60, 61, 200, 900).map((minutes) => new Pass(minutes)),
    fc.constantFrom(1, 30, 90).map((minutes) => new Pass(minutes)),
    fc.tuple(manager, fc.boolean()).map(([person, works]) => new Line([person], works)),
    fc.boolean().map((works) => new Line([...managers, 'eve'], works)),
  ],
  { maxCommands: 40 },
);

/** Clocks that are not about the escalation itself would page managers too: they are put far away. */
const quiet = {
  firstContact: '300d',
  customerUpdate: '300d',
  managerContact: '300d',
  staffing: '300d',
};
const policy = {
  severities: { 1: { ...quiet, progressStall: '300d', suggest: { M1: '300d', M2: '301d' } }, 2: quiet, 3: quiet },
};

test('1,000 random lives of an escalation: no difference from the reference model', () => {
  fc.assert(
    fc.property(lives, (commands) => {
      fc.modelRun(() => {
        const cut = new Set<string>();
        const real = caseAt({ severity: 2, policy }).do('recordProgress', 'lee', progress);
        return {
          model: new Reference(real.simulation.now, (person) => !cut.has(person)),
          real: { real, cut, wasCut: false },
        };
      }, commands);
    }),
    { numRuns: 1_000 * MORE },
  );
});
