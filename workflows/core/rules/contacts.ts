/**
 * R25, R30-R32, B5, H4: the customer's technical contacts, the work asked of them, and what happens when they fall silent.
 * Invariant: an emergency has a contact for its whole length; a swap is one update. Silence leads to a page, to the
 * second contact, to a *proposal* to lower: lowering is always a person's act, and the contact's return restores at once.
 */
import { isOlder, type Due, type Turn } from '../concern';
import { MOST, youngest } from '../language/bounds';
import { refusal, type Refusal } from '../language/refusal';
import type { Problem } from '../language/shape';
import { contactChanges, lacks, mergeContacts, problemsOfContact } from '../language/contact-list';
import type { EventOf } from '../language/events';
import type { Contact } from '../language/opening';
import type { Input } from '../language/inputs';
import type { CaseState, ContactAction, ContactStage, Episode } from '../language/state';
import { iso } from '../language/time';
import { clip } from '../language/text';
import { askedOfContacts, contactsInOrder, episodeOf, isActive, isContact } from '../paging/find';

export function updateContacts(turn: Turn, input: Input<'updateContacts'>): Refusal | void {
  const { state } = turn;
  if (isOlder(turn, 'contacts', 'updateContacts', { added: input.add?.map(({ name }) => name) })) return;
  const add = input.add ?? [];
  const remove = input.remove ?? [];
  const replace = (input.replace ?? []).map((entry) => ('with' in entry ? entry : { name: entry.name, with: entry }));
  if (add.length + remove.length + replace.length === 0) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'add', problem: { key: 'NOTHING_TO_CHANGE' } }]);
  }
  const onFile = state.contacts.map(({ name }) => name);
  const notOnFile = (name: string, field: string): Problem[] =>
    isContact(state, name) ? [] : [{ field, problem: { key: 'NOT_ON_FILE', onFile } }];
  const problems: Problem[] = [
    ...add.flatMap((contact, index) => problemsOfContact(contact, `add[${index}]`)),
    ...replace.flatMap((entry, index) => problemsOfContact(entry.with, `replace[${index}]`)),
    ...replace.flatMap(({ name }, index) => notOnFile(name, `replace[${index}].name`)),
    ...remove.flatMap((name, index) => notOnFile(name, `remove[${index}]`)),
  ];
  if (problems.length > 0) return refusal('INVALID_CONTACT', { key: 'FIELDS' }, problems);

  const kept = state.contacts
    .map((contact) => replace.find(({ name }) => name === contact.name)?.with ?? contact)
    .filter(({ name }) => !remove.includes(name));
  // Whoever takes over may be on file already: the details that come with it are the newer ones.
  const contacts = mergeContacts(kept, [
    ...replace.map((entry) => entry.with).filter(({ name }) => !remove.includes(name)),
    ...add,
  ]);
  const count = contacts.length;
  if (count > MOST.contacts && count > state.contacts.length) {
    return refusal('INVALID_CONTACT', { key: 'OPEN_AT_MOST', what: 'CONTACTS', most: MOST.contacts }, [
      { field: 'add', problem: { key: 'TOO_MANY', count, most: MOST.contacts } },
    ]);
  }
  if (isActive(state)) {
    const [first] = contacts;
    if (!first) return refusal('LAST_CONTACT');
    if (!contacts.some((contact) => lacks(contact).length === 0)) {
      return refusal('CONTACT_NOT_QUALIFIED', { key: 'CONTACT_LACKS', person: first.name, lacks: lacks(first) });
    }
  }
  turn.emit('ContactsUpdated', contactChanges(state.contacts, contacts));
}

/**
 * What was asked of one who has left, at an old number, or before somebody else came to be the one to ask, is asked of
 * whoever is there now, all of it at once.
 */
