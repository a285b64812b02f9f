/** What bash and zsh have in common: how far the words are commands, and what is offered there. */
import type { Place, Value } from './places';

export const walk = (places: readonly Place[]): string[] => [
  `    case "\${place:+$place }$word" in`,
  `      ${places
    .filter(({ path }) => path !== '')
    .map(({ path }) => `"${path}"`)
    .join('|')}) place="\${place:+$place }$word" ;;`,
  '    esac',
];

/** Sets `offered`, and `wants` to the kind of value that the option before it takes. */
export const offers = (places: readonly Place[]): string[] => [
  `  case "$place" in`,
  ...places.map(
    ({ path, words, options, files }) =>
      `    "${path}") offered="${[...words, ...options].map(({ word }) => word).join(' ')}"${files ? ' wants=ALSO_FILE' : ''} ;;`,
  ),
  '  esac',
  `  case "$place|$before" in`,
  ...places.flatMap(({ path, options }) =>
    options.flatMap(({ word, value }) =>
      value?.type === 'CHOICE' ? [`    "${path}|${word}") offered="${value.words.join(' ')}" wants=CHOICE ;;`] : [],
    ),
  ),
  ...(['FILE', 'AT_FILE', 'FREE'] as const).map(
    (type) => `    ${optionsThatTake(type, places).join('|')}) offered="" wants=${type} ;;`,
  ),
  '  esac',
];

const optionsThatTake = (type: Value['type'], places: readonly Place[]): string[] =>
  places.flatMap(({ path, options }) =>
    options.flatMap(({ word, value }) => (value?.type === type ? [`"${path}|${word}"`] : [])),
  );
