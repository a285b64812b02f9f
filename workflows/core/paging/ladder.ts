/**
 * R48, R49, B2, B3: who is asked when nobody has answered: target, delegate, next up, duty managers, then again, in rounds,
 * for ever. Only a person's answer ends a search.
 * Invariant: a need that is open is on its way to somebody, asked of somebody, held by somebody, or rests until a moment.
 */
import type { Due, Turn } from '../concern';
import type { NotWaitedFor } from '../language/reach';
import type { Unreached } from '../language/reach';
import type { CaseState, Need } from '../language/state';
import { iso } from '../language/time';
import type { Audience } from '../language/vocabulary';
import { answerMsFor, barredFrom, isSentBy, needOf, notAskedFor, pageOf, sendingAt } from './find';
import { managedLevel } from './levels';
import { rowOf, type NeedKey } from './needs';
import { rungsOfNeed } from './rungs';

export interface Place {
  readonly audience: Audience;
  readonly rung: number;
  readonly round: number;
  /** Whom to ask before the audience is. */
  readonly first?: string;
  readonly excluding: readonly string[];
}

/** Where the search for a need goes on; nothing where it rests, which is then on record. */
export function nextPlace(turn: Turn, key: NeedKey): Place | null {
  const { state, now } = turn;
  for (;;) {
    const need = needOf(state, key);
    if (need?.turn.is !== 'NEXT') return null;
    const rungs = rungsOfNeed(state, need);
    // There is one engineer: when they have been asked, nobody else of that rung has to be looked for.
    const isBehind = rungs[need.rung] === 'ENGINEER' && state.engineer !== null && need.tried.includes(state.engineer);
    const rung = isBehind ? need.rung + 1 : need.rung;
    const audience = rungs[rung];
    if (audience === undefined) {
      roundOver(turn, need);
      continue;
    }
    const isNew = need.first !== null && need.asked.length === 0 && need.tried.length === 0;
    const excluding = [...new Set([...need.tried, ...notAskedFor(state, need.kind), ...cannotYet(state, need, now)])];
    return {
      audience,
      rung,
      round: need.round,
      excluding,
      ...(isNew && need.first !== null && { first: need.first }),
    };
  }
}

/** Whoever said that they cannot is not asked again within one answer time (D6). */
const cannotYet = (state: CaseState, need: Need, now: number): string[] =>
  need.declined
    .filter(({ at }) => now - at < answerMsFor(state, need, rowOf(need.kind).audience))
    .map(({ person }) => person);

/**
 * Everybody was asked. The next round begins at once; after the policy's rounds it is on record that nobody was reached,
 * the duty executive is asked, and the search goes on after a pause. A round in which there was nobody to ask would only be
 * the same again. Alerts of an emergency do not pause: their cadence is pause enough (R27).
 */
function roundOver(turn: Turn, need: Need): void {
  const { state, now } = turn;
  const { rounds, keepTryingEveryMs } = state.policy.escalation;
  if (rowOf(need.kind).audience === 'CONTACT') {
    // There is nobody else: the contact check goes on, and tells the manager (B5).
    const retryAt = iso(now + state.policy.eDown.contactCheck.proposeLoweringMs);
    turn.follow('SearchPaused', { need: need.key, round: need.round, retryAt });
    return;
  }
  if (need.isGood) {
    // Good news that has arrived wants nothing more of anybody; what did not arrive is sent again.
    if (need.asked.length > 0) turn.end([need.key], 'NOT_NEEDED');
    else turn.follow('SearchPaused', { need: need.key, round: need.round, retryAt: iso(now + keepTryingEveryMs) });
    return;
  }
  const declined = need.declined.filter(({ at }) => at >= need.roundSince).map(({ person }) => person);
  const allDeclined = need.tried.length > 0 && need.tried.every((person) => declined.includes(person));
  if (need.round < rounds && need.tried.length > 0 && !allDeclined) {
    turn.follow('SearchResumed', { need: need.key });
    return;
  }
  if (!need.nobodyReached) {
    const { purpose } = rowOf(need.kind);
    const told = { need: need.key, purpose, rounds: need.round, ...(allDeclined && { allDeclined: true as const }) };
    turn.follow('NoManagerReached', told);
    // There is one more rung now.
    if (rungsOfNeed(state, need)[need.rung] !== undefined) return;
  }
  const isLongRound = now - need.roundSince >= state.policy.eDown.alertEveryMs / 2;
  if (need.kind === 'E_DOWN_ALERT' && isLongRound && !allDeclined) {
    turn.follow('SearchResumed', { need: need.key });
    return;
  }
  turn.follow('SearchPaused', { need: need.key, round: need.round, retryAt: iso(now + keepTryingEveryMs) });
}

