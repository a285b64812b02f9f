/** A desk reads a list from the top: what nobody has comes before what somebody is late with, and green comes last. */
import type { CaseRow } from '../../client/listing';
import { inOrder, urgencyOf } from '../../client/urgency';
import type { Attention } from '../../workflows/core/language/vocabulary';

const now = Date.parse('2026-11-24T15:00:00Z');
const [LATE, AHEAD] = ['2026-11-24T14:00:00.000Z', '2026-11-24T16:00:00.000Z'];

const row = (caseNumber: string, attention: Attention[], more: Partial<CaseRow> = {}): CaseRow => ({
  caseNumber,
  runId: 'r',
  title: null,
  customer: { number: null, name: null },
  severity: 2,
  level: 'NORMAL',
  emergency: 'NONE',
  status: 'OPEN',
  engineer: 'eng-lee',
  manager: null,
  attention,
  nextDue: AHEAD,
  eDownCount: 0,
  waitsFor: null,
  openedAt: null,
  urgency: null,
  ...more,
});

const worstFirst: [CaseRow, number][] = [
  [row('C9', ['UNACKNOWLEDGED', 'NOBODY_REACHED']), 0],
  [row('C8', ['OWNER_UNKNOWN']), 0],
  [row('C7', ['UNACKNOWLEDGED'], { emergency: 'ACTIVE' }), 1],
  [row('C6', ['UNACKNOWLEDGED'], { nextDue: LATE }), 2],
  [row('C5', ['PROMISE_OVERDUE']), 3],
  [row('C4', ['UNACKNOWLEDGED']), 4],
  [row('C3', [], { severity: 0 }), 5],
  [row('C2', []), 5],
  [row('C1', [], { status: 'CLOSED', severity: 0 }), 5],
];

test.each(worstFirst)('$caseNumber', (seen, urgency) => expect(urgencyOf(seen, now)).toBe(urgency));

test('the most urgent first, and closed cases last', () => {
  const numbers = worstFirst.map(([{ caseNumber }]) => caseNumber);
  const sorted = inOrder(worstFirst.map(([seen]) => seen).toReversed(), 'urgency', now);
  // Of the two that nobody was reached for, the lower number: nothing else tells them apart.
  expect(sorted.map(({ caseNumber }) => caseNumber)).toEqual(['C8', 'C9', ...numbers.slice(2)]);
});

test.each([
  ['due', ['C6', 'C1', 'C2']],
  ['severity', ['C1', 'C6', 'C2']],
  ['case', ['C1', 'C2', 'C6']],
] as const)('by %s', (order, numbers) => {
  const some = worstFirst.map(([seen]) => seen).filter(({ caseNumber }) => ['C6', 'C2', 'C1'].includes(caseNumber));
  expect(inOrder(some, order, now).map(({ caseNumber }) => caseNumber)).toEqual([...numbers]);
});
