/** PagerDuty's REST answers, version 2: the fields that are read, and how to tell one thing from another. */
import { z } from 'zod';
import { clock, instant } from '../model/fields';
import type { Shapes } from '../model/items';

const reference = z.object({ id: z.string(), summary: z.string().nullish() });

const entry = z.object({ start: instant, end: instant, user: reference.nullish() });
const rendering = z.object({ rendered_schedule_entries: z.array(entry).nullish() }).nullish();

const restriction = z.object({
  type: z.enum(['daily_restriction', 'weekly_restriction']),
  start_time_of_day: clock,
  /** 1 = Monday. */
  start_day_of_week: z.int().min(1).max(7).nullish(),
  duration_seconds: z.number().positive(),
});
export type Restriction = z.output<typeof restriction>;

const layer = z.object({
  id: z.string(),
  name: z.string().nullish(),
  start: instant,
  end: instant.nullish(),
  rotation_virtual_start: instant,
  rotation_turn_length_seconds: z.number().positive(),
  users: z.array(z.object({ user: reference })),
  restrictions: z.array(restriction).nullish(),
  rendered_schedule_entries: z.array(entry).nullish(),
});
export type Layer = z.output<typeof layer>;

export const schedule = z.object({
  id: z.string(),
  name: z.string().nullish(),
  summary: z.string().nullish(),
  time_zone: z.string(),
  schedule_layers: z.array(layer),
  /** The vendor's clients write it the one way, its documentation the other. */
  override_subschedule: rendering,
  overrides_subschedule: rendering,
  final_schedule: rendering,
});
export type Schedule = z.output<typeof schedule>;
export type Entry = z.output<typeof entry>;

export const override = z.object({
  id: z.string(),
  start: instant,
  end: instant,
  user: reference,
  /** Not PagerDuty's own: the list does not say whose it is, so the live reading adds it. */
  schedule_id: z.string().optional(),
});
export type Override = z.output<typeof override>;

const contactMethod = z.object({
  id: z.string(),
  type: z.string().nullish(),
  address: z.string().nullish(),
  country_code: z.union([z.number(), z.string()]).nullish(),
  enabled: z.boolean().nullish(),
  blacklisted: z.boolean().nullish(),
});
export type ContactMethod = z.output<typeof contactMethod>;

export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  time_zone: z.string().nullish(),
  /** Only in some answers; a user who was deleted is a reference without anything else. */
  deleted_at: z.string().nullish(),
  contact_methods: z.array(contactMethod).nullish(),
  notification_rules: z.array(z.unknown()).nullish(),
});
export type User = z.output<typeof user>;

export const escalationPolicy = z.object({
  id: z.string(),
  name: z.string(),
  num_loops: z.int().min(0).nullish(),
  on_call_handoff_notifications: z.string().nullish(),
  escalation_rules: z.array(
    z.object({
      escalation_delay_in_minutes: z.number().positive(),
      targets: z.array(z.object({ id: z.string(), type: z.string() })),
      escalation_rule_assignment_strategy: z.object({ type: z.string() }).nullish(),
    }),
  ),
});
export type EscalationPolicy = z.output<typeof escalationPolicy>;

export const SHAPES = {
  schedule: (fields) => 'schedule_layers' in fields,
  'escalation policy': (fields) => 'escalation_rules' in fields,
  'flexible schedule': (fields) => 'rotations' in fields && 'id' in fields,
  user: (fields) => 'email' in fields && 'id' in fields,
  // In a list a schedule has no layers; users of it and of others are references.
  'listed schedule': (fields) => fields['type'] === 'schedule' && 'time_zone' in fields,
  override: (fields) => 'start' in fields && 'end' in fields && 'user' in fields,
} satisfies Shapes;
