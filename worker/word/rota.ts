/** What the rota has to tell people, and when they can hear it. Pure: sending it is `rota-word.ts`'. */
import { movedTurns, teamsOfBoth } from '../../activities/directory/changes';
import { DAY_MS } from '../../activities/directory/local-time';
import { firstFound, personOf, standIns } from '../../activities/directory/present';
import { ladderAt } from '../../activities/directory/rota';
import type { Turn } from '../../activities/directory/turns';
import type { Directory, Team } from '../../activities/directory/types';
import { NIGHT, quietSpan } from '../../activities/hours';
import type { Telling } from '../../workflows/word/messages';
import type { ToTell } from './tell';

const SOON_MS = 8 * 7 * DAY_MS;
/** Two workers see an edit at most this far apart: a cluster hands its files out node by node. */
const SAME_EDIT_MS = 3_600_000;

const iso = (at: number): string => new Date(at).toISOString();
export const pageIdOf = (team: string, at: number): string => `rota-${team}-${iso(at)}`;

/** Not in their night, unless it is of use only then: in the morning where that is early enough, otherwise now. */
export function notBefore(directory: Directory, id: string, now: number, useUntil: number): Pick<Telling, 'notBefore'> {
  const night = quietSpan(NIGHT, personOf(directory, id)?.timezone ?? 'UTC', now);
  return night.from <= now && night.to < useUntil ? { notBefore: iso(night.to) } : {};
}

/** So long before the turn; in their night it is told in the morning where that is before the turn, else in the evening before. */
export function tellTurnAt(directory: Directory, { team: name, at, person }: Turn, leadMs: number): number {
  const team = directory.onCall.find((entry) => entry.team === name);
  const comes = team && firstFound(standIns(directory, ladderAt(team, at), 'ON_CALL', at))?.person;
  const wanted = at - leadMs;
  const night = quietSpan(NIGHT, (comes ?? personOf(directory, person))?.timezone ?? 'UTC', wanted);
  if (wanted < night.from) return wanted;
  return night.to < at ? night.to : night.from;
}

export const turnWord = ({ team, at }: Turn): ToTell => ({
  summary: `The turn of ${team} at ${iso(at)}: word to whoever comes`,
  word: {
    pageId: pageIdOf(team, at),
    tellings: [
      {
        whom: { team, at: iso(at) },
        audience: 'ON_CALL',
        said: { key: 'TURN_BEGINS', team, at: iso(at) },
      },
    ],
  },
});

interface Moved {
  readonly team: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Of what was not seen nobody can say that it has moved. */
const isKnown = (team: Team | undefined): boolean => !team?.calendar || team.shifts !== undefined;

/**
 * Word to those whose next turn an edit has moved: one a person, however many turns and teams, told with the first of their teams.
 * Team by team, so that whoever works this out can let a page pass in between.
 */
export function* changeWords(
  before: Directory,
  after: Directory,
  editedAt: number,
  now: number,
): Generator<undefined, ToTell[]> {
  const byPerson = new Map<string, { readonly moved: Moved[]; useUntil: number }>();
  for (const [old, current] of teamsOfBoth(before, after)) {
    yield;
    if (!isKnown(old) || !isKnown(current)) continue;
    const team = (current ?? old)?.team ?? '';
    for (const { person, before: was, after: is } of movedTurns(old, current, now, now + SOON_MS)) {
      const known = byPerson.get(person) ?? { moved: [], useUntil: Infinity };
      known.moved.push({ team, before: was === null ? null : iso(was), after: is === null ? null : iso(is) });
      known.useUntil = Math.min(known.useUntil, was ?? Infinity, is ?? Infinity);
      byPerson.set(person, known);
    }
  }
  const byTeam = new Map<string, Telling[]>();
  for (const [person, { moved, useUntil }] of byPerson) {
    const [first] = moved;
    if (!first) continue;
    const telling: Telling = {
      whom: { person },
      audience: 'ON_CALL',
      said: { key: 'ROTA_CHANGED', moved },
      ...notBefore(after, person, now, useUntil),
    };
    byTeam.set(first.team, [...(byTeam.get(first.team) ?? []), telling]);
  }
  return [...byTeam].map(([team, tellings]) => ({
    summary: `The rota of ${team} has changed: word to those whose next turn moved`,
    word: { pageId: pageIdOf(team, editedAt), tellings },
    sameAs: { idsLike: `rota-${team}-`, withinMs: SAME_EDIT_MS },
  }));
}

/** The duty managers hear once that a calendar is stale; where the copy serves, not in their night. */
export function staleWord(directory: Directory, team: Team, readAt: number | null, now: number): ToTell {
  const staleAfterMs = team.calendar?.staleAfterMs ?? DAY_MS;
  const staleSince = readAt === null ? now : Math.floor(readAt) + staleAfterMs;
  const useUntil = readAt === null ? now : Infinity;
  return {
    summary: `The calendar of ${team.team} is stale: word to the duty managers`,
    word: {
      pageId: pageIdOf(team.team, staleSince),
      tellings: directory.dutyManagers.map((person) => ({
        whom: { person },
        audience: 'DUTY_MANAGER',
        said: { key: 'CALENDAR_STALE', team: team.team, readAt: readAt === null ? null : iso(readAt) },
        ...notBefore(directory, person, now, useUntil),
      })),
    },
    sameAs: { idsLike: `rota-${team.team}-`, withinMs: staleAfterMs },
  };
}
