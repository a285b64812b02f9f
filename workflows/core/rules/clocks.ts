/** What runs: the promises of a case, to be looked at. What makes them run is in promises.ts. */
import type { CaseState, Clock } from '../language/state';
import type { ClockKind, Severity } from '../language/vocabulary';

/** An E-Down that no longer runs round the clock is served like severity 1 until a person lowers it. */
export const pace = (state: CaseState): Severity =>
  state.severity === 0 && state.emergency.is !== 'ACTIVE' ? 1 : state.severity;

export const clockOf = (state: CaseState, kind: ClockKind): Clock | undefined =>
  state.clocks.find((clock) => clock.kind === kind);

export const isBroken = (state: CaseState, kind: ClockKind): boolean => clockOf(state, kind)?.brokenAt != null;

/** Whoever has talked to the customer has kept these. */
export const KEPT_BY_A_TALK = ['FIRST_CONTACT', 'CUSTOMER_UPDATE'] as const;

/** A talk keeps the promises that it came after. */
export const isKeptBy = (state: CaseState, kind: ClockKind, spokenAt: number): boolean => {
  const clock = clockOf(state, kind);
  return clock === undefined || clock.startedAt <= spokenAt;
};
