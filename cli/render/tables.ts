/** Tables of the terminal: the timeline of a case, and a list of cases. */
import Table from 'cli-table3';
import type { CaseRow } from '../../client/listing';
import type { CaseEvent } from '../../workflows/messages';
import type { Screen } from './case';
import { actorOf, sentenceOf } from './sentences';
import { shorten } from './text';
import { clean } from '../../client/untrusted';
import { atSecond, due } from './when';

const EDGES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;
/** No lines: what is copied out of a terminal should be words. */
const NO_LINES = { ...Object.fromEntries(EDGES.map((edge) => [edge, ''])), middle: '  ' } as Record<
  (typeof EDGES)[number] | 'middle',
  string
>;
const STYLE = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };

/** A table as wide as its words; each cell is safe to print. `numbers`: so many of the last columns stand to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { paint }: Screen,
  numbers = 0,
): string {
  const built = new Table({
    head: head.map((title) => paint('dim', title)),
    colAligns: head.map((_, column) => (column >= head.length - numbers ? 'right' : 'left')),
    chars: NO_LINES,
    style: STYLE,
  });
  built.push(...rows.map((row) => [...row]));
  return built
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Number, time, event, who, one sentence. */
export function renderTimeline(events: readonly CaseEvent[], screen: Screen): string {
  if (events.length === 0) return 'No events.';
  const rows = events.map(
    (event) =>
      [
        String(event.seq),
        atSecond(event.at),
        clean(event.type),
        shorten(actorOf(event), 28),
        sentenceOf(event),
      ] as const,
  );
  // The sentence gets what the other columns leave, and never so little that it says nothing.
  const taken = [0, 1, 2, 3].reduce(
    (sum, column) => sum + Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2,
    0,
  );
  const room = Math.max(40, screen.width - taken);
  return table(
    ['#', 'time', 'event', 'who', 'what'],
    rows.map(([seq, time, type, who, what]) => [seq, time, type, who, shorten(what, room)]),
    screen,
  );
}

/** One case a line; what needs a look is red. */
export function renderList(rows: readonly CaseRow[], screen: Screen): string {
  if (rows.length === 0) return 'No cases.';
  const dash = (value: string | number | null): string => (value === null || value === '' ? '–' : clean(String(value)));
  return table(
    [
      'case',
      'sev',
      'level',
      'emergency',
      'status',
      'customer',
      'engineer',
      'manager',
      'next due',
      'attention',
      'title',
    ],
    rows.map((row) => [
      dash(row.caseNumber),
      row.severity === 0 ? screen.paint('red', '0') : dash(row.severity),
      dash(row.level),
      dash(row.emergency),
      dash(row.status),
      shorten(row.customer.name ?? row.customer.number ?? '–', 24),
      dash(row.engineer),
      dash(row.manager),
      row.nextDue ? due(row.nextDue, screen.now) : '–',
      row.attention.length > 0 ? screen.paint('red', row.attention.map(clean).join(', ')) : screen.paint('green', 'ok'),
      shorten(row.title ?? '–', 40),
    ]),
    screen,
  );
}
