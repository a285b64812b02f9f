/**
 * A message has reached somebody: what it asks is asked of them, on the one page that they have of this case (H2). Whom the case
 * knows by it, evolve-people.ts says.
 */
import { MOST } from '../language/bounds';
import type { EventOf } from '../language/events';
import type { Mode, Rank } from '../language/reach';
import type { CaseState, Need, Page, Send } from '../language/state';
import {
  answerBy,
  answerMs,
  asksOf,
  isBy,
  linesOf,
  needOf,
  openPageOf,
  pageOf,
  personOf,
  rankOf,
  sendingAt,
  sendOf,
} from './find';
import { addPerson, without } from './lists';
import { rowOf, type NeedKey } from './needs';
import { knows, nextChannelAfterMs, saysNow, usedChannel, wasToldOff } from './page-parts';

export function pageSent(state: CaseState, event: EventOf<'PageSent'>): void {
  const now = Date.parse(event.at);
  const { data } = event;
  const found = sendOf(state, data);
  if (!found) return;
  const { page: sentAs, send } = found;
  sentAs.sends = sentAs.sends.filter((other) => other !== send);
  const page = settledOn(state, sentAs, send, data);
  knows(page, data);
  page.timeouts = 0;
  if (page.reach && send.reach) {
    usedChannel(page.reach, data.channel, data.channelsLeft);
    // The provider's news of it may have come first.
    if (!page.reach.lost?.includes(data.channel)) page.reach.works = true;
  }
  if (data.asks.length > 0) tookIt(page, data);
  wasToldOff(
    state,
    data.passedOver,
    state.needs.filter(({ key }) => data.asks.includes(key)),
  );
  for (const key of data.asks) wasAskedFor(state, page, key, data, send.at, now);
  wasMergedMeanwhile(state, page, data.person, { mode: data.mode, rank: send.rank, sentAt: send.at }, now);
  saysNow(
    page,
    data.asks.map((key) => {
      const { fact, since = 0 } = needOf(state, key) ?? {};
      return { need: key, fact: fact?.seq ?? 0, since };
    }),
  );
  // What was called back says an older fact than the one that holds.
  if (send.calledBack) page.says = page.says.map((line) => ({ ...line, fact: 0 }));
  planNextChannel(state, page, now);
  if (page.says.length > 0) page.closedAt = null;
  becomeOne(state, page);
}

/** A receipt for the whole page is known once; where each message has its own, none of the last keeps its buttons. */
function tookIt(page: Page, { pageId, joined, channel, receipt }: EventOf<'PageSent'>['data']): void {
  const entry = { pageId: joined?.pageId ?? pageId, channel, ...(receipt !== undefined && { receipt }) };
  const isSame = (other: typeof entry): boolean =>
    other.channel === channel && other.pageId === entry.pageId && other.receipt === receipt;
  page.took = [...(page.took ?? []).filter((other) => !isSame(other)), entry].slice(-MOST.tookIt);
}

/** The page that the message belongs to: their open one, where there was one. */
function settledOn(state: CaseState, sentAs: Page, send: Send, data: EventOf<'PageSent'>['data']): Page {
  const joined = data.joined && pageOf(state, data.joined.pageId);
  if (!data.joined || !joined || joined === sentAs) return sentAs;
  joined.attempt = Math.max(joined.attempt, data.joined.attempt);
  if (send.reach) {
    joined.reach = sentAs.reach;
    joined.audience = sentAs.audience;
  }
  for (const need of sendingAt(state, sentAs.pageId)) need.turn = { is: 'SENDING', pageId: joined.pageId };
  sentAs.says = [];
  sentAs.reach = null;
  return joined;
}

function wasAskedFor(
  state: CaseState,
  page: Page,
  key: NeedKey,
  { person, ringsFrom }: { readonly person: string; readonly ringsFrom?: string | undefined },
  sentAt: number,
  now: number,
): void {
  const need = needOf(state, key);
  if (!need || need.turn.is === 'HELD') return;
  const { turn } = need;
  const isTheirs =
    turn.is === 'SENDING' && (turn.pageId === page.pageId || pageOf(state, turn.pageId)?.person === person);
  // They said that they cannot while the message was on its way: they are not waited for (D6).
  if (need.declined.some((entry) => entry.person === person && entry.at >= sentAt)) {
    need.asked = without(need.asked, person);
    addPerson(need.tried, person);
    if (isTheirs) need.turn = { is: 'NEXT' };
    return;
  }
  const isNew = !need.asked.includes(person);
  if (isTheirs || isNew) addPerson(need.asked, person);
  if (!isTheirs) return;
  const { audience } = rowOf(need.kind);
  const answerDueAt = answerBy(state, need, page.audience, now);
  const { interrupted } = need;
  const goesOn = interrupted?.person === person;
  need.interrupted = null;
  need.turn = {
    is: 'ASKED',
    person,
    pageId: page.pageId,
    answerDueAt: audience === 'CONTACT' ? null : goesOn ? Math.min(interrupted.answerDueAt, answerDueAt) : answerDueAt,
    ringAt: ringsFrom === undefined ? null : Date.parse(ringsFrom),
  };
}

