/**
 * Who may have written from this telephone, and what a case asks of them. It may be several people's: of everybody on duty, or of one
 * of ours who is a customer's contact too. What it is that they are asked says which of them it is; where it does not, they say so.
 */
import { dialable } from '../../activities/directory/telephone';
import type { Directory } from '../../activities/directory/types';
import { NEED_KINDS, rowOf, type NeedKey } from '../../workflows/core/paging/needs';
import { partsOf } from '../../workflows/core/words/asked';
import type { CaseView } from '../../workflows/messages';
import { contactAsAsked, type AskedPerson } from '../answering';

export interface Sender extends AskedPerson {
  readonly isContact: boolean;
}

export interface Asked {
  readonly sender: Sender;
  /** Somebody else may have written it. */
  readonly isShared: boolean;
  readonly caseNumber: string;
  /** Nothing where no page of theirs is open: then it is all that the case asks of them. */
  readonly pageId?: string;
  /** A page is open; asked, and somebody else is by now; they have it; nobody has it, and they have named the case. */
  readonly is: 'OPEN' | 'LATE' | 'THEIRS' | 'FREE';
}

/** Those of ours. */
export const staffAt = ({ people }: Directory, number: string): Sender[] =>
  people
    .filter(({ channels }) => channels.some((channel) => numberOf(channel) === number))
    .map((person) => ({ ...person, isContact: false }));

/** And whoever is a contact of this case by the same number. */
export const sendersIn = (view: CaseView, staff: readonly Sender[], number: string): Sender[] => [
  ...staff,
  ...view.contacts
    .filter((contact) => dialable(contact.number) === number)
    .map((contact) => ({ ...contactAsAsked(contact, view), isContact: true })),
];

export function askedIn(view: CaseView, senders: readonly Sender[], isNamed: boolean): Asked[] {
  const isShared = senders.length > 1;
  return senders.flatMap((sender) => askedOf(view, sender, isNamed).map((one) => ({ ...one, isShared })));
}

/**
 * Whoever names a case is welcome to what nobody has there, also after "I cannot" (D6); a contact to what contacts are asked, named or
 * not, for there is nothing else that they could mean.
 */
function askedOf({ caseNumber, pages, needs }: CaseView, sender: Sender, isNamed: boolean): Omit<Asked, 'isShared'>[] {
  const { id, isContact } = sender;
  const open = pages.filter(
    ({ person, audience, asks }) => person === id && asks.length > 0 && (audience === 'CONTACT') === isContact,
  );
  if (open.length > 0) return open.map(({ pageId }) => ({ sender, caseNumber, pageId, is: 'OPEN' }));
  const theirs = needs.filter(({ need }) => isOfContacts(need) === isContact);
  const free = theirs.filter(({ status }) => status !== 'HELD');
  if (free.some(({ asked }) => asked.includes(id))) return [{ sender, caseNumber, is: 'LATE' }];
  if (theirs.some(({ status, person }) => status === 'HELD' && person === id))
    return [{ sender, caseNumber, is: 'THEIRS' }];
  return free.length > 0 && (isNamed || isContact) ? [{ sender, caseNumber, is: 'FREE' }] : [];
}

/** A case may have needs that this version does not know: those are for staff. */
function isOfContacts(key: NeedKey): boolean {
  const { kind } = partsOf(key);
  return NEED_KINDS.includes(kind) && rowOf(kind).audience === 'CONTACT';
}

/** As numbers are compared. */
export const digits = (number: string): string => number.replace(/[^+\d]/g, '');

/** Of a channel that has one: SMS and voice. */
const numberOf = (channel: object): string | undefined =>
  'number' in channel && typeof channel.number === 'string' ? digits(channel.number) : undefined;
