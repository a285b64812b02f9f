/** `tocsin directory oncall` for people: with the clock of whoever reads it, and the clock of the team. */
import { personOf } from '../../activities/directory/present';
import type { Directory } from '../../activities/directory/types';
import { clean } from '../../client/untrusted';
import type { Difference, TeamSpan } from '../rota';
import type { Screen } from './case';
import { table } from './tables';
import { cells, counted, shorten } from './text';

/** `Mon 26 Oct 09:00`, twice, and the gaps between four columns. */
const TIMES = 2 * 16 + 3 * 2;
/** `now`, and its gap. */
const MARK = 3 + 2;

/** What a team's name and what is said of it have of the screen: the name as much as it needs, up to half of it. */
function roomsIn(room: number, teams: readonly string[]): { readonly team: number; readonly rest: number } {
  const team = Math.min(Math.max(4, ...teams.map((name) => cells(clean(name)))), Math.floor(room / 2));
  return { team, rest: room - team };
}

/** `Mon 26 Oct 09:00` */
export function localTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month').slice(0, 3)} ${part('hour')}:${part('minute')}`;
}

export const yourZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function renderOnCall(spans: readonly TeamSpan[], directory: Directory, screen: Screen): string {
  if (spans.length === 0) return 'No team is on call: the directory has none.';
  const zone = yourZone();
  const rooms = roomsIn(screen.width - TIMES - MARK, namesOfTeams(spans));
  const rows = spans.map(({ team, timezone, from, to, ladder }) => [
    shorten(team, rooms.team),
    from <= screen.now && screen.now < to ? screen.paint('green', 'now') : '',
    localTime(from, zone),
    localTime(from, timezone),
    shorten(ladder.length === 0 ? 'nobody' : namesOf(directory, ladder), rooms.rest),
  ]);
  const isOneTeam = spans.every(({ team }) => team === spans[0]?.team);
  const last = isOneTeam ? spans.at(-1) : undefined;
  return [
    `Your clock: ${clean(zone)}`,
    table(['team', '', 'since, yours', "since, the team's", 'who'], rows, screen),
    ...(last ? [`The last line holds until ${localTime(last.to, zone)}, by your clock.`] : []),
  ].join('\n');
}

const namesOfTeams = (of: readonly { readonly team: string }[]): string[] => of.map(({ team }) => team);

const namesOf = (directory: Directory, ids: readonly string[]): string =>
  ids.map((id) => personOf(directory, id)?.name ?? id).join(', ');

/** `tocsin directory diff` for people: old → new, by the clock of the team. */
export function renderDiff(changes: readonly Difference[], screen: Screen): string {
  if (changes.length === 0) return 'Nobody comes who would not have come before.';
  const rooms = roomsIn(screen.width - TIMES, namesOfTeams(changes));
  const rows = changes.map(({ team, timezone, from, to, before, after }) => [
    shorten(team, rooms.team),
    localTime(from, timezone),
    localTime(to, timezone),
    shorten(`${before ?? 'nobody'} → ${after ?? 'nobody'}`, rooms.rest),
  ]);
  const hours = changes.reduce((sum, { from, to }) => sum + (to - from) / 3_600_000, 0);
  return [
    table(['team', "from, the team's", 'to', 'who was and is first'], rows, screen),
    `${counted(changes.length, 'span')}, ${Math.round(hours)} hours in all.`,
  ].join('\n');
}
