/** How urgent a case is among others, from what a list knows of it; a desk reads a list from the top. */
import type { CaseRow } from './listing';
import type { Attention } from '../workflows/core/language/vocabulary';

/** As in the contract: the lower the more urgent. */
export const URGENCY = {
  NOBODY_REACHED: 0,
  EMERGENCY_THAT_NOBODY_HAS: 1,
  ANSWER_LATE: 2,
  PROMISE_BROKEN: 3,
  ASKED_IN_TIME: 4,
  GREEN: 5,
} as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

type Seen = Pick<CaseRow, 'attention' | 'emergency' | 'nextDue'>;

/** What is due next and is past is an answer that did not come: nothing else is left standing when it falls due. */
export function urgencyOf({ attention, emergency, nextDue }: Seen, now: number): Urgency {
  const needs = (...flags: Attention[]): boolean => flags.some((flag) => attention.includes(flag));
  if (needs('NOBODY_REACHED', 'OWNER_UNKNOWN')) return URGENCY.NOBODY_REACHED;
  const isAsked = needs('UNACKNOWLEDGED');
  if (emergency === 'ACTIVE' && (isAsked || needs('NO_ENGINEER'))) return URGENCY.EMERGENCY_THAT_NOBODY_HAS;
  if (isAsked && nextDue !== null && Date.parse(nextDue) < now) return URGENCY.ANSWER_LATE;
  if (attention.some((flag) => flag !== 'UNACKNOWLEDGED')) return URGENCY.PROMISE_BROKEN;
  return isAsked ? URGENCY.ASKED_IN_TIME : URGENCY.GREEN;
}

/** How a list can be put in order; what is equal by one goes by the next due. */
export const ORDERS = ['urgency', 'due', 'severity', 'case'] as const;
export type Order = (typeof ORDERS)[number];

/** The most urgent first, closed cases last; what was ended from outside nobody works on, so it comes before all. */
export function inOrder(rows: readonly CaseRow[], order: Order, now: number): CaseRow[] {
  const due = ({ nextDue }: CaseRow): number => (nextDue === null ? Infinity : Date.parse(nextDue));
  const severity = (row: CaseRow): number => row.severity ?? Infinity;
  const isServed = ({ endedOutside }: CaseRow): number => (endedOutside ? 0 : 1);
  const isClosed = ({ status }: CaseRow): number => (status === 'CLOSED' ? 1 : 0);
  const keys: Readonly<Record<Order, readonly ((row: CaseRow) => number)[]>> = {
    urgency: [isServed, (row) => urgencyOf(row, now), isClosed, severity, due],
    due: [due],
    severity: [severity, (row) => urgencyOf(row, now), due],
    case: [],
  };
  return rows.toSorted((a, b) => {
    for (const key of keys[order]) {
      const [first, second] = [key(a), key(b)];
      if (first !== second) return first - second;
    }
    return a.caseNumber.localeCompare(b.caseNumber, 'en', { numeric: true });
  });
}
