/** For fish, which is told each word with the condition that it stands under. */
import type { OfferedOption, Place, Value } from './places';

export const fish = (places: readonly Place[]): string =>
  [
    '# tocsin completion for fish: tocsin completion fish | source',
    'complete -c tocsin -f',
    '# How far the words are commands.',
    'function __tocsin_place',
    '  set -l place',
    '  for word in (commandline -opc)[2..]',
    // A word that begins with dashes is no option of `string`.
    '    switch (string join -- " " $place $word)',
    `      case ${places
      .filter(({ path }) => path !== '')
      .map(({ path }) => `"${path}"`)
      .join(' ')}`,
    '        set -a place $word',
    '    end',
    '  end',
    '  string join -- " " $place',
    'end',
    'function __tocsin_at_file',
    '  string replace -r -- "^" @ (__fish_complete_path (string replace -r -- "^[^@]*@" "" (commandline -ct)))',
    'end',
    ...places.flatMap(({ path, words, files, options }) => {
      const here = `complete -c tocsin -n 'test (__tocsin_place | string collect; or echo) = "${path}"'`;
      return [
        ...words.map(({ word, about }) => `${here} -a ${word} -d '${about}'`),
        ...(files ? [`${here} -F`] : []),
        ...options.map((option) => `${here} -l ${option.word.slice(2)}${valueOf(option)} -d '${option.about}'`),
      ];
    }),
  ].join('\n');

const VALUES: Readonly<Record<Exclude<Value['type'], 'CHOICE'>, string>> = {
  FILE: ' -r -F',
  AT_FILE: " -x -a '(__tocsin_at_file)'",
  FREE: ' -x',
};

function valueOf({ value }: OfferedOption): string {
  if (value === undefined) return '';
  return value.type === 'CHOICE' ? ` -x -a '${value.words.join(' ')}'` : VALUES[value.type];
}
