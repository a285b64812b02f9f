/** A Temporal server of our own, on this machine, with its data in a file, so that cases survive a restart. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openConnection } from '../../connection/open';
import { Unusable } from '../config/unusable';
import { findServerBinary } from './binary';
import { mustNotBeNewer, writerWith, writtenBy } from './database';
import { freePort, isFree } from './ports';
import { keepForLong } from './retention';

export interface LocalServerOptions {
  /** Where the cases are kept; in memory when left out. */
  readonly dbFile?: string;
  /** Of the server; a free one when left out or 0. */
  readonly port?: number;
  /** Of the Web UI; a free one when left out or 0. */
  readonly uiPort?: number;
  readonly tell?: (line: string) => void;
  /** Ends the fetch of a binary that is on its way. */
  readonly stopped?: AbortSignal;
}

export interface LocalServer {
  readonly address: string;
  readonly uiUrl: string;
  readonly pid: number;
  /** Ends the server and waits until it is gone. */
  readonly stop: () => Promise<void>;
  /** Resolves when the server is gone: with a sentence if it ended by itself, with nothing if it was stopped. */
  readonly ended: Promise<string | undefined>;
}

/** The local server cannot start; the message is one sentence for people. */
export class ServerFailed extends Error {
  override readonly name = 'ServerFailed';
}

/** The development server reads its book of search attributes from the database for each upsert; a cluster keeps it in memory. */
const LIKE_A_CLUSTER = ['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=false'];
const READY_MS = 60_000;
const POLL_MS = 50;
const TERM_MS = 10_000;

/** The server of a Tocsin that was killed ends a moment later, and lets go of the database then. */
const LOCKED = /database is locked|SQLITE_BUSY/;
const LET_GO_MS = 20_000;
const AGAIN_MS = 500;

/**
 * @throws ServerNotFound when there is no binary, Unusable when a port or the place of the data is, or a newer version has written it,
 * ServerFailed when it does not start.
 */
export async function startLocalServer(options: LocalServerOptions = {}): Promise<LocalServer> {
  const deadline = Date.now() + LET_GO_MS;
  for (;;) {
    try {
      return await startOnce(options);
    } catch (error) {
      const isLocked = error instanceof ServerFailed && LOCKED.test(error.message);
      if (!isLocked || options.stopped?.aborted || Date.now() > deadline) throw error;
      await delay(AGAIN_MS);
    }
  }
}

async function startOnce({
  dbFile,
  tell,
  stopped,
  port: wanted,
  uiPort: wantedUi,
}: LocalServerOptions): Promise<LocalServer> {
  const binary = await findServerBinary('temporal', { ...(tell && { tell }), ...(stopped && { stopped }) });
  const port = wanted || (await freePort());
  const uiPort = wantedUi || (await freePort());
  await mustBeFree(port, 'TOCSIN_TEMPORAL_PORT', ', or TEMPORAL_ADDRESS to the Temporal server that runs there');
  await mustBeFree(uiPort, 'TOCSIN_UI_PORT', '');
  const writer = dbFile === undefined ? undefined : await writerWith(binary);
  if (dbFile !== undefined && writer) {
    makeFolderOf(dbFile);
    mustNotBeNewer(dbFile, writer);
  }
  const args = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--ui-port',
    `${uiPort}`,
    '--log-level',
    'error',
    ...LIKE_A_CLUSTER,
  ];
  const child = spawnTied(binary, dbFile === undefined ? args : [...args, '--db-filename', dbFile]);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let isStopping = false;
  const ended = endOf(child).then((sentence) => {
    process.off('exit', kill);
    return isStopping ? undefined : sentence;
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    child.kill('SIGTERM');
    const insist = setTimeout(kill, TERM_MS);
    await ended;
    clearTimeout(insist);
  };
  const address = `127.0.0.1:${port}`;
  const waiting = new AbortController();
  const failure = await Promise.race([ended, untilItAnswers(address, waiting.signal)]);
  waiting.abort();
  if (failure !== undefined) {
    await stop();
    throw new ServerFailed(failure);
  }
  await keepForLong(address);
  if (dbFile !== undefined && writer) writtenBy(dbFile, writer);
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, pid: child.pid ?? 0, stop, ended };
}

/**
 * Waits for the end of its input, which comes when we are gone however we went, then ends the server. The shell becomes
 * the server by `exec`, so that the child we know is the server, and `$$` is it for the one that waits too.
 */
const TIED = 'exec 3<&0; { read -r _ <&3; kill -TERM $$; } >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';

/**
 * A group of its own, because Ctrl-C goes to the whole foreground group and the server must outlive the worker's last
 * answers. Killed with no time to say good-bye we would leave it behind with its port and its file: two servers on one
 * file. Hence the tie.
 */
function spawnTied(binary: string, args: readonly string[]): ChildProcess {
  const [program, ...all] =
    process.platform === 'win32' ? [binary, ...args] : ['/bin/sh', '-c', TIED, 'sh', binary, ...args];
  const child = spawn(program ?? binary, all, { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  // The one that waits goes with the server, so that its `kill` never meets another process under that number.
  child.once('exit', () => {
    killGroup(child.pid);
    child.stdin?.destroy();
  });
  return child;
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

async function mustBeFree(port: number, variable: string, wayOut: string): Promise<void> {
  if (await isFree(port)) return;
  throw new Unusable(`Port ${port} is in use: set ${variable} to another one${wayOut}.`);
}

function makeFolderOf(dbFile: string): void {
  try {
    mkdirSync(dirname(dbFile), { recursive: true });
  } catch (error) {
    throw new Unusable(
      `There is no place for the cases at ${dbFile} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): set TOCSIN_DATA to another file.`,
      { cause: error },
    );
  }
}

/** Why the process is gone, in a sentence. */
async function endOf(child: ChildProcess): Promise<string> {
  let said = '';
  // The end of what it said is what killed it.
  child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2_000)));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    const lastWords = said.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
    // The shell's way to say that there is no such program, or none that it may run.
    if (code === 126 || code === 127) return `The Temporal server cannot be run: ${lastWords}`;
    // Who was killed has not said why: what it said last is of something else.
    if (signal) return `The Temporal server ended (${signal}).`;
    return `The Temporal server ended (code ${code})${lastWords === '' ? '.' : `: ${lastWords}`}`;
  } catch (error) {
    return `The Temporal server cannot be run: ${(error as Error).message}`;
  }
}

/** Resolves with nothing once the server knows its namespace, with a sentence when that takes too long. */
async function untilItAnswers(address: string, given: AbortSignal): Promise<string | undefined> {
  const deadline = Date.now() + READY_MS;
  while (!given.aborted && Date.now() < deadline) {
    // A new one each time: a connection that was refused waits a second before it tries again.
    const connection = openConnection({ address });
    try {
      await connection.withDeadline(Date.now() + 1_000, () =>
        connection.workflowService.describeNamespace({ namespace: 'default' }),
      );
      return undefined;
    } catch {
      await delay(POLL_MS);
    } finally {
      await connection.close();
    }
  }
  return given.aborted ? undefined : `The Temporal server did not answer within ${READY_MS / 1000} s.`;
}
