/**
 * R48, R49, B2, B3 and section 6 of the contract: a ladder is one need to get somebody, climbed until a person answers.
 * Target, delegate, next up, duty managers, then again, in rounds, for ever. Only an acknowledgement stops it, and one
 * without action expires.
 * Invariant: an open ladder always has a page on its way, a person with a deadline, an acknowledgement, or a retry due.
 */
import type { Due } from './agenda';
import { lower, need } from './describe';
import type { EventData, LadderEnd } from './events';
import { managedLevel, otherLevel, ownerOf } from './levels';
import type { CaseState, Ladder, Page } from './state';
import { iso } from './time';
import type { Turn } from './turn';
import { timersOf } from './policy';
import type { Audience, ManagedLevel, Purpose } from './vocabulary';

/** Whom to try when the one before has nobody left. Manager rungs walk up the chart by themselves. */
export const RUNGS: Readonly<Record<Audience, readonly Audience[]>> = {
  ENGINEER: ['ENGINEER', 'MANAGER', 'DUTY_MANAGER'],
  MANAGER: ['MANAGER', 'DUTY_MANAGER'],
  SECOND_LEVEL_MANAGER: ['SECOND_LEVEL_MANAGER', 'DUTY_EXECUTIVE', 'DUTY_MANAGER'],
  ON_CALL: ['ON_CALL', 'DUTY_MANAGER'],
  DUTY_MANAGER: ['DUTY_MANAGER', 'DUTY_EXECUTIVE'],
  DUTY_EXECUTIVE: ['DUTY_EXECUTIVE', 'DUTY_MANAGER'],
  RND: ['RND', 'DUTY_MANAGER'],
  CONTACT: ['CONTACT'],
};

/** While no engineer is assigned there is no chart to walk: the on-call team and the duty managers stand in (R9, R10). */
const WITHOUT_ENGINEER: Readonly<Partial<Record<Audience, readonly Audience[]>>> = {
  ENGINEER: ['ON_CALL', 'DUTY_MANAGER'],
  MANAGER: ['DUTY_MANAGER'],
  SECOND_LEVEL_MANAGER: ['DUTY_EXECUTIVE', 'DUTY_MANAGER'],
};

export const rungsOf = ({ engineer }: Pick<CaseState, 'engineer'>, audience: Audience): readonly Audience[] =>
  (engineer === null ? WITHOUT_ENGINEER[audience] : undefined) ?? RUNGS[audience];

/** Somebody has to be told, and has to answer (`ladder`), or is only sent word. */
export interface Need {
  readonly ladder?: string;
  readonly audience: Audience;
  readonly purpose: Purpose;
  readonly what: string;
  /** Asked before the audience is: the owner of the level, the person a hand-over names. */
  readonly first?: string;
  /** Word to exactly this person. */
  readonly person?: string;
  /** Word to nobody of these: they get their own. */
  readonly excluding?: readonly string[];
  /** Word to nobody where one of these would be the one: they get their own. */
  readonly unless?: readonly string[];
}

export const ladderOf = (state: CaseState, key: string): Ladder | undefined =>
  state.ladders.find((ladder) => ladder.key === key);

export const pageOf = (state: CaseState, pageId: string): Page | undefined =>
  state.pages.find((page) => page.pageId === pageId);

export const isOpen = (page: Page): boolean => page.status === 'SENDING' || page.status === 'SENT';

/** The pages of a ladder as it stands; those of an earlier one for the same need are not among them. */
export const pagesOf = (state: CaseState, key: string): Page[] => state.pages.filter((page) => page.ladder === key && !page.settled);

export const ladderOfPage = (state: CaseState, page: Page): Ladder | undefined =>
  page.ladder === null || page.settled ? undefined : ladderOf(state, page.ladder);

/**
 * M1 and M2 are always two persons (R45): whoever owns one is never asked for the other, and nobody manages their own
 * work, not as a duty manager either (R40): who wants to talk to the manager gets another person (R50). Who broke a promise
 * is reminded, but the next one up has to answer (R41, R43), and that is not the engineer.
 * Nobody accepts their own hand-over (B8).
 */
