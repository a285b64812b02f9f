/** The made-up company of the stories: small enough to hold in the head, with a chart, a rota and people on duty. */
import { troubleOf } from '../../activities/page';
import type { Absence, Channel, Directory, Person, Team } from '../../activities/directory/types';
import type { PageOrder, PageResult } from '../../workflows/core/language/page';
import type { Role } from '../../workflows/core/language/vocabulary';
import { knownPerson } from '../../activities/directory/nearest';
import { lookedUp, type Delivery, type Network } from '../../rehearsal/dry-run';
import type { KnownPerson } from '../../workflows/activities';

const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const person = (id: string, manager?: string, channels: Channel[] = [{ kind: 'console' }]): Person => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  ...(manager !== undefined && { manager }),
  timezone: 'UTC',
  languages: ['en'],
  channels,
  away: [],
});
const team = (name: string, from: string, to: string, ...people: string[]): Team => ({
  team: name,
  timezone: 'UTC',
  windows: [{ days: EVERY_DAY, from, to }],
  people,
  overrides: [],
});

/**
 * lee and kim work for ana, who works for ben, who works for vera. apac has the night, emea the day, amer the evening.
 * dora and dirk are the duty managers, eve is the duty executive, rita takes escalated SPRs.
 */
export const org = (): Directory => ({
  people: [
    person('lee', 'ana'),
    person('kim', 'ana'),
    person('sato', 'ana'),
    person('maier', 'ana'),
    person('smith', 'ana'),
    person('jones', 'ana'),
    person('ana', 'ben'),
    person('ben', 'vera'),
    person('vera'),
    person('dora'),
    person('dirk'),
    person('eve'),
    person('rita'),
  ],
  dutyManagers: ['dora', 'dirk'],
  dutyExecutive: ['eve'],
  rnd: ['rita'],
  onCall: [
    team('apac', '00:00', '08:00', 'kim', 'sato'),
    team('emea', '08:00', '16:00', 'maier', 'lee'),
    team('amer', '16:00', '24:00', 'smith', 'jones'),
  ],
  contactChannels: [{ kind: 'console' }],
});

/** Who somebody is in this company, so that a story need not say it each time. */
export function roleOf(id: string): Role {
  if (['lee', 'kim', 'sato', 'maier', 'smith', 'jones'].includes(id)) return 'ENGINEER';
  if (['ana', 'ben', 'vera', 'dora', 'dirk', 'eve', 'rita'].includes(id)) return 'MANAGER';
  if (['pat', 'quinn'].includes(id)) return 'CONTACT';
  if (id === 'desk') return 'ASSISTANT';
  return id === 'crm' ? 'SERVICE' : 'CUSTOMER';
}

/** `down` says so at once; `retries` is tried again for the provider's time. */
export type Line = 'ok' | 'down' | 'retries' | 'rejects';

/** The telephone network of the company: the real look-ups, and lines that a test can cut. */
export class Phones implements Network {
  readonly lines = new Map<string, Line>();

  constructor(private directory: Directory = org()) {}

  change(id: string, changed: Partial<Person>): void {
    const people = this.directory.people.map((entry) => (entry.id === id ? { ...entry, ...changed } : entry));
    this.directory = { ...this.directory, people };
  }

  away(id: string, absence: Absence): void {
    this.change(id, { away: [absence] });
  }

  company(): Directory {
    return this.directory;
  }

  people(): Directory['people'] {
    return this.directory.people;
  }

  set(changes: Partial<Directory>): void {
    this.directory = { ...this.directory, ...changes };
  }

  lookUp(person: string): KnownPerson {
    return knownPerson(this.directory, person);
  }

  page(order: PageOrder, now: number): Delivery {
    const result = lookedUp(this.directory, order, now);
    if (result.outcome !== 'ACCEPTED') return { result };
    const line = this.lines.get(`${result.person} ${result.channel}`) ?? this.lines.get(result.person) ?? 'ok';
    if (line === 'ok') return { result };
    const { shift: _, outcome: __, ...addressed } = result;
    const reason = line === 'rejects' ? 'REJECTED_BY_PROVIDER' : 'PROVIDER_DOWN';
    const failed: PageResult = { ...addressed, outcome: 'FAILED', reason, detail: line };
    if (line !== 'retries') return { result: failed };
    // A provider that is down is tried again for its time; the case hears of the first try.
    return { result: failed, afterMs: order.retryForMs, trouble: troubleOf(order, result, 'FAILED') };
  }
}
