/**
 * H7, R49, B2: what a page's outcome leads to. A provider that took it is not a person who read it; one that did not is
 * followed by the person's next channel, the next person, the next rung.
 * Invariant: no outcome of one page cancels another, and none leaves a need with nothing to wait for.
 */
import type { Turn, Word } from '../concern';
import { MOST } from '../language/bounds';
import type { NotWaitedFor } from '../language/reach';
import type { CaseEvent } from '../language/events';
import { factFrom, factOf } from '../language/fact';
import type { PageNews, PageResult, PageTrouble } from '../language/page';
import type { Wanted } from '../language/reach';
import type { CaseState, Page, Send } from '../language/state';
import { iso } from '../language/time';
import type { Audience, Purpose } from '../language/vocabulary';
import { tryNextChannel } from './bundle';
import { asksOf, needOf, openPageOf, pageOf, personOf, sendingAt, sendOf } from './find';
import { rowOf, type NeedKey } from './needs';

/** A try has failed, or nothing has come back yet: the first goes on being retried, the next channel does not wait for it. */
export function delayed(turn: Turn, { pageId, attempt, ...trouble }: PageTrouble): void {
  const found = sendOf(turn.state, { pageId, attempt });
  // The same is said once: each try that fails would say it again.
  if (!found?.send.reach || found.page.reach?.used.includes(trouble.channel)) return;
  turn.follow('PageDelayed', { pageId, attempt, ...trouble });
  if (trouble.why !== 'SLOW') tryNextChannel(turn, found.page);
}

/**
 * H7: the provider had taken it, and tells later what has become of it: as a failure that comes late. The next channel at once,
 * the next person where there is none; of somebody who has answered, or is not asked any more, it is only on record.
 */
export function laterNews(turn: Turn, { pageId, attempt, person, channel, news, reason }: PageNews): void {
  const page = pageOf(turn.state, pageId);
  if (page?.person !== person || attempt > page.attempt) return;
  const known = { pageId, attempt, person, channel };
  // Providers say it more than once, and in any order.
  const isKnown = turn.state.tail.some(
    ({ type, data }) =>
      (type === 'PageDelivered' || type === 'PageUndelivered') &&
      'channel' in data &&
      data.pageId === pageId &&
      data.attempt === attempt &&
      data.channel === channel &&
      (type === 'PageUndelivered' || news === 'DELIVERED'),
  );
  if (isKnown) return;
  if (news === 'DELIVERED') {
    turn.follow('PageDelivered', known);
    return;
  }
  const isTried = page.reach?.used.includes(channel) === true && page.closedAt === null;
  turn.follow('PageUndelivered', { ...known, why: news, ...(reason !== undefined && { reason }) });
  if (!isTried) return;
  const left = page.reach?.channelsLeft ?? 0;
  if (left > 0) {
    if (asksOf(turn.state, person).length > 0) tryNextChannel(turn, page);
    return;
  }
  // Another channel of theirs has it, or is still being tried.
  if (page.reach?.works || page.sends.some(({ reach }) => reach)) return;
  const theirs = turn.state.needs.filter(
    ({ turn: whose }) => whose.is === 'ASKED' && whose.person === person && whose.pageId === pageId,
  );
  for (const need of theirs) turn.moveOn(need, person, 0, 'NO_WORKING_CHANNEL');
  const [first] = theirs;
  if (first && page.audience === 'CONTACT') contactUnreached(turn, person, rowOf(first.kind).purpose);
}

/** A page's outcome, judged by the state of this moment: the search may have moved on while it was on its way. */
export function settle(turn: Turn, pageId: string, attempt: number, result: PageResult): void {
  const found = sendOf(turn.state, { pageId, attempt });
  if (!found) return;
  const forWhoIsOff = toWhoIsOff(turn, result, asksOfOrder(turn.state, pageId, result));
  carriedOut(turn, found.page, found.send, result);
  noteUnknownOwner(turn, result.passedOver);
  if (forWhoIsOff) turn.tell(forWhoIsOff);
}

function carriedOut(turn: Turn, page: Page, send: Send, result: PageResult): void {
  const { pageId } = page;
  const { attempt } = send;
  switch (result.outcome) {
    case 'ACCEPTED':
      accepted(turn, pageId, attempt, result);
      return;
    case 'MERGED': {
      const { into, person, name, passedOver } = result;
      turn.follow('PageMerged', { pageId, attempt, into, person, name, passedOver });
      return;
    }
    case 'DEFERRED': {
      const { person, name, until, why } = result;
      turn.follow('PageDeferred', { pageId, attempt, person, name, until, why });
      return;
    }
    case 'FAILED':
      failed(turn, page, send, result);
      return;
    default:
      result satisfies never;
  }
}

