/** How lists are asked for cases that were ended from outside: by the client, the metric, the watch and the desk alike. */
import type { EndedHow } from '../core/language/vocabulary';
import { literal } from '../literal';
import { WORKFLOW_TYPE } from '../messages';

/**
 * Ended while it was open: nothing in a case does that, so somebody or something outside did. A refused opening has no status, and
 * a run that has handed the case on has none any more. Whether the number was opened again, only `openedAgain` tells.
 */
export const ENDED_FROM_OUTSIDE = `WorkflowType = '${WORKFLOW_TYPE}' AND CaseStatus = 'OPEN' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Failed', 'Canceled')`;

/** In a list: over a weekend and a bit; whoever ended a case on purpose need not see it for months. */
export const SHOWN_FOR_MS = 7 * 24 * 3_600_000;

export const endedSince = (since: number): string =>
  `${ENDED_FROM_OUTSIDE} AND CloseTime > '${new Date(since).toISOString()}'`;

/** So many numbers are asked for at once: a query has a length. */
const NUMBERS_AT_ONCE = 200;

/** Of these numbers, those that somebody has in hand: they run again, or have come to their own end since. One question after the other. */
export function* openedAgain(numbers: readonly string[]): Generator<string> {
  for (let from = 0; from < numbers.length; from += NUMBERS_AT_ONCE) {
    const asked = numbers
      .slice(from, from + NUMBERS_AT_ONCE)
      .map(literal)
      .join(', ');
    yield `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus IN ('Running', 'Completed') AND WorkflowId IN (${asked})`;
  }
}

/** As the SDK spells what has become of a run. */
const HOW: Readonly<Record<string, EndedHow>> = {
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELED',
};

/** Nothing of a run that goes on, or that came to its own end. */
export const howEnded = (status: string): EndedHow | undefined => HOW[status];
