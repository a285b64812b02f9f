/** The activities of a case: six ways to page somebody, and the policy it opens with. */
import { log } from '@temporalio/activity';
import type { Notify, TocsinActivities } from '../workflows/activities';
import type { PageOrder, PageResult } from '../workflows/case/pages';
import type { CasePolicy } from '../workflows/case/policy';
import { sayingWhenDelayed } from './delayed';
import { page, type Paging } from './page';

/** `directory` is looked at for every page; `console` is where the `console` channel writes. */
export interface Outside extends Paging {
  readonly policy: () => CasePolicy;
  /** Told of every result, for metrics. */
  readonly onResult?: (order: PageOrder, result: PageResult) => void;
}

/** What a worker registers (contract, section 1). */
export function createActivities({ policy, onResult, ...paging }: Outside): TocsinActivities {
  const notify: Notify = async (order) => {
    const result = await sayingWhenDelayed(() => page(order, paging));
    try {
      onResult?.(order, result);
    } catch (error) {
      // The page is out: failing here would only send it again.
      log.error('A page went out and its observer failed', { pageId: order.pageId, error });
    }
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
