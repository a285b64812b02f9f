/**
 * T7: what is told of a rota before the night, because it would otherwise be noticed in it: what has no effect, who never
 * comes, whose turn lies in their own absence. Hints: nothing of it keeps a page from finding somebody.
 */
import { DAY_MS, parseDay } from '../../activities/directory/local-time';
import { standIn } from '../../activities/directory/present';
import {
  edges,
  ladderAt,
  layerShiftsBetween,
  layersOf,
  membersAt,
  unclaimedSwaps,
  weekdayOf,
} from '../../activities/directory/rota';
import {
  WEEKDAYS,
  type Directory,
  type Layer,
  type Override,
  type Rotation,
  type Team,
  type Weekday,
} from '../../activities/directory/types';

export const HINTS = {
  NO_EFFECT: 'has no effect: the team is closed then, or it would be so anyway',
  OVERRIDDEN: 'never first in its time: an override that stands later in the file goes before it',
  LEAVES_NOBODY: 'off, and nobody else of the team is asked then: the team that opens next is woken',
  SWAP_NO_EFFECT: 'has no effect: the turns are not theirs',
  HOLIDAYS_UNUSED: 'no team has these holidays: every day of theirs is like any other',
  HOLIDAYS_OVER: 'no day of its holidays lies ahead: from now on every day is like any other',
  HOLIDAYS_NO_EFFECT: 'its holidays of the next 52 weeks have no effect: it is closed then, or it would be so anyway',
  NEVER_FIRST: 'never first in the next 52 weeks',
  NEVER_ASKED: 'never asked in the next 52 weeks: others have every window and every turn',
  OWN_TURN_AWAY: 'away in their own turn, and nobody stands in: the next on the ladder is asked',
  TURN_CHANGES_IN_WINDOW: 'the turn changes while a window is open, as `at` says',
  NOBODYS_TURN: "nobody's turn, as the rota says: the team that opens next is woken",
  TURNS_END: 'the turns that are planned by hand end, and then it is nobody',
  LONG_OVERRIDE: 'an override of more than 92 days',
  HOURS_WITHOUT_AT: 'turns of hours without `at` are counted from 00:00',
  CALENDAR_NEVER_READ: 'its calendar was never read: its people are asked round the clock',
  CALENDAR_STALE: 'its calendar was not read for long; the last copy is in use',
  CALENDAR_REFUSED: 'its calendar is refused; the last copy is in use',
  CALENDAR_OVER: 'its calendar has no event any more: its people are asked round the clock',
  NAME_UNKNOWN: 'its calendar names somebody whom the directory does not know: the people of the team are asked',
  ZONE_WITHOUT_SUMMER: 'a zone without summer time, whose sign is turned round: Etc/GMT-1 is an hour ahead of UTC',
} as const;
export type HintReason = keyof typeof HINTS;

/** How it stands with a calendar, for whoever reads it. */
export interface CalendarHealth {
  readonly team: string;
  readonly readAt: number | null;
  readonly isStale: boolean;
  readonly refused: string | null;
  readonly unknown: readonly { readonly title: string; readonly from: number }[];
}

/** What is told of calendars, from what was read last. */
export const calendarHints = (directory: Directory, calendars: readonly CalendarHealth[], now: number): Hint[] =>
  calendars.flatMap(({ team: name, readAt, isStale, refused, unknown }) => {
    const team = directory.onCall.find((entry) => entry.team === name);
    if (!team) return [];
    if (readAt === null) return [hint(team, 'CALENDAR_NEVER_READ')];
    const titles = new Map(unknown.map(({ title, from }) => [title, from] as const).reverse());
    return [
      ...(refused === null ? [] : [hint(team, 'CALENDAR_REFUSED', [], { from: readAt })]),
      ...(isStale ? [hint(team, 'CALENDAR_STALE', [], { from: readAt })] : []),
      ...((team.shifts ?? []).some(({ to }) => to > now) ? [] : [hint(team, 'CALENDAR_OVER')]),
      ...[...titles].map(([title, from]) => hint(team, 'NAME_UNKNOWN', [title], { from })),
    ];
  });

export interface Hint {
  /** Of holidays that no team has: their own name. */
  readonly team: string;
  readonly reason: HintReason;
  readonly people: readonly string[];
  /** Which part of the file, or of the time, it is about. */
  readonly from?: number;
  readonly to?: number;
}

const WEEK_MS = 7 * DAY_MS;
const SOON_MS = 8 * WEEK_MS;
const YEAR_MS = 52 * WEEK_MS;
const LONG_MS = 92 * DAY_MS;

/** In the order of the teams. */
export const rotaHints = (directory: Directory, now: number): Hint[] => [
  ...directory.onCall.flatMap((team) => hintsOfTeam(directory, team, now)),
  ...unusedHolidays(directory),
];

