/**
 * Every command in one table: its shape, who may give it, what it decides. Signals, updates, validators, the CLI and the
 * docs are made from it.
 */
import type { Turn } from './concern';
import type { Refusal } from './language/refusal';
import { commandShapes, type CommandName, type Input } from './language/inputs';
import type { Shape } from './language/shape';
import { ROLES, type Role } from './language/vocabulary';
import { acceptEscalation, acknowledge, decline } from './rules/answer';
import { completeContactAction, requestContactAction, updateContacts } from './rules/contacts';
import { changeToEDown, requestEDown } from './rules/e-down';
import { confirmWorkableSystem, recordProgress, reviewEDown, stepDown } from './rules/emergency';
import {
  confirmResources,
  confirmStaffing,
  deEscalate,
  escalate,
  recordCustomerContact,
  recordTransfer,
  requestManagerContact,
} from './rules/escalation';
import { acceptHandOver, handOver } from './rules/hand-over';
import { adoptPolicy, assignEngineer, closeCase, reopenCase, updateEntitlement } from './rules/lifecycle';
import { changeSeverity, setSeverity } from './rules/severity';
import { escalateSpr, linkSpr, recordSprStatus } from './rules/spr';

/**
 * WORK: by this the actor has done something for the case, which answers what they are asked on it (D3). ANSWER: only a
 * person gives it, and what they are asked says as what (H10). WISH: what the customer wants is no answer of anybody. END: it
 * answers nothing either, for what outlives a closed case is still to be done.
 */
export type Meaning = 'WORK' | 'ANSWER' | 'WISH' | 'END';

interface Rule<N extends CommandName> {
  readonly shape: Shape<Input<N>>;
  readonly roles: readonly Role[];
  readonly meaning: Meaning;
  readonly decide: (turn: Turn, input: Input<N>) => Refusal | void;
  /** Possible on a closed case as well. */
  readonly whenClosed: boolean;
  /** What somebody is who does not say so. */
  readonly byDefault?: Role;
}

interface More<N extends CommandName> {
  readonly decide: Rule<N>['decide'];
  readonly whenClosed?: true;
  readonly byDefault?: Role;
}

function rule<N extends CommandName>(name: N, roles: readonly Role[], meaning: Meaning, more: More<N>): Rule<N> {
  const [only, ...others] = roles;
  const byDefault = more.byDefault ?? (others.length === 0 ? only : undefined);
  return {
    shape: commandShapes[name] as unknown as Shape<Input<N>>,
    roles,
    meaning,
    decide: more.decide,
    whenClosed: more.whenClosed ?? false,
    ...(byDefault && { byDefault }),
  };
}

const ALL = ROLES;
const STAFF = ['ENGINEER', 'MANAGER'] as const;
const PEOPLE_ASKED = ['ENGINEER', 'MANAGER', 'CONTACT'] as const;
const whenClosed = true;

export const commands: { readonly [N in CommandName]: Rule<N> } = {
  changeSeverity: rule('changeSeverity', ALL, 'WORK', {
    decide: (turn, input) =>
      input.severity === 0
        ? changeToEDown(turn, input, () => void setSeverity(turn, input))
        : changeSeverity(turn, input),
  }),
  requestEDown: rule('requestEDown', ALL, 'WISH', { decide: (turn, input) => requestEDown(turn, input), whenClosed }),
  escalate: rule('escalate', ALL, 'WISH', { decide: escalate }),
  acceptEscalation: rule('acceptEscalation', ['MANAGER'], 'ANSWER', { decide: acceptEscalation }),
  acknowledge: rule('acknowledge', PEOPLE_ASKED, 'ANSWER', { decide: acknowledge, whenClosed }),
  decline: rule('decline', PEOPLE_ASKED, 'ANSWER', { decide: decline, whenClosed }),
  confirmStaffing: rule('confirmStaffing', ['MANAGER'], 'WORK', { decide: confirmStaffing }),
  recordCustomerContact: rule('recordCustomerContact', STAFF, 'WORK', { decide: recordCustomerContact, whenClosed }),
  confirmResources: rule('confirmResources', ['MANAGER'], 'WORK', { decide: confirmResources }),
  linkSpr: rule('linkSpr', STAFF, 'WORK', { decide: linkSpr }),
  // An engineer is told who owns the level, which says more than a forbidden role (R47).
  escalateSpr: rule('escalateSpr', STAFF, 'WORK', { decide: escalateSpr }),
  recordSprStatus: rule('recordSprStatus', ['ENGINEER', 'MANAGER', 'SERVICE'], 'WORK', {
    decide: recordSprStatus,
    whenClosed,
  }),
  deEscalate: rule('deEscalate', ['MANAGER'], 'WORK', { decide: deEscalate }),
  requestManagerContact: rule('requestManagerContact', ALL, 'WISH', { decide: requestManagerContact, whenClosed }),
  recordTransfer: rule('recordTransfer', ['ASSISTANT'], 'WISH', { decide: recordTransfer, whenClosed }),
  recordProgress: rule('recordProgress', STAFF, 'WORK', { decide: recordProgress }),
  // Whoever claims it without being the customer is answered by the rule itself, which asks the contact (R28).
  confirmWorkableSystem: rule('confirmWorkableSystem', ALL, 'WISH', { decide: confirmWorkableSystem }),
  stepDown: rule('stepDown', STAFF, 'WORK', { decide: stepDown }),
  updateContacts: rule('updateContacts', ALL, 'WISH', { decide: updateContacts }),
  requestContactAction: rule('requestContactAction', STAFF, 'WORK', { decide: requestContactAction }),
  completeContactAction: rule('completeContactAction', ['CONTACT', 'ENGINEER'], 'WORK', {
    decide: completeContactAction,
  }),
  handOver: rule('handOver', STAFF, 'WORK', { decide: handOver, byDefault: 'ENGINEER' }),
  acceptHandOver: rule('acceptHandOver', ['ENGINEER'], 'WORK', { decide: acceptHandOver }),
  assignEngineer: rule('assignEngineer', ['MANAGER', 'ASSISTANT', 'SERVICE'], 'WORK', { decide: assignEngineer }),
  reviewEDown: rule('reviewEDown', ['MANAGER'], 'WORK', { decide: reviewEDown, whenClosed }),
  updateEntitlement: rule('updateEntitlement', ['MANAGER', 'SERVICE'], 'WORK', {
    decide: updateEntitlement,
    whenClosed,
  }),
  adoptPolicy: rule('adoptPolicy', ['MANAGER', 'SERVICE'], 'WISH', { decide: adoptPolicy, whenClosed }),
  closeCase: rule('closeCase', STAFF, 'END', { decide: closeCase }),
  reopenCase: rule('reopenCase', ALL, 'WISH', { decide: reopenCase, whenClosed }),
};
