import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { attentionOf } from '../case/attention';
import { detailsOf } from '../case/details';
import type { CaseEvent } from '../case/events';
import type { CaseState } from '../case/state';
import { managerOf, nextDueOf } from '../case/queries';
import { SEARCH_ATTRIBUTES } from '../messages';

type Name = keyof typeof SEARCH_ATTRIBUTES;
type Values = Readonly<Record<Name, number | string | readonly string[] | Date | null>>;

/** What lists and the Web UI show of a case; only what has changed is written, at most once a workflow task. */
export class Publisher {
  /** To be written at the end of this task. */
  isDue = true;
  private readonly published: Record<string, string>;
  private behindSince: number | undefined;
  private pagedIn: number | undefined;

  /** A continued case has its attributes already; they come along with the run. */
  constructor(published: Readonly<Record<string, string>> = {}) {
    this.published = { ...published };
  }

  /**
   * A task that pages leaves lists to the next one, which comes with the page's outcome or with `pageDelayed`: the server
   * would write them before it lets the page go (decision 0007). If they are behind already, it writes them all the same.
   */
  follow(events: readonly CaseEvent[]): void {
    if (events.length > 0) this.behindSince ??= thisTask();
    if (events.some(({ type }) => type === 'PageRequested')) this.pagedIn = thisTask();
    const makesWay = this.pagedIn === thisTask() && this.behindSince === thisTask();
    if (this.behindSince !== undefined && !makesWay) this.isDue = true;
  }

  publish(state: CaseState): void {
    this.isDue = false;
    this.behindSince = undefined;
    setCurrentDetails(detailsOf(state));
    nameInLists(state);
    const changed = Object.entries(valuesOf(state)).filter(([name, value]) => this.published[name] !== JSON.stringify(value));
    if (changed.length === 0) return;
    upsertSearchAttributes(
      changed.map(([name, value]) => ({ key: defineSearchAttributeKey(name, SEARCH_ATTRIBUTES[name as Name]), value }) as SearchAttributeUpdatePair),
    );
    for (const [name, value] of changed) this.published[name] = JSON.stringify(value);
  }

  get carried(): Readonly<Record<string, string>> {
    return this.published;
  }
}

/** A task goes by the length of its history. */
const thisTask = (): number => workflowInfo().historyLength;

/** Our client names a case when it starts it; a case that was started with nothing but Temporal names itself. */
function nameInLists({ title, customer }: CaseState): void {
  if (workflowInfo().memo?.['title'] === undefined) upsertMemo({ title, customer: customer.name });
}

function valuesOf(state: CaseState): Values {
  const due = nextDueOf(state);
  return {
    CaseSeverity: state.severity,
    CaseLevel: state.level,
    CaseEmergency: state.emergency,
    CaseStatus: state.status,
    CaseCustomer: state.customer.number,
    CaseEngineer: state.engineer,
    CaseManager: managerOf(state),
    CaseAttention: attentionOf(state),
    CaseNextDue: due && new Date(due.at),
    CaseEDownCount: state.eDownCount,
  };
}
