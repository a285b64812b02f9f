/**
 * The current details of a case for the Temporal Web UI, in Markdown: whose case it is, how it stands, who has it and what is
 * due, then who is asked for what and how it is answered, then what happened. One line a fact; it fits one screen. After
 * continue-as-new it is all that says whose case it is. Customer text is escaped.
 */
import type { CaseState, Clock, Episode, Need } from '../language/state';
import { isPageTraffic, isQuiet } from '../language/quiet';
import { clip } from '../language/text';
import { iso } from '../language/time';
import { contactsInOrder, facedBy, needOf } from '../paging/find';
import { levelOf } from '../paging/levels';
import { rowOf } from '../paging/needs';
import { en } from '../words/en';
import { needNamed } from '../words/en/needs';
import { attentionOf } from './attention';
import { codeOf, escapeMarkdown } from './markdown';
import type { Ownership } from './view';

const escaped = (text: string | null | undefined): string | null => (text == null ? null : escapeMarkdown(text));
const nameOf = ({ key }: Need): string => escapeMarkdown(needNamed(key));

/** The sentence of whose it is comes with the ownership. */
export function detailsOf(state: CaseState, { sentence }: Pick<Ownership, 'sentence'>): string {
  const { severity, emergency, status, customer } = state;
  const attention = attentionOf(state);
  const light = en.view(attention.length > 0 ? { key: 'NEEDS_A_LOOK', attention } : { key: 'GREEN' });
  const is = en.view({ key: 'STATE', severity, level: levelOf(state), emergency: emergency.is, status });
  const first = [
    en.view({
      key: 'CASE',
      customer: escapeMarkdown(customer.name),
      number: escapeMarkdown(customer.number),
      title: escapeMarkdown(state.title),
      product: escaped(state.product),
    }),
    `${is} · ${light}`,
    escapeMarkdown(sentence),
    ...(emergency.is === 'ACTIVE' ? [eDownLine(state, emergency.episode)] : []),
  ];
  return [`${first.join(NEXT_LINE)}\n`, ...listed(openLines(state)), ...happened(state)].join('\n');
}

/** Paragraphs of their own would take a screen: two spaces break a line. */
const NEXT_LINE = '  \n';

/** Apart from what comes after it, or the Web UI would draw one list of both. */
const listed = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), ''];

function eDownLine(state: CaseState, { answers, downSince, nextAlertAt }: Episode): string {
  const [contact] = contactsInOrder(state);
  const alerts = needOf(state, 'E_DOWN_ALERT')?.turn;
  return [
    en.view({
      key: 'DOWN_SINCE',
      at: iso(downSince),
      category: answers.category ?? null,
      affected: answers.affectedUsers ?? null,
      total: answers.totalUsers ?? null,
    }),
    en.view(
      contact
        ? {
            key: 'CONTACT',
            name: escapeMarkdown(contact.name),
            reach: contact.reach,
            number: escaped(contact.number),
            email: escaped(contact.email),
          }
        : { key: 'NO_CONTACT' },
    ),
    en.view({
      key: 'ALERTS',
      person: alerts && 'person' in alerts ? escapeMarkdown(alerts.person) : null,
      isTaken: alerts?.is === 'HELD',
      at: iso(nextAlertAt),
    }),
    en.view({ key: 'HOTLINE', hotline: escapeMarkdown(state.policy.hotline) }),
  ].join(' ');
}

/** Who is asked and who has it, a line a person: one answer takes all that they are asked (D1). */
function openLines(state: CaseState): string[] {
  const { needs, eDownRequest } = state;
  const asked = byPerson(needs, 'ASKED');
  const held = byPerson(needs, 'HELD');
  const lines = [
    ...(eDownRequest ? [en.view({ key: 'CALL_BACK', person: escapeMarkdown(eDownRequest.by) })] : []),
    ...[...asked].map(([person, theirs]) => askedLine(person, theirs)),
    ...needs.flatMap(waitingLine),
    ...state.clocks.map(clockLine),
    ...[...held].map(([person, theirs]) =>
      en.view({ key: 'HAS', person: escapeMarkdown(person), what: theirs.map(nameOf) }),
    ),
  ];
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), en.view({ key: 'MORE', count: lines.length - MOST_LINES + 1 })];
}

