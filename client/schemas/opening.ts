/** How a case is opened. */
import { z } from 'zod';
import type { CaseOpening } from '../../workflows/messages';
import { ENVIRONMENTS, SEVERITIES } from '../../workflows/core/language/vocabulary';
import { contactsSchema, eDownSchema } from './e-down';
import { message } from './envelope';
import { anyText, id, optional, text, zone } from './scalars';

/** `'UNKNOWN'` when the entitlement service could not be asked (R13). */
const entitlement = z.literal([true, false, 'UNKNOWN']);

export const openingSchema = message({
  caseNumber: id(40),
  title: text(200),
  severity: z.literal(SEVERITIES),
  customer: z.object({
    number: id(60),
    name: text(200),
    activeSupport: entitlement,
    enterprise: entitlement,
    accountActive: optional(z.boolean()),
    timezone: optional(zone),
  }),
  environment: z.enum(ENVIRONMENTS),
  product: optional(text(200)),
  engineer: optional(id(120)),
  contacts: optional(contactsSchema),
  eDown: optional(eDownSchema),
  description: optional(anyText(1200)),
}) satisfies z.ZodType<CaseOpening>;
