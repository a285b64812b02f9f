/** What counterparts need on this machine, put there when it is missing: they are not part of what anybody installs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../worker/package-root';

const HERE = join(PACKAGE_ROOT, '.tocsin', 'counterparts');

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.slice(-2_000)}`);
}

/** Where a command is: the browser's driver wants the path itself. */
function pathOf(...commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const { status, stdout } = spawnSync('which', [command], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** Debian's, or what CHROMIUM names. */
export function chromium(): string {
  const there = process.env['CHROMIUM'] ?? pathOf('chromium', 'chromium-browser', 'google-chrome');
  if (there !== undefined) return there;
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  return pathOf('chromium') ?? 'chromium';
}

/** From PyPI, in an environment of its own. */
export function schemathesis(): string {
  const command = join(HERE, 'python', 'bin', 'schemathesis');
  if (existsSync(command)) return command;
  run('python3', ['-m', 'venv', join(HERE, 'python')]);
  run(join(HERE, 'python', 'bin', 'pip'), ['install', '--quiet', 'schemathesis==4.32.5']);
  return command;
}

/** Where something of install.mjs is. @throws a sentence with the way out where it could not be installed */
export function installed(file: string, from = 'from their registries'): string {
  const path = join(HERE, file);
  if (existsSync(path)) return path;
  throw new Error(`${path} is missing: run \`node test/counterparts/install.mjs\` where it can be had ${from}.`);
}
