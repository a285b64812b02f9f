/** Section 3 of the contract: what a desk must look at now. A case that reached nobody is never green. */
import type { CaseState } from './state';
import { ATTENTION, type Attention } from './vocabulary';

export function attentionOf(state: CaseState): Attention[] {
  const { ladders, clocks, episode } = state;
  const holds: Record<Attention, boolean> = {
    UNACKNOWLEDGED: ladders.some(({ ack }) => ack === null),
    NOBODY_REACHED: ladders.some(({ nobodyReached }) => nobodyReached),
    CONTACT_UNAVAILABLE: episode?.contactStage === 'UNAVAILABLE' || episode?.contactStage === 'LOWERING_PROPOSED',
    PROGRESS_STALLED: state.stalled,
    UPDATE_OVERDUE: state.updateOverdue,
    PROMISE_OVERDUE: clocks.some(({ breachedAt }) => breachedAt !== null) || state.handOver?.overdue === true,
    PROVISIONAL_ENTITLEMENT: state.provisionalEntitlement,
    E_DOWN_REQUESTED: state.eDownRequest !== null,
  };
  return ATTENTION.filter((reason) => holds[reason]);
}
