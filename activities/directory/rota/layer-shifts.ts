/** The shifts of a team layer by layer, as a calendar or a report shows them: who really comes, after every override. */
import type { Team } from '../types';
import { layersOf } from './compiled';
import { edges } from './edges';
import { ladderAt, onDutyAt } from './ladder';
import type { Stretch } from './spans';

export interface LayerShift extends Stretch {
  readonly person: string;
  /** Nothing where a team has one layer only. */
  readonly layer?: string;
}

/** Each from when somebody comes until somebody else does; the first layer is whoever is asked first. */
export function layerShiftsBetween(team: Team, from: number, to: number): LayerShift[] {
  const instants = [from, ...edges(team, from, to)];
  return layersOf(team).flatMap(({ layer }, index) => {
    const shifts: LayerShift[] = [];
    for (const [place, at] of instants.entries()) {
      const person = index === 0 ? ladderAt(team, at)[0] : behind(team, at, layer);
      if (person === undefined) continue;
      const shift = { from: at, to: instants[place + 1] ?? to, person, ...(layer !== undefined && { layer }) };
      const before = shifts.at(-1);
      if (before?.to === at && before.person === person) shifts[shifts.length - 1] = { ...before, to: shift.to };
      else shifts.push(shift);
    }
    return shifts;
  });
}

/** Whose turn it is in a layer behind the first, where that is somebody else than whoever is first. */
function behind(team: Team, at: number, layer: string | undefined): string | undefined {
  const { heads } = onDutyAt(team, at);
  return heads.slice(1).find((head) => head.layer === layer && head.person !== heads[0]?.person)?.person;
}
