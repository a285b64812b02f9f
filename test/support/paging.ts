/** Orders and directories for the tests of who is paged, and how. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Outside } from '../../activities';
import type { Absence, Channel, Directory, Person, Team, Weekday } from '../../activities/directory/types';
import type { PageOrder, PageResult } from '../../workflows/case/pages';
import type { CasePolicy } from '../../workflows/case/policy';

export const EVERY_DAY: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Away for as long as any test looks. */
export const away = (delegate?: string): Absence => ({ from: 0, to: Number.MAX_SAFE_INTEGER, ...(delegate !== undefined && { delegate }) });

export const someone = (id: string, over: Partial<Person> = {}): Person => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  timezone: 'UTC',
  languages: ['en'],
  channels: [{ kind: 'console' }],
  away: [],
  ...over,
});

export const directoryOf = (people: readonly Person[], over: Partial<Directory> = {}): Directory => ({
  people,
  dutyManagers: [],
  dutyExecutive: [],
  onCall: [],
  rnd: [],
  contactChannels: [],
  ...over,
});

/** As in production: whoever had the log only has something that rings. */
export function heard(directory: Directory): Directory {
  const ringing = (channels: readonly Channel[]): readonly Channel[] => (channels.some(({ kind }) => kind === 'console') ? [{ kind: 'webhook', url: 'http://phone' }, ...channels] : channels);
  return { ...directory, people: directory.people.map((person) => ({ ...person, channels: ringing(person.channels) })), contactChannels: ringing(directory.contactChannels) };
}

/** `teamOf('emea', 'Europe/Berlin', '08:00-16:00', 'lee', 'kim')`: on call every day. */
export function teamOf(team: string, timezone: string, hours: string, ...people: string[]): Team {
  const [from = '', to = ''] = hours.split('-');
  return { team, timezone, windows: [{ days: EVERY_DAY, from, to }], people, overrides: [] };
}

export const orderOf = (over: Partial<PageOrder> = {}): PageOrder => ({
  caseNumber: 'C1234567',
  pageId: 'C1234567-3',
  attempt: 1,
  audience: 'ENGINEER',
  purpose: 'SEVERITY_CHANGED',
  urgent: true,
  engineer: 'lee',
  excluding: [],
  used: [],
  channels: ['webhook', 'console'],
  retryForMs: 30_000,
  facts: { customer: 'Acme', title: 'MES down', severity: 1, level: 'NORMAL', emergency: 'NONE', what: 'The severity went from 2 to 1.', lines: [] },
  isAsked: true,
  ...over,
});

export interface Try {
  readonly attempt?: number;
  readonly scheduledTimestampMs?: number;
  readonly currentAttemptScheduledTimestampMs?: number;
  readonly scheduleToCloseTimeoutMs?: number;
  readonly heartbeatDetails?: unknown;
}

/** One try of a page as a worker runs it, with the heartbeat it left for the next one. */
export function tryPage(channels: readonly Channel[], order: Partial<PageOrder> = {}, at: Try = {}, outside: Partial<Outside> = {}) {
  const logged: string[] = [];
  const environment = new MockActivityEnvironment({ attempt: 1, scheduledTimestampMs: Date.now(), scheduleToCloseTimeoutMs: 0, ...at }, { logger: new DefaultLogger('ERROR', ({ message }) => void logged.push(message)) });
  const lines: string[] = [];
  let heartbeat: unknown;
  environment.on('heartbeat', (details: unknown) => (heartbeat = details));
  const { notifyEngineer } = createActivities({
    directory: () => directoryOf([someone('lee', { channels })]),
    policy: () => ({}) as CasePolicy,
    console: (line) => void lines.push(line),
    ...outside,
  });
  const result: Promise<PageResult> = environment.run(notifyEngineer, orderOf(order));
  return { result, lines, logged, environment, heartbeat: () => heartbeat };
}
