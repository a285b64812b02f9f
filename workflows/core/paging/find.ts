/** Looking things up among needs, pages and people. */
import type { Contact } from '../language/opening';
import { inOrder } from '../language/contact-list';
import { timersOf } from '../language/policy';
import type { Rank, Wanted } from '../language/reach';
import { refusal, type Refusal } from '../language/refusal';
import type { CaseState, Need, Page, Person, Send, Turn } from '../language/state';
import { DAY_MS } from '../language/time';
import type { Audience, Means } from '../language/vocabulary';
import { levelOf, managedLevel, MANAGED_LEVELS, ownerOf, ownersOf } from './levels';
import { placeOf, rowOf, type Barred, type NeedKey, type NeedKind } from './needs';

export const needOf = (state: CaseState, key: NeedKey): Need | undefined =>
  state.needs.find((need) => need.key === key);

export const pageOf = (state: CaseState, pageId: string): Page | undefined =>
  state.pages.find((page) => page.pageId === pageId);

/** A message that is on its way, and its page. */
export function sendOf(
  state: CaseState,
  { pageId, attempt }: { readonly pageId: string; readonly attempt: number },
): { readonly page: Page; readonly send: Send } | undefined {
  const page = pageOf(state, pageId);
  const send = page?.sends.find((candidate) => candidate.attempt === attempt);
  return page && send && { page, send };
}

/** It is on its way by this page, or asked by it. */
export const isBy = (turn: Turn, pageId: string): turn is Extract<Turn, { is: 'SENDING' | 'ASKED' }> =>
  (turn.is === 'SENDING' || turn.is === 'ASKED') && turn.pageId === pageId;

/** It is on its way by this page, and nobody is known to have it yet. */
export const isSentBy = (turn: Turn, pageId: string): boolean => turn.is === 'SENDING' && turn.pageId === pageId;

/** What is on its way by this page. */
export const sendingAt = ({ needs }: Pick<CaseState, 'needs'>, pageId: string): Need[] =>
  needs.filter(({ turn }) => isSentBy(turn, pageId));

/** Whoever answers by its link, button or keys has the message, whatever its provider has said so far. */
export const isVouchedFor = (means: Means | undefined): boolean =>
  means !== undefined && means !== 'CLI' && means !== 'WEB';

/** It may be on its way to them by this page: whom it finds is known when the first news of it comes. */
export const mayBeOnItsWayTo = ({ turn }: Need, { pageId, person: whose }: Page, person: string): boolean =>
  isSentBy(turn, pageId) && (whose === null || whose === person);

/** Numbers of any open page that those on their way to somebody unknown may use: none is used twice. */
export const placesTaken = (state: CaseState): number =>
  Math.max(
    0,
    ...state.pages.flatMap(({ sends }) => sends.filter(({ wanted }) => !wanted.exact).map(({ ahead }) => ahead + 1)),
  );

/** The page that is open with this person: there is never more than one (H2). */
export const openPageOf = (state: CaseState, person: string): Page | undefined =>
  state.pages.find((page) => page.person === person && page.closedAt === null && page.says.length > 0);

/** The page that the next message to this person belongs to: one that they may still be answering goes on. */
export const pageWith = (state: CaseState, person: string, now: number): Page | undefined =>
  openPageOf(state, person) ??
  state.pages.findLast(
    ({ person: whose, says, closedAt, answeredBy, audience }) =>
      whose === person &&
      says.length > 0 &&
      answeredBy === null &&
      closedAt !== null &&
      now - closedAt < answerMs(state, audience),
  );

export const personOf = (state: CaseState, id: string): Person | undefined =>
  state.people.find((person) => person.id === id);

/** Whoever has it. */
export const holderOf = ({ turn }: Need): string | null => (turn.is === 'HELD' ? turn.person : null);

/** Whoever has it, or is asked for it now. */
export const facedBy = ({ turn }: Need): string | null =>
  turn.is === 'HELD' || turn.is === 'ASKED' ? turn.person : null;

/** Who works on the emergency, or is asked to just now. */
export function onCallOf(state: CaseState): string | null {
  const need = needOf(state, 'E_DOWN_ALERT');
  return need ? facedBy(need) : null;
}

/** The emergency's number and its facts, while it is active. */
export const episodeOf = ({ emergency }: CaseState) => (emergency.is === 'ACTIVE' ? emergency.episode : null);

export const isActive = ({ emergency }: CaseState): boolean => emergency.is === 'ACTIVE';

/** Severity 0, and no emergency (H9). Who has stepped down from one has agreed with the customer on how work goes on. */
export const isIdleAtZero = ({ status, severity, emergency }: CaseState): boolean =>
  status === 'OPEN' && severity === 0 && emergency.is === 'NONE';

