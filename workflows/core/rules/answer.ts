/**
 * H1, H2, D1-D3, D6, R48: an answer is judged by the state of the moment it arrives. While nobody has it, whoever may own it
 * is welcome, whoever is being asked and however late; one answer takes all that the case asks of a person, and doing
 * something for the case is an answer too.
 */
import type { Turn, Who } from '../concern';
import { type Detail, refusal, type Refusal } from '../language/refusal';
import type { EventOf } from '../language/events';
import type { Input } from '../language/inputs';
import type { CaseState, Need, Page } from '../language/state';
import { iso, MINUTE_MS } from '../language/time';
import type { ManagedLevel, Role } from '../language/vocabulary';
import {
  askedFor,
  asksOf,
  barredFrom,
  holderOf,
  isBy,
  isContact,
  isKnown,
  isManager,
  mayBeOnItsWayTo,
  mayTakeOver,
  needOf,
  oneLevelOf,
  pageOf,
  personOf,
} from '../paging/find';
import { MANAGED_LEVELS, managedLevel, ownerOf } from '../paging/levels';
import { rowOf, type NeedKey } from '../paging/needs';

const STAFF: readonly Role[] = ['ENGINEER', 'MANAGER'];

/** Nothing where this person may have it (D4). */
export function mayOwn(state: CaseState, { kind }: Pick<Need, 'kind'>, { person, role }: Who): Refusal | undefined {
  const row = rowOf(kind);
  if (row.audience === 'CONTACT') {
    const onFile = state.contacts.map(({ name }) => name);
    return isContact(state, person) ? undefined : refusal('FORBIDDEN_ROLE', { key: 'NOT_A_CONTACT', person, onFile });
  }
  const level = managedLevel(kind);
  const allowed = row.isForManagers ? (['MANAGER'] as const) : STAFF;
  if (!allowed.some((other) => other === role)) {
    return refusal('FORBIDDEN_ROLE', { key: 'ALLOWED_ROLES', roles: allowed }, [
      { field: 'role', problem: { key: 'MUST_BE_ONE_OF', values: allowed } },
    ]);
  }
  if (kind === 'HAND_OVER_ACCEPT') {
    const to = state.handOver?.offer?.to ?? '';
    return mayTakeOver(state, person) ? undefined : refusal('NOT_HAND_OVER_TARGET', { key: 'OFFERED_TO', person: to });
  }
  return barredFrom(state, kind).includes(person) ? barred(state, level, person) : undefined;
}

function barred(state: CaseState, level: ManagedLevel | null, person: string): Refusal {
  const code = 'OTHER_MANAGER_REQUIRED';
  if (person === state.engineer) return refusal(code, { key: 'YOU_ARE_THE_ENGINEER' });
  for (const other of ['M1', 'M2'] as const) {
    if (level && ownerOf(state, other) === person) return refusal(code, { key: 'YOU_HAVE', level: other });
    if (level && askedFor(state, other).includes(person)) return refusal(code, { key: 'YOU_ARE_ASKED', level: other });
  }
  if (personOf(state, person)?.managesNobody) return refusal(code, { key: 'MANAGES_NOBODY', person });
  const above = ownerOf(state, 'M1');
  if (level === 'M2' && above !== null) return refusal(code, { key: 'YOU_STAND_BELOW', person: above });
  return refusal(code, { key: 'NOT_YOURS' });
}

/** Whoever is asked for the other level answers for the one that they take; while asking, the two are kept apart. */
const isOnlyAskedForOther = (state: CaseState, { kind }: Need, person: string): boolean => {
  const level = managedLevel(kind);
  if (!level) return false;
  const other: ManagedLevel = level === 'M1' ? 'M2' : 'M1';
  return askedFor(state, other).includes(person) && !needOf(state, level)?.asked.includes(person);
};

