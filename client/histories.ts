/** The histories of a case: one a run, because a case goes on in a new run when its history gets long. */
import type { History } from '@temporalio/common/lib/proto-utils';
import { checkedCaseNumber } from './checks';
import { CaseNotFound } from './errors';
import { failureOf } from './failures';
import type { TocsinClient } from './tocsin-client';

export interface RunHistory {
  readonly workflowId: string;
  readonly runId: string;
  readonly history: History;
}

/** Of every run that the server still keeps, the oldest first. @throws CaseNotFound, ServiceUnavailable */
export async function historiesOf(client: TocsinClient, caseNumber: string): Promise<RunHistory[]> {
  const workflowId = checkedCaseNumber(caseNumber);
  const runs: RunHistory[] = [];
  let runId = await call(
    client,
    workflowId,
    async () => (await client.temporal.workflow.getHandle(workflowId).describe()).runId,
  );
  while (runId) {
    const run = await historyOf(client, workflowId, runId).catch((error: unknown) => {
      // What is older than the namespace keeps is gone; the rest can still be judged.
      if (error instanceof CaseNotFound && runs.length > 0) return undefined;
      throw error;
    });
    if (!run) break;
    runs.unshift(run);
    runId = run.history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return runs;
}

/** Of one run. @throws CaseNotFound, ServiceUnavailable */
export async function historyOf(client: TocsinClient, workflowId: string, runId: string): Promise<RunHistory> {
  const handle = client.temporal.workflow.getHandle(workflowId, runId);
  return { workflowId, runId, history: await call(client, workflowId, () => handle.fetchHistory()) };
}

async function call<T>(client: TocsinClient, caseNumber: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await client.temporal.withDeadline(Date.now() + client.deadlineMs, ask);
  } catch (error) {
    const failure = failureOf(error);
    throw failure.type === 'ERROR' ? failure.error : new CaseNotFound(caseNumber, { cause: error });
  }
}
