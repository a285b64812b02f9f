/** Liveness, readiness and metrics over HTTP. A worker that failed can sit in a healthy process, so each state is read. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { Unusable } from './config/unusable';

export interface Health {
  /** Every worker's state by name: `RUNNING` or what else it is. */
  readonly workers: () => Readonly<Record<string, string>>;
  /** What keeps cases waiting though every worker runs; a sentence each. */
  readonly problems?: () => readonly string[];
  /** Rejects when Temporal does not answer. */
  readonly temporal: () => Promise<unknown>;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
}

export interface HealthServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const TEMPORAL_MS = 2_000;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

const json = (response: ServerResponse, body: object): void =>
  send(response, 200, 'application/json', JSON.stringify(body));

/** RFC 9457. */
function problem(response: ServerResponse, status: number, title: string, code: string, detail: string): void {
  send(
    response,
    status,
    'application/problem+json',
    JSON.stringify({ type: 'about:blank', title, status, code, detail }),
  );
}

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

async function answer({ method, url = '/' }: IncomingMessage, response: ServerResponse, health: Health): Promise<void> {
  const isRead = method === 'GET' || method === 'HEAD';
  // Not through URL, which throws on what anybody can send.
  switch (isRead ? url.split('?')[0] : undefined) {
    case '/healthz':
      return json(response, { status: 'alive' });
    case '/readyz': {
      const reason = await whyNotReady(health);
      return reason === undefined
        ? json(response, { status: 'ready' })
        : problem(response, 503, 'Not ready', 'NOT_READY', reason);
    }
    case '/metrics':
      return send(response, 200, Registry.PROMETHEUS_CONTENT_TYPE, await health.metrics());
    default:
      return problem(response, 404, 'Not found', 'NOT_FOUND', 'There is GET on /healthz, /readyz and /metrics.');
  }
}

/** @throws Unusable when the port is taken, or may not be used. */
export async function startHealth(
  health: Health,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    answer(request, response, health).catch((error: unknown) =>
      problem(response, 500, 'Internal error', 'INTERNAL', String(error)),
    );
  });
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
    throw new Unusable(`Port ${port} on ${host} ${why}: set TOCSIN_HTTP_PORT to another one.`, { cause: error });
  }
  const { port: actual, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${host}]` : host}:${actual}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
