/** docs/commands.md, made from the table of commands: `npm run docs:commands`. */
import { CODES } from '../../workflows/case/codes';
import { commands } from '../../workflows/case/commands';
import { COMMANDS } from '../../workflows/case/inputs';
import { ROLES } from '../../workflows/case/vocabulary';

/** The fields a shape complains of when it is given nothing: those that must be there. */
function fieldsOf(name: (typeof COMMANDS)[number]): string {
  const problems: { field: string; problem: string }[] = [];
  commands[name].shape.check({}, '', problems);
  const required = problems.map(({ field }) => field).filter((field) => field !== 'by' && field !== 'role');
  return required.length === 0 ? '–' : required.map((field) => `\`${field}\``).join(', ');
}

const rolesOf = (roles: readonly string[]): string => (roles.length === ROLES.length ? 'all' : roles.join(', '));

export const commandsDoc = (): string =>
  [
    '# Commands: what can be sent to a case?',
    '',
    'Made from `workflows/case/commands.ts` by `npm run docs:commands`. Each exists as a signal and as an update of one name, and takes one JSON object:',
    'its own fields and the envelope `by`, `role`, and if wanted `channel`, `requestedBy`, `requestId`, `occurredAt`. Optional fields and their meaning:',
    '`workflows/case/inputs.ts`.',
    '',
    '| Command | Must have | Roles | On a closed case |',
    '|---|---|---|---|',
    ...COMMANDS.map((name) => `| \`${name}\` | ${fieldsOf(name)} | ${rolesOf(commands[name].roles)} | ${commands[name].whenClosed ? 'yes' : 'no'} |`),
    '',
    '## Refusals',
    '',
    'An update is refused by an `ApplicationFailure` whose type is the code; a signal leaves `CommandRejected` on the timeline.',
    '',
    '| Code | Sentence | The way out |',
    '|---|---|---|',
    ...Object.entries(CODES).map(([code, { sentence, hint }]) => `| \`${code}\` | ${sentence} | ${hint} |`),
    '',
  ].join('\n');
