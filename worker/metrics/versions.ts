/** Which versions of the workflow code have running cases: an older one must be served until its cases have moved or ended. */
import { Gauge, type Registry } from 'prom-client';
import { countOf, RUNNING, type Sight } from '../sight/cases';
import { remembered } from './remembered';

const COUNTED_EVERY_MS = 20_000;
const CALL_MS = 5_000;
/** Names of deployments have neither. */
const SEPARATORS = /[.:]/g;

interface VersionCount {
  readonly build: string;
  readonly is: 'CURRENT' | 'OLDER' | 'UNVERSIONED';
  readonly cases: number;
}

export function versionMetrics(
  registry: Registry,
  sight: () => Sight | undefined,
  taskQueue: string,
  everyMs = COUNTED_EVERY_MS,
): void {
  const deployment = taskQueue.replaceAll(SEPARATORS, '-');
  const count = remembered(async () => {
    const from = sight();
    // No numbers while they cannot be had: old ones would say that a version may go.
    return from ? versionsOf(from, deployment).catch(() => []) : [];
  }, everyMs);
  new Gauge({
    name: 'tocsin_cases_by_version',
    help: 'Running cases by the version of the workflow code that their run began with',
    labelNames: ['build', 'is'],
    registers: [registry],
    async collect() {
      const counts = await count();
      this.reset();
      for (const { cases, ...version } of counts) this.set({ ...version }, cases);
    },
  });
}

async function versionsOf(sight: Sight, deployment: string): Promise<VersionCount[]> {
  const { connection, namespace } = sight;
  const { workerDeploymentInfo: info } = await connection
    .withDeadline(Date.now() + CALL_MS, () =>
      connection.workflowService.describeWorkerDeployment({ namespace, deploymentName: deployment }),
    )
    // No worker has ever come with a version.
    .catch(() => ({ workerDeploymentInfo: null }));
  const current = info?.routingConfig?.currentDeploymentVersion?.buildId;
  const builds = (info?.versionSummaries ?? []).flatMap(({ deploymentVersion }) => deploymentVersion?.buildId ?? []);
  return Promise.all([
    ...builds.map(async (build): Promise<VersionCount> => {
      const query = `${RUNNING} AND TemporalWorkerDeploymentVersion = '${deployment}:${build}'`;
      return { build, is: build === current ? 'CURRENT' : 'OLDER', cases: await countOf(sight, query) };
    }),
    countOf(sight, `${RUNNING} AND TemporalWorkerDeploymentVersion IS NULL`).then((cases): VersionCount => ({
      build: 'none',
      is: 'UNVERSIONED',
      cases,
    })),
  ]);
}
