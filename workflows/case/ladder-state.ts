/** What the events of pages and ladders make of the state (ladder.ts decides them). */
import { ackMs, isOpen, ladderOf, ladderOfPage, pageOf, pagesOf } from './ladder';
import type { Evolvers } from './evolve';
import { timersOf } from './policy';
import { KEEP, type CaseState, type Ladder, type Page } from './state';
import type { Purpose } from './vocabulary';

/**
 * Open pages stay; of the closed ones the youngest, so that a late answer is still told who has it now. Those that went out
 * to nobody go first: a night in which lines are down makes dozens. Word that was sent waits for nobody: weeks of it would
 * be carried from run to run.
 */
function prune(state: CaseState): void {
  const closed = state.pages.filter((page) => !isOpen(page) || (page.ladder === null && page.status === 'SENT'));
  const inVain = closed.filter((page) => page.status === 'FAILED' && !page.accepted);
  const drop = new Set([...inVain, ...closed.filter((page) => !inVain.includes(page))].slice(0, Math.max(0, closed.length - KEEP.closedPages)));
  if (drop.size > 0) state.pages = state.pages.filter((page) => !drop.has(page));
}

const close = (pages: Page[], status: 'ENDED' | 'UNANSWERED'): void => {
  for (const page of pages) {
    if (!isOpen(page)) continue;
    page.status = status;
    page.nextChannelAt = null;
  }
};

const ASKED_OF_CONTACTS: readonly Purpose[] = ['CONTACT_CHECK', 'CONTACT_ACTION', 'CONFIRM_WORKABLE_SYSTEM'];

const addOnce = (list: string[], person: string): void => {
  if (!list.includes(person)) list.push(person);
};

/** Somebody has it: the ladder rests until they act or the acknowledgement expires. */
export function acknowledgeLadder(state: CaseState, key: string, person: string, at: number): void {
  const ladder = ladderOf(state, key);
  if (!ladder) return;
  const expiresAt = at + timersOf(state.policy, state.severity).ackExpiresMs;
  Object.assign(ladder, { ack: { person, at, expiresAt }, target: person, answerDueAt: null, retryAt: null, nobodyReached: false });
  // An answer may come before the provider's: whoever gave it was paged.
  addOnce(ladder.paged, person);
  close(pagesOf(state, key), 'ENDED');
}

