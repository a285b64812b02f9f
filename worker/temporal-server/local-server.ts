/** A Temporal server of our own, on this machine, with its data in a file, so that cases survive a restart. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import { findBinary } from './binary';

export interface LocalServerOptions {
  /** Where the cases are kept; in memory when left out. */
  readonly dbFile?: string;
  /** Of the server; a free one when left out. */
  readonly port?: number;
  /** Of the Web UI; a free one when left out. */
  readonly uiPort?: number;
  readonly tell?: (line: string) => void;
}

export interface LocalServer {
  readonly address: string;
  readonly uiUrl: string;
  readonly pid: number;
  /** Ends the server and waits until it is gone. */
  readonly stop: () => Promise<void>;
  /** Resolves with a sentence when the server ends by itself. */
  readonly died: Promise<string>;
}

/** The local server cannot start; the message is one sentence for people. */
export class ServerFailed extends Error {
  override readonly name = 'ServerFailed';
}

const READY_MS = 60_000;
const TERM_MS = 10_000;

/** @throws ServerNotFound when there is no binary, ServerFailed when it does not start. */
export async function startLocalServer({ dbFile, tell, ...ports }: LocalServerOptions = {}): Promise<LocalServer> {
  const binary = await findBinary('temporal', tell);
  const port = ports.port ?? (await freePort());
  const uiPort = ports.uiPort ?? (await freePort());
  for (const [wanted, variable] of [[port, 'TOCSIN_TEMPORAL_PORT'], [uiPort, 'TOCSIN_UI_PORT']] as const) {
    if (!(await isFree(wanted))) throw new ServerFailed(`Port ${wanted} is in use: set ${variable} to another one, or TEMPORAL_ADDRESS to the server that runs there.`);
  }
  if (dbFile !== undefined) mkdirSync(dirname(dbFile), { recursive: true });
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort), '--log-level', 'error', '--log-format', 'json'];
  const child = spawn(binary, dbFile === undefined ? args : [...args, '--db-filename', dbFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C goes to the whole foreground group: the server must outlive the worker's last answers.
    detached: true,
  });
  const said: string[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data.toString().slice(0, 2_000)));
  let stopping = false;
  const died = once(child, 'exit').then(
    ([code]) => (stopping ? 'stopped' : `The Temporal server ended with code ${String(code)}. ${lastWords(said)}`),
    (error: unknown) => `The Temporal server cannot be run: ${String(error)}`,
  );
  const address = `127.0.0.1:${port}`;
  const failed = died.then((sentence) => Promise.reject(new ServerFailed(sentence)));
  failed.catch(() => undefined);
  await Promise.race([untilItAnswers(address), failed]).catch(async (error: unknown) => {
    stopping = true;
    await end(child);
    throw error;
  });
  return {
    address,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    pid: child.pid ?? 0,
    died,
    stop: async () => {
      stopping = true;
      await end(child);
    },
  };
}

const lastWords = (said: readonly string[]): string => said.join('').trim().split('\n').at(-1)?.slice(0, 300) ?? '';

async function untilItAnswers(address: string): Promise<void> {
  const connection = Connection.lazy({ address, connectTimeout: READY_MS });
  try {
    await connection.ensureConnected();
    await connection.withDeadline(Date.now() + READY_MS, () => connection.workflowService.describeNamespace({ namespace: 'default' }));
  } catch (error) {
    throw new ServerFailed(`The Temporal server did not answer within ${READY_MS / 1000} s.`, { cause: error });
  } finally {
    await connection.close();
  }
}

/** Asks, then insists. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), TERM_MS);
  await gone;
  clearTimeout(insist);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
    probe.close();
    await once(probe, 'close');
    return true;
  } catch {
    return false;
  }
}
