/**
 * `tocsin policy explain`: who would be told what, when, and why, without a server and without paging anybody. The core
 * and the look-ups are the real ones; providers take every page, and everybody is silent.
 */
import { choose } from '../activities/choose';
import { nameOf } from '../activities/directory/names';
import { messageOf } from '../activities/templates/page-text';
import type { Directory } from '../activities/directory/types';
import type { FailureReason, Mode, PassedOver, Route } from '../workflows/core/language/reach';
import { iso } from '../workflows/core/language/time';
import type { Audience, Purpose } from '../workflows/core/language/vocabulary';
import { en, type RefusalInWords } from '../workflows/core/words/en';
import type { Sent } from './dry-run';
import { happenings, lengthOf, wordsOf, type Act, type Opening } from './explain-acts';
import { Night, type Means } from './night';

const HOUR_MS = 3_600_000;
/** How far each part looks by itself: a case's first day, and the first hours of what may come. */
const DAY_HOURS = 24;
const FIRST_HOURS = 4;

/** One message: to whom, how, and how they came to be the one. */
export interface Told {
  readonly at: string;
  readonly afterMs: number;
  readonly person: string | null;
  readonly name: string | null;
  readonly audience: Audience;
  readonly purpose: Purpose;
  /** How it reaches them: whether it rings. */
  readonly mode: Mode | null;
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
  readonly refusal: RefusalInWords | null;
  readonly told: readonly Told[];
}

export interface Question {
  readonly opening: Opening;
  readonly at: number;
  /** Given one after the other; without them, what the usual ones would do is told, each by itself. */
  readonly acts?: readonly Act[];
  readonly hours?: number;
}

interface Usual {
  readonly title: string;
  readonly before: readonly Act[];
  readonly act: Act;
}

const USUAL: readonly Usual[] = [
  { title: 'The customer escalates (M1)', before: [], act: { type: 'ESCALATE' } },
  {
    title: 'The customer escalates again, once M1 is accepted (M2)',
    before: [{ type: 'ESCALATE' }, { type: 'ACCEPT' }],
    act: { type: 'ESCALATE' },
  },
  { title: 'E-Down is declared', before: [], act: { type: 'E_DOWN' } },
];

/** @throws OpeningRefused */
export function explain(means: Means, { opening, at, acts, hours }: Question): Part[] {
  const live = (given: readonly Act[], title: string, howLong: number): Part =>
    life(means, opening, at, given, title, howLong);
  if (acts && acts.length > 0)
    return [live(acts, ['The case is opened', ...acts.map(wordsOf)].join(', then '), hours ?? DAY_HOURS)];
  const first = live([], 'The case is opened', hours ?? DAY_HOURS);
  const howLong = hours ?? FIRST_HOURS;
  const usual = USUAL.filter(({ act }) => act.type !== 'E_DOWN' || opening['severity'] !== 0);
  return [
    first,
    ...usual.map(({ title, before, act }) =>
      onTop(live([...before, act], title, howLong), live(before, title, howLong)),
    ),
  ];
}

/** A night in which nobody answers, and only this is done. */
function life(means: Means, opening: Opening, at: number, acts: readonly Act[], title: string, hours: number): Part {
  const lasts = Math.max(hours, lengthOf(acts) / HOUR_MS);
  const night = new Night(means, {
    name: title,
    start: at,
    hours: lasts,
    opening,
    people: {},
    events: happenings(acts, opening),
    down: [],
  }).play();
  const [refused] = night.refused;
  if (refused) return { title, hours, refusal: refused.refusal, told: [] };
  const told: Told[] = [];
  for (const sent of night.run.messages) {
    if (!isNothingToTell(sent, night.run.messages)) told.push(toldOf(means.directory, sent, at));
  }
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

const keyOf = ({ at, person, purpose, channel, what }: Told): string =>
  JSON.stringify([at, person, purpose, channel, what]);

/**
 * Said in another message, or at another time; and the end of a rung: everybody of it was asked and the next one is, which
 * is no failure.
 */
function isNothingToTell(sent: Sent, all: readonly Sent[]): boolean {
  const { order, result } = sent;
  if (result.outcome === 'MERGED' || result.outcome === 'DEFERRED') return true;
  if (result.outcome !== 'FAILED') return false;
  if (result.reason === 'KNOWS_ALREADY' || result.reason === 'CANCELLED') return true;
  // Two things may have been asked of one person in one message: it counts for both. Who has no channel was meant as well.
  const wasMeant = ({ order: { asks }, result: earlier }: Sent): boolean =>
    'person' in earlier &&
    order.wanted.excluding.includes(earlier.person) &&
    order.asks.some(({ key }) => ('asks' in earlier ? earlier.asks : asks.map((ask) => ask.key)).includes(key));
  return result.reason === 'NO_PERSON' && all.slice(0, all.indexOf(sent)).some(wasMeant);
}

function toldOf(directory: Directory, { order, at, result }: Sent, start: number): Told {
  const chosen = choose(directory, order, at);
  const message =
    'result' in chosen ? undefined : messageOf(order, chosen, { now: at, nameOf: (id) => nameOf(directory, id) });
  const fact = order.asks[0]?.fact ?? order.tells[0]?.fact;
  return {
    at: iso(at),
    afterMs: at - start,
    person: 'person' in result ? result.person : null,
    name: 'name' in result ? result.name : null,
    audience: order.wanted.audience,
    purpose: message?.purpose ?? order.purpose,
    mode: 'mode' in result ? result.mode : null,
    route: 'route' in result ? result.route : null,
    passedOver: result.passedOver,
    channel: 'channel' in result ? result.channel : null,
    failed: result.outcome === 'FAILED' ? result.reason : null,
    what: message?.text.split('\n')[0] ?? (fact ? en.event(fact) : ''),
  };
}
