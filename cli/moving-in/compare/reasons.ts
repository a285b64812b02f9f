/** Why two rotas differ for a time. What is left is `UNKNOWN`: nobody should switch while there is any. */
import { HOUR_MS, localOf, MINUTE_MS } from '../model/clock';
import type { Span, Stretch, TheirPerson, TheirSchedule } from '../model/export';
import { readLayer } from '../reading/layer';
import { within } from '../model/spans';

export const REASONS = {
  ROUNDING: 'a minute at most: seconds and 23:59 are rounded',
  FORWARDED: 'somebody there forwards their alerts to another person for a time',
  OVERRIDE: 'an override stands on one side only',
  INACTIVE_USER: 'whoever it would be there is switched off, gone, or not in the directory here',
  HIDDEN_LAYER: 'it shows there only because the layer above has nobody',
  CLOCK_CHANGE: 'clocks change, and the two change with them differently',
  UNKNOWN: 'no reason is known: do not switch before it is',
} as const;
export type Reason = keyof typeof REASONS;

const CLOSE_MS = 3 * HOUR_MS;

/** When the zone's clocks change, to the minute. */
export function clockChanges(zone: string, { from, to }: Stretch): number[] {
  const offset = (at: number): number => localOf(zone, at) - at;
  const changes: number[] = [];
  for (let at = from - 24 * HOUR_MS; at < to + 24 * HOUR_MS; at += 24 * HOUR_MS) {
    if (offset(at) === offset(at + 24 * HOUR_MS)) continue;
    let [low, high] = [at, at + 24 * HOUR_MS];
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / (2 * MINUTE_MS)) * MINUTE_MS;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  return changes;
}

export interface Compared extends Stretch {
  /** Theirs, as they show or we read it. */
  readonly theirs: Span | undefined;
  /** Our person, by our id. */
  readonly ours: string | undefined;
  /** Whether ours is first because of an override of ours. */
  readonly isOurOverride: boolean;
}

export interface Circumstances {
  readonly schedule: TheirSchedule;
  readonly changes: readonly number[];
  readonly people: ReadonlyMap<string, TheirPerson>;
  /** Whether our directory has them. */
  readonly isKnown: (their: string) => boolean;
}

export function reasonOf({ from, to, theirs, isOurOverride }: Compared, about: Circumstances): Reason {
  const [first] = theirs?.people ?? [];
  if (to - from <= MINUTE_MS) return 'ROUNDING';
  if (theirs?.because === 'FORWARDED') return 'FORWARDED';
  if (theirs?.because === 'OVERRIDE' || isOurOverride) return 'OVERRIDE';
  if (first !== undefined && (about.people.get(first)?.isActive === false || !about.isKnown(first)))
    return 'INACTIVE_USER';
  if (first !== undefined && showsThrough(first, { from, to }, about.schedule)) return 'HIDDEN_LAYER';
  const isClose = (at: number): boolean => about.changes.some((change) => Math.abs(change - at) <= CLOSE_MS);
  return isClose(from) || isClose(to) ? 'CLOCK_CHANGE' : 'UNKNOWN';
}

/** The layer above is there and has nobody, so that another one shows. */
function showsThrough(person: string, stretch: Stretch, { layers, layersAre, zone }: TheirSchedule): boolean {
  const [above, ...behind] = layers;
  if (layersAre !== 'HIDING' || !above?.turns.some((turn) => turn.length === 0)) return false;
  const isOn = (layer: TheirSchedule['layers'][number]): boolean =>
    within(readLayer(layer, zone, stretch), stretch).some(({ people }) => people.includes(person));
  return readLayer(above, zone, stretch).length === 0 && behind.some(isOn);
}
