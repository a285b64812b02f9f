/** How lists are asked for cases that were ended from outside: by the client, the metric, the watch and the desk alike. */
import { WORKFLOW_TYPE } from '../messages';

/**
 * Ended while it was open: nothing in a case does that, so somebody or something outside did. A refused opening has no status, and
 * a run that has handed the case on has none any more. Whether the number was opened again, only `openedAgain` tells.
 */
export const ENDED_FROM_OUTSIDE = `WorkflowType = '${WORKFLOW_TYPE}' AND CaseStatus = 'OPEN' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Failed', 'Canceled')`;

export const endedSince = (since: number): string =>
  `${ENDED_FROM_OUTSIDE} AND CloseTime > '${new Date(since).toISOString()}'`;

/** Of these numbers, those that somebody has in hand: they run again, or have come to their own end since. */
export const openedAgain = (numbers: readonly string[]): string =>
  `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus IN ('Running', 'Completed') AND WorkflowId IN (${numbers.map(literal).join(', ')})`;

/** So many numbers are asked for at once: a query has a length. */
export const NUMBERS_AT_ONCE = 200;

/**
 * A literal that stays one: the parser of visibility queries takes both quotes and backslashes as its own. (The SQLite
 * store of the development server finds no value that has a backslash or a double quote in it, however it is written.)
 */
export const literal = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
