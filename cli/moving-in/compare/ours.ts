/** Who is first by our own directory: `ladderAt` and `edges` of the rota that pages are sent by, and nothing else. */
import { edges, ladderAt } from '../../../activities/directory/rota';
import type { Team } from '../../../activities/directory/types';
import type { Stretch } from '../model/export';
import { boundaries } from '../model/spans';

export interface OurSpan extends Stretch {
  readonly first: string;
  /** Because of an override, and not by the order of turns. */
  readonly isOverride: boolean;
}

/** Of several teams the first that is open, in the order of the file. */
export function ourSpans(teams: readonly Team[], { from, to }: Stretch): OurSpan[] {
  const inside = teams.map((team) => edges(team, from, to).map((at) => ({ from: at, to: at })));
  const cuts = boundaries([{ from, to }], ...inside);
  return cuts.flatMap((at, index) => {
    const until = cuts[index + 1];
    if (until === undefined) return [];
    for (const team of teams) {
      const [first] = ladderAt(team, at);
      if (first !== undefined) return [{ from: at, to: until, first, isOverride: isByOverride(team, first, at) }];
    }
    return [];
  });
}

const isByOverride = ({ overrides }: Team, first: string, at: number): boolean =>
  overrides.some(
    (override) => 'person' in override && override.person === first && override.from <= at && at < override.to,
  );
