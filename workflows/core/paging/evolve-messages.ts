/** A message goes out, or does not arrive: what that makes of its page, and of what it asks. */
import { MOST } from '../language/bounds';
import type { EventOf } from '../language/events';
import type { CaseState, Page, Send } from '../language/state';
import { linesOf, needOf, pageOf, placesTaken, sendingAt, sendOf } from './find';
import { addPerson } from './lists';
import type { NeedKey } from './needs';
import { forgetPages, knows, newPage, nextChannelAfterMs, saysNow, usedChannel, wasToldOff } from './page-parts';

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

/** They are rung for all of it, so nothing of it has to wait for its ring any more. */
function ringsNow(state: CaseState, { person, says }: Page, send: Send): void {
  for (const { need } of says) if (!send.asks.includes(need)) send.asks.push(need);
  for (const need of state.needs) {
    if (need.turn.is === 'ASKED' && need.turn.person === person) need.turn = { ...need.turn, ringAt: null };
  }
}

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
  else if (data.reason === 'TIMED_OUT' && page.timeouts > MOST.timeouts) lookFurther(state, page, send);
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