function byPerson(needs: readonly Need[], is: 'ASKED' | 'HELD'): Map<string, Need[]> {
  const people = new Map<string, Need[]>();
  for (const need of needs) {
    const person = need.turn.is === is ? facedBy(need) : null;
    if (person !== null) people.set(person, [...(people.get(person) ?? []), need]);
  }
  return people;
}

function askedLine(person: string, needs: readonly Need[]): string {
  const dues = needs.flatMap(({ turn }) => (turn.is === 'ASKED' && turn.answerDueAt !== null ? turn.answerDueAt : []));
  // What only its own answer ends has a command of its own; it is said where nothing else is asked.
  const isItself = needs.every(({ kind }) => rowOf(kind).endsBy === 'ITSELF');
  return en.view({
    key: 'ASKED_FOR',
    person: escapeMarkdown(person),
    what: needs.map(nameOf),
    at: dues.length > 0 ? iso(Math.min(...dues)) : null,
    answer: `**${isItself ? 'acceptHandOver' : 'acknowledge'}** ${codeOf(JSON.stringify({ by: person }))}`,
  });
}

/** Nobody's turn just now. */
function waitingLine(need: Need): string[] {
  const { turn } = need;
  switch (turn.is) {
    case 'ASKED':
    case 'HELD':
      return [];
    case 'RESTING':
      return [en.view({ key: 'RESTS', at: iso(turn.until), what: nameOf(need) })];
    case 'SENDING':
    case 'NEXT':
      return [en.view({ key: 'ON_ITS_WAY', what: nameOf(need) })];
    default:
      return turn satisfies never;
  }
}

const clockLine = ({ kind, dueAt, brokenAt }: Clock): string =>
  en.view({ key: brokenAt === null ? 'PROMISED' : 'OVERDUE', what: en.clocks[kind], at: iso(dueAt) });

/** What people did and what came of it, apart from how pages fared: that would push it out within minutes. */
function happened({ tail }: CaseState): string[] {
  const last = tail.filter((event) => !isPageTraffic(event) && !isQuiet(event)).slice(-MOST_EVENTS);
  const [oldest] = last;
  if (!oldest) return [];
  const pages = tail.filter((event) => event.seq > oldest.seq && isPageTraffic(event)).length;
  return [
    `${en.view({ key: 'LAST_EVENTS' })}\n`,
    ...last
      .reverse()
      .map(
        (event) =>
          `- \`${event.at.slice(5, 16).replace('T', ' ')}\` ${escapeMarkdown(clip(en.event(event), MOST_OF_AN_EVENT))}`,
      ),
    ...(pages > 0 ? [`- ${en.view({ key: 'PAGE_EVENTS', count: pages })}`] : []),
  ];
}

/** Of a run that hands the case on: nothing in it lives any more. */
export const handedOnDetails = ({ caseNumber, seq }: CaseState): string =>
  en.view({ key: 'GOES_ON', caseNumber: escapeMarkdown(caseNumber), seq });

/** The last line, of a run that was handed the case: where it was before. */
export const earlierRun = ({ caseNumber }: CaseState, runId: string | undefined): string =>
  runId === undefined ? '' : `\n\n${en.view({ key: 'EARLIER', caseNumber: escapeMarkdown(caseNumber), runId })}`;

/** What fits one screen. */
const MOST_LINES = 12;
const MOST_EVENTS = 10;
/** Two lines of a laptop's screen; the timeline has all of it. */
const MOST_OF_AN_EVENT = 200;
