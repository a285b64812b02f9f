/** What the events of needs make of the state: whose turn it is, who was asked, who has it. */
import { MOST } from '../language/bounds';
import type { EventOf, EventType, Fact } from '../language/events';
import { factFrom, factOf } from '../language/fact';
import { timersOf } from '../language/policy';
import type { CaseState, Need, Turn } from '../language/state';
import { afterBusinessDays } from '../language/time';
import {
  answerBy,
  isBy,
  isKnown,
  isKnownStaff,
  isManager,
  isVouchedFor,
  needOf,
  pageOf,
  personOf,
  sendingAt,
} from './find';
import { rowOf, type NeedKey } from './needs';
import { addPerson, without } from './lists';

const factOr = (state: CaseState, because: number, event: EventOf<EventType>): Fact =>
  factFrom(state.tail, because) ?? factOf(event as never);

export function needOpened(state: CaseState, event: EventOf<'NeedOpened'>): void {
  const at = Date.parse(event.at);
  const { need: key, kind, because, first = null, isGood = false, declinedBy, insteadOf, heldBy } = event.data;
  const fact = factOr(state, because, event);
  state.needs.push({
    key,
    kind,
    openedAt: at,
    since: fact.seq,
    fact,
    isGood,
    first,
    rung: 0,
    round: 1,
    roundSince: at,
    tried: declinedBy === undefined ? [] : [declinedBy],
    asked: [],
    declined: declinedBy === undefined ? [] : [{ person: declinedBy, at }],
    unansweredSince: null,
    nobodyReached: false,
    interrupted: null,
    toldOff: null,
    turn: { is: 'NEXT' },
  });
  const opened = state.needs.at(-1);
  if (heldBy !== undefined && opened) hold(state, opened, heldBy, at);
  if (insteadOf !== undefined) state.unheard = insteadOf;
  if (kind === 'ASSIGNED') delete state.unheard;
}

export function needChanged(state: CaseState, event: EventOf<'NeedChanged'>): void {
  const need = needOf(state, event.data.need);
  if (!need) return;
  need.fact = factOr(state, event.data.because, event);
  need.isGood = event.data.isGood ?? false;
  if (rowOf(need.kind).hasCadence) return;
  // A message that is still being tried says what is no longer so (H6).
  for (const page of state.pages) {
    for (const send of page.sends) if (send.asks.includes(need.key)) send.calledBack = true;
  }
}

export function needEnded(state: CaseState, { data }: EventOf<'NeedEnded'>): void {
  state.needs = state.needs.filter(({ key }) => key !== data.need);
}

export function searchPaused(state: CaseState, { data }: EventOf<'SearchPaused'>): void {
  setTurn(state, data.need, { is: 'RESTING', until: Date.parse(data.retryAt) });
}

/** A round of its own: everybody is asked again. */
export function searchResumed(state: CaseState, { at, data }: EventOf<'SearchResumed'>): void {
  const need = needOf(state, data.need);
  if (!need) return;
  Object.assign(need, { rung: 0, round: need.round + 1, roundSince: Date.parse(at), tried: [], turn: { is: 'NEXT' } });
}

/** Whoever is to be asked has changed: what is on its way is called back, and asked of whoever is there now. */
export function searchRestarted(state: CaseState, { at, data }: EventOf<'SearchRestarted'>): void {
  const need = needOf(state, data.need);
  if (!need) return;
  const { asked } = need;
  searchAnew(need, data.before ?? null, Date.parse(at));
  // Another shift is asked now; whoever was asked besides and is still there is welcome as before, and their page says so.
  if (need.kind === 'E_DOWN_ALERT') {
    for (const person of asked) if (personOf(state, person)?.isOff === false) addPerson(need.asked, person);
  }
  need.first = data.first ?? null;
  // The case has another engineer, or the severity has changed once more: an older page is no answer to it.
  if (data.before === undefined && rowOf(need.kind).isTheEngineers) need.since = need.fact.seq;
}

export function nobodyReached(state: CaseState, { data }: EventOf<'NoManagerReached'>): void {
  const need = needOf(state, data.need);
  if (need) need.nobodyReached = true;
}