type Accepted = Extract<PageResult, { outcome: 'ACCEPTED' }>;

function accepted(turn: Turn, pageId: string, attempt: number, result: Accepted): void {
  const { state } = turn;
  const { outcome: _, ringsFrom, chart, ...sent } = result;
  // Said again only where it is another than the case knows.
  const isKnown = !state.ownerUnknown && JSON.stringify(chart) === JSON.stringify(state.chart);
  const gone = sent.asks.filter((key) => isSettled(state, key, sent.person));
  const { seq } = turn.follow('PageSent', {
    pageId,
    attempt,
    ...sent,
    ...(chart && !isKnown && { chart }),
    ...(ringsFrom !== undefined && { ringsFrom: iso(ringsFrom) }),
    ...(gone.length > 0 && gone.length === sent.asks.length && { overtaken: true as const }),
  });
  if (gone.length > 0) tellOvertaken(turn, result.person, gone, seq);
}

/** Over, or had by somebody, and not theirs to take over all the same. */
function isSettled(state: CaseState, key: NeedKey, person: string): boolean {
  const need = needOf(state, key);
  return need === undefined || (need.turn.is === 'HELD' && !asksOf(state, person).includes(need));
}

/** They were rung while somebody else took it, or while it went: they hear how it stands. */
function tellOvertaken(turn: Turn, person: string, keys: readonly NeedKey[], sentAs: number): void {
  const { state } = turn;
  if (asksOf(state, person).some(({ key }) => keys.includes(key))) return;
  const settled = state.tail.findLast((event) => keys.some((key) => settles(event, key)));
  // Whoever has had it themselves knows how it went.
  const isTheirs = (event: CaseEvent, key: NeedKey): boolean =>
    event.type === 'PageAcknowledged' && event.data.person === person && event.data.needs.includes(key);
  if (keys.every((key) => state.tail.some((event) => isTheirs(event, key)))) return;
  const cause = settled?.type === 'NeedEnded' ? factFrom(state.tail, settled.data.because ?? 0) : undefined;
  if (settled && actorOf(state, settled) === person) return;
  const isEnd = cause?.type === 'EmergencyEnded';
  const overSince = settled?.type === 'NeedEnded' && !isEnd ? settled.at : undefined;
  // A page of theirs that is newer says all that they are asked (H2).
  if (overSince !== undefined && asksOf(state, person).some(({ fact }) => fact.at >= overSince)) return;
  const fact = isEnd ? cause : settled ? factOf(settled) : factFrom(state.tail, sentAs);
  // It is on its way to them already, as what has ended it or as its end.
  const known = [settled?.seq, cause?.seq];
  if (state.pages.some(({ sends }) => sends.some((send) => isTold(send, person, known)))) return;
  const audience: Audience = personOf(state, person)?.audience ?? openPageOf(state, person)?.audience ?? 'ENGINEER';
  const purpose = isEnd ? 'E_DOWN_ENDED' : 'ESCALATION_INFO';
  if (!fact) return;
  const wanted: Wanted = { audience, person, exact: true, excluding: [] };
  turn.tell({ wanted, purpose, fact, ...(overSince !== undefined && { unlessAskedSince: overSince }) });
}

/** Whose act it was. What follows from an act bears no name, and the same instant. */
const actorOf = ({ tail }: CaseState, { seq, at }: CaseEvent): string | undefined =>
  tail.findLast((event) => event.seq <= seq && event.at === at && event.by !== undefined)?.by;

const isTold = ({ wanted, tells, calledBack }: Send, person: string, facts: readonly (number | undefined)[]): boolean =>
  wanted.exact === true &&
  wanted.person === person &&
  !calledBack &&
  tells.some(({ fact }) => facts.includes(fact.seq));

const settles = (event: CaseEvent, key: NeedKey): boolean =>
  (event.type === 'PageAcknowledged' && event.data.needs.includes(key)) ||
  (event.type === 'NeedEnded' && event.data.need === key);

/** D11: the engineer is off, and whoever is on call is asked in their place; they hear so, once, and sleep on. */
function toWhoIsOff({ state }: Turn, { passedOver }: PageResult, asks: readonly NeedKey[]): Word | undefined {
  const { engineer, needs } = state;
  if (engineer === null || !passedOver.some(({ person, why }) => person === engineer && why === 'OFF_SHIFT')) return;
  const theirs = needs.find(({ key, kind }) => asks.includes(key) && rowOf(kind).isTheEngineers);
  if (!theirs || theirs.toldOff === theirs.fact.seq) return undefined;
  return {
    wanted: { audience: 'ENGINEER', person: engineer, exact: true, excluding: [] },
    purpose: rowOf(theirs.kind).purpose,
    fact: theirs.fact,
    evenOff: true,
  };
}

