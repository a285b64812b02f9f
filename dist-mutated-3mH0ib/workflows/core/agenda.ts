/**
 * R27, B3: what falls due in a case, and when. The clock is a command like any other; a tick does each overdue item
 * once and sets the next from now, so that an outage ends in one late alert and never in a burst.
 * Invariant: every item moves its own time past `now` when it is done.
 */
import type { Due, Turn } from './concern';
import type { CaseState } from './language/state';
import { duePages } from './paging/bundle';
import { dueNeeds } from './paging/ladder';
import { dueContacts } from './rules/contacts';
import { dueEmergency } from './rules/emergency';
import { dueEscalation } from './rules/escalation';
import { dueHandOver } from './rules/hand-over';
import { dueLifecycle } from './rules/lifecycle';
import { duePromises } from './rules/promises';

/** Everything that is due some day. At equal times the shift ends first, and alerts go before the searches they feed. */
const items = (state: CaseState): Due[] => [
  ...dueHandOver(state),
  ...dueEmergency(state),
  ...dueContacts(state),
  ...duePromises(state),
  ...dueEscalation(state),
  ...dueNeeds(state),
  ...duePages(state),
  ...dueLifecycle(state),
];

/** The earliest first. */
export const agenda = (state: CaseState): Due[] => items(state).sort((a, b) => a.at - b.at);

/** When the alarm must ring next, and for what; nothing for a closed case whose reopen window is over. */
export function nextDue(state: CaseState): Due | undefined {
  let next: Due | undefined;
  for (const item of items(state)) if (!next || item.at < next.at) next = item;
  return next;
}

/** The clock speaks: does what is overdue, each item once. What it makes due at once is due in the next tick. */
export function tick(turn: Turn): void {
  for (const { at, act } of agenda(turn.state)) {
    if (at > turn.now) return;
    act(turn, turn.now - at);
  }
}
