/** The activities of a case: six ways to page somebody, the policy it opens with, and whether a name is known. */
import { Context } from '@temporalio/activity';
import type { HadBefore, Notify, TocsinActivities } from '../workflows/activities';
import type { PageOrder, PageResult } from '../workflows/core/language/page';
import type { CasePolicy } from '../workflows/core/language/policy';
import { AlsoAsked } from './also-asked';
import { Channels } from './channels';
import { knownPerson } from './directory/nearest';
import { observe } from './observe';
import { page, type Paging } from './page';
import { settle } from './settle';

/** `directory` is looked at for every page; `console` is where the `console` channel writes. */
export interface Outside extends Omit<Paging, 'alsoAsked' | 'channels'> {
  readonly console: (line: string) => void;
  /** Without accounts: console, webhooks and presets, where nothing else is given. */
  readonly channels?: Channels;
  /** What the customer has called a case stays out of what lists can be searched by. */
  readonly hidesTitles?: boolean;
  /** Who has had this number before. Where nothing can be found out, a case is opened without. */
  readonly endedBefore?: (caseNumber: string) => Promise<HadBefore>;
  /** Waited for while its file is being written. */
  readonly policy: () => CasePolicy | Promise<CasePolicy>;
  /** Told of every result, and of when the page was ordered, for metrics. */
  readonly onResult?: (order: PageOrder, result: PageResult, orderedAt: number) => void;
}

/** What a worker registers. */
export function createActivities({
  policy,
  onResult,
  console,
  hidesTitles = false,
  endedBefore,
  ...outside
}: Outside): TocsinActivities {
  const paging: Paging = {
    ...outside,
    channels: outside.channels ?? new Channels({}, console),
    alsoAsked: new AlsoAsked(),
  };
  const notify: Notify = async (order) => {
    const result = await page(order, paging);
    observe(order.pageId, () => onResult?.(order, result, Context.current().info.scheduledTimestampMs));
    return result;
  };
  return {
    notifyEngineer: notify,
    notifyManager: notify,
    notifySecondLevelManager: notify,
    alertOnCallTeam: notify,
    notifyDutyManager: notify,
    notifyContact: notify,
    settlePage: (order) => settle(order, paging),
    currentPolicy: async (lookBack) => {
      const asked = lookBack === undefined ? undefined : endedBefore?.(lookBack).catch(() => undefined);
      const [inForce, had] = await Promise.all([policy(), asked]);
      return { ...inForce, ...(hidesTitles && { hidesTitle: true as const }), ...had };
    },
    hidesTitles: () => Promise.resolve(hidesTitles),
    lookUpPerson: (id) => Promise.resolve(knownPerson(paging.directory(), id)),
  };
}
