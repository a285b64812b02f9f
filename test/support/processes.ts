/** Things that run beside the test and can be killed: by their own id, and never left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../worker/temporal-server/ports';
import { workflowBundle } from './bundle';
import type { WorkerPlan } from './worker-process';

const READY_MS = 40_000;
const POLL_MS = 20;

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'tocsin-test-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A process that can be killed with no time to say good-bye, and started again. */
export class Killable {
  private child: ChildProcess | undefined;

  constructor(
    private readonly command: readonly string[],
    private readonly isReady: (said: string) => boolean | Promise<boolean>,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** Waits until it works. */
  async start(): Promise<void> {
    const [program = '', ...args] = this.command;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.env } });
    this.child = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4_000)));
    const deadline = Date.now() + READY_MS;
    while (!(await this.isReady(said))) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`ended with ${child.signalCode ?? child.exitCode}: ${said}`);
      if (Date.now() > deadline) throw new Error(`not ready within ${READY_MS} ms: ${said}`);
      await pause(POLL_MS);
    }
  }

  /** SIGKILL: no handler runs, nothing is finished. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** A worker of this plan as a process; the workflow code is bundled once for all of them. */
export async function workerProcess(folder: string, plan: Omit<WorkerPlan, 'code'>): Promise<Killable> {
  const code = join(folder, 'workflows.js');
  writeFileSync(code, (await workflowBundle()).code);
  const file = join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify({ ...plan, code } satisfies WorkerPlan));
  return new Killable(
    [process.execPath, '-r', 'ts-node/register', join(__dirname, 'worker-process.ts'), file],
    (said) => said.includes('running'),
  );
}

/** `tocsin worker` as it is installed. */
export async function tocsinWorker(env: Readonly<Record<string, string>>): Promise<Killable> {
  const port = await freePort();
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  return new Killable([process.execPath, join(__dirname, '..', '..', 'client', 'tocsin.js'), 'worker'], isReady, {
    ...env,
    TOCSIN_HTTP_PORT: `${port}`,
  });
}
