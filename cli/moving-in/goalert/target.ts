/** What a GoAlert schedule assigns: a rotation or one user, in the hours of its rules. */
import { localOf, zoneOf } from '../model/clock';
import type { Opening, Span, TheirLayer, Turning } from '../model/export';
import type { Report } from '../model/report';
import type { Rotation, Rule } from './shapes';

const UNITS = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' } as const;
const DAY_MINUTES = 24 * 60;

function openingsOf(rules: readonly Rule[]): Opening[] | undefined {
  const openings = rules.flatMap(({ start, end, weekdayFilter }) => {
    const [from, to] = [Math.floor(start / 60), Math.floor(end / 60)];
    const minutes = to <= from ? to + DAY_MINUTES - from : to - from;
    // Theirs begin with Sunday, ours with Monday.
    return weekdayFilter.flatMap((isOn, day) => (isOn ? [{ day: (day + 6) % 7, from, minutes }] : []));
  });
  const whole = openings.filter(({ minutes }) => minutes === DAY_MINUTES);
  return whole.length === 7 && new Set(whole.map(({ from }) => from)).size === 1 ? undefined : openings;
}

/**
 * Whose turn it is, is state there: `activeUserIndex` has it now, and the next one begins at the first of
 * `nextHandoffTimes`. Its start says only at which time of the day.
 */
function turnsOf(
  { userIDs, activeUserIndex, nextHandoffTimes, start, type, shiftLength, timeZone }: Rotation,
  zone: string,
): Pick<TheirLayer, 'turns' | 'turning'> {
  const own = zoneOf(timeZone) ?? zone;
  const [next] = nextHandoffTimes ?? [];
  // A month is counted from the day it began on: the 31st is not to be lost in February.
  const isCounted = next !== undefined && type !== 'monthly';
  const turning: Turning = {
    unit: UNITS[type],
    count: shiftLength,
    start: localOf(own, isCounted ? next : start),
    ...(own !== zone && { zone: own }),
  };
  const first = isCounted && activeUserIndex != null ? (activeUserIndex + 1) % Math.max(1, userIDs.length) : 0;
  const turns = [...userIDs.slice(first), ...userIDs.slice(0, first)].map((id) => [id]);
  return turns.length > 1 ? { turns, turning } : { turns };
}

/** The shifts that are theirs: GoAlert renders a schedule as a whole. */
const shownOf = (shown: readonly Span[], turns: TheirLayer['turns']): Span[] => {
  const members = new Set(turns.flat());
  return shown.filter(({ people }) => people.every((person) => members.has(person)));
};

export function rotationLayer(
  rotation: Rotation,
  rules: readonly Rule[] | undefined,
  zone: string,
  shown: readonly Span[],
  report: Report,
): TheirLayer {
  const { turns, turning } = turnsOf(rotation, zone);
  if (rotation.type === 'monthly' && new Date(turning?.start ?? 0).getUTCDate() > 28)
    report.add(
      'rotation',
      rotation.id,
      'DIFFERENT',
      'It begins after the 28th: GoAlert goes on into the next month where a month has no such day, here its last day is taken.',
    );
  const openings = rules && openingsOf(rules);
  return {
    id: rotation.id,
    name: rotation.name,
    turns,
    ...(turning && { turning }),
    ...(openings && { openings }),
    rendered: shownOf(shown, turns),
  };
}

export function userLayer(id: string, name: string, rules: readonly Rule[], shown: readonly Span[]): TheirLayer {
  const openings = openingsOf(rules);
  return { id, name, turns: [[id]], ...(openings && { openings }), rendered: shownOf(shown, [[id]]) };
}
