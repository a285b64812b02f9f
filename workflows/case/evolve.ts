/** The only place where the state changes: the fold of the events is the live state (B1; a property test holds it). */
import { evolveContacts } from './contacts';
import { evolveEmergency } from './emergency';
import { evolveEscalation } from './escalation';
import type { CaseEvent, EventOf, EventType } from './events';
import { evolveHandOver } from './hand-over';
import { evolveLadders } from './ladder-state';
import { evolveLifecycle, initialState } from './lifecycle';
import { evolvePromises } from './promises';
import { evolveSeverity } from './severity';
import { evolveSpr } from './spr';
import { KEEP, type CaseState } from './state';

export type Evolver<T extends EventType> = (state: CaseState, event: EventOf<T>) => void;
export type Evolvers = { readonly [T in EventType]?: Evolver<T> };

const concerns: readonly Evolvers[] = [
  evolveLifecycle,
  evolveSeverity,
  evolveEmergency,
  evolveContacts,
  evolveEscalation,
  evolveSpr,
  evolveHandOver,
  evolveLadders,
  // Last: its clocks look at what the others made of the event.
  evolvePromises,
];

/** Applies an event to a state that is the caller's own. */
export function record(state: CaseState, event: CaseEvent): void {
  state.seq = event.seq;
  state.tail.push(event);
  if (state.tail.length > KEEP.events) state.tail.shift();
  for (const concern of concerns) {
    const evolver = concern[event.type];
    evolver?.(state, event as never);
  }
}

/** A copy to work on. Events are never changed, so they are shared, not copied. */
export function copyOf(state: CaseState): CaseState {
  const { tail, policy, ...own } = state;
  return { ...(JSON.parse(JSON.stringify(own)) as typeof own), policy, tail: [...tail] };
}

/** The state that a history of events amounts to. */
export function fold(events: readonly CaseEvent[]): CaseState {
  const [first] = events;
  if (first?.type !== 'CaseOpened') throw new Error('A history of a case begins with CaseOpened.');
  const state = initialState(first);
  for (const event of events) record(state, event);
  return state;
}
