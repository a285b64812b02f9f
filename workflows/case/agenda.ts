/**
 * R27, B3: what falls due in a case, and when. The clock is a command like any other; a tick does each overdue item
 * once and sets the next from now, so that an outage ends in one late alert and never in a burst.
 * Invariant: every item moves its own time past `now` when it is done.
 */
import { dueContacts } from './contacts';
import { dueEmergency } from './emergency';
import { dueEscalation } from './escalation';
import { dueHandOver } from './hand-over';
import { dueLadders } from './ladder';
import { dueLifecycle } from './lifecycle';
import { duePromises } from './promises';
import type { CaseState } from './state';
import type { Turn } from './turn';

export interface Due {
  /** Tells items apart; each is done at most once in a tick. */
  readonly key: string;
  readonly at: number;
  /** For people: what will happen, without the time. */
  readonly what: string;
  readonly act: (turn: Turn, lateMs: number) => void;
}

/** Everything that is due some day, the earliest first. At equal times alerts go before the ladder they feed. */
export function agenda(state: CaseState): Due[] {
  const due = [
    ...dueEmergency(state),
    ...dueHandOver(state),
    ...dueContacts(state),
    ...duePromises(state),
    ...dueEscalation(state),
    ...dueLadders(state),
    ...dueLifecycle(state),
  ];
  return due.sort((a, b) => a.at - b.at);
}

/** When the alarm must ring next, and for what; nothing for a closed case whose reopen window is over. */
export const nextDue = (state: CaseState): Due | undefined => agenda(state)[0];

/** The clock speaks: does what is overdue, each item once. */
export function tick(turn: Turn): void {
  const done = new Set<string>();
  for (;;) {
    const item = agenda(turn.state).find(({ key, at }) => at <= turn.now && !done.has(key));
    if (!item) return;
    done.add(item.key);
    item.act(turn, turn.now - item.at);
  }
}