/** What the order asked, whichever way it went. */
const asksOfOrder = (state: CaseState, pageId: string, result: PageResult): readonly NeedKey[] =>
  result.outcome === 'ACCEPTED' ? result.asks : sendingAt(state, pageId).map(({ key }) => key);

type Failed = Extract<PageResult, { outcome: 'FAILED' }>;

function failed(turn: Turn, page: Page, send: Send, result: Failed): void {
  const { pageId } = page;
  const { reason, passedOver } = result;
  const known = 'person' in result ? { person: result.person, name: result.name } : {};
  const addressed = 'channel' in result ? result : null;
  const channelsLeft = addressed?.channelsLeft ?? 0;
  turn.follow('PageFailed', {
    pageId,
    attempt: send.attempt,
    reason,
    ...known,
    ...(addressed && { channel: addressed.channel }),
    channelsLeft,
    ...(addressed?.joined && { joined: addressed.joined }),
    ...('detail' in result && result.detail !== undefined && { detail: result.detail }),
    passedOver,
  });
  if (reason === 'CANCELLED' || reason === 'KNOWS_ALREADY') return;
  if (reason === 'TIMED_OUT') {
    // What was called back is not sent again: whatever is still to be said goes out anew, as it is now.
    if (page.timeouts <= MOST.timeouts && !send.calledBack) sendAgain(turn, page, send);
    return;
  }
  const person = known.person ?? page.person;
  const why = reason === 'NO_ADDRESS' ? 'NO_CHANNEL' : 'NO_WORKING_CHANNEL';
  const isDone = send.reach ? reachFailed(turn, pageId, person, channelsLeft, why) : wordFailed(turn, send, result);
  if (isDone && person !== null && page.audience === 'CONTACT') contactUnreached(turn, person, send.purpose);
}

/** Whoever is asked for the engineer's own is not known to the directory: somebody has to assign another (H9). */
function noteUnknownOwner(turn: Turn, passedOver: PageResult['passedOver']): void {
  const { engineer, ownerUnknown } = turn.state;
  const isUnknown = passedOver.some(({ person, why }) => person === engineer && why === 'UNKNOWN_PERSON');
  if (isUnknown && engineer !== null && !ownerUnknown) turn.follow('OwnerUnknown', { person: engineer });
}

/** Workers were down, and nobody knows who was asked: the same page goes out under the same key. */
function sendAgain(turn: Turn, page: Page, send: Send): void {
  const { attempt, purpose, urgent, rank, reach, wanted, tells, used } = send;
  turn.follow('PageRequested', {
    pageId: page.pageId,
    attempt,
    audience: page.audience,
    purpose,
    urgent,
    rank,
    reach,
    wanted,
    asks: sendingAt(turn.state, page.pageId).map(({ key, rung, round }) => ({ need: key, rung, round })),
    tells,
    used,
    beside: [],
  });
}

/** The person's next channel, or the next person; says whether this one could not be reached at all. */
function reachFailed(
  turn: Turn,
  pageId: string,
  person: string | null,
  channelsLeft: number,
  why: NotWaitedFor,
): boolean {
  const { state } = turn;
  const page = pageOf(state, pageId);
  if (!page?.reach || person === null) return false;
  const isWanted = sendingAt(state, pageId).length > 0 || asksOf(state, person).length > 0;
  if (channelsLeft > 0 && isWanted) {
    tryNextChannel(turn, page);
    return false;
  }
  // Another channel of theirs is still being tried, or has taken it.
  if (page.reach.works || page.sends.some(({ reach }) => reach)) return false;
  for (const need of sendingAt(state, pageId)) turn.moveOn(need, person, 0, why);
  return true;
}

/** Top management and managers stand in for each other when word finds none of them (B14); the duty managers are the last. */
const MANAGEMENT: readonly Audience[] = ['MANAGER', 'SECOND_LEVEL_MANAGER', 'DUTY_EXECUTIVE'];

/** Word that found nobody is told to the next of them, and asked of nobody. */
function wordFailed(turn: Turn, { wanted, tells }: Send, result: Failed): boolean {
  const person = 'person' in result ? result.person : null;
  const tellAgain = (to: Wanted): void => {
    for (const { purpose, fact } of tells) turn.tell({ wanted: to, purpose, fact });
  };
  if (wanted.person !== undefined) return person !== null;
  if (person !== null) tellAgain({ ...wanted, excluding: [...wanted.excluding, person] });
  else if (MANAGEMENT.includes(wanted.audience)) tellAgain({ ...wanted, audience: 'DUTY_MANAGER' });
  return person !== null;
}

/** A contact who cannot be paged is the engineer's to reach in another way (R30). */
function contactUnreached(turn: Turn, contact: string, purpose: Purpose): void {
  turn.follow('ContactUnreached', { contact, purpose });
}
