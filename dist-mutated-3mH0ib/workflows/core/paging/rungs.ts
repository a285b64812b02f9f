/** R9, R10, R40, R45, R49: whom a search tries one after the other, by whom it is for. */
import type { CaseState, Need } from '../language/state';
import type { Audience } from '../language/vocabulary';
import { rowOf } from './needs';

/** Whom to try when the one before has nobody left. Manager rungs walk up the chart by themselves. */
const RUNGS: Readonly<Record<Audience, readonly Audience[]>> = {
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

/** The rungs of a need; once a whole search has found nobody, the duty executive is asked as well (R49). */
export function rungsOfNeed(
  state: CaseState,
  { kind, isGood, nobodyReached }: Pick<Need, 'kind' | 'isGood' | 'nobodyReached'>,
): readonly Audience[] {
  const { audience, rungs } = rowOf(kind);
  // Good news concerns whose case it is, and nobody has to come in their place (H6).
  if (isGood) return [audience];
  const all = rungs ?? rungsOf(state, audience);
  const isLast = audience === 'CONTACT' || all.includes('DUTY_EXECUTIVE');
  return nobodyReached && !isLast ? [...all, 'DUTY_EXECUTIVE'] : all;
}
