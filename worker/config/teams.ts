/** A team of directory.yaml, resolved: times are instants, and words are what they mean. */
import {
  WEEKDAYS,
  type DatedTurn,
  type Override,
  type Swap,
  type Team,
  type Window,
} from '../../activities/directory/types';
import type { DirectoryYaml } from './directory-yaml';
import type { OverrideYaml } from './override-yaml';
import { present } from './present';
import { instantIn } from './times';

type TeamYaml = DirectoryYaml['onCall'][number];

/** `days`: the days of each holiday calendar of the file. */
export function teamOf(yaml: TeamYaml, days: (holidays: string) => readonly string[]): Team {
  const { team, timezone, people = [], rotation, layers, windows = [], turns, overrides, holidays, calendar } = yaml;
  const swaps = overrides.flatMap((entry) => (entry.form === 'SWAP' ? swapOf(entry) : []));
  return present({
    team,
    timezone,
    windows: windows === 'always' ? ALWAYS : windows.map((window): Window => present(window)),
    people,
    rotation,
    layers: layers?.map((layer) => present(layer)),
    turns: turns?.map((turn) => datedTurn(timezone, turn)),
    holidays: holidays && { days: days(holidays.calendar), as: holidays.as },
    overrides: overrides.flatMap((entry) => overrideOf(timezone, entry) ?? []),
    swaps: swaps.length > 0 ? swaps : undefined,
    calendar: calendar && calendarOf(calendar),
  });
}

const ALWAYS: readonly Window[] = [{ days: WEEKDAYS, from: '00:00', to: '24:00' }];

/** Nothing for a swap, which is about turns and not about times. */
function overrideOf(timezone: string, yaml: OverrideYaml): Override | undefined {
  if (yaml.form === 'SWAP') return undefined;
  const { form: _, ...rest } = yaml;
  return present({ ...rest, from: instantIn(timezone, yaml.from), to: instantIn(timezone, yaml.to) });
}

const swapOf = ({ swap, turns, layer }: Extract<OverrideYaml, { form: 'SWAP' }>): Swap =>
  present({ swap, turns, layer });

const datedTurn = (
  timezone: string,
  { from, person, rotation }: NonNullable<TeamYaml['turns']>[number],
): DatedTurn => ({
  from: instantIn(timezone, from),
  people: rotation ? 'ROTATION' : (person ?? []).filter((id) => id !== 'nobody'),
});

const calendarOf = ({
  url,
  file = '',
  person,
  dayStarts,
  refresh,
  staleAfter,
  names,
}: NonNullable<TeamYaml['calendar']>): NonNullable<Team['calendar']> => ({
  from: url === undefined ? { file } : { url },
  person,
  dayStarts,
  refreshMs: refresh,
  staleAfterMs: staleAfter,
  names,
});
