/** T8: what is said of an edit of directory.yaml that is taken: what is lost, who comes when, what has no effect. */
import {
  changesOfTeam,
  lostIn,
  movedTurns,
  teamsOfBoth,
  type Change,
  type MovedTurn,
} from '../../activities/directory/changes';
import { DAY_MS } from '../../activities/directory/local-time';
import { everybodyOf } from '../../activities/directory/rota';
import type { Directory, Team } from '../../activities/directory/types';
import { HINTS, hintsOfTeam, unusedHolidays, type Hint } from '../../rehearsal/readiness/rota-hints';

const SOON_MS = 8 * 7 * DAY_MS;
/** More lines of one team than anybody reads: the rest is counted. */
const MOST_LINES = 20;

const time = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/:\d\d\.\d{3}Z$/, 'Z');

/** `emea 2026-11-02 08:00Z to 2026-11-09 08:00Z: rossi → smith`. */
export const changeInWords = ({ team, from, to, before, after }: Change): string =>
  `${team} ${time(from)} to ${time(to)}: ${before ?? 'nobody'} → ${after ?? 'nobody'}`;

/** `emea, smith: next turn 2026-11-09 08:00Z, was 2026-11-02 08:00Z`. */
const movedInWords = (team: string, { person, before, after }: MovedTurn): string =>
  `${team}, ${person}: next turn ${after === null ? 'none' : time(after)}, was ${before === null ? 'none' : time(before)}`;

/** Missing all at once it is mostly a file that was cut off. */
export const lostInWords = (before: Directory, after: Directory): string | undefined => {
  const lost = lostIn(before, after);
  return lost.length === 0 ? undefined : `not there any more: ${lost.join(', ')}`;
};

const isSameBut = (key: keyof Team, old: Team | undefined, current: Team | undefined): boolean =>
  JSON.stringify({ ...old, [key]: null }) === JSON.stringify({ ...current, [key]: null });

/**
 * Team by team, so that whoever works this out can let a page pass in between: fifty rotas over eight weeks take their time.
 */
export function* saidOfReload(before: Directory, after: Directory, now: number): Generator<readonly string[]> {
  const wasSo = new Set(before.people.map((person) => JSON.stringify(person)));
  const others = new Set(after.people.filter((person) => !wasSo.has(JSON.stringify(person))).map(({ id }) => id));
  for (const [old, current] of teamsOfBoth(before, after)) {
    const isSame = JSON.stringify(old) === JSON.stringify(current);
    if (isSame && !(current && everybodyOf(current).some((id) => others.has(id)))) continue;
    const changes = changesOfTeam(old, current, now, now + SOON_MS).map(changeInWords);
    // A calendar goes on at its far end with every day.
    if (!isSame && changes.length === 0 && isSameBut('shifts', old, current)) continue;
    const more = changes.length - MOST_LINES;
    const team = (current ?? old)?.team ?? '';
    yield [
      ...changes.slice(0, MOST_LINES),
      ...(more > 0 ? [`${team}: and ${more} more, see tocsin directory diff`] : []),
      ...movedTurns(old, current, now, now + SOON_MS).map((moved) => movedInWords(team, moved)),
      ...(current ? hintsOfTeam(after, current, now) : []).map(hintInWords),
    ];
  }
  if (String(before.unusedHolidays) !== String(after.unusedHolidays)) yield unusedHolidays(after).map(hintInWords);
}

const hintInWords = ({ team, people, reason }: Hint): string =>
  `${team}${people.length > 0 ? `, ${people.join(', ')}` : ''}: ${HINTS[reason]}`;

/** When there is time for what nobody waits for: between two pages. */
export type Later = (work: () => void) => void;

export function sayLater(
  said: Generator<readonly string[]>,
  say: (line: string) => void,
  later: Later = setImmediate,
): void {
  const next = (): void => {
    const lines = said.next();
    if (lines.done) return;
    lines.value.forEach(say);
    later(next);
  };
  later(next);
}
