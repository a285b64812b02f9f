/**
 * H2: one person, one case, one page. When a decision is complete, everything that it asks and tells is put together by
 * whom it is for: one message a person, with a line for each thing. Whoever is not known yet is looked up when the message
 * goes; what goes to the same person at that moment is put together there (decision 0008).
 * Invariant: after this no need is left that nobody was asked for, and no open page says what is no longer so.
 */
import type { Again, Due, Turn, Word } from '../concern';
import type { Rank, Wanted } from '../language/reach';
import type { CaseState, Need, Page } from '../language/state';
import type { Purpose } from '../language/vocabulary';
import {
  answerMs,
  asksOf,
  isSentBy,
  isUrgent,
  needOf,
  openPageOf,
  pageOf,
  pageWith,
  personOf,
  placesTaken,
  rankOf,
  sendingAt,
} from './find';
import { moveOnFromBarred, nextPlace, type Place } from './ladder';
import { placeOf, rowOf, type NeedKey } from './needs';

/** One message in the making. */
interface Draft {
  readonly wanted: Wanted;
  readonly asks: (Place & { readonly need: Need })[];
  readonly tells: Word[];
  /** What was asked of them already is asked once more. */
  again?: Again;
}

/** Sends what the decision asks and tells: the last thing that any decision does. */
export function dispatch(turn: Turn, words: readonly Word[], agains: readonly Again[]): void {
  moveOnFromBarred(turn);
  const drafts = new Map<string, Draft>();
  const draftFor = (wanted: Wanted): Draft => {
    const key = wanted.exact ? `exactly ${wanted.person}` : JSON.stringify(wanted);
    const draft = drafts.get(key) ?? { wanted, asks: [], tells: [] };
    drafts.set(key, draft);
    return draft;
  };
  for (const { key } of turn.state.needs) {
    const place = nextPlace(turn, key);
    const need = needOf(turn.state, key);
    if (place && need) draftFor(wantedFor(turn.state, need, place)).asks.push({ ...place, need });
  }
  for (const word of words) if (isHeard(turn.state, word)) draftFor(word.wanted).tells.push(word);
  for (const page of turn.state.pages) if (saysOther(turn.state, page)) draftFor(exactly(page));
  for (const again of [...agains, ...becameUrgent(turn, [...drafts.values()])])
    askOnceMore(turn.state, again, draftFor);
  for (const draft of inOrder(turn.state, [...drafts.values()])) send(turn, draft);
}

function askOnceMore(state: CaseState, again: Again, draftFor: (wanted: Wanted) => Draft): void {
  const page = pageOf(state, again.pageId);
  if (!page?.person || standing(state, page).length === 0) return;
  const draft = draftFor(exactly(page));
  const { used, rank } = draft.again ?? again;
  // A ring begins with their first channel again, whatever else was due for them.
  const isAnew = used.length === 0 || again.used.length === 0;
  draft.again = { ...again, used: isAnew ? [] : again.used, rank: Math.min(rank, again.rank) as Rank };
}

/** What is asked of whoever the page is for, or is on its way to them by it. */
const standing = (state: CaseState, { pageId, person }: Page): Need[] =>
  state.needs.filter(
    (need) => (person !== null && asksOf(state, person).includes(need)) || isSentBy(need.turn, pageId),
  );

const wantedFor = (state: CaseState, { kind }: Need, { audience, first, excluding }: Place): Wanted => {
  const { hours } = rowOf(kind);
  // Whom it is offered to cannot: the next of the team that comes is offered it (D6).
  const teamOf = kind === 'HAND_OVER_ACCEPT' ? state.handOver?.offer?.to : undefined;
  return {
    audience,
    excluding,
    ...(first !== undefined && { person: first }),
    ...(teamOf !== undefined && { teamOf }),
    ...(hours && { hours }),
  };
};

const exactly = ({ audience, person }: Page): Wanted => ({
  audience,
  person: person ?? '',
  exact: true,
  excluding: [],
});

/** Whoever's shift or part has ended hears of the emergency's end, and nothing else (H5). */
function isHeard(state: CaseState, { wanted, purpose, evenOff }: Word): boolean {
  if (wanted.person === undefined || purpose === 'E_DOWN_ENDED' || evenOff) return true;
  return personOf(state, wanted.person)?.isOff !== true;
}

/** What their page said last is not what they are asked now, and nothing is on its way that could say it. */
function saysOther(state: CaseState, page: Page): boolean {
  const { person, says, sends, reach } = page;
  if (person === null || openPageOf(state, person) !== page || personOf(state, person)?.isOff) return false;
  // A message that is still being tried is waited for: where it fails, the newest facts go out in its place (outcome.ts).
  if (sends.some(({ reach: isReach }) => isReach) && !reach?.works) return false;
  const lines = asksOf(state, person);
  return lines.some(({ key, kind, fact }) => {
    const said = says.find((line) => line.need === key);
    return said === undefined || (said.fact !== fact.seq && !rowOf(kind).hasCadence);
  });
}

