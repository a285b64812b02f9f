/**
 * `tocsin rehearse`: a whole night in memory, against the real directory and policy (H1-H4). Who is rung how often, by day
 * and by night of their own clock, when somebody had it first, and what was refused. Nothing is sent.
 */
import { instantOf, localDay, parseClock } from '../activities/directory/local-time';
import { personOf } from '../activities/directory/present';
import type { Directory } from '../activities/directory/types';
import { NIGHT, quietSpan } from '../activities/hours';
import { iso } from '../workflows/core/language/time';
import type { Sent } from './dry-run';
import { Night, type Means } from './night';
import type { Scenario } from './scenario';
import { shiftsOf, type Stretch } from './shifts';

export interface PersonsNight {
  readonly person: string;
  readonly name: string;
  readonly rings: number;
  readonly ringsAtNight: number;
  /** Asked without ringing. */
  readonly asks: number;
  readonly words: number;
  /** Messages of any kind in their night. */
  readonly pagesAtNight: number;
  readonly mostRingsInAShift: number;
  /** Rings in each hour since the start. */
  readonly ringsByHour: readonly number[];
  readonly answers: number;
  readonly refused: number;
}

/** What was to happen and did not: the case refused it, or there was nobody to do it. */
export interface NotDone {
  readonly at: string;
  readonly by: string;
  readonly do: string;
  /** The refusal's code, or `NOBODY`. */
  readonly code: string;
  readonly why: string;
}

export interface Rehearsed {
  readonly scenario: string;
  readonly start: string;
  readonly hours: number;
  readonly people: readonly PersonsNight[];
  /** From the E-Down, or the opening, to the first person who had it; nothing when nobody ever had. */
  readonly firstHolderAfterMs: number | null;
  /** Answers that were refused while nobody had what was asked. */
  readonly refusedAsLate: number;
  /** Something was open, and nobody was asked or had it. */
  readonly longestWithNobodyAskedMs: number;
  readonly pages: number;
  readonly notDone: readonly NotDone[];
}

const HOUR_MS = 3_600_000;

/** @throws OpeningRefused */
export function rehearse(means: Means, scenario: Scenario): Rehearsed {
  const night = new Night(means, scenario).play();
  const { run, refused, firstHolderAt, longestWithNobodyMs } = night;
  // What goes out as it ends is of the next night.
  const isOfIt = ({ at }: Sent): boolean => at < night.end;
  const accepted = run.messages.filter((sent) => sent.result.outcome === 'ACCEPTED' && isOfIt(sent));
  const byPerson = new Map<string, Sent[]>();
  for (const sent of night.heard.filter(isOfIt))
    byPerson.set(personIn(sent), [...(byPerson.get(personIn(sent)) ?? []), sent]);
  const people = [...byPerson].map(([id, sent]) => personsNight(means.directory, scenario, night, id, sent));
  const startedAt = run.events.find(({ type }) => type === 'EmergencyStarted')?.at;
  const from = startedAt === undefined ? scenario.start : Date.parse(startedAt);
  return {
    scenario: scenario.name,
    start: iso(scenario.start),
    hours: scenario.hours,
    people: people.sort((a, b) => b.rings - a.rings || b.words - a.words || (a.person < b.person ? -1 : 1)),
    firstHolderAfterMs: firstHolderAt === null ? null : firstHolderAt - from,
    refusedAsLate: refused.filter(({ isAnswer, wasFree }) => isAnswer && wasFree).length,
    longestWithNobodyAskedMs: longestWithNobodyMs,
    pages: accepted.length,
    notDone: notDone(night),
  };
}

const notDone = ({ refused, undone }: Night): NotDone[] =>
  [
    ...refused
      .filter(({ isAnswer }) => !isAnswer)
      .map(({ at, by, do: name, refusal: { code, message } }) => ({ at, by, do: name, code, why: message })),
    ...undone.map(({ at, part, do: name }) => ({
      at,
      by: part,
      do: name,
      code: 'NOBODY',
      why: 'There was nobody to do it.',
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));

function personsNight(
  directory: Directory,
  scenario: Scenario,
  { refused, answers, end }: Night,
  id: string,
  sent: readonly Sent[],
): PersonsNight {
  const zone = zoneOf(directory, scenario, id);
  const rings = sent.filter((entry) => modeOf(entry) === 'RING').map(({ at }) => at);
  return {
    person: id,
    name: personOf(directory, id)?.name ?? id,
    rings: rings.length,
    ringsAtNight: rings.filter((at) => isNight(zone, at)).length,
    asks: sent.filter((entry) => modeOf(entry) === 'ASK').length,
    words: sent.filter((entry) => modeOf(entry) === 'WORD').length,
    pagesAtNight: sent.filter(({ at }) => isNight(zone, at)).length,
    mostRingsInAShift: mostIn(rings, shiftsOf(directory, id, scenario.start, end)),
    ringsByHour: Array.from({ length: scenario.hours }, (_, hour) => {
      const from = scenario.start + hour * HOUR_MS;
      return rings.filter((at) => from <= at && at < from + HOUR_MS).length;
    }),
    answers: answers.get(id) ?? 0,
    refused: refused.filter(({ by, isAnswer }) => isAnswer && by === id).length,
  };
}

const personIn = ({ result }: Sent): string => ('person' in result ? result.person : '');
const modeOf = ({ result }: Sent): string => (result.outcome === 'ACCEPTED' ? result.mode : '');

function isNight(zone: string, at: number): boolean {
  const { from, to } = quietSpan(NIGHT, zone, at);
  return from <= at && at < to;
}

/** The customer's people have the zone of their customer. */
function zoneOf(directory: Directory, { opening }: Scenario, id: string): string {
  const customer = opening['customer'] as { readonly timezone?: string } | undefined;
  return personOf(directory, id)?.timezone ?? customer?.timezone ?? 'UTC';
}

/** In one of their spans on call; for who has none, in any ten hours. */
function mostIn(rings: readonly number[], shifts: readonly Stretch[]): number {
  if (shifts.length > 0) {
    const counts = shifts.map(({ from, to }) => rings.filter((at) => from <= at && at < to).length);
    const outside = rings.filter((at) => !shifts.some(({ from, to }) => from <= at && at < to));
    return Math.max(...counts, mostInTenHours(outside));
  }
  return mostInTenHours(rings);
}

const mostInTenHours = (rings: readonly number[]): number =>
  Math.max(0, ...rings.map((from) => rings.filter((at) => from <= at && at < from + 10 * HOUR_MS).length));

/** Monday 22:00 of the zone, the next one from then. */
export function mondayNight(zone: string, from: number): number {
  for (let day = localDay(zone, from); ; day += 24 * HOUR_MS) {
    const begins = instantOf(zone, day, parseClock(NIGHT.from));
    if (new Date(day).getUTCDay() === 1 && begins >= from) return begins;
  }
}