export const unusedHolidays = ({ unusedHolidays: unused = [] }: Directory): Hint[] =>
  unused.map((name) => hint({ team: name }, 'HOLIDAYS_UNUSED'));

/** Of one team: whoever tells them between two pages takes one at a time. */
export const hintsOfTeam = (directory: Directory, team: Team, now: number): Hint[] => [
  ...overrideHints(team, now),
  ...unclaimedSwaps(team).map(({ swap }) => hint(team, 'SWAP_NO_EFFECT', swap)),
  ...turnsWithoutEffect(team, now),
  ...holidayHints(team, now),
  ...neverFirst(team, now),
  ...neverAsked(team, now),
  ...ownTurnAway(directory, team, now),
  ...nobodysTurn(team, now),
  ...writtenSo(team),
  ...turnsEnd(team, now),
];

const hint = (
  { team }: Pick<Team, 'team'>,
  reason: HintReason,
  people: readonly string[] = [],
  span: { readonly from?: number; readonly to?: number } = {},
): Hint => ({ team, reason, people, ...span });

function overrideHints(team: Team, now: number): Hint[] {
  return team.overrides
    .filter(({ to }) => to > now)
    .flatMap((override) => {
      const { from, to } = override;
      const people = ['off' in override ? override.off : override.person];
      return [
        ...(to - from > LONG_MS ? [hint(team, 'LONG_OVERRIDE', people, { from, to })] : []),
        ...(changesNothing(team, override)
          ? [hint(team, 'NO_EFFECT', people, { from, to })]
          : isBehind(team, override)
            ? [hint(team, 'OVERRIDDEN', people, { from, to })]
            : leavesNobody(team, override)),
      ];
    });
}

/** Who is to come first, and would but for others that stand later in the file. */
function isBehind(team: Team, override: Override): boolean {
  if ('off' in override) return false;
  const isFirst = (of: Team): boolean => momentsOf(of, override).some((at) => ladderAt(of, at)[0] === override.person);
  const upToIt = team.overrides.slice(0, team.overrides.indexOf(override) + 1);
  return !isFirst(team) && isFirst({ ...team, overrides: upToIt });
}

/** Whoever is taken off was the last whom the team would have asked. */
function leavesNobody(team: Team, override: Override): Hint[] {
  if (!('off' in override)) return [];
  const without = withoutOne(team, override);
  const moments = [...momentsOf(team, override), override.to];
  const begins = moments.findIndex(
    (at) => at < override.to && ladderAt(team, at).length === 0 && ladderAt(without, at).length > 0,
  );
  const from = moments[begins];
  if (from === undefined) return [];
  const to = moments.slice(begins).find((at) => at === override.to || ladderAt(team, at).length > 0);
  return [hint(team, 'LEAVES_NOBODY', [override.off], { from, ...(to !== undefined && { to }) })];
}

const withoutOne = (team: Team, override: Override): Team => ({
  ...team,
  overrides: team.overrides.filter((other) => other !== override),
});

/** Looked at with and without it, at every moment of its time. */
function changesNothing(team: Team, override: Override): boolean {
  const without = withoutOne(team, override);
  return momentsOf(team, override).every((at) => ladderAt(team, at).join() === ladderAt(without, at).join());
}

function momentsOf(team: Team, { from, to }: Override): readonly number[] {
  return [from, ...edges(team, from, Math.min(to, from + LONG_MS))];
}

/** Whoever is planned by hand comes while a window is open, and not otherwise. */
function turnsWithoutEffect(team: Team, now: number): Hint[] {
  return (team.turns ?? []).flatMap(({ from, people }, index, turns) => {
    const to = turns[index + 1]?.from;
    if (people === 'ROTATION' || people.length === 0 || to === undefined || to <= now) return [];
    const isOpen = [from, ...edges(team, from, to)].some((at) => ladderAt(team, at).length > 0);
    return isOpen ? [] : [hint(team, 'NO_EFFECT', people, { from, to })];
  });
}

/** A day of the team's zone begins within a day of UTC's, and so does the work of the day before. */
function holidayHints(team: Team, now: number): Hint[] {
  const { holidays, ...without } = team;
  if (!holidays) return [];
  const begins = holidays.days.map((day) => Date.parse(`${day}T00:00:00Z`)).filter((at) => at + 2 * DAY_MS > now);
  if (begins.length === 0) return [hint(team, 'HOLIDAYS_OVER')];
  const soon = begins.filter((at) => at < now + YEAR_MS);
  const isSame = (at: number): boolean => ladderAt(team, at).join() === ladderAt(without, at).join();
  const hasEffect = soon.some((begin) => {
    const [from, to] = [begin - DAY_MS, begin + 2 * DAY_MS];
    return ![from, ...edges(team, from, to), ...edges(without, from, to)].every(isSame);
  });
  return soon.length === 0 || hasEffect ? [] : [hint(team, 'HOLIDAYS_NO_EFFECT')];
}

