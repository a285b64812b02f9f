/**
 * A schedule of theirs as one team of ours, or as several that are asked in order: one where all of its layers are open at
 * the same hours, one for each of them otherwise, and turn by turn with dates where no rule of ours says the same.
 */
import type { TheirLayer, TheirSchedule } from '../model/export';
import type { Report } from '../model/report';
import { dated } from './dated';
import { withOverrides } from './overrides';
import { free, slug } from './people';
import { dayOf, layerNames, type Wanted, type WrittenTeam } from './team-yaml';
import { endsOf, turnsOf } from './turns';
import { isWhole, windowsText } from './words';

/** The names of a schedule's teams begin with this; a layer of its own follows behind a dot, which no slug has. */
export const teamName = (schedule: TheirSchedule, all: readonly TheirSchedule[]): string => {
  const taken = new Set<string>();
  for (const one of all) {
    const name = free(slug(one.name) || 'team', taken);
    if (one === schedule) return name;
    taken.add(name);
  }
  return slug(schedule.name) || 'team';
};

export function teamsOf(schedule: TheirSchedule, name: string, wanted: Wanted): WrittenTeam[] {
  const { report, now } = wanted;
  const layers = schedule.layers.filter((layer) => {
    if (layer.to === undefined || layer.to > now) return true;
    report.add('layer', layer.id, 'LEFT_OUT', `${layer.name} ended on ${dayOf(layer.to)}.`);
    return false;
  });
  const live = { ...schedule, layers };
  if (layers.length === 0 && !schedule.rendered) {
    report.add('schedule', schedule.id, 'LEFT_OUT', `${schedule.name} has nobody in it.`);
    return [];
  }
  const why = beyondRules(live, now);
  if (why !== undefined) return dated(live, name, why, wanted);
  const isAlike = new Set(layers.map(({ openings }) => JSON.stringify(windowsText(openings)))).size === 1;
  const teams = isAlike ? [together(live, name, wanted)] : layers.map((layer) => alone(live, layer, name, wanted));
  const names = teams.map(({ yaml }) => yaml.team);
  report.add(
    'schedule',
    schedule.id,
    'SAME',
    `It is ${names.length === 1 ? 'the team' : 'the teams'} ${names.join(', ')}.`,
  );
  if (layers.length > 1) sayHowManyAreAsked(live, report);
  return withOverrides(teams, { ...live, isAlike }, wanted);
}

/** Why no rule of ours says what theirs does, if none does. */
function beyondRules({ layers, zone }: TheirSchedule, now: number): string | undefined {
  if (layers.length === 0) return 'Its rule is not in the export';
  // A rotation that is alone begins and ends with a turn of nobody; of several each would need its own.
  const isAlone = layers.length === 1 && (layers[0]?.turns.length ?? 0) > 1 && layers[0]?.turning !== undefined;
  for (const { name, from, to, beyondRules: why, turning } of layers) {
    if (why !== undefined) return `${name}: ${why}`;
    if (from !== undefined && from > now && !isAlone) return `${name} begins only on ${dayOf(from)}`;
    if (to !== undefined && !isAlone) return `${name} ends on ${dayOf(to)}`;
    if (turning && !isWhole(turning)) return `${name} changes turns between two minutes`;
    if (turning?.zone !== undefined && turning.zone !== zone)
      return `${name} changes turns by the clock of ${turning.zone}`;
  }
  return undefined;
}

function sayHowManyAreAsked({ layers, layersAre }: TheirSchedule, report: Report): void {
  const [first, ...behind] = layers;
  for (const { id, name } of behind)
    report.add(
      'layer',
      id,
      'DIFFERENT',
      layersAre === 'HIDING'
        ? `Behind ${first?.name ?? ''}, ${name} is hidden there; here it is asked second.`
        : `There ${name} is called at the same time as ${first?.name ?? ''}; here it is asked after it.`,
    );
}

function together(schedule: TheirSchedule, name: string, wanted: Wanted): WrittenTeam {
  const { layers, zone } = schedule;
  const [first] = layers as [TheirLayer, ...TheirLayer[]];
  const base = { team: name, timezone: zone, windows: windowsText(first.openings) };
  const names = layerNames(layers);
  const yaml =
    layers.length === 1
      ? { ...base, ...turnsOf(first, schedule, wanted), ...endsOf(first, zone, wanted.now) }
      : {
          ...base,
          layers: layers.map((layer, index) => ({
            layer: names[index] ?? layer.id,
            ...turnsOf(layer, schedule, wanted),
          })),
        };
  return { yaml, comment: `${schedule.name} (${schedule.id})` };
}

/** With hours of its own a layer is a team of its own: those that are open are asked in the order of the file. */
const alone = (schedule: TheirSchedule, layer: TheirLayer, name: string, wanted: Wanted): WrittenTeam => ({
  yaml: {
    team: `${name}.${layerNames(schedule.layers)[schedule.layers.indexOf(layer)] ?? layer.id}`,
    timezone: schedule.zone,
    windows: windowsText(layer.openings),
    ...turnsOf(layer, schedule, wanted),
  },
  comment: `${schedule.name} (${schedule.id}), ${layer.name}`,
});
