/** `tocsin ack | accept | who | mine`: the few things that somebody who is on call types, with as little as possible. */
import type { Command } from 'commander';
import { casesOf, type Mine } from '../../client/mine';
import type { CommandName } from '../../workflows/messages';
import { connected, show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { byOption } from '../options';
import { send } from '../send';
import { renderMine, renderWho } from '../render/mine';

interface Flags {
  readonly by?: string;
  readonly page?: string;
  readonly requestId?: string;
}

/** Whoever answers is on record with it. */
function known({ by }: Flags): string {
  if (by === undefined) throw new BadInput('Who are you? Say it with --by, or once for the shift with TOCSIN_BY.');
  return by;
}

/** One command of a case under a short name; as what somebody gives it, the case knows itself. */
function addAnswer(program: Command, context: Context, name: CommandName, short: string, description: string): Command {
  return program
    .command(short)
    .description(description)
    .argument('<case>')
    .addOption(byOption())
    .option('--request-id <id>', 'makes it safe to send again; one is made up when it is left out')
    .action(async (caseNumber: string, flags: Flags, command: Command) => {
      const { page: pageId, requestId } = flags;
      const message = { by: known(flags), ...(pageId && { pageId }), ...(requestId && { requestId }) };
      await send(context, command, caseNumber, name, message);
    });
}

export function addAnswers(program: Command, context: Context): void {
  addAnswer(program, context, 'acknowledge', 'ack', '"I have it": all that the case asks of you').option(
    '--page <id>',
    'only what this page asks',
  );
  addAnswer(program, context, 'acceptEscalation', 'accept', '"I take this level": a manager, of an escalation');
  program
    .command('who')
    .description('who has the case, what is due next, and whether you are asked')
    .argument('<case>')
    .addOption(byOption())
    .action(async (caseNumber: string, { by }: Flags, command: Command) => {
      const { ownership, needs } = await connected(command, async (client) => ({
        ownership: await client.whoOwnsThis(caseNumber),
        needs: by === undefined ? [] : (await client.getCase(caseNumber)).needs,
      }));
      const asked = needs.filter(({ status, asked: people }) => status !== 'HELD' && people.includes(by ?? ''));
      show(context, command, { ...ownership, asked }, () => renderWho(ownership, asked, context.terminal.screen()));
      if (ownership.endedOutside) context.exitCode = EXIT.REFUSED;
    });
  program
    .command('mine')
    .description('what waits for you, over all cases, and which are yours')
    .addOption(byOption())
    .action(async (flags: Flags, command: Command) => {
      const by = known(flags);
      const mine: readonly Mine[] = await connected(command, (client) => casesOf(client, by));
      show(context, command, { person: by, cases: mine }, () => renderMine(mine, by, context.terminal.screen()));
    });
}
