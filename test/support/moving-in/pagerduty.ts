/** An account as PagerDuty's REST API answers (version 2). */
import type { Account, Files } from './account';
import { spansOf, startInstant, withOffset, type PlainPerson, type PlainRota } from './rota';

const SECONDS = { hour: 3600, day: 86_400, week: 604_800 } as const;

const reference = ({ id, name }: PlainPerson): object => ({
  id: id.toUpperCase(),
  type: 'user_reference',
  summary: name,
  self: `https://api.pagerduty.com/users/${id.toUpperCase()}`,
  html_url: `https://acme.pagerduty.com/users/${id.toUpperCase()}`,
});

function restrictions({ hours }: PlainRota): object[] {
  if (!hours) return [];
  const length = (hours.to <= hours.from ? hours.to + 24 : hours.to) - hours.from;
  const times = { start_time_of_day: `${String(hours.from).padStart(2, '0')}:00:00`, duration_seconds: length * 3600 };
  return hours.days.length === 7
    ? [{ type: 'daily_restriction', ...times }]
    : hours.days.map((day) => ({ type: 'weekly_restriction', start_day_of_week: day, ...times }));
}

export function pagerDuty({ people, rotas, overrides, from, to }: Account): Files {
  const entries = (rota: PlainRota, spans: readonly { from: number; to: number; person: number | null }[]): object[] =>
    spans.map((span) => ({
      start: withOffset(span.from, rota.zone),
      end: withOffset(span.to, rota.zone),
      user: reference(people[span.person ?? 0] as PlainPerson),
    }));
  const schedule = (rota: PlainRota): object => {
    const base = spansOf(rota, from, to);
    const own = overrides.filter((override) => override.rota === rota.id);
    const final = own.reduce<{ from: number; to: number; person: number | null }[]>(
      (spans, over) =>
        [
          ...spans.flatMap((span) => [
            { ...span, to: Math.min(span.to, over.from) },
            { ...span, from: Math.max(span.from, over.to) },
          ]),
          over,
        ]
          .filter((span) => span.to > span.from)
          .sort((a, b) => a.from - b.from),
      base,
    );
    return {
      schedule: {
        id: rota.id.toUpperCase(),
        type: 'schedule',
        summary: rota.name,
        name: rota.name,
        time_zone: rota.zone,
        description: '',
        escalation_policies: [],
        teams: [],
        schedule_layers: [
          {
            id: `${rota.id.toUpperCase()}L1`,
            name: 'Layer 1',
            start: withOffset(startInstant(rota), rota.zone),
            end: null,
            // In UTC: the offset of this field is misread there.
            rotation_virtual_start: withOffset(startInstant(rota), 'UTC'),
            rotation_turn_length_seconds: SECONDS[rota.unit as keyof typeof SECONDS] * rota.count,
            users: rota.order.map((index) => ({ user: reference(people[index ?? 0] as PlainPerson) })),
            restrictions: restrictions(rota),
            rendered_schedule_entries: entries(rota, base),
            rendered_coverage_percentage: 100,
          },
        ],
        override_subschedule: {
          name: 'Overrides',
          rendered_schedule_entries: entries(rota, own),
          rendered_coverage_percentage: 0,
        },
        final_schedule: {
          name: 'Final Schedule',
          rendered_schedule_entries: entries(rota, final),
          rendered_coverage_percentage: 100,
        },
      },
    };
  };
  return {
    'users.json': {
      users: people.map((person, index) => ({
        ...reference(person),
        type: 'user',
        name: person.name,
        email: person.email,
        time_zone: person.zone,
        role: 'user',
        contact_methods: [
          {
            id: `PCM${index}E`,
            type: 'email_contact_method',
            summary: 'Default',
            label: 'Default',
            address: person.email,
          },
          {
            id: `PCM${index}P`,
            type: 'phone_contact_method',
            summary: 'Mobile',
            label: 'Mobile',
            address: `555010${index}`,
            country_code: 1,
            blacklisted: false,
          },
          {
            id: `PCM${index}S`,
            type: 'sms_contact_method',
            summary: 'Mobile',
            label: 'Mobile',
            address: `555010${index}`,
            country_code: 1,
            enabled: true,
            blacklisted: false,
          },
        ],
        notification_rules: [],
      })),
      limit: 25,
      offset: 0,
      more: false,
      total: null,
    },
    'escalation_policies.json': {
      escalation_policies: [
        {
          id: 'PEPOL1',
          type: 'escalation_policy',
          summary: 'Platform',
          name: 'Platform',
          num_loops: 2,
          on_call_handoff_notifications: 'if_has_services',
          escalation_rules: rotas.map((rota, index) => ({
            id: `PRULE${index}`,
            escalation_delay_in_minutes: 15,
            escalation_rule_assignment_strategy: { type: 'assign_to_everyone' },
            targets: [{ id: rota.id.toUpperCase(), type: 'schedule_reference', summary: rota.name }],
          })),
        },
      ],
      limit: 25,
      offset: 0,
      more: false,
    },
    ...Object.fromEntries(rotas.map((rota) => [`schedule-${rota.id}.json`, schedule(rota)])),
  };
}
