/** Runs random lives of a case, and has a property look at each after every act. */
import fc, { MORE } from './random';
import type { CaseEvent, EventOf } from '../../workflows/core/language/events';
import type { CaseState } from '../../workflows/core/language/state';
import { judgeActor } from '../../workflows/core/actor';
import type { Who } from '../../workflows/core/concern';
import type { CaseCommand, Decision } from '../../workflows/core/decide';
import type { CommandName, Input } from '../../workflows/core/language/inputs';
import { policyFrom } from '../../worker/config/policy';
import type { Sent } from '../../rehearsal/dry-run';
import { acts, live, type Act } from './life';
import { Phones } from './org';
import { Simulation, type Network } from './simulation';

const START = Date.parse('2026-11-24T07:30:00Z');
export const policy = policyFrom({ hotline: '+1 555 0100' });

/** Lines that answer at once, and lines that take their time, so that much happens while a page is on its way. */
interface Lines {
  readonly afterMs: number;
  /** What is called back is out all the same. */
  readonly isTooLate: boolean;
}

const lines: fc.Arbitrary<Lines> = fc.constantFrom(
  { afterMs: 0, isTooLate: false },
  { afterMs: 40, isTooLate: false },
  { afterMs: 20_000, isTooLate: false },
  { afterMs: 20_000, isTooLate: true },
);

/** So much is never decided at one moment: whoever is paged without end at one instant is paged by a fault. */
const MOST_AT_ONCE = 150;

/** One decision, and the state that it was made on. */
export interface Step {
  readonly command: CaseCommand;
  readonly before: CaseState;
  readonly decision: Decision;
  readonly now: number;
}

/** A message, and what the case knew when it went out. */
export interface Out extends Pick<Sent, 'order' | 'result' | 'at'> {
  readonly state: CaseState;
}

class Watched extends Simulation {
  private since = { now: 0, decisions: 0 };
  /** What has happened since the last act; nobody looks at what the opening does. */
  steps: Step[] = [];

  protected override apply(command: CaseCommand): Decision {
    const { now, decisions } = this.since ?? {};
    this.since = { now: this.now, decisions: now === this.now ? (decisions ?? 0) + 1 : 1 };
    if (this.since.decisions > MOST_AT_ONCE)
      throw new Error(`the case decides without end at ${new Date(this.now).toISOString()}`);
    const before = this.state;
    const decision = super.apply(command);
    this.steps?.push({ command, before, decision, now: this.now });
    return decision;
  }
}

interface Born {
  readonly simulation: Watched;
  readonly phones: Phones;
  /** What went out since the last act. */
  readonly out: Out[];
}

function born(engineer: 'lee' | undefined, { afterMs, isTooLate }: Lines): Born {
  const phones = new Phones();
  const opening = {
    by: 'maria',
    role: 'CUSTOMER' as const,
    caseNumber: 'C1000001',
    title: 'MES down',
    severity: 2 as const,
    environment: 'PRODUCTION' as const,
    customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
    ...(engineer && { engineer }),
  };
  const out: Out[] = [];
  const whole: { simulation?: Watched } = {};
  const network: Network = {
    page: (order, now) => {
      const delivery = { afterMs, ...phones.page(order, now) };
      if (whole.simulation) out.push({ order, result: delivery.result, at: now, state: whole.simulation.state });
      return delivery;
    },
    lookUp: (person) => phones.lookUp(person),
  };
  const simulation = new Watched(opening, policy, network, START);
  whole.simulation = simulation;
  simulation.isTooLateToCallBack = () => isTooLate;
  return { simulation, phones, out };
}

export interface Look {
  readonly act: Act;
  readonly before: CaseState;
  readonly after: CaseState;
  readonly events: readonly CaseEvent[];
  /** What was decided in this act, one after the other. */
  readonly steps: readonly Step[];
  /** What went out in this act. */
  readonly out: readonly Out[];
  readonly simulation: Simulation;
  readonly phones: Phones;
  readonly outcome?: ReturnType<Simulation['give']>;
  /** Of this life only: what a property remembers from one act to the next. */
  readonly memory: Map<string, unknown>;
}

interface Lives {
  readonly runs?: number;
  readonly length?: number;
  readonly lives?: fc.Arbitrary<Act[]>;
}

/** Runs lives, and looks after every act. */
export function inEveryLife(
  look: (now: Look) => void,
  { runs = 60, length = 25, lives = acts(3, length) }: Lives = {},
): void {
  fc.assert(
    fc.property(fc.constantFrom('lee' as const, undefined), lines, lives, (engineer, speed, life) => {
      const { simulation, phones, out } = born(engineer, speed);
      const memory = new Map<string, unknown>();
      for (const act of life) {
        const before = simulation.state;
        const seen = simulation.events.length;
        simulation.steps = [];
        out.length = 0;
        const outcome = live(simulation, phones, act);
        look({
          act,
          before,
          after: simulation.state,
          events: simulation.events.slice(seen),
          steps: simulation.steps,
          out: [...out],
          simulation,
          phones,
          memory,
          ...(outcome && { outcome }),
        });
      }
    }),
    {
      numRuns: runs * MORE,
    },
  );
}

export const ofType = <T extends CaseEvent['type']>(events: readonly CaseEvent[], type: T): EventOf<T>[] =>
  events.filter((event) => event.type === type) as unknown as EventOf<T>[];

/** A command that was accepted, and as whom. */
interface Accepted extends Step {
  readonly name: CommandName;
  readonly who: Who;
}

export function accepted(step: Step): Accepted[] {
  const { command, before, decision, now } = step;
  if (command.type !== 'command' || decision.refusal || decision.events.length === 0) return [];
  const name = command.name as CommandName;
  const who = judgeActor(before, name, command.input as Input<CommandName>, now);
  return 'refusal' in who ? [] : [{ ...step, name, who }];
}
