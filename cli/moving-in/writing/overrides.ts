/** Overrides of a schedule, in whichever of its teams they belong. */
import type { TheirOverride, TheirSchedule } from '../model/export';
import type { People } from './people';
import { dayOf, layerNames, type Wanted, type WrittenTeam } from './team-yaml';
import { timeText } from './words';

export interface Overridden extends TheirSchedule {
  /** One team has all layers; otherwise each has its own. */
  readonly isAlike: boolean;
}

export function withOverrides(teams: readonly WrittenTeam[], schedule: Overridden, wanted: Wanted): WrittenTeam[] {
  const { now, report } = wanted;
  const ahead = schedule.overrides.filter(({ id, from, to }) => {
    if (to <= now) report.add('override', id, 'LEFT_OUT', `It was over on ${dayOf(to)}.`);
    else if (to <= from) report.add('override', id, 'LEFT_OUT', 'It ends before it begins.');
    return to > now && to > from;
  });
  const placed = ahead.flatMap((override) => {
    const places = overrideText(override, schedule, wanted.people);
    const isPlaced = places.length > 0;
    const why = isPlaced ? 'It is an override of the team.' : 'Nobody is put in: there is no such override here.';
    report.add('override', override.id, isPlaced ? 'SAME' : 'LEFT_OUT', why);
    return places;
  });
  return teams.map((team, index) => {
    const overrides = placed.filter(({ team: of }) => of === 'EACH' || of === index).map(({ yaml }) => yaml);
    return overrides.length === 0 ? team : { ...team, yaml: { ...team.yaml, overrides } };
  });
}

interface PlacedOverride {
  /** Its index, or each of them: whoever is taken off is taken off all. */
  readonly team: number | 'EACH';
  readonly yaml: object;
}

function overrideText(
  override: TheirOverride,
  { zone, layers, isAlike }: Overridden,
  people: People,
): PlacedOverride[] {
  const { person, instead, from, to, layers: only } = override;
  const times = { from: timeText(zone, from), to: timeText(zone, to) };
  if (person === undefined)
    return instead === undefined ? [] : [{ team: 'EACH', yaml: { off: people.idOf(instead), ...times } }];
  const named = { person: people.idOf(person), ...times };
  if (instead !== undefined) return [{ team: 'EACH', yaml: { ...named, instead: people.idOf(instead) } }];
  // Whoever is put on call comes first of all teams, open or not.
  if (only === undefined) return [{ team: 0, yaml: { ...named, open: true } }];
  return layers.flatMap(({ id }, index) => {
    if (!only.includes(id)) return [];
    if (!isAlike || layers.length === 1) return [{ team: isAlike ? 0 : index, yaml: named }];
    return [{ team: 0, yaml: { ...named, layer: layerNames(layers)[index] } }];
  });
}
