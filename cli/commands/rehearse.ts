/** `tocsin rehearse`: a whole night in memory, and for CI an exit code by its limits. Nothing is sent, no server is asked. */
import { statSync } from 'node:fs';
import { Argument, Option, type Command } from 'commander';
import { CaseRejected } from '../../client/errors';
import { clean } from '../../client/untrusted';
import type { Rehearsed } from '../../rehearsal/rehearse';
import { isShipped, SHIPPED } from '../../rehearsal/scenario';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { BadInput, EXIT } from '../exit';
import { atOption, lengthOption, upTo } from '../options';
import { renderRehearsed } from '../render/rehearsed';
import { span } from '../render/when';

interface Flags {
  readonly hours?: number;
  readonly maxRings?: number;
  readonly maxWait?: number;
  readonly engineer?: string;
  readonly timezone?: string;
  readonly at?: number;
}

export function addRehearse(program: Command, context: Context): void {
  program
    .command('rehearse')
    .description('a whole night in memory: who is rung how often, and when does somebody come? Nobody is paged')
    .addArgument(
      new Argument('[night]', 'one that comes with tocsin, or a file of your own')
        .choices(SHIPPED)
        // Offered, and no more than that: a file has any name.
        .argParser((word: string) => word)
        .default('well-run'),
    )
    .addOption(new Option('--hours <count>', 'how long it lasts (24; flapping 12)').argParser(upTo(24 * 31)))
    .addOption(
      new Option('--max-rings <count>', 'ends with 1 when anybody is rung more often in one shift').argParser(
        upTo(9999),
      ),
    )
    .addOption(lengthOption('--max-wait <length>', 'ends with 1 when nobody has it within this time, such as 20m'))
    .option('--engineer <person>', "whose case it is (the directory's first engineer)")
    .option('--timezone <name>', "the customer's, where the night begins at 22:00 (UTC)")
    .addOption(atOption())
    .action((night: string, flags: Flags, command: Command) => {
      const rehearsed = played(night, flags, context.terminal.screen().now);
      const passed = limitsPassed(rehearsed, flags);
      show(context, command, { ...rehearsed, limitsPassed: passed }, () =>
        [
          renderRehearsed(rehearsed, context.terminal.screen()),
          ...passed.map((limit) => context.terminal.screen().paint('red', `Over the limit: ${limit}`)),
        ].join('\n'),
      );
      if (passed.length > 0) context.exitCode = EXIT.REFUSED;
    });
}

/** What a file says for itself. */
const OF_SHIPPED = ['engineer', 'timezone', 'at'] as const;

function played(night: string, flags: Flags, now: number): Rehearsed {
  if (!isShipped(night)) {
    const given = OF_SHIPPED.find((flag) => flags[flag] !== undefined);
    if (given) throw new BadInput(`--${given} is for the nights that come with tocsin; a file says it itself.`);
    if (statSync(night, { throwIfNoEntry: false })?.isDirectory() !== false)
      throw new BadInput(`There is no file and no night ${JSON.stringify(night)}. Nights: ${SHIPPED.join(', ')}.`);
  }
  const { engineer, hours, timezone = 'UTC', at } = flags;
  const { rehearseConfigured, OpeningRefused, NoSuchEngineer, isTimeZone } = configuration();
  if (!isTimeZone(timezone))
    throw new BadInput(`There is no time zone ${JSON.stringify(timezone)}. Use an IANA name such as Europe/Berlin.`);
  try {
    return configured(() =>
      rehearseConfigured({
        night,
        from: at ?? now,
        timezone,
        ...(engineer !== undefined && { engineer }),
        ...(hours !== undefined && { hours }),
      }),
    );
  } catch (error) {
    if (error instanceof OpeningRefused) throw new CaseRejected(error.refusal);
    if (error instanceof NoSuchEngineer)
      throw new BadInput(`There is no person ${JSON.stringify(error.message)} in the directory.`);
    throw error;
  }
}

function limitsPassed({ people, firstHolderAfterMs }: Rehearsed, { maxRings, maxWait }: Flags): string[] {
  const over = maxRings === undefined ? [] : people.filter(({ mostRingsInAShift }) => mostRingsInAShift > maxRings);
  return [
    ...over.map(({ name, mostRingsInAShift }) => `${clean(name)} was rung ${mostRingsInAShift} times in a shift.`),
    ...(maxWait !== undefined && (firstHolderAfterMs ?? Infinity) > maxWait
      ? [`nobody had it within ${span(maxWait)}.`]
      : []),
  ];
}
