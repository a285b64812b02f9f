/** `tocsin policy check | explain`: for people, and for CI by their exit codes. No server. */
import { Option, type Command } from 'commander';
import { isRecord } from '../../workflows/core/language/shape';
import type { Act } from '../../rehearsal/explain-acts';
import type { Question } from '../../rehearsal/explain';
import { CaseRejected } from '../../client/errors';
import { clean } from '../../client/untrusted';
import type { Explained } from '../configuration';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { BadInput } from '../exit';
import { jsonFile } from '../input';
import { atOption, upTo } from '../options';
import { renderPart } from '../render/explained';
import { renderPolicyCheck } from '../render/readiness';

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
      const found = configured(() => configuration().checkPolicy());
      show(context, command, found, () => renderPolicyCheck(found, context.terminal.screen()));
    });
  policy
    .command('explain')
    .description('who would be told what and when, while nobody answers; nobody is paged')
    .requiredOption('--case <file>', 'the opening of the case as JSON; - reads standard input')
    .addOption(atOption())
    .option('--do <act...>', 'what is done to the case, in order: escalate, accept, e-down, severity=N, wait=30m')
    .addOption(
      new Option(
        '--hours <count>',
        'how far to look ahead (24 for the opening and --do, 4 for each of the rest)',
      ).argParser(upTo(24 * 31)),
    )
    .action(async (flags: ExplainFlags, command: Command) => {
      const opening = await jsonFile(flags.case, context.terminal);
      if (!isRecord(opening)) throw new BadInput('The opening must be one JSON object.');
      const acts = (flags.do ?? []).map(act);
      const at = flags.at ?? context.terminal.screen().now;
      const told = configured(() =>
        explained({ opening, at, acts, ...(flags.hours !== undefined && { hours: flags.hours }) }),
      );
      const refused = acts.length > 0 ? told.parts[0]?.refusal : null;
      if (refused) throw new CaseRejected(refused);
      const { folder, version, hash, parts } = told;
      show(context, command, { folder, version, hash, at: new Date(at).toISOString(), parts }, () =>
        [
          `Policy ${clean(version)} (${clean(hash)}) of ${clean(folder)}`,
          ...parts.map((part) => renderPart(part, context.terminal.screen())),
        ].join('\n\n'),
      );
    });
}

function act(words: string): Act {
  const parsed = configuration().parseAct(words);
  if (!parsed) throw new BadInput(`--do does not know ${JSON.stringify(words)}. There are ${configuration().ACTS}.`);
  return parsed;
}

function explained(question: Question): Explained {
  try {
    return configuration().explainConfigured(question);
  } catch (error) {
    if (error instanceof configuration().OpeningRefused) throw new CaseRejected(error.refusal);
    throw error;
  }
}
