/** `tocsin test page`: a marked page to somebody, for real, from this machine with its own accounts. */
import type { Command } from 'commander';
import { configuration, configuredThen } from '../configured';
import { show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { renderTestPage } from '../render/reach';

export function addTest(program: Command, context: Context): void {
  program
    .command('test')
    .description('try what a case would use')
    .command('page')
    .description(
      'send somebody a marked test page for real, and say what came of it. It goes out from here with the accounts of this ' +
        'shell, not by a worker: run it where a worker runs, with its environment. Ends with 1 when a channel did not take it',
    )
    .requiredOption('--to <person>', 'whom, by their id in the directory')
    .option('--channel <name>', 'one of their channels only, such as sms, webhook#2 or teams')
    .action(async ({ to, channel }: { readonly to: string; readonly channel?: string }, command: Command) => {
      const tested = await configuredThen(() => configuration().testConfiguredPage(to, channel)).catch(
        (error: unknown) => {
          if (error instanceof configuration().NoSuchChannel) throw new BadInput(error.message);
          throw error;
        },
      );
      show(context, command, tested, () => renderTestPage(tested, context.terminal.screen()));
      if (tested.channels.some(({ result }) => result.outcome !== 'accepted')) context.exitCode = EXIT.REFUSED;
    });
}
