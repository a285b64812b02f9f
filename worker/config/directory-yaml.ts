/** directory.yaml as it may be written. */
import { z } from 'zod';
import type { Presets } from '../../activities/channels/presets';
import { channel } from './channels';
import { id, name } from './id';
import type { Environment } from './secrets';
import { team } from './team-yaml';
import { day, zone } from './times';

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

const holidays = z
  .strictObject({ days: z.array(day).optional(), file: z.string().min(1).optional() })
  .refine(({ days, file }) => days !== undefined || file !== undefined, 'must have days, or file, or both');

export const directoryYaml = (env: Environment, presets: Presets) => {
  const channels = z.array(channel(env, presets));
  const ofContacts = z.array(channel(env, presets, { isOfContacts: true }));
  const person = z.strictObject({
    id,
    name,
    email: z.string().regex(EMAIL, 'must be an e-mail address').optional(),
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
    holidays: z.record(z.string(), holidays).default({}),
    onCall: z.array(team(env)).default([]),
    rnd: z.array(id).default([]),
    contactChannels: ofContacts.min(1).default([{ kind: 'console' }]),
  });
};

/** Only as much as tells a slip of the pen: what a server takes is for the server to say. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export type DirectoryYaml = z.output<ReturnType<typeof directoryYaml>>;
