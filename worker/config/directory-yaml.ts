/** directory.yaml as it may be written. */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { WEEKDAYS } from '../../activities/directory/types';
import type { Presets } from '../../activities/channels/presets';
import { channel } from './channels';
import { duration } from './duration';
import type { Environment } from './secrets';

// Ids become part of idempotency keys, whose parts are kept apart by slashes.
const id = z.string().regex(/^[^\s/]{1,120}$/, 'must be an id: up to 120 characters without spaces and slashes');
const name = z.string().min(1).max(120);
const zone = z.string().refine((text) => IANAZone.isValidZone(text), 'must be an IANA time zone such as Europe/Berlin');
const instant = z.iso
  .datetime({ offset: true, error: 'must be a time with its offset, such as 2026-12-24T00:00:00Z' })
  .transform((text) => Date.parse(text));

/** Something from one instant to a later one. */
const span = <S extends z.ZodRawShape>(fields: S) =>
  z
    .strictObject({ from: instant, to: instant, ...fields })
    .refine((entry) => isForward(entry as { from: number; to: number }), {
      message: 'must be later than from',
      path: ['to'],
    });

// Of a time that is none nothing more is said: it compares with nothing.
const isForward = ({ from, to }: { readonly from: number; readonly to: number }): boolean => !(from >= to);

const OPENS = 'must be a time of day such as "08:00"';
const CLOSES = 'must be a time of day such as "16:00", or "24:00" for the end of the day';
const window = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1),
  from: z.string(OPENS).regex(/^([01]\d|2[0-3]):[0-5]\d$/, OPENS),
  to: z.string(CLOSES).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, CLOSES),
});

const team = z.strictObject({
  team: name,
  timezone: zone,
  windows: z.array(window).min(1),
  people: z.array(id).min(1),
  // A day and not a time: turns change with the day of the team's zone.
  rotation: z.strictObject({ every: duration, from: z.iso.date('must be a day such as 2026-01-05') }).optional(),
  overrides: z.array(span({ person: id })).default([]),
});

export const directoryYaml = (env: Environment, presets: Presets) => {
  const channels = z.array(channel(env, presets));
  const ofContacts = z.array(channel(env, presets, { isOfContacts: true }));
  const person = z.strictObject({
    id,
    name,
    manager: id.optional(),
    timezone: zone.default('UTC'),
    languages: z.array(z.string().min(1)).default(['en']),
    channels: channels.default([{ kind: 'console' }]),
    away: z.array(span({ delegate: id.optional() })).default([]),
  });
  return z.strictObject({
    people: z.array(person).min(1),
    dutyManagers: z.array(id).min(1, 'must name somebody: every search for a manager ends with them'),
    dutyExecutive: z.array(id).default([]),
    onCall: z.array(team).default([]),
    rnd: z.array(id).default([]),
    contactChannels: ofContacts.min(1).default([{ kind: 'console' }]),
  });
};

export type DirectoryYaml = z.output<ReturnType<typeof directoryYaml>>;
