/** What a case asks of the outside world; implemented in `activities/`, of which the workflow knows nothing else. */
import type { PageOrder, PageResult } from './case/pages';
import type { CasePolicy } from './case/policy';

export type Notify = (order: PageOrder) => Promise<PageResult>;

export interface TocsinActivities {
  notifyEngineer: Notify;
  notifyManager: Notify;
  notifySecondLevelManager: Notify;
  alertOnCallTeam: Notify;
  /** Duty managers, duty executives and R&D: people on duty who are not looked up through an engineer. */
  notifyDutyManager: Notify;
  notifyContact: Notify;
  /** The policy in force, taken once when a case opens (B6). */
  currentPolicy: () => Promise<CasePolicy>;
}
