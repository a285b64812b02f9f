/** The command as a shell runs it: a process of its own, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../worker/temporal-server/ports';
import { PACKAGE_ROOT } from '../../worker/package-root';

export interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves when it has said so; rejects when it ends before. */
  readonly says: (words: string) => Promise<void>;
}

/** With nothing of this machine's configuration. */
export function startCommand(folder: string, command: string, env: Record<string, string>): Run {
  const { PATH = '', HOME = '' } = process.env;
  const named = process.env['TOCSIN_TEMPORAL_CLI'];
  const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'client', 'tocsin.js'), command], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      TEMPORAL_CONFIG_FILE: join(folder, 'no-temporal.toml'),
      ...(named !== undefined && { TOCSIN_TEMPORAL_CLI: named }),
      ...env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const says = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (out.includes(words) && resolve());
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`ended without saying "${words}": ${out}${err}`)));
      look();
    });
  return { child, out: () => out, err: () => err, says };
}

export async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'close');
  if (signal) child.kill(signal);
  await gone;
  return child.exitCode;
}

export async function ports(): Promise<{ temporal: number; env: Record<string, string>; ready: string }> {
  const [temporal, ui, http] = [await freePort(), await freePort(), await freePort()];
  return {
    temporal,
    env: { TOCSIN_TEMPORAL_PORT: `${temporal}`, TOCSIN_UI_PORT: `${ui}`, TOCSIN_HTTP_PORT: `${http}` },
    ready: `http://127.0.0.1:${http}/readyz`,
  };
}
