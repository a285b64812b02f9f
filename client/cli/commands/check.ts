/** `tocsin directory check` and `tocsin policy check | explain`: for people, and for CI by their exit codes. No server. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { isRecord } from '../../../workflows/case/shape';
import type * as Check from '../../../worker/check';
import type * as Explain from '../../../worker/explain';
import type { Act, Explained, Question } from '../../../worker/explain';
import { CaseRejected } from '../../errors';
import { clean } from '../../untrusted';
import { show, type Context } from '../context';
import { BadInput, BrokenConfiguration, EXIT } from '../exit';
import { jsonFile } from '../input';
import { renderPart } from '../render/explained';
import { renderDirectoryCheck, renderPolicyCheck } from '../render/readiness';

/* eslint-disable @typescript-eslint/no-require-imports -- loaded when they are wanted, as in service.ts */
const check = (): typeof Check => require('../../../worker/check') as typeof Check;
const explaining = (): typeof Explain => require('../../../worker/explain') as typeof Explain;
/* eslint-enable */

const iso = (ms: number): string => new Date(ms).toISOString();

function instant(words: string): number {
  const ms = Date.parse(words);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It is a time such as 2026-12-24T18:00:00Z.');
  return ms;
}

const upTo = (most: number) => (words: string): number => {
  const number = Number(words);
  if (!/^\d{1,4}$/.test(words) || number < 1 || number > most) throw new InvalidArgumentError(`It is a whole number from 1 to ${most}.`);
  return number;
};

const atOption = (): Option => new Option('--at <time>', 'instead of now, ISO 8601').argParser(instant);

/** What the files of the configuration say; a mistake in them ends the command. */
function configured<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof check().ConfigError)) throw error;
    throw new BrokenConfiguration(error.problems.map(({ file, line, path, problem }) => ({ place: `${file}:${line}${path === '' ? '' : ` ${path}`}`, problem })));
  }
}

export function addDirectory(program: Command, context: Context): void {
  program
    .command('directory')
    .description('the people and rotas of the configuration')
    .command('check')
    .description('can everybody be reached, now and over the next days? Ends with 1 when somebody cannot')
    .addOption(atOption())
    .addOption(new Option('--days <count>', 'how far to look ahead').argParser(upTo(366)).default(7, '7'))
    .action(({ at, days }: { readonly at?: number; readonly days: number }, command: Command) => {
      const found = configured(() => check().checkDirectory({ from: at ?? context.terminal.screen().now, days }));
      const { from, to, findings, ...rest } = found;
      const json = { ...rest, from: iso(from), to: iso(to), findings: findings.map((finding) => ({ ...finding, from: iso(finding.from), to: iso(finding.to) })) };
      show(context, command, json, () => renderDirectoryCheck(found, context.terminal.screen()));
      if (!found.isReady) context.exitCode = EXIT.REFUSED;
    });
}

interface ExplainFlags {
  readonly case: string;
  readonly at?: number;
  readonly do?: readonly string[];
  readonly hours?: number;
}

export function addPolicy(program: Command, context: Context): void {
  const policy = program.command('policy').description('the timers and numbers of the configuration');
  policy
    .command('check')
    .description('are both files in order, and what would be used?')
    .action((_flags: object, command: Command) => {
      const found = configured(() => check().checkPolicy());
      show(context, command, found, () => renderPolicyCheck(found, context.terminal.screen()));
    });
  policy
    .command('explain')
    .description('who would be told what and when, while nobody answers; nobody is paged')
    .requiredOption('--case <file>', 'the opening of the case as JSON; - reads standard input')
    .addOption(atOption())
    .option('--do <act...>', 'what is done to the case, in order: escalate, accept, e-down, severity=N, wait=30m')
    .addOption(new Option('--hours <count>', 'how far to look ahead (24 for the opening and --do, 4 for each of the rest)').argParser(upTo(24 * 31)))
    .action(async (flags: ExplainFlags, command: Command) => {
      const opening = await jsonFile(flags.case, context.terminal);
      if (!isRecord(opening)) throw new BadInput('The opening must be one JSON object.');
      const acts = (flags.do ?? []).map(act);
      const at = flags.at ?? context.terminal.screen().now;
      const told = configured(() => explained({ opening, at, acts, ...(flags.hours !== undefined && { hours: flags.hours }) }));
      const refused = acts.length > 0 ? told.parts[0]?.refusal : null;
      if (refused) throw new CaseRejected(refused);
      const { folder, version, hash, parts } = told;
      show(context, command, { folder, version, hash, at: iso(at), parts }, () =>
        [`Policy ${clean(version)} (${clean(hash)}) of ${clean(folder)}`, ...parts.map((part) => renderPart(part, context.terminal.screen()))].join('\n\n'),
      );
    });
}

function act(words: string): Act {
  const parsed = explaining().parseAct(words);
  if (!parsed) throw new BadInput(`--do does not know ${JSON.stringify(words)}. There are ${explaining().ACTS}.`);
  return parsed;
}

function explained(question: Question): Explained {
  try {
    return explaining().explainConfigured(question);
  } catch (error) {
    if (error instanceof explaining().OpeningRefused) throw new CaseRejected(error.refusal);
    throw error;
  }
}
