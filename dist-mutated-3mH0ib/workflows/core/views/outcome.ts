import type { Due } from '../concern';
import type { Outcome } from '../language/answer';
import type { CaseEvent } from '../language/events';
import type { CaseState } from '../language/state';
import { iso } from '../language/time';
import type { Note } from '../language/words';
import { levelOf } from '../paging/levels';
import { attentionOf } from './attention';
import { ownerName } from './owners';

/** What whoever gave a command is answered, as a value. */
export const outcomeOf = (
  state: CaseState,
  events: readonly CaseEvent[],
  notes: readonly Note[],
  due: Due | undefined,
  now: number,
  hotline?: string,
): Outcome => ({
  caseNumber: state.caseNumber,
  seq: state.seq,
  events: events.map(({ type }) => type),
  severity: state.severity,
  level: levelOf(state),
  emergency: state.emergency.is,
  status: state.status,
  owner: ownerName(state),
  // What is overdue is due now.
  nextDue: due ? { at: iso(Math.max(due.at, now)), what: due.what } : null,
  notes,
  attention: attentionOf(state),
  ...(hotline !== undefined && { hotline }),
});
