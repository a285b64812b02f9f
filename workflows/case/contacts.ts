/**
 * R25, R30-R32, B5: the customer's technical contacts, the work asked of them, and what happens when they fall silent.
 * Invariant: an emergency has a contact for its whole length; a swap is one update. Silence leads to a page, to the
 * second contact, to a *proposal* to lower: lowering is always a person's act, and the contact's return restores at once.
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import type { Evolvers } from './evolve';
import type { Contact, Input } from './inputs';
import { ask, endLadder } from './ladder';
import type { Problem } from './shape';
import { KEEP, youngest, type CaseState, type ContactAction, type Episode, type Page } from './state';
import { iso } from './time';
import type { Turn } from './turn';

/** R30: whoever is on a pager has a number. */
export const problemsOfContact = ({ reach, number }: Contact, field: string): Problem[] =>
  reach === 'PAGER' && number === undefined ? [{ field: `${field}.number`, problem: 'is missing; a PAGER contact needs one' }] : [];

/** What a contact attests of themselves; silence is not attestation (R32). */
const ATTESTED = [
  ['english', 'English'],
  ['knowsSoftware', 'knowledge of the software'],
  ['knowsEnvironment', 'knowledge of the production environment'],
] as const;

export const lacks = (contact: Contact): string[] =>
  ATTESTED.filter(([field]) => contact[field] !== true).map(([, words]) => words);

/** New details for those on file, new contacts behind them; each name once, or the second contact would be the first. */
export function mergeContacts(onFile: readonly Contact[], changes: readonly Contact[]): Contact[] {
  const newest = (contact: Contact): Contact => changes.find(({ name }) => name === contact.name) ?? contact;
  const all = [...onFile, ...changes].map(newest);
  return all.filter(({ name }, index) => all.findIndex((contact) => contact.name === name) === index);
}

export const isOnFile = ({ contacts }: { readonly contacts: readonly Contact[] }, person: string): boolean => contacts.some(({ name }) => name === person);

/** Whoever acts is one of the customer's technical contacts, by what they say or by their name. */
export const isContact = (state: CaseState, person: string, role: string | null | undefined): boolean => role === 'CONTACT' || isOnFile(state, person);

export function updateContacts(turn: Turn, input: Input<'updateContacts'>): Refusal | void {
  const { state } = turn;
  const add = input.add ?? [];
  const remove = input.remove ?? [];
  const replace = (input.replace ?? []).map((entry) => ('with' in entry ? entry : { name: entry.name, with: entry }));
  if (add.length + remove.length + replace.length === 0) {
    return refusal('INVALID_INPUT', 'Nothing is to be changed.', [{ field: 'add', problem: 'or replace or remove must name a contact' }]);
  }
  const has = (name: string): boolean => isOnFile(state, name);
  const problems: Problem[] = [
    ...add.flatMap((contact, index) => problemsOfContact(contact, `add[${index}]`)),
    ...replace.flatMap((entry, index) => problemsOfContact(entry.with, `replace[${index}]`)),
    ...replace.flatMap(({ name }, index) => (has(name) ? [] : [{ field: `replace[${index}].name`, problem: 'is not on file' }])),
    ...remove.flatMap((name, index) => (has(name) ? [] : [{ field: `remove[${index}]`, problem: 'is not on file' }])),
  ];
  if (problems.length > 0) return refusal('INVALID_CONTACT', `${problems.map(({ field, problem }) => `${field} ${problem}`).join('; ')}.`, problems);

  const kept = state.contacts
    .map((contact) => replace.find(({ name }) => name === contact.name)?.with ?? contact)
    .filter(({ name }) => !remove.includes(name));
  // Whoever takes over may be on file already: the details that come with it are the newer ones.
  const contacts = mergeContacts(kept, [...replace.map((entry) => entry.with).filter(({ name }) => !remove.includes(name)), ...add]);
  if (contacts.length > KEEP.contacts && contacts.length > state.contacts.length) {
    return refusal('INVALID_CONTACT', `A case has at most ${KEEP.contacts} contacts.`, [{ field: 'add', problem: `makes ${contacts.length} contacts; at most ${KEEP.contacts} can be on file` }]);
  }
  if (state.emergency === 'ACTIVE') {
    const [first] = contacts;
    if (!first) return refusal('LAST_CONTACT');
    if (!contacts.some((contact) => lacks(contact).length === 0)) {
      return refusal('CONTACT_NOT_QUALIFIED', `${first.name} lacks ${lacks(first).join(', ')}.`);
    }
  }
  const before = state.contacts;
  contactsAre(turn, contacts);
  const fresh = missing(contacts, before)[0] ?? contacts.find(({ name }) => detailsChanged(before, contacts, name))?.name ?? cameToBeFirst(before, contacts);
  if (fresh !== undefined) askAnew(turn, fresh);
}

/**
 * The contacts from now on. What was on its way to one who has left, or at an old number, is called back and asked of
 * whoever is there; who comes to be the first hears what is asked of them (who-is-told.ts).
 */