/** R48, D1: "I have it". */
export function acknowledge(turn: Turn, { pageId }: Pick<Input<'acknowledge'>, 'pageId'>): Refusal | void {
  const { state } = turn;
  const who = whoOf(turn);
  if (pageId === undefined) return answerAll(turn, who);
  const page = pageOf(state, pageId);
  if (!page && !wasSent(state, pageId)) return refusal('PAGE_NOT_FOUND', { key: 'NO_SUCH_PAGE', pageId });
  const keys = page ? saidBy(state, page) : asksOf(state, who.person).map(({ key }) => key);
  return answerWith(turn, who, keys, { pageId });
}

/** Everything that the page says: for a closed one, what it said. */
const saidBy = (state: CaseState, page: Page): NeedKey[] => [
  ...new Set([
    // What others were asked for since then is not what this page asked.
    ...(page.says.length > 0 ? page.says : page.last).flatMap(({ need, since }) =>
      (needOf(state, need)?.since ?? since) === since ? [need] : [],
    ),
    // What is on its way to them, though somebody else has it by now.
    ...page.sends.flatMap(({ asks, calledBack }) => (calledBack ? asks : [])),
    ...state.needs.filter(({ turn }) => isBy(turn, page.pageId)).map(({ key }) => key),
  ]),
];

/** What this person is or was asked and nobody has; if there is none, whatever nobody has and they may own. */
function answerAll(turn: Turn, who: Who): Refusal | void {
  const { state } = turn;
  const asked = asksOf(state, who.person).filter((need) => isFree(state, need, who.person));
  const free = state.needs.filter((need) => isFree(state, need, who.person) && !mayOwn(state, need, who));
  // What they are asked as somebody else keeps nobody from what is free for who they say they are (H1).
  if (asked.some((need) => free.includes(need)) || (asked.length > 0 && free.length === 0))
    return answerWith(
      turn,
      who,
      asked.map(({ key }) => key),
    );
  if (free.length > 0 && !hasJustAnswered(state, who.person, turn.now)) {
    return answerWith(
      turn,
      who,
      free.map(({ key }) => key),
    );
  }
  const own = state.needs.filter((need) => holderOf(need) === who.person);
  const [first] = own;
  if (first) return refusal('ALREADY_ACKNOWLEDGED', yours(heldSince(first)));
  const wasAsked = state.needs.find((need) => need.asked.includes(who.person) && holderOf(need) !== null);
  return wasAsked
    ? refusal('STALE_ASSIGNMENT', whoHas(wasAsked))
    : refusal('NOTHING_ASKED', { key: 'NOTHING_FOR_YOU', person: who.person });
}

const yours = (since: number | null): Detail => ({
  key: 'YOU_HAVE_IT',
  ...(since !== null && { since: iso(since) }),
});

const heldSince = ({ turn }: Need): number | null => (turn.is === 'HELD' ? turn.since : null);

const whoHas = ({ turn }: Need): Detail =>
  turn.is === 'HELD' ? { key: 'HAS_IT', person: turn.person, since: iso(turn.since) } : { key: 'LONG_OVER' };

/** A second click is no wish for more. */
const hasJustAnswered = (state: CaseState, person: string, now: number): boolean =>
  state.needs.some(({ turn }) => turn.is === 'HELD' && turn.person === person && now - turn.since < MINUTE_MS);

/** Nobody has it; or somebody stands in for whose case it is. */
function isFree(state: CaseState, need: Need, person: string): boolean {
  const holder = holderOf(need);
  if (holder === null) return need.kind !== 'HAND_OVER_ACCEPT' || mayTakeOver(state, person);
  if (holder === person) return false;
  const isBesides = need.turn.is === 'HELD' && need.turn.besides === true && need.asked.includes(person);
  return isBesides || (person === state.engineer && rowOf(need.kind).isTheEngineers === true);
}

interface How {
  readonly pageId?: string;
  readonly byAct?: true;
}

