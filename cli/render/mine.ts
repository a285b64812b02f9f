/** `tocsin mine` and `tocsin who`: what waits for whoever asks, and what to type. */
import { endedWords } from '../../client/ended';
import type { Mine } from '../../client/mine';
import type { CaseRow } from '../../client/listing';
import { inOrder } from '../../client/urgency';
import { clean } from '../../client/untrusted';
import type { CaseView, Ownership } from '../../workflows/messages';
import type { Screen } from './case';
import { needWord } from './labels';
import { hanging } from './text';
import { due } from './when';

type Need = CaseView['needs'][number];

const nameOf = ({ need }: Need): string => needWord(need);

const dueOf = ({ answerDueAt }: Need, now: number): string =>
  answerDueAt === null ? '' : `, answer ${due(answerDueAt, now)}`;

const isLate = ({ answerDueAt }: Need, now: number): boolean => answerDueAt !== null && Date.parse(answerDueAt) < now;

/** What is asked first, then what they have, then what is theirs and quiet. */
export function renderMine(mine: readonly Mine[], person: string, screen: Screen): string {
  // No list knows who there is: a mistyped name has no cases either, and must not read like a quiet night.
  if (mine.length === 0) {
    const words = `Nothing waits for ${person}, and no open case names them: is that the id in the directory?`;
    return hanging('', words, screen.width);
  }
  const order = (rows: readonly Mine[]): Mine[] => {
    const places = inOrder(
      rows.map(({ row }) => row),
      'urgency',
      screen.now,
    ).map(({ caseNumber }) => caseNumber);
    return rows.toSorted((a, b) => places.indexOf(a.row.caseNumber) - places.indexOf(b.row.caseNumber));
  };
  const asked = order(mine.filter((one) => one.asked.length > 0));
  const others = order(mine.filter((one) => one.asked.length === 0));
  const head = asked.length === 0 ? screen.paint('green', 'Nothing waits for your answer.') : '';
  return [head, ...asked.map((one) => block(one, screen)), ...others.map((one) => block(one, screen))]
    .filter(Boolean)
    .join('\n');
}

function block({ row, asked, held, isTheirs }: Mine, screen: Screen): string {
  const { paint, now, width } = screen;
  const lines = [
    paint('bold', clean(row.caseNumber)) +
      hanging(' '.repeat(row.caseNumber.length + 2), what(row), width).slice(row.caseNumber.length),
    ...asked.map((need) =>
      paint(isLate(need, now) ? 'red' : 'yellow', hanging('  asked: ', `${nameOf(need)}${dueOf(need, now)}`, width)),
    ),
    ...held.map((need) => hanging('  yours: ', nameOf(need), width)),
  ];
  if (row.endedOutside) lines.push(paint('red', hanging('  ! ', endedWords(row.endedOutside), width)));
  else if (isTheirs && asked.length + held.length === 0)
    lines.push(hanging('  yours: ', row.nextDue ? `next ${due(row.nextDue, now)}` : 'nothing is due', width));
  if (asked.length > 0) lines.push(paint('dim', `  tocsin ack ${clean(row.caseNumber)}`));
  return lines.join('\n');
}

const what = ({ severity, emergency, customer, title }: CaseRow): string =>
  [
    severity === 0 ? 'E-Down' : `sev ${severity ?? '–'}`,
    emergency === 'ACTIVE' ? '24x7' : '',
    customer.name ?? customer.number ?? '',
    title ?? '',
  ]
    .filter(Boolean)
    .join(' · ');

export function renderWho({ sentence }: Ownership, asked: readonly Need[], screen: Screen): string {
  const { width, now, paint } = screen;
  return [
    hanging('', sentence, width),
    ...asked.map((need) => paint('yellow', hanging('You are asked: ', `${nameOf(need)}${dueOf(need, now)}`, width))),
  ].join('\n');
}
