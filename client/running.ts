/** The cases that run now, for whoever asks before a deploy what a change would do to them: all of them, or a sample. */
import { WORKFLOW_TYPE } from '../workflows/messages';
import { CaseNotFound } from './errors';
import { historyOf, type RunHistory } from './histories';
import type { TocsinClient } from './tocsin-client';

export interface Running {
  /** How many run at all. */
  readonly all: number;
  /** The sample, spread evenly over old and young ones. */
  readonly sample: readonly { readonly caseNumber: string; readonly runId: string }[];
}

export async function runningCases({ temporal, taskQueue }: TocsinClient, most: number): Promise<Running> {
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue.replaceAll("'", "\\'")}'`;
  const all: { caseNumber: string; runId: string }[] = [];
  for await (const { workflowId, runId } of temporal.workflow.list({ query, pageSize: 1_000 }))
    all.push({ caseNumber: workflowId, runId });
  const every = Math.max(1, all.length / most);
  const sample = Array.from({ length: Math.min(most, all.length) }, (_, nth) => all[Math.floor(nth * every)]);
  return { all: all.length, sample: sample.flatMap((one) => one ?? []) };
}

/** What this run has done so far; nothing where it has ended meanwhile and is kept no longer. */
export async function runningHistory(
  client: TocsinClient,
  { caseNumber, runId }: Running['sample'][number],
): Promise<RunHistory | undefined> {
  try {
    return await historyOf(client, caseNumber, runId);
  } catch (error) {
    if (error instanceof CaseNotFound) return undefined;
    throw error;
  }
}