export function askWhoIsThereNow(turn: Turn, { data }: EventOf<'ContactsUpdated'>): void {
  const { state } = turn;
  const isAnother = data.nowFirst !== undefined;
  for (const { key, turn: whose } of askedOfContacts(state)) {
    const person = whose.is === 'ASKED' || whose.is === 'HELD' ? whose.person : null;
    // Whoever has it and is no contact any more does nothing about it.
    const isNobody = person !== null && !isContact(state, person);
    const isGone = isNobody || (person !== null && data.elsewhere.includes(person));
    if (whose.is === 'HELD' ? isNobody : isAnother || isGone || person === null)
      turn.follow('SearchRestarted', { need: key });
  }
  const [now] = contactsInOrder(state);
  askAnew(turn, now, isAnother || data.elsewhere.length > 0);
}

/**
 * Somebody else stands in for a contact who gives no sign, or may be reached in another way: they are asked before anybody
 * proposes to lower for it (B5).
 */
function askAnew(turn: Turn, contact: Contact | undefined, isNew: boolean): void {
  const { state, who } = turn;
  const episode = episodeOf(state);
  if (!episode || !contact || !isNew || episode.contactStage === 'PRESENT') return;
  if (who && (who.role === 'CUSTOMER' || isContact(state, who.person))) return;
  turn.end(['CONTACT_UNAVAILABLE'], 'NOT_NEEDED');
  turn.follow('ContactChecked', { contact: contact.name, lateMs: 0, isNew: true });
}

export function requestContactAction(turn: Turn, { kind, what, dueAt }: Input<'requestContactAction'>): Refusal | void {
  const { state, now } = turn;
  if (dueAt !== undefined && Date.parse(dueAt) <= now) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'dueAt', problem: { key: 'IN_THE_FUTURE' } }]);
  }
  if (state.contacts.length === 0) return refusal('TECHNICAL_CONTACT_REQUIRED', { key: 'NOBODY_TO_ASK' });
  if (state.actions.filter(isOpen).length >= MOST.openActions) {
    return refusal('TOO_MANY_OPEN', { key: 'OPEN_AT_MOST', what: 'ACTIONS', most: MOST.openActions });
  }
  const actionId = `${state.caseNumber}-A${state.nextAction}`;
  const due = dueAt === undefined ? now + state.policy.eDown.contactActionMs : Date.parse(dueAt);
  turn.emit('ContactActionRequested', { actionId, kind, what, dueAt: iso(due) });
  turn.note({ key: 'ACTION_IS', actionId });
}

const isOpen = ({ status }: ContactAction): boolean => status === 'OPEN' || status === 'OVERDUE';

export function completeContactAction(
  turn: Turn,
  { actionId, result }: Input<'completeContactAction'>,
): Refusal | void {
  const action = turn.state.actions.find((candidate) => candidate.actionId === actionId);
  if (!action) return refusal('ACTION_NOT_FOUND', { key: 'NO_SUCH_ACTION', actionId });
  if (!isOpen(action)) {
    turn.note({ key: 'ACTION_OVER', isDone: action.status === 'DONE' });
    return;
  }
  const { seq } = turn.emit('ContactActionCompleted', { actionId, result });
  turn.end([`CONTACT_ACTION:${actionId}`, `CONTACT_ACTION_OVERDUE:${actionId}`], 'NOT_NEEDED', seq);
}

/** Nothing of it is needed any more: the emergency has ended, the case is closed. */
export function dropActions(turn: Turn): void {
  for (const { actionId } of turn.state.actions.filter(isOpen)) {
    turn.follow('ContactActionClosed', { actionId, why: 'NOT_NEEDED' });
  }
}

/** Any act of the customer's, or a talk with them, is a sign that somebody is there (B5, H4). */
export function contactSeen(turn: Turn, by: string): void {
  const episode = episodeOf(turn.state);
  turn.end(['CONTACT_UNREACHED'], 'NOT_NEEDED');
  if (!episode) return;
  const { contactStage, contactReported } = episode;
  turn.follow('ContactSeen', { by });
  turn.end(['CONTACT_CHECK'], 'NOT_NEEDED');
  if (contactStage === 'PRESENT') return;
  const { seq } = turn.follow('ContactRestored', { by, wasReported: contactReported || contactStage !== 'CHECKED' });
  turn.end(['CONTACT_UNAVAILABLE'], 'NOT_NEEDED', seq);
}

