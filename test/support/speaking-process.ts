/** The `tocsin` command as a shell runs it, with what it says; nothing of this machine's configuration is known to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../worker/package-root';

export interface SpeakingProcess {
  readonly said: () => string;
  /** Resolves when it has said so that often; rejects when it ends before. */
  readonly says: (words: RegExp, times?: number) => Promise<void>;
  readonly ended: Promise<number | null>;
  /** SIGTERM, and waits. */
  readonly stop: () => Promise<number | null>;
}

export function speakingProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): SpeakingProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'client', 'tocsin.js'), ...args], {
    cwd,
    env: { PATH, HOME, TEMPORAL_CONFIG_FILE: join(cwd, 'no-temporal.toml'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
      for (const listen of listeners) listen();
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    said: () => said,
    says: (words, times = 1) =>
      new Promise((resolve, reject) => {
        const listen = (): void => {
          if ([...said.matchAll(new RegExp(words, 'g'))].length < times) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
        void ended.then((code) => reject(new Error(`ended with ${code} without saying ${String(words)}:\n${said}`)));
        listen();
      }),
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
