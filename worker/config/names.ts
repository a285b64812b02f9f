/** Whoever is named in directory.yaml is there, once: a mistake at once, and not in the night in which they are looked for. */
import { NOBODY } from '../../activities/directory/types';
import type { Path, Source } from './yaml';

/** Where people are named. */
const MENTIONS = [
  ['people', '*', 'manager'],
  ['people', '*', 'away', '*', 'delegate'],
  ['dutyManagers', '*'],
  ['dutyExecutive', '*'],
  ['onCall', '*', 'overrides', '*', 'person'],
  ['onCall', '*', 'overrides', '*', 'instead'],
  ['onCall', '*', 'overrides', '*', 'off'],
  ['onCall', '*', 'overrides', '*', 'swap', '*'],
  ['onCall', '*', 'calendar', 'names', '*'],
  ['rnd', '*'],
];
/** Where turns are: `nobody` may have one, several people may share one, and somebody may join or leave. */
const TURNS = [
  ['onCall', '*', 'people', '*'],
  ['onCall', '*', 'windows', '*', 'people', '*'],
  ['onCall', '*', 'layers', '*', 'people', '*'],
  ['onCall', '*', 'turns', '*', 'person'],
];

/** Looks at what was written, not at what the schema made of it: so it is told together with every other mistake. */
export function checkNames(source: Source): void {
  const people = checkOnce(source, 'people', 'id');
  for (const { path, value } of source.find('people', '*', 'id'))
    if (value === NOBODY) source.report(path, `"${NOBODY}" is a word of the rota, for a turn that is off`);
  checkOnce(source, 'onCall', 'team');
  const check = ({ path, value }: Named, isTurn: boolean): void => {
    if (typeof value !== 'string' || people.has(value) || (isTurn && value === NOBODY)) return;
    source.report(path, `no such person "${value}"`);
  };
  for (const mention of MENTIONS) for (const named of source.find(...mention)) check(named, false);
  for (const turn of TURNS)
    for (const named of source.find(...turn)) for (const one of inOnePlace(named)) check(one, true);
  checkHolidays(source);
}

interface Named {
  readonly path: Path;
  readonly value: unknown;
}

/** Everybody in one place of the order of turns. */
function* inOnePlace({ path, value }: Named): Generator<Named> {
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield { path: [...path, index], value: one };
  else if (typeof value === 'object' && value !== null && 'person' in value)
    yield* inOnePlace({ path: [...path, 'person'], value: value.person });
  else yield { path, value };
}

function checkOnce(source: Source, list: string, key: string): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { path, value } of source.find(list, '*', key)) {
    if (typeof value !== 'string') continue;
    if (seen.has(value)) source.report(path, `"${value}" is there twice`);
    seen.add(value);
  }
  return seen;
}

function checkHolidays(source: Source): void {
  const known = new Set([...source.find('holidays')].flatMap(({ value }) => Object.keys(value ?? {})));
  for (const { path, value } of source.find('onCall', '*', 'holidays', 'calendar')) {
    if (typeof value === 'string' && !known.has(value)) source.report(path, `no such holidays "${value}"`);
  }
}
