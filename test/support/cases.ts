/** A fixture is a sentence: `caseAt({ severity: 1, level: 'M1' })`. People and their roles are those of org.ts. */
import type { CaseOpening, CommandName, EDownAnswers } from '../../workflows/case/inputs';
import type { CasePolicy } from '../../workflows/case/policy';
import type { Severity } from '../../workflows/case/vocabulary';
import { policyFrom } from '../../worker/config/policy';
import { Phones, roleOf } from './org';
import { Simulation } from './simulation';
import { completeAnswers } from './story';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = Date.parse('2026-11-24T09:00:00Z');

export const policy = (over: Record<string, unknown> = {}): CasePolicy => policyFrom({ hotline: '+1 555 0100', warnAt: [], ...over });

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

  /** Whoever was paged since `from` sends, as `purpose → person`. */
  pagedSince(from: number): string[] {
    return this.simulation.sent.slice(from).map(({ order, result }) => `${order.purpose} → ${'person' in result ? result.person : '?'}`);
  }

  get sent(): number {
    return this.simulation.sent.length;
  }
}

interface At {
  readonly severity?: Exclude<Severity, 0>;
  readonly engineer?: string | null;
  readonly level?: 'M1' | 'M2';
  readonly accepted?: boolean;
  readonly emergency?: boolean;
  readonly policy?: Record<string, unknown>;
  /** What else the opening says. */
  readonly opening?: Partial<CaseOpening>;
}

export function caseAt({ severity = 2, engineer = 'lee', level, accepted = false, emergency = false, policy: over, opening }: At = {}): Fixture {
  const phones = new Phones();
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
  if (engineer !== null) fixture.do('acknowledge', engineer, { pageId: 'C1000001-1' });
  if (emergency) fixture.declareEDown();
  if (level) fixture.do('escalate', 'maria');
  if (level === 'M2') fixture.do('acceptEscalation', 'ana').do('escalate', 'maria', { dissatisfaction: 'Nobody called us.' });
  if (accepted) fixture.do('acceptEscalation', level === 'M2' ? 'ben' : 'ana');
  return fixture;
}
