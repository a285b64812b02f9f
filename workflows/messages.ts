/**
 * Names and types of everything a case can be sent and asked: imported by the client, and the only file of `workflows/`
 * that callers need. Each command exists as a signal and as an update under one name.
 */
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { PAGE_DELAYED, PAGE_NEWS } from './activities';
import type { Carried } from './core/carried';
import type { Answer } from './core/language/answer';
import { COMMANDS, type CommandName, type Input } from './core/language/inputs';
import type { CaseOpening } from './core/language/opening';
import type { PageNews, PageTrouble } from './core/language/page';
import type {
  CaseView,
  EDownCategories,
  Impact,
  ManagerForCase,
  Ownership,
  Timeline,
  TimelineRequest,
} from './core/views/view';

export { COMMANDS };
export type {
  Answer,
  CaseOpening,
  CaseView,
  CommandName,
  EDownCategories,
  Impact,
  Input,
  ManagerForCase,
  Ownership,
  Timeline,
  TimelineRequest,
};
export type { PageNews };
export type { CaseEvent, ToldEvent } from './core/language/events';

export const WORKFLOW_TYPE = 'supportCase';
/** What a worker starts for itself (start-up.ts). */
export const START_UP_TYPE = 'startUp';
export const TASK_QUEUE = 'tocsin';
/** In the memo of a case that our client has opened: what it was asked for, as a hash. */
export const OPENED_BY_CLIENT = 'bodyHash';
/** In the memo of a case: of the case that had the number before, and was ended from outside. */
export const ENDED_BEFORE = 'before';

/** How a case starts: from its opening, or from the state that the run before it carried over. */
export type CaseStart = CaseOpening | { readonly carried: Carried };

/** What a closed case leaves behind when its reopen window is over. */
export interface CaseSummary {
  readonly caseNumber: string;
  readonly severity: number;
  readonly resolution: string;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly events: number;
  readonly eDownEpisodes: number;
}

/**
 * As the SDK's `defineSignal` and its like make them. Those are for workflows: a caller would load the whole of the workflow library
 * for them, and a case could not share this file with others (worker.ts).
 */
const signal = <A extends unknown[]>(name: string): SignalDefinition<A> =>
  ({ type: 'signal', name }) as SignalDefinition<A>;
const update = <R, A extends unknown[]>(name: string): UpdateDefinition<R, A> =>
  ({ type: 'update', name }) as UpdateDefinition<R, A>;
const query = <R, A extends unknown[] = []>(name: string): QueryDefinition<R, A> =>
  ({ type: 'query', name }) as QueryDefinition<R, A>;

export const signals = Object.fromEntries(COMMANDS.map((name) => [name, signal<[unknown]>(name)])) as {
  readonly [N in CommandName]: SignalDefinition<[Input<N>]>;
};
export const updates = Object.fromEntries(COMMANDS.map((name) => [name, update<Answer, [unknown]>(name)])) as {
  readonly [N in CommandName]: UpdateDefinition<Answer, [Input<N>]>;
};

/** From the engine's own activities: a try of a page had no outcome yet; the next channel need not wait for it (H7). */
export const pageDelayed = signal<[PageTrouble]>(PAGE_DELAYED);

/**
 * From a gateway, when a provider calls back: a message did not arrive, nobody said anything, or a telephone has it. A failure is
 * followed by the next channel at once (H7); `DELIVERED` is on the timeline and never an answer.
 */
export const pageNews = signal<[PageNews]>(PAGE_NEWS);

/** `withPages`: what is on its way is waited for no longer, and goes out again under its keys. */
export interface NudgeToMove {
  readonly withPages: boolean;
}

/** From `tocsin deploy move`: a case that has nothing to do would stay on its version until it has. */
export const moveToCurrentVersion = signal<[NudgeToMove?]>('moveToCurrentVersion');

export const queries = {
  getCase: query<CaseView>('getCase'),
  getTimeline: query<Timeline, [TimelineRequest?]>('getTimeline'),
  whoOwnsThis: query<Ownership>('whoOwnsThis'),
  managerForCase: query<ManagerForCase>('managerForCase'),
  getImpact: query<Impact>('getImpact'),
  eDownCategories: query<EDownCategories>('eDownCategories'),
} as const;

/** Published by the case and registered by the worker before its first task. */
export const SEARCH_ATTRIBUTES = {
  CaseSeverity: 'INT',
  CaseLevel: 'KEYWORD',
  CaseEmergency: 'KEYWORD',
  CaseStatus: 'KEYWORD',
  CaseCustomer: 'KEYWORD',
  CaseEngineer: 'KEYWORD',
  CaseManager: 'KEYWORD',
  CaseAttention: 'KEYWORD_LIST',
  CaseNextDue: 'DATETIME',
  CaseEDownCount: 'INT',
  /** Customer and title; TOCSIN_CASE_TITLE=off leaves it out. */
  CaseTitle: 'KEYWORD',
  /** Whoever is being asked now: of several, for what matters most. */
  CaseWaitsFor: 'KEYWORD',
  /** Everybody who is asked, or was and may still take it. */
  CaseAsked: 'KEYWORD_LIST',
  /** M1 or M2 was asked for and no manager has it yet; of M2, M1's owner is then still `CaseManager`. */
  CaseLevelPending: 'BOOL',
  /** Of the case: the server's own start time is that of its last run. */
  CaseOpenedAt: 'DATETIME',
  /** 0 nobody reached … 5 green (core/views/urgency.ts). */
  CaseUrgency: 'INT',
} as const;
