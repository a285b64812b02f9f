/** How lists are asked for cases that were ended from outside: by the client, the metric, the watch and the desk alike. */
import type { EndedHow } from '../core/language/vocabulary';
import { literal } from '../literal';
import { WORKFLOW_TYPE } from '../messages';

const STATUSES = "('Terminated', 'TimedOut', 'Failed', 'Canceled')";

/**
 * Ended while it was open: nothing in a case does that, so somebody or something outside did. A run that has handed the case on has no
 * status any more. One that was ended before any worker had begun it has none either, as a refused opening, which has failed. Whether
 * the number was opened again, only `openedAgain` tells.
 */
export const ENDED_FROM_OUTSIDE =
  `WorkflowType = '${WORKFLOW_TYPE}' AND ` +
  `((CaseStatus = 'OPEN' AND ExecutionStatus IN ${STATUSES}) OR (CaseStatus IS NULL AND ExecutionStatus IN ('Terminated', 'TimedOut')))`;

/** In a list: over a weekend and a bit; whoever ended a case on purpose need not see it for months. */
export const SHOWN_FOR_MS = 7 * 24 * 3_600_000;

export const endedSince = (since: number): string =>
  `${ENDED_FROM_OUTSIDE} AND CloseTime > '${new Date(since).toISOString()}'`;

/** Whoever had a number and has it no more, in whichever way: what comes of a run is one question for all of them. */
export const endedRunsOf = (caseNumber: string): string =>
  `WorkflowType = '${WORKFLOW_TYPE}' AND WorkflowId = ${literal(caseNumber)} AND ` +
  `((${ENDED_FROM_OUTSIDE}) OR ExecutionStatus = 'Completed')`;

/** So many numbers are asked for at once: a query has a length. */
const NUMBERS_AT_ONCE = 200;

/**
 * Runs by which somebody may have these numbers in hand, where `isAfter` says so: they run again, or have come to their own end. One
 * question after the other.
 */
export function* openedAgain(numbers: readonly string[]): Generator<string> {
  for (let from = 0; from < numbers.length; from += NUMBERS_AT_ONCE) {
    const asked = numbers
      .slice(from, from + NUMBERS_AT_ONCE)
      .map(literal)
      .join(', ');
    yield `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus IN ('Running', 'Completed') AND WorkflowId IN (${asked})`;
  }
}

/** It is the case that goes on, and not one that has had the number before. */
export const isAfter = (
  { status, closeTime }: { readonly status: { readonly name: string }; readonly closeTime?: Date },
  endedAt: number,
): boolean => status.name === 'RUNNING' || (closeTime?.getTime() ?? 0) > endedAt;

/** As the SDK spells what has become of a run. */
const HOW: Readonly<Record<string, EndedHow>> = {
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELED',
};

/** Nothing of a run that goes on, or that came to its own end. */
export const howEnded = (status: string): EndedHow | undefined => HOW[status];