export function contactsAre(turn: Turn, contacts: readonly Contact[]): void {
  const { state } = turn;
  const before = state.contacts;
  const inVain = onTheWay(state, contacts);
  const takesOver = cameToBeFirst(before, contacts);
  turn.emit('ContactsUpdated', {
    contacts,
    added: missing(contacts, before),
    changed: contacts.filter((contact) => before.some((old) => old.name === contact.name && JSON.stringify(old) !== JSON.stringify(contact))).map(({ name }) => name),
    removed: missing(before, contacts),
    ...(takesOver !== undefined && { takesOver }),
  });
  for (const { purpose, what, named } of inVain) {
    // Who is asked anew for a sign is asked by name; who takes over hears of all actions at once.
    const isAsked = purpose === 'CONTACT_CHECK' || (purpose === 'CONTACT_ACTION' && takesOver !== undefined);
    if (isAsked || (named !== null && !isOnFile(state, named))) continue;
    ask(turn, { audience: 'CONTACT', purpose, what, ...(named !== null && { person: named }) });
  }
}

/** Who of some is not among others. */
const missing = (some: readonly Contact[], others: readonly Contact[]): string[] => some.map(({ name }) => name).filter((name) => !isOnFile({ contacts: others }, name));

/** Which contact a page is for: the one it names, or the first who was not asked before. */
export const contactFor = (contacts: readonly Contact[], named: string | null | undefined, excluding: readonly string[]): Contact | undefined =>
  contacts.find(({ name }) => (named == null ? !excluding.includes(name) : name === named));

/** Pages on their way to somebody who is not there any more as they were. */
const onTheWay = ({ contacts, pages }: CaseState, after: readonly Contact[]): Page[] =>
  pages.filter(({ audience, status, person, named, excluding }) => {
    const name = audience === 'CONTACT' && status === 'SENDING' ? contactFor(contacts, person ?? named, excluding)?.name : undefined;
    return name !== undefined && (!isOnFile({ contacts: after }, name) || detailsChanged(contacts, after, name));
  });

const detailsChanged = (before: readonly Contact[], after: readonly Contact[], name: string): boolean => {
  const [old, now] = [before, after].map((contacts) => contacts.find((contact) => contact.name === name));
  return now !== undefined && (['reach', 'number', 'email'] as const).some((field) => old?.[field] !== now[field]);
};

/** Whoever moves up was not the one who was asked. */
const cameToBeFirst = ([before]: readonly Contact[], [now]: readonly Contact[]): string | undefined => (before?.name === now?.name ? undefined : now?.name);

/**
 * Somebody else stands in for a contact who gives no sign, or may be reached in another way: they are asked before anybody
 * proposes to lower for it (B5).
 */
function askAnew(turn: Turn, contact: string): void {
  const { actor, state } = turn;
  if (!state.episode || state.episode.contactStage === 'PRESENT' || isContact(state, actor.by ?? '', actor.role)) return;
  for (const key of ['CONTACT_UNAVAILABLE', 'CONTACT_LOWERING']) endLadder(turn, key, 'NOT_NEEDED');
  turn.follow('ContactChecked', { contact, lateMs: 0, isNew: true });
}

export function requestContactAction(turn: Turn, { kind, what, dueAt }: Input<'requestContactAction'>): Refusal | void {
  const { state, now } = turn;
  if (dueAt !== undefined && Date.parse(dueAt) <= now) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'dueAt', problem: 'must be in the future' }]);
  }
  if (state.contacts.length === 0) return refusal('TECHNICAL_CONTACT_REQUIRED', 'There is nobody to ask.');
  const actionId = `${state.caseNumber}-A${state.nextAction}`;
  const due = dueAt === undefined ? now + state.policy.eDown.contactActionMs : Date.parse(dueAt);
  turn.emit('ContactActionRequested', { actionId, kind, what, dueAt: iso(due) });
  turn.note(`The action is ${actionId}.`);
}

export function completeContactAction(turn: Turn, { actionId, result }: Input<'completeContactAction'>): Refusal | void {
  const action = turn.state.actions.find((candidate) => candidate.actionId === actionId);
  if (!action) return refusal('ACTION_NOT_FOUND', `There is no action "${actionId}".`);
  if (action.status === 'DONE' || action.status === 'NOT_NEEDED') {
    turn.note(action.status === 'DONE' ? 'It was answered before; the first answer stands.' : 'It is not needed any more.');
    return;
  }
  turn.emit('ContactActionCompleted', { actionId, result });
  endLadder(turn, `CONTACT_ACTION-${actionId}`, 'NOT_NEEDED');
}

