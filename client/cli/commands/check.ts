/** `tocsin directory check` and `tocsin policy check`: for people, and for CI by their exit codes. */
import type { Command } from 'commander';
import type * as Check from '../../../worker/check';
import { globalFlags, type Context } from '../context';
import { BadInput } from '../exit';
import { clean } from '../../untrusted';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const check = (): typeof Check => require('../../../worker/check') as typeof Check;

function tell(context: Context, command: Command, { text, json, exitCode }: Check.Report): void {
  const isJson = globalFlags(command).json === true;
  const words = isJson ? JSON.stringify(json) : text.split('\n').map(clean).join('\n');
  if (exitCode === 2) context.terminal.err(words);
  else context.terminal.out(words);
  process.exitCode = exitCode;
}

function instant(text: string): number {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw new BadInput(`--at is not a time: ${clean(text)}`);
}

function count(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new BadInput('--days is a whole number from 1 to 366');
}

export function addChecks(program: Command, context: Context): void {
  program
    .command('directory')
    .description('the people and rotas of the configuration')
    .command('check')
    .description('can everybody be reached, now and over the next days? exit code 1 when somebody cannot')
    .option('--at <time>', 'instead of now, ISO 8601')
    .option('--days <count>', 'how far to look ahead', '7')
    .action((flags: { readonly at?: string; readonly days: string }, command: Command) =>
      tell(context, command, check().checkDirectory({ days: count(flags.days), ...(flags.at !== undefined && { at: instant(flags.at) }) })),
    );
  program
    .command('policy')
    .description('the timers and numbers of the configuration')
    .command('check')
    .description('is the configuration in order, and what would be used?')
    .action((_flags: object, command: Command) => tell(context, command, check().checkPolicy()));
}
