/** `tocsin help`: of the shell's own commands, and of each command of a case. */
import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';
import type * as CommandHelp from '../command-help';
import { COMMANDS } from '../../workflows/core/language/inputs';
import { show, type Context } from '../context';
import { BadInput } from '../exit';
import { renderCommandHelp, renderCommandList } from '../render/command-help';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts: it brings all schemas
const ofCommands = (): typeof CommandHelp => require('../command-help') as typeof CommandHelp;

export function addHelp(program: Command, context: Context): void {
  program
    .helpCommand(false)
    .command('help')
    .description('help for a command of the shell, or of a case: tocsin help recordProgress')
    .argument('[words...]')
    .action((words: readonly string[], _flags: object, command: Command) => {
      const [word = '', ...more] = words;
      if (word === 'commands') showAll(context, command);
      else if (!showCommand(context, command, more.at(-1) ?? word)) helpFor(program, words).outputHelp();
    })
    .addHelpText('after', '\nThe commands of a case: tocsin help commands');
  program.addHelpText(
    'after',
    '\nThe 29 commands of a case: tocsin help commands.\nWhat one of them takes: tocsin help recordProgress.',
  );
}

/** `tocsin case do C1234567 recordProgress --help` asks about the command of the case, and not about `do`. */
export function asHelp(argv: readonly string[]): readonly string[] {
  const name = argv.find((word) => (COMMANDS as readonly string[]).includes(word));
  const asks = argv.includes('--help') || argv.includes('-h');
  return asks && name !== undefined && argv[0] === 'case' && argv[1] === 'do' ? ['help', name] : argv;
}

/** Not one of them: false. */
function showCommand(context: Context, command: Command, name: string): boolean {
  const named = COMMANDS.find((known) => known.toLowerCase() === name.toLowerCase());
  if (named === undefined) return false;
  const help = ofCommands().commandHelp(named);
  show(context, command, help, () => renderCommandHelp(help, context.terminal.screen()));
  return true;
}

function showAll(context: Context, command: Command): void {
  const all = COMMANDS.map((name) => ofCommands().commandHelp(name));
  show(context, command, { commands: all }, () => renderCommandList(all, context.terminal.screen()));
}

/** The command that the words lead to. @throws BadInput, with what may have been meant */
function helpFor(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const next = command.commands.find((child) => child.name() === word);
    if (!next) throw new BadInput(`There is no command ${JSON.stringify(word)}.${meant(word, command)}`);
    command = next;
  }
  return command;
}

/** ` Did you mean recordProgress?`, where something is near enough to be a slip of the hand. */
export function meant(word: string, command?: Command): string {
  const known = [...COMMANDS, ...(command?.commands.map((child) => child.name()) ?? [])];
  const far = (name: string): number => distance(name.toLowerCase(), word.toLowerCase());
  const [nearest] = known.toSorted((a, b) => far(a) - far(b));
  return nearest !== undefined && far(nearest) <= Math.max(2, word.length / 3) ? ` Did you mean ${nearest}?` : '';
}
