/** An account as GoAlert's GraphQL answers. Each rota is a schedule that assigns one rotation. */
import { DateTime } from 'luxon';
import type { Account, Files } from './account';
import { spansOf, startInstant, withOffset, type PlainPerson, type PlainRota } from './rota';

const TYPES = { hour: 'hourly', day: 'daily', week: 'weekly', month: 'monthly' } as const;
const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;

const connection = (name: string, nodes: readonly object[]): object => ({
  data: { [name]: { nodes, pageInfo: { hasNextPage: false, endCursor: '' } } },
});

/** Who has the turn at the export, and when the next one begins: GoAlert keeps both, and nothing is worked out. */
function position({ hours: _, ...rota }: PlainRota, at: number): { activeUserIndex: number; next: number } {
  const [first] = spansOf({ ...rota, order: rota.order.map((_person, index) => index) }, at, at + 400 * 86_400_000);
  return { activeUserIndex: first?.person ?? 0, next: first?.to ?? at };
}

export function goAlert({ people, rotas, overrides, from, to }: Account): Files {
  const id = (index: number | null): string => `user-${(people[index ?? 0] as PlainPerson).id}`;
  const shifts = (rota: PlainRota): object[] => {
    const own = overrides.filter((override) => override.rota === rota.id);
    const left = own.reduce<readonly { from: number; to: number; person: number | null }[]>(
      (spans, over) =>
        spans
          .flatMap((span) => [
            { ...span, to: Math.min(span.to, over.from) },
            { ...span, from: Math.max(span.from, over.to) },
          ])
          .filter((span) => span.to > span.from),
      spansOf(rota, from, to),
    );
    return [...left, ...own]
      .sort((a, b) => a.from - b.from)
      .map((span) => ({
        userID: id(span.person),
        start: withOffset(span.from, 'UTC'),
        end: withOffset(span.to, 'UTC'),
        truncated: span.from === from || span.to === to,
      }));
  };
  const rule = ({ hours }: PlainRota): object => ({
    start: hours ? clock(hours.from) : '00:00',
    end: hours ? clock(hours.to) : '00:00',
    // From Sunday.
    weekdayFilter: [7, 1, 2, 3, 4, 5, 6].map((day) => !hours || hours.days.includes(day)),
  });
  return {
    'users.json': connection(
      'users',
      people.map((person, index) => ({
        id: id(index),
        name: person.name,
        email: person.email,
        contactMethods: [
          { id: `cm-${index}-e`, type: 'EMAIL', value: person.email, disabled: false },
          { id: `cm-${index}-s`, type: 'SMS', value: `+1555010${index}`, disabled: false },
        ],
      })),
    ),
    'rotations.json': connection(
      'rotations',
      rotas.map((rota) => {
        const { activeUserIndex, next } = position(rota, from);
        return {
          id: `rotation-${rota.id}`,
          name: `${rota.name} rotation`,
          type: TYPES[rota.unit],
          start: withOffset(startInstant(rota), 'UTC'),
          timeZone: rota.zone,
          shiftLength: rota.count,
          activeUserIndex,
          userIDs: rota.order.map(id),
          nextHandoffTimes: [DateTime.fromMillis(next, { zone: 'utc' }).toISO({ suppressMilliseconds: true })],
        };
      }),
    ),
    ...Object.fromEntries(
      rotas.map((rota) => [
        `schedule-${rota.id}.json`,
        {
          data: {
            schedule: {
              id: `schedule-${rota.id}`,
              name: rota.name,
              timeZone: rota.zone,
              targets: [
                {
                  target: { id: `rotation-${rota.id}`, type: 'rotation', name: `${rota.name} rotation` },
                  rules: [rule(rota)],
                },
              ],
              temporarySchedules: [],
              shifts: shifts(rota),
            },
          },
        },
      ]),
    ),
    'overrides.json': connection(
      'userOverrides',
      overrides.map((over, index) => {
        const rota = rotas.find((one) => one.id === over.rota) as PlainRota;
        const [replaced] = spansOf(rota, over.from, over.from + 1000);
        return {
          id: `override-${index + 1}`,
          start: withOffset(over.from, 'UTC'),
          end: withOffset(over.to, 'UTC'),
          addUserID: id(over.person),
          removeUserID: id(replaced?.person ?? null),
          target: { id: `schedule-${over.rota}`, type: 'schedule', name: rota.name },
        };
      }),
    ),
    'escalation_policies.json': connection('escalationPolicies', [
      {
        id: 'policy-platform',
        name: 'Platform',
        repeat: 2,
        steps: rotas.map((rota) => ({
          delayMinutes: 15,
          targets: [{ id: `schedule-${rota.id}`, type: 'schedule', name: rota.name }],
        })),
      },
    ]),
  };
}
