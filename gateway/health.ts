/** Liveness, readiness and metrics. A worker that failed can sit in a healthy process, so each state is read. */
import type { FastifyInstance } from 'fastify';
import { Problem } from './problems';

export interface Health {
  /** Every worker's state by name: `RUNNING` or what else it is. None in a gateway of its own. */
  readonly workers: () => Readonly<Record<string, string>>;
  /** What keeps cases waiting though every worker runs, or Temporal from answering; a sentence each. */
  readonly problems?: () => readonly string[];
  /** Rejects when Temporal does not answer. */
  readonly temporal: () => Promise<unknown>;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
}

const TEMPORAL_MS = 2_000;
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Why this process should get no work now, or nothing. */
async function whyNotReady({ workers, problems, temporal }: Health): Promise<string | undefined> {
  const idle = Object.entries(workers()).filter(([, state]) => state !== 'RUNNING');
  const reasons = [...idle.map(([name, state]) => `worker ${name} is ${state}`), ...(problems?.() ?? [])];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TEMPORAL_MS / 1000} s`)), TEMPORAL_MS);
  });
  try {
    await Promise.race([temporal(), late]);
  } catch (error) {
    reasons.push(`Temporal does not answer (${(error as Error).message})`);
  } finally {
    clearTimeout(timer);
  }
  return reasons.length > 0 ? `${reasons.join('; ')}.` : undefined;
}

/** Asked by whoever watches the process, who has no key: they tell nothing of any case. */
export function healthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/healthz', { schema: { hide: true } }, async (_, reply) => {
    return await reply.header('cache-control', 'no-store').send({ status: 'alive' });
  });
  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    const reason = await whyNotReady(health);
    if (reason !== undefined) throw new Problem('NOT_READY', 503, { detail: reason, retryAfter: 5 });
    return await reply.header('cache-control', 'no-store').send({ status: 'ready' });
  });
  app.get('/metrics', { schema: { hide: true } }, async (_, reply) => {
    return await reply
      .header('cache-control', 'no-store')
      .type(METRICS_TYPE)
      .send(await health.metrics());
  });
}
