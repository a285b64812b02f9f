/** A desk reads a list from the top: what nobody has comes before what somebody is late with, and green comes last. */
import type { CaseRow } from '../../client/listing';
import { inOrder, ORDERS, urgencyOf } from '../../client/urgency';
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

/** As a list has it: what it said last is so no more. */
const ended = (caseNumber: string, severity: number, attention: Attention[], urgency: number | null): CaseRow =>
  row(caseNumber, [], {
    severity,
    nextDue: null,
    endedOutside: { how: 'TERMINATED', at: LATE },
    asItStood: { attention, waitsFor: null, urgency },
  });
/** The numbers say nothing of it. */
const ENDED = [
  ended('C4', 1, ['UNACKNOWLEDGED', 'NOBODY_REACHED'], 0),
  ended('C5', 2, ['UNACKNOWLEDGED'], 4),
  ended('C6', 0, ['UNACKNOWLEDGED'], 1),
  ended('C7', 1, [], 5),
  ended('C8', 0, [], null),
];

test('what was ended from outside is as urgent as what reached nobody, however green it was', () => {
  for (const seen of ENDED) expect(urgencyOf(seen, now)).toBe(0);
});

test('of what was ended from outside each E-Down comes first, then what was more urgent', () => {
  const sorted = inOrder([row('C1', ['NOBODY_REACHED'], { severity: 0 }), ...ENDED.toReversed()], 'urgency', now);
  expect(sorted.map(({ caseNumber }) => caseNumber)).toEqual(['C6', 'C8', 'C4', 'C5', 'C7', 'C1']);
});

test.each(ORDERS)('by %s, what was ended from outside comes before all others', (order) => {
  const sorted = inOrder([...worstFirst.map(([seen]) => seen), ...ENDED], order, now);
  expect(sorted.map(({ endedOutside }) => endedOutside !== undefined)).toEqual([
    ...ENDED.map(() => true),
    ...worstFirst.map(() => false),
  ]);
});

test.each([
  ['due', ['C6', 'C1', 'C2']],
  ['severity', ['C1', 'C6', 'C2']],
  ['case', ['C1', 'C2', 'C6']],
] as const)('by %s', (order, numbers) => {
  const some = worstFirst.map(([seen]) => seen).filter(({ caseNumber }) => ['C6', 'C2', 'C1'].includes(caseNumber));
  expect(inOrder(some, order, now).map(({ caseNumber }) => caseNumber)).toEqual([...numbers]);
});
