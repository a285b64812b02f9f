/**
 * The views of a desk: which cases to look at, as questions to the lists of the server, and as links into the Temporal Web UI.
 * For callers and for whoever starts a server; no workflow needs it.
 */
import { endedSince, SHOWN_FOR_MS } from './ended-outside/lists';
import { literal } from './literal';
import type { SEARCH_ATTRIBUTES } from './messages';

type Attribute = keyof typeof SEARCH_ATTRIBUTES;

export interface DeskView {
  /** How it is asked for in a shell. */
  readonly name: string;
  /** What its tab is called. */
  readonly title: string;
  readonly says: string;
  readonly query: string;
}

/**
 * A case that has ended keeps its attributes, and a refused opening leaves a failed run that has none.
 */
const RUNNING = "ExecutionStatus = 'Running'";

export const DESK_VIEWS: readonly [DeskView, ...DeskView[]] = [
  {
    name: 'now',
    title: 'Look now',
    says: 'nobody reached, an emergency that nobody has, an answer that is late, a broken promise',
    query: `CaseUrgency < 4 AND ${RUNNING}`,
  },
  {
    name: 'e-down',
    title: 'E-Down',
    says: 'work goes on round the clock',
    query: `CaseEmergency = 'ACTIVE' AND ${RUNNING}`,
  },
  {
    name: 'escalated',
    title: 'Escalated, no manager has it',
    says: 'M1 or M2 was asked for, and no manager has it yet',
    query: `CaseLevelPending = true AND ${RUNNING}`,
  },
  {
    name: 'no-engineer',
    title: 'No engineer',
    says: 'open, and nobody is assigned',
    query: `CaseEngineer IS NULL AND CaseStatus = 'OPEN' AND ${RUNNING}`,
  },
];

/**
 * Behind it as far back as lists look from now on: what was ended before may be opened again or forgotten, and would stay in it
 * until the server forgets it. A saved view keeps the day on which it was saved.
 */
export const endedView = (now: number): DeskView => ({
  name: 'ended',
  title: 'Ended from outside',
  says: 'terminated, timed out or failed while open, in the last 7 days: nobody is paged for it any more',
  query: endedSince(now - SHOWN_FOR_MS),
});

/** Yours, or waiting for you: the cases of `tocsin mine`. */
export function viewOf(person: string): DeskView {
  const who = literal(person);
  return {
    name: 'mine',
    title: `Mine (${person})`,
    says: 'you are its engineer or its manager, or the case waits for you',
    query: `(CaseAsked = ${who} OR ((CaseEngineer = ${who} OR CaseManager = ${who}) AND CaseStatus = 'OPEN')) AND ${RUNNING}`,
  };
}

/** By customer number. */
export const eDownsOf = (customer: string): DeskView => ({
  name: 'uses',
  title: `E-Downs of ${customer}`,
  says: 'every case in which this customer has used E-Down, closed ones and ended ones too',
  // Those that were ended from outside too. A run that has handed its case on is no case.
  query: `CaseCustomer = ${literal(customer)} AND CaseEDownCount > 0 AND ExecutionStatus != 'ContinuedAsNew'`,
});

/**
 * What a desk asks of each case, from left to right. A title is as wide as it is: what must be seen on every screen stands before it, and
 * what takes the most room last.
 */
export const DESK_COLUMNS: readonly (Attribute | 'Workflow ID')[] = [
  'Workflow ID',
  'CaseUrgency',
  'CaseSeverity',
  'CaseWaitsFor',
  'CaseTitle',
  'CaseLevel',
  'CaseEngineer',
  'CaseManager',
  'CaseNextDue',
  'CaseAttention',
  'CaseOpenedAt',
];

/** Where the lists of a namespace are in the Web UI. */
export interface WebUi {
  /** `http://127.0.0.1:8233`, without a slash behind it. */
  readonly url: string;
  readonly namespace: string;
}

/** The list of this view. */
export const linkTo = (ui: WebUi, { query }: DeskView): string => listOf(ui, { query });

/** The same; opening it also saves the view for later, once more each time. */
export const savingLinkTo = (ui: WebUi, { query, title }: DeskView): string => listOf(ui, { query, savedQuery: title });

const listOf = ({ url, namespace }: WebUi, asked: Readonly<Record<string, string>>): string =>
  `${url}/namespaces/${encodeURIComponent(namespace)}/workflows?${new URLSearchParams(asked).toString()}`;

/**
 * The Web UI keeps its columns in the browser, for a namespace: this sets them. To be pasted into the address of a bookmark, and
 * clicked once while the list is open.
 */
export function columnsBookmark({ namespace }: WebUi): string {
  const columns = JSON.stringify({ [namespace]: DESK_COLUMNS.map((label) => ({ label })) });
  return `javascript:localStorage['namespace-workflow-table-columns']='${columns}';location.reload()`;
}
