/**
 * The files on disk. Whoever moves in fills in what was asked of them; a second import must not take that away, so a file is
 * written over only while it is as the first one left it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Edited by hand since the last import. */
export class Edited extends Error {
  override readonly name = 'Edited';
}

/** What the last import wrote, by file. */
const MARK = '.moved-in.json';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @throws Edited, and then nothing is written */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const before = marksIn(folder);
  const edited = Object.keys(files).filter((name) => {
    const file = join(folder, name);
    return existsSync(file) && hashOf(readFileSync(file, 'utf8')) !== before[name];
  });
  const places = edited.map((name) => join(folder, name)).join(' and ');
  if (edited.length > 0)
    throw new Edited(`${places}: changed since an import wrote it. Choose another --out and compare the two.`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const marks = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hashOf(text)]));
  writeFileSync(join(folder, MARK), `${JSON.stringify(marks, null, 2)}\n`);
}

function marksIn(folder: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(join(folder, MARK), 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
