/** `tocsin completion bash | zsh | fish`: what can be typed next, written into a script of the shell that reads it. */
import { Argument, type Command } from 'commander';
import { completionFor, SHELLS, type Shell } from '../completion';
import { show, type Context } from '../context';

export function addCompletion(program: Command, context: Context): void {
  program
    .command('completion')
    .description(
      'a script that completes what you type: source <(tocsin completion bash); fish: tocsin completion fish | source',
    )
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell, _flags: object, command: Command) => {
      const script = completionFor(shell, program);
      show(context, command, { shell, script }, () => script);
    });
}
