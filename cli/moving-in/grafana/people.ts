/** Users of Grafana OnCall. Its API says neither their numbers nor, in old versions, their zone. */
import { zoneOf } from '../model/clock';
import type { Contact, TheirPerson } from '../model/export';
import type { Report } from '../model/report';
import type { User } from './shapes';

function contactsOf({ id, email, slack, is_phone_number_verified }: User): Contact[] {
  return [
    ...(email ? [{ id: `${id} e-mail`, kind: 'email' as const, called: 'email', address: email }] : []),
    ...(slack ?? []).map(({ user_id }) => ({ id: user_id, kind: 'slack' as const, called: 'slack', address: user_id })),
    ...(is_phone_number_verified
      ? [{ id: `${id} phone`, kind: 'other' as const, called: 'phone', address: '(its number is not in the answers)' }]
      : []),
  ];
}

/** `mails`: what final shifts say of people, where users were not exported. */
export function peopleOf(
  users: readonly User[],
  named: readonly string[],
  mails: ReadonlyMap<string, string>,
  report: Report,
): TheirPerson[] {
  const people = new Map<string, TheirPerson>();
  for (const user of users) {
    const timezone = zoneOf(user.timezone);
    if (user.timezone && !timezone)
      report.add(
        'time zone',
        user.id,
        'LEFT_OUT',
        `${user.username}'s zone ${user.timezone} is no IANA name with a slash.`,
      );
    people.set(user.id, {
      id: user.id,
      name: user.name ?? user.username,
      contacts: contactsOf(user),
      isActive: true,
      ...(user.email && { email: user.email }),
      ...(timezone !== undefined && { timezone }),
    });
  }
  for (const id of new Set([...named, ...mails.keys()])) {
    if (people.has(id)) continue;
    const email = mails.get(id);
    people.set(id, { id, name: email ?? id, contacts: [], isActive: users.length === 0, ...(email && { email }) });
  }
  return [...people.values()];
}
