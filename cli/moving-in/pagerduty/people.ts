/** Users of PagerDuty, and what they are reached by. */
import { zoneOf } from '../model/clock';
import type { Contact, TheirPerson } from '../model/export';
import type { Report } from '../model/report';
import type { ContactMethod, Schedule, User } from './shapes';

const KINDS: Readonly<Record<string, Contact['kind']>> = {
  email_contact_method: 'email',
  phone_contact_method: 'voice',
  sms_contact_method: 'sms',
  push_notification_contact_method: 'push',
};

function contactOf({ id, type: said, address, country_code, enabled, blacklisted }: ContactMethod): Contact {
  const type = said ?? 'contact_method';
  const kind = KINDS[type] ?? 'other';
  const isNumber = kind === 'voice' || kind === 'sms';
  const offBecause = blacklisted ? 'blocked there' : enabled === false ? 'switched off there' : undefined;
  return {
    id,
    kind,
    called: type,
    address: isNumber ? `+${country_code ?? 1}${(address ?? '').replace(/\D/g, '')}` : (address ?? ''),
    ...(offBecause !== undefined && { offBecause }),
  };
}

export function peopleOf(users: readonly User[], schedules: readonly Schedule[], report: Report): TheirPerson[] {
  const people = new Map<string, TheirPerson>();
  for (const { id, name, email, time_zone, deleted_at, contact_methods, notification_rules } of users) {
    report.leavesOutRules(id, name, notification_rules);
    const timezone = zoneOf(time_zone);
    if (time_zone && !timezone)
      report.add('time zone', id, 'LEFT_OUT', `${name}'s zone ${time_zone} is no IANA name with a slash.`);
    const isShown = ({ type }: ContactMethod): boolean => type?.endsWith('_reference') !== true;
    for (const method of contact_methods ?? [])
      if (!isShown(method))
        report.add(
          'contact method',
          method.id,
          'LEFT_OUT',
          `${name}: the answer names it and does not show it: export users with include[]=contact_methods.`,
        );
    const contacts = (contact_methods ?? []).filter(isShown).map(contactOf);
    people.set(id, { id, name, email, contacts, isActive: !deleted_at, ...(timezone !== undefined && { timezone }) });
  }
  // A user who is gone stays in the layers, as a reference and nothing else.
  for (const { user } of schedules.flatMap(({ schedule_layers }) =>
    schedule_layers.flatMap(({ users: turns }) => turns),
  ))
    if (!people.has(user.id))
      people.set(user.id, { id: user.id, name: user.summary ?? user.id, contacts: [], isActive: users.length === 0 });
  return [...people.values()];
}
