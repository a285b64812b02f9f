/**
 * R1, R2, R4-R11, R28, H6: severity says how bad it is. It never moves the escalation level, and the level never moves it.
 * Invariant: lowering an E-Down is always a person's act, with a reason and the customer's agreement (H10).
 */
import { isOlder, type Turn } from '../concern';
import { refusal, type Refusal } from '../language/refusal';
import type { EventOf } from '../language/events';
import type { Input } from '../language/inputs';
import type { CaseState } from '../language/state';
import { holderOf, needOf } from '../paging/find';

export function changeSeverity(turn: Turn, input: Input<'changeSeverity'>): Refusal | void {
  const { state } = turn;
  const { severity, reason } = input;
  if (isOlder(turn, 'severity', 'changeSeverity', { severity, reason })) return;
  if (severity === state.severity) return refusal('SEVERITY_UNCHANGED', { key: 'IS_SEVERITY', severity });
  const barred = state.severity === 0 ? mayNotLower(turn, input) : undefined;
  if (barred) return barred;
  const { seq } = setSeverity(turn, input);
  turn.end(['SEVERITY_ZERO_IDLE'], 'NOT_NEEDED', seq);
  withdrawIfKnown(turn, seq);
}

/** A person lowers an E-Down, with a reason and the customer's agreement; the customer's own act is their agreement. */
function mayNotLower({ who }: Turn, { reason, customerAgreed }: Input<'changeSeverity'>): Refusal | undefined {
  if (who?.role === 'SERVICE') return refusal('FORBIDDEN_ROLE', { key: 'NO_SERVICE' });
  if (isCustomers(who)) return undefined;
  if (customerAgreed !== true) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [
      { field: 'customerAgreed', problem: { key: 'MUST_BE_VALUE', value: 'true' } },
    ]);
  }
  return reason === undefined
    ? refusal('INVALID_INPUT', { key: 'REASON_NEEDED' }, [{ field: 'reason', problem: { key: 'NOT_GIVEN' } }])
    : undefined;
}

const isCustomers = (who: Turn['who']): boolean => who?.role === 'CUSTOMER' || who?.role === 'CONTACT';

export function setSeverity(
  turn: Turn,
  { severity, reason, customerAgreed }: Input<'changeSeverity'>,
): EventOf<'SeverityChanged'> {
  const { who, actor } = turn;
  const { by = '', channel, requestedBy } = actor;
  // On a call the engineer sets what the customer asks for; on the Web they are one person (R5, R11).
  const asker = requestedBy ?? (isCustomers(who) ? who?.person : undefined);
  const agreed = customerAgreed ?? (isCustomers(who) && turn.state.severity === 0 ? true : undefined);
  const changed = turn.emit('SeverityChanged', {
    before: turn.state.severity,
    severity,
    setBy: by,
    ...(asker !== undefined && { requestedBy: asker }),
    ...(reason !== undefined && { reason }),
    ...(agreed !== undefined && { customerAgreed: agreed }),
  });
  if (channel === 'PHONE' && asker === undefined) turn.note({ key: 'NOBODY_ASKED_FOR' });
  return changed;
}

/** Back to what the engineer knew before anything was asked: nothing is asked any more, and they hear so once (H6). */
function withdrawIfKnown(turn: Turn, because: number): void {
  const { state } = turn;
  const isAsked = needOf(state, 'SEVERITY_CHANGED');
  if (isAsked && isAsked.turn.is !== 'HELD' && state.severity === state.severityKnown)
    turn.end(['SEVERITY_CHANGED'], 'WITHDRAWN', because);
}

/**
 * Asked and not answered: what they knew before still is what they know. That it is an E-Down they have heard by word where somebody else
 * has it; a change of severity that somebody took in their place they have not.
 */
function isUnanswered(state: CaseState): boolean {
  const changed = needOf(state, 'SEVERITY_CHANGED');
  const started = needOf(state, 'E_DOWN_STARTED');
  const isNotTheirs = changed !== undefined && holderOf(changed) !== state.engineer;
  return isNotTheirs || (started !== undefined && holderOf(started) === null);
}

export function severityChanged(state: CaseState, { at, occurredAt, data }: EventOf<'SeverityChanged'>): void {
  state.severity = data.severity;
  state.severitySetBy = data.setBy;
  state.severityRequestedBy = data.requestedBy ?? null;
  state.severitySince = Date.parse(at);
  state.inForce.severity = Date.parse(occurredAt ?? at);
  // Until they are asked, and once they have answered, the engineer knows the severity before the change.
  if (!isUnanswered(state)) state.severityKnown = data.before;
  if (state.emergency.is === 'STEPPED_DOWN' && data.severity !== 0) state.emergency = { is: 'NONE' };
  // What the policy suggests is counted from the severity that is in force.
  state.suggested = [];
  state.suggestSince = Date.parse(at);
}
