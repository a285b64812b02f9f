/**
 * Whom a message goes to, how, and what it says: H2, H3, H4, D8, D11, D17. Pure: the directory and the time are given, so
 * that the rehearsal chooses as a page does. What goes out beside it to the same person is said in one message.
 */
import type { Tell } from '../workflows/core/language/events';
import type { Ask, Bell, Beside, LookedUp, PageOrder, PageResult } from '../workflows/core/language/page';
import type { Mode, Wanted } from '../workflows/core/language/reach';
import { managedLevel } from '../workflows/core/paging/levels';
import { placeOf } from '../workflows/core/paging/needs';
import { usable, type UsableChannel } from './channels/usable';
import { candidates, chainOf, shiftOf, type Candidate, type Candidates } from './directory/candidates';
import { teamOnCall } from './directory/on-call';
import { personOf } from './directory/present';
import type { Directory } from './directory/types';
import { nextWorkingHours, quietSpan, type Span } from './hours';

/** One message as it goes out. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly channels: readonly UsableChannel[];
  readonly mode: Mode;
  /** The page that it belongs to, and its number: the person's open page, where they have one. */
  readonly pageId: string;
  readonly attempt: number;
  readonly asks: readonly Ask[];
  readonly tells: readonly Tell[];
  readonly joined?: { readonly pageId: string; readonly attempt: number };
  readonly ringsFrom?: number;
  readonly found: LookedUp;
}

/** Nobody gets a message by this order, and why. */
export type NotChosen = Exclude<PageResult, { outcome: 'ACCEPTED' }>;

export function choose(directory: Directory, order: PageOrder, now: number): Chosen | { readonly result: NotChosen } {
  const { wanted } = order;
  const all = lookUp(directory, order, wanted, now);
  const apart = all.list
    .map(({ person }) => person.id)
    .filter((id) => order.beside.some((other) => isApart(directory, order, other, id, now)));
  // Looked up without them, so that it says who was passed over for whoever comes next (D9).
  const excluding = [...wanted.excluding, ...apart];
  const people = apart.length === 0 ? all : lookUp(directory, order, { ...wanted, excluding }, now);
  const found = lookedUp(directory, order, people);
  const candidate = people.list.find(({ person }) => !apart.includes(person.id));
  if (!candidate) return { result: { ...found, outcome: 'FAILED', reason: 'NO_PERSON' } };
  const { person, route } = candidate;
  const { id, name } = person;
  if (wanted.unless?.includes(id)) return { result: { ...found, outcome: 'FAILED', reason: 'KNOWS_ALREADY' } };
  const into = order.beside.find((other) => other.isFirst && isFor(directory, order, other, id, now));
  if (into) return { result: { ...found, outcome: 'MERGED', into: into.pageId, person: id, name } };

  const merged = order.beside.filter((other) => !other.isFirst && isFor(directory, order, other, id, now));
  const quiet = quietOf(order, candidate, now);
  const deferred = deferral(order, candidate, quiet, now);
  if (deferred)
    return { result: { ...found, ...quietInstants(quiet), outcome: 'DEFERRED', ...deferred, person: id, name } };
  const said = inOneMessage(
    order,
    merged,
    order.bells.find((bell) => bell.person === id),
    now,
  );
  if (isSaidAlready(order, said, merged, now)) {
    return { result: { ...found, outcome: 'MERGED', into: said.pageId, person: id, name } };
  }
  const allowed = said.mode === 'RING' ? order.channels.urgent : order.channels.normal;
  const channels = usable(person.channels, allowed);
  if (channels.every((channel) => order.used.includes(channel.name))) {
    return { result: { ...found, outcome: 'FAILED', reason: 'NO_ADDRESS', person: id, name, route } };
  }
  const shift = shiftOf(directory, onShift(directory, candidate, now), now);
  return { ...said, candidate, channels, found: { ...found, ...(shift && { shift }), ...quietInstants(quiet) } };
}

const lookUp = (directory: Directory, order: PageOrder, wanted: Wanted, now: number): Candidates => {
  const { engineer, chart, atWork, off, contacts, facts } = order;
  const circumstances = {
    engineer,
    chart,
    atWork,
    off,
    isEmergency: facts.emergency === 'ACTIVE',
    ...(contacts && { contacts }),
  };
  return candidates(directory, wanted, circumstances, now);
};

/** The chart above the engineer, so that the case knows who stands below whom. */
function lookedUp(directory: Directory, { engineer }: PageOrder, { passedOver }: Candidates): LookedUp {
  const chart = chainOf(directory, engineer).flatMap((id) => {
    const person = personOf(directory, id);
    return person ? [{ person: id, name: person.name }] : [];
  });
  return { passedOver, ...(chart.length > 0 && { chart }) };
}

/** Who is paged as the engineer may be on call as well: their shift ends all the same. */
function onShift(directory: Directory, candidate: Candidate, now: number): Candidate {
  if (candidate.team !== undefined || candidate.route === 'CONTACT') return candidate;
  const team = teamOnCall(directory, candidate.person.id, now);
  return team === undefined ? candidate : { ...candidate, team };
}

const isFor = (directory: Directory, order: PageOrder, other: Beside, id: string, now: number): boolean =>
  !other.isApart && isToContact(other) === isToContact(order) && firstOf(directory, order, other, now) === id;

