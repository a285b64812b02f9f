/* global console, process */
/**
 * `npm run cluster` begins with it: Temporal's server and its tool for SQL databases, built by Go into `.tocsin/cluster`, once (some
 * minutes), and PostgreSQL by apt-get. What cannot be had is said in one sentence, and nothing is run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve('.tocsin', 'cluster');
const SERVER = 'go.temporal.io/server';
const VERSION = 'v1.32.1';
const POSTGRES = '/usr/lib/postgresql';
mkdirSync(FOLDER, { recursive: true });

function must(what, command, args, env = {}) {
  try {
    console.log(`${what} …`);
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  } catch (error) {
    console.error(`npm run cluster needs ${what}, which cannot be had here: ${error.message.split('\n')[0]}`);
    process.exit(1);
  }
}

for (const [name, path] of [
  ['server', 'cmd/server'],
  ['sql', 'cmd/tools/sql'],
])
  if (!existsSync(join(FOLDER, name)))
    must(`Temporal's ${name} ${VERSION} (by Go)`, 'go', ['install', `${SERVER}/${path}@${VERSION}`], { GOBIN: FOLDER });

const isThere =
  existsSync(POSTGRES) && readdirSync(POSTGRES).some((version) => existsSync(join(POSTGRES, version, 'bin', 'initdb')));
if (!isThere)
  must(
    'PostgreSQL (Debian: apt-get install postgresql, as root)',
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'postgresql'],
    {
      DEBIAN_FRONTEND: 'noninteractive',
    },
  );
