/**
 * What a page says, in this order: what is wanted of this person and by when, why them, what has happened. Read on a phone,
 * at night: the first line must be enough to know whether to get up. The sentences are the catalogue's (workflows/core/words).
 */
import type { Fact } from '../../workflows/core/language/events';
import type { Ask, CaseFacts, PageOrder } from '../../workflows/core/language/page';
import type { Purpose, Role, Audience } from '../../workflows/core/language/vocabulary';
import { rowOf, wordsKeyOf } from '../../workflows/core/paging/needs';
import { utc, type Reader } from '../../workflows/core/words/catalogue';
import { en } from '../../workflows/core/words/en';
import type { Words } from '../../workflows/core/words/spoken';
import type { Asking } from '../also-asked';
import type { OutgoingPage } from '../channels/channel';
import type { Chosen } from '../choose';
import { named, namedDue, type NameOf } from './named';
import { oneLine } from './one-line';

const TITLE_LENGTH = 120;
/** A long name must not push out what the page is about. */
const CUSTOMER_LENGTH = 40;

type Message = Pick<OutgoingPage, 'title' | 'text' | 'parts' | 'asks'> & { readonly purpose: Purpose };

export interface Saying {
  /** When the message was ordered. */
  readonly now: number;
  /** What other cases ask of the same person. */
  readonly alsoAsked?: readonly Asking[];
  /** The reader's language, and their clock. */
  readonly words?: Words;
  readonly reader?: Reader;
  /** What people are called; by their ids where nobody says. */
  readonly nameOf?: NameOf;
  /** Where they answer, if there is such a place: then it is that which is shown, and no command of the shell. */
  readonly ackUrl?: string;
}

type Told = Required<Omit<Saying, 'ackUrl'>>;

export function messageOf(
  order: PageOrder,
  chosen: Chosen,
  { now, alsoAsked = [], words = en, reader = utc, nameOf = (id) => id, ackUrl }: Saying,
): Message {
  const saying = { now, alsoAsked, words, reader, nameOf };
  const lines = linesOf(order, chosen, saying).map(oneLine);
  const command = ackUrl === undefined ? commandOf(order, chosen, saying) : [];
  const link = ackUrl === undefined ? [] : [`${words.page({ key: 'ANSWER_HERE' })} ${ackUrl}`];
  return {
    title: titleOf(order, chosen, saying),
    text: [...lines, ...command, ...link].join('\n'),
    parts: partsOf(order, chosen, lines, command, saying),
    purpose: purposeOf(order, chosen),
    asks: chosen.asks.map((ask) => ({
      purpose: ask.purpose,
      what: oneLine(wantOf(order, chosen, ask, saying)),
      ...(ask.answerBy !== undefined && { answerBy: ask.answerBy }),
    })),
  };
}

/** The same for layouts (activities/texts): what the customer wrote stands by itself, so that it can be cut first. */
function partsOf(
  order: PageOrder,
  chosen: Chosen,
  lines: readonly string[],
  [command]: readonly string[],
  saying: Told,
): OutgoingPage['parts'] {
  const { facts } = order;
  const { words, reader } = saying;
  const answerBy = chosen.asks[0]?.answerBy;
  return {
    state: words.page({ key: 'TITLE_STATE', ...facts }),
    customer: oneLine(shorten(facts.customer, CUSTOMER_LENGTH)),
    headline: oneLine(headlineOf(order, chosen, saying)),
    subject: oneLine(facts.title),
    hotline: facts.hotline,
    ...(answerBy !== undefined && { answerBy: words.page({ key: 'ANSWER_BY', at: answerBy }, reader) }),
    lines,
    ...(command !== undefined && { command }),
  };
}

/** Of what is new in the message, the most urgent. */
function purposeOf({ purpose, asks: own }: PageOrder, { asks }: Chosen): Purpose {
  const first = own[0] ?? asks[0];
  return own.length === 0 ? purpose : (first?.purpose ?? purpose);
}

/** `[E-DOWN M1] C1234567 Acme: E-Down alert — MES down`, at most 120 characters. */
function titleOf(order: PageOrder, chosen: Chosen, saying: Told): string {
  const { caseNumber, facts } = order;
  const state = saying.words.page({ key: 'TITLE_STATE', ...facts });
  const customer = shorten(facts.customer, CUSTOMER_LENGTH);
  return shorten(
    oneLine(`[${state}] ${caseNumber} ${customer}: ${headlineOf(order, chosen, saying)} — ${facts.title}`),
    TITLE_LENGTH,
  );
}

