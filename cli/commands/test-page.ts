/** `tocsin test page`: a marked page to somebody, for real, by a worker with its channels, accounts and secrets. */
import type { Command } from 'commander';
import type * as TestPage from '../../client/test-page';
import { connected, show, type Context } from '../context';
import { BadInput, EXIT, NotDone } from '../exit';
import { renderTestPage } from '../render/reach';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in context.ts
const theTest = (): typeof TestPage => require('../../client/test-page') as typeof TestPage;

interface Flags {
  readonly to: string;
  readonly channel?: string;
}

export function addTest(program: Command, context: Context): void {
  program
    .command('test')
    .description('try what a case would use')
    .command('page')
    .description(
      'send somebody a marked test page for real, and say what came of it by each channel. A worker sends it, as it sends the pages ' +
        'of cases: with its directory, accounts and limits. Ends with 1 when a channel did not take it, with 3 when no worker answers',
    )
    .requiredOption('--to <person>', 'whom, by their id in the directory of the worker')
    .option('--channel <name>', 'one of their channels only, such as sms, webhook#2 or teams')
    .action(async ({ to, channel }: Flags, command: Command) => {
      const tested = await connected(command, (client) =>
        theTest().sendTestPage(client, { person: to, ...(channel !== undefined && { channel }) }),
      );
      if (tested.is === 'NOBODY') throw new BadInput(`The directory of the worker has no ${JSON.stringify(to)}.`);
      if (tested.is === 'NO_SUCH_CHANNEL') {
        const known = tested.channels.join(', ');
        if (known === '') throw new NotDone(`${to} has no channel: no page of a case reaches them.`);
        throw new BadInput(`${to} has no channel ${JSON.stringify(channel)}: there are ${known}.`);
      }
      const { is: _, ...shown } = tested;
      show(context, command, shown, () => renderTestPage(shown, context.terminal.screen()));
      if (shown.channels.some(({ result }) => result.outcome !== 'accepted')) context.exitCode = EXIT.REFUSED;
    });
}
