/** From a message that was requested to the order for its activity: what is known when it goes out. */
import type { Fact } from '../language/events';
import { factOf } from '../language/fact';
import type { Contact } from '../language/opening';
import type { Ask, Bell, Beside, CaseFacts, Owners, PageOrder } from '../language/page';
import type { CaseState, Need, Page, Person, Send } from '../language/state';
import { iso } from '../language/time';
import type { DueWords } from '../language/words';
import {
  answerBy,
  answerMs,
  asksOf,
  contactsInOrder,
  episodeOf,
  holderOf,
  isActive,
  isSentBy,
  needOf,
  onCallOf,
  pageWith,
  sendingAt,
} from './find';
import { levelOf, managedAt } from './levels';
import { rowOf, type NeedKey } from './needs';

export interface NextDue {
  readonly at: number;
  readonly what: DueWords;
}

/** Orders of everything that is on its way, for the run that comes after; or of these messages only. */
export function ordersOf(
  state: CaseState,
  now: number,
  due: NextDue | undefined,
  isWanted: (pageId: string, attempt: number) => boolean = () => true,
): PageOrder[] {
  return state.pages.flatMap((page) =>
    page.sends
      .filter(({ calledBack, attempt }) => !calledBack && isWanted(page.pageId, attempt))
      .map((send) => orderOf(state, page, send, now, due)),
  );
}

function orderOf(state: CaseState, page: Page, send: Send, now: number, due: NextDue | undefined): PageOrder {
  const { policy, customer } = state;
  const { attempt, reach, urgent, rank, purpose, wanted, used } = send;
  const isToContact = wanted.audience === 'CONTACT';
  return {
    caseNumber: state.caseNumber,
    pageId: page.pageId,
    attempt,
    purpose,
    wanted,
    reach,
    urgent,
    rank,
    engineer: state.engineer,
    chart: state.chart.map(({ person }) => person),
    atWork: atWorkOf(state),
    off: isActive(state) ? state.people.filter(({ isOff }) => isOff).map(({ id }) => id) : [],
    used,
    ...(isToContact && {
      contacts: contactsInOrder(state),
      quiet: policy.eDown.contactCheck.quiet,
      ...(customer.timezone !== undefined && { contactZone: customer.timezone }),
    }),
    channels: policy.channels,
    retryForMs: policy.escalation.retryForMs,
    asks: asksInOrder(state, page, send, now),
    tells: send.tells,
    bells: wanted.exact ? [] : bellsOf(state, send, now),
    beside: besideOf(state, page, send, now),
    facts: factsOf(state, send, due),
  };
}

function asksInOrder(state: CaseState, page: Page, { asks, wanted }: Send, now: number): Ask[] {
  if (wanted.exact && wanted.person !== undefined) {
    const theirs = asksOf(state, wanted.person);
    const underWay = sendingAt(state, page.pageId).filter(({ key }) => !theirs.some((need) => need.key === key));
    return [...theirs, ...underWay].map((need) => askOf(state, need, wanted.person ?? null, page, now));
  }
  return asks
    .flatMap((key) => needOf(state, key) ?? [])
    .filter(({ turn }) => isSentBy(turn, page.pageId))
    .map((need) => askOf(state, need, null, page, now));
}

type PageLike = Pick<Page, 'audience'> & { readonly pageId?: string };

function askOf(state: CaseState, need: Need, person: string | null, page: PageLike, now: number): Ask {
  const { audience } = page;
  const { key, kind, fact, openedAt, unansweredSince, turn } = need;
  const { purpose } = rowOf(kind);
  const holder = holderOf(need);
  const hasDeclined = need.declined.some((entry) => entry.person === state.engineer);
  const isLastResort = audience === 'DUTY_EXECUTIVE' && need.nobodyReached;
  const dueAt = answerDueAt(state, need, person, page, now);
  return {
    key,
    kind,
    purpose: isLastResort ? 'NOBODY_REACHED' : purpose,
    fact,
    openedAt: iso(openedAt),
    ...(unansweredSince !== null && { unansweredSince: iso(unansweredSince) }),
    ...(hasDeclined && state.engineer !== null && { declinedBy: state.engineer }),
    ...(holder !== null && turn.is === 'HELD' && { heldBy: holder }),
    ...(dueAt !== null && { answerBy: iso(dueAt) }),
  };
}

/** Until when this person has time to answer; nothing where it is somebody else's turn, or nobody's. */
function answerDueAt(
  state: CaseState,
  need: Need,
  person: string | null,
  { pageId, audience }: PageLike,
  now: number,
): number | null {
  const { kind, turn } = need;
  if (rowOf(kind).audience === 'CONTACT') return null;
  if (turn.is === 'SENDING') return turn.pageId === pageId ? answerBy(state, need, audience, now) : null;
  return turn.is === 'ASKED' && turn.person === person ? turn.answerDueAt : null;
}

