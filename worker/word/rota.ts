/** What the rota has to tell people, and when they can hear it. Pure: sending it is `rota-word.ts`'. */
import { changesOfTeam, movedTurns, teamsOfBoth, type Change } from '../../activities/directory/changes';
import { DAY_MS } from '../../activities/directory/local-time';
import { firstFound, personOf, standIns } from '../../activities/directory/present';
import { ladderAt } from '../../activities/directory/rota';
import type { Turn } from '../../activities/directory/turns';
import type { Directory, Team } from '../../activities/directory/types';
import { NIGHT, quietSpan } from '../../activities/hours';
import type { Telling } from '../../workflows/word/messages';
import type { SameWord, ToTell } from './tell';

const WEEK_MS = 7 * DAY_MS;
const SOON_MS = 8 * WEEK_MS;
/** Two workers see an edit at most this far apart: a cluster hands its files out node by node. A calendar, as often as it is read. */
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
export const isKnown = (team: Team | undefined): boolean => !team?.calendar || team.shifts !== undefined;

/**
 * Word to those whose next turn an edit, of the file or of a calendar, has moved: one a person, however many turns and teams, told
 * with the first of their teams. Team by team, so that whoever works this out can let a page pass in between.
 */
export function* changeWords(before: Rota, after: Directory, now: number): Generator<undefined, ToTell[]> {
  const byPerson = new Map<string, { readonly moved: Moved[]; useUntil: number }>();
  const edit = new Map<string, Pair>();
  for (const pair of teamsOfBoth(before, after)) {
    yield;
    const [old, current] = pair;
    if (!isKnown(old) || !isKnown(current)) continue;
    if (JSON.stringify(old) === JSON.stringify(current)) continue;
    const team = (current ?? old)?.team ?? '';
    edit.set(team, pair);
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
  if (byTeam.size === 0) return [];
  const refreshes = [...edit.values()].map(([, current]) => current?.calendar?.refreshMs ?? 0);
  const withinMs = Math.max(SAME_EDIT_MS, 2 * Math.max(...refreshes));
  const differing: { readonly from: number; readonly changes: readonly Change[] }[] = [];
  for (const from of weeksAt(now, withinMs)) differing.push({ from, changes: yield* changesFrom(edit, from) });
  return [...byTeam].map(([team, tellings]) => {
    const named = differing.map(({ from, changes }) => ({
      // An event in place of whoever is asked without one moves a turn, and changes nobody.
      idOf: namesFrom(team, changes.find((change) => change.team === team)?.from ?? from),
      content: ['ROTA_CHANGED', team, changes],
    }));
    return {
      summary: `The rota of ${team} has changed: word to those whose next turn moved`,
      word: { pageId: pageIdOf(team, now), tellings },
      sameAs: { named, withinMs },
    };
  });
}

type Rota = Pick<Directory, 'onCall'>;
type Pair = readonly [Team | undefined, Team | undefined];

/** What an edit changes in people and hours: the same to all who notice it, whichever minute it is. */
function* changesFrom(edit: ReadonlyMap<string, Pair>, from: number): Generator<undefined, readonly Change[]> {
  const changes: Change[] = [];
  for (const [old, current] of edit.values()) {
    yield;
    changes.push(...changesOfTeam(old, current, from, from + SOON_MS + WEEK_MS));
  }
  return changes;
}

/** A week begins on Monday, UTC. Near its beginning somebody may have noticed the same in the week before. */
function weeksAt(now: number, withinMs: number): readonly number[] {
  const monday = Math.floor((now - MONDAY) / WEEK_MS) * WEEK_MS + MONDAY;
  return now - monday < withinMs ? [monday - WEEK_MS, monday] : [monday];
}
const MONDAY = Date.UTC(1970, 0, 5);

/** From an instant of it on, a millisecond each: the instant itself is that of a turn which begins then. */
const namesFrom =
  (team: string, at: number): SameWord['named'][number]['idOf'] =>
  (nth) =>
    pageIdOf(team, at + nth);

/** The duty managers hear once that a calendar is stale; where the copy serves, not in their night. */
export function staleWord(directory: Directory, team: Team, readAt: number | null, now: number): ToTell {
  const withinMs = team.calendar?.staleAfterMs ?? DAY_MS;
  const useUntil = readAt === null ? now : Infinity;
  return {
    summary: `The calendar of ${team.team} is stale: word to the duty managers`,
    word: {
      pageId: pageIdOf(team.team, now),
      tellings: directory.dutyManagers.map((person) => ({
        whom: { person },
        audience: 'DUTY_MANAGER',
        said: { key: 'CALENDAR_STALE', team: team.team, readAt: readAt === null ? null : iso(readAt) },
        ...notBefore(directory, person, now, useUntil),
      })),
    },
    // Each worker has read it at a moment of its own.
    sameAs: {
      named: weeksAt(now, withinMs).map((week) => ({
        idOf: namesFrom(team.team, week),
        content: ['CALENDAR_STALE', team.team],
      })),
      withinMs,
    },
  };
}
