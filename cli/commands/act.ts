/** `tocsin case open | severity | escalate | do`: commands that change something. */
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { COMMANDS, type CaseOpening, type CommandName } from '../../workflows/messages';
import {
  CHANNELS,
  ENVIRONMENTS,
  ESCALATION_REASONS,
  LEVELS,
  ROLES,
  SEVERITIES,
} from '../../workflows/core/language/vocabulary';
import { connected, show, type Context } from '../context';
import {
  envelopeOf,
  jsonArgument,
  jsonFile,
  mergeFlags,
  openingFrom,
  type EnvelopeFlags,
  type OpeningFlags,
} from '../input';
import { renderAnswer } from '../render/answer';
import { identified, send } from '../send';
import { meant } from './help';

const severities = SEVERITIES.map(String);
const yesNoUnknown = ['yes', 'no', 'unknown'];

/** Who acts; the environment may say it once for a whole shift. */
function addEnvelope(command: Command, { mandatory }: { readonly mandatory: boolean }): Command {
  return command
    .addOption(new Option('--by <who>', 'who acts').env('TOCSIN_BY').makeOptionMandatory(mandatory))
    .addOption(new Option('--role <role>', 'as what').choices(ROLES).env('TOCSIN_ROLE').makeOptionMandatory(mandatory))
    .addOption(new Option('--channel <channel>', 'through which channel').choices(CHANNELS).env('TOCSIN_CHANNEL'))
    .option('--requested-by <who>', 'the customer it is entered for')
    .option('--request-id <id>', 'makes it safe to send again; one is made up when it is left out')
    .option('--occurred-at <time>', 'when it happened, ISO 8601');
}

const addSignal = (command: Command): Command => command.option('--signal', 'send it without waiting for the answer');

/** The least that opens a case. */
const OPENING_EXAMPLE = `
A file, or flags, with at least:
  {
    "caseNumber": "C1234567", "title": "MES cannot reach the file vault", "severity": 2,
    "customer": { "number": "1001", "name": "Acme Motors", "activeSupport": true, "enterprise": true },
    "environment": "PRODUCTION", "by": "maria", "role": "CUSTOMER"
  }`;

export function addOpen(parent: Command, context: Context): void {
  addEnvelope(parent.command('open'), { mandatory: false })
    .description('open a case, from a JSON file, from flags, or both (flags win)')
    .option('--file <file>', 'the opening as JSON; - reads standard input')
    .option('--number <case>', 'case number')
    .option('--title <text>')
    .addOption(new Option('--severity <n>').choices(severities))
    .option('--customer-number <number>')
    .option('--customer-name <name>')
    .addOption(new Option('--active-support <word>').choices(yesNoUnknown))
    .addOption(new Option('--enterprise <word>').choices(yesNoUnknown))
    .addOption(new Option('--environment <name>').choices(ENVIRONMENTS))
    .option('--product <name>')
    .option('--engineer <person>')
    .option('--description <text>')
    .addHelpText('after', OPENING_EXAMPLE)
    .action(async (flags: OpeningFlags & { readonly file?: string }, command: Command) => {
      const json = flags.file === undefined ? undefined : await jsonFile(flags.file, context.terminal);
      const opening = identified(context, openingFrom(json, flags)) as unknown as CaseOpening;
      const opened = await connected(command, (client) => client.open(opening));
      show(context, command, opened, () => renderAnswer(opened, context.terminal.screen()));
    });
}

export function addSeverity(parent: Command, context: Context): void {
  addSignal(addEnvelope(parent.command('severity'), { mandatory: true }))
    .description('change the severity; 0 is E-Down and takes its answers in --edown')
    .argument('<case>')
    .addArgument(new Argument('<severity>').choices(severities))
    .option('--reason <text>')
    .option('--edown <file>', 'the E-Down answers as JSON; - reads standard input')
    .option('--agreed', 'the customer agrees')
    .action(
      async (
        caseNumber: string,
        severity: string,
        flags: EnvelopeFlags & { reason?: string; edown?: string; agreed?: boolean },
        command: Command,
      ) => {
        const eDown = flags.edown === undefined ? undefined : await jsonFile(flags.edown, context.terminal);
        const message = mergeFlags(undefined, {
          ...envelopeOf(flags),
          severity: Number(severity),
          reason: flags.reason,
          eDown,
          customerAgreed: flags.agreed,
        });
        await send(context, command, caseNumber, 'changeSeverity', message);
      },
    );
}

interface EscalateFlags extends EnvelopeFlags {
  readonly level?: string;
  readonly reason?: string;
  readonly justification?: string;
  readonly dissatisfaction?: string;
  readonly criticalDate?: string;
}

export function addEscalate(parent: Command, context: Context): void {
  addSignal(addEnvelope(parent.command('escalate'), { mandatory: true }))
    .description('escalate to management, one level a request')
    .argument('<case>')
    .addOption(new Option('--level <level>').choices(LEVELS))
    .addOption(new Option('--reason <reason>').choices(ESCALATION_REASONS))
    .option('--justification <text>')
    .option('--dissatisfaction <text>', 'what is not satisfactory; M2 needs it')
    .option('--critical-date <time>', 'ISO 8601')
    .action(async (caseNumber: string, flags: EscalateFlags, command: Command) => {
      const { level, reason, justification, dissatisfaction, criticalDate } = flags;
      const message = mergeFlags(undefined, {
        ...envelopeOf(flags),
        level,
        reason,
        justification,
        dissatisfaction,
        criticalDate,
      });
      await send(context, command, caseNumber, 'escalate', message);
    });
}

/** Twenty-nine names after a slip of the hand would push what was meant off the screen. */
function commandName(word: string): CommandName {
  const name = COMMANDS.find((known) => known === word);
  if (name === undefined) throw new InvalidArgumentError(`${meant(word)} See tocsin help commands.`.trim());
  return name;
}

export function addDo(parent: Command, context: Context): void {
  addSignal(addEnvelope(parent.command('do'), { mandatory: false }))
    .description('any command of a case, with its own fields as JSON')
    .argument('<case>')
    .addArgument(new Argument('<command>').choices(COMMANDS).argParser(commandName))
    .addHelpText('after', '\nWhat a command takes: tocsin help recordProgress. All of them: tocsin help commands.')
    .option('--input <json>', 'the fields: {...}, @file, or - for standard input')
    .action(
      async (
        caseNumber: string,
        name: CommandName,
        flags: EnvelopeFlags & { readonly input?: string },
        command: Command,
      ) => {
        const json = flags.input === undefined ? undefined : await jsonArgument(flags.input, context.terminal);
        await send(context, command, caseNumber, name, mergeFlags(json, envelopeOf(flags)));
      },
    );
}
