/** Coming from another system: what an account holds, written as our files, and compared with them. */
import { judgeConfig } from '../../worker/config';
import { compare, type Comparison } from './compare/compare';
import { line, VendorFailed } from './live/http';
import type { Export, Stretch, Vendor } from './model/export';
import type { Answer } from './model/items';
import { move, type Moved } from './move';
import { BadExport, savedAnswers } from './saved';
import { WAYS_IN } from './vendors';
import { Edited, write } from './written';

export { BadExport, Edited, VendorFailed };
export type { Comparison, Moved };

/** Saved answers of a folder, or the live API. */
export type Source =
  | { readonly from: 'FOLDER'; readonly folder: string }
  | {
      readonly from: 'API';
      readonly token: string | undefined;
      readonly url: string | undefined;
      /** Told when a rate limit makes us wait. */
      readonly onWait: (ms: number) => void;
    };

async function exportOf(vendor: Vendor, source: Source, window: Stretch): Promise<Export> {
  const answers = source.from === 'FOLDER' ? savedAnswers(source.folder) : await asked(vendor, source, window);
  const found = WAYS_IN[vendor].read(answers, window);
  if (found.schedules.length === 0 && found.people.length === 0)
    throw new BadExport(`Nothing in it is an answer of ${vendor}: neither a schedule nor a user was found.`);
  return found;
}

async function asked(
  vendor: Vendor,
  { token, url, onWait }: Extract<Source, { from: 'API' }>,
  window: Stretch,
): Promise<Answer[]> {
  const { ask, headers, base, isOpen } = WAYS_IN[vendor];
  const address = url ?? base;
  if (address === undefined) throw new BadExport(`Say with --url where your ${vendor} is.`);
  if (token === undefined && !isOpen)
    throw new BadExport('Say with --token env:NAME which environment variable holds the token.');
  const answers: Answer[] = [];
  const way = line({ base: address, headers: token === undefined ? {} : headers(token), onWait });
  for await (const answer of ask(way, window)) answers.push(answer);
  return answers;
}

/** What is written out by dates has to last for as long as two systems are compared day by day. */
const LONGER_MS = 8 * 7 * 86_400_000;

/** `tocsin directory import`. @throws BadExport, VendorFailed, Edited */
export async function importFrom(
  vendor: Vendor,
  source: Source,
  { window, out }: { readonly window: Stretch; readonly out: string },
): Promise<Moved> {
  const asked = { from: window.from, to: window.to + LONGER_MS };
  const moved = move(await exportOf(vendor, source, asked), window.from);
  write(out, moved.files);
  return moved;
}

/** `tocsin directory compare`. @throws BadExport, VendorFailed, ConfigError */
export async function compareWith(vendor: Vendor, source: Source, window: Stretch): Promise<Comparison> {
  const { directory } = judgeConfig();
  return compare(await exportOf(vendor, source, window), directory, window);
}
