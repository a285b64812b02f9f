/** `tocsin directory import | compare`: coming from another system, and the proof that nothing was lost on the way. */
import { Argument, Option, type Command } from 'commander';
import type * as MovingIn from '../moving-in';
import { VENDORS, type Vendor } from '../moving-in/model/export';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { BadInput, EXIT, NotMoved } from '../exit';
import { aheadOption, atOption } from '../options';
import { renderComparison, renderMoved } from '../render/moved-in';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts
const movingIn = (): typeof MovingIn => require('../moving-in') as typeof MovingIn;

const WEEK_MS = 7 * 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

interface SourceFlags {
  readonly fromJson?: string;
  readonly token?: string;
  readonly url?: string;
  readonly at?: number;
  readonly for?: number;
}

const withSource = (command: Command): Command =>
  command
    .option('--from-json <folder>', 'saved answers: every *.json and *.ics in it, whatever its name')
    .option('--token <env:NAME>', 'ask the live API, with the token of this environment variable')
    .option('--url <base>', 'where the API is, if not where it is for everybody')
    .addOption(atOption())
    .addOption(aheadOption('--for <time>', 'how far ahead').default(52 * WEEK_MS, '52w'));

export function addMovingIn(directory: Command, context: Context): void {
  withSource(
    directory
      .command('import')
      .description('people, rotas and times of another system, as directory.yaml and policy.yaml, with a report')
      .addArgument(new Argument('<vendor>').choices([...VENDORS])),
  )
    .requiredOption('--out <folder>', 'where directory.yaml, policy.yaml, report.md and report.json go')
    .action(async (vendor: Vendor, flags: SourceFlags & { readonly out: string }, command: Command) => {
      const window = windowOf(flags, context);
      const moved = await told(() =>
        movingIn().importFrom(vendor, sourceOf(vendor, flags, context), { window, out: flags.out }),
      );
      show(context, command, { out: flags.out, people: moved.people, teams: moved.teams, report: moved.lines }, () =>
        renderMoved(moved, flags.out),
      );
    });
  withSource(
    directory
      .command('compare')
      .description(
        'is the same person first here and there, in every minute? Ends with 1 while a difference has no reason',
      )
      .addOption(new Option('--against <vendor>', 'the other system').choices([...VENDORS]).makeOptionMandatory()),
  ).action(async (flags: SourceFlags & { readonly against: Vendor }, command: Command) => {
    const window = windowOf(flags, context);
    const found = await told(() =>
      movingIn().compareWith(flags.against, sourceOf(flags.against, flags, context), window),
    );
    const withTimes = <T extends { readonly from: number; readonly to: number }>(list: readonly T[]): object[] =>
      list.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) }));
    const json = {
      ...found,
      from: iso(found.from),
      to: iso(found.to),
      differences: withTimes(found.differences),
      notRendered: withTimes(found.notRendered),
    };
    show(context, command, json, () => renderComparison(found, context.terminal.screen()));
    if (found.differences.some(({ reason }) => reason === 'UNKNOWN')) context.exitCode = EXIT.REFUSED;
  });
}

function windowOf({ at, for: length = 52 * WEEK_MS }: SourceFlags, context: Context): { from: number; to: number } {
  // On a whole minute, because nobody wants to read of a difference of seconds at the begin.
  const from = Math.floor((at ?? context.terminal.screen().now) / 60_000) * 60_000;
  return { from, to: from + length };
}

function sourceOf(vendor: Vendor, { fromJson, token, url }: SourceFlags, context: Context): MovingIn.Source {
  if (fromJson !== undefined && (token !== undefined || url !== undefined))
    throw new BadInput('Take the answers from a folder with --from-json, or ask the API with --token: not both.');
  if (fromJson !== undefined) return { from: 'FOLDER', folder: fromJson };
  if (token === undefined && !(vendor === 'ical' && url !== undefined))
    throw new BadInput('Name a folder of saved answers with --from-json, or a token with --token env:NAME.');
  return {
    from: 'API',
    token: token === undefined ? undefined : secret(token),
    url,
    onWait: (ms) => context.terminal.err(`The API asks to wait ${Math.ceil(ms / 1000)} s.`),
  };
}

/** Never on the command line: there it would stand in the shell's history. */
function secret(words: string): string {
  const [, name] = /^env:(\w+)$/.exec(words) ?? [];
  if (name === undefined)
    throw new BadInput(
      '--token is env:NAME, the name of an environment variable: a token on the command line would stay in its history.',
    );
  const value = process.env[name];
  if (!value) throw new BadInput(`The environment variable ${name} is not set.`);
  return value;
}

/** What can go wrong on the way, in the endings of the shell. */
async function told<T>(run: () => Promise<T>): Promise<T> {
  const { BadExport, Edited, VendorFailed } = movingIn();
  try {
    return await run();
  } catch (error) {
    if (error instanceof BadExport || error instanceof Edited) throw new BadInput(error.message);
    if (error instanceof VendorFailed) {
      if (error.kind === 'BAD_ADDRESS') throw new BadInput(error.message);
      throw new NotMoved(error.message, error.kind === 'REFUSED' ? EXIT.REFUSED : EXIT.UNAVAILABLE);
    }
    if (error instanceof configuration().ConfigError)
      return configured(() => {
        throw error;
      });
    throw error;
  }
}
