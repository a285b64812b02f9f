/**
 * R4-R6, R33, B6, B7: opening, assigning, closing and reopening a case, its entitlement and its policy. Invariants: a case
 * has a severity from its first event; it closes only with the customer's agreement; it keeps the policy it was opened with
 * until an event says otherwise.
 */
import { isOlder, type Due, type Turn } from '../concern';
import { refusal, type Refusal } from '../language/refusal';
import { mergeContacts, problemsOfContact } from '../language/contact-list';
import type { EventOf } from '../language/events';
import type { CaseOpening } from '../language/opening';
import type { Input } from '../language/inputs';
import { NOT_ESCALATED, type CaseState } from '../language/state';
import { isActive, needOf } from '../paging/find';
import { ownersOf } from '../paging/levels';

/** What an opening must be besides its shape; E-Down answers are judged by e-down.ts. */
export function judgeOpening(opening: CaseOpening, caseNumberPattern: string): Refusal | undefined {
  const { caseNumber, severity, channel, engineer, role, customer } = opening;
  if (!new RegExp(caseNumberPattern).test(caseNumber)) {
    return refusal('INVALID_CASE_NUMBER', undefined, [
      { field: 'caseNumber', problem: { key: 'MUST_MATCH', pattern: caseNumberPattern } },
    ]);
  }
  if (role === 'CUSTOMER' && customer.accountActive === false && isWeb(channel)) return refusal('ACCOUNT_INACTIVE');
  if (severity === 0 && channel === 'CASE_LOGGER') return refusal('E_DOWN_NOT_AT_LOGGING');
  if (channel === 'PHONE' && engineer === undefined && role !== 'ENGINEER') {
    return refusal('ENGINEER_REQUIRED', undefined, [{ field: 'engineer', problem: { key: 'NOT_GIVEN' } }]);
  }
  const unreachable = (opening.contacts ?? []).flatMap((contact, index) =>
    problemsOfContact(contact, `contacts[${index}]`),
  );
  return unreachable.length > 0 ? refusal('INVALID_CONTACT', undefined, unreachable) : undefined;
}

export const isWeb = (channel: CaseOpening['channel']): boolean =>
  channel === 'CASE_TRACKER' || channel === 'CASE_LOGGER';

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
    severityKnown: data.severity,
    engineer: data.engineer ?? null,
    ownerUnknown: false,
    chart: [],
    contacts: mergeContacts([], data.contacts ?? []).map((contact) => ({ ...contact })),
    // On a call it is the engineer who opens it, for whoever calls (R5).
    accounts: requestedBy === undefined ? [] : [requestedBy],
    inForce: { severity: now, engineer: now, contacts: now, promise: now },
    tiers: [],
    escalation: NOT_ESCALATED(),
    suggested: [],
    suggestSince: now,
    emergency: { is: 'NONE' },
    pastEpisodes: [],
    eDownRequest: null,
    eDownRefusedAt: null,
    eDownCount: 0,
    eDownRefusals: 0,
    substantiveProgressAt: null,
    stalled: false,
    provisionalEntitlement: false,
    clocks: [],
    handOver: null,
    actions: [],
    nextAction: 1,
    sprs: [],
    needs: [],
    pages: [],
    nextPage: 1,
    people: [],
    hadBefore: [],
    unverified: [],
    later: [],
    actedAt: now,
    requests: [],
    tail: [],
    tailBytes: [],
  };
}

export function assignEngineer(turn: Turn, { engineer }: Input<'assignEngineer'>): Refusal | void {
  const { state } = turn;
  if (isOlder(turn, 'engineer', 'assignEngineer', { engineer })) return;
  if (engineer === state.engineer && !state.ownerUnknown) return refusal('ENGINEER_UNCHANGED');
  turn.emit('EngineerAssigned', { engineer, before: state.engineer });
}

/** R13: entitlement as it is known now; an expiry never stops an emergency. */
export function updateEntitlement(turn: Turn, input: Input<'updateEntitlement'>): void {
  const { activeSupport, enterprise, accountActive } = input;
  const { seq } = turn.emit('EntitlementUpdated', {
    activeSupport,
    enterprise,
    ...(accountActive !== undefined && { accountActive }),
  });
  // That they are not entitled is for a person to decide, where work goes on already (D17).
  if (!turn.state.provisionalEntitlement) turn.end(['ENTITLEMENT_CHECK'], 'NOT_NEEDED', seq);
  if (isActive(turn.state) && !(activeSupport && enterprise)) turn.note({ key: 'GOES_ON_24X7' });
}

