/** docs/commands.md, made from the table of commands: `npm run docs:commands`. */
import { CODES } from '../../workflows/core/language/codes';
import { commands } from '../../workflows/core/commands';
import { COMMANDS, type CommandName } from '../../workflows/core/language/inputs';
import type { Problem } from '../../workflows/core/language/shape';
import { ROLES } from '../../workflows/core/language/vocabulary';
import { en } from '../../workflows/core/words/en';
import { commands as words } from '../../workflows/core/words/en/commands';

/** The fields a shape complains of when it is given nothing: those that must be there. */
function requiredOf(name: CommandName): string[] {
  const problems: Problem[] = [];
  commands[name].shape.check({}, '', problems);
  return problems.map(({ field }) => field);
}

function ownFieldsOf(name: CommandName): string {
  const required = requiredOf(name).filter((field) => field !== 'by' && field !== 'role');
  return required.length === 0 ? '–' : named(required);
}

const named = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const ROLE_MAY_BE_LEFT_OUT = COMMANDS.filter((name) => !requiredOf(name).includes('role'));

const rolesOf = (roles: readonly string[]): string => (roles.length === ROLES.length ? 'all' : roles.join(', '));

export const commandsDoc = (): string =>
  [
    '# Commands: what can be sent to a case?',
    '',
    'Made from `workflows/core/commands.ts` by `npm run docs:commands`. Each exists as a signal and as an update of one name, and takes one JSON object:',
    'its own fields and the envelope `by`, `role`, and if wanted `channel`, `means`, `requestedBy`, `requestId`, `occurredAt`. All its fields, what they must be',
    'and an example: `tocsin help recordProgress`; as JSON Schema: `tocsin/schemas/recordProgress.json` of the package.',
    '',
    `\`role\` may be left out for these; it is then the only one that may give the command, or what the case knows the person as: ${named(ROLE_MAY_BE_LEFT_OUT)}.`,
    '',
    '| Command | What it says | Must have | Roles | On a closed case |',
    '|---|---|---|---|---|',
    ...COMMANDS.map(
      (name) =>
        `| \`${name}\` | ${words[name].says} | ${ownFieldsOf(name)} | ${rolesOf(commands[name].roles)} | ${commands[name].whenClosed ? 'yes' : 'no'} |`,
    ),
    '',
    '## Refusals',
    '',
    'An update is refused by an `ApplicationFailure` whose type is the code; a signal leaves `CommandRejected` on the timeline.',
    '',
    '| Code | Sentence | The way out |',
    '|---|---|---|',
    ...CODES.map((code) => `| \`${code}\` | ${en.codes[code].sentence} | ${en.codes[code].hint} |`),
    '',
  ].join('\n');
