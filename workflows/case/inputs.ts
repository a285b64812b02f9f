/**
 * What each command carries besides its envelope (contract, section 2), as shapes. The types of messages are derived
 * from them, so that a guard can never lag behind its type.
 */
import {
  CHANNELS,
  CONTACT_ACTION_KINDS,
  E_DOWN_CATEGORY_CODES,
  E_DOWN_CATEGORIES,
  ENVIRONMENTS,
  ESCALATION_REASONS,
  LEVELS,
  REACHES,
  ROLES,
  SEVERITIES,
  SPR_STATUSES,
} from './vocabulary';
import { policyShape } from './policy';
import { anyText, bool, either, instant, integer, isRecord, list, number, object, oneOf, optional, text, type Of } from './shape';

/** The fields of every message: who acts, as what, through which channel (R1, R5, R8, R11). */
export const envelope = {
  by: text(120, { missing: 'UNAUTHENTICATED' }),
  role: oneOf(ROLES),
  channel: optional(oneOf(CHANNELS, { wrong: 'INVALID_CHANNEL' })),
  requestedBy: optional(text(120)),
  requestId: optional(text(100)),
  occurredAt: optional(instant()),
};

const person = text(120);
const sentence = text(1200);
const entitlement = oneOf([true, false, 'UNKNOWN'] as const);

/** A technical contact on the customer's side and what they attest of themselves (R30, R32). */
export const contactShape = object(
  {
    name: text(120, { wrong: 'INVALID_CONTACT' }),
    reach: oneOf(REACHES, { wrong: 'INVALID_CONTACT' }),
    number: optional(text(40, { wrong: 'INVALID_CONTACT' })),
    email: optional(text(200, { wrong: 'INVALID_CONTACT' })),
    english: optional(bool),
    knowsSoftware: optional(bool),
    knowsEnvironment: optional(bool),
  },
  { wrong: 'INVALID_CONTACT', missing: 'TECHNICAL_CONTACT_REQUIRED' },
);
export type Contact = Of<typeof contactShape>;

const contacts = list(contactShape, 0, 10);

/**
 * The E-Down answers. Every field may be missing here: which are, and what they must be together, is told all at
 * once by e-down.ts; this only says what a given answer must look like.
 */
export const eDownShape = object({
  category: optional(
    oneOf(E_DOWN_CATEGORY_CODES, { wrong: 'E_DOWN_CATEGORY_INVALID' }),
  ),
  justification: optional(anyText(1200)),
  productivityLossPct: optional(number(0, 100)),
  totalUsers: optional(integer(1, 100_000_000)),
  affectedUsers: optional(integer(0, 100_000_000)),
  actionsTaken: optional(anyText(4000)),
  contactChanges: optional(either(Array.isArray, contacts, oneOf(['none'] as const, { wrong: 'INVALID_CONTACT' }))),
  downSince: optional(instant({ wrong: 'INVALID_DOWNTIME' })),
  downForMinutes: optional(number(-1e9, 1e9)),
  allProductionStopped: optional(bool),
  confirmGenuine: optional(bool),
  technicalContact: optional(contactShape),
});
export type EDownAnswers = Of<typeof eDownShape>;
export const CATEGORY_LIST = Object.entries(E_DOWN_CATEGORIES).map(([code, words]) => `${code}: ${words}`);

export const openingShape = object({
  ...envelope,
  caseNumber: text(40, { wrong: 'INVALID_CASE_NUMBER' }),
  title: text(200),
  severity: oneOf(SEVERITIES, { wrong: 'INVALID_SEVERITY', missing: 'SEVERITY_REQUIRED' }),
  customer: object({
    number: text(60),
    name: text(200),
    /** 'UNKNOWN' when the entitlement service could not be asked: E-Down is then accepted provisionally (R13). */
    activeSupport: entitlement,
    enterprise: entitlement,
    accountActive: optional(bool),
  }),
  environment: oneOf(ENVIRONMENTS),
  product: optional(text(200)),
  engineer: optional(person),
  contacts: optional(contacts),
  eDown: optional(eDownShape),
  description: optional(anyText(1200)),
});
export type CaseOpening = Of<typeof openingShape>;

const command = <F extends Parameters<typeof object>[0]>(own: F) => object({ ...envelope, ...own });

const contactReplacement = either(
  (value) => isRecord(value) && 'with' in value,
  object({ name: text(120, { wrong: 'INVALID_CONTACT' }), with: contactShape }, { wrong: 'INVALID_CONTACT' }),
  contactShape,
);

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
  acceptEscalation: command({}),
  acknowledge: command({ pageId: text(60) }),
  confirmStaffing: command({ staff: list(person, 1, 20), from: optional(instant()) }),
  recordCustomerContact: command({
    how: oneOf(['PHONE', 'EMAIL', 'MEETING'] as const),
    outcome: oneOf(['REACHED', 'NO_ANSWER'] as const),
    summary: sentence,
    at: optional(instant()),
    nextUpdateBy: optional(instant()),
  }),
  confirmResources: command({ plan: list(object({ who: person, task: text(400) }), 1, 20) }),
  linkSpr: command({
    sprNumber: text(40, { wrong: 'INVALID_SPR_NUMBER' }),
    sprSeverity: optional(text(40)),
  }),
  escalateSpr: command({ sprNumber: text(40, { wrong: 'INVALID_SPR_NUMBER' }), reason: sentence }),
  recordSprStatus: command({
    sprNumber: text(40, { wrong: 'INVALID_SPR_NUMBER' }),
    status: oneOf(SPR_STATUSES.filter((status) => status === 'SUBMITTED' || status === 'RESOLVED')),
    note: optional(sentence),
  }),
  deEscalate: command({ reason: sentence, customerAgreed: bool }),
  requestManagerContact: command({ callback: optional(text(200)) }),
  recordTransfer: command({
    outcome: oneOf(['CONNECTED', 'UNREACHABLE'] as const),
    manager: optional(person),
  }),
  recordProgress: command({ summary: sentence, substantive: bool }),
  confirmWorkableSystem: command({ summary: optional(sentence) }),
  stepDown: command({ reason: sentence, customerAgreed: bool }),
  updateContacts: command({
    add: optional(contacts),
    replace: optional(list(contactReplacement, 0, 10)),
    remove: optional(list(text(120, { wrong: 'INVALID_CONTACT' }), 0, 10)),
  }),
  requestContactAction: command({
    kind: oneOf(CONTACT_ACTION_KINDS),
    what: sentence,
    dueAt: optional(instant()),
  }),
  completeContactAction: command({ actionId: text(60), result: sentence }),
  handOver: command({
    to: person,
    state: sentence,
    tried: sentence,
    nextStep: sentence,
    promise: optional(sentence),
  }),
  acceptHandOver: command({}),
  assignEngineer: command({ engineer: person }),
  reviewEDown: command({
    verdict: oneOf(['CONFIRMED', 'PROPOSE_LOWER'] as const),
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