/** B6: the only way a running case gets another policy. */
export function adoptPolicy(turn: Turn, { policy }: Input<'adoptPolicy'>): Refusal | void {
  const { version, hash } = turn.state.policy;
  // A policy file is judged by the worker that reads it; this one came by itself. A warning out of order would never be over.
  if (policy.warnAt.some((percent, index, all) => percent <= (all[index - 1] ?? 0))) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'policy.warnAt', problem: { key: 'MUST_RISE' } }]);
  }
  const { quiet } = policy.eDown.contactCheck;
  for (const end of ['from', 'to'] as const) {
    if (/^([01]\d|2[0-3]):[0-5]\d$/.test(quiet[end])) continue;
    return refusal('INVALID_INPUT', undefined, [
      { field: `policy.eDown.contactCheck.quiet.${end}`, problem: { key: 'TIME_OF_DAY' } },
    ]);
  }
  if (policy.hash === hash) turn.note({ key: 'POLICY_ALREADY', version });
  else turn.emit('PolicyAdopted', { before: version, policy });
}

export function closeCase(turn: Turn, { resolution, customerAgreed }: Input<'closeCase'>): Refusal | void {
  const { state } = turn;
  if (isActive(state)) return refusal('EMERGENCY_ACTIVE');
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [
      { field: 'customerAgreed', problem: { key: 'MUST_BE_VALUE', value: 'true' } },
    ]);
  }
  turn.emit('CaseClosed', { resolution });
}

export function reopenCase(turn: Turn, { reason }: Input<'reopenCase'>): Refusal | void {
  if (turn.state.status === 'OPEN') return refusal('CASE_OPEN');
  turn.emit('CaseReopened', { reason });
}

export function engineerAssigned(state: CaseState, { at, occurredAt, data }: EventOf<'EngineerAssigned'>): void {
  state.engineer = data.engineer;
  state.ownerUnknown = false;
  delete state.unheard;
  state.chart = [];
  state.inForce.engineer = Date.parse(occurredAt ?? at);
  // Their part has ended, unless they have taken the emergency as whoever is on call.
  const alerts = needOf(state, 'E_DOWN_ALERT')?.turn;
  const isOnCall = alerts?.is === 'HELD' && alerts.person === data.before && !alerts.besides;
  for (const person of state.people) if (person.id === data.before && isActive(state) && !isOnCall) person.isOff = true;
}

export function entitlementUpdated(state: CaseState, { role, data }: EventOf<'EntitlementUpdated'>): void {
  const { activeSupport, enterprise, accountActive = state.customer.accountActive } = data;
  state.customer = { ...state.customer, activeSupport, enterprise, accountActive };
  if (role === 'MANAGER' || (activeSupport && enterprise)) state.provisionalEntitlement = false;
}

export function caseClosed(state: CaseState, { at, data }: EventOf<'CaseClosed'>): void {
  const holders = state.needs.flatMap(({ turn }) => (turn.is === 'HELD' ? [turn.person] : []));
  delete state.unheard;
  state.hadBefore = [...new Set([...ownersOf(state), ...holders])].filter((id) => id !== state.engineer).slice(0, 10);
  Object.assign(state, {
    status: 'CLOSED',
    closedAt: Date.parse(at),
    resolution: data.resolution,
    emergency: { is: 'NONE' },
    tiers: [],
    escalation: NOT_ESCALATED(),
    suggested: [],
    stalled: false,
    provisionalEntitlement: false,
    clocks: [],
  });
}

export function caseReopened(state: CaseState, { at }: EventOf<'CaseReopened'>): void {
  // What the policy suggests is counted from now on.
  Object.assign(state, { status: 'OPEN', closedAt: null, resolution: null, suggestSince: Date.parse(at) });
}

/** A closed case stays reachable for its reopen window, then its workflow completes. */
const reopenWindowEnds = ({ closedAt, policy }: CaseState): number | null =>
  closedAt === null ? null : closedAt + policy.reopenWindowMs;

/** Nothing is left to do: the window is over and nobody is asked for anything. */
export const isFinished = (state: CaseState, now: number): boolean => {
  const ends = reopenWindowEnds(state);
  return ends !== null && now >= ends && state.needs.length === 0;
};

export function dueLifecycle(state: CaseState): Due[] {
  const at = reopenWindowEnds(state);
  // While somebody is being looked for, the case goes on until they are found: the end of the window is no moment to wait
  // for then, and would come again and again.
  if (at === null || state.needs.length > 0) return [];
  return [{ key: 'reopen window', at, what: { key: 'REOPEN_WINDOW' }, act: () => undefined }];
}