/** The most urgent first, and what asks before what only tells: they start in this order. */
function inOrder(state: CaseState, drafts: readonly Draft[]): Draft[] {
  const rank = (draft: Draft): number => (draft.asks.length > 0 || draft.again ? rankOfDraft(state, draft) : 3);
  const place = (draft: Draft): number => Math.min(99, ...needsOf(state, draft).map(({ kind }) => placeOf(kind)));
  return [...drafts].sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
}

function needsOf(state: CaseState, { asks, again }: Draft): Need[] {
  const page = again && pageOf(state, again.pageId);
  return [...asks.map(({ need }) => need), ...(page ? standing(state, page) : [])];
}

function send(turn: Turn, draft: Draft): void {
  const { state } = turn;
  const { wanted, asks, tells, again } = draft;
  const open = pageFor(turn, draft);
  const rank = rankOfDraft(state, draft);
  turn.follow('PageRequested', {
    ...numberFor(state, open),
    audience: asks[0]?.audience ?? wanted.audience,
    purpose: purposeOf(state, again ? undefined : open, needsOf(state, draft), tells),
    urgent: rank < 2,
    rank,
    reach: asks.length > 0 || again !== undefined,
    wanted,
    asks: asks.map(({ need, rung, round }) => ({ need: need.key, rung, round })),
    tells: toldOnce(tells),
    used: again?.used ?? [],
    beside: besideOf(turn, draft),
  });
}

const rankOfDraft = (state: CaseState, { asks, again }: Draft): Rank =>
  Math.min(again?.rank ?? 2, ...asks.map(({ need }) => rankOf(state, need))) as Rank;

/** The page that it is a further message of. */
function pageFor({ state, now }: Turn, { wanted, again }: Draft): Page | undefined {
  if (!wanted.exact || wanted.person === undefined) return undefined;
  // Where a page turned out to go on one that was open, its further messages are messages of that one.
  if (again) return openPageOf(state, wanted.person) ?? pageOf(state, again.pageId);
  // What is over is said as an update of the page that asked for it (D1).
  return pageWith(state, wanted.person, now);
}

/** One line a fact: an act that two rules tell the same person of is said once. */
function toldOnce(words: readonly Word[]): { purpose: Purpose; fact: Word['fact'] }[] {
  const byFact = new Map(words.map(({ purpose, fact }) => [fact.seq, { purpose, fact }] as const).reverse());
  return [...byFact.values()].reverse();
}

/**
 * Orders that may turn out to be for the same person. Those of this decision are said in one message, whatever they say. Of
 * those that an earlier decision has sent, only what is asked can be said in a further message, and only where they ask as well;
 * and that something is over is not said to whoever is asked what came after it.
 */
function besideOf({ state, events }: Turn, { wanted, asks, tells, again }: Draft): string[] {
  const ofThisDecision = events.flatMap((event) => (event.type === 'PageRequested' ? [event.data] : []));
  const before = ofThisDecision.filter((data) => !(data.wanted.exact && wanted.exact)).map(({ pageId }) => pageId);
  const isAskOnly = tells.length === 0 && !wanted.exact && !asks.some(({ need }) => isAlone(need));
  const earlier = state.pages.filter(
    ({ person, sends }) => person === null && sends.some(({ calledBack, reach }) => !calledBack && reach),
  );
  const overSince = asks.length === 0 && !again ? sinceWhenOver(tells) : undefined;
  const isNewer = ({ fact }: Need): boolean => overSince !== undefined && fact.at >= overSince;
  const told = earlier.filter(({ pageId }) => isAskOnly || sendingAt(state, pageId).some(isNewer));
  return [...new Set([...told.map(({ pageId }) => pageId), ...before])];
}

/** Since when all of it has been over; nothing where it tells of anything else. */
const sinceWhenOver = (tells: readonly Word[]): string | undefined =>
  tells.every(({ unlessAskedSince }) => unlessAskedSince !== undefined)
    ? tells.map(({ unlessAskedSince = '' }) => unlessAskedSince).sort()[0]
    : undefined;

const isAlone = ({ turn }: Need): boolean => turn.is === 'NEXT' && turn.alone === true;

/** The engineer is asked in this decision, or by a message that is on its way. */
const isGoingToEngineer = (state: CaseState, drafts: readonly Draft[]): boolean =>
  drafts.some(({ wanted }) => isAnyEngineer(wanted)) ||
  state.pages.some(({ sends }) =>
    sends.some(({ reach, calledBack, wanted }) => reach && !calledBack && isAnyEngineer(wanted)),
  );

const isAnyEngineer = ({ audience, person }: Wanted): boolean => audience === 'ENGINEER' && person === undefined;