/** It rings: over the urgent channels. */
export function isUrgent(state: CaseState, { kind, isGood }: Pick<Need, 'kind' | 'isGood'>): boolean {
  if (isGood) return false;
  const { urgency } = rowOf(kind);
  switch (urgency) {
    case 'EMERGENCY':
    case 'URGENT':
      return true;
    case 'BY_SEVERITY':
      return state.severity <= 1;
    case 'IN_EMERGENCY':
      return isActive(state);
    case 'NEVER':
      return false;
    default:
      return urgency satisfies never;
  }
}

export const rankOf = (state: CaseState, need: Pick<Need, 'kind' | 'isGood'>): Rank =>
  isUrgent(state, need) ? (rowOf(need.kind).urgency === 'EMERGENCY' ? 0 : 1) : 2;

/** How long an answer may take, by who is asked and how bad it is now. */
export function answerMs(state: CaseState, audience: Audience): number {
  const timers = timersOf(state.policy, state.severity);
  return audience === 'ENGINEER' || audience === 'ON_CALL' || audience === 'CONTACT'
    ? timers.engineerAckMs
    : timers.managerAckMs;
}

/** What waits for somebody's working hours has a day for its answer: it is no work of the night, nor of the next minute. */
export const answerMsFor = (state: CaseState, { kind }: Pick<Need, 'kind'>, audience: Audience): number =>
  rowOf(kind).hours === 'WORKING' ? DAY_MS : answerMs(state, audience);

/** Until when it is waited for an answer that is asked for now: whom a hand-over is offered to has no longer than it is due (B8). */
export function answerBy(state: CaseState, need: Need, audience: Audience, now: number): number {
  const at = now + answerMsFor(state, need, audience);
  const { offer = null, dueAt = 0 } = state.handOver ?? {};
  const isOffered = need.kind === 'HAND_OVER_ACCEPT' && offer !== null && need.tried.length === 0;
  return isOffered && dueAt > now ? Math.min(at, dueAt) : at;
}

/** What the case asks of this person now: whoever was asked is, until somebody has it (H1). What matters most comes first. */
export const asksOf = (state: CaseState, person: string): Need[] =>
  oneLevelOf(
    state,
    state.needs.filter((need) => isAskedOf(state, need, person)),
    person,
  ).sort((a, b) => rankOf(state, a) - rankOf(state, b) || placeOf(a.kind) - placeOf(b.kind));

/** What a person's page says now. */
export const linesOf = (state: CaseState, person: string): Page['says'] =>
  asksOf(state, person).map(({ key, fact, since }) => ({ need: key, fact: fact.seq, since }));

/**
 * Nobody has both levels, so nobody is asked for both (R45). Of two it is the first; but who stands above the engineer's own
 * manager and comes unasked comes for the second, so that nobody below them is kept from the first.
 */
export function oneLevelOf(state: CaseState, needs: readonly Need[], person: string): Need[] {
  const levels = MANAGED_LEVELS.flatMap((level) => needs.find(({ kind }) => kind === level) ?? []);
  const isAbove = state.chart.findIndex((above) => above.person === person) > 0;
  const one = levels.find(({ asked }) => asked.includes(person)) ?? levels.at(isAbove ? -1 : 0);
  return needs.filter((need) => !managedLevel(need.kind) || need === one);
}

function isAskedOf(state: CaseState, need: Need, person: string): boolean {
  const { turn, asked, kind } = need;
  if (!asked.includes(person) || barredFrom(state, kind).includes(person)) return false;
  if (turn.is !== 'HELD') return true;
  return turn.person !== person && person === state.engineer && rowOf(kind).isTheEngineers === true;
}

/** Somebody whom the case has looked up, paged, or been told of by whoever runs it. */
export const isKnown = (state: CaseState, id: string): boolean => isKnownStaff(state, id) || isContact(state, id);

export const isKnownStaff = (state: CaseState, id: string): boolean =>
  (id === state.engineer && !state.ownerUnknown) ||
  state.people.some((person) => person.id === id && person.audience !== 'CONTACT') ||
  state.chart.some(({ person }) => person === id) ||
  ownersOf(state).includes(id);

/** Whom the case has looked up as a manager, or who has or is asked for what only managers do. */
export const isManager = (state: CaseState, id: string): boolean =>
  ownersOf(state).includes(id) ||
  state.chart.some(({ person }) => person === id) ||
  MANAGERS.includes(personOf(state, id)?.audience ?? 'ENGINEER') ||
  state.needs.some((need) => rowOf(need.kind).isForManagers && (need.asked.includes(id) || facedBy(need) === id));

