/** Orders and directories for the tests of who is paged, and how. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Outside } from '../../activities';
import { nextTime, opensAt } from '../../activities/directory/rota';
import type { Absence, Channel, Directory, Person, Team, Weekday } from '../../activities/directory/types';
import type { EventData, EventType, Fact } from '../../workflows/core/language/events';
import type { Ask, Beside, PageOrder, PageResult } from '../../workflows/core/language/page';
import type { CasePolicy } from '../../workflows/core/language/policy';
import { keyOf, NEEDS, type NeedKind, type NeedRef } from '../../workflows/core/paging/needs';
import { fakeTemporal } from './fake-temporal';

export const EVERY_DAY: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Away for as long as any test looks. */
export const away = (delegate?: string): Absence => ({
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  ...(delegate !== undefined && { delegate }),
});

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
  const ringing = (channels: readonly Channel[]): readonly Channel[] =>
    channels.some(({ kind }) => kind === 'console')
      ? [{ kind: 'webhook', url: 'http://phone' }, ...channels]
      : channels;
  return {
    ...directory,
    people: directory.people.map((person) => ({ ...person, channels: ringing(person.channels) })),
    contactChannels: ringing(directory.contactChannels),
  };
}

/** `teamOf('emea', 'Europe/Berlin', '08:00-16:00', 'lee', 'kim')`: on call every day. */
export function teamOf(team: string, timezone: string, hours: string, ...people: string[]): Team {
  const [from = '', to = ''] = hours.split('-');
  return { team, timezone, windows: [{ days: EVERY_DAY, from, to }], people, overrides: [] };
}

/** What a team is doing at this moment: until when it is open (`null`: as far as anybody can see), or when it opens. */
export function dutyAt(team: Team, now: number) {
  const opening = opensAt(team, now);
  if (opening > now) return { open: false as const, opensAt: opening };
  return { open: true as const, endsAt: nextTime(team, now, (ladder) => ladder.length === 0) ?? null };
}

const OPENED_AT = '2026-06-01T11:00:00.000Z';

/** Something that has happened, as a page tells it. */
export const factOf = <T extends EventType>(type: T, data: EventData[T], by = 'maria'): Fact =>
  ({ seq: 7, type, at: OPENED_AT, by, data }) as Fact;

const SEVERITY_CHANGED = factOf('SeverityChanged', { before: 2, severity: 1, setBy: 'maria' });

/** `asking('M1')`: a line of a page. */
export function asking(need: NeedKind | NeedRef, over: Partial<Ask> = {}): Ask {
  const ref = typeof need === 'string' ? ({ kind: need } as NeedRef) : need;
  return {
    key: keyOf(ref),
    kind: ref.kind,
    purpose: NEEDS[ref.kind].purpose,
    fact: SEVERITY_CHANGED,
    openedAt: OPENED_AT,
    ...over,
  };
}

/** An order to the engineer, lee: the severity of his case has gone from 2 to 1. */
export const orderOf = (over: Partial<PageOrder> = {}): PageOrder => ({
  caseNumber: 'C1234567',
  pageId: 'C1234567-3',
  attempt: 1,
  purpose: 'SEVERITY_CHANGED',
  wanted: { audience: 'ENGINEER', excluding: [] },
  reach: true,
  urgent: true,
  rank: 1,
  engineer: 'lee',
  chart: [],
  atWork: null,
  off: [],
  used: [],
  channels: { urgent: ['webhook', 'console'], normal: ['webhook', 'console'] },
  retryForMs: 30_000,
  asks: [asking('SEVERITY_CHANGED')],
  tells: [],
  bells: [],
  beside: [],
  facts: {
    customer: 'Acme',
    title: 'MES down',
    severity: 1,
    level: 'NORMAL',
    emergency: 'NONE',
    openedAt: OPENED_AT,
    hotline: '+1 555 0100',
    owners: { engineer: 'lee', manager: null, onCall: null },
    recent: [],
  },
  ...over,
});

/** Another order of the same moment; which of the two goes first is for the test to say. */
export const besideOf = (over: Partial<Beside> = {}): Beside => ({
  pageId: 'C1234567-2',
  wanted: { audience: 'MANAGER', excluding: [] },
  isFirst: true,
  isApart: false,
  rank: 1,
  asks: [],
  tells: [],
  ...over,
});

export interface Try {
  readonly attempt?: number;
  readonly scheduledTimestampMs?: number;
  readonly currentAttemptScheduledTimestampMs?: number;
  readonly scheduleToCloseTimeoutMs?: number;
  readonly heartbeatDetails?: unknown;
}

/** One try of a page as a worker runs it, with the heartbeat it left for the next one, and what the case was told meanwhile. */
export function tryPage(
  channels: readonly Channel[],
  order: Partial<PageOrder> = {},
  at: Try = {},
  outside: Partial<Outside> = {},
) {
  const logged: string[] = [];
  let heard = (): void => undefined;
  const whenTold = new Promise<void>((resolve) => (heard = resolve));
  const { client, sent } = fakeTemporal({ signal: () => heard() });
  Object.assign(client, { withAbortSignal: (_signal: AbortSignal, run: () => unknown) => run() });
  const environment = new MockActivityEnvironment(
    { attempt: 1, scheduledTimestampMs: Date.now(), scheduleToCloseTimeoutMs: 0, ...at },
    { logger: new DefaultLogger('ERROR', ({ message }) => void logged.push(message)), client },
  );
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
  const told = (): unknown[] => sent.map(({ name, args }) => [name, ...(args ?? [])]);
  return { result, lines, logged, environment, heartbeat: () => heartbeat, told, whenTold };
}
