/** Whose turn it is, in the words of `directory.yaml`. */
import type { TheirLayer, TheirSchedule } from '../model/export';
import { anchored } from './anchor';
import type { PlaceYaml, Wanted } from './team-yaml';
import { rotationText, timeText, type RotationYaml } from './words';

interface Turns {
  readonly people: readonly PlaceYaml[];
  readonly rotation?: RotationYaml;
}

export function turnsOf(layer: TheirLayer, { zone }: TheirSchedule, { people, now, report }: Wanted): Turns {
  const place = (turn: readonly string[]): PlaceYaml => {
    const ids = [...new Set(turn.map((id) => people.idOf(id)))];
    return ids.length === 0 ? 'nobody' : ids.length === 1 ? (ids[0] ?? 'nobody') : ids;
  };
  if (!layer.turning || layer.turns.length < 2) {
    report.add('layer', layer.id, 'SAME', `${layer.name}: always the same.`);
    return { people: layer.turns.length === 0 ? ['nobody'] : layer.turns.map(place) };
  }
  const { turning, turns, isShown } = anchored(layer, layer.turning, zone, now);
  report.add(
    'layer',
    layer.id,
    'SAME',
    isShown
      ? `${layer.name}: whose turn it is was taken from the turns that they show.`
      : `${layer.name}: the export shows no turns, so whose turn it is was counted from its start. Compare before you switch.`,
  );
  return { people: turns.map(place), rotation: rotationText(turning) };
}

/** A rotation that has not begun, or will end: before and after it is nobody's turn. */
export function endsOf({ from, to }: TheirLayer, zone: string, now: number): { turns?: readonly object[] } {
  const isAhead = from !== undefined && from > now;
  const turns = [
    ...(isAhead
      ? [
          { from: timeText(zone, now), nobody: true },
          { from: timeText(zone, from), rotation: true },
        ]
      : []),
    ...(to === undefined ? [] : [{ from: timeText(zone, to), nobody: true }]),
  ];
  return turns.length === 0 ? {} : { turns };
}
