/** `tocsin texts check`: can every page be said, in every form and language? No server, and nobody is paged. */
import type { Command } from 'commander';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { EXIT } from '../exit';
import { renderTextsCheck } from '../render/reach';

export function addTexts(program: Command, context: Context): void {
  program
    .command('texts')
    .description('what pages say, and how they are laid out')
    .command('check')
    .description(
      'every purpose to every audience in every form: what is too long, missing or unknown? Ends with 1 when something is',
    )
    .action((_flags: object, command: Command) => {
      const checked = configured(() => configuration().checkConfiguredTexts());
      show(context, command, checked, () => renderTextsCheck(checked, context.terminal.screen()));
      if (checked.findings.length > 0) context.exitCode = EXIT.REFUSED;
    });
}
