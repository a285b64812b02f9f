/**
 * The runs of a case, because a case goes on in a new run when its history gets long: the one way to walk them, for all who look
 * back. From the youngest to the oldest that the server still keeps.
 */
import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import { CaseNotFound } from './errors';
import { failureOf, isNotFound } from './failures';

type HistoryEvent = NonNullable<History['events']>[number];
type Started = NonNullable<HistoryEvent['workflowExecutionStartedEventAttributes']>;

export interface Run {
  readonly runId: string;
  /** The run before it; nothing for the first one. */
  readonly before: string | undefined;
  readonly started: Started;
}

/** From this one back; `deadlineMs` for each question. @throws CaseNotFound, ServiceUnavailable */
export async function* runsOf(
  temporal: Client,
  caseNumber: string,
  from: string,
  deadlineMs: number,
): AsyncGenerator<Run> {
  for (let runId: string | undefined = from; runId !== undefined;) {
    const run: Run | undefined = await runOf(temporal, caseNumber, runId, deadlineMs);
    // What is older than the namespace keeps is gone.
    if (!run) return;
    yield run;
    runId = run.before;
  }
}

async function runOf(
  temporal: Client,
  workflowId: string,
  runId: string,
  deadlineMs: number,
): Promise<Run | undefined> {
  try {
    const { history } = await temporal.withDeadline(Date.now() + deadlineMs, () =>
      temporal.workflow.workflowService.getWorkflowExecutionHistory({
        namespace: temporal.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      }),
    );
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    return started ? { runId, before: started.continuedExecutionRunId || undefined, started } : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const failure = failureOf(error);
    throw failure.type === 'ERROR' ? failure.error : new CaseNotFound(workflowId, { cause: error });
  }
}
