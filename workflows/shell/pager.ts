import {
  ActivityFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
  type ActivityInterfaceFor,
  type CancellationScope,
} from '@temporalio/workflow';
import type { TocsinActivities } from '../activities';
import type { PageOrder, PageResult, SettleOrder } from '../core/language/page';
import type { Audience } from '../core/language/vocabulary';
import { escapeMarkdown } from '../core/views/markdown';
import { utc } from '../core/words/catalogue';
import { en } from '../core/words/en';
import { PlainScope } from './scope';
import { thisTask } from './task';

/** One try: longer than any receiver may take. */
const START_TO_CLOSE_MS = 35_000;
/** A worker that dies while it sends is noticed after this, and the page goes out again under the same key. */
const HEARTBEAT_MS = 10_000;
/** Beyond the provider's retry time: what a result may take to come back before the page goes out again. */
const GRACE_MS = 60_000;

const ACTIVITY_OF = {
  ENGINEER: 'notifyEngineer',
  MANAGER: 'notifyManager',
  SECOND_LEVEL_MANAGER: 'notifySecondLevelManager',
  ON_CALL: 'alertOnCallTeam',
  DUTY_MANAGER: 'notifyDutyManager',
  DUTY_EXECUTIVE: 'notifyDutyManager',
  RND: 'notifyDutyManager',
  CONTACT: 'notifyContact',
} as const satisfies Record<Audience, keyof TocsinActivities>;

const activities: ActivityInterfaceFor<TocsinActivities> = proxyActivities<TocsinActivities>({
  startToCloseTimeout: START_TO_CLOSE_MS,
});

/** Never before a page. A receiver that is down for ten minutes finds out by itself. */
const SETTLING = {
  startToCloseTimeout: START_TO_CLOSE_MS,
  scheduleToCloseTimeout: 600_000,
  retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: 60_000 },
  priority: { priorityKey: 5 },
  summary: 'Channels hear that a page needs no answer any more',
} as const;

type Settled = (pageId: string, attempt: number, result: PageResult) => void;

interface OnTheWay {
  readonly order: PageOrder;
  readonly scope: CancellationScope;
  readonly sentIn: number;
}

/**
 * Pages on their way, side by side: nothing waits for one, and its outcome is a command like any other. They run on the
 * case's own task queue so that they start eagerly, in the same answer that the workflow task gives.
 */
export class Pager {
  private readonly onTheWay = new Map<string, OnTheWay>();
  private nextScope: CancellationScope | undefined;
  private settling = 0;

  /** `shield` as the alarm's: who cancels the case does not stop a page. */
  constructor(
    private readonly shield: CancellationScope,
    private readonly settled: Settled,
  ) {}

  /** Nothing is on its way: the moment to continue as new. */
  get idle(): boolean {
    return this.onTheWay.size === 0 && !this.isSettling;
  }

  /** Somebody's channels are being told that their page needs no answer any more. */
  get isSettling(): boolean {
    return this.settling > 0;
  }

  /** A page that this task has sent is on its way. */
  get isPaging(): boolean {
    const task = thisTask();
    return [...this.onTheWay.values()].some(({ sentIn }) => sentIn === task);
  }

  /** Makes the next page's scope ahead: that takes longer than to decide, and a page would wait for it (decision 0007). */
  prepare(): CancellationScope {
    return (this.nextScope ??= new PlainScope({ cancellable: true, parent: this.shield }));
  }

  send(order: PageOrder): void {
    const key = keyOf(order);
    const scope = this.prepare();
    this.nextScope = undefined;
    this.onTheWay.set(key, { order, scope, sentIn: thisTask() });
    const settled = (result: PageResult): void => {
      if (this.onTheWay.get(key)?.scope === scope) this.onTheWay.delete(key);
      this.settled(order.pageId, order.attempt, result);
    };
    void scope.run(() => execute(order)).then(settled, (error: unknown) => settled(failureOf(error)));
  }

  /** Nothing waits for it, and nothing of it fails the case. */
  settle(order: SettleOrder): void {
    this.settling += 1;
    const over = (): void => void (this.settling -= 1);
    const scope = new PlainScope({ cancellable: true, parent: this.shield });
    void scope.run(() => activities.settlePage.executeWithOptions(SETTLING, [order])).then(over, over);
  }

  /** Calls back what nobody needs any more, or what a newer message takes the place of. */
  callBack(message: Pick<PageOrder, 'pageId' | 'attempt'>): void {
    const scope = this.onTheWay.get(keyOf(message))?.scope;
    if (scope && !scope.consideredCancelled) scope.cancel();
  }
}

const keyOf = ({ pageId, attempt }: Pick<PageOrder, 'pageId' | 'attempt'>): string => `${pageId}/${attempt}`;

function execute(order: PageOrder): Promise<PageResult> {
  const { wanted, facts, retryForMs } = order;
  return activities[ACTIVITY_OF[wanted.audience]].executeWithOptions(
    {
      startToCloseTimeout: START_TO_CLOSE_MS,
      heartbeatTimeout: HEARTBEAT_MS,
      scheduleToCloseTimeout: retryForMs + GRACE_MS,
      retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 15_000 },
      // Called back, it may have rung all the same: whoever it was has to hear who has it.
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      priority: { priorityKey: facts.emergency === 'ACTIVE' ? 1 : 3 },
      summary: escapeMarkdown(summaryOf(order)).slice(0, 200),
    },
    [order],
  );
}

/** "Page 4 to whoever is on call: E-Down alert 4: suppliers cannot consistently access the software." */
function summaryOf({ pageId, wanted, asks, tells }: PageOrder): string {
  const fact = asks[0]?.fact ?? tells[0]?.fact;
  const to = wanted.person ?? en.audiences[wanted.audience];
  return `Page ${pageId.slice(pageId.lastIndexOf('-') + 1)} to ${to}: ${fact ? en.event(fact, utc) : ''}`;
}

/** A try that is called back after its worker has died times out, and the server does not try again. */
const wasCalledBack = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.retryState === 'CANCEL_REQUESTED';

/** No result came back: called back, or nobody knows. Whether the page arrived is then for its key to tell. */
function failureOf(error: unknown): PageResult {
  if (isCancellation(error) || wasCalledBack(error)) return { outcome: 'FAILED', reason: 'CANCELLED', passedOver: [] };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const detail =
    cause instanceof TimeoutFailure
      ? `time-out ${cause.timeoutType}`
      : String((cause as Error | undefined)?.message ?? cause);
  return { outcome: 'FAILED', reason: 'TIMED_OUT', detail: detail.slice(0, 200), passedOver: [] };
}