/** Where there are no turns everybody but the first is behind somebody, and meant to be. */
function neverFirst(team: Team, now: number): Hint[] {
  if (team.calendar || team.turns || !layersOf(team).some(({ rotation }) => rotation)) return [];
  const come = new Set(layerShiftsBetween(team, now, now + YEAR_MS).map(({ person }) => person));
  const inTurns = layersOf(team).filter(({ rotation }) => rotation);
  const never = membersAt({ ...team, layers: inTurns }, now).filter((id) => !come.has(id));
  return never.length > 0 ? [hint(team, 'NEVER_FIRST', never)] : [];
}

/** Where there are turns, whoever never comes first is told of already. */
function neverAsked(team: Team, now: number): Hint[] {
  if (team.calendar || layersOf(team).some(({ rotation }) => rotation)) return [];
  const asked = new Set([now, ...edges(team, now, now + YEAR_MS)].flatMap((at) => ladderAt(team, at)));
  const never = membersAt(team, now).filter((id) => !asked.has(id));
  return never.length > 0 ? [hint(team, 'NEVER_ASKED', never)] : [];
}

function ownTurnAway(directory: Directory, team: Team, now: number): Hint[] {
  return layerShiftsBetween(team, now, now + SOON_MS).flatMap(({ person, from, to }) => {
    const absences = directory.people.find(({ id }) => id === person)?.away ?? [];
    const moments = [from, ...absences.flatMap((away) => [away.from, away.to])]
      .filter((at) => at >= from && at < to)
      .sort((a, b) => a - b);
    const at = moments.find(
      (moment) => ![...standIn(directory, person, 'ON_CALL', moment)].some((step) => 'found' in step),
    );
    if (at === undefined) return [];
    const back = absences.filter((away) => away.from <= at && at < away.to).map((away) => away.to);
    return hint(team, 'OWN_TURN_AWAY', [person], { from: at, to: Math.min(to, ...back) });
  });
}

/** The next one only: that there are more is what the rota says. */
function nobodysTurn(team: Team, now: number): Hint[] {
  const isMeant = layersOf(team).some(({ people }) => people.includes('nobody'));
  if (!isMeant || !isAlways(team)) return isMeant ? [hint(team, 'NOBODYS_TURN')] : [];
  const moments = [now, ...edges(team, now, now + SOON_MS), now + SOON_MS];
  const begins = moments.findIndex((at) => ladderAt(team, at).length === 0);
  const from = moments[begins];
  if (begins < 0 || from === undefined) return [];
  const to = moments.slice(begins).find((at) => ladderAt(team, at).length > 0);
  return [hint(team, 'NOBODYS_TURN', [], { from, ...(to !== undefined && { to }) })];
}

const isAlways = ({ windows }: Team): boolean =>
  windows.some(({ days, from, to }) => days.length === 7 && isWholeDay({ from, to }));
const isWholeDay = ({ from, to }: { readonly from: string; readonly to: string }): boolean =>
  from === to || (from === '00:00' && to === '24:00');

/** What can be seen by reading. */
function writtenSo(team: Team): Hint[] {
  const layers = layersOf(team);
  const isHours = ({ rotation }: Layer): boolean => rotation?.every.unit === 'MINUTES' && rotation.at === undefined;
  return [
    ...(layers.some(isHours) ? [hint(team, 'HOURS_WITHOUT_AT')] : []),
    ...(layers.some(({ rotation }) => rotation && isInside(team, rotation))
      ? [hint(team, 'TURN_CHANGES_IN_WINDOW')]
      : []),
    ...(/^(GMT$|Etc\/GMT[+-])/.test(team.timezone) ? [hint(team, 'ZONE_WITHOUT_SUMMER')] : []),
  ];
}

/** A day that is a window as a whole has to be cut somewhere. */
function isInside({ windows }: Team, { at, every, from: first }: Rotation): boolean {
  if (at === undefined) return false;
  const isWeekly = every.unit === 'DAYS' && every.count % 7 === 0;
  const changesOn = isWeekly ? [weekdayOf(parseDay(first))] : WEEKDAYS;
  const changesWithin = (days: readonly Weekday[], isWithin: boolean): boolean =>
    isWithin && days.some((day) => changesOn.includes(day));
  return windows
    .filter((window) => !isWholeDay(window))
    .some(({ days, from, to }) =>
      from < to
        ? changesWithin(days, from < at && at < to)
        : changesWithin(days, at > from) || changesWithin(days.map(dayAfter), at < to),
    );
}

const dayAfter = (day: Weekday): Weekday => WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % 7] ?? day;

function turnsEnd(team: Team, now: number): Hint[] {
  const last = team.turns?.at(-1);
  if (!last || last.people === 'ROTATION' || last.from > now + SOON_MS) return [];
  return [hint(team, 'TURNS_END', [], { from: last.from })];
}