export const neverAsked = (state: CaseState, key: string): string[] => barred(state, key).filter((person) => person != null);

function barred(state: CaseState, key: string): (string | null | undefined)[] {
  const { engineer, handOver } = state;
  switch (key) {
    case 'M1':
    case 'M2':
      return [engineer, ownerOf(state, otherLevel(key))];
    case 'MANAGER_REQUESTED':
      return [engineer];
    case 'MANAGER_CONTACT':
    case 'STAFFING':
      return [engineer, ownerOf(state, state.level)];
    case 'HAND_OVER_ACCEPT':
      return [engineer, handOver?.from];
    default:
      return [];
  }
}

/** How long an answer may take, by who is asked and how bad it is now. */
export function ackMs(state: CaseState, audience: Audience): number {
  const timers = timersOf(state.policy, state.severity);
  return audience === 'ENGINEER' || audience === 'ON_CALL' || audience === 'CONTACT'
    ? timers.engineerAckMs
    : timers.managerAckMs;
}

const URGENT: readonly Purpose[] = [
  'E_DOWN_STARTED',
  'E_DOWN_ALERT',
  'E_DOWN_REQUESTED',
  'ESCALATED_M1',
  'ESCALATED_M2',
  'NOBODY_REACHED',
];

const isUrgent = (state: CaseState, purpose: Purpose): boolean =>
  state.emergency === 'ACTIVE' || state.severity <= 1 || URGENT.includes(purpose);

/** What was promised and is overdue: it can fall due once more (B4, B8). */
export const OVERDUE: readonly string[] = ['FIRST_CONTACT', 'MANAGER_CONTACT', 'STAFFING', 'HAND_OVER_OVERDUE'];

/** Starts a ladder for the need, or sends word. One need is never served by two ladders at once. */
export function ask(turn: Turn, need: Need): void {
  const { state } = turn;
  const { ladder: key, audience, purpose, what, first, person, excluding = [], unless } = need;
  if (key === undefined) {
    // Without an engineer word goes to whoever stands in, as a ladder does: a manager nobody can look up hears nothing.
    const [standIn] = person === undefined ? rungsOf(state, audience) : [];
    request(turn, { audience: standIn ?? audience, purpose, what, excluding, unless, ...(person !== undefined && { person }) });
    return;
  }
  const before = ladderOf(state, key);
  if (before && !(before.ack && OVERDUE.includes(key))) return;
  // Time is up once more: whoever has answered did so for the time before, and may be the one to keep the promise now.
  endLadder(turn, key, 'OVERTAKEN');
  const [rung] = rungsOf(state, audience);
  const asked = rung ?? audience;
  request(turn, {
    audience: asked,
    purpose,
    what,
    ladder: { key, start: audience, rung: 0, round: 1 },
    excluding: neverAsked(state, key),
    answerDueAt: turn.now + ackMs(state, asked),
    ...(first !== undefined && { person: first }),
  });
}

interface Request {
  readonly audience: Audience;
  readonly purpose: Purpose;
  readonly what: string;
  /** A further try of this page: on the person's next channel, or `again` under the same key. */
  readonly page?: Page;
  readonly again?: true;
  readonly ladder?: EventData['PageRequested']['ladder'];
  readonly excluding?: readonly string[];
  readonly unless?: readonly string[] | undefined;
  readonly person?: string;
  readonly prefer?: string;
  readonly answerDueAt?: number;
}

/** One page, on record; the shell sends it. */
export function request(turn: Turn, asked: Request): void {
  const { state } = turn;
  const { page, again, ladder, person, prefer, audience, purpose, what, excluding = [], unless = page?.unless, answerDueAt } = asked;
  const attempt = page ? page.attempt + (again ? 0 : 1) : 1;
  turn.follow('PageRequested', {
    pageId: page?.pageId ?? `${state.caseNumber}-${state.nextPage}`,
    attempt,
    audience,
    purpose,
    // Its further channels are those of the first one's urgency.
    urgent: page?.urgent ?? isUrgent(state, purpose),
    ...(ladder && { ladder }),
    ...(person !== undefined && { person }),
    ...(prefer !== undefined && { prefer }),
    excluding: [...excluding],
    ...(unless && { unless: [...unless] }),
    used: [...(page?.used ?? [])],
    ...(answerDueAt !== undefined && { answerDueAt: iso(answerDueAt) }),
    what,
  });
}

