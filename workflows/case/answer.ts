import type { Attention, Emergency, Level, Severity, Status } from './vocabulary';

/** The answer of an update (contract, section 2). */
export interface Answer {
  readonly caseNumber: string;
  /** Number of the last event. */
  readonly seq: number;
  /** Types of the events that this command caused. */
  readonly events: readonly string[];
  readonly severity: Severity;
  readonly level: Level;
  readonly emergency: Emergency;
  readonly status: Status;
  /** Who has the case now: the engineer, or `support-desk` while nobody is assigned. */
  readonly owner: string;
  readonly nextDue: { readonly at: string; readonly what: string } | null;
  readonly notes: readonly string[];
  readonly attention: readonly Attention[];
  /** Set when E-Down was declared over the Web: calling is the better way (R36). */
  readonly phonePreferred?: true;
  readonly hotline?: string;
}
