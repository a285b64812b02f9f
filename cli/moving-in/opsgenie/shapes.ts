/** Opsgenie's REST answers, version 2: the fields that are read, and how to tell one thing from another. */
import { z } from 'zod';
import { instant } from '../model/fields';
import type { Shapes } from '../model/items';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const participant = z.object({
  type: z.string(),
  id: z.string().nullish(),
  username: z.string().nullish(),
  name: z.string().nullish(),
});
export type Participant = z.output<typeof participant>;

// Hour 24 is the end of the day.
const hour = z.int().min(0).max(24);
const minute = z.int().min(0).max(59);
const times = { startHour: hour, startMin: minute, endHour: hour, endMin: minute };
const weekday = z.string().toLowerCase().pipe(z.enum(WEEKDAYS));

const timeRestriction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('time-of-day'), restriction: z.object(times) }),
  z.object({
    type: z.literal('weekday-and-time-of-day'),
    restrictions: z.array(z.object({ startDay: weekday, endDay: weekday, ...times })),
  }),
]);
export type TimeRestriction = z.output<typeof timeRestriction>;

const rotation = z.object({
  id: z.string(),
  name: z.string().nullish(),
  startDate: instant,
  endDate: instant.nullish(),
  type: z.enum(['hourly', 'daily', 'weekly']),
  length: z.int().min(1).nullish(),
  participants: z.array(participant).nullish(),
  timeRestriction: timeRestriction.nullish(),
});
export type Rotation = z.output<typeof rotation>;

export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  enabled: z.boolean().nullish(),
  rotations: z.array(rotation),
});
export type Schedule = z.output<typeof schedule>;

const timelineRotations = z
  .object({
    rotations: z
      .array(
        z.object({
          id: z.string(),
          order: z.number().nullish(),
          periods: z
            .array(
              z.object({
                startDate: instant,
                endDate: instant,
                type: z.string().nullish(),
                recipient: participant.nullish(),
              }),
            )
            .nullish(),
        }),
      )
      .nullish(),
  })
  .nullish();

export const timeline = z.object({
  _parent: z.object({ id: z.string() }).nullish(),
  startDate: instant.nullish(),
  endDate: instant.nullish(),
  finalTimeline: timelineRotations,
  baseTimeline: timelineRotations,
});
export type Timeline = z.output<typeof timeline>;
export type TimelineRotations = z.output<typeof timelineRotations>;

export const override = z.object({
  alias: z.string(),
  user: participant.nullish(),
  startDate: instant,
  endDate: instant,
  rotations: z.array(z.object({ id: z.string() })).nullish(),
  _parent: z.object({ id: z.string() }).nullish(),
});
export type Override = z.output<typeof override>;

const contact = z.object({
  id: z.string(),
  contactMethod: z.string(),
  to: z.string(),
  enabled: z.boolean().nullish(),
  status: z.object({ enabled: z.boolean().nullish() }).nullish(),
});
export type ContactAnswer = z.output<typeof contact>;

export const user = z.object({
  id: z.string(),
  username: z.string(),
  fullName: z.string().nullish(),
  timeZone: z.string().nullish(),
  blocked: z.boolean().nullish(),
  userContacts: z.array(contact).nullish(),
});
export type User = z.output<typeof user>;

export const forwarding = z.object({
  alias: z.string().nullish(),
  id: z.string().nullish(),
  fromUser: participant,
  toUser: participant,
  startDate: instant,
  endDate: instant,
});

export const escalation = z.object({
  id: z.string(),
  name: z.string(),
  rules: z.array(
    z.object({
      condition: z.string(),
      notifyType: z.string(),
      recipient: participant.nullish(),
      delay: z.object({ timeAmount: z.number().min(0), timeUnit: z.string().nullish() }).nullish(),
    }),
  ),
  repeat: z
    .object({
      waitInterval: z.number().nullish(),
      count: z.int().nullish(),
      resetRecipientStates: z.boolean().nullish(),
      closeAlertAfterAll: z.boolean().nullish(),
    })
    .nullish(),
});
export type Escalation = z.output<typeof escalation>;

export const SHAPES = {
  timeline: (fields) => 'finalTimeline' in fields,
  schedule: (fields) => 'rotations' in fields && 'timezone' in fields,
  'listed schedule': (fields) => 'timezone' in fields && 'enabled' in fields,
  escalation: (fields) => 'rules' in fields && 'name' in fields,
  user: (fields) => 'username' in fields && ('fullName' in fields || 'role' in fields),
  'forwarding rule': (fields) => 'fromUser' in fields && 'toUser' in fields,
  override: (fields) => 'alias' in fields && 'startDate' in fields,
  contact: (fields) => 'contactMethod' in fields && 'to' in fields,
} satisfies Shapes;
