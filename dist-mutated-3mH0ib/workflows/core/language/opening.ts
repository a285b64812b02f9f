/**
 * How a case is opened, and what every message carries: who acts, the customer's contacts, the E-Down answers. Types are
 * derived from the shapes, so that a guard can never lag behind its type. Lengths are bounds of what a case carries.
 */
import {
  anyText,
  bool,
  either,
  id,
  instant,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  scalar,
  text,
  zone,
  WRONG,
  type Of,
  type Shape,
} from './shape';
import { CHANNELS, E_DOWN_CATEGORIES, ENVIRONMENTS, MEANS, REACHES, ROLES, SEVERITIES } from './vocabulary';

/** Who acts, through which channel, and when (R1, R5, R8, R11). */
const sender = {
  by: id(120, { missing: 'UNAUTHENTICATED' }),
  channel: optional(oneOf(CHANNELS, { wrong: 'INVALID_CHANNEL' })),
  /** Whom a PHONE or DESK command is entered for. */
  requestedBy: optional(id(120)),
  requestId: optional(id(100)),
  /** When the sender says that it happened; at most five minutes ahead of the case's clock. */
  occurredAt: optional(instant()),
  means: optional(oneOf(MEANS)),
};
export const envelope = { ...sender, role: oneOf(ROLES) };
/** Where one role only may give the command, or what somebody is asked says who they are. */
export const roleMayBeLeftOut = { ...sender, role: optional(oneOf(ROLES)) };

export const person = id(120);
const entitlement = oneOf([true, false, 'UNKNOWN'] as const);

/** A technical contact on the customer's side and what they attest of themselves (R30, R32). */
export const contactShape = object(
  {
    name: id(120, { wrong: 'INVALID_CONTACT' }),
    reach: oneOf(REACHES, { wrong: 'INVALID_CONTACT' }),
    number: optional(id(40, { wrong: 'INVALID_CONTACT' })),
    email: optional(id(200, { wrong: 'INVALID_CONTACT' })),
    /** IANA: their night is not disturbed unless work waits for them (H4). */
    timezone: optional(zone),
    english: optional(bool),
    knowsSoftware: optional(bool),
    knowsEnvironment: optional(bool),
  },
  { wrong: 'INVALID_CONTACT', missing: 'TECHNICAL_CONTACT_REQUIRED' },
);
export type Contact = Of<typeof contactShape>;

export const contacts = list(contactShape, 0, 10);

const none: Shape<'none'> = scalar({ key: 'CONTACTS_OR_NONE' }, (value) => (value === 'none' ? value : WRONG), {
  wrong: 'INVALID_CONTACT',
});

/**
 * The E-Down answers. Every field may be missing here: which are, and what they must be together, is told all at
 * once by rules/e-down.ts; this only says what a given answer must look like.
 */
export const eDownShape = object({
  category: optional(oneOf(E_DOWN_CATEGORIES, { wrong: 'E_DOWN_CATEGORY_INVALID' })),
  justification: optional(anyText(1200)),
  productivityLossPct: optional(number(0, 100)),
  totalUsers: optional(integer(1, 100_000_000)),
  affectedUsers: optional(integer(0, 100_000_000)),
  actionsTaken: optional(anyText(4000)),
  contactChanges: optional(either(Array.isArray, contacts, none)),
  downSince: optional(instant({ wrong: 'INVALID_DOWNTIME' })),
  downForMinutes: optional(number(-1e9, 1e9, { wrong: 'INVALID_DOWNTIME' })),
  allProductionStopped: optional(bool),
  confirmGenuine: optional(bool),
  technicalContact: optional(contactShape),
});
export type EDownAnswers = Of<typeof eDownShape>;

export const openingShape = object({
  ...envelope,
  caseNumber: id(40, { wrong: 'INVALID_CASE_NUMBER' }),
  title: text(200),
  severity: oneOf(SEVERITIES, { wrong: 'INVALID_SEVERITY', missing: 'SEVERITY_REQUIRED' }),
  customer: object({
    number: id(60),
    name: text(200),
    /** 'UNKNOWN' when the entitlement service could not be asked: E-Down is then accepted provisionally (R13). */
    activeSupport: entitlement,
    enterprise: entitlement,
    accountActive: optional(bool),
    /** IANA: of contacts who have none of their own. */
    timezone: optional(zone),
  }),
  environment: oneOf(ENVIRONMENTS),
  product: optional(text(200)),
  engineer: optional(person),
  contacts: optional(contacts),
  eDown: optional(eDownShape),
  description: optional(anyText(1200)),
});
export type CaseOpening = Of<typeof openingShape>;
