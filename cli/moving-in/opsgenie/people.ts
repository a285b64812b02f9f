/** Users of Opsgenie; their user name is their e-mail. */
import { zoneOf } from '../model/clock';
import type { Contact, TheirPerson } from '../model/export';
import type { Report } from '../model/report';
import { idOf } from './rotation';
import type { ContactAnswer, Participant, User } from './shapes';

const KINDS: Readonly<Record<string, Contact['kind']>> = { email: 'email', sms: 'sms', voice: 'voice', mobile: 'push' };

function contactOf({ id, contactMethod, to, enabled, status }: ContactAnswer): Contact {
  const kind = KINDS[contactMethod] ?? 'other';
  const isOff = enabled === false || status?.enabled === false;
  return {
    id,
    kind,
    called: contactMethod,
    // `49-1711234567`: the country, a hyphen, the number.
    address: kind === 'sms' || kind === 'voice' ? `+${to.replace(/\D/g, '')}` : to,
    ...(isOff && { offBecause: 'switched off there' }),
  };
}

export function peopleOf(users: readonly User[], named: readonly Participant[], report: Report): TheirPerson[] {
  const people = new Map<string, TheirPerson>();
  for (const { id, username, fullName, timeZone, blocked, userContacts } of users) {
    const timezone = zoneOf(timeZone);
    if (timeZone && !timezone)
      report.add('time zone', id, 'LEFT_OUT', `${username}'s zone ${timeZone} is no IANA name with a slash.`);
    const listed = (userContacts ?? []).map(contactOf);
    // Everybody can be written to by the name they log in with.
    const mail: Contact = { id: `${id} e-mail`, kind: 'email', called: 'email', address: username };
    const contacts = listed.some(({ kind }) => kind === 'email') ? listed : [...listed, mail];
    people.set(id, {
      id,
      name: fullName ?? username,
      email: username,
      contacts,
      isActive: blocked !== true,
      ...(timezone !== undefined && { timezone }),
    });
  }
  for (const one of named) {
    const id = idOf(one);
    if (one.type !== 'user' || id === '' || people.has(id)) continue;
    const email = one.username ?? one.name;
    people.set(id, {
      id,
      name: one.name ?? one.username ?? id,
      ...(email?.includes('@') && { email }),
      contacts: [],
      isActive: users.length === 0,
    });
  }
  return [...people.values()];
}
