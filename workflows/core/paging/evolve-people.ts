/** Whom the case knows: met by a message, by their answer, or no more, because nobody else knows the name (D5). */
import { MOST } from '../language/bounds';
import type { EventOf } from '../language/events';
import type { CaseState, Person, Send } from '../language/state';
import type { Audience } from '../language/vocabulary';
import { isActive, isContact, openPageOf, personOf, rankOf, sendOf } from './find';

/** Whom a message has reached is one whom the case knows from now on; what was looked up for it is known, too. */
export function met(state: CaseState, { data, at }: EventOf<'PageSent'>): void {
  const found = sendOf(state, data);
  if (!found) return;
  const now = Date.parse(at);
  const audience = found.page.audience;
  const person = known(state, data.person, data.name, audience, now);
  if (data.asks.length > 0) Object.assign(person, { audience, isOff: false });
  if (data.shift) person.shift = data.shift;
  if (data.mode === 'RING' && (person.rungAt === null || Date.parse(at) > person.rungAt)) {
    const asked = state.needs.filter(({ key }) => data.asks.includes(key));
    Object.assign(person, { rungAt: now, rank: Math.min(2, ...asked.map((need) => rankOf(state, need))) });
  }
  if (isActive(state)) person.ofEmergency = true;
  lookedUp(state, data, found.send);
}

/** Known from now on; who was met longest ago makes room, but nobody who is asked or has something. */
function known(state: CaseState, id: string, name: string, audience: Audience, at: number): Person {
  const before = personOf(state, id);
  if (before) {
    Object.assign(before, { name, seenAt: at });
    return before;
  }
  const person: Person = {
    id,
    name,
    audience,
    shift: null,
    rungAt: null,
    rank: 2,
    ofEmergency: false,
    isOff: false,
    seenAt: at,
  };
  state.people.push(person);
  if (state.people.length > MOST.people) {
    const mayGo = state.people.filter((other) => other !== person && !openPageOf(state, other.id));
    const oldest = mayGo.sort((a, b) => a.seenAt - b.seenAt)[0];
    state.people = state.people.filter((other) => other !== oldest);
  }
  return person;
}

function lookedUp(state: CaseState, { chart, quiet }: EventOf<'PageSent'>['data'], { engineer }: Send): void {
  // The case may have had another engineer when this was looked up.
  if (chart && chart.length > 0 && engineer === state.engineer) {
    state.chart = chart.slice(0, 10).map((entry) => ({ ...entry }));
    state.ownerUnknown = false;
  }
  if (quiet && state.emergency.is === 'ACTIVE') {
    state.emergency.episode.quiet = { from: Date.parse(quiet.from), to: Date.parse(quiet.to) };
  }
}

/** They have answered: whatever was said to them, and as often as they were rung. */
export function personAnswered(state: CaseState, { data, at }: EventOf<'PageAcknowledged'>): void {
  const name = personOf(state, data.person)?.name ?? data.person;
  const person = known(state, data.person, name, 'ENGINEER', Date.parse(at));
  person.rungAt = null;
  // An answer may come before the provider's: whoever gave it was reached.
  if (isActive(state)) person.ofEmergency = true;
}

/** Whoever had it cannot after all: those who were rung before, and heard that it was had, are rung anew (D6). */
export function mayRingAgain(state: CaseState, { data }: EventOf<'PageDeclined'>): void {
  const given = state.needs.filter(
    ({ key, turn }) => data.needs.includes(key) && turn.is === 'HELD' && turn.person === data.person,
  );
  for (const person of state.people) if (given.some(({ asked }) => asked.includes(person.id))) person.rungAt = null;
}

/** Nobody knows the name: the case knows it no more either, so that it is looked up again should it answer again (D5). */
export function nobodyKnows(state: CaseState, { data }: EventOf<'AnswerVoided'>): void {
  const isTheirs = ({ id }: Person): boolean => id === data.person && !isContact(state, id);
  state.people = state.people.filter((person) => !isTheirs(person));
}

/** They are known as one who takes no level (D4). */
export function managesNobody(state: CaseState, { data, at }: EventOf<'AnswerVoided'>): void {
  const { person } = data;
  known(state, person, personOf(state, person)?.name ?? person, 'ENGINEER', Date.parse(at)).managesNobody = true;
}
