/**
 * Every command in one table: its shape, who may give it, what it decides (contract, section 2). Signals, updates,
 * validators, the CLI and the docs are made from it.
 */
import { acknowledge } from './acknowledge';
import type { Refusal } from './codes';
import { completeContactAction, requestContactAction, updateContacts } from './contacts';
import { requestEDown } from './e-down';
import { confirmWorkableSystem, recordProgress, reviewEDown, stepDown } from './emergency';
import { acceptEscalation, confirmResources, confirmStaffing, deEscalate, escalate, recordCustomerContact, recordTransfer, requestManagerContact } from './escalation';
import { acceptHandOver, handOver } from './hand-over';
import { commandShapes, type CommandName, type Input } from './inputs';
import { adoptPolicy, assignEngineer, closeCase, reopenCase, updateEntitlement } from './lifecycle';
import { changeSeverity } from './severity';
import type { Shape } from './shape';
import { escalateSpr, linkSpr, recordSprStatus } from './spr';
import type { Turn } from './turn';
import { ROLES, type Role } from './vocabulary';

interface Rule<N extends CommandName> {
  readonly shape: Shape<Input<N>>;
  readonly roles: readonly Role[];
  readonly decide: (turn: Turn, input: Input<N>) => Refusal | void;
  /** Possible on a closed case as well. */
  readonly whenClosed?: true;
}

const rule = <N extends CommandName>(name: N, roles: readonly Role[], decide: Rule<N>['decide'], whenClosed?: true): Rule<N> => ({
  shape: commandShapes[name] as unknown as Shape<Input<N>>,
  roles,
  decide,
  ...(whenClosed && { whenClosed }),
});

const ALL = ROLES;
const STAFF = ['ENGINEER', 'MANAGER'] as const;
const NOT_CUSTOMER = ROLES.filter((role) => role !== 'CUSTOMER');
const CLOSED_TOO = true;

export const commands: { readonly [N in CommandName]: Rule<N> } = {
  changeSeverity: rule('changeSeverity', ALL, changeSeverity),
  requestEDown: rule('requestEDown', ALL, requestEDown),
  escalate: rule('escalate', ALL, escalate),
  acceptEscalation: rule('acceptEscalation', ['MANAGER'], acceptEscalation),
  acknowledge: rule('acknowledge', NOT_CUSTOMER, acknowledge, CLOSED_TOO),
  confirmStaffing: rule('confirmStaffing', ['MANAGER'], confirmStaffing),
  recordCustomerContact: rule('recordCustomerContact', STAFF, recordCustomerContact, CLOSED_TOO),
  confirmResources: rule('confirmResources', ['MANAGER'], confirmResources),
  linkSpr: rule('linkSpr', STAFF, linkSpr),
  // An engineer is told who owns the level, which says more than a forbidden role (R47).
  escalateSpr: rule('escalateSpr', STAFF, escalateSpr),
  recordSprStatus: rule('recordSprStatus', ['ENGINEER', 'MANAGER', 'SERVICE'], recordSprStatus, CLOSED_TOO),
  deEscalate: rule('deEscalate', ['MANAGER'], deEscalate),
  requestManagerContact: rule('requestManagerContact', ALL, requestManagerContact, CLOSED_TOO),
  recordTransfer: rule('recordTransfer', ['ASSISTANT'], recordTransfer),
  recordProgress: rule('recordProgress', STAFF, recordProgress),
  // Whoever claims it without being the customer is answered by the rule itself, which asks the contact (R28).
  confirmWorkableSystem: rule('confirmWorkableSystem', ALL, confirmWorkableSystem),
  stepDown: rule('stepDown', STAFF, stepDown),
  updateContacts: rule('updateContacts', ALL, updateContacts),
  requestContactAction: rule('requestContactAction', STAFF, requestContactAction),
  completeContactAction: rule('completeContactAction', ['CONTACT', 'ENGINEER'], completeContactAction),
  handOver: rule('handOver', ['ENGINEER'], handOver),
  acceptHandOver: rule('acceptHandOver', ['ENGINEER'], acceptHandOver),
  assignEngineer: rule('assignEngineer', ['MANAGER', 'ASSISTANT', 'SERVICE'], assignEngineer),
  reviewEDown: rule('reviewEDown', ['MANAGER'], reviewEDown, CLOSED_TOO),
  updateEntitlement: rule('updateEntitlement', ['MANAGER', 'SERVICE'], updateEntitlement, CLOSED_TOO),
  adoptPolicy: rule('adoptPolicy', ['MANAGER', 'SERVICE'], adoptPolicy, CLOSED_TOO),
  closeCase: rule('closeCase', STAFF, closeCase),
  reopenCase: rule('reopenCase', ALL, reopenCase, CLOSED_TOO),
};
