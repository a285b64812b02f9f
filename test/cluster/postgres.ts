/** A PostgreSQL of our own in a temporary folder, on a free port of the loopback. It refuses to run as root: then it is `postgres`'. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../worker/temporal-server/ports';

const INSTALLED = '/usr/lib/postgresql';
export const SUPERUSER = 'temporal';

export interface Postgres {
  readonly port: number;
  readonly stop: () => void;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Ourselves, unless we are root. */
function owner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function binaries(): string {
  const versions = readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a));
  const found = versions
    .map((version) => join(INSTALLED, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (found === undefined) throw new Error(`there is no PostgreSQL in ${INSTALLED}`);
  return found;
}

export async function startPostgres(): Promise<Postgres> {
  const bin = binaries();
  const as = owner();
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postgres-'));
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const run = (command: string, args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync(join(bin, command), args, {
      // The server that pg_ctl leaves behind would hold a pipe of ours open.
      stdio: ['ignore', 'ignore', command === 'pg_ctl' ? 'ignore' : 'pipe'],
      encoding: 'utf8',
      cwd: folder,
      ...as,
    });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr ?? status}`);
  };
  run('initdb', ['-D', data, '-U', SUPERUSER, '-A', 'trust', '--no-sync']);
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  run('pg_ctl', ['-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start']);
  return {
    port,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
