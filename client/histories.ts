/** The histories of a case: one a run, because a case goes on in a new run when its history gets long. */
import type { History } from '@temporalio/common/lib/proto-utils';
import { checkedCaseNumber } from './checks';
import { CaseNotFound } from './errors';
import { failureOf } from './failures';
import { runsOf } from './runs';
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
  const youngest = await call(
    client,
    workflowId,
    async () => (await client.temporal.workflow.getHandle(workflowId).describe()).runId,
  );
  for await (const { runId } of runsOf(client.temporal, workflowId, youngest, client.deadlineMs))
    runs.unshift(await historyOf(client, workflowId, runId));
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