/** Any act of a contact, or a talk with the customer, is a sign that somebody is there (B5). */
export function contactSeen(turn: Turn, by: string): void {
  const { episode } = turn.state;
  if (!episode) return;
  const { contactStage, contactReported = false } = episode;
  turn.follow('ContactSeen', { by });
  if (contactStage === 'PRESENT') return;
  for (const key of ['CONTACT_UNAVAILABLE', 'CONTACT_LOWERING']) endLadder(turn, key, 'NOT_NEEDED');
  turn.follow('ContactRestored', { by, wasReported: contactReported || contactStage !== 'CHECKED' });
}

/** The second of the contacts, when there is one. */
const second = (state: CaseState): string | null => state.contacts[1]?.name ?? null;

export const evolveContacts: Evolvers = {
  ContactsUpdated(state, { data }) {
    for (const page of onTheWay(state, data.contacts)) page.status = 'ENDED';
    state.contacts = data.contacts.map((contact) => ({ ...contact }));
  },
  ContactActionRequested(state, { data }) {
    state.nextAction += 1;
    const action: ContactAction = { actionId: data.actionId, kind: data.kind, what: data.what, dueAt: Date.parse(data.dueAt), status: 'OPEN' };
    // What is still asked for is never forgotten.
    state.actions = youngest([...state.actions, action], KEEP.actions, ({ status }) => status === 'DONE' || status === 'NOT_NEEDED');
  },
  ContactActionCompleted: (state, { data }) => setAction(state, data.actionId, 'DONE'),
  ContactActionOverdue: (state, { data }) => setAction(state, data.actionId, 'OVERDUE'),
  ContactActionClosed: (state, { data }) => setAction(state, data.actionId, 'NOT_NEEDED'),

  ContactSeen(state, { at }) {
    if (!state.episode) return;
    Object.assign(state.episode, { contactSeenAt: Date.parse(at), contactReported: false });
    nextCheck(state.episode, state, at, 'PRESENT');
  },
  ContactChecked(state, { at, data }) {
    const { episode } = state;
    if (episode) nextCheck(episode, state, at, episode.contactStage === 'LOWERING_PROPOSED' && !data.isNew ? 'LOWERING_PROPOSED' : 'CHECKED');
  },
  ContactUnavailable(state, { at }) {
    if (!state.episode) return;
    state.episode.contactReported = true;
    nextCheck(state.episode, state, at, 'UNAVAILABLE');
  },
  LoweringProposed(state, { at, data }) {
    if (state.episode && data.origin === 'POLICY') nextCheck(state.episode, state, at, 'LOWERING_PROPOSED');
  },
  PolicyAdopted(state, { at }) {
    // As for any promise: a shorter time counts from now, a longer one from the next step on.
    const { episode } = state;
    if (episode) episode.contactCheckAt = Math.min(episode.contactCheckAt, Date.parse(at) + patience(state, episode.contactStage));
  },
};

function setAction(state: CaseState, actionId: string, status: ContactAction['status']): void {
  for (const action of state.actions) if (action.actionId === actionId) action.status = status;
}

/** Counted from now: after an outage the contact gets the same time between the steps as ever. */
function nextCheck(episode: Episode, state: CaseState, at: string, stage: Episode['contactStage']): void {
  Object.assign(episode, { contactStage: stage, contactCheckAt: Date.parse(at) + patience(state, stage) });
}

/** How long a silence lasts at this stage before the next step. */
function patience({ policy }: CaseState, stage: Episode['contactStage']): number {
  const { firstMs, secondMs, proposeLoweringMs } = policy.eDown.contactCheck;
  const ms = { PRESENT: firstMs, CHECKED: secondMs - firstMs, UNAVAILABLE: proposeLoweringMs - secondMs, LOWERING_PROPOSED: proposeLoweringMs };
  return Math.max(ms[stage], 1);
}

export function dueContacts(state: CaseState): Due[] {
  const due: Due[] = state.actions
    .filter(({ status }) => status === 'OPEN')
    .map(({ actionId, dueAt, what }) => ({
      key: actionId,
      at: dueAt,
      what: `from the contact: ${what}`,
      act: (turn, lateMs) => turn.follow('ContactActionOverdue', { actionId, lateMs }),
    }));
  const { episode } = state;
  if (state.emergency === 'ACTIVE' && episode) {
    due.push({ key: 'contact check', at: episode.contactCheckAt, what: 'a sign of the technical contact', act: checkContact });
  }
  return due;
}

function checkContact(turn: Turn, lateMs: number): void {
  const { episode, contacts } = turn.state;
  if (!episode) return;
  switch (episode.contactStage) {
    case 'PRESENT':
    case 'LOWERING_PROPOSED':
      turn.follow('ContactChecked', { contact: contacts[0]?.name ?? '', lateMs });
      return;
    case 'CHECKED':
      turn.follow('ContactUnavailable', { since: iso(episode.contactSeenAt), next: second(turn.state), lateMs });
      return;
    case 'UNAVAILABLE':
      turn.follow('LoweringProposed', { origin: 'POLICY', why: 'No technical contact has given a sign.', lateMs });
      return;
    default:
      episode.contactStage satisfies never;
  }
}
