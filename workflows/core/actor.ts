/**
 * R5, R8, R11, H10: who a command is judged as. An assistant on the phone enters it for somebody, and it is as if they had
 * given it themselves; a name that is on no list of the case is nobody's contact.
 */
import type { Who } from './concern';
import { commands } from './commands';
import { refusal, type Refusal } from './language/refusal';
import type { CommandName, Input } from './language/inputs';
import type { CaseState } from './language/state';
import { MINUTE_MS } from './language/time';
import type { Role } from './language/vocabulary';
import { holderOf, isContact, isKnown, isManager } from './paging/find';
import { rowOf } from './paging/needs';
import { isWeb } from './rules/lifecycle';

const AHEAD_MINUTES = 5;

/** Commands that nobody is turned away from for what they say they are (R37, R50). */
const FOR_ANYBODY: readonly CommandName[] = ['requestEDown', 'requestManagerContact'];
/** What only a person may do, whatever speaks for them (H10). */
const NO_SERVICE: readonly CommandName[] = ['confirmWorkableSystem', 'stepDown', 'closeCase', 'acceptHandOver'];

type Judged = Who | { readonly refusal: Refusal };

export function judgeActor(state: CaseState, name: CommandName, input: Input<CommandName>, now: number): Judged {
  const { roles, byDefault } = commands[name];
  const { by, role, channel, requestedBy, occurredAt } = input;
  const refuse = (refused: Refusal): Judged => ({ refusal: refused });
  if (channel === 'CASE_LOGGER') {
    return refuse(
      refusal('INVALID_CHANNEL', undefined, [{ field: 'channel', problem: { key: 'MUST_NOT_BE', value: channel } }]),
    );
  }
  if (occurredAt !== undefined && Date.parse(occurredAt) > now + AHEAD_MINUTES * MINUTE_MS) {
    const problem = { key: 'NOT_SO_FAR_AHEAD', minutes: AHEAD_MINUTES } as const;
    return refuse(refusal('INVALID_INPUT', { key: 'FIELDS' }, [{ field: 'occurredAt', problem }]));
  }
  const isEntered = role === 'ASSISTANT' && channel === 'PHONE' && requestedBy !== undefined;
  const who: Who = isEntered
    ? { person: requestedBy, role: roleOf(state, requestedBy, name) }
    : { person: by, role: role ?? (isAnswer(name) ? roleOf(state, by, name) : (byDefault ?? 'SERVICE')) };
  const isAllowed = roles.includes(who.role) || (isEntered && roles.includes('ASSISTANT'));
  if (who.role === 'SERVICE' && NO_SERVICE.includes(name)) {
    return refuse(refusal('FORBIDDEN_ROLE', { key: 'NO_SERVICE' }));
  }
  if (!isAllowed) {
    const isUnknown = isEntered && who.role === 'ASSISTANT';
    return refuse(
      refusal(
        'FORBIDDEN_ROLE',
        isUnknown ? { key: 'NOT_KNOWN', person: who.person } : { key: 'ALLOWED_ROLES', roles },
        [{ field: 'role', problem: { key: 'MUST_BE_ONE_OF', values: roles } }],
      ),
    );
  }
  if (who.role === 'SERVICE' && (isWithdrawal(name, input) || saysThatTheCustomerAgreed(input))) {
    return refuse(refusal('FORBIDDEN_ROLE', { key: 'NO_SERVICE' }));
  }
  if (who.role === 'CONTACT' && !isContact(state, who.person)) {
    if (FOR_ANYBODY.includes(name)) return { ...who, role: 'CUSTOMER' };
    const onFile = state.contacts.map((contact) => contact.name);
    return refuse(
      refusal('FORBIDDEN_ROLE', { key: 'NOT_A_CONTACT', person: who.person, onFile }, [
        { field: 'by', problem: { key: 'NOT_ON_FILE', onFile } },
      ]),
    );
  }
  const isInactive = who.role === 'CUSTOMER' && isWeb(channel) && !state.customer.accountActive;
  return isInactive && !FOR_ANYBODY.includes(name) ? refuse(refusal('ACCOUNT_INACTIVE')) : who;
}

const isAnswer = (name: CommandName): boolean => name === 'acknowledge' || name === 'decline';

/** As what the case knows them; a manager may do whatever an engineer may. */
function roleOf(state: CaseState, person: string, name: CommandName): Role {
  const { roles } = commands[name];
  // Somebody of ours may have the name of one of the customer's: what they are asked says as whom they answer (D8).
  if (isAnswer(name) && isAskedAsOurs(state, person)) return isManager(state, person) ? 'MANAGER' : 'ENGINEER';
  if (isContact(state, person)) return 'CONTACT';
  if (state.accounts.includes(person)) return 'CUSTOMER';
  if (roles.includes('MANAGER') && isManager(state, person)) return 'MANAGER';
  if (isKnown(state, person)) return 'ENGINEER';
  // Somebody who comes may be a manager of another part of the company: they are looked up (D5).
  if (isAnswer(name)) return 'MANAGER';
  // Otherwise a name on no list of the case is nobody: it is the assistant's own word (H10).
  return name === 'acceptHandOver' ? 'ENGINEER' : 'ASSISTANT';
}

const isAskedAsOurs = ({ needs }: CaseState, person: string): boolean =>
  needs.some(
    (need) => rowOf(need.kind).audience !== 'CONTACT' && (need.asked.includes(person) || holderOf(need) === person),
  );

const isWithdrawal = (name: CommandName, input: Input<CommandName>): boolean =>
  name === 'requestEDown' && 'withdraw' in input && input.withdraw === true;

const saysThatTheCustomerAgreed = (input: Input<CommandName>): boolean =>
  'customerAgreed' in input && input.customerAgreed === true;
