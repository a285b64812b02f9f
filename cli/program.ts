/** The shell's commands, put together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PACKAGE_ROOT } from '../worker/package-root';
import { addDo, addEscalate, addOpen, addSeverity } from './commands/act';
import { addList } from './commands/list';
import { addShow, addTimeline } from './commands/look';
import { addAnswers } from './commands/answers';
import { addCompletion } from './commands/completion';
import { addDeploy } from './commands/deploy';
import { addDesk } from './commands/desk';
import { addDirectory } from './commands/directory';
import { addKey } from './commands/key';
import { addHelp, asHelp } from './commands/help';
import { addPolicy } from './commands/policy';
import { addRehearse } from './commands/rehearse';
import { addTest } from './commands/test-page';
import { addTexts } from './commands/texts';
import { addExport, addVerify } from './commands/record';
import { addReplay } from './commands/replay';
import { addService } from './commands/service';
import { addWatch } from './commands/watch';
import { addGlobalOptions, type Context } from './context';
import { endingOf, EXIT } from './exit';
import { fitted } from './render/text';
import type { Terminal } from './terminal';

const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** Every command, ready to parse; errors are thrown and never end the process. */
export function buildProgram(context: Context): Command {
  const program = addGlobalOptions(new Command('tocsin'))
    .description('An escalation engine for support cases: it makes sure somebody comes.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.trimEnd()),
      // Refusals are written once, by whoever ends the process, as text or as JSON.
      outputError: () => undefined,
      writeErr: (text) => context.terminal.err(text.trimEnd()),
      getOutHelpWidth: () => context.terminal.screen().width,
      getErrHelpWidth: () => context.terminal.screen().width,
    })
    .configureHelp({ showGlobalOptions: true });

  addService(program);
  addKey(program, context);
  addWatch(program, context);
  addAnswers(program, context);
  addDesk(program, context);
  addDirectory(program, context);
  addPolicy(program, context);
  addRehearse(program, context);
  addReplay(program, context);
  addTest(program, context);
  addTexts(program, context);
  addDeploy(program, context);
  const cases = program.command('case').description('open a case, act on it, look at it');
  addOpen(cases, context);
  addSeverity(cases, context);
  addEscalate(cases, context);
  addDo(cases, context);
  addShow(cases, context);
  addTimeline(cases, context);
  addList(cases, context);
  addExport(cases, context);
  addVerify(cases, context);
  addHelp(program, context);
  addCompletion(program, context);
  return program;
}

/** Runs one command line and returns its exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const context: Context = { terminal };
  const program = buildProgram(context);
  try {
    await program.parseAsync(argv.length === 0 ? ['help'] : asHelp(argv), { from: 'user' });
    return context.exitCode ?? EXIT.DONE;
  } catch (error) {
    if (error instanceof CommanderError && HELP.has(error.code))
      return error.exitCode === 0 ? EXIT.DONE : EXIT.BAD_INPUT;
    const { exitCode, text, keepsLines, problem } = endingOf(error, { ...context, command: calledIn(program, argv) });
    const shown = keepsLines ? text : fitted(text, terminal.screen('err').width);
    terminal.err(argv.includes('--json') ? JSON.stringify(problem) : shown);
    return exitCode;
  }
}

/** `tocsin case show`: what was called, as far as its words are commands. */
function calledIn(program: Command, argv: readonly string[]): string {
  let command = program;
  for (const word of argv) command = command.commands.find((child) => child.name() === word) ?? command;
  const names: string[] = [];
  for (let current: Command | null = command; current; current = current.parent) names.unshift(current.name());
  return names.join(' ');
}

/** Help was shown: because it was asked for, or because a command was incomplete. */
const HELP = new Set(['commander.helpDisplayed', 'commander.help', 'commander.version']);