/** Whoever is asked something by this case already, may still be answering it, or was rung for it within one answer time. */
function bellsOf(state: CaseState, { ahead }: Send, now: number): Bell[] {
  return state.people.flatMap((person) => {
    const page = pageWith(state, person.id, now);
    const rung = ringOf(state, person);
    const asks = asksOf(state, person.id);
    if (!page && asks.length === 0 && !(rung && rung.againFrom > now)) return [];
    const [lead] = asks;
    return [
      {
        person: person.id,
        ...(page && { page: { pageId: page.pageId, attempt: page.attempt + 1 + ahead } }),
        asks: asks.map((need) => askOf(state, need, person.id, page ?? person, now)),
        ...(page && lead && { lead: { key: lead.key, kind: lead.kind } }),
        ...(rung && { rung }),
      },
    ];
  });
}

function ringOf(state: CaseState, { rungAt, rank, audience }: Person): Bell['rung'] {
  if (rungAt === null) return undefined;
  return { rank, againFrom: rungAt + answerMs(state, audience) };
}

const atWorkOf = (state: CaseState): string | null => {
  const alerts = needOf(state, 'E_DOWN_ALERT');
  return alerts ? holderOf(alerts) : null;
};

/** What goes out beside it: those that come first, and those that leave it to this one. */
function besideOf(state: CaseState, page: Page, { beside }: Send, now: number): Beside[] {
  const first = state.pages.filter(({ pageId }) => beside.includes(pageId));
  const after = state.pages.filter((other) => other.sends.some((send) => send.beside.includes(page.pageId)));
  const told = (other: Page, isFirst: boolean): Beside[] =>
    other.sends
      .filter(
        (send) =>
          !send.calledBack &&
          (isFirst ? send.wanted.exact !== true || send.attempt === other.attempt : send.beside.includes(page.pageId)),
      )
      .map((send) => ({
        pageId: other.pageId,
        wanted: send.wanted,
        isFirst,
        isApart: areApart(page, other),
        rank: send.rank,
        // Of what comes first only who it is for matters here.
        asks: isFirst ? [] : asksInOrder(state, other, send, now),
        tells: isFirst ? [] : send.tells,
      }));
  return [...first.flatMap((other) => told(other, true)), ...after.flatMap((other) => told(other, false))];
}

/** R45: whoever is asked for one level is not asked for the other. */
const areApart = (page: Page, other: Page): boolean =>
  (isFor(page, 'M1') && isFor(other, 'M2')) || (isFor(page, 'M2') && isFor(other, 'M1'));

const isFor = ({ sends }: Page, level: NeedKey): boolean => sends.some(({ asks }) => asks.includes(level));

export const ownersIn = (state: CaseState): Owners => {
  const managed = managedAt(state);
  return {
    engineer: state.engineer,
    manager: managed && { level: managed.level, person: managed.owner },
    onCall: onCallOf(state),
  };
};

/** How many lines of what has happened a page carries at most: it is read on a phone, at night. */
const RECENT = 6;
const ONLY_MOVES_PAGES =
  /^(Page|Need|Search|Contact(Seen|Checked)|EmergencyAlerted|EmergencyStarted|Acknowledgement|CommandRejected|PersonRecognised)/;

/** What has happened since the alert before this one; what only moves pages about is left out. */
function recentOf(state: CaseState): Fact[] {
  const { sinceAlert = 0, alertedSeq = 0 } = episodeOf(state) ?? {};
  const told = state.tail.filter(
    ({ seq, type }) => seq > sinceAlert && seq < alertedSeq && !ONLY_MOVES_PAGES.test(type),
  );
  return told.slice(-RECENT).map(factOf);
}

function factsOf(state: CaseState, { purpose, wanted }: Send, due: NextDue | undefined): CaseFacts {
  const episode = episodeOf(state);
  const [contact] = contactsInOrder(state);
  const waitsFor = state.actions.find(({ status }) => status === 'OPEN' || status === 'OVERDUE');
  const { affectedUsers, totalUsers } = episode?.answers ?? {};
  const isForStaff = wanted.audience !== 'CONTACT';
  return {
    customer: state.customer.name,
    title: state.title,
    severity: state.severity,
    level: levelOf(state),
    emergency: state.emergency.is,
    openedAt: iso(state.openedAt),
    ...(episode && { downSince: iso(episode.downSince) }),
    ...(affectedUsers !== undefined && { affectedUsers }),
    ...(totalUsers !== undefined && { totalUsers }),
    hotline: state.policy.hotline,
    // The customer's side: who is paged within, and who has not answered, is none of their business.
    owners: isForStaff ? ownersIn(state) : { engineer: null, manager: null, onCall: null },
    ...(isForStaff && contact && { contact: reachable(contact) }),
    ...(isForStaff && due && { nextDue: { at: iso(due.at), what: due.what } }),
    recent: isForStaff && purpose === 'E_DOWN_ALERT' ? recentOf(state) : [],
    ...(isForStaff &&
      waitsFor && { waitsFor: { actionId: waitsFor.actionId, what: waitsFor.what, dueAt: iso(waitsFor.dueAt) } }),
  };
}

const reachable = ({ name, reach, number, email }: Contact): NonNullable<CaseFacts['contact']> => ({
  name,
  reach,
  ...(number !== undefined && { number }),
  ...(email !== undefined && { email }),
});
