/** Grafana OnCall's public REST answers: the fields that are read, and how to tell one thing from another. */
import { z } from 'zod';
import { instant } from '../model/fields';
import { localIn } from '../model/clock';
import type { Shapes } from '../model/items';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const weekday = z.enum(WEEKDAYS).transform((day) => WEEKDAYS.indexOf(day));

/** Written without an offset: the wall clock of the shift's zone, as if it were in UTC. */
const local = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/, 'is no time')
  .transform(localIn);

export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['web', 'calendar', 'ical']),
  time_zone: z.string().nullish(),
  shifts: z.array(z.string()).nullish(),
  ical_url_primary: z.string().nullish(),
  ical_url_overrides: z.string().nullish(),
  slack: z.object({ channel_id: z.string().nullish(), user_group_id: z.string().nullish() }).nullish(),
});
export type Schedule = z.output<typeof schedule>;

export const shift = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.enum(['single_event', 'recurrent_event', 'rolling_users', 'override']),
  time_zone: z.string().nullish(),
  level: z.int().nullish(),
  start: local,
  rotation_start: local.nullish(),
  duration: z.number().positive(),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly']).nullish(),
  interval: z.int().min(1).nullish(),
  until: local.nullish(),
  week_start: weekday.nullish(),
  by_day: z.array(weekday).nullish(),
  by_month: z.array(z.int()).nullish(),
  by_monthday: z.array(z.int()).nullish(),
  users: z.array(z.string()).nullish(),
  rolling_users: z.array(z.array(z.string())).nullish(),
  start_rotation_from_user_index: z.int().min(0).nullish(),
});
export type Shift = z.output<typeof shift>;

export const finalShift = z.object({
  user_pk: z.string(),
  user_email: z.string().nullish(),
  shift_start: instant,
  shift_end: instant,
});

export type FinalShift = z.output<typeof finalShift>;

export const swap = z.object({
  id: z.string(),
  schedule: z.string(),
  swap_start: instant,
  swap_end: instant,
  beneficiary: z.string(),
  benefactor: z.string().nullish(),
});
export type Swap = z.output<typeof swap>;

export const user = z.object({
  id: z.string(),
  email: z.string().nullish(),
  username: z.string(),
  name: z.string().nullish(),
  timezone: z.string().nullish(),
  is_phone_number_verified: z.boolean().nullish(),
  slack: z.array(z.object({ user_id: z.string() })).nullish(),
});
export type User = z.output<typeof user>;

export const chain = z.object({ id: z.string(), name: z.string() });
export type Chain = z.output<typeof chain>;

export const step = z.object({
  id: z.string(),
  escalation_chain_id: z.string(),
  position: z.number(),
  type: z.string(),
  duration: z.number().nullish(),
  important: z.boolean().nullish(),
  persons_to_notify: z.array(z.string()).nullish(),
  persons_to_notify_next_each_time: z.array(z.string()).nullish(),
  notify_on_call_from_schedule: z.string().nullish(),
});
export type Step = z.output<typeof step>;

export const SHAPES = {
  'final shift': (fields) => 'shift_start' in fields,
  swap: (fields) => 'swap_start' in fields,
  shift: (fields) => 'duration' in fields && 'start' in fields && 'type' in fields,
  'escalation step': (fields) => 'escalation_chain_id' in fields && 'position' in fields,
  schedule: (fields) =>
    'on_call_now' in fields ||
    'ical_url_overrides' in fields ||
    'ical_url_primary' in fields ||
    ('shifts' in fields && 'type' in fields),
  user: (fields) => 'username' in fields && 'id' in fields,
  'escalation chain': (fields) => 'team_id' in fields && 'name' in fields && 'id' in fields && !('type' in fields),
} satisfies Shapes;
