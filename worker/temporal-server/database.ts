/**
 * Who has written the database of the local server last: a note beside it. A newer Tocsin goes on with an older database; an older one
 * would find cases in a form that it does not know, or tables of a newer server, and leave people unpaged. It is told so instead.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CARRIED_VERSION } from '../../workflows/core/carried';
import { Unusable } from '../config/unusable';
import { PACKAGE_ROOT } from '../package-root';

interface Writer {
  /** Of Tocsin. */
  readonly tocsin: string;
  /** The form in which it carries cases. */
  readonly form: number;
  /** Of the Temporal CLI; nothing where it does not say. */
  readonly server: string | null;
}

const noteOf = (dbFile: string): string => `${dbFile}.version.json`;

/** Us, with this server. */
export async function writerWith(binary: string): Promise<Writer> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return { tocsin: version, form: CARRIED_VERSION, server: await versionOf(binary) };
}

async function versionOf(binary: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: 10_000 });
    return /\bversion (\d+(?:\.\d+)*)/.exec(stdout)?.[1] ?? null;
  } catch {
    // It says in its own words, when it is started, why it cannot be.
    return null;
  }
}

/** @throws Unusable where a newer one has written it. */
export function mustNotBeNewer(dbFile: string, now: Writer): void {
  const last = readNote(dbFile);
  if (!last) return;
  const wayOut = `start that version again, or set TOCSIN_DATA to another file`;
  if (last.form > now.form)
    throw new Unusable(
      `The cases in ${dbFile} were written by a newer Tocsin (${last.tocsin}, form ${last.form}) than this one (${now.tocsin}, form ${now.form}), which cannot read them: ${wayOut}.`,
    );
  if (last.server !== null && now.server !== null && isNewer(last.server, now.server))
    throw new Unusable(
      `The database ${dbFile} was written by a newer Temporal server (CLI ${last.server}) than the one here (${now.server}): ${wayOut}.`,
    );
}

export function writtenBy(dbFile: string, now: Writer): void {
  try {
    writeFileSync(noteOf(dbFile), `${JSON.stringify(now)}\n`);
  } catch {
    // The cases are safe; only the next older version will not be warned.
  }
}

function readNote(dbFile: string): Writer | undefined {
  try {
    const note = JSON.parse(readFileSync(noteOf(dbFile), 'utf8')) as Partial<Writer>;
    if (typeof note.form !== 'number') return undefined;
    return { tocsin: String(note.tocsin), form: note.form, server: note.server ?? null };
  } catch {
    return undefined;
  }
}

function isNewer(a: string, b: string): boolean {
  const [theirs, ours] = [a, b].map((version) => version.split('.').map(Number));
  for (let place = 0; place < 3; place += 1) {
    const difference = (theirs?.[place] ?? 0) - (ours?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