/** Somebody has not answered, or could not have: the next one is looked for. */
export function unanswered(state: CaseState, { data }: EventOf<'PageUnanswered'>): void {
  const need = needOf(state, data.need);
  if (!need) return;
  addPerson(need.tried, data.person);
  need.unansweredSince ??= need.openedAt;
  need.turn = { is: 'NEXT' };
  if (data.why === 'BARRED') need.asked = without(need.asked, data.person);
  const page = state.pages.find(({ pageId }) => pageId === data.pageId);
  // Their further channels are not tried for it any more; a message on its way may still arrive, and is welcome.
  if (page && !state.needs.some((other) => isBy(other.turn, page.pageId))) page.reach = null;
}

/** Somebody has answered: it is theirs. */
export function answered(state: CaseState, event: EventOf<'PageAcknowledged'>): void {
  const now = Date.parse(event.at);
  const { person, needs, means } = event.data;
  const kinds = needs.flatMap((key) => needOf(state, key)?.kind ?? []);
  const isForManagers = kinds.some((kind) => rowOf(kind).isForManagers);
  const isOurs = kinds.some((kind) => rowOf(kind).audience !== 'CONTACT');
  const knows = isOurs ? isKnownStaff(state, person) : isKnown(state, person);
  if ((!knows && !isVouchedFor(means)) || (isForManagers && !isManager(state, person))) {
    toBeLookedUp(state, person);
  }
  if (person === state.engineer) delete state.unheard;
  for (const key of needs) {
    const need = needOf(state, key);
    // The engineer who takes the case has the emergency with it; whoever was asked for that is welcome still.
    const isBesides = key === 'E_DOWN_ALERT' && person === state.engineer && !need?.asked.includes(person);
    if (need) hold(state, need, person, now, isBesides);
  }
}

/** A name that nobody has looked up: it counts at once, and is void if nobody knows it (D5). */
export function toBeLookedUp(state: CaseState, person: string): void {
  state.unverified = [...without(state.unverified, person), person].slice(-MOST.unverified);
}

/** Whoever has the case has this with it. */
export function takenWithTheCase(state: CaseState, key: NeedKey, person: string, at: number): void {
  const need = needOf(state, key);
  if (need) hold(state, need, person, at);
}

/** What whoever gave the case had taken as its engineer goes with it (H5). */
export function passedOn(state: CaseState, from: readonly (string | null)[], to: string, at: number): void {
  for (const need of state.needs)
    if (need.turn.is === 'HELD' && rowOf(need.kind).audience === 'ENGINEER' && from.includes(need.turn.person))
      hold(state, need, to, at);
}

function hold(state: CaseState, need: Need, person: string, at: number, isBesides = false): void {
  const expiresAt = holdsUntil(state, need, at);
  const { turn: before } = need;
  const isRunning = before.is === 'ASKED' && before.answerDueAt !== null && state.unverified.includes(person);
  need.interrupted = isRunning ? { person: before.person, answerDueAt: before.answerDueAt ?? at } : null;
  need.turn = { is: 'HELD', person, since: at, expiresAt, ...(isBesides && { besides: true }) };
  need.asked = without(need.asked, person);
  need.nobodyReached = false;
}

/** Until nobody has done anything for the case for so long (H3); a review until its next date. */
const holdsUntil = (state: CaseState, { kind }: Pick<Need, 'kind'>, at: number): number =>
  kind === 'REVIEW_DUE'
    ? afterBusinessDays(at, state.policy.eDown.reviewBusinessDays)
    : at + timersOf(state.policy, state.severity).ackExpiresMs;

/** Somebody did something for the case: every answer is good for as long again, whoever gave it (H3). */
export function caseWasActedOn(state: CaseState, at: number): void {
  state.actedAt = at;
  for (const need of state.needs) {
    const { turn } = need;
    if (turn.is === 'HELD') need.turn = { ...turn, expiresAt: Math.max(turn.expiresAt, holdsUntil(state, need, at)) };
  }
}