/** Takes what of these nobody has and this person may own; refused only when that is nothing at all. */
function answerWith(turn: Turn, who: Who, keys: readonly NeedKey[], how: How = {}): Refusal | void {
  const { state } = turn;
  const needs = ofOneEmergency(keys).flatMap((key) => needOf(state, key) ?? []);
  const isLast = needs.every((need) => managedLevel(need.kind) !== null);
  const free = needs.filter(
    (need) =>
      isFree(state, need, who.person) &&
      !mayOwn(state, need, who) &&
      (isLast || !isOnlyAskedForOther(state, need, who.person)),
  );
  if (free.length === 0) return whyNothing(turn, who, keys, needs, how.pageId);
  if (!how.byAct) noteTheRest(turn, who, needs, free);
  take(turn, who, oneLevelOf(state, free, who.person), how);
}

/** Whoever takes the emergency has the case with it, and the engineer who takes the case has the emergency: nobody else has to come. */
const ofOneEmergency = (keys: readonly NeedKey[]): NeedKey[] => [
  ...new Set(keys.flatMap((key): NeedKey[] => (EMERGENCY.includes(key) ? [key, ...EMERGENCY] : [key]))),
];
const EMERGENCY: readonly NeedKey[] = ['E_DOWN_ALERT', 'E_DOWN_STARTED'];

function whyNothing(
  { state }: Turn,
  who: Who,
  keys: readonly NeedKey[],
  needs: readonly Need[],
  pageId: string | undefined,
): Refusal {
  const others = needs.filter((need) => holderOf(need) !== null && holderOf(need) !== who.person);
  const own = needs.find((need) => holderOf(need) === who.person);
  if (own) return refusal('ALREADY_ACKNOWLEDGED', yours(heldSince(own)));
  for (const need of needs) {
    const barredBy = holderOf(need) === null ? mayOwn(state, need, who) : undefined;
    if (barredBy) return barredBy;
  }
  const [other] = others;
  if (other) return refusal('STALE_ASSIGNMENT', whoHas(other));
  // Accepted, and worked on since: the need is over, and the level is theirs all the same.
  const tier = state.tiers.find(({ level, owner }) => owner !== null && keys.includes(level));
  if (tier?.owner === who.person) return refusal('ALREADY_ACKNOWLEDGED', yours(tier.acceptedAt));
  if (tier?.owner != null) {
    const since = tier.acceptedAt === null ? {} : { since: iso(tier.acceptedAt) };
    return refusal('STALE_ASSIGNMENT', { key: 'HAS_IT', person: tier.owner, ...since });
  }
  const page = pageId === undefined ? undefined : pageOf(state, pageId);
  const answeredBy = page?.answeredBy ?? null;
  if (answeredBy === who.person) return refusal('ALREADY_ACKNOWLEDGED', yours(null));
  const [first] = keys;
  return refusal('NOTHING_ASKED', first === undefined ? { key: 'LONG_OVER' } : over(state, first));
}

/** What has ended it, where the case still knows. */
function over({ tail }: CaseState, need: NeedKey): Detail {
  const ended = tail.findLast((event) => event.type === 'NeedEnded' && event.data.need === need);
  if (ended?.type !== 'NeedEnded') return { key: 'OVER', need };
  const cause = tail.findLast(({ seq }) => seq === (ended.data.because ?? ended.seq));
  const by = cause?.requestedBy ?? cause?.by;
  return { key: 'OVER', need, why: ended.data.why, at: ended.at, ...(by !== undefined && { by }) };
}

/** What of it they do not get: somebody has it, or they may not own it. */
function noteTheRest(turn: Turn, who: Who, needs: readonly Need[], free: readonly Need[]): void {
  for (const need of needs) {
    const holder = holderOf(need);
    if (free.includes(need)) continue;
    if (holder !== null && holder !== who.person) turn.note({ key: 'HELD_BY', need: need.key, person: holder });
    else if (holder === null && mayOwn(turn.state, need, who)) turn.note({ key: 'BARRED_FROM', need: need.key });
  }
}

