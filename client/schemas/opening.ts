/** How a case is opened (contract, section 2). */
import { z } from 'zod';
import type { CaseOpening } from '../../workflows/messages';
import { ENVIRONMENTS, SEVERITIES } from '../../workflows/case/vocabulary';
import { contactsSchema, eDownSchema } from './e-down';
import { message } from './envelope';
import { anyText, optional, text } from './scalars';

/** `'UNKNOWN'` when the entitlement service could not be asked (R13). */
const entitlement = z.literal([true, false, 'UNKNOWN']);

export const openingSchema = message({
  caseNumber: text(40),
  title: text(200),
  severity: z.literal(SEVERITIES),
  customer: z.object({
    number: text(60),
    name: text(200),
    activeSupport: entitlement,
    enterprise: entitlement,
    accountActive: optional(z.boolean()),
  }),
  environment: z.enum(ENVIRONMENTS),
  product: optional(text(200)),
  engineer: optional(text(120)),
  contacts: optional(contactsSchema),
  eDown: optional(eDownSchema),
  description: optional(anyText(1200)),
}) satisfies z.ZodType<CaseOpening>;
