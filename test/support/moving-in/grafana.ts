/** An account as Grafana OnCall's public REST API answers. */
import { DateTime } from 'luxon';
import type { Account, Files } from './account';
import { eventsOf, startInstant, withOffset, withoutOffset, type PlainPerson, type PlainRota } from './rota';

const FREQUENCIES = { hour: 'hourly', day: 'daily', week: 'weekly', month: 'monthly' } as const;
const HOURS = { hour: 1, day: 24, week: 168, month: 31 * 24 } as const;
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const page = (results: readonly object[]): object => ({
  count: results.length,
  next: null,
  previous: null,
  results,
  current_page_number: 1,
  page_size: 50,
  total_pages: 1,
});

/** With hours it is the days of a week in which the shift takes place; its start is the first of them. */
function times(rota: PlainRota): object {
  const { hours, zone, unit, count } = rota;
  if (!hours)
    return {
      start: withoutOffset(startInstant(rota), zone),
      duration: HOURS[unit] * 3600 * count,
      interval: count,
      by_day: null,
    };
  const length = (hours.to <= hours.from ? hours.to + 24 : hours.to) - hours.from;
  const start = DateTime.fromMillis(startInstant(rota), { zone });
  const offset = hours.days.find((day) => day >= start.weekday) ?? hours.days[0] ?? 1;
  const first = start.startOf('day').plus({ days: (offset - start.weekday + 7) % 7, hours: 0 });
  return {
    start: `${first.toISODate() ?? ''}T${String(hours.from).padStart(2, '0')}:00:00`,
    duration: length * 3600,
    interval: 1,
    by_day: unit === 'day' && hours.days.length === 7 ? null : hours.days.map((day) => DAYS[day - 1]),
  };
}

export function grafana({ people, rotas, overrides, from, to }: Account): Files {
  const id = (index: number | null): string => `U${(people[index ?? 0] as PlainPerson).id.toUpperCase()}`;
  const shift = (rota: PlainRota): object => ({
    id: `O${rota.id.toUpperCase()}`,
    team_id: null,
    name: rota.name,
    type: 'rolling_users',
    time_zone: null,
    level: 1,
    ...times(rota),
    rotation_start: withoutOffset(startInstant(rota), rota.zone),
    frequency: FREQUENCIES[rota.unit],
    until: null,
    week_start: DAYS[DateTime.fromMillis(startInstant(rota), { zone: rota.zone }).weekday - 1],
    by_month: null,
    by_monthday: null,
    rolling_users: rota.order.map((index) => (index === null ? [] : [id(index)])),
    start_rotation_from_user_index: 0,
  });
  const finals = (rota: PlainRota): object[] => {
    const own = overrides.filter((override) => override.rota === rota.id);
    const left = own.reduce<readonly { from: number; to: number; person: number | null }[]>(
      (spans, over) =>
        spans
          .flatMap((span) => [
            { ...span, to: Math.min(span.to, over.from) },
            { ...span, from: Math.max(span.from, over.to) },
          ])
          .filter((span) => span.to > span.from),
      eventsOf(rota, from, to),
    );
    return [...left, ...own]
      .sort((a, b) => a.from - b.from)
      .map((span) => ({
        user_pk: id(span.person),
        user_email: (people[span.person ?? 0] as PlainPerson).email,
        user_username: (people[span.person ?? 0] as PlainPerson).id,
        shift_start: withOffset(span.from, 'UTC'),
        shift_end: withOffset(span.to, 'UTC'),
      }));
  };
  return {
    'users.json': page(
      people.map((person, index) => ({
        id: id(index),
        email: person.email,
        slack: [{ user_id: `USLACK${index}`, team_id: 'TSLACK' }],
        username: person.id,
        role: 'user',
        is_phone_number_verified: true,
        timezone: person.zone,
        teams: [],
      })),
    ),
    'schedules.json': page(
      rotas.map((rota) => ({
        id: `S${rota.id.toUpperCase()}`,
        team_id: null,
        name: rota.name,
        type: 'web',
        time_zone: rota.zone,
        on_call_now: [],
        slack: { channel_id: null, user_group_id: null },
        shifts: [
          `O${rota.id.toUpperCase()}`,
          ...overrides.flatMap((over, index) => (over.rota === rota.id ? [`OVER${index + 1}`] : [])),
        ],
      })),
    ),
    'on_call_shifts.json': page([
      ...rotas.map(shift),
      ...overrides.map((over, index) => {
        const { zone } = rotas.find((rota) => rota.id === over.rota) as PlainRota;
        return {
          id: `OVER${index + 1}`,
          name: `override ${index + 1}`,
          type: 'override',
          time_zone: null,
          level: 99,
          start: withoutOffset(over.from, zone),
          rotation_start: withoutOffset(over.from, zone),
          duration: (over.to - over.from) / 1000,
          users: [id(over.person)],
        };
      }),
    ]),
    ...Object.fromEntries(rotas.map((rota) => [`final_shifts-S${rota.id.toUpperCase()}.json`, page(finals(rota))])),
    'escalation_chains.json': page([{ id: 'FPLATFORM', name: 'Platform', team_id: null }]),
    'escalation_policies.json': page(
      rotas.flatMap((rota, index) => [
        {
          id: `E${index}N`,
          escalation_chain_id: 'FPLATFORM',
          position: index * 2,
          type: 'notify_on_call_from_schedule',
          important: true,
          notify_on_call_from_schedule: `S${rota.id.toUpperCase()}`,
        },
        { id: `E${index}W`, escalation_chain_id: 'FPLATFORM', position: index * 2 + 1, type: 'wait', duration: 900 },
      ]),
    ),
    'shift_swaps.json': page([]),
  };
}
