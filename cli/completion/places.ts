/** What may follow the words of one command, as the commands themselves say it. */
import type { Argument, Command, Option } from 'commander';
import { COMMANDS } from '../../workflows/core/language/inputs';

export interface Word {
  readonly word: string;
  readonly about: string;
}

/** What an option wants after it: one of a few words, a file, JSON or `@file`, or what only its user knows. */
export type Value =
  | { readonly type: 'CHOICE'; readonly words: readonly string[] }
  | { readonly type: 'FILE' }
  | { readonly type: 'AT_FILE' }
  | { readonly type: 'FREE' };

export interface OfferedOption extends Word {
  /** Nothing: it stands alone. */
  readonly value?: Value;
}

export interface Place {
  /** `case do`; empty at the start. */
  readonly path: string;
  readonly words: readonly Word[];
  /** A file may stand there as well. */
  readonly files: boolean;
  readonly options: readonly OfferedOption[];
}

/** What stands for a file or a folder in help. */
const FILES: ReadonlySet<string> = new Set(['file', 'folder', 'night', 'old', 'new']);

export function placesOf(program: Command, command: Command, path: string): Place[] {
  const options = [...command.options, ...(command === program ? [] : program.options)].filter(({ hidden }) => !hidden);
  const named = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const place: Place = {
    path,
    words: [
      ...command.commands.map((child) => ({ word: child.name(), about: firstLine(child.description()) })),
      ...[...named, ...(path === 'help' ? ['commands', ...COMMANDS] : [])].map((word) => ({ word, about: '' })),
    ],
    files: command.registeredArguments.some((argument: Argument) => FILES.has(argument.name())),
    options: [...options.flatMap(offered), { word: '--help', about: 'what it takes' }],
  };
  return [place, ...command.commands.flatMap((child) => placesOf(program, child, `${path} ${child.name()}`.trim()))];
}

function offered(option: Option): OfferedOption[] {
  const { long, description } = option;
  const value = valueOf(option);
  return long ? [{ word: long, about: firstLine(description), ...(value && { value }) }] : [];
}

function valueOf({ flags, required, optional, argChoices }: Option): Value | undefined {
  if (!required && !optional) return undefined;
  if (argChoices) return { type: 'CHOICE', words: argChoices };
  const [, name = ''] = /[<[]([a-z]+)/.exec(flags) ?? [];
  if (name === 'json') return { type: 'AT_FILE' };
  return { type: FILES.has(name) ? 'FILE' : 'FREE' };
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/['"`\\$:[\]]/g, '') ?? '';
