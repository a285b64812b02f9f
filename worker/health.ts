/** Liveness, readiness and metrics over HTTP. A worker that failed can sit in a healthy process, so each state is read. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

export interface Health {
  /** Every worker's state by name: `RUNNING` or what else it is. */
  readonly workers: () => Readonly<Record<string, string>>;
  /** Rejects when Temporal does not answer. */
  readonly temporal: () => Promise<unknown>;
  readonly registry: Registry;
}

export interface HealthServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The port is taken, or may not be used. */
export class HealthPortFailed extends Error {
  override readonly name = 'HealthPortFailed';
}

const TEMPORAL_MS = 2_000;

function problem(response: ServerResponse, status: number, code: string, detail: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', status, code, detail }));
}

/** Why this process should get no work now, or nothing. */
async function whyNotReady({ workers, temporal }: Health): Promise<string | undefined> {
  const idle = Object.entries(workers()).filter(([, state]) => state !== 'RUNNING');
  if (idle.length > 0) return idle.map(([name, state]) => `worker ${name} is ${state}`).join(', ');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TEMPORAL_MS / 1000} s`)), TEMPORAL_MS);
  });
  try {
    await Promise.race([temporal(), late]);
    return undefined;
  } catch (error) {
    return `Temporal does not answer: ${(error as Error).message}`;
  } finally {
    clearTimeout(timer);
  }
}

async function answer(path: string, response: ServerResponse, health: Health): Promise<void> {
  switch (path) {
    case '/healthz':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"status":"ok"}');
      return;
    case '/readyz': {
      const reason = await whyNotReady(health);
      if (reason !== undefined) return problem(response, 503, 'NOT_READY', reason);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"status":"ready"}');
      return;
    }
    case '/metrics':
      response.writeHead(200, { 'content-type': health.registry.contentType });
      response.end(await health.registry.metrics());
      return;
    default:
      return problem(response, 404, 'NOT_FOUND', 'There are /healthz, /readyz and /metrics.');
  }
}

/** @throws HealthPortFailed */
export async function startHealth(health: Health, { host, port }: { readonly host: string; readonly port: number }): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    answer(pathname, response, health).catch((error: unknown) => problem(response, 500, 'INTERNAL', String(error)));
  });
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw new HealthPortFailed(`Port ${port} on ${host} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): set TOCSIN_HTTP_PORT to another one.`);
  }
  const address = server.address() as { port: number };
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