export function answerExpired(state: CaseState, { at, data }: EventOf<'AcknowledgementExpired'>): void {
  const need = needOf(state, data.need);
  if (need) searchAnew(need, data.person, Date.parse(at));
}

/** Somebody was found: what comes now is a search of its own, with all of its rounds. */
export function searchAnew(need: Need, before: string | null, at: number): void {
  Object.assign(need, {
    rung: 0,
    round: 1,
    roundSince: at,
    tried: before === null ? [] : [before],
    // Whoever had it is welcome to have it again, and hears who has.
    asked: before === null ? [] : [before],
    unansweredSince: at,
    interrupted: null,
    turn: { is: 'NEXT' },
  });
}

export function declined(state: CaseState, { at, data }: EventOf<'PageDeclined'>): void {
  const now = Date.parse(at);
  for (const key of data.needs) {
    const need = needOf(state, key);
    if (!need) continue;
    need.declined = [...need.declined.filter(({ person }) => person !== data.person), { person: data.person, at: now }];
    need.declined = need.declined.slice(-MOST.perNeed);
    need.asked = without(need.asked, data.person);
    need.unansweredSince ??= need.openedAt;
    const { turn } = need;
    if ((turn.is === 'HELD' || turn.is === 'ASKED') && turn.person === data.person) need.turn = { is: 'NEXT' };
    if (turn.is === 'SENDING' && isOnItsWayToThem(state, turn.pageId, data)) declinedOnItsWay(state, need, turn.pageId);
    addPerson(need.tried, data.person);
  }
}

/** The page has found them: it is known, or they have answered by what only they were sent. */
function isOnItsWayToThem(state: CaseState, pageId: string, data: EventOf<'PageDeclined'>['data']): boolean {
  const whose = pageOf(state, pageId)?.person;
  return whose === data.person || (whose === null && pageId === data.pageId && isVouchedFor(data.means));
}

/** Their provider may take as long as it likes to say that it is out. */
function declinedOnItsWay(state: CaseState, need: Need, pageId: string): void {
  need.turn = { is: 'NEXT' };
  const page = pageOf(state, pageId);
  if (page && sendingAt(state, pageId).length === 0) page.reach = null;
}

/** The answer of somebody whom nobody knows: the search goes on where it was (D5). */
export function answerVoided(state: CaseState, { data }: EventOf<'AnswerVoided'>): void {
  state.unverified = without(state.unverified, data.person);
  for (const need of state.needs) {
    const isTheirs = need.turn.is === 'HELD' && need.turn.person === data.person;
    if (isTheirs && data.needs.includes(need.key)) need.turn = { is: 'NEXT' };
  }
}

/** Worse never means later: a running deadline moves earlier, or stands; better takes nothing away (H8). */
export function hastenNeeds(state: CaseState, at: number): void {
  for (const need of state.needs) {
    const { turn } = need;
    if (turn.is === 'HELD') {
      need.turn = { ...turn, expiresAt: Math.min(turn.expiresAt, holdsUntil(state, need, at)) };
    } else if (turn.is === 'ASKED' && turn.answerDueAt !== null) {
      const audience = state.pages.find(({ pageId }) => pageId === turn.pageId)?.audience ?? rowOf(need.kind).audience;
      need.turn = { ...turn, answerDueAt: Math.min(turn.answerDueAt, answerBy(state, need, audience, at)) };
    } else if (turn.is === 'RESTING') {
      const until = Math.min(turn.until, at + state.policy.escalation.keepTryingEveryMs);
      // What waits for somebody's morning waits for it, however bad it gets.
      if (rowOf(need.kind).hours === undefined) need.turn = { ...turn, until };
    }
  }
}

function setTurn(state: CaseState, key: NeedKey, turn: Turn): void {
  const need = needOf(state, key);
  if (need) need.turn = turn;
}

export function recognised(state: CaseState, { data }: EventOf<'PersonRecognised'>): void {
  state.unverified = without(state.unverified, data.person);
  // The directory has come to know whose case it is.
  if (data.person === state.engineer) state.ownerUnknown = false;
  for (const person of state.people) if (person.id === data.person) person.name = data.name;
}
