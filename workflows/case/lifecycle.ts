/**
 * R4-R6, R33, B6, B7, section 3 of the contract: opening, assigning, closing and reopening a case, its entitlement and
 * its policy. Invariants: a case has a severity from its first event; it closes only with the customer's agreement; it
 * keeps the policy it was opened with until an event says otherwise.
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import type { EventOf } from './events';
import type { Evolvers } from './evolve';
import { isReview } from './emergency';
import { NOT_ESCALATED, withoutTheirLevels } from './escalation';
import { mergeContacts, problemsOfContact } from './contacts';
import { dropHandOver } from './hand-over';
import type { CaseOpening, Input } from './inputs';
import { endLadder } from './ladder';
import type { CaseState } from './state';
import type { Turn } from './turn';

/** What an opening must be besides its shape; E-Down answers are judged by e-down.ts. */
export function judgeOpening(opening: CaseOpening, caseNumberPattern: string): Refusal | undefined {
  const { caseNumber, severity, channel, engineer, role, customer } = opening;
  if (!new RegExp(caseNumberPattern).test(caseNumber)) {
    return refusal('INVALID_CASE_NUMBER', undefined, [{ field: 'caseNumber', problem: `must match ${caseNumberPattern}` }]);
  }
  if (role === 'CUSTOMER' && customer.accountActive === false && isWeb(channel)) return refusal('ACCOUNT_INACTIVE');
  if (severity === 0 && channel === 'CASE_LOGGER') return refusal('E_DOWN_NOT_AT_LOGGING');
  if (channel === 'PHONE' && engineer === undefined && role !== 'ENGINEER') {
    return refusal('ENGINEER_REQUIRED', undefined, [{ field: 'engineer', problem: 'is missing' }]);
  }
  const unreachable = (opening.contacts ?? []).flatMap((contact, index) => problemsOfContact(contact, `contacts[${index}]`));
  if (unreachable.length > 0) return refusal('INVALID_CONTACT', undefined, unreachable);
  return undefined;
}

export const isWeb = (channel: CaseOpening['channel']): boolean => channel === 'CASE_TRACKER' || channel === 'CASE_LOGGER';

/** On a call the engineer who talks to the customer has the case and sets its severity (R5). */
export const engineerAtOpening = ({ engineer, channel, role, by }: CaseOpening): string | undefined =>
  engineer ?? (channel === 'PHONE' && role === 'ENGINEER' ? by : undefined);

/** The state that the first event makes. */
export function initialState({ seq, at, by, requestedBy, role, channel, data }: EventOf<'CaseOpened'>): CaseState {
  const { customer } = data;
  const asker = requestedBy ?? (role === 'CUSTOMER' || role === 'CONTACT' ? by : undefined);
  const now = Date.parse(at);
  return {
    caseNumber: data.caseNumber,
    title: data.title,
    description: data.description ?? null,
    product: data.product ?? null,
    environment: data.environment,
    customer: { ...customer, accountActive: customer.accountActive ?? true },
    openedAt: now,
    openedOver: channel ?? 'API',
    policy: data.policy,
    seq: seq - 1,
    status: 'OPEN',
    closedAt: null,
    resolution: null,
    severity: data.severity,
    severitySetBy: data.setBy,
    severityRequestedBy: asker ?? null,
    severitySince: now,
    engineer: data.engineer ?? null,
    directManager: null,
    contacts: mergeContacts([], data.contacts ?? []).map((contact) => ({ ...contact })),
    level: 'NORMAL',
    escalation: NOT_ESCALATED(),
    suggestions: [],
    emergency: 'NONE',
    episode: null,
    pastEpisodes: [],
    eDownRequest: null,
    eDownCount: 0,
    eDownRefusals: 0,
    substantiveProgressAt: null,
    stalled: false,
    updateOverdue: false,
    provisionalEntitlement: false,
    clocks: [],
    handOver: null,
    actions: [],
    nextAction: 1,
    sprs: [],
    ladders: [],
    pages: [],
    nextPage: 1,
    tail: [],
  };
}

/** Ladders of the engineer's that a new engineer's own page replaces (R9: reassigned meanwhile → current engineer). */
const OF_THE_ENGINEER = /^(SEVERITY_CHANGED|ASSIGNED|E_DOWN_STARTED|TEAM_ENGINEER|REOPENED)/;

