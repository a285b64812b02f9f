/**
 * What any vendor's account says, in words that all of them share. A vendor's folder turns its own answers into this; all
 * that follows (what is written, what is compared) knows no vendor. Ids are the vendor's until `people.ts` makes ours.
 */
export const VENDORS = ['pagerduty', 'opsgenie', 'grafana', 'goalert', 'ical'] as const;
export type Vendor = (typeof VENDORS)[number];

/** What became of one thing of theirs. */
export type Outcome = 'SAME' | 'DIFFERENT' | 'LEFT_OUT' | 'MISSING';

/** One line of `report.json`. */
export interface ReportLine {
  readonly what: string;
  readonly id: string;
  readonly outcome: Outcome;
  readonly why: string;
}

export interface Contact {
  readonly id: string;
  readonly kind: 'email' | 'sms' | 'voice' | 'slack' | 'push' | 'other';
  /** In their own word, for the report: `whatsapp_contact_method`. */
  readonly called: string;
  readonly address: string;
  /** Why it is not used there, if it is not. */
  readonly offBecause?: string;
}

export interface TheirPerson {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly timezone?: string;
  readonly contacts: readonly Contact[];
  /** A user who was switched off stays in rotations; left out, everybody behind them would move. */
  readonly isActive: boolean;
}

/** A stretch of time in epoch milliseconds; `to` is excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A stretch with whoever is on call in it, first asked first; nobody: an empty list. */
export interface Span extends Stretch {
  readonly people: readonly string[];
  readonly because?: 'OVERRIDE' | 'FORWARDED';
}

/** What the vendor itself has worked out, and for which time; outside of it we have only their rule. */
export interface Rendered {
  readonly spans: readonly Span[];
  readonly covers: readonly Stretch[];
}

/** One opening in the week: minutes after midnight of the day, 0 = Monday. */
export interface Opening {
  readonly day: number;
  readonly from: number;
  readonly minutes: number;
}

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'shift';

/** How turns follow one another. `start` is on the wall clock of the schedule, as if it were in UTC. */
export interface Turning {
  readonly unit: Unit;
  readonly count: number;
  readonly start: number;
  /** Where turns follow the clock of another zone than the schedule's. */
  readonly zone?: string;
}

/** A layer, a rotation, a shift: whose turn it is, and when it counts. */
export interface TheirLayer {
  readonly id: string;
  readonly name: string;
  /** Those who hold a turn together, turn after turn; an empty turn is nobody's. */
  readonly turns: readonly (readonly string[])[];
  /** Without it the first turn never ends. */
  readonly turning?: Turning;
  /** Without them it is open round the clock. */
  readonly openings?: readonly Opening[];
  readonly from?: number;
  readonly to?: number;
  /** What the vendor rendered of this layer alone. */
  readonly rendered: readonly Span[];
  /** Why no rule of ours can be made of it; it is then written out by dates. */
  readonly beyondRules?: string;
}

export interface TheirOverride extends Stretch {
  readonly id: string;
  /** Nobody: whoever it would be is taken off. */
  readonly person?: string;
  /** Only while it would be them. */
  readonly instead?: string;
  /** Only whoever has the turn of these layers, while they are open. */
  readonly layers?: readonly string[];
}

export interface TheirSchedule {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** Whether the first layer that is open hides those behind it, or all of them are on call. */
  readonly layersAre: 'HIDING' | 'TOGETHER';
  /** The first that is open is asked first. */
  readonly layers: readonly TheirLayer[];
  readonly overrides: readonly TheirOverride[];
  readonly rendered?: Rendered;
  /** What else could be done with it, for whoever reads the file. */
  readonly hint?: string;
}

export interface PolicyTarget {
  readonly kind: 'PERSON' | 'SCHEDULE' | 'OTHER';
  readonly id: string;
  /** In their own word: `team`, `channel`. */
  readonly called: string;
}

export interface PolicyStep {
  readonly targets: readonly PolicyTarget[];
  /** How long these have before the next step, or nothing where the vendor does not say. */
  readonly timeMs?: number;
  /** What of the step has no equivalent. */
  readonly lost: readonly string[];
}

export interface TheirPolicy {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly PolicyStep[];
  /** How often all of it is gone through. */
  readonly rounds: number;
  /** Nobody is called before, where the first step waits. */
  readonly beginsAfterMs?: number;
}

export interface Export {
  readonly vendor: Vendor;
  readonly people: readonly TheirPerson[];
  readonly schedules: readonly TheirSchedule[];
  readonly policies: readonly TheirPolicy[];
  /** What was seen and not read. */
  readonly lines: readonly ReportLine[];
}
