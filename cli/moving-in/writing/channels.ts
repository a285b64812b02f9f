/** How people are reached there, as channels of ours: only what this version can send by, and nothing that rings nobody. */
import { ConfigError, directoryFrom } from '../../../worker/config';
import type { Contact } from '../model/export';
import type { Report } from '../model/report';
import type { MovedPerson } from './people';

/** The configuration itself says what it understands, so that a kind that is added later needs no change here. */
export function isUnderstood(person: object): boolean {
  const somebody = { id: 'somebody', name: 'Somebody', ...person };
  try {
    directoryFrom({ people: [somebody], dutyManagers: [somebody.id] });
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

function candidateOf({ kind, address }: Contact): object | undefined {
  switch (kind) {
    case 'email':
      return { kind, address };
    case 'sms':
    case 'voice':
      return { kind, number: address };
    case 'slack':
      return { kind, user: address };
    case 'push':
    case 'other':
      return undefined;
    default:
      return kind satisfies never;
  }
}

export interface Reached {
  readonly channels: readonly object[];
  /** What may not be forgotten: it stands beside the person until there is a channel for it. */
  readonly comment?: string;
}

export function channelsOf({ id, theirs }: MovedPerson, report: Report): Reached {
  const channels: object[] = [];
  const left: string[] = [];
  for (const contact of theirs.flatMap(({ contacts }) => contacts)) {
    const candidate = candidateOf(contact);
    const said = `${contact.called} ${contact.address}`.trim();
    if (contact.offBecause !== undefined) {
      report.add('contact method', contact.id, 'LEFT_OUT', `${id}: ${said} is ${contact.offBecause}.`);
    } else if (candidate && isUnderstood({ channels: [candidate] })) {
      if (!channels.some((channel) => JSON.stringify(channel) === JSON.stringify(candidate))) channels.push(candidate);
      report.add('contact method', contact.id, 'SAME', `${id}: ${said}.`);
    } else {
      left.push(said);
      report.add('contact method', contact.id, 'LEFT_OUT', `${id}: this version has no channel for ${said}.`);
    }
  }
  if (channels.length === 0)
    report.add(
      'channels',
      id,
      'MISSING',
      'Nothing of theirs can be sent by here: give them a channel that rings, or `directory check` stays red.',
    );
  return { channels, ...(left.length > 0 && { comment: `reached there by ${left.join(', ')}` }) };
}
