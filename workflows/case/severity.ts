/**
 * R1, R2, R4-R11, R28: severity says how bad it is. It never moves the escalation level, and the level never moves it.
 * Invariant: lowering an E-Down is always a person's act, with a reason and the customer's agreement.
 */
import { refusal, type Refusal } from './codes';
import { declare, judgeEDown, refuseEDown } from './e-down';
import { endEmergency } from './emergency';
import type { Evolvers } from './evolve';
import type { Input } from './inputs';
import type { Turn } from './turn';

export const SEVERITY_WORDS = ['E-Down', 'Business Critical', 'Business Moderately Impacted', 'General Question'] as const;

export function changeSeverity(turn: Turn, input: Input<'changeSeverity'>): Refusal | void {
  const { state } = turn;
  const { severity, reason, customerAgreed } = input;
  if (severity === 0) {
    if (state.emergency === 'ACTIVE') return refusal('ALREADY_E_DOWN');
    const judged = judgeEDown(state, input.eDown, turn.now);
    if ('refusal' in judged) return refuseEDown(turn, judged.refusal);
    if (state.severity !== 0) emitChange(turn, input);
    declare(turn, judged);
    return;
  }
  if (severity === state.severity) return refusal('SEVERITY_UNCHANGED', `It is severity ${severity}.`);
  if (state.severity === 0) {
    if (customerAgreed !== true) {
      return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [{ field: 'customerAgreed', problem: 'must be true' }]);
    }
    if (reason === undefined) {
      return refusal('INVALID_INPUT', 'Lowering an E-Down needs a reason.', [{ field: 'reason', problem: 'is missing' }]);
    }
  }
  emitChange(turn, input);
  if (state.emergency === 'ACTIVE') endEmergency(turn, 'SEVERITY_LOWERED', reason);
}

function emitChange(turn: Turn, { severity, reason, customerAgreed }: Input<'changeSeverity'>): void {
  const { by = '', role, channel, requestedBy } = turn.actor;
  // On a call the engineer sets what the customer asks for; on the Web they are one person (R5, R11).
  const asker = requestedBy ?? (role === 'CUSTOMER' || role === 'CONTACT' ? by : undefined);
  turn.emit('SeverityChanged', {
    before: turn.state.severity,
    severity,
    setBy: by,
    ...(asker !== undefined && { requestedBy: asker }),
    ...(reason !== undefined && { reason }),
    ...(customerAgreed !== undefined && { customerAgreed }),
  });
  if (channel === 'PHONE' && requestedBy === undefined && asker === undefined) {
    turn.note('No customer is named as the one who asked; send `requestedBy` for a change made on a call.');
  }
}

export const evolveSeverity: Evolvers = {
  SeverityChanged(state, { at, data }) {
    state.severity = data.severity;
    state.severitySetBy = data.setBy;
    state.severityRequestedBy = data.requestedBy ?? null;
    state.severitySince = Date.parse(at);
    if (state.emergency === 'STEPPED_DOWN' && data.severity !== 0) state.emergency = 'NONE';
    // What the policy suggests is counted from the severity that is in force.
    state.suggestions = [];
  },
};
