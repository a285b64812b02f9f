/** What a case asks of the outside world; implemented in `activities/`, of which the workflow knows nothing else. */
import type { EndedBefore } from './core/language/events';
import type { PageOrder, PageResult, SettleOrder } from './core/language/page';
import type { CasePolicy } from './core/language/policy';
import type { EndedHow } from './core/language/vocabulary';

export type Notify = (order: PageOrder) => Promise<PageResult>;

/** Whether the directory knows a name, and which of its ids is nearest to it. */
export interface KnownPerson {
  readonly name: string | null;
  /** Somebody's manager, on duty as one, or standing in for one: only such a person takes a level (D4). */
  readonly isManager?: boolean;
  readonly nearest: string | null;
}

/** Who has had a number of a case before it. */
export interface HadBefore {
  /** The last one, where it was ended from outside. */
  readonly before?: EndedBefore;
  /** One has come to its own end: a number is never used again. */
  readonly isUsed?: true;
}

export interface TocsinActivities {
  notifyEngineer: Notify;
  notifyManager: Notify;
  notifySecondLevelManager: Notify;
  alertOnCallTeam: Notify;
  /** Duty managers, duty executives and R&D: people on duty who are not looked up through an engineer. */
  notifyDutyManager: Notify;
  notifyContact: Notify;
  /** Tells channels that took a page that it needs no answer any more. */
  settlePage: (order: SettleOrder) => Promise<void>;
  /**
   * The policy in force, taken once when a case opens (B6); and whether lists may have its title. Of a number that is named also who
   * has had it before: one question, because a case that is opened waits for it.
   */
  currentPolicy: (lookBack?: string) => Promise<CasePolicy & { readonly hidesTitle?: true } & HadBefore>;
  /** May lists not have the title of a case? Asked by each run, so it waits for nothing, an edit of the policy neither. */
  hidesTitles: () => Promise<boolean>;
  /** Is there somebody of this name (D5)? */
  lookUpPerson: (id: string) => Promise<KnownPerson>;
}

/** What a worker asks itself when it starts. */
export interface StartUpActivities {
  isThisWorker: (token: string) => Promise<boolean>;
}

/** The signal by which an activity tells its case that a try of a page has no outcome yet. */
export const PAGE_DELAYED = 'pageDelayed';
/** The signal by which a provider's callback tells what has become of a page that it had taken. */
export const PAGE_NEWS = 'pageNews';

/** One case that was ended from outside, as those are told of it who have to see to it. */
export interface EndedCase {
  readonly caseNumber: string;
  readonly how: EndedHow;
  readonly at: string;
  readonly severity: number | null;
  readonly level: string | null;
  readonly emergency: string | null;
  readonly title: string;
  readonly customer: string;
  readonly by?: string;
  readonly reason?: string;
}

/** One page about cases that were ended from outside: of one, or of all that were ended together. */
export interface EndedNotice {
  /** `ended-<runId>`: of the first of them. */
  readonly pageId: string;
  readonly count: number;
  readonly eDowns: number;
  /** The first of them to end. */
  readonly cases: readonly EndedCase[];
}

/** What the page of a case that was ended from outside needs of a worker. */
export interface EndedActivities {
  /** Everybody who is on duty as a manager, or stands in, with the channels that ring them in their order. */
  dutyManagers: () => Promise<readonly { readonly person: string; readonly channels: readonly string[] }[]>;
  /** One try on one channel; whether it was taken. */
  tellEnded: (notice: EndedNotice, person: string, channel: string) => Promise<boolean>;
}
