/** Users of GoAlert, and what they are reached by. Their zones are not in its answers. */
import type { Contact, TheirPerson } from '../model/export';
import type { Report } from '../model/report';
import type * as shape from './shapes';

const KINDS: Readonly<Record<string, Contact['kind']>> = { EMAIL: 'email', SMS: 'sms', VOICE: 'voice' };

function contactOf({ id, type, value, dest, disabled }: shape.ContactMethod): Contact {
  // Newer versions say `builtin-twilio-sms` and its arguments, older ones `SMS` and a value.
  const called = (type ?? dest?.type ?? 'contact method').replace(/^builtin-(twilio|smtp)-/, '').toUpperCase();
  return {
    id,
    kind: KINDS[called] ?? 'other',
    called: called.toLowerCase(),
    address: value ?? Object.values(dest?.args ?? {})[0] ?? '',
    ...(disabled && { offBecause: 'switched off there' }),
  };
}

export function peopleOf(users: readonly shape.User[], named: readonly string[], report: Report): TheirPerson[] {
  const people = new Map<string, TheirPerson>();
  for (const { id, name, email, contactMethods, notificationRules } of users) {
    report.leavesOutRules(id, name, notificationRules);
    people.set(id, {
      id,
      name,
      contacts: (contactMethods ?? []).map(contactOf),
      isActive: true,
      ...(email && { email }),
    });
  }
  for (const id of named)
    if (!people.has(id)) people.set(id, { id, name: id, contacts: [], isActive: users.length === 0 });
  return [...people.values()];
}
