/** `tocsin replay`: does a case go on as it was with the workflow code as it is here? */
import { InvalidArgumentError, type Command } from 'commander';
import type * as Replay from '../../worker/replay';
import type * as Histories from '../../client/histories';
import type * as Running from '../../client/running';
import { connected, show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { jsonFile, sourceName } from '../input';
import { renderReplayed, renderRunning } from '../render/replayed';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const replaying = (): typeof Replay => require('../../worker/replay') as typeof Replay;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const histories = (): typeof Histories => require('../../client/histories') as typeof Histories;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const runs = (): typeof Running => require('../../client/running') as typeof Running;

interface ReplayFlags {
  readonly file?: string;
  readonly running?: boolean;
  readonly sample: number;
}

const SAMPLE = 200;
/** Histories in memory at once. */
const AT_ONCE = 20;

function count(words: string): number {
  if (!/^[1-9]\d{0,5}$/.test(words)) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return Number(words);
}

export function addReplay(program: Command, context: Context): void {
  program
    .command('replay')
    .description('does the history of a case still fit the workflow code? Ends with 1 when it does not')
    .argument('[case]', 'every run of it that the server still keeps')
    .option(
      '--file <file>',
      'a history as JSON instead, such as `temporal workflow show --output json` writes; - reads standard input',
    )
    .option('--running', 'the cases that run now, before a deploy: what would be done and told otherwise')
    .option(
      '--sample <n>',
      'with --running: of more than these, so many, spread over old and young ones',
      count,
      SAMPLE,
    )
    .action(async (caseNumber: string | undefined, { file, running, sample }: ReplayFlags, command: Command) => {
      if ([caseNumber, file, running].filter((given) => given !== undefined).length !== 1)
        throw new BadInput('Name a case, or a history with --file, or those that run with --running.');
      if (running) return await replayRunning(sample, context, command);
      const recorded =
        file === undefined
          ? await connected(command, (client) => histories().historiesOf(client, caseNumber ?? ''))
          : [await historyIn(file, context)];
      const replayed = await replaying().replay(recorded);
      show(context, command, { runs: replayed }, () => renderReplayed(replayed, context.terminal.screen()));
      if (replayed.some(({ fits }) => !fits)) context.exitCode = EXIT.REFUSED;
    });
}

/** Some at a time, each against the code that the deploy would bring. */
async function replayRunning(most: number, context: Context, command: Command): Promise<void> {
  const { all, replayed } = await connected(command, async (client) => {
    const { all: count, sample } = await runs().runningCases(client, most);
    const code = await replaying().codeToReplayOn();
    const results: Replay.Replayed[] = [];
    for (let from = 0; from < sample.length; from += AT_ONCE) {
      const some = await Promise.all(
        sample.slice(from, from + AT_ONCE).map((one) => runs().runningHistory(client, one)),
      );
      results.push(
        ...(await replaying().replay(
          some.flatMap((one) => one ?? []),
          code,
        )),
      );
    }
    return { all: count, replayed: results };
  });
  show(context, command, { running: all, replayed }, () => renderRunning(all, replayed, context.terminal.screen()));
  if (replayed.some(({ fits }) => !fits)) context.exitCode = EXIT.REFUSED;
}

async function historyIn(file: string, context: Context): Promise<ReturnType<typeof Replay.recordedIn>> {
  const json = await jsonFile(file, context.terminal);
  try {
    return replaying().recordedIn(json);
  } catch (error) {
    if (error instanceof replaying().NoHistory)
      throw new BadInput(`${sourceName(file)} is no history of a workflow: ${error.message}`);
    throw error;
  }
}
