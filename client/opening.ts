/** Opening a case: exactly one for a number, whoever asks how often. */
import {
  WorkflowFailedError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { refusal } from '../workflows/core/language/refusal';
import { bodyHash } from '../workflows/core/requests';
import type { EndedBefore } from '../workflows/core/language/events';
import {
  ENDED_BEFORE,
  OPENED_BY_CLIENT,
  queries,
  WORKFLOW_TYPE,
  type Answer,
  type CaseOpening,
} from '../workflows/messages';
import { endedOutside, type EndedOutside } from './ended';
import { CaseRejected, ServiceUnavailable } from './errors';
import { rejectionOf } from './failures';
import { untilEvent, type HistoryEvent } from './until-event';
import { staticSummary } from './markdown';

/** The first answer of a case: what it is and who has it now. */
export interface OpenResult extends Omit<Answer, 'events' | 'phonePreferred' | 'hotline'> {
  readonly runId: string;
  /** The case was opened before by this very request. */
  readonly repeated: boolean;
}

/**
 * Kept with the execution, so that a repeated opening is recognised without asking the case, closed or not. Its title is not: lists
 * show a memo, and only the worker knows whether they may (TOCSIN_CASE_TITLE).
 */
interface OpeningMemo {
  readonly requestId?: string;
  readonly [OPENED_BY_CLIENT]: string;
  readonly [ENDED_BEFORE]?: EndedBefore;
}

const memoOf = (opening: CaseOpening): OpeningMemo => ({
  ...(opening.requestId !== undefined && { requestId: opening.requestId }),
  [OPENED_BY_CLIENT]: bodyHash('open', opening),
});

const ANOTHER_REQUEST =
  'The case that was ended was opened by this very request: open it again with another requestId (over HTTP, another Idempotency-Key)';

/** After a restart, when all of a worker's cases want to be served at once. */
const SERVED_FIRST = { priorityKey: 1 };

/**
 * Starts the case and waits until it has judged its opening. A number that nobody had takes one question; one that was refused, or
 * whose case was ended from outside, may be opened again, and the new case names the one before.
 */
export async function openCase(client: Client, taskQueue: string, opening: CaseOpening): Promise<OpenResult> {
  const memo = memoOf(opening);
  const handle = client.workflow.getHandle(opening.caseNumber);
  const begun = await started(client, taskQueue, opening, memo, 'REJECT_DUPLICATE');
  if (begun !== undefined) return await firstAnswer(client, begun, opening.caseNumber, FRESH);
  const found = await handle.describe();
  if (!isOver(found)) return await openedBefore(client, opening, memo, found);
  const again = await startedAgain(client, taskQueue, opening, memo, found);
  if (again !== undefined) return await firstAnswer(client, again, opening.caseNumber, FRESH);
  // Somebody else was quicker.
  return await openedBefore(client, opening, memo, await handle.describe());
}

/** What had the number has ended, and not by its own end. */
const isOver = ({ status: { name } }: WorkflowExecutionDescription): boolean =>
  name !== 'RUNNING' && name !== 'COMPLETED' && name !== 'CONTINUED_AS_NEW';

/** The run, or nothing where the number is taken. */
async function started(
  client: Client,
  taskQueue: string,
  opening: CaseOpening,
  memo: OpeningMemo,
  workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
): Promise<string | undefined> {
  try {
    const handle = await client.workflow.start(WORKFLOW_TYPE, {
      workflowId: opening.caseNumber,
      taskQueue,
      args: [opening],
      workflowIdReusePolicy,
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: staticSummary(opening.caseNumber, opening.customer.name, opening.title),
      memo: { ...memo },
      ...(opening.severity <= 1 && { priority: SERVED_FIRST }),
    });
    return handle.firstExecutionRunId;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

async function startedAgain(
  client: Client,
  taskQueue: string,
  opening: CaseOpening,
  memo: OpeningMemo,
  found: WorkflowExecutionDescription,
): Promise<string | undefined> {
  const ended = await endedOutside(client, opening.caseNumber, found);
  // What was done by this very request is not done again: whoever ended the case since did not ask for a new one.
  if (ended && isRepeated(found, memo)) throw CaseRejected.ofEnded(ended, undefined, ANOTHER_REQUEST);
  const before = ended && beforeOf(found.runId, ended);
  return await started(
    client,
    taskQueue,
    opening,
    { ...memo, ...(before && { [ENDED_BEFORE]: before }) },
    'ALLOW_DUPLICATE_FAILED_ONLY',
  );
}

const beforeOf = (runId: string, { how, at, by }: EndedOutside): EndedBefore => ({
  runId,
  how,
  at,
  ...(by !== undefined && { by: by.slice(0, 200) }),
});

const isRepeated = (
  { memo }: Pick<WorkflowExecutionDescription, 'memo'>,
  { requestId, [OPENED_BY_CLIENT]: hash }: OpeningMemo,
): boolean => requestId !== undefined && memo?.['requestId'] === requestId && memo[OPENED_BY_CLIENT] === hash;

async function openedBefore(
  client: Client,
  { caseNumber }: CaseOpening,
  memo: OpeningMemo,
  description: WorkflowExecutionDescription,
): Promise<OpenResult> {
  const first = description.memo as Partial<OpeningMemo> | undefined;
  if (memo.requestId === undefined || first?.requestId !== memo.requestId)
    throw CaseRejected.of(refusal('CASE_EXISTS'));
  if (first[OPENED_BY_CLIENT] !== memo[OPENED_BY_CLIENT]) throw CaseRejected.of(refusal('IDEMPOTENCY_CONFLICT'));
  const runId = firstRunIdOf(description);
  return await firstAnswer(client, runId, caseNumber, { repeated: true, isFirstRun: description.runId === runId });
}

interface Circumstances {
  readonly repeated: boolean;
  /** A case that has continued as new has judged its opening long ago, and its first history may be gone. */
  readonly isFirstRun: boolean;
}

const FRESH: Circumstances = { repeated: false, isFirstRun: true };

async function firstAnswer(
  client: Client,
  runId: string,
  number: string,
  { repeated, isFirstRun }: Circumstances,
): Promise<OpenResult> {
  // A repeated opening hears of whichever run there is now.
  const handle = repeated ? client.workflow.getHandle(number) : client.workflow.getHandle(number, runId);
  if (isFirstRun) await untilJudged(client, number, runId);
  if ((await handle.describe()).status.name === 'FAILED') throw await whyRefused(handle);
  const { caseNumber, severity, level, emergency, status, owner, nextDue, attention, counters } = await handle.query(
    queries.getCase,
  );
  return {
    caseNumber,
    runId,
    seq: counters.events,
    severity,
    level,
    emergency,
    status,
    owner,
    nextDue,
    attention,
    notes: repeated ? ['The case was opened before by this request; this is how it stands now.'] : [],
    repeated,
  };
}

/** Waits for the first thing a case publishes, or for its end. */
async function untilJudged(client: Client, workflowId: string, runId: string): Promise<void> {
  const isJudged = ({ upsertWorkflowSearchAttributesEventAttributes: shown }: HistoryEvent): boolean => Boolean(shown);
  if (!(await untilEvent(client, { workflowId, runId }, isJudged)))
    throw new ServiceUnavailable('NO_WORKER', 'the case is on record and starts as soon as there is one');
}

/** Continue-as-new is invisible to callers, so the run they are told is the first of the chain. */
const firstRunIdOf = (description: WorkflowExecutionDescription): string =>
  description.raw.workflowExecutionInfo?.firstRunId || description.runId;

async function whyRefused(handle: WorkflowHandle): Promise<unknown> {
  try {
    return new Error(`The case ended at once with ${JSON.stringify(await handle.result())}.`);
  } catch (error) {
    return error instanceof WorkflowFailedError ? (rejectionOf(error) ?? error) : error;
  }
}
