/** An account as Opsgenie's REST API answers (version 2). Each rota is a schedule with one rotation. */
import type { Account, Files } from './account';
import { spansOf, startInstant, withOffset, type PlainPerson, type PlainRota } from './rota';

const TYPES = { hour: 'hourly', day: 'daily', week: 'weekly' } as const;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function timeRestriction({ hours }: PlainRota): object {
  if (!hours) return {};
  const times = { startHour: hours.from, startMin: 0, endHour: hours.to, endMin: 0 };
  if (hours.days.length === 7) return { timeRestriction: { type: 'time-of-day', restriction: times } };
  const over = hours.to <= hours.from ? 1 : 0;
  return {
    timeRestriction: {
      type: 'weekday-and-time-of-day',
      restrictions: hours.days.map((day) => ({
        startDay: DAYS[day - 1],
        endDay: DAYS[(day - 1 + over) % 7],
        ...times,
      })),
    },
  };
}

export function opsgenie({ people, rotas, overrides, from, to }: Account): Files {
  const user = (index: number | null): object => {
    const { id, email } = people[index ?? 0] as PlainPerson;
    return index === null ? { type: 'none' } : { type: 'user', id: `u-${id}`, username: email };
  };
  const recipient = (index: number | null): object => {
    const { id, email } = people[index ?? 0] as PlainPerson;
    return { id: `u-${id}`, type: 'user', name: email };
  };
  const periods = (type: string, spans: readonly { from: number; to: number; person: number | null }[]): object[] =>
    spans.map((span) => ({
      startDate: withOffset(span.from, 'UTC'),
      endDate: withOffset(span.to, 'UTC'),
      type,
      recipient: recipient(span.person),
    }));
  const timeline = (rota: PlainRota): object => {
    const base = spansOf(rota, from, to);
    const own = overrides.filter((override) => override.rota === rota.id);
    const left = own.reduce<readonly { from: number; to: number; person: number | null }[]>(
      (spans, over) =>
        spans
          .flatMap((span) => [
            { ...span, to: Math.min(span.to, over.from) },
            { ...span, from: Math.max(span.from, over.to) },
          ])
          .filter((span) => span.to > span.from),
      base,
    );
    const rotation = { id: `r-${rota.id}`, name: rota.name, order: 1 };
    return {
      data: {
        _parent: { id: `s-${rota.id}`, name: rota.name, enabled: true },
        startDate: withOffset(from, 'UTC'),
        endDate: withOffset(to, 'UTC'),
        finalTimeline: {
          rotations: [{ ...rotation, periods: [...periods('default', left), ...periods('override', own)] }],
        },
        baseTimeline: { rotations: [{ ...rotation, periods: periods('default', base) }] },
      },
      took: 0.1,
      requestId: `timeline-${rota.id}`,
    };
  };
  return {
    ...Object.fromEntries(
      people.map((person, index) => [
        `user-${person.id}.json`,
        {
          data: {
            id: `u-${person.id}`,
            username: person.email,
            fullName: person.name,
            role: { id: 'User', name: 'User' },
            timeZone: person.zone,
            locale: 'en_US',
            blocked: false,
            verified: true,
            userContacts: [
              { id: `c-${index}-e`, contactMethod: 'email', to: person.email, enabled: true },
              { id: `c-${index}-s`, contactMethod: 'sms', to: `1-555010${index}`, enabled: true },
              { id: `c-${index}-v`, contactMethod: 'voice', to: `1-555010${index}`, enabled: true },
            ],
          },
          took: 0.01,
          requestId: `user-${person.id}`,
        },
      ]),
    ),
    'schedules.json': {
      data: rotas.map((rota) => ({
        id: `s-${rota.id}`,
        name: rota.name,
        description: '',
        timezone: rota.zone,
        enabled: true,
        ownerTeam: { id: 't-platform', name: 'Platform' },
        rotations: [
          {
            id: `r-${rota.id}`,
            name: rota.name,
            startDate: withOffset(startInstant(rota), 'UTC'),
            type: TYPES[rota.unit as keyof typeof TYPES],
            length: rota.count,
            participants: rota.order.map(user),
            ...timeRestriction(rota),
          },
        ],
      })),
      expandable: ['rotation'],
      took: 0.01,
      requestId: 'schedules',
    },
    ...Object.fromEntries(rotas.map((rota) => [`timeline-${rota.id}.json`, timeline(rota)])),
    'overrides.json': {
      data: overrides.map((override, index) => ({
        _parent: { id: `s-${override.rota}`, name: override.rota, enabled: true },
        alias: `o-${index + 1}`,
        user: user(override.person),
        startDate: withOffset(override.from, 'UTC'),
        endDate: withOffset(override.to, 'UTC'),
      })),
      took: 0.01,
      requestId: 'overrides',
    },
    'escalations.json': {
      data: [
        {
          id: 'e-platform',
          name: 'Platform',
          ownerTeam: { id: 't-platform', name: 'Platform' },
          rules: rotas.map((rota, index) => ({
            condition: 'if-not-acked',
            notifyType: 'default',
            recipient: { type: 'schedule', id: `s-${rota.id}`, name: rota.name },
            delay: { timeAmount: index * 15, timeUnit: 'minutes' },
          })),
          repeat: { waitInterval: 15, count: 2, resetRecipientStates: false, closeAlertAfterAll: false },
        },
      ],
      took: 0.01,
      requestId: 'escalations',
    },
  };
}
