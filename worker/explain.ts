/**
 * `tocsin policy explain`: who would be told what, when, and why, without a server and without paging anybody. The core
 * and the look-ups are the real ones; providers take every page, and everybody is silent.
 */
import type { Directory } from '../activities/directory/types';
import type { Refusal } from '../workflows/case/codes';
import type { FailureReason, PageOrder, PageResult, PassedOver, Route } from '../workflows/case/pages';
import type { CasePolicy } from '../workflows/case/policy';
import { iso } from '../workflows/case/time';
import type { Audience, Purpose } from '../workflows/case/vocabulary';
import { loadConfig } from './config';
import { shown } from './config/files';
import { DryRun, lookedUp } from './dry-run';
import { perform, wordsOf, type Act, type Actor } from './explain-acts';

export { OpeningRefused } from './dry-run';
export { ACTS, parseAct, type Act } from './explain-acts';

const HOUR_MS = 3_600_000;
/** How far each part looks by itself: a case's first day, and the first hours of what may come. */
const DAY_HOURS = 24;
const FIRST_HOURS = 4;

/** One page: to whom, on which channel, and how they came to be the one. */
export interface Told {
  readonly at: string;
  readonly afterMs: number;
  readonly person: string | null;
  readonly name: string | null;
  readonly audience: Audience;
  readonly purpose: Purpose;
  readonly urgent: boolean;
  readonly route: Route | null;
  readonly passedOver: readonly PassedOver[];
  readonly channel: string | null;
  /** Why nothing went out. */
  readonly failed: FailureReason | null;
  readonly what: string;
}

export interface Part {
  readonly title: string;
  readonly hours: number;
  /** The act would be refused: nobody is told. */
  readonly refusal: Refusal | null;
  readonly told: readonly Told[];
}

export interface Question {
  readonly opening: Actor;
  readonly at: number;
  /** Given one after the other; without them, what the usual ones would do is told, each by itself. */
  readonly acts?: readonly Act[];
  readonly hours?: number;
}

export interface Means {
  readonly directory: Directory;
  readonly policy: CasePolicy;
}

interface Usual {
  readonly title: string;
  readonly before: readonly Act[];
  readonly act: Act;
}

const USUAL: readonly Usual[] = [
  { title: 'The customer escalates (M1)', before: [], act: { type: 'ESCALATE' } },
  { title: 'The customer escalates again, once M1 is accepted (M2)', before: [{ type: 'ESCALATE' }, { type: 'ACCEPT' }], act: { type: 'ESCALATE' } },
  { title: 'E-Down is declared', before: [], act: { type: 'E_DOWN' } },
];

export interface Explained {
  readonly folder: string;
  readonly version: string;
  readonly hash: string;
  readonly parts: readonly Part[];
}

/** With the configuration that a worker would use. @throws ConfigError, OpeningRefused */
export function explainConfigured(question: Question): Explained {
  const { folder, directory, policy } = loadConfig();
  return { folder: shown(folder), version: policy.version, hash: policy.hash, parts: explain({ directory, policy }, question) };
}

/** @throws OpeningRefused */
export function explain(means: Means, { opening, at, acts, hours }: Question): Part[] {
  const live = (given: readonly Act[], title: string, howLong: number): Part => life(means, opening, at, given, title, howLong);
  if (acts && acts.length > 0) return [live(acts, ['The case is opened', ...acts.map(wordsOf)].join(', then '), hours ?? DAY_HOURS)];
  const first = live([], 'The case is opened', hours ?? DAY_HOURS);
  const howLong = hours ?? FIRST_HOURS;
  const usual = USUAL.filter(({ act }) => act.type !== 'E_DOWN' || opening['severity'] !== 0);
  return [first, ...usual.map(({ title, before, act }) => onTop(live([...before, act], title, howLong), live(before, title, howLong)))];
}

function life({ directory, policy }: Means, opening: Actor, at: number, acts: readonly Act[], title: string, hours: number): Part {
  const told: Told[] = [];
  const page = (order: PageOrder, now: number): { result: PageResult } => {
    const result = lookedUp(directory, order, now);
    if (!isEndOfRung(order, result, told)) told.push(toldOf(order, result, now, at));
    return { result };
  };
  const run = new DryRun(opening, policy, { page }, at);
  for (const act of acts) {
    const refusal = perform(run, act, opening);
    if (refusal) return { title, hours, refusal, told };
  }
  run.pass(Math.max(0, at + hours * HOUR_MS - run.now));
  return { title, hours, refusal: null, told };
}

/** What an act adds: the pages that would go out without it are told with the opening. */
function onTop(part: Part, without: Part): Part {
  const before = without.told.map(keyOf);
  const told = part.told.filter((entry) => {
    const index = before.indexOf(keyOf(entry));
    if (index >= 0) before.splice(index, 1);
    return index < 0;
  });
  return { ...part, told };
}

const keyOf = ({ at, person, purpose, channel, what }: Told): string => JSON.stringify([at, person, purpose, channel, what]);

/** Everybody of a rung was asked and the next rung is: that is no failure, and nothing to tell. */
const isEndOfRung = ({ excluding, purpose }: PageOrder, result: PageResult, told: readonly Told[]): boolean =>
  result.outcome === 'FAILED' && result.reason === 'NO_PERSON' && told.some((entry) => entry.purpose === purpose && entry.person !== null && excluding.includes(entry.person));

function toldOf({ audience, purpose, urgent, facts }: PageOrder, result: PageResult, now: number, start: number): Told {
  const known = 'person' in result ? result : { person: null, name: null, route: null };
  return {
    at: iso(now),
    afterMs: now - start,
    person: known.person,
    name: known.name,
    audience,
    purpose,
    urgent,
    route: known.route,
    passedOver: result.passedOver,
    channel: 'channel' in result ? result.channel : null,
    failed: result.outcome === 'FAILED' ? result.reason : null,
    what: facts.what,
  };
}