/** How a message went out to somebody. */
interface Heard {
  readonly mode: Mode;
  readonly rank: Rank;
  readonly sentAt: number;
}

/** Something came up for the same person while the message was on its way: it is theirs to answer as well. */
function wasMergedMeanwhile(state: CaseState, page: Page, person: string, heard: Heard, at: number): void {
  for (const need of sendingAt(state, page.pageId)) {
    addPerson(need.asked, person);
    const ringsFrom = ringTimeOf(state, need, person, heard, at);
    wasAskedFor(state, page, need.key, { person, ringsFrom }, heard.sentAt, at);
  }
}

/**
 * When somebody is rung for what was merged into a message of theirs, by the same rules as for any other (H2): at once where it is
 * more urgent than their last ring, not within one answer time of it where their turn has come round, and not at all where the
 * message has been heard or has told it by word.
 */
function ringTimeOf(state: CaseState, need: Need, id: string, heard: Heard | null, at: number): string | undefined {
  const rank = rankOf(state, need);
  if (heard && heard.mode !== 'WORD' && heard.rank <= rank) return undefined;
  const person = personOf(state, id);
  if (rank === 2 || !person || person.rungAt === null || rank < person.rank) return new Date(at).toISOString();
  const [lead] = asksOf(state, id);
  if (lead?.key !== need.key) return undefined;
  return new Date(Math.max(at, person.rungAt + answerMs(state, person.audience))).toISOString();
}

/** Unanswered for so long on one channel: the next one is tried as well, for as long as they have time to answer. */
function planNextChannel(state: CaseState, page: Page, now: number): void {
  const { reach } = page;
  if (!reach || reach.channelsLeft === 0) return;
  const at = now + nextChannelAfterMs(state, reach);
  const isAsked = state.needs.some(
    ({ turn }) => turn.is === 'ASKED' && turn.pageId === page.pageId && (turn.answerDueAt ?? Infinity) > at,
  );
  reach.nextChannelAt = isAsked ? at : null;
}

/** H2: two messages that nobody could know to be for one person have become one page of theirs, the older one. */
function becomeOne(state: CaseState, page: Page): void {
  const open = ({ person, closedAt, says }: Page): boolean =>
    person === page.person && closedAt === null && says.length > 0;
  const [into, ...others] = state.pages.filter(open);
  if (!into || others.length === 0) return;
  for (const other of others) {
    into.attempt = Math.max(into.attempt, other.attempt);
    into.merged = [...into.merged, other.pageId, ...other.merged].slice(-MOST.merged);
    into.took = [...(into.took ?? []), ...(other.took ?? [])].slice(-MOST.tookIt);
    other.took = [];
    if (other.reach) Object.assign(into, { reach: other.reach, audience: other.audience });
    for (const need of state.needs) {
      if (isBy(need.turn, other.pageId)) need.turn = { ...need.turn, pageId: into.pageId };
    }
    saysNow(other, []);
    Object.assign(other, { closedAt: into.openedAt, reach: null });
  }
  saysNow(into, linesOf(state, into.person ?? ''));
}

/** What it says is said in a message to the same person: the needs are asked there. */
export function pageMerged(state: CaseState, { at, data }: EventOf<'PageMerged'>): void {
  const page = pageOf(state, data.pageId);
  const now = Date.parse(at);
  if (!page) return;
  wasToldOff(state, data.passedOver, sendingAt(state, page.pageId));
  if (page.sends.some(({ wanted }) => wanted.exact)) {
    // Word to somebody whose page is open: it was said with what is asked of them at the same moment.
    page.sends = page.sends.filter(({ attempt }) => attempt !== data.attempt);
    return;
  }
  const isInto = ({ pageId, merged }: Page): boolean => pageId === data.into || merged.includes(data.into);
  const into = state.pages.find(isInto) ?? openPageOf(state, data.person);
  if (into) into.merged = [...into.merged, page.pageId, ...page.merged].slice(-MOST.merged);
  // Should that message not arrive, what it told for this one is told again with its own.
  const carrier = into?.sends.at(-1);
  const send = page.sends.find(({ attempt }) => attempt === data.attempt);
  if (carrier && send) carrier.tells = [...carrier.tells, ...send.tells].slice(-MOST.tells);
  for (const need of sendingAt(state, page.pageId)) {
    if (!into || (into.person !== null && into.person !== data.person)) need.turn = { is: 'NEXT', alone: true };
    else if (into.person === null) need.turn = { is: 'SENDING', pageId: into.pageId };
    else {
      need.turn = { is: 'SENDING', pageId: into.pageId };
      addPerson(need.asked, data.person);
      // A message that is still on its way says it, or is followed by one that does, when it is known how it went.
      if (into.sends.some(({ reach, calledBack }) => reach && !calledBack)) continue;
      const isSaid = into.says.some((line) => line.need === need.key);
      const ringsFrom = isSaid ? undefined : ringTimeOf(state, need, data.person, null, now);
      wasAskedFor(state, into, need.key, { person: data.person, ringsFrom }, send?.at ?? now, now);
    }
  }
  state.pages = state.pages.filter((other) => other !== page);
}