/** A contact who said that they cannot is there; with nobody else to ask the emergency has none (D6). */
export function contactDeclined(turn: Turn, person: string): void {
  const episode = episodeOf(turn.state);
  if (!episode) return;
  const cannot = [
    person,
    ...askedOfContacts(turn.state).flatMap(({ declined }) => declined.map((entry) => entry.person)),
  ];
  const others = contactsInOrder(turn.state).filter(({ name }) => !cannot.includes(name));
  contactSeen(turn, person);
  if (others.length > 0) return;
  const since = iso(episode.contactSeenAt);
  turn.follow('ContactUnavailable', { since, next: null, lateMs: 0, why: 'DECLINED' });
}

export function contactsUpdated(state: CaseState, { at, occurredAt, data }: EventOf<'ContactsUpdated'>): void {
  // At another number they may be rung at once.
  for (const person of state.people) if (data.changed.includes(person.id)) person.rungAt = null;
  for (const page of state.pages) {
    if (page.audience === 'CONTACT') for (const send of page.sends) send.calledBack = true;
  }
  state.contacts = data.contacts.map((contact) => ({ ...contact }));
  state.inForce.contacts = Date.parse(occurredAt ?? at);
}

export function actionRequested(state: CaseState, { data }: EventOf<'ContactActionRequested'>): void {
  state.nextAction += 1;
  const { actionId, kind, what, dueAt } = data;
  const action: ContactAction = {
    actionId,
    kind,
    what: clip(what, MOST.openActionText),
    dueAt: Date.parse(dueAt),
    status: 'OPEN',
  };
  // What is still asked for is never forgotten.
  state.actions = youngest([...state.actions, action], MOST.closedActions, (other) => !isOpen(other));
}

export function actionIs(state: CaseState, actionId: string, status: ContactAction['status']): void {
  state.actions = state.actions.map((action) => (action.actionId === actionId ? inFew({ ...action, status }) : action));
  state.actions = youngest(state.actions, MOST.closedActions, (other) => !isOpen(other));
}

/** What is over is kept for whoever asks about its number; the timeline has it in full. */
const inFew = (action: ContactAction): ContactAction =>
  isOpen(action) ? action : { ...action, what: clip(action.what, MOST.closedActionText) };

export function contactWasSeen(state: CaseState, { at }: EventOf<'ContactSeen'>): void {
  const episode = episodeOf(state);
  if (!episode) return;
  Object.assign(episode, { contactSeenAt: Date.parse(at), contactReported: false });
  setStage(state, episode, 'PRESENT', Date.parse(at));
}

export function contactChecked(state: CaseState, { at, data }: EventOf<'ContactChecked'>): void {
  const episode = episodeOf(state);
  if (!episode) return;
  const stays = episode.contactStage === 'LOWERING_PROPOSED' && !data.isNew;
  setStage(state, episode, stays ? 'LOWERING_PROPOSED' : 'CHECKED', Date.parse(at));
}

export function contactUnavailable(state: CaseState, { at, data }: EventOf<'ContactUnavailable'>): void {
  const episode = episodeOf(state);
  if (!episode) return;
  episode.contactReported = true;
  setStage(state, episode, data.why === 'DECLINED' ? 'DECLINED' : 'UNAVAILABLE', Date.parse(at));
}

export function loweringProposed(state: CaseState, { at, data }: EventOf<'LoweringProposed'>): void {
  const episode = episodeOf(state);
  if (episode && data.origin === 'POLICY') setStage(state, episode, 'LOWERING_PROPOSED', Date.parse(at));
}

/** Something is asked of the contacts and nobody of them has answered: work waits for them. */
const isWorkWaiting = (state: CaseState): boolean =>
  askedOfContacts(state).some(({ kind, turn }) => kind !== 'CONTACT_CHECK' && turn.is !== 'HELD');

/** Counted from now: after an outage the contact gets the same time between the steps as ever. */
function setStage(state: CaseState, episode: Episode, stage: ContactStage, at: number): void {
  episode.contactStage = stage;
  episode.contactCheckAt = outsideTheNight(state, episode, at + patience(state, stage));
}