export const evolveLadders: Evolvers = {
  PageRequested(state, { at, data }) {
    const { pageId, attempt, audience, purpose, ladder: place } = data;
    const page = pageOf(state, pageId);
    if (page) {
      Object.assign(page, { attempt, status: 'SENDING', nextChannelAt: null, engineer: state.engineer });
      return;
    }
    state.nextPage += 1;
    state.pages.push({
      pageId,
      ladder: place?.key ?? null,
      settled: false,
      audience,
      purpose,
      engineer: state.engineer,
      urgent: data.urgent,
      requestedAt: Date.parse(at),
      what: data.what,
      named: data.person ?? null,
      attempt,
      status: 'SENDING',
      person: null,
      name: null,
      channel: null,
      used: [],
      channelsLeft: 0,
      nextChannelAt: null,
      timeouts: 0,
      accepted: false,
      excluding: [...data.excluding],
      ...(data.unless && { unless: [...data.unless] }),
      ackBy: null,
    });
    prune(state);
    if (!place) return;
    let ladder = ladderOf(state, place.key);
    if (!ladder) {
      ladder = {
        key: place.key,
        audience: place.start,
        purpose,
        urgent: data.urgent,
        startedAt: Date.parse(at),
        what: data.what,
        rung: 0,
        round: 1,
        roundSince: Date.parse(at),
        tried: [],
        paged: [],
        target: null,
        answerDueAt: null,
        retryAt: null,
        ack: null,
        nobodyReached: false,
      };
      state.ladders.push(ladder);
    }
    if (place.round !== ladder.round) Object.assign(ladder, { tried: [], roundSince: Date.parse(at) });
    Object.assign(ladder, { rung: place.rung, round: place.round, retryAt: null, what: data.what });
    // Without a deadline of its own the page only repeats what the ladder waits for already.
    if (data.answerDueAt !== undefined) Object.assign(ladder, { answerDueAt: Date.parse(data.answerDueAt), target: null });
  },

  PageSent(state, { at, data }) {
    const page = pageOf(state, data.pageId);
    if (!page) return;
    const now = Date.parse(at);
    const { person, name, channel, channelsLeft, overtaken } = data;
    Object.assign(page, { status: overtaken ? page.status : 'SENT', person, name, channel, channelsLeft, timeouts: 0, accepted: true });
    addOnce(page.used, channel);
    if (data.directManager && page.engineer === state.engineer) state.directManager = { ...data.directManager };
    const ladder = ladderOfPage(state, page);
    if (!ladder) return;
    addOnce(ladder.paged, person);
    if (overtaken) return;
    close(pagesOf(state, ladder.key).filter((other) => other !== page && other.status === 'SENT' && other.person === person), 'ENDED');
    settleTarget(state, ladder, page, person, now);
  },

  PageFailed(state, { data }) {
    const page = pageOf(state, data.pageId);
    if (!page) return;
    page.status = page.accepted ? 'SENT' : 'FAILED';
    page.channelsLeft = data.channelsLeft;
    if (data.channel !== undefined) addOnce(page.used, data.channel);
    if (data.reason === 'TIMED_OUT') page.timeouts += 1;
    if (data.person !== undefined) page.person = data.person;
    if (data.name !== undefined) page.name = data.name;
    const ladder = ladderOfPage(state, page);
    if (ladder && !page.accepted && data.person !== undefined && data.channelsLeft === 0) addOnce(ladder.tried, data.person);
  },

  PageAcknowledged(state, { at, data }) {
    const page = pageOf(state, data.pageId);
    if (!page) return;
    const ladder = ladderOfPage(state, page);
    if (ladder) acknowledgeLadder(state, ladder.key, data.person, Date.parse(at));
    Object.assign(page, { status: 'ACKNOWLEDGED', ackBy: data.person, nextChannelAt: null });
  },

  PageUnanswered(state, { data }) {
    const page = pageOf(state, data.pageId);
    const ladder = page && ladderOfPage(state, page);
    if (!ladder) return;
    if (data.person !== null) addOnce(ladder.tried, data.person);
    Object.assign(ladder, { target: null, answerDueAt: null });
    close(pagesOf(state, ladder.key), 'UNANSWERED');
  },

  AcknowledgementExpired(state, { at, data }) {
    const ladder = ladderOf(state, data.ladder);
    if (!ladder) return;
    // Somebody was found: what comes now is a search of its own, with all of its rounds.
    Object.assign(ladder, { ack: null, target: null, tried: [data.person], round: 1, roundSince: Date.parse(at) });
    // What was repeated to them meanwhile is over too: a late answer is told who is asked now.
    close(pagesOf(state, data.ladder), 'UNANSWERED');
  },

  AcknowledgementKept(state, { data }) {
    const ladder = ladderOf(state, data.ladder);
    if (ladder?.ack) ladder.ack.expiresAt = Date.parse(data.expiresAt);
  },

  NoManagerReached(state, { data }) {
    const ladder = ladderOf(state, data.ladder);
    if (ladder) ladder.nobodyReached = true;
  },

  LadderPaused(state, { data }) {
    const ladder = ladderOf(state, data.ladder);
    if (ladder) Object.assign(ladder, { target: null, answerDueAt: null, retryAt: Date.parse(data.retryAt) });
  },

  LadderEnded(state, { data }) {
    const pages = pagesOf(state, data.ladder);
    close(pages, 'ENDED');
    for (const page of pages) page.settled = true;
    state.ladders = state.ladders.filter((ladder) => ladder.key !== data.ladder);
  },

  EmergencyEnded(state) {
    // What it still asked of the contacts is called back: nobody needs a sign of them any more, nor an engineer to get one.
    for (const page of state.pages.filter(({ audience, status, purpose }) => audience === 'CONTACT' && status === 'SENDING' && ASKED_OF_CONTACTS.includes(purpose))) {
      close([page], 'ENDED');
      page.settled = true;
    }
  },

  SeverityChanged: (state, { at }) => hasten(state, Date.parse(at)),

  PolicyAdopted(state, { at }) {
    const now = Date.parse(at);
    hasten(state, now);
    for (const ladder of state.ladders) if (ladder.retryAt !== null) ladder.retryAt = Math.min(ladder.retryAt, now + state.policy.escalation.keepTryingEveryMs);
  },
};

/** Worse never means later: a running deadline moves earlier, or stands (docs/escalation.md). */
function hasten(state: CaseState, now: number): void {
  for (const ladder of state.ladders) {
    const page = pagesOf(state, ladder.key).at(-1);
    if (ladder.answerDueAt !== null && page) ladder.answerDueAt = Math.min(ladder.answerDueAt, now + ackMs(state, page.audience));
  }
}

/** Who has to answer now that a provider has taken the page, and until when. */
function settleTarget(state: CaseState, ladder: Ladder, page: Page, person: string, now: number): void {
  const { policy } = state;
  if (ladder.ack && ladder.ack.person !== person) {
    // The shift has changed: an acknowledgement counts for the one who gave it, and somebody else was alerted now.
    // The shift before has handed over: it is not told who has it now, at night, and an answer of theirs to an older page
    // would take it from the one who is asked now.
    Object.assign(ladder, { ack: null, answerDueAt: now + ackMs(state, page.audience), paged: [person] });
    close(pagesOf(state, ladder.key).filter((other) => other !== page), 'UNANSWERED');
  }
  if (ladder.ack) return;
  ladder.target = person;
  ladder.retryAt = null;
  // The time to answer is the person's: a page that was taken late does not shorten it to nothing.
  if (ladder.answerDueAt === null || ladder.answerDueAt <= now) ladder.answerDueAt = now + ackMs(state, page.audience);
  const nextChannelAt = now + policy.escalation.nextChannelAfterMs;
  page.nextChannelAt = page.channelsLeft > 0 && nextChannelAt < ladder.answerDueAt ? nextChannelAt : null;
}
