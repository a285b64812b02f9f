/** directory.yaml, resolved, after a check that whoever is named is there, once. */
import type { Directory, Team } from '../../activities/directory/types';
import { shippedPresets, type Presets } from '../../activities/channels/presets';
import { directoryYaml, type DirectoryYaml } from './directory-yaml';
import { present } from './present';
import type { Environment } from './secrets';
import { ConfigError, Source } from './yaml';

/** Where people are named. */
const MENTIONS = [
  ['people', '*', 'manager'],
  ['people', '*', 'away', '*', 'delegate'],
  ['dutyManagers', '*'],
  ['dutyExecutive', '*'],
  ['onCall', '*', 'people', '*'],
  ['onCall', '*', 'overrides', '*', 'person'],
  ['rnd', '*'],
];

/** Looks at what was written, not at what the schema made of it: so it is told together with every other mistake. */
function checkNames(source: Source): void {
  const people = checkOnce(source, 'people', 'id');
  checkOnce(source, 'onCall', 'team');
  for (const mention of MENTIONS) {
    for (const { path, value } of source.find(...mention)) {
      if (typeof value === 'string' && !people.has(value)) source.report(path, `no such person "${value}"`);
    }
  }
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

const teamOf = ({ rotation, ...team }: DirectoryYaml['onCall'][number]): Team => ({
  ...team,
  ...(rotation && { rotation: { everyMs: rotation.every, from: rotation.from } }),
});

const resolved = ({ people, onCall, contactChannels, ...duty }: DirectoryYaml): Directory => ({
  ...duty,
  people: people.map((person) => ({
    ...present(person),
    channels: person.channels.map(present),
    away: person.away.map(present),
  })),
  onCall: onCall.map(teamOf),
  contactChannels: contactChannels.map(present),
});

/** @throws ConfigError with every mistake of the file. */
export function parseDirectory(
  text: string,
  file: string,
  env: Environment = process.env,
  presets: Presets = shippedPresets(),
): Directory {
  const source = new Source(text, file);
  const yaml = source.parse(directoryYaml(env, presets));
  checkNames(source);
  if (!yaml || source.problems.length > 0) throw new ConfigError(source.problems);
  return resolved(yaml);
}

/** A directory from what a file would say, as an object. @throws ConfigError */
export const directoryFrom = (yaml: object, env: Environment = {}): Directory =>
  parseDirectory(JSON.stringify(yaml), 'directory', env);
