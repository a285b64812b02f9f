/**
 * The completion of a shell, made from the commands themselves. The whole tree stands in the script: a script that asked
 * `tocsin` at every key would be felt.
 */
import type { Command } from 'commander';
import { COMMANDS } from '../workflows/core/language/inputs';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What may follow the words of one command. */
interface Place {
  /** `case do`; empty at the start. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
  /** Options that take one of a few values. */
  readonly values: readonly { readonly option: string; readonly values: readonly string[] }[];
}

export function completionFor(shell: Shell, program: Command): string {
  const places = placesOf(program, program, '');
  return { bash, zsh, fish }[shell](places);
}

function placesOf(program: Command, command: Command, path: string): Place[] {
  const options = [...command.options, ...(command === program ? [] : program.options)].filter(({ hidden }) => !hidden);
  const longOnes = options.flatMap(({ long, description }) =>
    long ? [{ word: long, about: firstLine(description) }] : [],
  );
  const named = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const place: Place = {
    path,
    words: [
      ...command.commands.map((child) => ({ word: child.name(), about: firstLine(child.description()) })),
      ...[...named, ...(path === 'help' ? ['commands', ...COMMANDS] : [])].map((word) => ({ word, about: '' })),
      ...longOnes,
      { word: '--help', about: 'what it takes' },
    ],
    values: options.flatMap(({ long, argChoices }) =>
      long && argChoices ? [{ option: long, values: argChoices }] : [],
    ),
  };
  return [place, ...command.commands.flatMap((child) => placesOf(program, child, `${path} ${child.name()}`.trim()))];
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/['"`\\$:[\]]/g, '') ?? '';
const wordsOf = ({ words }: Place): string => words.map(({ word }) => word).join(' ');

/** How far the words are commands: shared by bash and zsh, which differ in how they are asked. */
const walk = (places: readonly Place[]): string[] => [
  `    case "\${place:+$place }$word" in`,
  `      ${places
    .filter(({ path }) => path !== '')
    .map(({ path }) => `"${path}"`)
    .join('|')}) place="\${place:+$place }$word" ;;`,
  '    esac',
];

const offers = (places: readonly Place[]): string[] => [
  `  case "$place" in`,
  ...places.map((one) => `    "${one.path}") offered="${wordsOf(one)}" ;;`),
  '  esac',
  `  case "$place|$before" in`,
  ...places.flatMap(({ path, values }) =>
    values.map(({ option, values: some }) => `    "${path}|${option}") offered="${some.join(' ')}" ;;`),
  ),
  '  esac',
];

const bash = (places: readonly Place[]): string =>
  [
    '# tocsin completion for bash: source <(tocsin completion bash)',
    '_tocsin() {',
    '  local place="" offered="" word before="${COMP_WORDS[COMP_CWORD-1]}"',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    ...walk(places),
    '  done',
    ...offers(places),
    '  COMPREPLY=($(compgen -W "$offered" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _tocsin tocsin',
  ].join('\n');

const zsh = (places: readonly Place[]): string =>
  [
    '#compdef tocsin',
    '# tocsin completion for zsh: source <(tocsin completion zsh)',
    '_tocsin() {',
    // `words` is what was typed, and `path` the search path: neither may be a name of ours.
    '  local place="" offered="" word before="${words[CURRENT-1]}"',
    '  for word in "${(@)words[2,CURRENT-1]}"; do',
    ...walk(places),
    '  done',
    ...offers(places),
    '  compadd -- ${=offered}',
    '}',
    'compdef _tocsin tocsin',
  ].join('\n');

const fish = (places: readonly Place[]): string =>
  [
    '# tocsin completion for fish: tocsin completion fish | source',
    'complete -c tocsin -f',
    '# How far the words are commands.',
    'function __tocsin_place',
    '  set -l place',
    '  for word in (commandline -opc)[2..]',
    '    switch (string join " " $place $word)',
    `      case ${places
      .filter(({ path }) => path !== '')
      .map(({ path }) => `"${path}"`)
      .join(' ')}`,
    '        set -a place $word',
    '    end',
    '  end',
    '  string join " " $place',
    'end',
    ...places.flatMap(({ path, words, values }) => {
      const here = `complete -c tocsin -n 'test (__tocsin_place | string collect; or echo) = "${path}"'`;
      return [
        ...words.map(({ word, about }) =>
          word.startsWith('--')
            ? `${here} -l ${word.slice(2)}${valuesOf(word, values)} -d '${about}'`
            : `${here} -a ${word} -d '${about}'`,
        ),
      ];
    }),
  ].join('\n');

function valuesOf(option: string, values: Place['values']): string {
  const known = values.find((one) => one.option === option);
  return known ? ` -x -a '${known.values.join(' ')}'` : '';
}
