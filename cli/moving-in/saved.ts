/** Saved answers: every `*.json` and `*.ics` of a folder, whatever its name. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './model/items';

/** The folder cannot be read, or a file in it is broken: nothing is written. */
export class BadExport extends Error {
  override readonly name = 'BadExport';
}

/** More than any export of this size of company; a folder with more was meant for something else. */
const MOST_FILES = 20_000;

/** @throws BadExport */
export function savedAnswers(folder: string): Answer[] {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((name) => /\.(json|ics)$/i.test(name))
      .sort();
  } catch (error) {
    throw new BadExport(
      `${folder} cannot be read as a folder (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
  }
  if (names.length === 0) throw new BadExport(`There is no *.json and no *.ics in ${folder}.`);
  if (names.length > MOST_FILES) throw new BadExport(`There are more than ${MOST_FILES} files in ${folder}.`);
  return names.filter((name) => statSync(join(folder, name)).isFile()).map((name) => answerOf(folder, name));
}

function answerOf(folder: string, name: string): Answer {
  // Some editors and browsers begin a file with a mark that is no JSON.
  const text = readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '');
  if (/\.ics$/i.test(name)) return { name, content: text };
  try {
    return { name, content: JSON.parse(text) as unknown };
  } catch (error) {
    throw new BadExport(`${join(folder, name)} is no JSON: ${(error as Error).message}`);
  }
}
