/** `tocsin directory oncall` and `directory ical`: who is on call, and the same as a calendar. No server. */
import { Option, type Command } from 'commander';
import { configuration, configured } from '../configured';
import { show, type Context } from '../context';
import { BadInput } from '../exit';
import { aheadOption, atOption } from '../options';
import { renderOnCall } from '../render/on-call';

const WEEK_MS = 7 * 24 * 3_600_000;

interface OnCallFlags {
  readonly team?: string;
  readonly at?: number;
  readonly for?: number;
}

export function addOnCall(directory: Command, context: Context): void {
  directory
    .command('oncall')
    .description('who is on call: now and next, at any instant, or for a time')
    .option('--team <name>', 'this team only')
    .addOption(atOption())
    .addOption(aheadOption('--for <time>', 'for so long: 12h, 3d, 1w'))
    .action(({ team, at, for: length }: OnCallFlags, command: Command) => {
      const { now } = context.terminal.screen();
      const from = at ?? now;
      const asked = team === undefined ? {} : { team };
      const { json = false } = command.optsWithGlobals<{ readonly json?: boolean }>();
      const isNowAndNext = at === undefined && length === undefined && !json;
      // For a machine the week to come: it asks again when it wants more.
      const ahead = length ?? (at === undefined ? WEEK_MS : undefined);
      const { directory: people, spans } = inDirectory(() =>
        isNowAndNext
          ? configuration().onCallNowAndNext({ ...asked, now })
          : configuration().onCallConfigured({ ...asked, from, ...(ahead !== undefined && { to: from + ahead }) }),
      );
      const answer = spans.map((span) => ({
        team: span.team,
        from: new Date(span.from).toISOString(),
        to: new Date(span.to).toISOString(),
        ladder: span.ladder,
      }));
      show(context, command, answer, () => renderOnCall(spans, people, context.terminal.screen()));
    });
}

interface IcalFlags {
  readonly team?: string;
  readonly person?: string;
  readonly for: number;
}

export function addIcal(directory: Command, context: Context): void {
  directory
    .command('ical')
    .description('the final shifts of a team or a person as a calendar, on standard output')
    .addOption(new Option('--team <name>', 'of this team').conflicts('person'))
    .option('--person <id>', 'of this person, in every team')
    .addOption(aheadOption('--for <time>', 'so far ahead').default(26 * WEEK_MS, '26w'))
    .action(({ team, person, for: forMs }: IcalFlags) => {
      const { now } = context.terminal.screen();
      const of = team === undefined ? (person === undefined ? undefined : { person }) : { team };
      if (!of) throw new BadInput('It is the calendar of somebody: --team <name> or --person <id>.');
      const calendar = inDirectory(() => configuration().icalConfigured({ of, now, forMs }));
      // The terminal ends the last line itself, and a calendar ends it with both.
      context.terminal.out(calendar.replace(/\n$/, ''));
    });
}

/** `tocsin directory accept TEAM`: that its calendar has no events any more is meant. */
export function addAccept(directory: Command, context: Context): void {
  directory
    .command('accept')
    .description('the calendar of the team was emptied, and that is meant')
    .argument('<team>')
    .action((team: string, _flags: object, command: Command) => {
      const { now } = context.terminal.screen();
      const isAccepted = inDirectory(() => configuration().acceptCalendar(team, now));
      if (!isAccepted) throw new BadInput(`Nothing of the calendar of ${team} was refused as emptied.`);
      show(context, command, { team, accepted: true }, () => `The calendar of ${team} is in use as it is now.`);
    });
}

/** A team or a person that there is not is a slip of the pen. */
function inDirectory<T>(read: () => T): T {
  const { NotInDirectory } = configuration();
  return configured(() => {
    try {
      return read();
    } catch (error) {
      if (error instanceof NotInDirectory) throw new BadInput(error.message);
      throw error;
    }
  });
}