/** How long a silence lasts at this stage before the next step. */
function patience(state: CaseState, stage: ContactStage): number {
  const { firstMs, secondMs, proposeLoweringMs, idleMs } = state.policy.eDown.contactCheck;
  const steps = {
    PRESENT: isWorkWaiting(state) ? firstMs : idleMs,
    CHECKED: secondMs - firstMs,
    UNAVAILABLE: proposeLoweringMs - secondMs,
    LOWERING_PROPOSED: proposeLoweringMs,
    DECLINED: idleMs,
  };
  return Math.max(steps[stage], 1);
}

/** Nobody is checked on in their night, nor lowering proposed for somebody asleep, unless work waits for them (H4). */
const outsideTheNight = (state: CaseState, { quiet }: Episode, at: number): number =>
  quiet && !isWorkWaiting(state) && at >= quiet.from && at < quiet.to ? quiet.to : at;

/** Something was asked of the contact, or nothing is any more: the silence that counts is another one. */
export function contactIsAsked(state: CaseState, at: number): void {
  const episode = episodeOf(state);
  if (episode?.contactStage !== 'PRESENT') return;
  const next = outsideTheNight(state, episode, at + patience(state, 'PRESENT'));
  // What is asked later does not put off the check for what was asked before.
  episode.contactCheckAt = isWorkWaiting(state) ? Math.min(episode.contactCheckAt, next) : next;
}

/** Asked at another hour than it was due: the next step is counted from then. */
export function contactCheckDeferred(state: CaseState, at: string, until: string): void {
  const episode = episodeOf(state);
  if (!episode) return;
  episode.quiet = { from: Date.parse(at), to: Date.parse(until) };
  episode.contactCheckAt = Math.max(episode.contactCheckAt, Date.parse(until) + patience(state, episode.contactStage));
}

/** As for any promise: a shorter time counts from now, a longer one from the next step on. */
export function contactPolicyAdopted(state: CaseState, at: number): void {
  const episode = episodeOf(state);
  if (episode) episode.contactCheckAt = Math.min(episode.contactCheckAt, at + patience(state, episode.contactStage));
}

export function dueContacts(state: CaseState): Due[] {
  const due: Due[] = state.actions
    .filter(({ status }) => status === 'OPEN')
    .map(({ actionId, dueAt, what }) => ({
      key: actionId,
      at: dueAt,
      what: { key: 'CONTACT_ACTION', actionId, what },
      act: (turn, lateMs) => {
        const isStill = turn.state.actions.some((action) => action.actionId === actionId && action.status === 'OPEN');
        if (isStill) turn.follow('ContactActionOverdue', { actionId, what, lateMs });
      },
    }));
  const episode = episodeOf(state);
  if (episode)
    due.push({ key: 'contact check', at: episode.contactCheckAt, what: { key: 'CONTACT_CHECK' }, act: check });
  return due;
}

/** The second contact is asked for everything that the first one has left unanswered. */
function askTheNext(turn: Turn): void {
  for (const need of askedOfContacts(turn.state)) {
    if (need.turn.is === 'ASKED') turn.moveOn(need, need.turn.person);
  }
}

function check(turn: Turn, lateMs: number): void {
  const episode = episodeOf(turn.state);
  if (!episode || episode.contactCheckAt > turn.now) return;
  const [first, second] = contactsInOrder(turn.state);
  const since = iso(episode.contactSeenAt);
  switch (episode.contactStage) {
    case 'PRESENT':
    case 'LOWERING_PROPOSED':
    case 'DECLINED':
      turn.follow('ContactChecked', { contact: first?.name ?? '', lateMs });
      return;
    case 'CHECKED':
      turn.follow('ContactUnavailable', { since, next: second?.name ?? null, lateMs, why: 'SILENT' });
      if (second) askTheNext(turn);
      return;
    case 'UNAVAILABLE':
      turn.follow('LoweringProposed', { origin: 'POLICY', why: null, lateMs });
      return;
    default:
      episode.contactStage satisfies never;
  }
}
