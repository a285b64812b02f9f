/** What each command carries besides its envelope, as shapes; the types of messages are derived from them. */
import { contacts, contactShape, eDownShape, envelope, person, roleMayBeLeftOut } from './opening';
import { policyShape } from './policy';
import {
  bool,
  either,
  id,
  instant,
  integer,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  text,
  type Of,
  type Shape,
} from './shape';
import {
  CONTACT_ACTION_KINDS,
  CONTACT_WAYS,
  ESCALATION_REASONS,
  LEVELS,
  REVIEW_VERDICTS,
  SEVERITIES,
  type SprStatus,
} from './vocabulary';

type Fields = Parameters<typeof object>[0];
const command = <F extends Fields>(own: F) => object({ ...envelope, ...own });
const commandOfOneRole = <F extends Fields>(own: F) => object({ ...roleMayBeLeftOut, ...own });

const contactReplacement = either(
  (value) => isRecord(value) && 'with' in value,
  object({ name: id(120, { wrong: 'INVALID_CONTACT' }), with: contactShape }, { wrong: 'INVALID_CONTACT' }),
  contactShape,
);
const sentence = text(1200);
const pageId = id(60);
const sprNumber = id(40, { wrong: 'INVALID_SPR_NUMBER' });
const newSprStatus: Shape<Extract<SprStatus, 'SUBMITTED' | 'RESOLVED'>> = oneOf(['SUBMITTED', 'RESOLVED']);

export const commandShapes = {
  changeSeverity: command({
    severity: oneOf(SEVERITIES, { wrong: 'INVALID_SEVERITY', missing: 'SEVERITY_REQUIRED' }),
    reason: optional(sentence),
    eDown: optional(eDownShape),
    customerAgreed: optional(bool),
  }),
  /** `withdraw` takes an earlier request off the desk (R37). */
  requestEDown: command({ eDown: optional(eDownShape), withdraw: optional(bool) }),
  escalate: command({
    level: optional(oneOf(LEVELS, { wrong: 'INVALID_ESCALATION' })),
    reason: optional(oneOf(ESCALATION_REASONS)),
    justification: optional(sentence),
    dissatisfaction: optional(sentence),
    criticalDate: optional(instant()),
  }),
  acceptEscalation: commandOfOneRole({}),
  /** Without a page: everything that this person is asked on this case (H2). */
  acknowledge: commandOfOneRole({ pageId: optional(pageId) }),
  /** "I cannot": the next person is asked at once (D6). */
  decline: commandOfOneRole({ pageId: optional(pageId), reason: optional(sentence) }),
  confirmStaffing: commandOfOneRole({ staff: list(person, 1, 20), from: optional(instant()) }),
  recordCustomerContact: command({
    how: oneOf(CONTACT_WAYS),
    outcome: oneOf(['REACHED', 'NO_ANSWER'] as const),
    summary: sentence,
    at: optional(instant()),
    nextUpdateBy: optional(instant()),
  }),
  confirmResources: commandOfOneRole({ plan: list(object({ who: person, task: text(400) }), 1, 20) }),
  linkSpr: command({ sprNumber, sprSeverity: optional(text(40)) }),
  escalateSpr: command({ sprNumber, reason: sentence }),
  recordSprStatus: command({ sprNumber, status: newSprStatus, note: optional(sentence) }),
  deEscalate: commandOfOneRole({ reason: sentence, customerAgreed: bool }),
  requestManagerContact: command({ callback: optional(text(200)) }),
  recordTransfer: commandOfOneRole({
    outcome: oneOf(['CONNECTED', 'UNREACHABLE'] as const),
    manager: optional(person),
  }),
  recordProgress: command({ summary: sentence, substantive: bool }),
  confirmWorkableSystem: command({ summary: optional(sentence) }),
  stepDown: command({ reason: sentence, customerAgreed: bool }),
  updateContacts: command({
    add: optional(contacts),
    replace: optional(list(contactReplacement, 0, 10)),
    remove: optional(list(id(120, { wrong: 'INVALID_CONTACT' }), 0, 10)),
  }),
  requestContactAction: command({ kind: oneOf(CONTACT_ACTION_KINDS), what: sentence, dueAt: optional(instant()) }),
  completeContactAction: command({ actionId: id(60), result: sentence }),
  handOver: commandOfOneRole({
    to: person,
    state: sentence,
    tried: sentence,
    nextStep: sentence,
    promise: optional(sentence),
  }),
  acceptHandOver: commandOfOneRole({}),
  assignEngineer: command({ engineer: person }),
  reviewEDown: commandOfOneRole({
    verdict: oneOf(REVIEW_VERDICTS),
    note: sentence,
    episode: optional(integer(1, 10_000)),
  }),
  updateEntitlement: command({ activeSupport: bool, enterprise: bool, accountActive: optional(bool) }),
  adoptPolicy: command({ policy: policyShape }),
  closeCase: command({ resolution: sentence, customerAgreed: bool }),
  reopenCase: command({ reason: sentence }),
};

export type CommandName = keyof typeof commandShapes;
export type Input<N extends CommandName> = Of<(typeof commandShapes)[N]>;
export const COMMANDS = Object.keys(commandShapes) as [CommandName, ...CommandName[]];