/** Of what has happened a title has the first clause. */
const CLAUSE_END = /[:;.](?= |$)|[：；。]/;

/** What somebody wants to know before anything else: what it is about, or what has happened. */
function headlineOf(order: PageOrder, chosen: Chosen, saying: Told): string {
  const { words } = saying;
  const [tell] = chosen.tells;
  const fact = order.asks[0]?.fact ?? tell?.fact;
  const isNews = order.asks.length === 0 && tell !== undefined;
  if (fact && (isNews || fact.type === 'EmergencyAlerted')) return eventOf(fact, saying).split(CLAUSE_END)[0] ?? '';
  const purpose = purposeOf(order, chosen);
  const [first] = order.asks.length > 0 ? order.asks : chosen.asks;
  // Whoever is asked for something does not read that it is for their information, nor of another's case that it is theirs.
  if (first && purpose === 'ESCALATION_INFO') return words.needs[wordsKeyOf(first.kind)].name;
  if (first?.kind === 'ASSIGNED' && asWhom(order, chosen, first) !== 'ENGINEER') return words.purposes.ENGINEER_NEEDED;
  return words.purposes[purpose];
}

/** What has happened, with people as they are called. */
const eventOf = (fact: Fact, { words, reader, nameOf }: Told): string => words.event(named(fact, nameOf), reader);

const wantOf = (order: PageOrder, chosen: Chosen, ask: Ask, { words, nameOf }: Told): string => {
  const { route, person } = chosen.candidate;
  const { facts, engineer } = order;
  const as = asWhom(order, chosen, ask);
  const { declinedBy, fact } = ask;
  const told = {
    ...ask,
    fact: named(fact, nameOf),
    ...(declinedBy !== undefined && { declinedBy: nameOf(declinedBy) }),
  };
  return words.needs[wordsKeyOf(ask.kind)].want({ ask: told, as, route, person: person.id, facts, engineer });
};

/**
 * D11: what the engineer is asked goes to whoever is on call while the engineer sleeps, and is asked of them as of the
 * engineer: nobody has failed to answer. Only of the E-Down itself they read in whose place they come.
 */
function asWhom({ wanted, engineer }: PageOrder, { candidate }: Chosen, ask: Ask): Audience {
  const { person, route } = candidate;
  const isTheEngineers = rowOf(ask.kind).audience === 'ENGINEER';
  const isOfTheirs = wanted.audience === 'ENGINEER' || wanted.audience === 'ON_CALL';
  if (!isTheEngineers || !isOfTheirs) return wanted.audience;
  if (person.id === engineer) return 'ENGINEER';
  if (route !== 'ON_CALL') return wanted.audience;
  return ask.kind === 'E_DOWN_STARTED' ? 'ON_CALL' : 'ENGINEER';
}

/** One fact a line. */
function linesOf(order: PageOrder, chosen: Chosen, saying: Told): string[] {
  const { words } = saying;
  const { asks, tells } = chosen;
  const { facts, wanted } = order;
  const [first] = asks;
  // What is told besides is not said twice.
  const told = tells.filter(({ fact }) => fact.seq !== first?.fact.seq).map(({ fact }) => eventOf(fact, saying));
  const isForStaff = wanted.audience !== 'CONTACT';
  const lines = [
    ...(first ? wantedLines(order, chosen, first, saying) : []),
    ...told,
    ...(first ? [] : [words.page({ key: 'FOR_INFORMATION' })]),
    words.page({ key: 'STATE', ...facts }),
    ...(isForStaff ? circumstances(facts, saying) : [words.page({ key: 'CALL_HOTLINE', hotline: facts.hotline })]),
  ];
  return lines.filter((line) => line !== '');
}

/** What is wanted and by when, why this person, what has happened; then whatever else is wanted of them. */
function wantedLines(order: PageOrder, chosen: Chosen, first: Ask, saying: Told): string[] {
  const { now, alsoAsked, words, reader } = saying;
  const want = wantOf(order, chosen, first, saying);
  const by = first.answerBy === undefined ? [] : [words.page({ key: 'ANSWER_BY', at: first.answerBy }, reader)];
  const cases = alsoAsked.map(({ caseNumber, severity, emergency, since }) => ({
    caseNumber,
    severity,
    emergency,
    forMs: Math.max(now - since, 0),
  }));
  return [
    words.prose.together([want, ...by]),
    whyYou(order, chosen, first, saying),
    eventOf(first.fact, saying),
    ...chosen.asks.slice(1).map((ask) => words.page({ key: 'ALSO_WANTED', what: wantOf(order, chosen, ask, saying) })),
    ...(cases.length > 0 ? [words.page({ key: 'ALSO_ASKED', cases })] : []),
  ];
}

