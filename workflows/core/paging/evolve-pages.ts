/** What the events of pages make of the state: what was said to whom, and over which channels. */
import { MOST, youngest } from '../language/bounds';
import type { EventOf } from '../language/events';
import type { Mode, PassedOver, Rank } from '../language/reach';
import type { CaseState, Need, Page, Person, Reach, Send } from '../language/state';
import type { Audience } from '../language/vocabulary';
import {
  answerBy,
  answerMs,
  asksOf,
  barredFrom,
  isActive,
  isBy,
  isContact,
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

const newPage = (pageId: string, audience: Audience, at: number): Page => ({
  pageId,
  openedAt: at,
  audience,
  person: null,
  name: null,
  channel: null,
  attempt: 0,
  says: [],
  last: [],
  sends: [],
  reach: null,
  timeouts: 0,
  merged: [],
  answeredBy: null,
  closedAt: null,
});

/** Its asks are closed by evolve; a page that has nobody, or never said anything, is forgotten as soon as nothing of it is on its way. */
export function closeEmptyPages(state: CaseState, at: number): void {
  for (const page of state.pages) {
    if (page.person === null) callBackWhatNobodyNeeds(state, page);
    else if (page.closedAt === null && asksOf(state, page.person).length === 0) {
      page.closedAt = at;
      page.reach = null;
      for (const send of page.sends) if (send.reach && !isStillLookedFor(state, page, send)) send.calledBack = true;
    }
  }
  forgetPages(state);
}

/** The next one is asked while they are still being tried: should they be reached all the same, they are welcome (D13, H1). */
function isStillLookedFor(state: CaseState, { person }: Page, { asks }: Send): boolean {
  if (person === null || personOf(state, person)?.isOff) return false;
  return asks.some((key) => {
    const need = needOf(state, key);
    if (!need || need.turn.is === 'HELD' || need.declined.some((entry) => entry.person === person)) return false;
    return need.tried.includes(person) && !barredFrom(state, need.kind).includes(person);
  });
}

function callBackWhatNobodyNeeds(state: CaseState, page: Page): void {
  for (const send of page.sends) {
    if (send.asks.length > 0 && sendingAt(state, page.pageId).length === 0) {
      send.calledBack = true;
    }
  }
}

function forgetPages(state: CaseState): void {
  // Whoever answers a page that is over hears who has it now, or how it ended.
  const mattersStill = ({ sends, says, last, reach }: Page): boolean =>
    sends.length + says.length + last.length > 0 || reach !== null;
  const kept = state.pages.filter(mattersStill);
  state.pages = youngest(kept, MOST.closedPages, ({ closedAt, sends }) => closedAt !== null && sends.length === 0);
}

/** What a person's page says now. */
const linesOf = (state: CaseState, person: string): Page['says'] =>
  asksOf(state, person).map(({ key, fact, since }) => ({ need: key, fact: fact.seq, since }));

export function pageRequested(state: CaseState, event: EventOf<'PageRequested'>): void {
  const at = Date.parse(event.at);
  const { pageId, attempt, audience, purpose, urgent, rank, reach, wanted, asks, tells, used, beside } = event.data;
  let page = pageOf(state, pageId);
  if (!page) {
    page = newPage(pageId, audience, at);
    state.pages.push(page);
    state.nextPage += 1;
  }
  page.attempt = attempt;
  if (reach) page.audience = audience;
  state.later = state.later.filter(
    (entry) => entry.at > at || !entry.tells.every((tell) => tells.some(({ fact }) => fact.seq === tell.fact.seq)),
  );
  const isToSomebody = wanted.exact === true;
  const send: Send = {
    attempt,
    at,
    reach,
    urgent,
    rank,
    purpose,
    wanted,
    asks: isToSomebody && reach ? asksOfPage(state, page) : asks.map(({ need }) => need),
    tells,
    used,
    beside,
    engineer: state.engineer,
    ahead: isToSomebody ? 0 : placesTaken(state),
    calledBack: false,
    joined: null,
  };
  for (const { need: key, rung, round } of asks) {
    const need = needOf(state, key);
    if (!need) continue;
    if (round !== need.round) Object.assign(need, { tried: [], roundSince: at });
    Object.assign(need, { rung, round, turn: { is: 'SENDING', pageId } });
  }
  if (reach && used.length === 0) {
    page.reach = {
      mode: urgent ? 'RING' : 'ASK',
      since: at,
      used: [],
      channelsLeft: 0,
      works: false,
      nextChannelAt: null,
    };
  } else if (page.reach) page.reach.nextChannelAt = null;
  if (isToSomebody && page.person !== null) {
    saysNow(page, linesOf(state, page.person));
    if (reach) ringsNow(state, page, send);
    if (page.says.length > 0) page.closedAt = null;
  }
  page.sends.push(send);
}

/** What its last message said, and what was on its way to them. */
const asksOfPage = (state: CaseState, { pageId, says }: Page): NeedKey[] => [
  ...new Set([...says.map(({ need }) => need), ...sendingAt(state, pageId).map(({ key }) => key)]),
];

/** What a page asks from now on; what it asked before is remembered where nothing is asked any more. */
function saysNow(page: Page, lines: Page['says']): void {
  if (page.says.length > 0) page.last = page.says;
  page.says = lines;
}

/** They are rung for all of it, so nothing of it has to wait for its ring any more. */
function ringsNow(state: CaseState, { person, says }: Page, send: Send): void {
  for (const { need } of says) if (!send.asks.includes(need)) send.asks.push(need);
  for (const need of state.needs) {
    if (need.turn.is === 'ASKED' && need.turn.person === person) need.turn = { ...need.turn, ringAt: null };
  }
}

/** Numbers of any open page that those on their way to somebody unknown may use: none is used twice. */
export const placesTaken = (state: CaseState): number =>
  Math.max(
    0,
    ...state.pages.flatMap(({ sends }) => sends.filter(({ wanted }) => !wanted.exact).map(({ ahead }) => ahead + 1)),
  );

export function pageDelayed(state: CaseState, { data }: EventOf<'PageDelayed'>): void {
  const found = sendOf(state, data);
  if (!found) return;
  const { page, send } = found;
  send.joined = data.joined ?? null;
  knows(page, data);
  const { reach } = page;
  if (!reach || !send.reach) return;
  usedChannel(reach, data.channel, data.channelsLeft);
  if (data.why === 'BUSY') reach.works = true;
  if (data.why === 'SLOW' && data.channelsLeft > 0) reach.nextChannelAt = send.at + nextChannelAfterMs(state, reach);
}

function knows(page: Page, { person, name, channel }: { person: string; name: string; channel?: string }): void {
  Object.assign(page, { person, name, ...(channel !== undefined && { channel }) });
}

function usedChannel(reach: Reach, channel: string, channelsLeft: number): void {
  // A channel that has given up knows nothing of those that were tried meanwhile.
  if (reach.used.includes(channel)) return;
  reach.used.push(channel);
  reach.channelsLeft = channelsLeft;
}

const nextChannelAfterMs = ({ policy }: CaseState, { mode }: Reach): number =>
  mode === 'RING' ? policy.escalation.nextChannelAfter.urgentMs : policy.escalation.nextChannelAfter.normalMs;

export function pageSent(state: CaseState, event: EventOf<'PageSent'>): void {
  const now = Date.parse(event.at);
  const { data } = event;
  const found = sendOf(state, data);
  if (!found) return;
  const { page: sentAs, send } = found;
  sentAs.sends = sentAs.sends.filter((other) => other !== send);
  meet(state, event, now);
  const page = settledOn(state, sentAs, send, data);
  knows(page, data);
  page.timeouts = 0;
  lookedUp(state, data, send);
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
  closeEmptyPages(state, now);
}

/** Of each channel the last message: it is what the person looks at. */
function tookIt(page: Page, { pageId, joined, channel, receipt }: EventOf<'PageSent'>['data']): void {
  const entry = { pageId: joined?.pageId ?? pageId, channel, ...(receipt !== undefined && { receipt }) };
  page.took = [...(page.took ?? []).filter((other) => other.channel !== channel), entry].slice(-MOST.tookIt);
}

/** A yes of a provider that was none: the person is reached only where another channel has it. */
export function pageUndelivered(state: CaseState, { data }: EventOf<'PageUndelivered'>): void {
  const page = pageOf(state, data.pageId);
  if (!page) return;
  page.took = (page.took ?? []).filter(({ channel }) => channel !== data.channel);
  const { reach } = page;
  if (!reach) return;
  reach.lost = [...(reach.lost ?? []), data.channel];
  reach.works = page.took.some(({ channel }) => reach.used.includes(channel));
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

/** D11: the engineer who is off hears of each thing once. */
function wasToldOff({ engineer }: CaseState, passedOver: readonly PassedOver[], needs: readonly Need[]): void {
  if (!passedOver.some(({ person, why }) => person === engineer && why === 'OFF_SHIFT')) return;
  for (const need of needs) need.toldOff = need.fact.seq;
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

/** The person is one whom the case knows from now on. */
function meet(state: CaseState, { data, at }: EventOf<'PageSent'>, now: number): void {
  const page = pageOf(state, data.pageId);
  const audience = page?.audience ?? 'ENGINEER';
  const person = known(state, data.person, data.name, audience, now);
  if (data.asks.length > 0) Object.assign(person, { audience, isOff: false });
  if (data.shift) person.shift = data.shift;
  if (data.mode === 'RING' && (person.rungAt === null || Date.parse(at) > person.rungAt)) {
    const asked = state.needs.filter(({ key }) => data.asks.includes(key));
    Object.assign(person, { rungAt: now, rank: Math.min(2, ...asked.map((need) => rankOf(state, need))) });
  }
  if (isActive(state)) person.ofEmergency = true;
}

/** Known from now on; who was met longest ago makes room, but nobody who is asked or has something. */
export function known(state: CaseState, id: string, name: string, audience: Audience, at: number): Person {
  const before = personOf(state, id);
  if (before) {
    Object.assign(before, { name, seenAt: at });
    return before;
  }
  const person: Person = {
    id,
    name,
    audience,
    shift: null,
    rungAt: null,
    rank: 2,
    ofEmergency: false,
    isOff: false,
    seenAt: at,
  };
  state.people.push(person);
  if (state.people.length > MOST.people) {
    const mayGo = state.people.filter((other) => other !== person && !openPageOf(state, other.id));
    const oldest = mayGo.sort((a, b) => a.seenAt - b.seenAt)[0];
    state.people = state.people.filter((other) => other !== oldest);
  }
  return person;
}

function lookedUp(state: CaseState, { chart, quiet }: EventOf<'PageSent'>['data'], { engineer }: Send): void {
  // The case may have had another engineer when this was looked up.
  if (chart && chart.length > 0 && engineer === state.engineer) {
    state.chart = chart.slice(0, 10).map((entry) => ({ ...entry }));
    state.ownerUnknown = false;
  }
  if (quiet && state.emergency.is === 'ACTIVE') {
    state.emergency.episode.quiet = { from: Date.parse(quiet.from), to: Date.parse(quiet.to) };
  }
}

export function pageFailed(state: CaseState, { data }: EventOf<'PageFailed'>): void {
  const found = sendOf(state, data);
  if (!found) return;
  const { page, send } = found;
  page.sends = page.sends.filter((other) => other !== send);
  wasToldOff(state, data.passedOver, sendingAt(state, page.pageId));
  if (data.person !== undefined && data.name !== undefined) knows(page, { person: data.person, name: data.name });
  if (page.reach && data.channel !== undefined) usedChannel(page.reach, data.channel, data.channelsLeft);
  const joined = data.joined && pageOf(state, data.joined.pageId);
  if (data.joined && joined) joined.attempt = Math.max(joined.attempt, data.joined.attempt);
  if (data.reason === 'TIMED_OUT') page.timeouts += 1;
  if (data.reason === 'NO_PERSON') lookFurther(state, page, send);
  else if (data.reason === 'TIMED_OUT' && page.timeouts > MOST_TIMEOUTS) lookFurther(state, page, send);
  // A newer message was to take its place, and may go out now.
  else if (
    (send.calledBack || data.reason === 'CANCELLED') &&
    !page.reach?.works &&
    !page.sends.some(({ reach }) => reach)
  )
    askAgain(state, page);
  if (!send.reach && page.says.length === 0) page.reach = null;
  forgetPages(state);
}

/** So often the same page goes out again when no result comes back; then others are asked instead. */
export const MOST_TIMEOUTS = 2;

function lookFurther(state: CaseState, page: Page, { wanted }: Send): void {
  for (const need of sendingAt(state, page.pageId)) {
    // Where one person was meant, the others of the rung have not been looked for yet.
    if (wanted.exact && page.person !== null) addPerson(need.tried, page.person);
    else if (wanted.person !== undefined) need.first = null;
    else need.rung += 1;
  }
  askAgain(state, page);
}

function askAgain(state: CaseState, page: Page): void {
  for (const need of sendingAt(state, page.pageId)) need.turn = { is: 'NEXT' };
  page.reach = null;
}

/** They have answered: whatever was said to them, and as often as they were rung. */
export function pageAnswered(state: CaseState, { data, at }: EventOf<'PageAcknowledged'>): void {
  const now = Date.parse(at);
  const person = known(state, data.person, personOf(state, data.person)?.name ?? data.person, 'ENGINEER', now);
  person.rungAt = null;
  // An answer may come before the provider's: whoever gave it was reached.
  if (isActive(state)) person.ofEmergency = true;
  for (const page of state.pages) {
    const isMeant = page.pageId === data.pageId || (page.person === data.person && page.closedAt === null);
    if (isMeant) page.answeredBy = data.person;
  }
}

/** Nobody knows the name: the case knows it no more either, so that it is looked up again should it answer again (D5). */
export function nobodyKnows(state: CaseState, { data }: EventOf<'AnswerVoided'>): void {
  const isTheirs = ({ id }: Person): boolean => id === data.person && !isContact(state, id);
  state.people = state.people.filter((person) => !isTheirs(person));
}

/** They are known as one who takes no level (D4). */
export function managesNobody(state: CaseState, { data, at }: EventOf<'AnswerVoided'>): void {
  const { person } = data;
  known(state, person, personOf(state, person)?.name ?? person, 'ENGINEER', Date.parse(at)).managesNobody = true;
}

/** Whoever had it cannot after all: those who were rung before, and heard that it was had, are rung anew (D6). */
export function mayRingAgain(state: CaseState, { data }: EventOf<'PageDeclined'>): void {
  const given = state.needs.filter(
    ({ key, turn }) => data.needs.includes(key) && turn.is === 'HELD' && turn.person === data.person,
  );
  for (const person of state.people) if (given.some(({ asked }) => asked.includes(person.id))) person.rungAt = null;
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

export function pageDeferred(state: CaseState, { data }: EventOf<'PageDeferred'>): void {
  const page = pageOf(state, data.pageId);
  if (!page) return;
  const until = Date.parse(data.until);
  for (const need of sendingAt(state, page.pageId)) need.turn = { is: 'RESTING', until };
  for (const { tells, wanted } of page.sends) {
    if (tells.length > 0) state.later = [...state.later, { at: until, wanted, tells }].slice(-MOST.later);
  }
  page.sends = [];
  forgetPages(state);
}
