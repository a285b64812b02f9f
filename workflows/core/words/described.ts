/**
 * What the dialogs of the Temporal Web UI say of each message: what it means, who may send it, and the shortest JSON. Made from
 * the commands' own table, so that there is no second list.
 */
import { commands } from '../commands';
import { COMMANDS, commandShapes, type CommandName } from '../language/inputs';
import { ROLES } from '../language/vocabulary';
import { commands as words } from './en/commands';

export const roleMayBeLeftOut = (name: CommandName): boolean => 'optional' in commandShapes[name].fields.role;

function describe(name: CommandName): string {
  const { roles } = commands[name];
  const { says, example } = words[name];
  const who = roles.length === ROLES.length ? 'everybody' : roles.join(', ');
  const leftOut = roleMayBeLeftOut(name) ? '; role may be left out' : '';
  const more = name === 'adoptPolicy' ? ' and "policy", as tocsin policy check --json has it' : '';
  return `${says} Who: ${who}${leftOut}. Shortest: ${JSON.stringify(example)}${more}`;
}

/** Of the signal and the update of this name. */
export const described = Object.fromEntries(COMMANDS.map((name) => [name, describe(name)])) as Readonly<
  Record<CommandName, string>
>;