/** A manager who did not come is on record by name (R49). */
export function unreachable(turn: Turn, need: Need, person: string, why: Unreached): void {
  const level = managedLevel(need.kind);
  if (level) turn.follow('ManagerUnreachable', { person, level, why });
}

const UNREACHED: Readonly<Record<NotWaitedFor, Unreached>> = {
  NO_WORKING_CHANNEL: 'PROVIDER_DOWN',
  NO_CHANNEL: 'NO_ADDRESS',
  TRANSFER_FAILED: 'NO_ANSWER',
  BARRED: 'HAS_OTHER_LEVEL',
};

/** They are not waited for any longer: the next one is found at once. They stay welcome. */
export function moveOn(turn: Turn, need: Need, person: string, lateMs = 0, why?: NotWaitedFor): void {
  const { turn: theirs } = need;
  const pageId = theirs.is === 'ASKED' || theirs.is === 'SENDING' ? theirs.pageId : '';
  turn.follow('PageUnanswered', { pageId, person, need: need.key, lateMs, ...(why && { why }) });
  const hasTheCase = why === 'BARRED' && person === turn.state.engineer;
  unreachable(turn, need, person, hasTheCase ? 'HAS_THE_CASE' : why ? UNREACHED[why] : 'NO_ANSWER');
}

/** Whoever has come to be one who may not have it is not waited for: the levels are two persons (R40, R45). */
export function moveOnFromBarred(turn: Turn): void {
  for (const { key } of turn.state.needs) {
    const need = needOf(turn.state, key);
    if (need?.turn.is !== 'ASKED' || !barredFrom(turn.state, need.kind).includes(need.turn.person)) continue;
    moveOn(turn, need, need.turn.person, 0, 'BARRED');
  }
}

/** An answer after which nobody did anything for the case (B3, H3): the next one is asked, and told so. */
export function expire(turn: Turn, need: Need): void {
  if (need.turn.is !== 'HELD') return;
  const { person, since } = need.turn;
  if (rowOf(need.kind).isNews && person === turn.state.engineer) {
    turn.end([need.key], 'ANSWERED');
    return;
  }
  turn.follow('AcknowledgementExpired', { need: need.key, person, since: iso(Math.max(since, turn.state.actedAt)) });
  unreachable(turn, need, person, 'ACK_EXPIRED');
}

/** What needs wait for. */
export function dueNeeds(state: CaseState): Due[] {
  const due: Due[] = [];
  for (const need of state.needs) due.push(...dueOf(need));
  for (const page of state.pages) {
    const { reach, person, pageId } = page;
    if (!reach || person === null) continue;
    if (reach.works || page.sends.length === 0) continue;
    const waiting = sendingAt(state, pageId);
    const [first] = waiting;
    if (!first) continue;
    due.push({
      key: `${pageId} person`,
      at: reach.since + state.policy.escalation.nextPersonAfterMs,
      what: { key: 'NEXT_PERSON', need: first.key, person },
      act: (turn, lateMs) => {
        for (const { key } of waiting) {
          const need = needOf(turn.state, key);
          if (need && isSentBy(need.turn, pageId) && !pageOf(turn.state, pageId)?.reach?.works)
            moveOn(turn, need, person, lateMs, 'NO_WORKING_CHANNEL');
        }
      },
    });
  }
  return due;
}

function dueOf({ key, turn: whose }: Need): Due[] {
  switch (whose.is) {
    case 'NEXT':
    case 'SENDING':
      return [];
    case 'RESTING':
      return [
        {
          key: `${key} again`,
          at: whose.until,
          what: { key: 'SEARCH_AGAIN', need: key },
          act: (turn) => {
            if (needOf(turn.state, key)?.turn.is === 'RESTING') turn.follow('SearchResumed', { need: key });
          },
        },
      ];
    case 'HELD':
      return [
        {
          key: `${key} answer`,
          at: whose.expiresAt,
          what: { key: 'ACT', need: key, person: whose.person },
          act: (turn) => {
            const need = needOf(turn.state, key);
            if (need?.turn.is === 'HELD' && need.turn.expiresAt <= turn.now) expire(turn, need);
          },
        },
      ];
    case 'ASKED': {
      const { person, answerDueAt } = whose;
      if (answerDueAt === null) return [];
      return [
        {
          key: `${key} answer`,
          at: answerDueAt,
          what: { key: 'ANSWER', need: key, person },
          act: (turn, lateMs) => {
            const need = needOf(turn.state, key);
            if (need?.turn.is === 'ASKED' && need.turn.person === person) moveOn(turn, need, person, lateMs);
          },
        },
      ];
    }
    default:
      return whose satisfies never;
  }
}