const MANAGERS: readonly Audience[] = ['MANAGER', 'SECOND_LEVEL_MANAGER', 'DUTY_MANAGER', 'DUTY_EXECUTIVE'];

export const isContact = ({ contacts }: Pick<CaseState, 'contacts'>, person: string): boolean =>
  contacts.some(({ name }) => name === person);

/** The first of them is asked first. */
export const contactsInOrder = ({ contacts }: Pick<CaseState, 'contacts'>): Contact[] => inOrder(contacts);

/** The needs that contacts are asked for. */
export const askedOfContacts = (state: CaseState): Need[] =>
  state.needs.filter(({ kind }) => rowOf(kind).audience === 'CONTACT');

/**
 * D4, R40, R41, R43, R45: who may not have it. Nobody manages their own work, nobody judges what they have caused, and
 * the two levels are two persons, one above the other. What the case has not looked up bars nobody.
 */
export const barredFrom = (state: CaseState, kind: NeedKind): string[] => [
  ...rowOf(kind).barred.flatMap((who) => peopleWho(state, who)),
  ...(rowOf(kind).isForManagers ? managingNobody(state) : []),
];

const managingNobody = ({ people }: CaseState): string[] =>
  people.filter(({ managesNobody }) => managesNobody).map(({ id }) => id);

/** Who is not asked, though they may be welcome. */
export const notAskedFor = (state: CaseState, kind: NeedKind): string[] => [
  ...barredFrom(state, kind),
  ...(rowOf(kind).notAsked ?? []).flatMap((who) => peopleWho(state, who)),
];

function peopleWho(state: CaseState, who: Barred): string[] {
  switch (who) {
    case 'ENGINEER':
      return some(state.engineer);
    case 'ENGINEER_UNLESS_OFFERED':
      return state.engineer === state.handOver?.offer?.to ? [] : some(state.engineer);
    case 'M1_OWNER':
      return some(ownerOf(state, 'M1'));
    case 'M2_OWNER':
      return some(ownerOf(state, 'M2'));
    case 'BELOW_M1': {
      const height = state.chart.findIndex(({ person }) => person === ownerOf(state, 'M1'));
      return state.chart.slice(0, Math.max(height, 0)).map(({ person }) => person);
    }
    case 'ASKED_FOR_M1':
      return askedFor(state, 'M1');
    case 'ASKED_FOR_M2':
      return askedFor(state, 'M2');
    case 'LEVEL_OWNERS':
      return ownersOf(state);
    case 'ALERTS_HOLDER':
      return state.needs.flatMap(({ kind, turn }) =>
        kind === 'E_DOWN_ALERT' && turn.is === 'HELD' ? [turn.person] : [],
      );
    case 'HAND_OVER_GIVER':
      return some(state.handOver?.from);
    case 'HAND_OVER_TARGET':
      return some(state.handOver?.offer?.to);
    default:
      return who satisfies never;
  }
}

const some = (person: string | null | undefined): string[] => (person == null ? [] : [person]);

/** Who is being asked for it just now. */
export const askedFor = (state: CaseState, kind: NeedKind): string[] =>
  state.needs.flatMap((need) => (need.kind === kind && need.turn.is === 'ASKED' ? [need.turn.person] : []));

/** Whoever owns the managing level or the one below it may act for it (R41, R47). */
export const owns = (state: CaseState, person: string): boolean =>
  MANAGED_LEVELS.some((level) => ownerOf(state, level) === person);

/** Asked for a level that nobody has, and not kept from it: whoever does its work has it. */
export const isAskedForLevel = (state: CaseState, person: string): boolean =>
  MANAGED_LEVELS.some((level) => {
    const need = needOf(state, level);
    return (
      need !== undefined &&
      need.turn.is !== 'HELD' &&
      need.asked.includes(person) &&
      !barredFrom(state, level).includes(person)
    );
  });

export const notOwner = (state: CaseState): Refusal =>
  refusal('NOT_ESCALATION_OWNER', { key: 'OWNER', person: ownerOf(state, levelOf(state)) });

/** Whom a hand-over names, and whoever is asked in their place: who is paged can do what the page asks (B8). */
export function mayTakeOver(state: CaseState, person: string): boolean {
  const { offer = null, from = null } = state.handOver ?? {};
  if (!offer || person === from || (person === state.engineer && person !== offer.to)) return false;
  return person === offer.to || needOf(state, 'HAND_OVER_ACCEPT')?.asked.includes(person) === true;
}

/** These people, and nobody in their place. */
export const toEach = (state: CaseState, people: readonly string[], fallback: Audience): Wanted[] =>
  people.map((person) => ({
    audience: personOf(state, person)?.audience ?? fallback,
    person,
    exact: true,
    excluding: [],
  }));
