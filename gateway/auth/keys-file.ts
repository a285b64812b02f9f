/** `keys.yaml`: the API keys, hashed. Read again when it has changed, so that a key that is revoked is dead at once. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { CHANNELS, ROLES } from '../../workflows/core/language/vocabulary';
import type { KeyRecord } from './api-key';

const record = z.strictObject({
  id: z.string().regex(/^[0-9a-z]{10}$/),
  name: z.string().min(1).max(120),
  role: z.enum(ROLES),
  customer: z.string().min(1).max(60).exactOptional(),
  activeSupport: z.boolean().exactOptional(),
  enterprise: z.boolean().exactOptional(),
  person: z.string().min(1).max(120).exactOptional(),
  onBehalf: z.boolean().exactOptional(),
  channel: z.enum(CHANNELS).exactOptional(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().exactOptional(),
  revokedAt: z.iso.datetime().exactOptional(),
}) satisfies z.ZodType<KeyRecord>;
const file = z.object({ keys: z.array(record) });

/** The file is there and is no list of keys. Nobody is let in by a file that cannot be read. */
export class BadKeysFile extends Error {
  override readonly name = 'BadKeysFile';
}

/** `TOCSIN_KEYS`, or `keys.yaml` beside the configuration, or in `.tocsin` while the shipped example is used. */
export const keysFileOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['TOCSIN_KEYS'] || (env['TOCSIN_CONFIG'] ? join(env['TOCSIN_CONFIG'], 'keys.yaml') : join('.tocsin', 'keys.yaml'));

/** None where there is no file yet. @throws BadKeysFile */
export function readKeys(path: string): KeyRecord[] {
  if (!existsSync(path)) return [];
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BadKeysFile(`${path} cannot be read: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
  const parsed = file.safeParse(content ?? { keys: [] });
  if (parsed.success) return parsed.data.keys;
  const [issue] = parsed.error.issues;
  throw new BadKeysFile(`${path} is no list of keys: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

/** Put in place in one step: whoever reads it meanwhile sees the one before or the one after. */
export function writeKeys(path: string, keys: readonly KeyRecord[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, stringify({ keys }), { mode: 0o600 });
  renameSync(beside, path);
}

/** Longer than any change takes: whoever had the lock then has died with it. */
const LOCK_IS_STALE_MS = 10_000;
const LOCK_AGAIN_MS = 20;

/** One change at a time: of two that read the same file, the later would undo the earlier, and a revoked key would count again. */
export function changeKeys(
  path: string,
  change: (keys: readonly KeyRecord[]) => readonly KeyRecord[],
): readonly KeyRecord[] {
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  while (!isTaken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_AGAIN_MS);
  try {
    const keys = change(readKeys(path));
    writeKeys(path, keys);
    return keys;
  } finally {
    rmSync(lock, { force: true });
  }
}

function isTaken(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const { mtimeMs = Infinity } = statSync(lock, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > LOCK_IS_STALE_MS) rmSync(lock, { force: true });
    return false;
  }
}

interface Log {
  error(message: string): void;
}

/** The keys as the file has them whenever somebody asks; as it last had them while it cannot be read. */
export function keysSource(path: string, log: Log): () => readonly KeyRecord[] {
  let seen: string | undefined;
  let keys: readonly KeyRecord[] = [];
  return () => {
    const stamp = stampOf(path);
    if (stamp === seen) return keys;
    seen = stamp;
    try {
      keys = readKeys(path);
    } catch (error) {
      if (!(error instanceof BadKeysFile)) throw error;
      log.error(`${error.message}; the keys before the edit stay in use`);
    }
    return keys;
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : 'gone';
}