/** It is theirs. What follows from an answer, of each kind of need, stands in what-follows.ts. */
function take(turn: Turn, { person }: Who, needs: readonly Need[], { pageId, byAct }: How): void {
  const { state, means } = turn;
  const isUnknown = !isKnown(state, person);
  turn.emit('PageAcknowledged', {
    ...(pageId !== undefined && { pageId }),
    person,
    needs: needs.map(({ key }) => key),
    ...(means !== undefined && { means }),
    ...(byAct && { byAct }),
  });
  if (!byAct) turn.note({ key: 'TAKEN', needs: needs.map(({ key }) => key) });
  if (isUnknown && state.unverified.includes(person)) turn.note({ key: 'NAME_IS_LOOKED_UP', person });
}

/** Whoever has entered it themselves knows of it, and sees to it: nobody is rung for what they have just typed (H3). */
export function takenByWhoEnteredIt(turn: Turn, key: NeedKey): void {
  const { who, state } = turn;
  const need = needOf(state, key);
  if (!who || !STAFF.includes(who.role) || !need || holderOf(need) !== null || mayOwn(state, need, who)) return;
  take(turn, who, [need], { byAct: true });
}

/** What an answer leads to besides that it is theirs (what-follows.ts). */
export function answered(turn: Turn, { seq, data }: EventOf<'PageAcknowledged'>): void {
  // A name that is still looked up may be nobody's: until then nothing is over by it (D5).
  if (!turn.state.unverified.includes(data.person)) endAnswered(turn, data.needs, seq);
}

/** It was somebody's answer: what an answer ends is over. */
export function recognised(turn: Turn, { seq, data }: EventOf<'PersonRecognised'>): void {
  const theirs = turn.state.needs.filter((need) => holderOf(need) === data.person);
  endAnswered(
    turn,
    theirs.map(({ key }) => key),
    seq,
  );
}

function endAnswered(turn: Turn, keys: readonly NeedKey[], because: number): void {
  const needs = keys.flatMap((key) => needOf(turn.state, key) ?? []);
  const isOver = ({ kind, isGood }: Need): boolean => isGood || rowOf(kind).endsBy === 'ANSWER';
  turn.end(
    needs.filter(isOver).map(({ key }) => key),
    'ANSWERED',
    because,
  );
}

/** R48: accepting the escalation is answering for its level. */
export function acceptEscalation(turn: Turn): Refusal | void {
  const { state } = turn;
  const who = whoOf(turn);
  if (state.tiers.length === 0) return refusal('NOT_ESCALATED');
  const pending = state.tiers.filter(({ owner }) => owner === null).map(({ level }) => level);
  if (pending.length === 0) {
    const own = state.tiers.find((tier) => tier.owner === who.person);
    if (own) return refusal('ALREADY_ACKNOWLEDGED', yours(own.acceptedAt));
    return whoHasWhich(state);
  }
  const needs = pending.flatMap((level) => needOf(state, level) ?? []);
  const isAsked = ({ turn: whose }: Need): boolean => whose.is === 'ASKED' && whose.person === who.person;
  const theirs = needs.filter((need) => !mayOwn(state, need, who));
  const open = needs.find(isAsked) ?? oneLevelOf(state, theirs, who.person)[0] ?? needs.at(-1);
  if (!open) return whoHasWhich(state);
  const refused = mayOwn(state, open, who);
  if (refused) return refused;
  take(turn, who, [open], {});
}

const whoHasWhich = ({ tiers }: CaseState): Refusal =>
  refusal('ALREADY_ACCEPTED', {
    key: 'OWNED_BY',
    owners: tiers.flatMap(({ level, owner }) => (owner === null ? [] : [{ level, person: owner }])),
  });