/** The next page of a ladder: the same rung without those who were asked, then the next rung, then the next round. */
export function climb(turn: Turn, ladder: Ladder, rung = ladder.rung, round = ladder.round, base = turn.now, what = ladder.what): void {
  const { state } = turn;
  const rungs = rungsOf(state, ladder.audience);
  const audience = rungs[rung];
  if (audience === undefined) {
    roundOver(turn, ladder, what);
    return;
  }
  const tried = round === ladder.round ? ladder.tried : [];
  request(turn, {
    audience,
    purpose: ladder.purpose,
    what,
    ladder: { key: ladder.key, start: ladder.audience, rung, round },
    excluding: [...tried, ...neverAsked(state, ladder.key)],
    answerDueAt: base + ackMs(state, audience),
  });
}

function roundOver(turn: Turn, ladder: Ladder, what: string): void {
  const { rounds, keepTryingEveryMs } = turn.state.policy.escalation;
  // A round in which there was nobody to ask would only be the same again.
  if (ladder.round < rounds && ladder.tried.length > 0) {
    climb(turn, ladder, 0, ladder.round + 1, turn.now, what);
    return;
  }
  if (!ladder.nobodyReached) {
    turn.follow('NoManagerReached', { ladder: ladder.key, purpose: ladder.purpose, rounds: ladder.round });
  }
  // R27: an alert always goes to somebody, and its cadence is pause enough; not where all lines failed at once.
  if (ladder.purpose === 'E_DOWN_ALERT' && turn.now - ladder.roundSince >= turn.state.policy.eDown.alertEveryMs / 2) {
    climb(turn, ladder, 0, ladder.round + 1, turn.now, what);
    return;
  }
  turn.follow('LadderPaused', { ladder: ladder.key, round: ladder.round, retryAt: iso(turn.now + keepTryingEveryMs) });
}

/** A manager who did not come is on record by name (R49). */
export function unreachable(turn: Turn, key: string, person: string | null, why: EventData['ManagerUnreachable']['why']): void {
  const level = managedLevel(key);
  if (level && person) turn.follow('ManagerUnreachable', { person, level, why });
}

/** Nobody answered in time: the next one is found at once. */
export function unanswered(
  turn: Turn,
  ladder: Ladder,
  lateMs: number,
  base = turn.now,
  what = ladder.what,
  why: EventData['ManagerUnreachable']['why'] = 'NO_ANSWER',
): void {
  const { target } = ladder;
  const open = pagesOf(turn.state, ladder.key).filter(isOpen).at(-1);
  if (open) turn.follow('PageUnanswered', { pageId: open.pageId, person: target, lateMs });
  unreachable(turn, ladder.key, target, why);
  climb(turn, ladder, ladder.rung, ladder.round, base, what);
}

/**
 * R40, R45: whoever has taken one level is not waited for at the other, nor whoever has got the case itself, however their
 * page came to them. The next one is found at once.
 */
export function waitNoMore(turn: Turn, key: ManagedLevel): void {
  const { state } = turn;
  const ladder = ladderOf(state, key);
  if (!ladder || ladder.ack || ladder.target === null || !neverAsked(state, key).includes(ladder.target)) return;
  unanswered(turn, ladder, 0, turn.now, ladder.what, ladder.target === state.engineer ? 'HAS_THE_CASE' : 'HAS_OTHER_LEVEL');
}

/** A part of the cadence: who is asked a little after an alert has no alert of their own before the next one is asked. */
const NEARLY = 0.1;

/**
 * An E-Down alert goes up the ladder of its emergency: to whoever has it or is being asked now, or, when the time of
 * the one before is over, to the next one. So an hour at a 15-minute cadence is four pages, not eight.
 */
