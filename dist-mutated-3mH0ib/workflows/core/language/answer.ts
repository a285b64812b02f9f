import type { EventType } from './events';
import type { Attention, Emergency, Level, Severity, Status } from './vocabulary';
import type { DueWords, Note } from './words';

/** What became of a command, as a value: the answer of an update before it is put into words. */
export interface Outcome {
  readonly caseNumber: string;
  /** Number of the last event. */
  readonly seq: number;
  /** Types of the events that this command caused. */
  readonly events: readonly EventType[];
  readonly severity: Severity;
  readonly level: Level;
  readonly emergency: Emergency;
  readonly status: Status;
  /** Who has the case now: the engineer, or `support-desk` while nobody is assigned. */
  readonly owner: string;
  readonly nextDue: { readonly at: string; readonly what: DueWords } | null;
  readonly notes: readonly Note[];
  readonly attention: readonly Attention[];
  /** Set when E-Down was declared over the Web: calling is the better way (R36). */
  readonly hotline?: string;
}

/** The answer of an update, in words. */
export interface Answer extends Omit<Outcome, 'events' | 'nextDue' | 'notes'> {
  readonly events: readonly string[];
  readonly nextDue: { readonly at: string; readonly what: string } | null;
  readonly notes: readonly string[];
  readonly phonePreferred?: true;
}