/** D6: "I cannot": the next one at once. */
export function decline(turn: Turn, { pageId, reason }: Pick<Input<'decline'>, 'pageId' | 'reason'>): Refusal | void {
  const { state } = turn;
  const who = whoOf(turn);
  const page = pageId === undefined ? undefined : pageOf(state, pageId);
  if (pageId !== undefined && !page && !wasSent(state, pageId)) {
    return refusal('PAGE_NOT_FOUND', { key: 'NO_SUCH_PAGE', pageId });
  }
  // A page that is out can be answered, though its provider has yet to say so.
  const pages = page ? [page] : state.pages.filter(({ person }) => person === who.person);
  const isOnItsWay = (need: Need): boolean =>
    pages.some((one) => mayBeOnItsWayTo(need, one, who.person)) && !mayOwn(state, need, who);
  const theirs = state.needs.filter((need) => {
    const holder = holderOf(need);
    if (holder === null) return need.asked.includes(who.person) || isOnItsWay(need);
    // Whose case it is stays asked while somebody stands in for them.
    return holder === who.person || asksOf(state, who.person).includes(need);
  });
  const needs = page ? theirs.filter(({ key }) => saidBy(state, page).includes(key)) : theirs;
  // A level that they have taken and worked on can be given back as well.
  const levels = page ? [] : MANAGED_LEVELS.filter((level) => ownerOf(state, level) === who.person);
  const declined = [...new Set([...needs.map(({ key }) => key), ...levels])];
  if (declined.length === 0) {
    const held = page ? saidBy(state, page).flatMap((key) => needOf(state, key) ?? []) : [];
    const holder = held.map(holderOf).find((person) => person !== null && person !== who.person);
    if (holder != null) return refusal('NOTHING_ASKED', { key: 'HAS_IT', person: holder });
    return refusal('NOTHING_ASKED', { key: 'NOTHING_FOR_YOU', person: who.person });
  }
  const { means } = turn;
  turn.emit('PageDeclined', {
    ...(pageId !== undefined && { pageId }),
    person: who.person,
    needs: declined,
    ...(reason !== undefined && { reason }),
    ...(means !== undefined && { means }),
  });
  turn.note({ key: 'PASSED_ON', needs: declined });
}

/**
 * D3: what somebody did for the case answers what they are asked on it, and is the end of what they had taken on. A question
 * that only its own answer ends stays.
 */
export function actedOn(turn: Turn, { person, role }: Who): void {
  const { state } = turn;
  // Whom the case knows to be a manager, or asks as one, is one, whatever they have acted as.
  const who: Who = { person, role: isManager(state, person) ? 'MANAGER' : role };
  const asked = asksOf(state, who.person).filter(
    (need) => isFree(state, need, who.person) && !isOnlyByItself(need) && !mayOwn(state, need, who),
  );
  if (asked.length > 0)
    answerWith(
      turn,
      who,
      asked.map(({ key }) => key),
      { byAct: true },
    );
  // Whoever stands in for the engineer has not answered in their place: they stay asked (R9). That it is an E-Down is news, and
  // somebody is at work on it.
  const isTheirsToEnd = ({ kind }: Need): boolean => {
    const { endsBy, isTheEngineers, isNews } = rowOf(kind);
    return endsBy === 'ACT' && (!isTheEngineers || isNews === true || who.person === state.engineer);
  };
  const theirs = state.needs.filter((need) => holderOf(need) === who.person && isTheirsToEnd(need));
  turn.end(
    theirs.map(({ key }) => key),
    'ACTED_ON',
  );
}

const isOnlyByItself = ({ kind }: Need): boolean =>
  kind === 'REVIEW_DUE' || rowOf(kind).endsBy === 'ITSELF' || rowOf(kind).audience === 'CONTACT';

/** Page numbers are gapless, so one that the case has forgotten can be told from one it never sent. */
function wasSent({ caseNumber, nextPage }: CaseState, pageId: string): boolean {
  const number = Number(/^(.+)-(\d{1,9})$/.exec(pageId)?.[2]);
  return pageId === `${caseNumber}-${number}` && number >= 1 && number < nextPage;
}

const whoOf = ({ who, actor }: Turn): Who => who ?? { person: actor.by ?? '', role: 'ENGINEER' };