/** A contact and somebody of ours may bear the same name. */
const isToContact = ({ wanted }: Pick<PageOrder, 'wanted'>): boolean => wanted.audience === 'CONTACT';

/** M1 and M2 are never one person: what goes first has them (R45). */
const isApart = (directory: Directory, order: PageOrder, other: Beside, id: string, now: number): boolean =>
  other.isApart && other.isFirst && firstOf(directory, order, other, now) === id;

function firstOf(directory: Directory, order: PageOrder, { wanted }: Beside, now: number): string | undefined {
  const first = lookUp(directory, order, wanted, now).list[0]?.person.id;
  return first !== undefined && wanted.unless?.includes(first) ? undefined : first;
}

type Said = Pick<Chosen, 'mode' | 'pageId' | 'attempt' | 'asks' | 'tells' | 'joined' | 'ringsFrom'>;

/**
 * Everything that there is for this person at this moment, with a line for each thing (H2). Whoever is asked for one level now
 * is not asked for the other (R45).
 */
function inOneMessage(order: PageOrder, merged: readonly Beside[], bell: Bell | undefined, now: number): Said {
  // Word to somebody whose page is open repeats what it asks; only what is asked now may ring them.
  const fresh = [...order.asks, ...merged.flatMap(({ asks, wanted }) => (wanted.exact ? [] : asks))];
  const before = (bell?.asks ?? []).filter(
    (old) => !fresh.some((ask) => ask.key === old.key || (managedLevel(ask.kind) && managedLevel(old.kind))),
  );
  const asks = inOrder([...fresh, ...before]);
  const told = [...order.tells, ...merged.flatMap((other) => other.tells)];
  const tells = told.filter(({ fact }, index) => told.findIndex((tell) => tell.fact.seq === fact.seq) === index);
  const joined = bell?.page;
  const { pageId, attempt } = joined ?? order;
  return { ...modeOf(order, merged, fresh, bell, now), pageId, attempt, asks, tells, ...(joined && { joined }) };
}

/** They were rung for all of it within the time that they have to answer: the same once more would only be noise (H2). */
function isSaidAlready(order: PageOrder, said: Said, merged: readonly Beside[], now: number): boolean {
  const { mode, joined, asks, tells } = said;
  if (
    !joined ||
    mode === 'RING' ||
    said.ringsFrom !== undefined ||
    order.wanted.exact ||
    tells.length > 0 ||
    merged.length > 0
  )
    return false;
  const bell = order.bells.find(({ page }) => page?.pageId === joined.pageId);
  if (!bell?.rung || bell.rung.againFrom <= now) return false;
  return asks.every(({ key, fact }) => bell.asks.some((ask) => ask.key === key && ask.fact.seq === fact.seq));
}

const inOrder = (asks: readonly Ask[]): Ask[] =>
  asks.filter(({ key }, index) => asks.findIndex((ask) => ask.key === key) === index);

/**
 * H2, H3: a ring asks for something now. It rings again only for something more urgent, or when their turn comes round again
 * in what their page is called by, and never within one answer time; until then it is an ask, and rings when it may.
 */
function modeOf(
  order: PageOrder,
  merged: readonly Beside[],
  fresh: readonly Ask[],
  bell: Bell | undefined,
  now: number,
): Pick<Said, 'mode' | 'ringsFrom'> {
  const isReach = order.reach || merged.some(({ asks, wanted }) => asks.length > 0 && !wanted.exact);
  if (!isReach) return { mode: 'WORD' };
  const rank = Math.min(order.rank, ...merged.map((other) => other.rank));
  if (rank === 2) return { mode: 'ASK' };
  const { rung, lead } = bell ?? {};
  if (!rung || rank < rung.rank || order.wanted.exact) return { mode: 'RING' };
  if (lead !== undefined && !fresh.some(({ kind, key }) => key === lead.key || placeOf(kind) < placeOf(lead.kind))) {
    return { mode: 'WORD' };
  }
  return rung.againFrom > now ? { mode: 'ASK', ringsFrom: rung.againFrom } : { mode: 'RING' };
}

/** When the contact's night is, by their own clock, the case's, or that of UTC (D12). */
function quietOf({ quiet, contactZone, wanted }: PageOrder, { person }: Candidate, now: number): Span | undefined {
  if (!quiet || wanted.audience !== 'CONTACT' || quiet.from === quiet.to) return undefined;
  return quietSpan(quiet, person.timezone || contactZone || 'UTC', now);
}

const quietInstants = (span: Span | undefined): Pick<LookedUp, 'quiet'> =>
  span ? { quiet: { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() } } : {};

type Deferral = Pick<Extract<PageResult, { outcome: 'DEFERRED' }>, 'until' | 'why'>;

function deferral(
  { wanted }: PageOrder,
  { person }: Candidate,
  quiet: Span | undefined,
  now: number,
): Deferral | undefined {
  if (wanted.hours === 'AWAKE' && quiet && quiet.from <= now && now < quiet.to) {
    return { until: new Date(quiet.to).toISOString(), why: 'QUIET' };
  }
  if (wanted.hours !== 'WORKING') return undefined;
  const begins = nextWorkingHours(person.timezone || 'UTC', now);
  return begins > now ? { until: new Date(begins).toISOString(), why: 'OUTSIDE_WORKING_HOURS' } : undefined;
}
