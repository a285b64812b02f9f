/** `tocsin …` as a shell runs it, from this copy of Tocsin or from another one, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { freePort } from '../../worker/temporal-server/ports';
import { PACKAGE_ROOT } from '../../worker/package-root';
import { keepBundleIn } from './bundle';

const READY_MS = 90_000;
const POLL_MS = 50;

/** Nothing of this machine's configuration, but for where the server's binary is. */
function environment(folder: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '', TOCSIN_TEMPORAL_CLI, TOCSIN_CACHE } = process.env;
  return {
    PATH,
    HOME,
    TEMPORAL_CONFIG_FILE: join(folder, 'no-temporal.toml'),
    TOCSIN_CACHE: TOCSIN_CACHE ?? join(PACKAGE_ROOT, '.tocsin', 'bin'),
    ...(TOCSIN_TEMPORAL_CLI !== undefined && { TOCSIN_TEMPORAL_CLI }),
    ...env,
  };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that ends by itself. */
export async function tocsin(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  root = PACKAGE_ROOT,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'client', 'tocsin.js'), ...args], {
    cwd: folder,
    env: environment(folder, env),
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** `tocsin up` or `tocsin worker`, which run until they are stopped. */
export class Service {
  private said = '';
  private readonly child: ChildProcess;

  private constructor(
    folder: string,
    root: string,
    command: string,
    env: Readonly<Record<string, string>>,
    private readonly http: number,
  ) {
    this.child = spawn(process.execPath, [join(root, 'client', 'tocsin.js'), command], {
      cwd: folder,
      env: environment(folder, { ...env, TOCSIN_HTTP_PORT: `${http}` }),
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (data: Buffer) => (this.said += data.toString()));
  }

  /** Waits until it is ready, unless `ready` is false. */
  static async start(
    folder: string,
    command: string,
    env: Readonly<Record<string, string>>,
    { root = PACKAGE_ROOT, ready = true } = {},
  ): Promise<Service> {
    if (root === PACKAGE_ROOT) await keepBundleIn(folder);
    const service = new Service(folder, root, command, env, await freePort());
    try {
      if (ready) await service.until(async () => (await service.readyz()).status === 200);
      return service;
    } catch (error) {
      // Nobody else knows of it.
      await service.stop('SIGKILL');
      throw error;
    }
  }

  get log(): string {
    return this.said;
  }

  async readyz(): Promise<{ status: number; detail?: string }> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.http}/readyz`);
      return { ...((await response.json()) as { detail?: string }), status: response.status };
    } catch {
      return { status: 0 };
    }
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.http}/metrics`)).text();
  }

  /** Until it is so; a service that has ended meanwhile fails the test with what it said. */
  async until(isSo: () => boolean | Promise<boolean>, ms = READY_MS): Promise<void> {
    const deadline = Date.now() + ms;
    while (!(await isSo())) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) throw new Error(`it has ended: ${this.said}`);
      if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${this.said}`);
      await pause(POLL_MS);
    }
  }

  /** Stands still, and goes on. */
  send(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'close');
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode;
  }
}
