/** The customer's technical contacts as a list: what is wrong with it, and what a change makes of it (R30, R32). */
import type { EventData } from './events';
import type { Contact } from './opening';
import type { Problem } from './shape';
import { ATTESTED, type Attested } from './vocabulary';

/** R30: whoever is on a pager has a number. */
export const problemsOfContact = ({ reach, number }: Contact, field: string): Problem[] =>
  reach === 'PAGER' && number === undefined
    ? [{ field: `${field}.number`, problem: { key: 'PAGER_NEEDS_NUMBER' } }]
    : [];

/** New details for those on file, new contacts behind them; each name once, or the second contact would be the first. */
export function mergeContacts(onFile: readonly Contact[], changes: readonly Contact[]): Contact[] {
  const newest = (contact: Contact): Contact => changes.find(({ name }) => name === contact.name) ?? contact;
  const all = [...onFile, ...changes].map(newest);
  return all.filter(({ name }, index) => all.findIndex((contact) => contact.name === name) === index);
}

/** What a contact does not attest of themselves; silence is not attestation (R32). */
export const lacks = (contact: Contact): Attested[] => ATTESTED.filter((field) => contact[field] !== true);

/** What a new list changes. */
export function contactChanges(before: readonly Contact[], contacts: readonly Contact[]): EventData['ContactsUpdated'] {
  const [first] = inOrder(before);
  const [now] = inOrder(contacts);
  return {
    contacts,
    added: missing(contacts, before),
    changed: contacts.filter((contact) => isChanged(before, contact)).map(({ name }) => name),
    removed: missing(before, contacts),
    elsewhere: contacts.filter((contact) => isElsewhere(before, contact)).map(({ name }) => name),
    ...(now !== undefined && now.name !== first?.name && { nowFirst: now.name }),
  };
}

/** Who can do what is asked of a contact stands before who cannot (R32). */
export const inOrder = (contacts: readonly Contact[]): Contact[] =>
  [...contacts].sort((a, b) => lacks(a).length - lacks(b).length);

/** Who of some is not among others. */
const missing = (some: readonly Contact[], others: readonly Contact[]): string[] =>
  some.map(({ name }) => name).filter((name) => !others.some((other) => other.name === name));

const isChanged = (before: readonly Contact[], contact: Contact): boolean =>
  before.some((old) => old.name === contact.name && JSON.stringify(old) !== JSON.stringify(contact));

/** They are reached in another way than before. */
const isElsewhere = (before: readonly Contact[], contact: Contact): boolean => {
  const old = before.find(({ name }) => name === contact.name);
  return old !== undefined && (['reach', 'number', 'email'] as const).some((field) => old[field] !== contact[field]);
};
