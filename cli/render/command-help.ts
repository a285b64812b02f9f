/** `tocsin help recordProgress`: what it says, who may give it, what it takes, and what to type. */
import type { CommandHelp, Example, FieldHelp } from '../command-help';
import type { Screen } from './case';
import { cells, hanging, padded } from './text';

const CASE = 'C1234567';
const json = (value: unknown): string => JSON.stringify(value);
/** Whole in a shell, whatever stands in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Each below what it belongs to, moved in. */
function fieldLines(fields: readonly FieldHelp[], screen: Screen, depth = 1): string[] {
  const longest = Math.max(0, ...fields.map(({ name }) => cells(name)));
  return fields.flatMap(({ name, is, isRequired, fields: inner = [] }) => [
    hanging(`${'  '.repeat(depth)}${padded(name, longest)}  `, isRequired ? is : `optional: ${is}`, screen.width),
    ...fieldLines(inner, screen, depth + 1),
  ]);
}

export function renderCommandHelp(help: CommandHelp, screen: Screen): string {
  const { name, says, roles, roleMayBeLeftOut, whenClosed, fields, envelope, example, another } = help;
  const { paint, width } = screen;
  const who = `${roles === null ? 'everybody' : roles.join(', ')}${roleMayBeLeftOut ? '; role may be left out' : ''}`;
  return [
    paint('bold', name),
    hanging('  ', says, width),
    '',
    hanging('Who    ', who, width),
    hanging('When   ', whenClosed ? 'on an open case and on a closed one' : 'on an open case', width),
    '',
    paint('dim', 'Fields'),
    ...(fields.length === 0 ? ['  none of its own'] : fieldLines(fields, screen)),
    paint('dim', 'Of every command'),
    ...fieldLines(envelope, screen),
    '',
    paint('dim', 'Typed'),
    ...typed(help, help.example),
    ...(another ? [`  ${another.what}:`, ...typed(help, another.example)] : []),
    paint('dim', 'As JSON: signal or update of this name, POST /v1/cases/<case>/<command>'),
    `  ${json(example)}${name === 'adoptPolicy' ? ' and "policy", as `tocsin policy check --json` has it' : ''}`,
    ...(another ? [`  ${another.what}:`, `  ${json(another.example)}`] : []),
  ].join('\n');
}

/** In one piece, so that it can be copied: a shell's line is as long as it has to be. */
function typed({ name }: CommandHelp, example: Example): string[] {
  const { by, role, ...own } = example;
  const envelope = [`--by ${by}`, ...(role === undefined ? [] : [`--role ${role}`])].join(' ');
  const input =
    name === 'adoptPolicy'
      ? ' --input @policy.json'
      : Object.keys(own).length === 0
        ? ''
        : ` --input ${quoted(json(own))}`;
  return [`  tocsin case do ${CASE} ${name} ${envelope}${input}`];
}

export function renderCommandList(all: readonly CommandHelp[], { width, paint }: Screen): string {
  const longest = Math.max(...all.map(({ name }) => cells(name)));
  return [
    paint('bold', `The ${all.length} commands of a case`),
    ...all.map(({ name, says }) => hanging(`  ${padded(name, longest)}  `, says, width)),
    '',
    'One of them: tocsin help recordProgress. Given by: tocsin case do.',
  ].join('\n');
}
