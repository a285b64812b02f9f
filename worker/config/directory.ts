/** directory.yaml, resolved, after a check that whoever is named is there, once, and that swaps are of turns that are theirs. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CalendarRefused, daysIn } from '../../activities/directory/ical/read';
import { unclaimedSwaps } from '../../activities/directory/rota';
import type { Directory } from '../../activities/directory/types';
import { shippedPresets, type Presets } from '../../activities/channels/presets';
import { directoryYaml, type DirectoryYaml } from './directory-yaml';
import { checkNames } from './names';
import { present } from './present';
import type { Environment } from './secrets';
import { teamOf } from './teams';
import { ConfigError, Source } from './yaml';

const resolved = (
  { people, onCall, contactChannels, holidays: _, ...duty }: DirectoryYaml,
  holidays: ReadonlyMap<string, readonly string[]>,
): Directory => ({
  ...duty,
  ...unusedIn(holidays, onCall),
  people: people.map((person) => ({
    ...present(person),
    channels: person.channels.map(present),
    away: person.away.map(present),
  })),
  onCall: onCall.map((team) => teamOf(team, (name) => holidays.get(name) ?? [])),
  contactChannels: contactChannels.map(present),
});

function unusedIn(
  holidays: ReadonlyMap<string, unknown>,
  onCall: DirectoryYaml['onCall'],
): Pick<Directory, 'unusedHolidays'> {
  const used = new Set(onCall.map((team) => team.holidays?.calendar));
  const unusedHolidays = [...holidays.keys()].filter((name) => !used.has(name));
  return unusedHolidays.length > 0 ? { unusedHolidays } : {};
}

/** The days of each calendar of holidays: those that are written, and those of its file, which lies beside directory.yaml. */
function holidaysIn(
  source: Source,
  { holidays }: DirectoryYaml,
  folder: string,
  { now = Date.now(), onFile }: Judging,
): ReadonlyMap<string, readonly string[]> {
  const days = new Map<string, readonly string[]>();
  for (const [name, { days: written = [], file: named }] of Object.entries(holidays)) {
    const file = named === undefined ? undefined : resolve(folder, named);
    if (file !== undefined) onFile?.(file);
    try {
      const ofFile = file === undefined ? [] : daysIn(readFileSync(file, 'utf8'), now);
      days.set(name, [...new Set([...written, ...ofFile])]);
    } catch (error) {
      const why = error instanceof CalendarRefused ? error.message : 'it cannot be read';
      source.report(['holidays', name, 'file'], `is no calendar of days: ${why}`);
    }
  }
  return days;
}

/** A swap of turns that are not theirs is a mistake while it lies ahead: somebody's night would not be taken over. */
function checkSwaps(source: Source, { onCall }: Directory, yaml: DirectoryYaml, now: number): void {
  for (const [index, team] of onCall.entries()) {
    for (const swap of unclaimedSwaps(team, now)) {
      const written = yaml.onCall[index]?.overrides.findIndex(
        (entry) => entry.form === 'SWAP' && entry.swap === swap.swap && entry.turns === swap.turns,
      );
      const [a, b] = swap.swap;
      const [first, second] = swap.turns;
      source.report(
        ['onCall', index, 'overrides', written ?? 0, 'swap'],
        `no turn of ${a} begins on the one day and of ${b} on the other (${first}, ${second})`,
      );
    }
  }
}

export interface Judging {
  /** The shipped ones when left out. */
  readonly presets?: Presets;
  /** What lies behind is not refused any more. */
  readonly now?: number;
  /** Told of each file that it names, before that is read. */
  readonly onFile?: (file: string) => void;
}

/** @throws ConfigError with every mistake of the file. */
export function parseDirectory(
  text: string,
  file: string,
  env: Environment = process.env,
  judging: Judging = {},
): Directory {
  const { presets = shippedPresets(), now = Date.now() } = judging;
  const source = new Source(text, file);
  const yaml = source.parse(directoryYaml(env, presets));
  checkNames(source);
  if (!yaml || source.problems.length > 0) throw new ConfigError(source.problems);
  const holidays = holidaysIn(source, yaml, dirname(file), judging);
  if (source.problems.length > 0) throw new ConfigError(source.problems);
  const directory = resolved(yaml, holidays);
  checkSwaps(source, directory, yaml, now);
  if (source.problems.length > 0) throw new ConfigError(source.problems);
  return directory;
}

/** A directory from what a file would say, as an object. @throws ConfigError */
export const directoryFrom = (yaml: object, env: Environment = {}): Directory =>
  parseDirectory(JSON.stringify(yaml), 'directory', env);
