/** The shapes of a case's answers to queries; queries.ts makes them. */
import type { EDownWarning, EmergencyEnd, ToldEvent } from '../language/events';
import type { CaseOpening, Contact, EDownAnswers } from '../language/opening';
import type { ContactAction, ContactStage } from '../language/state';
import type {
  Attention,
  Audience,
  ClockKind,
  ContactActionKind,
  EDownCategory,
  Emergency,
  EscalationReason,
  Level,
  Purpose,
  Severity,
  SprStatus,
  Status,
} from '../language/vocabulary';
import type { NeedKey } from '../paging/needs';

export interface Due {
  readonly at: string;
  readonly what: string;
}

export interface Ownership {
  readonly sentence: string;
  readonly owner: string;
  readonly ownerRole: 'ENGINEER' | 'SUPPORT_DESK';
  readonly manager: string | null;
  /** Who works on the emergency, or is asked to. */
  readonly onCall: string | null;
  readonly nextDue: Due | null;
}

export interface ManagerForCase {
  readonly sentence: string;
  readonly manager: string | null;
  readonly how: 'ENGAGED' | 'BEING_PAGED' | 'DIRECT_MANAGER' | 'DUTY_MANAGER';
  readonly level: Level;
  readonly engineer: string | null;
}

/** What the customer loses (R3). A figure nobody gave is null, never 0. */
export interface Impact {
  readonly severity: Severity;
  readonly level: Level;
  readonly emergency: Emergency;
  readonly category: EDownCategory | null;
  readonly categoryWords: string | null;
  readonly totalUsers: number | null;
  readonly affectedUsers: number | null;
  readonly productivityLossPct: number | null;
  readonly downSince: string | null;
  readonly downForMinutes: number | null;
  /** When that was so: a query knows the time of the case's last task; the client counts on to now (R26). */
  readonly asOf: string;
  readonly eDownCount: number;
}

export interface TimelineRequest {
  /** Only events with a greater number. */
  readonly after?: number;
  /** At most so many, the oldest first; 100 by default. */
  readonly limit?: number;
}

export interface Timeline {
  readonly events: readonly ToldEvent[];
  /** Number of the last event there is. */
  readonly seq: number;
  /** The first number that the case still carries; what was before is in its Temporal histories. */
  readonly firstKept: number;
}

/** Something that is wanted of somebody, and who faces it. */
export interface NeedView {
  readonly need: NeedKey;
  readonly purpose: Purpose;
  readonly status: 'ON_ITS_WAY' | 'ASKED' | 'RESTING' | 'HELD';
  /** Whoever is asked, or has it. */
  readonly person: string | null;
  /** Everybody who was asked and has not answered; each of them may take it. */
  readonly asked: readonly string[];
  readonly since: string;
  readonly answerDueAt: string | null;
}

export interface CaseView {
  readonly caseNumber: string;
  readonly title: string;
  /** Its zone is for contacts who have none of their own. */
  readonly customer: { readonly number: string; readonly name: string; readonly timezone?: string };
  readonly environment: CaseOpening['environment'];
  readonly product: string | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly severity: Severity;
  readonly severitySetBy: string;
  readonly severityRequestedBy: string | null;
  readonly level: Level;
  readonly emergency: Emergency;
  readonly status: Status;
  readonly attention: readonly Attention[];
  readonly owner: string;
  readonly owners: {
    readonly engineer: string | null;
    readonly manager: string | null;
    readonly secondLevelManager: string | null;
    readonly onCall: string | null;
  };
  readonly nextDue: Due | null;
  readonly escalation: {
    readonly level: Level;
    readonly status: 'PENDING' | 'ENGAGED' | null;
    readonly owner: string | null;
    readonly since: string | null;
    readonly reason: EscalationReason | null;
    readonly dissatisfaction: string | null;
    readonly criticalDate: string | null;
    readonly staff: readonly string[];
    readonly plan: readonly { readonly who: string; readonly task: string }[];
    readonly teamFormed: boolean;
  };
  readonly contacts: readonly Contact[];
  readonly clocks: readonly { readonly kind: ClockKind; readonly dueAt: string; readonly breached: boolean }[];
  readonly needs: readonly NeedView[];
  readonly pages: readonly {
    readonly pageId: string;
    readonly audience: Audience;
    readonly purpose: Purpose;
    readonly status: 'SENDING' | 'SENT';
    readonly person: string | null;
    readonly name: string | null;
    readonly channel: string | null;
    readonly answerDueAt: string | null;
    /** All that it asks of the person. */
    readonly asks: readonly NeedKey[];
  }[];
  readonly eDown: {
    readonly episode: number;
    readonly startedAt: string;
    readonly answers: EDownAnswers;
    readonly downSince: string;
    readonly downForMinutes: number;
    /** When that was so: a query knows the time of the case's last task; the client counts on to now (R26). */
    readonly asOf: string;
    readonly alerts: number;
    readonly nextAlertAt: string;
    readonly warnings: readonly EDownWarning[];
    readonly contactStatus: ContactStage;
  } | null;
  readonly eDownRequest: { readonly by: string; readonly at: string; readonly missing: readonly string[] } | null;
  readonly pastEpisodes: readonly {
    readonly episode: number;
    readonly startedAt: string;
    readonly endedAt: string;
    readonly how: EmergencyEnd;
    readonly reviewDueAt: string;
    readonly review: string | null;
  }[];
  readonly handOver: {
    readonly from: string | null;
    readonly to: string | null;
    readonly dueAt: string;
    readonly overdue: boolean;
    readonly state: string | null;
    readonly tried: string | null;
    readonly nextStep: string | null;
    readonly promise: string | null;
  } | null;
  readonly actions: readonly {
    readonly actionId: string;
    readonly kind: ContactActionKind;
    readonly what: string;
    readonly status: ContactAction['status'];
    readonly dueAt: string;
  }[];
  readonly sprs: readonly { readonly number: string; readonly severity: string | null; readonly status: SprStatus }[];
  readonly counters: {
    readonly events: number;
    readonly pages: number;
    readonly eDowns: number;
    readonly eDownRefusals: number;
  };
  readonly policy: { readonly version: string; readonly hash: string };
}

export type EDownCategories = readonly { readonly code: EDownCategory; readonly words: string }[];