export function assignEngineer(turn: Turn, { engineer }: Input<'assignEngineer'>): Refusal | void {
  const { state } = turn;
  if (engineer === state.engineer) return refusal('ENGINEER_UNCHANGED');
  for (const { key } of state.ladders.filter((ladder) => OF_THE_ENGINEER.test(ladder.key))) endLadder(turn, key, 'REASSIGNED');
  dropHandOver(turn, 'REASSIGNED');
  withoutTheirLevels(turn, engineer, () => turn.emit('EngineerAssigned', { engineer, before: state.engineer }));
}

/** R13: entitlement as it is known now; an expiry never stops an emergency. */
export function updateEntitlement(turn: Turn, { activeSupport, enterprise, accountActive }: Input<'updateEntitlement'>): void {
  turn.emit('EntitlementUpdated', { activeSupport, enterprise, ...(accountActive !== undefined && { accountActive }) });
  if (turn.state.emergency === 'ACTIVE' && !(activeSupport && enterprise)) {
    turn.note('Work goes on 24x7; the manager is told.');
  }
}

/** B6: the only way a running case gets another policy. */
export function adoptPolicy(turn: Turn, { policy }: Input<'adoptPolicy'>): Refusal | void {
  const { version, hash } = turn.state.policy;
  // A policy file is judged by the worker that reads it; this one came by itself. A warning out of order would never be over.
  if (policy.warnAt.some((percent, index, all) => percent <= (all[index - 1] ?? 0))) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'policy.warnAt', problem: 'must rise from one to the next' }]);
  }
  if (policy.hash === hash) turn.note(`The case has policy ${version} already.`);
  else turn.emit('PolicyAdopted', { before: version, policy });
}

export function closeCase(turn: Turn, { resolution, customerAgreed }: Input<'closeCase'>): Refusal | void {
  const { state } = turn;
  if (state.emergency === 'ACTIVE') return refusal('EMERGENCY_ACTIVE');
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [{ field: 'customerAgreed', problem: 'must be true' }]);
  }
  for (const action of state.actions.filter(({ status }) => status === 'OPEN' || status === 'OVERDUE')) {
    turn.follow('ContactActionClosed', { actionId: action.actionId, why: 'NOT_NEEDED' });
  }
  // A review is asked for until it is there (B10), on a closed case too.
  for (const { key } of state.ladders.filter((ladder) => !isReview(ladder.key))) endLadder(turn, key, 'CASE_CLOSED');
  turn.emit('CaseClosed', { resolution });
}

export function reopenCase(turn: Turn, { reason }: Input<'reopenCase'>): Refusal | void {
  if (turn.state.status === 'OPEN') return refusal('CASE_OPEN');
  turn.emit('CaseReopened', { reason });
}

export const evolveLifecycle: Evolvers = {
  EngineerAssigned(state, { data }) {
    state.engineer = data.engineer;
    state.directManager = null;
  },
  EntitlementUpdated(state, { data }) {
    const { activeSupport, enterprise, accountActive = state.customer.accountActive } = data;
    state.customer = { ...state.customer, activeSupport, enterprise, accountActive };
    state.provisionalEntitlement = false;
  },
  PolicyAdopted(state, { data }) {
    state.policy = data.policy;
  },
  CaseClosed(state, { at, data }) {
    Object.assign(state, { status: 'CLOSED', closedAt: Date.parse(at), resolution: data.resolution, emergency: 'NONE', eDownRequest: null });
    Object.assign(state, { stalled: false, updateOverdue: false, provisionalEntitlement: false });
  },
  CaseReopened(state) {
    Object.assign(state, { status: 'OPEN', closedAt: null, resolution: null });
  },
};

/** A closed case stays reachable for its reopen window, then its workflow completes. */
export const reopenWindowEnds = (state: CaseState): number | null =>
  state.closedAt === null ? null : state.closedAt + state.policy.reopenWindowMs;

/** Nothing is left to do: the window is over and nobody is being paged. */
export const isFinished = (state: CaseState, now: number): boolean => {
  const ends = reopenWindowEnds(state);
  return ends !== null && now >= ends && state.ladders.length === 0;
};

export function dueLifecycle(state: CaseState): Due[] {
  const at = reopenWindowEnds(state);
  // While somebody is being looked for, the case goes on until they are found: the end of the window is no moment to wait
  // for then, and would come again and again.
  if (at === null || state.ladders.length > 0) return [];
  return [{ key: 'reopen window', at, what: 'the reopen window ends', act: () => undefined }];
}
