/** GoAlert's GraphQL answers: the fields that are read, and how to tell one thing from another. */
import { z } from 'zod';
import { clock, instant } from '../model/fields';
import type { Shapes } from '../model/items';

const target = z.object({ id: z.string(), type: z.string(), name: z.string().nullish() });

/** How newer versions name whom or what something goes to. */
const destination = z.object({ type: z.string(), args: z.record(z.string(), z.string()).nullish() });
export type Destination = z.output<typeof destination>;

const shift = z.object({ userID: z.string(), start: instant, end: instant, truncated: z.boolean().nullish() });
export type Shift = z.output<typeof shift>;

export const rotation = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['hourly', 'daily', 'weekly', 'monthly']),
  start: instant,
  timeZone: z.string(),
  shiftLength: z.int().min(1),
  activeUserIndex: z.int().nullish(),
  userIDs: z.array(z.string()),
  nextHandoffTimes: z.array(instant).nullish(),
});
export type Rotation = z.output<typeof rotation>;

const rule = z.object({
  start: clock,
  end: clock,
  /** From Sunday. */
  weekdayFilter: z.array(z.boolean()).length(7),
});
export type Rule = z.output<typeof rule>;

export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  targets: z.array(z.object({ target, rules: z.array(rule) })),
  temporarySchedules: z.array(z.object({ start: instant, end: instant, shifts: z.array(shift) })).nullish(),
  shifts: z.array(shift).nullish(),
  onCallNotificationRules: z
    .array(z.object({ target: target.partial().nullish(), dest: destination.nullish() }))
    .nullish(),
});
export type Schedule = z.output<typeof schedule>;

export const override = z.object({
  id: z.string(),
  start: instant,
  end: instant,
  addUserID: z.string().nullish(),
  removeUserID: z.string().nullish(),
  target: target.nullish(),
});
export type Override = z.output<typeof override>;

const contactMethod = z.object({
  id: z.string(),
  type: z.string().nullish(),
  value: z.string().nullish(),
  disabled: z.boolean().nullish(),
  dest: destination.nullish(),
});
export type ContactMethod = z.output<typeof contactMethod>;

export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullish(),
  contactMethods: z.array(contactMethod).nullish(),
  notificationRules: z.array(z.unknown()).nullish(),
});
export type User = z.output<typeof user>;

export const policy = z.object({
  id: z.string(),
  name: z.string(),
  repeat: z.int().nullish(),
  steps: z.array(
    z.object({
      delayMinutes: z.number().positive(),
      targets: z.array(target).nullish(),
      actions: z.array(destination).nullish(),
    }),
  ),
});
export type Policy = z.output<typeof policy>;

export const SHAPES = {
  rotation: (fields) => 'shiftLength' in fields,
  schedule: (fields) => 'timeZone' in fields && 'targets' in fields,
  policy: (fields) => 'steps' in fields && 'name' in fields,
  override: (fields) => 'addUserID' in fields || 'removeUserID' in fields,
  user: (fields) => 'email' in fields && 'name' in fields && 'id' in fields,
} satisfies Shapes;
