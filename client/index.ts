/** Tocsin's typed client: `const tocsin = await TocsinClient.connect(); await tocsin.update('C1234567', 'escalate', …)`. */
export { TocsinClient, type ClientOptions, type ListOptions, type Seen } from './tocsin-client';
export type { CaseList, ListedCase } from './case-list';
export type { EndedOutside } from './ended';
export type { Missing, TimelineWanted, WholeTimeline } from './timeline';
export type { ConnectOptions } from './connect';
export type { OpenResult } from './opening';
export { casesOf, type Mine } from './mine';
export { inOrder, ORDERS, urgencyOf, URGENCY, type Order, type Urgency } from './urgency';
export { filterSchema, type CaseFilter, type CaseRow } from './listing';
export {
  BadConfiguration,
  CaseNotFound,
  CaseRejected,
  isTocsinError,
  problemOf,
  ServiceUnavailable,
  type FieldProblem,
  type ProblemDocument,
  type TocsinError,
  type UnavailableReason,
} from './errors';
export { commandSchemas, openingSchema } from './schemas';
export {
  COMMANDS,
  type Answer,
  type CaseEvent,
  type CaseOpening,
  type CaseSummary,
  type CaseView,
  type CommandName,
  type EDownCategories,
  type Impact,
  type Input,
  type ManagerForCase,
  type Ownership,
  type Timeline,
  type ToldEvent,
  type TimelineRequest,
} from '../workflows/messages';
