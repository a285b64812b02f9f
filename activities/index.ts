/** The activities of a case: six ways to page somebody, and the policy it opens with. */
import type { Notify, TocsinActivities } from '../workflows/activities';
import type { PageOrder, PageResult } from '../workflows/case/pages';
import type { CasePolicy } from '../workflows/case/policy';
import type { Directory } from './directory/types';
import { page } from './page';

export interface Outside {
  /** The people as they are now: looked at for every page. */
  readonly directory: () => Directory;
  readonly policy: () => CasePolicy;
  /** Where the `console` channel writes. */
  readonly console: (line: string) => void;
  /** Told of every result, for metrics. */
  readonly onResult?: (order: PageOrder, result: PageResult) => void;
}

export function createActivities({ policy, onResult, ...paging }: Outside): TocsinActivities {
  const notify: Notify = async (order) => {
    const result = await page(order, paging);
    onResult?.(order, result);
    return result;
  };
  return {
    notifyEngineer: notify,
    notifyManager: notify,
    notifySecondLevelManager: notify,
    alertOnCallTeam: notify,
    notifyDutyManager: notify,
    notifyContact: notify,
    currentPolicy: () => Promise.resolve(policy()),
  };
}
