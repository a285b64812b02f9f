/** A fixture is a sentence: `caseAt({ severity: 1, level: 'M1' })`. People and their roles are those of org.ts. */
import type { CaseOpening, EDownAnswers } from '../../workflows/core/language/opening';
import type { CommandName } from '../../workflows/core/language/inputs';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import type { CasePolicy } from '../../workflows/core/language/policy';
import type { Mode } from '../../workflows/core/language/reach';
import type { Purpose, Severity } from '../../workflows/core/language/vocabulary';
import type { Sent } from '../../rehearsal/dry-run';
import { policyFrom } from '../../worker/config/policy';
import { choose } from '../../activities/choose';
import { messageOf } from '../../activities/templates/page-text';
import { org, Phones, roleOf } from './org';
import { Simulation } from './simulation';
import { completeAnswers } from './story';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = Date.parse('2026-11-24T09:00:00Z');

export const policy = (over: Record<string, unknown> = {}): CasePolicy =>
  policyFrom({ hotline: '+1 555 0100', warnAt: [], ...over });

/** A case of the company's, with its telephone lines. */
export class Fixture {
  constructor(
    readonly simulation: Simulation,
    readonly phones: Phones,
  ) {}

  /** The command by this person in their own role. */
  give(name: CommandName, by: string, fields: Record<string, unknown> = {}): ReturnType<Simulation['give']> {
    return this.simulation.give(name, { by, role: roleOf(by), ...fields });
  }

  /** As `give`, for a command that must be accepted. */
  do(name: CommandName, by: string, fields: Record<string, unknown> = {}): this {
    const { refusal } = this.give(name, by, fields);
    if (refusal) throw new Error(`${name} by ${by} was refused: ${refusal.code} ${refusal.message}`);
    return this;
  }

  declareEDown(answers: Partial<EDownAnswers> = {}): this {
    return this.do('changeSeverity', 'maria', { severity: 0, eDown: { ...completeAnswers(), ...answers } });
  }

  /** What arrived since `from`, as `purpose → person`. */
  pagedSince(from: number): string[] {
    return this.arrivedSince(from).map(({ order, result }) => `${purposeOf(order)} → ${result.person}`);
  }

  /**
   * What arrived since `from`, and how: `ASSIGNED asks lee`, `E_DOWN_ENDED tells eve`. What is said in one message to one
   * person is one line: `E_DOWN_ALERT + E_DOWN_STARTED rings lee`.
   */
  heardSince(from: number): string[] {
    const arrived = this.arrivedSince(from);
    return arrived.map((message) => {
      const { order, at, result } = message;
      const isFirst = arrived.find((other) => other.at === at && other.order.pageId === order.pageId) === message;
      const merged = this.simulation.messages.filter(
        (other) => other.at === at && other.result.outcome === 'MERGED' && other.result.into === order.pageId,
      );
      const said = [order, ...(isFirst ? merged.map((other) => other.order) : [])].flatMap(newIn);
      return `${[...new Set(said)].join(' + ')} ${HOW[result.mode]} ${result.person}`;
    });
  }

  get sent(): number {
    return this.simulation.messages.length;
  }

  private arrivedSince(from: number): (Sent & { result: Accepted })[] {
    return this.simulation.messages
      .slice(from)
      .flatMap(({ order, at, result }) => (result.outcome === 'ACCEPTED' ? [{ order, at, result }] : []));
  }
}

type Accepted = Extract<PageResult, { outcome: 'ACCEPTED' }>;
const HOW: Readonly<Record<Mode, string>> = { RING: 'rings', ASK: 'asks', WORD: 'tells' };

/** An update of a page repeats all that is asked on it: what is new is said first. */
const purposeOf = ({ wanted, asks, purpose }: PageOrder): Purpose =>
  (wanted.exact ? undefined : asks[0]?.purpose) ?? purpose;

const newIn = (order: PageOrder): Purpose[] => [
  purposeOf(order),
  ...(order.wanted.exact ? [] : order.asks.map(({ purpose }) => purpose)),
  ...order.tells.map(({ purpose }) => purpose),
];

/** What a message says to whoever reads it, in the company as it always is. */
export function asRead({ order, at }: Sent): string {
  const chosen = choose(org(), order, at);
  if ('result' in chosen) throw new Error(`nobody reads it: ${chosen.result.outcome}`);
  const { title, text } = messageOf(order, chosen, { now: at });
  return `${title}\n${text}`;
}

interface At {
  readonly severity?: Exclude<Severity, 0>;
  readonly engineer?: string | null;
  readonly level?: 'M1' | 'M2';
  readonly accepted?: boolean;
  readonly emergency?: boolean;
  readonly policy?: Record<string, unknown>;
  /** What is different in the company, from before the opening on. */
  readonly company?: (phones: Phones) => void;
  /** What else the opening says. */
  readonly opening?: Partial<CaseOpening>;
}

export function caseAt({
  severity = 2,
  engineer = 'lee',
  level,
  accepted = false,
  emergency = false,
  policy: over,
  company,
  opening,
}: At = {}): Fixture {
  const phones = new Phones();
  company?.(phones);
  const simulation = new Simulation(
    {
      by: 'maria',
      role: 'CUSTOMER',
      caseNumber: 'C1000001',
      title: 'MES down',
      severity,
      environment: 'PRODUCTION',
      customer: { number: '1001', name: 'Acme', activeSupport: true, enterprise: true },
      ...(engineer !== null && { engineer }),
      ...opening,
    },
    policy(over),
    phones,
    START,
  );
  const fixture = new Fixture(simulation, phones);
  if (engineer !== null) fixture.do('acknowledge', engineer);
  if (emergency) fixture.declareEDown();
  if (level) fixture.do('escalate', 'maria');
  if (level === 'M2')
    fixture
      .do('acceptEscalation', 'ana')
      .do('escalate', 'maria', { level: 'M2', dissatisfaction: 'Nobody called us.' });
  if (accepted) fixture.do('acceptEscalation', level === 'M2' ? 'ben' : 'ana');
  return fixture;
}