/** Why this person, and since when nobody has answered. */
function whyYou(
  { wanted, engineer }: PageOrder,
  { candidate, found }: Chosen,
  ask: Ask,
  { now, words, nameOf }: Told,
): string {
  const { route } = candidate;
  const principal = candidate.for ?? found.passedOver[0]?.person ?? null;
  const forMs = ask.unansweredSince === undefined ? 0 : now - Date.parse(ask.unansweredSince);
  return words.prose.together([
    words.page({
      key: 'WHY_YOU',
      route,
      audience: wanted.audience,
      engineer: engineer === null ? null : nameOf(engineer),
      for: principal === null ? null : nameOf(principal),
      isAgain: wanted.exact === true && route === 'NAMED',
    }),
    ...(forMs >= 60_000 ? [words.page({ key: 'UNANSWERED', forMs })] : []),
    ...(ask.heldBy === undefined ? [] : [words.page({ key: 'HAS_IT_FOR_NOW', person: nameOf(ask.heldBy) })]),
  ]);
}

/** Since when, how many, whom to call, who has it, what is due: what nobody should have to look up at night. */
function circumstances(facts: CaseFacts, saying: Told): string[] {
  const { words, reader, nameOf } = saying;
  const { downSince, affectedUsers, totalUsers, openedAt, contact, owners, nextDue, recent, waitsFor } = facts;
  const { engineer, manager, onCall } = owners;
  return [
    downSince === undefined
      ? words.page({ key: 'OPEN_SINCE', at: openedAt }, reader)
      : words.page(
          { key: 'DOWN_SINCE', at: downSince, affected: affectedUsers ?? null, total: totalUsers ?? null },
          reader,
        ),
    ...(contact
      ? [words.page({ key: 'CONTACT', ...contact, number: contact.number ?? null, email: contact.email ?? null })]
      : []),
    ...recent.map((fact) => words.page({ key: 'HAPPENED', at: fact.at, what: eventOf(fact, saying) }, reader)),
    ...(waitsFor ? [words.page({ key: 'WAITS_FOR', what: waitsFor.what, at: waitsFor.dueAt }, reader)] : []),
    ...(nextDue
      ? [words.page({ key: 'NEXT_DUE', at: nextDue.at, what: words.due(namedDue(nextDue.what, nameOf)) }, reader)]
      : []),
    words.page({
      key: 'OWNERS',
      engineer: engineer === null ? null : nameOf(engineer),
      manager: manager && { ...manager, person: nameOf(manager.person) },
      onCall: onCall === null ? null : nameOf(onCall),
    }),
  ];
}

/** Whose word an acknowledgement by this audience is. */
const ROLE_OF: Readonly<Record<Exclude<Audience, 'CONTACT'>, Role>> = {
  ENGINEER: 'ENGINEER',
  ON_CALL: 'ENGINEER',
  RND: 'ENGINEER',
  MANAGER: 'MANAGER',
  SECOND_LEVEL_MANAGER: 'MANAGER',
  DUTY_MANAGER: 'MANAGER',
  DUTY_EXECUTIVE: 'MANAGER',
};

/** One line for staff who are asked for something; none for anybody else. */
function commandOf({ caseNumber, wanted }: PageOrder, { candidate, pageId, asks }: Chosen, { words }: Told): string[] {
  if (wanted.audience === 'CONTACT' || asks.length === 0) return [];
  const isOfManager = asks.some(({ kind }) => kind === 'M1' || kind === 'M2');
  const role = isOfManager ? 'MANAGER' : ROLE_OF[wanted.audience];
  const by = asWord(candidate.person.id);
  const input = `'{"pageId":"${pageId}"}'`;
  const command = `tocsin case do ${caseNumber} acknowledge --by ${by} --role ${role} --input ${input}`;
  return [oneLine(words.page({ key: 'HOW_TO_ANSWER', command }))];
}

/** One word of a shell, whatever is in it: the line is there to be copied. */
const asWord = (text: string): string => (/^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** In whole characters: half of one is not text, and some providers refuse it. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length >= length) break;
    short += character;
  }
  return `${short}…`;
}
