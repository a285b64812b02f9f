/** How urgent a case is among others, from what a list knows of it; a desk reads a list from the top. */
import type { CaseRow } from './listing';
import { URGENCY, urgencyOf as urgencyByRule, type Urgency } from '../workflows/core/views/urgency';

export { URGENCY, type Urgency };

type Seen = Pick<CaseRow, 'attention' | 'emergency' | 'nextDue' | 'urgency' | 'endedOutside'>;

/**
 * Whatever a case stood at that was ended from outside: nobody works on it.
 * As the case has said it itself. What is due next and is past by now is an answer that did not come and that no worker has
 * looked at since: nothing else is left standing when it falls due. A case of an older version says nothing; of that, what a list shows.
 */
export function urgencyOf({ attention, emergency, nextDue, urgency, endedOutside }: Seen, now: number): Urgency {
  if (endedOutside) return URGENCY.NOBODY_REACHED;
  const isAsked = attention.includes('UNACKNOWLEDGED');
  const isPast = isAsked && nextDue !== null && Date.parse(nextDue) < now;
  const isOfNobody = emergency === 'ACTIVE' && (isAsked || attention.includes('NO_ENGINEER'));
  return urgencyByRule({
    attention,
    isEmergencyOfNobody: urgency === null ? isOfNobody : urgency === URGENCY.EMERGENCY_THAT_NOBODY_HAS,
    isAnswerLate: isPast || urgency === URGENCY.ANSWER_LATE,
  });
}

/** How a list can be put in order; what is equal by one goes by the next due. */
export const ORDERS = ['urgency', 'due', 'severity', 'case'] as const;
export type Order = (typeof ORDERS)[number];

/** How urgent it was when it was ended; with its pages every deadline of it has gone. */
const stoodAt = ({ emergency, asItStood }: CaseRow, now: number): Urgency =>
  urgencyOf({ attention: [], urgency: null, ...asItStood, emergency, nextDue: null }, now);

/**
 * The most urgent first, closed cases last. What was ended from outside nobody works on, so it comes before all in every order;
 * of those, each E-Down before the others.
 */
export function inOrder<R extends CaseRow>(rows: readonly R[], order: Order, now: number): R[] {
  const due = ({ nextDue }: CaseRow): number => (nextDue === null ? Infinity : Date.parse(nextDue));
  const severity = (row: CaseRow): number => row.severity ?? Infinity;
  const isServed = ({ endedOutside }: CaseRow): number => (endedOutside ? 0 : 1);
  const isClosed = ({ status }: CaseRow): number => (status === 'CLOSED' ? 1 : 0);
  const isOfEDown = (row: CaseRow): number => (row.endedOutside && row.severity !== 0 ? 1 : 0);
  const urgency = (row: CaseRow): number => (row.endedOutside ? stoodAt(row, now) : urgencyOf(row, now));
  const keys: Readonly<Record<Order, readonly ((row: CaseRow) => number)[]>> = {
    urgency: [isOfEDown, urgency, isClosed, severity, due],
    due: [due],
    severity: [severity, urgency, due],
    case: [],
  };
  return rows.toSorted((a, b) => {
    for (const key of [isServed, ...keys[order]]) {
      const [first, second] = [key(a), key(b)];
      if (first !== second) return first - second;
    }
    return a.caseNumber.localeCompare(b.caseNumber, 'en', { numeric: true });
  });
}
