/** What the server knows of our versions: which there are, which is current, which cases each has, and who asks for their work. */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { WORKFLOW_TYPE } from '../../workflows/messages';
import type { Version } from '../worker';

/** Where the cases of one installation are. */
export interface Place {
  readonly client: Client;
  readonly taskQueue: string;
}

export interface KnownVersion {
  readonly build: string;
  readonly createdAt: string | null;
  readonly currentSince: string | null;
  /** When it stopped being the current one. */
  readonly replacedAt: string | null;
}

export interface Routing {
  readonly current: string | null;
  readonly versions: readonly KnownVersion[];
}

export interface RunningCase {
  readonly caseNumber: string;
  readonly runId: string;
  /** Of the run: since when it has been on this version, at the latest. */
  readonly since: Date;
}

/** Not in names of deployments. */
const SEPARATORS = /[.:]/g;
export const deploymentOf = (taskQueue: string): string => taskQueue.replaceAll(SEPARATORS, '-');
export const versionOf = (taskQueue: string, buildId: string): Version => ({
  deploymentName: deploymentOf(taskQueue),
  buildId,
});

const NOT_FOUND = 5;
export const grpcCode = (error: unknown): number | undefined => (error as { code?: number }).code;

const { TaskQueueType } = temporal.api.enums.v1;
type Timestamp = temporal.api.deployment.v1.WorkerDeploymentInfo.IWorkerDeploymentVersionSummary['createTime'];
const instant = (at: Timestamp): string | null =>
  at?.seconds == null ? null : new Date(Number(at.seconds) * 1_000).toISOString();

/** Nothing where no worker has ever come with a version. */
export async function routingOf({ client, taskQueue }: Place): Promise<Routing | undefined> {
  try {
    const { workerDeploymentInfo: info } = await client.workflowService.describeWorkerDeployment({
      namespace: client.options.namespace,
      deploymentName: deploymentOf(taskQueue),
    });
    return {
      current: info?.routingConfig?.currentDeploymentVersion?.buildId || null,
      versions: (info?.versionSummaries ?? []).map((summary) => ({
        build: summary.deploymentVersion?.buildId ?? '',
        createdAt: instant(summary.createTime),
        currentSince: instant(summary.currentSinceTime),
        replacedAt: instant(summary.lastDeactivationTime),
      })),
    };
  } catch (error) {
    if (grpcCode(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

const RUNNING = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running'`;
const inQueue = (taskQueue: string): string => `${RUNNING} AND TaskQueue = '${taskQueue.replaceAll("'", "\\'")}'`;

export const onVersion = ({ taskQueue }: Place, build: string): string =>
  `${RUNNING} AND TemporalWorkerDeploymentVersion = '${deploymentOf(taskQueue)}:${build}'`;
/** Begun under no version: before there were any, or by a raw worker. One that has not begun at all has published nothing. */
export const onNoVersion = ({ taskQueue }: Place): string =>
  `${inQueue(taskQueue)} AND TemporalWorkerDeploymentVersion IS NULL AND CaseSeverity IS NOT NULL`;
export const countOf = async ({ client }: Place, query: string): Promise<number> =>
  (await client.workflow.count(query)).count;

/** In the order of the server, the youngest runs first. */
export async function* casesOf({ client }: Place, query: string): AsyncGenerator<RunningCase> {
  for await (const { workflowId, runId, startTime } of client.workflow.list({ query, pageSize: 200 }))
    yield { caseNumber: workflowId, runId, since: startTime };
}

/** Who asks for work stays on the list for five minutes; a poll that lives is renewed every minute. */
const LIVES_MS = 75_000;

/** Versions that a worker somewhere asks for work for. */
export async function servedVersions({ client, taskQueue }: Place): Promise<ReadonlySet<string>> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  });
  const since = Date.now() - LIVES_MS;
  return new Set(
    (pollers ?? []).flatMap(({ deploymentOptions, lastAccessTime }) =>
      Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since ? (deploymentOptions?.buildId ?? []) : [],
    ),
  );
}