export function alert(turn: Turn, key: string, what: string, lateMs: number, base: number): void {
  const { state } = turn;
  const ladder = ladderOf(state, key);
  if (!ladder) {
    ask(turn, { ladder: key, audience: 'ON_CALL', purpose: 'E_DOWN_ALERT', what });
    return;
  }
  const soon = turn.now + state.policy.eDown.alertEveryMs * NEARLY;
  if (ladder.retryAt !== null) climb(turn, ladder, 0, ladder.round + 1, base, what);
  else if (ladder.ack && ladder.ack.expiresAt <= turn.now) expire(turn, ladder, base, what);
  else if (ladder.answerDueAt !== null && ladder.answerDueAt <= soon && !isSending(state, key)) unanswered(turn, ladder, lateMs, base, what);
  else {
    const rungs = rungsOf(state, ladder.audience);
    const rung = ladder.ack ? Math.max(rungs.indexOf(askedAs(state, key, ladder.ack.person)), 0) : ladder.rung;
    const has = ladder.ack?.person ?? ladder.target;
    request(turn, {
      audience: rungs[rung] ?? 'ON_CALL',
      purpose: ladder.purpose,
      what,
      ladder: { key, start: ladder.audience, rung, round: ladder.round },
      excluding: ladder.ack ? [] : [...ladder.tried],
      ...(has && { prefer: has }),
    });
  }
}

/** As what somebody was asked: a duty manager who has the alerts would not be found among those on call. */
const askedAs = (state: CaseState, key: string, person: string): Audience =>
  pagesOf(state, key).findLast((page) => page.person === person || page.ackBy === person)?.audience ?? 'ON_CALL';

const isSending = (state: CaseState, key: string): boolean => pagesOf(state, key).some(({ status }) => status === 'SENDING');

/** Ends a ladder; pages still on their way are called back by the shell. */
export function endLadder(turn: Turn, key: string, why: LadderEnd): void {
  if (ladderOf(turn.state, key)) turn.follow('LadderEnded', { ladder: key, why });
}

/** An acknowledgement without action went stale (B3): the next one is asked, and told so. */
function expire(turn: Turn, ladder: Ladder, base = turn.now, what = ladder.what): void {
  const person = ladder.ack?.person ?? '';
  turn.follow('AcknowledgementExpired', { ladder: ladder.key, person });
  unreachable(turn, ladder.key, person, 'ACK_EXPIRED');
  climb(turn, ladder, 0, ladder.round, base, what);
}

/** What the ladders wait for. */
export function dueLadders(state: CaseState): Due[] {
  const due: Due[] = [];
  for (const ladder of state.ladders) {
    const { key, target, answerDueAt, retryAt, ack } = ladder;
    if (ack) {
      due.push({ key: `${key} ack`, at: ack.expiresAt, what: `${need(key)}: ${ack.person} acts on it, or the next one is asked`, act: (turn) => expire(turn, mustLadder(turn, key)) });
    } else if (answerDueAt !== null && !isSending(state, key)) {
      due.push({ key: `${key} answer`, at: answerDueAt, what: `${need(key)}: ${target ?? 'somebody'} answers, or the next one is asked`, act: (turn, lateMs) => unanswered(turn, mustLadder(turn, key), lateMs) });
    } else if (retryAt !== null) {
      due.push({ key: `${key} retry`, at: retryAt, what: `${need(key)}: the search for somebody begins again`, act: (turn) => climb(turn, mustLadder(turn, key), 0, ladder.round + 1) });
    }
  }
  for (const page of state.pages) {
    const { nextChannelAt, pageId } = page;
    if (page.status !== 'SENT' || nextChannelAt === null || page.person === null) continue;
    due.push({
      key: `${pageId} channel`,
      at: nextChannelAt,
      what: `${lower(page.purpose)}: ${page.name ?? page.person} is tried on another channel`,
      act: (turn) => {
        const open = pageOf(turn.state, pageId);
        if (open?.person) request(turn, { audience: open.audience, purpose: open.purpose, what: open.what, page: open, person: open.person });
      },
    });
  }
  return due;
}

function mustLadder(turn: Turn, key: string): Ladder {
  const ladder = ladderOf(turn.state, key);
  if (!ladder) throw new Error(`no ladder ${key}`);
  return ladder;
}
