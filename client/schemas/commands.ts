/** One schema a command, under the command's name: what the CLI, the gateway and its OpenAPI document are made from. */
import { z } from 'zod';
import type { CommandName, Input } from '../../workflows/messages';
import { CONTACT_ACTION_KINDS, ESCALATION_REASONS, LEVELS, SEVERITIES } from '../../workflows/core/language/vocabulary';
import { contactReplacementSchema, contactsSchema, eDownSchema } from './e-down';
import { message, messageOfOneRole } from './envelope';
import { policySchema } from './policy';
import { id, instant, integer, optional, text } from './scalars';

const person = id(120);
const sentence = text(1200);
const sprNumber = id(40);
const pageId = id(60);
const agreed = z.boolean();

export const commandSchemas = {
  changeSeverity: message({
    severity: z.literal(SEVERITIES),
    reason: optional(sentence),
    eDown: optional(eDownSchema),
    customerAgreed: optional(agreed),
  }),
  requestEDown: message({ eDown: optional(eDownSchema), withdraw: optional(z.boolean()) }),
  escalate: message({
    level: optional(z.enum(LEVELS)),
    reason: optional(z.enum(ESCALATION_REASONS)),
    justification: optional(sentence),
    dissatisfaction: optional(sentence),
    criticalDate: optional(instant),
  }),
  acceptEscalation: messageOfOneRole({}),
  acknowledge: messageOfOneRole({ pageId: optional(pageId) }),
  decline: messageOfOneRole({ pageId: optional(pageId), reason: optional(sentence) }),
  confirmStaffing: messageOfOneRole({ staff: z.array(person).min(1).max(20), from: optional(instant) }),
  recordCustomerContact: message({
    how: z.enum(['PHONE', 'EMAIL', 'MEETING']),
    outcome: z.enum(['REACHED', 'NO_ANSWER']),
    summary: sentence,
    at: optional(instant),
    nextUpdateBy: optional(instant),
  }),
  confirmResources: messageOfOneRole({
    plan: z
      .array(z.object({ who: person, task: text(400) }))
      .min(1)
      .max(20),
  }),
  linkSpr: message({ sprNumber, sprSeverity: optional(text(40)) }),
  escalateSpr: message({ sprNumber, reason: sentence }),
  recordSprStatus: message({ sprNumber, status: z.enum(['SUBMITTED', 'RESOLVED']), note: optional(sentence) }),
  deEscalate: messageOfOneRole({ reason: sentence, customerAgreed: agreed }),
  requestManagerContact: message({ callback: optional(text(200)) }),
  recordTransfer: messageOfOneRole({ outcome: z.enum(['CONNECTED', 'UNREACHABLE']), manager: optional(person) }),
  recordProgress: message({ summary: sentence, substantive: z.boolean() }),
  confirmWorkableSystem: message({ summary: optional(sentence) }),
  stepDown: message({ reason: sentence, customerAgreed: agreed }),
  updateContacts: message({
    add: optional(contactsSchema),
    replace: optional(z.array(contactReplacementSchema).max(10)),
    remove: optional(z.array(id(120)).max(10)),
  }),
  requestContactAction: message({ kind: z.enum(CONTACT_ACTION_KINDS), what: sentence, dueAt: optional(instant) }),
  completeContactAction: message({ actionId: id(60), result: sentence }),
  handOver: messageOfOneRole({
    to: person,
    state: sentence,
    tried: sentence,
    nextStep: sentence,
    promise: optional(sentence),
  }),
  acceptHandOver: messageOfOneRole({}),
  assignEngineer: message({ engineer: person }),
  reviewEDown: messageOfOneRole({
    verdict: z.enum(['CONFIRMED', 'PROPOSE_LOWER']),
    note: sentence,
    episode: optional(integer(1, 10_000)),
  }),
  updateEntitlement: message({
    activeSupport: z.boolean(),
    enterprise: z.boolean(),
    accountActive: optional(z.boolean()),
  }),
  adoptPolicy: message({ policy: policySchema }),
  closeCase: message({ resolution: sentence, customerAgreed: agreed }),
  reopenCase: message({ reason: sentence }),
} satisfies { readonly [N in CommandName]: z.ZodType<Input<N>> };
