/** The front door: HTTP for programs, links for people, callbacks for vendors. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildGateway, buildHealth } from './app';
import type { Behind } from './behind';

export type { Behind } from './behind';
export { settingsFrom, type Settings } from './settings';

export interface Gateway {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Its own version is the product's: the file stands one folder up, or two from where it is built to. */
function versionOf(): string {
  for (const up of ['..', join('..', '..')]) {
    try {
      const text = readFileSync(join(__dirname, up, 'package.json'), 'utf8');
      return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
      continue;
    }
  }
  return '0';
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Listens from the first moment: whoever watches sees a process that is starting. @throws as `listen` does */
export async function openGateway(behind: Behind, at: Address): Promise<Gateway> {
  let url = '';
  const app = await buildGateway(behind, versionOf(), () => url);
  url = await listen(app, at);
  return { url, close: () => app.close() };
}

/** Liveness, readiness and metrics alone. @throws as `listen` does */
export async function openHealth(behind: Pick<Behind, 'log' | 'health'>, at: Address): Promise<Gateway> {
  const app = buildHealth(behind);
  const url = await listen(app, at);
  return { url, close: () => app.close() };
}

async function listen(app: FastifyInstance, { host, port }: Address): Promise<string> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `HTTP is open at ${address}` });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port: actual, family } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${actual}`;
}
