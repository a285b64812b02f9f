/** The package as `npm pack` makes it, installed where nothing else is: what a service gets. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

export interface Installed {
  readonly folder: string;
  /** What is in the tarball. */
  readonly files: readonly string[];
  write(name: string, text: string): void;
  /** A program with its words, in the folder of the service. */
  run(program: string, words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

/** Whatever the caller's npm is told must not leak into the one we start: `npm test` says a lot in its environment. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') && name !== 'NODE_ENV'));

export async function installPackage(): Promise<Installed> {
  const home = mkdtempSync(join(tmpdir(), 'tocsin-packed-'));
  const npm = async (cwd: string, ...words: string[]): Promise<string> =>
    (await run('npm', words, { cwd, env: environment(), maxBuffer: 32_000_000 })).stdout;
  await npm(resolve('.'), 'pack', '--pack-destination', home);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  const { stdout } = await run('tar', ['-tzf', join(home, tarball)]);

  const folder = mkdtempSync(join(tmpdir(), 'tocsin-service-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "service", "private": true }');
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(home, tarball));
  return {
    folder,
    files: stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.replace(/^package\//, '')])),
    write: (name, text) => writeFileSync(join(folder, name), text),
    run: async (program, words, env = {}) => {
      try {
        const { stdout: out, stderr: err } = await run(program, words, {
          cwd: folder,
          env: { ...environment(), XDG_CACHE_HOME: join(folder, 'cache'), ...env },
        });
        return { out, err, exitCode: 0 };
      } catch (error) {
        const {
          stdout: out = '',
          stderr: err = '',
          code,
        } = error as { stdout?: string; stderr?: string; code?: unknown };
        if (typeof code !== 'number') throw error;
        return { out, err, exitCode: code };
      }
    },
  };
}
