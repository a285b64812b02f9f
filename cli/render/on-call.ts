/** `tocsin directory oncall` for people: with the clock of whoever reads it, and the clock of the team. */
import { personOf } from '../../activities/directory/present';
import type { Directory } from '../../activities/directory/types';
import { clean } from '../../client/untrusted';
import type { Difference, TeamSpan } from '../rota';
import type { Screen } from './case';
import { table } from './tables';
import { counted, DEFAULT_WIDTH, shorten } from './text';

const TEAM = 12;

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
  const rows = spans.map(({ team, timezone, from, to, ladder }) => [
    shorten(team, TEAM),
    from <= screen.now && screen.now < to ? screen.paint('green', 'now') : '',
    localTime(from, zone),
    localTime(from, timezone),
    shorten(ladder.length === 0 ? 'nobody' : namesOf(directory, ladder), DEFAULT_WIDTH - TEAM - 16 - 16 - 3 - 8),
  ]);
  const isOneTeam = spans.every(({ team }) => team === spans[0]?.team);
  const last = isOneTeam ? spans.at(-1) : undefined;
  return [
    `Your clock: ${clean(zone)}`,
    table(['team', '', 'since, yours', "since, the team's", 'who'], rows, screen),
    ...(last ? [`The last of them until ${localTime(last.to, zone)} of your clock.`] : []),
  ].join('\n');
}

const namesOf = (directory: Directory, ids: readonly string[]): string =>
  ids.map((id) => personOf(directory, id)?.name ?? id).join(', ');

/** `tocsin directory diff` for people: old → new, by the clock of the team. */
export function renderDiff(changes: readonly Difference[], screen: Screen): string {
  if (changes.length === 0) return 'Nobody comes who would not have come before.';
  const rows = changes.map(({ team, timezone, from, to, before, after }) => [
    shorten(team, TEAM),
    localTime(from, timezone),
    localTime(to, timezone),
    shorten(`${before ?? 'nobody'} → ${after ?? 'nobody'}`, DEFAULT_WIDTH - TEAM - 16 - 16 - 6),
  ]);
  const hours = changes.reduce((sum, { from, to }) => sum + (to - from) / 3_600_000, 0);
  return [
    table(['team', "from, the team's", 'to', 'who was and is first'], rows, screen),
    `${counted(changes.length, 'span')}, ${Math.round(hours)} hours in all.`,
  ].join('\n');
}
