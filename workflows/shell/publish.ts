import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common';
import {
  setCurrentDetails,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
  type ContinueAsNewOptions,
} from '@temporalio/workflow';
import { attentionOf } from '../core/views/attention';
import { detailsOf, earlierRun, handedOnDetails } from '../core/views/details';
import type { CaseState } from '../core/language/state';
import { isPending, levelOf, managedAt } from '../core/paging/levels';
import { ownership } from '../core/views/queries';
import { titleOf } from '../core/views/title';
import { urgencyOfCase } from '../core/views/urgency';
import type { Ownership } from '../core/views/view';
import { askedBy, waitsFor } from '../core/views/waits-for';
import { SEARCH_ATTRIBUTES } from '../messages';
import { thisTask } from './task';

type Name = keyof typeof SEARCH_ATTRIBUTES;
type Values = Readonly<Record<Name, boolean | number | string | readonly string[] | Date | null>>;

/**
 * What lists and the Web UI show of a case, written at the end of a workflow task; only what has changed. A task that pages
 * leaves it to the next one, which comes with the page's outcome or with `pageDelayed`: the server would write lists before
 * it lets the page go (decision 0007).
 */
export class Publisher {
  /** To be written now. Set by what is in history only: an update that is refused runs a task which no replay knows of. */
  isDue = true;
  private readonly published: Record<string, string>;
  /** The task since which lists may be behind. */
  private behindSince: number | undefined;
  /** The task that leaves something in the history already: lists, or the answer to an update. */
  private filled: number | undefined;

  /** Until the worker has said it: what a list has had, its server keeps. */
  private showsTitle = false;

  /** A continued case has its attributes already; they come along with the run. */
  constructor(published?: Readonly<Record<string, string>>) {
    this.published = { ...published };
  }

  /** Before the first list of a run is written: whether lists may say what the customer is called, and what the case is about. */
  nameCase(isShown: boolean): void {
    this.showsTitle = isShown;
  }

  /** The case was given something; `isPaging`: a page that this task has sent is on its way. Lists are one task behind at most. */
  follow(isPaging: boolean): void {
    this.behindSince ??= thisTask();
    const makesWay = isPaging && this.behindSince === thisTask();
    if (!makesWay) this.isDue = true;
  }

  /** An update is answered: whoever has the answer finds it in lists. */
  answered(): void {
    this.filled = thisTask();
    this.isDue = true;
  }

  publish(state: CaseState, now: number): void {
    this.isDue = false;
    const owned = ownership(state, now);
    setCurrentDetails(detailsOf(state, owned) + earlierRun(state, workflowInfo().continuedFromExecutionRunId));
    nameInLists(state, this.showsTitle);
    const isEmpty = this.filled !== thisTask();
    this.behindSince = undefined;
    this.filled = thisTask();
    const changed = Object.entries(valuesOf(state, owned.nextDue, now, this.showsTitle)).filter(
      ([name, value]) => this.published[name] !== JSON.stringify(value),
    );
    // A task that leaves nothing may stop the case for good: after two of them, a lost cache and an update, a replay does
    // not come to the same history (temporalio/sdk-rust#1146). So it says again how severe the case is.
    if (changed.length === 0 && isEmpty) changed.push(['CaseSeverity', state.severity]);
    if (changed.length === 0) return;
    upsertSearchAttributes(changed.map(([name, value]) => pairOf(name, value)));
    for (const [name, value] of changed) this.published[name] = JSON.stringify(value);
  }

  /**
   * The last thing that a run publishes: lists forget it, and find the case by its next run alone, which begins with these
   * attributes. Whoever opens this run reads where the case goes on.
   */
  handOn(state: CaseState, now: number): Pick<ContinueAsNewOptions, 'typedSearchAttributes'> {
    setCurrentDetails(handedOnDetails(state));
    nameInLists(state, this.showsTitle);
    const others = workflowInfo()
      .typedSearchAttributes.getAll()
      .filter(({ key: { name } }) => !(name in SEARCH_ATTRIBUTES) && !SERVERS_OWN.test(name));
    const values = Object.entries(valuesOf(state, ownership(state, now).nextDue, now, this.showsTitle));
    const shown = Object.keys(this.published).filter((name) => this.published[name] !== 'null');
    if (shown.length > 0) upsertSearchAttributes(shown.map((name) => pairOf(name, null)));
    for (const [name, value] of values) this.published[name] = JSON.stringify(value);
    const given = values.flatMap(([name, value]) =>
      value === null ? [] : [pairOf(name, value) as SearchAttributePair],
    );
    return { typedSearchAttributes: [...others, ...given] };
  }

  get carried(): Readonly<Record<string, string>> {
    return this.published;
  }
}

/** Attributes that the server keeps by itself, and takes from nobody. */
const SERVERS_OWN = /^(Temporal|BuildIds$)/;

const pairOf = (name: string, value: unknown): SearchAttributeUpdatePair =>
  ({ key: defineSearchAttributeKey(name, SEARCH_ATTRIBUTES[name as Name]), value }) as SearchAttributeUpdatePair;

/** Rows of lists have a case's name from its memo. Only the case can know whether they may: whoever starts it does not name it. */
function nameInLists({ title, customer }: CaseState, isShown: boolean): void {
  const isNamed = workflowInfo().memo?.['title'] !== undefined;
  if (isShown && !isNamed) upsertMemo({ title, customer: customer.name });
  if (!isShown && isNamed) upsertMemo({ title: null, customer: null });
}

function valuesOf(state: CaseState, due: Ownership['nextDue'], now: number, showsTitle: boolean): Values {
  return {
    CaseSeverity: state.severity,
    CaseLevel: levelOf(state),
    CaseEmergency: state.emergency.is,
    CaseStatus: state.status,
    CaseCustomer: state.customer.number,
    CaseEngineer: state.engineer,
    CaseManager: managedAt(state)?.owner ?? null,
    CaseAttention: attentionOf(state),
    CaseNextDue: due && new Date(due.at),
    CaseEDownCount: state.eDownCount,
    CaseTitle: showsTitle ? titleOf(state) : null,
    CaseWaitsFor: waitsFor(state),
    CaseAsked: askedBy(state),
    CaseLevelPending: isPending(state),
    CaseOpenedAt: new Date(state.openedAt),
    CaseUrgency: urgencyOfCase(state, now),
  };
}
