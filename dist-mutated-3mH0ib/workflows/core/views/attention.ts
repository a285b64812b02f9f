/**
 * H9, D16: what a desk must look at now, and how urgent a case is among others. A case that reached nobody, or that nobody
 * has, is never green.
 */
import type { CaseState } from '../language/state';
import { ATTENTION, type Attention } from '../language/vocabulary';
import { episodeOf, isIdleAtZero, needOf } from '../paging/find';
import { isBroken } from '../rules/clocks';

export function attentionOf(state: CaseState): Attention[] {
  const { needs, clocks, status } = state;
  const isOpen = status === 'OPEN';
  const stage = episodeOf(state)?.contactStage ?? 'PRESENT';
  const promised = clocks.some(
    ({ kind, brokenAt }) => brokenAt !== null && kind !== 'CUSTOMER_UPDATE' && kind !== 'PROGRESS',
  );
  const holds: Readonly<Record<Attention, boolean>> = {
    UNACKNOWLEDGED: needs.some(({ turn }) => turn.is !== 'HELD'),
    NOBODY_REACHED: needs.some(({ nobodyReached }) => nobodyReached),
    CONTACT_UNAVAILABLE: stage === 'UNAVAILABLE' || stage === 'LOWERING_PROPOSED' || stage === 'DECLINED',
    PROGRESS_STALLED: state.stalled,
    UPDATE_OVERDUE: isBroken(state, 'CUSTOMER_UPDATE'),
    PROMISE_OVERDUE: promised || state.handOver?.overdue === true,
    PROVISIONAL_ENTITLEMENT: state.provisionalEntitlement,
    NO_ENGINEER: isOpen && state.engineer === null,
    E_DOWN_REQUESTED: state.eDownRequest !== null,
    E_DOWN_REFUSED: state.eDownRefusedAt !== null,
    SEVERITY_ZERO_IDLE: isIdleAtZero(state),
    OWNER_UNKNOWN: state.ownerUnknown || state.unverified.length > 0,
    CALL_BACK_DUE: needOf(state, 'MANAGER_REQUESTED') !== undefined || needOf(state, 'E_DOWN_REQUESTED') !== undefined,
  };
  return ATTENTION.filter((reason) => holds[reason]);
}
