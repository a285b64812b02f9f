/** `tocsin replay`: does a case go on as it was with the workflow code as it is here? */
import type { Command } from 'commander';
import type * as Replay from '../../worker/replay';
import type * as Histories from '../../client/histories';
import { connected, show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { jsonFile } from '../input';
import { renderReplayed } from '../render/replayed';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const replaying = (): typeof Replay => require('../../worker/replay') as typeof Replay;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const histories = (): typeof Histories => require('../../client/histories') as typeof Histories;

export function addReplay(program: Command, context: Context): void {
  program
    .command('replay')
    .description('does the history of a case still fit the workflow code? Ends with 1 when it does not')
    .argument('[case]', 'every run of it that the server still keeps')
    .option(
      '--file <file>',
      'a history as JSON instead, such as `temporal workflow show --output json` writes; - reads standard input',
    )
    .action(async (caseNumber: string | undefined, { file }: { readonly file?: string }, command: Command) => {
      if ((caseNumber === undefined) === (file === undefined))
        throw new BadInput('Name a case, or a history with --file.');
      const recorded =
        file === undefined
          ? await connected(command, (client) => histories().historiesOf(client, caseNumber ?? ''))
          : [await historyIn(file, context)];
      const replayed = await replaying().replay(recorded);
      show(context, command, { runs: replayed }, () => renderReplayed(replayed, context.terminal.screen()));
      if (replayed.some(({ fits }) => !fits)) context.exitCode = EXIT.REFUSED;
    });
}

async function historyIn(file: string, context: Context): Promise<ReturnType<typeof Replay.recordedIn>> {
  const json = await jsonFile(file, context.terminal);
  try {
    return replaying().recordedIn(json);
  } catch (error) {
    if (error instanceof replaying().NoHistory)
      throw new BadInput(`${file === '-' ? 'Standard input' : file} is no history of a workflow: ${error.message}`);
    throw error;
  }
}
