/**
 * How urgent a case is among others: the one rule by which lists are sorted, in the Web UI and in the
 * shell. UNACKNOWLEDGED stands from the first second; whether an answer is late is said here (D16).
 */
import type { CaseState } from '../language/state';
import type { Attention } from '../language/vocabulary';
import { answerMsFor, needOf } from '../paging/find';
import { rowOf } from '../paging/needs';
import { attentionOf } from './attention';

/** The lower the more urgent. */
export const URGENCY = {
  NOBODY_REACHED: 0,
  EMERGENCY_THAT_NOBODY_HAS: 1,
  ANSWER_LATE: 2,
  PROMISE_BROKEN: 3,
  ASKED_IN_TIME: 4,
  GREEN: 5,
} as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

/** What the rule looks at: a case knows it of itself, a list from what the case has published. */
export interface Standing {
  readonly attention: readonly string[];
  readonly isEmergencyOfNobody: boolean;
  /** Somebody is asked, and the time to answer is over. */
  readonly isAnswerLate: boolean;
}

export function urgencyOf({ attention, isEmergencyOfNobody, isAnswerLate }: Standing): Urgency {
  const needs = (...flags: Attention[]): boolean => flags.some((flag) => attention.includes(flag));
  if (needs('NOBODY_REACHED', 'OWNER_UNKNOWN')) return URGENCY.NOBODY_REACHED;
  if (isEmergencyOfNobody) return URGENCY.EMERGENCY_THAT_NOBODY_HAS;
  if (isAnswerLate) return URGENCY.ANSWER_LATE;
  if (attention.some((flag) => flag !== 'UNACKNOWLEDGED')) return URGENCY.PROMISE_BROKEN;
  return needs('UNACKNOWLEDGED') ? URGENCY.ASKED_IN_TIME : URGENCY.GREEN;
}

/** Of a case, at this moment of its clock. */
export const urgencyOfCase = (state: CaseState, now: number): Urgency =>
  urgencyOf({
    attention: attentionOf(state),
    isEmergencyOfNobody: state.emergency.is === 'ACTIVE' && needOf(state, 'E_DOWN_ALERT')?.turn.is !== 'HELD',
    isAnswerLate: state.needs.some(
      (need) =>
        need.turn.is !== 'HELD' &&
        need.unansweredSince !== null &&
        now - need.unansweredSince >= answerMsFor(state, need, rowOf(need.kind).audience),
    ),
  });
