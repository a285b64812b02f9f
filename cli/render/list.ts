/** A list of cases as a desk reads it: from the top, in words, and never wider than the screen. */
import { URGENCY, urgencyOf, type Urgency } from '../../client/urgency';
import { endedWords } from '../../client/ended';
import type { CaseRow } from '../../client/listing';
import { clean } from '../../client/untrusted';
import { attentionWord } from './labels';
import type { Screen } from './case';
import { roomBeside, table } from './tables';
import { hanging, shorten, type Style } from './text';
import { due } from './when';

const HEAD = ['case', 'state', 'who', 'next due'];
const WHO = HEAD.indexOf('who');
/** From here on a case may take one line; a title in less than this says nothing. */
const WIDE = 120;
const LEAST_TITLE = 30;
const LEAST_WHO = 16;
const INDENT = '  ';

/** Green where nobody needs to look, red where somebody must now. */
const COLOURS: Readonly<Record<Urgency, Style>> = {
  [URGENCY.NOBODY_REACHED]: 'red',
  [URGENCY.EMERGENCY_THAT_NOBODY_HAS]: 'red',
  [URGENCY.ANSWER_LATE]: 'red',
  [URGENCY.PROMISE_BROKEN]: 'red',
  [URGENCY.ASKED_IN_TIME]: 'yellow',
  [URGENCY.GREEN]: 'green',
};

/** `E-Down · 24x7 · M1`. */
function stateOf({ severity, emergency, level, status, endedOutside }: CaseRow): string {
  const is = [
    endedOutside ? 'ENDED' : '',
    severity === 0 ? 'E-Down' : severity === null ? 'sev –' : `sev ${severity}`,
    emergency === 'ACTIVE' ? '24x7' : emergency === 'STEPPED_DOWN' ? 'stepped down' : '',
    level === null || level === 'NORMAL' ? '' : clean(level),
    status === 'CLOSED' ? 'closed' : '',
  ];
  return is.filter(Boolean).join(' · ');
}

const whoOf = ({ engineer, manager }: CaseRow): string =>
  [engineer, manager].flatMap((who) => (who === null ? [] : [clean(who)])).join(', ') || 'nobody';

const whatOf = ({ customer, title }: CaseRow): string =>
  [customer.name ?? customer.number, title].flatMap((text) => (text ? [clean(text)] : [])).join(' · ') || '–';

const attentionOf = ({ attention, endedOutside }: CaseRow): string =>
  endedOutside ? clean(endedWords(endedOutside)) : attention.map(attentionWord).join(', ');

/** `more`: so many there are besides. */
export function renderList(rows: readonly CaseRow[], screen: Screen, more = 0): string {
  if (rows.length === 0) return 'No cases.';
  const lines = (screen.width < WIDE ? undefined : inOneLine(rows, screen)) ?? inSeveral(rows, screen);
  const all = more === 0 ? '' : `\n${screen.paint('dim', `… and ${more} more: --limit shows them.`)}`;
  return lines + all;
}

function columnsOf(rows: readonly CaseRow[], screen: Screen): string[][] {
  const columns = rows.map((row) => [
    clean(row.caseNumber),
    stateOf(row),
    whoOf(row),
    row.nextDue ? due(row.nextDue, screen.now) : '–',
  ]);
  const besides = (row: readonly string[]): string[] => row.filter((_, column) => column !== WHO);
  const room = Math.max(LEAST_WHO, roomBeside(besides(HEAD), columns.map(besides), screen));
  return columns.map((row) => row.map((cell, column) => (column === WHO ? shorten(cell, room) : cell)));
}

const painted = (row: CaseRow, text: string, { paint, now }: Screen): string =>
  paint(COLOURS[urgencyOf(row, now)], text);

/** Nothing when that would leave too little of a title. */
function inOneLine(rows: readonly CaseRow[], screen: Screen): string | undefined {
  const columns = columnsOf(rows, screen).map((row, index) => {
    const seen = rows[index];
    return [...row, seen === undefined ? '' : attentionOf(seen) || 'ok'];
  });
  const head = [...HEAD, 'attention'];
  const room = roomBeside(head, columns, screen);
  if (room < LEAST_TITLE) return undefined;
  const lines = columns.map((row, index) => {
    const seen = rows[index];
    if (seen === undefined) return row;
    return [...row.slice(0, -1), painted(seen, row.at(-1) ?? '', screen), shorten(whatOf(seen), room)];
  });
  return table([...head, 'what'], lines, screen);
}

/** State, then what needs a look, then whose case it is. */
function inSeveral(rows: readonly CaseRow[], screen: Screen): string {
  const [head, ...lines] = table(HEAD, columnsOf(rows, screen), screen).split('\n');
  return [
    head,
    ...rows.flatMap((row, index) => {
      const attention = attentionOf(row);
      return [
        screen.paint('bold', lines[index] ?? ''),
        ...(attention === '' ? [] : [painted(row, hanging(`${INDENT}! `, attention, screen.width), screen)]),
        `${INDENT}${shorten(whatOf(row), screen.width - INDENT.length)}`,
      ];
    }),
  ].join('\n');
}
