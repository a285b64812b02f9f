/** `tocsin case export | verify`: the record of a case to take away, and whether one that was kept is whole (B1). */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { TocsinClient } from '../../client/tocsin-client';
import type { Missing } from '../../client/timeline';
import type { CaseEvent, ToldEvent } from '../../workflows/messages';
import { connected, show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { sourceName, textFile } from '../input';
import { recordOf } from '../record/record';
import { linesOf, NoRecord, verify } from '../record/verify';
import { renderVerified } from '../render/record';

const AT_A_TIME = 1_000;

export function addExport(parent: Command, context: Context): void {
  parent
    .command('export')
    .description('its whole record: a CloudEvent a line, chained by hashes')
    .argument('<case>')
    .option('--out <file>', 'write it there, where no such file is yet, and not to standard output')
    .action(async (caseNumber: string, { out }: { readonly out?: string }, command: Command) => {
      const { events, missing } = await connected(command, (client) => allOf(client, caseNumber));
      const lines = [...recordOf(caseNumber, events)].map((line) => JSON.stringify(line));
      if (out === undefined) context.terminal.out(lines.join('\n'));
      else write(out, `${lines.join('\n')}\n`);
      // What is gone cannot be exported: whoever keeps the record is told, and a script by the exit code.
      for (const { sentence } of missing) context.terminal.err(sentence);
      if (missing.length > 0) context.exitCode = EXIT.REFUSED;
    });
}

interface VerifyFlags {
  readonly head?: string;
  readonly live?: boolean;
}

export function addVerify(parent: Command, context: Context): void {
  parent
    .command('verify')
    .description('whether an exported record is whole: nothing left out, changed or put in')
    .argument('<file>', 'of `tocsin case export`, or - for standard input')
    .option('--head <hash>', 'the last hash of it, or of an earlier part, as it was kept elsewhere')
    .option('--live', 'also compare it with what the server has of the case')
    .action(async (file: string, { head, live }: VerifyFlags, command: Command) => {
      const text = await textFile(file, context.terminal);
      const verified = await asRecord(file, async () => {
        const lines = linesOf(text);
        const { subject } = lines[0];
        const events = live ? (await connected(command, (client) => allOf(client, subject))).events : undefined;
        return verify(lines, { ...(head !== undefined && { head }), ...(events && { live: events }) });
      });
      show(context, command, verified, () => renderVerified(verified, context.terminal.screen()));
      if (!verified.isWhole) context.exitCode = EXIT.REFUSED;
    });
}

async function asRecord<T>(file: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof NoRecord)) throw error;
    throw new BadInput(`${sourceName(file)} is no record of a case: ${error.message}.`);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new BadInput(`${file} cannot be written: ${code === 'EEXIST' ? 'there is such a file already' : message}.`);
  }
}

/** Everything that is still to be had of it, over all of its runs. */
async function allOf(client: TocsinClient, caseNumber: string): Promise<{ events: CaseEvent[]; missing: Missing[] }> {
  const events: CaseEvent[] = [];
  const missing: Missing[] = [];
  for (let after = 0; ; after = events.at(-1)?.seq ?? after) {
    const page = await client.getTimeline(caseNumber, { after, limit: AT_A_TIME });
    events.push(...page.events.map(asRecorded));
    missing.push(...page.missing);
    if (page.events.length === 0 || (events.at(-1)?.seq ?? 0) >= page.seq) return { events, missing };
  }
}

/** Without the sentence, which is of the version that reads it. */
function asRecorded({ sentence: _, ...event }: ToldEvent): CaseEvent {
  return event;
}