/**
 * Somebody is asked without ringing, and now it is urgent: they are rung, unless they were a moment ago (H2). What goes to the
 * engineer anyhow says all that they are asked: should it be somebody else who is found, its outcome comes here again.
 */
function becameUrgent({ state, now }: Turn, drafts: readonly Draft[]): Again[] {
  const isToEngineer = isGoingToEngineer(state, drafts);
  return state.needs.flatMap((need) => {
    const { turn: whose } = need;
    if (whose.is !== 'ASKED' || whose.ringAt !== null || !isUrgent(state, need)) return [];
    if (isToEngineer && whose.person === state.engineer) return [];
    const page = pageOf(state, whose.pageId);
    const person = personOf(state, whose.person);
    if (page?.reach?.mode !== 'ASK' || person?.isOff) return [];
    const isRung = person?.rungAt != null && person.rank <= rankOf(state, need);
    const isLongAgo = now >= (person?.rungAt ?? 0) + answerMs(state, page.audience);
    return isRung && !isLongAgo ? [] : [{ pageId: page.pageId, used: [], rank: rankOf(state, need) }];
  });
}

/** Of what is new in the message, the most urgent. */
function purposeOf(state: CaseState, page: Page | undefined, needs: readonly Need[], tells: readonly Word[]): Purpose {
  const isNew = ({ key, fact }: Need): boolean =>
    page?.says.some((said) => said.need === key && said.fact === fact.seq) !== true;
  const fresh = needs.length > 0 ? needs : page?.person ? asksOf(state, page.person).filter(isNew) : [];
  const [first] = [...fresh].sort((a, b) => rankOf(state, a) - rankOf(state, b) || placeOf(a.kind) - placeOf(b.kind));
  return (first && rowOf(first.kind).purpose) ?? tells[0]?.purpose ?? 'ESCALATION_INFO';
}

/** The next message of a page; a new page where there is none. */
const numberFor = (state: CaseState, page: Page | undefined): { pageId: string; attempt: number } =>
  page
    ? { pageId: page.pageId, attempt: page.attempt + 1 + placesTaken(state) }
    : { pageId: `${state.caseNumber}-${state.nextPage}`, attempt: 1 };

/** The person's next channel as well, with what holds now (H7). Nothing where they have none left. */
export function tryNextChannel(turn: Turn, page: Page): void {
  const { pageId, reach } = page;
  if (!reach || reach.channelsLeft === 0) return;
  const ranks = standing(turn.state, page).map((need) => rankOf(turn.state, need));
  const rank = reach.mode === 'RING' ? (Math.min(2, ...ranks) as Rank) : 2;
  turn.again({ pageId, used: [...reach.used], rank });
}

/** A further channel, a ring that had to wait, word that waited for somebody's morning. */
export function duePages(state: CaseState): Due[] {
  const due: Due[] = [];
  for (const { pageId, person, reach } of state.pages) {
    if (person === null || reach?.nextChannelAt == null) continue;
    due.push({
      key: `${pageId} channel`,
      at: reach.nextChannelAt,
      what: { key: 'NEXT_CHANNEL', person },
      act: (turn) => {
        const page = pageOf(turn.state, pageId);
        if (page?.reach?.nextChannelAt != null) tryNextChannel(turn, page);
      },
    });
  }
  for (const need of state.needs) {
    const { key, turn: whose } = need;
    if (whose.is !== 'ASKED' || whose.ringAt === null || !isWorthAsking(state, need)) continue;
    due.push({
      key: `${key} ring`,
      at: whose.ringAt,
      what: { key: 'RING', need: key, person: whose.person },
      act: (turn) => askAgainIfStillAsked(turn, key),
    });
  }
  const [waiting] = state.later;
  if (waiting) {
    const at = Math.min(...state.later.map((entry) => entry.at));
    due.push({ key: 'word', at, what: { key: 'WORD' }, act: tellWhatWaited });
  }
  return due;
}

/** It rings still; what does not is asked once, and may not have been said yet. */
const isWorthAsking = (state: CaseState, need: Need): boolean =>
  isUrgent(state, need) ||
  !(need.turn.is === 'ASKED' && pageOf(state, need.turn.pageId)?.says.some((line) => line.need === need.key));

function askAgainIfStillAsked(turn: Turn, key: NeedKey): void {
  const need = needOf(turn.state, key);
  if (need?.turn.is !== 'ASKED' || need.turn.ringAt === null) return;
  const page = pageOf(turn.state, need.turn.pageId);
  if (page) turn.again({ pageId: page.pageId, used: [], rank: rankOf(turn.state, need) });
  else turn.moveOn(need, need.turn.person);
}

/** They are taken off the list when they go out (evolve-pages.ts). */
function tellWhatWaited(turn: Turn): void {
  const ready = turn.state.later.filter(({ at }) => at <= turn.now);
  for (const { wanted, tells } of ready) {
    for (const { purpose, fact } of tells) turn.tell({ wanted, purpose, fact, evenOff: true });
  }
}
