/** Technical contacts and the E-Down answers (R21-R32). */
import { z } from 'zod';
import { E_DOWN_CATEGORIES, REACHES } from '../../workflows/core/language/vocabulary';
import { anyText, id, instant, integer, optional, zone } from './scalars';

export const contactSchema = z.object({
  name: id(120),
  reach: z.enum(REACHES),
  number: optional(id(40)),
  email: optional(id(200)),
  timezone: optional(zone),
  english: optional(z.boolean()),
  knowsSoftware: optional(z.boolean()),
  knowsEnvironment: optional(z.boolean()),
});

export const contactsSchema = z.array(contactSchema).max(10);

/** Only what a given answer must look like: which are missing is told by the case, all at once and on record (R37). */
export const eDownSchema = z.object({
  category: optional(z.enum(E_DOWN_CATEGORIES)),
  justification: optional(anyText(1200)),
  productivityLossPct: optional(z.number().min(0).max(100)),
  totalUsers: optional(integer(1, 100_000_000)),
  affectedUsers: optional(integer(0, 100_000_000)),
  actionsTaken: optional(anyText(4000)),
  contactChanges: optional(z.union([contactsSchema, z.literal('none')])),
  downSince: optional(instant),
  downForMinutes: optional(z.number().min(-1e9).max(1e9)),
  allProductionStopped: optional(z.boolean()),
  confirmGenuine: optional(z.boolean()),
  technicalContact: optional(contactSchema),
});

const replacementByName = z.object({ name: id(120), with: contactSchema });

/**
 * `{ name, with }` puts one contact in another's place; a plain contact replaces its namesake. What has a `with` is
 * never taken for a plain contact, so that a broken replacement is refused and not read as something else.
 */
export const contactReplacementSchema = z.union([
  replacementByName,
  contactSchema.extend({ with: z.never().exactOptional() }) as unknown as typeof contactSchema,
]);
