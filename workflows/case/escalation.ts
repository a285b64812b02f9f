/**
 * R38-R52, B7, B11: management attention. Levels go NORMAL → M1 → M2, one step a request, whatever the severity. A level
 * is engaged only when a named manager accepts it (R48); until then its ladder climbs.
 * Invariant: M1 and M2 are owned by two different persons, and the engineer stays the owner of the case (R42, R45).
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import type { Evolvers } from './evolve';
import type { Input } from './inputs';
import { endLadder, isOpen, ladderOf, pagesOf, unanswered, waitNoMore } from './ladder';
import { acknowledgeLadder } from './ladder-state';
import { managedLevel, MANAGED_LEVELS, otherLevel, ownerOf, tierOf } from './levels';
import { timersOf } from './policy';
import { clockOf, pace } from './promises';
import type { CaseState, Tier } from './state';
import { iso } from './time';
import type { Turn } from './turn';
import type { Level, ManagedLevel } from './vocabulary';

/** Whoever owns the managing level or the one below it may act for it (R41, R47). */
export const owns = (state: CaseState, person: string): boolean => MANAGED_LEVELS.some((level) => ownerOf(state, level) === person);

export function escalate(turn: Turn, input: Input<'escalate'>): Refusal | void {
  const { state } = turn;
  const { level, reason, justification, dissatisfaction, criticalDate } = input;
  const why = {
    ...(reason !== undefined && { reason }),
    ...(justification !== undefined && { justification }),
    ...(dissatisfaction !== undefined && { dissatisfaction }),
    ...(criticalDate !== undefined && { criticalDate }),
  };
  if (state.level === 'M2') return remind(turn);
  const next: ManagedLevel = state.level === 'NORMAL' ? 'M1' : 'M2';
  if (level !== undefined && level !== next && level !== state.level) {
    return refusal('INVALID_ESCALATION', `The next level is ${next}.`, [{ field: 'level', problem: `must be ${next}` }]);
  }
  if (level === 'NORMAL') return refusal('INVALID_ESCALATION', 'Escalating does not lead back to NORMAL.');
  if (next === 'M2' && (dissatisfaction === undefined || level === 'M1')) {
    return refusal('DISSATISFACTION_REQUIRED', `The case is with ${state.escalation.m1?.owner ?? 'the direct manager'} (M1) already.`, [
      { field: 'dissatisfaction', problem: 'is missing; level M2 needs it' },
    ]);
  }
  if (next === 'M2' && level === undefined && isTheSameNeed(turn)) {
    return refusal('DISSATISFACTION_REQUIRED', 'The case went to M1 a moment ago, phone and Web count as one request; send level M2 if that is meant.', [
      { field: 'level', problem: 'is missing; say M2 if a second escalation is meant' },
    ]);
  }
  turn.emit('Escalated', { level: next, ...why, noEngineer: state.engineer === null });
  if (state.engineer === null) turn.note('No engineer is assigned yet: the duty manager is paged.');
}

/** Who calls and clicks at the same time has one need. */
const SAME_NEED_MS = 60_000;

/** R51: on the phone and over the Web at once, each with what is not satisfactory, is one escalation and not two. */
function isTheSameNeed({ state, now, actor }: Turn): boolean {
  const { m1, dissatisfaction } = state.escalation;
  return m1 !== null && dissatisfaction !== null && m1.byPhone !== (actor.channel === 'PHONE') && now - m1.since < SAME_NEED_MS;
}

/** R38: at the top there is only a reminder, on record, and not more often than the policy says. */
function remind(turn: Turn): Refusal {
  const { state, now } = turn;
  const last = state.escalation.m2?.remindedAt ?? null;
  const paged = last === null || now - last >= state.policy.escalation.remindAtMostEveryMs;
  turn.emit('EscalationReminded', { level: 'M2', paged });
  return refusal('ALREADY_M2', paged ? 'The manager is reminded.' : 'The manager was reminded a short while ago.');
}

/**
 * Who may have this level: never the owner of the other one, and nobody for their own case (R40, R45). M2 is for somebody above
 * the direct manager, unless they were asked all the same, on duty, or a whole search has found nobody.
 */
export function mayOwn(state: CaseState, level: ManagedLevel, person: string): Refusal | undefined {
  if (person === state.engineer) return refusal('OTHER_MANAGER_REQUIRED', 'You are the engineer of the case.');
  const ladder = ladderOf(state, level);
  const isAbove = level === 'M1' || person !== state.directManager?.person;
  if (!isAbove && ladder && !ladder.paged.includes(person) && !ladder.nobodyReached) return refusal('OTHER_MANAGER_REQUIRED', 'You are the direct manager; M2 is for somebody above.');
  return ownerOf(state, otherLevel(level)) === person ? refusal('OTHER_MANAGER_REQUIRED', `You have ${otherLevel(level)}.`) : undefined;
}

export function acceptEscalation(turn: Turn, { by }: Input<'acceptEscalation'>): Refusal | void {
  const { state } = turn;
  if (state.level === 'NORMAL') return refusal('NOT_ESCALATED');
  const pending = (['M2', 'M1'] as const).filter((level) => tierOf(state, level)?.status === 'PENDING');
  // Whoever was asked for one level answers for that one, late as well: nobody asked them for the other (R48).
  const isAsked = (candidate: ManagedLevel): boolean => ladderOf(state, candidate)?.target === by;
  const wasAsked = (candidate: ManagedLevel): boolean => ladderOf(state, candidate)?.paged.includes(by) === true;
  const level = pending.find(isAsked) ?? pending.find(wasAsked) ?? pending.find((candidate) => !mayOwn(state, candidate, by)) ?? pending[0];
  if (level === undefined) {
    return refusal('ALREADY_ACCEPTED', `${ownerOf(state, state.level) ?? 'Somebody'} has it.`);
  }
  const barred = mayOwn(state, level, by);
  if (barred) return barred;
  const ladder = ladderOf(state, level);
  // Reassigned while they were silent: the newer ladder must not be stopped by an old answer (R48). Once a whole search
  // has found nobody, whoever comes is welcome.
  if (ladder?.target && ladder.target !== by && ladder.paged.includes(by) && !ladder.nobodyReached) {
    return refusal('STALE_ASSIGNMENT', `${ladder.target} is being asked now.`);
  }
  const page = pagesOf(state, level).find((candidate) => isOpen(candidate) && candidate.person === by);
  if (page) turn.emit('PageAcknowledged', { pageId: page.pageId, person: by });
  accepted(turn, level, by);
}

export function accepted(turn: Turn, level: ManagedLevel, by: string): void {
  turn.emit('EscalationAccepted', { level, owner: by });
  waitNoMore(turn, otherLevel(level));
}

/**
 * R40: nobody manages their own case. Whoever gets it as its engineer gives a level of theirs back, and is not waited for
 * where they were asked; `give` says that they have the case now.
 */
export function withoutTheirLevels(turn: Turn, engineer: string, give: () => void): void {
  for (const level of MANAGED_LEVELS) if (ownerOf(turn.state, level) === engineer) endLadder(turn, level, 'REASSIGNED');
  give();
  for (const level of MANAGED_LEVELS) waitNoMore(turn, level);
}

export function confirmStaffing(turn: Turn, { by, staff, from }: Input<'confirmStaffing'>): Refusal | void {
  if (!owns(turn.state, by)) return notOwner(turn.state);
  endLadder(turn, 'STAFFING', 'NOT_NEEDED');
  turn.emit('StaffingConfirmed', { staff, ...(from !== undefined && { from }) });
}

export const notOwner = (state: CaseState): Refusal =>
  refusal('NOT_ESCALATION_OWNER', `Owner: ${ownerOf(state, state.level) ?? 'nobody has accepted yet'}.`);

/** R46: named in a plan only once all three have joined. */
export function confirmResources(turn: Turn, { by, plan }: Input<'confirmResources'>): Refusal | void {
  const { state } = turn;
  const { m2 } = state.escalation;
  if (m2?.owner !== by) return notOwner(state);
  const team = teamOf(state);
  const absent = Object.entries(team).filter(([, member]) => !member.joined || member.person === null);
  if (absent.length > 0) {
    return refusal('TEAM_INCOMPLETE', `Not joined yet: ${absent.map(([role, { person }]) => person ?? role).join(', ')}.`);
  }
  const unnamed = Object.values(team).filter(({ person }) => !plan.some(({ who }) => who === person));
  if (unnamed.length > 0) {
    return refusal('TEAM_INCOMPLETE', `Not in the plan: ${unnamed.map(({ person }) => person).join(', ')}.`, [
      { field: 'plan', problem: `must name ${unnamed.map(({ person }) => person).join(', ')}` },
    ]);
  }
  turn.emit('ResourcesConfirmed', { plan });
}

interface Member {
  readonly person: string | null;
  readonly joined: boolean;
}

function teamOf(state: CaseState): Readonly<Record<'engineer' | 'manager' | 'secondLevelManager', Member>> {
  const { m1, m2, joined } = state.escalation;
  return {
    engineer: { person: state.engineer, joined: state.engineer !== null && joined.includes(state.engineer) },
    manager: { person: m1?.owner ?? null, joined: m1?.status === 'ENGAGED' },
    secondLevelManager: { person: m2?.owner ?? null, joined: m2?.status === 'ENGAGED' },
  };
}

/** Forms the team as soon as the third of them has joined. */
export function formTeam(turn: Turn): void {
  const { state } = turn;
  if (state.level !== 'M2' || state.escalation.teamFormed) return;
  const { engineer, manager, secondLevelManager } = teamOf(state);
  if (!engineer.joined || !manager.joined || !secondLevelManager.joined) return;
  if (engineer.person === null || manager.person === null || secondLevelManager.person === null) return;
  turn.follow('M2TeamFormed', { engineer: engineer.person, manager: manager.person, secondLevelManager: secondLevelManager.person });
}

/** B7: one step back, by its owner, with the customer's agreement. */
export function deEscalate(turn: Turn, { by, reason, customerAgreed }: Input<'deEscalate'>): Refusal | void {
  const { state } = turn;
  if (state.level === 'NORMAL') return refusal('NOT_ESCALATED');
  if (tierOf(state, state.level)?.owner !== by) return notOwner(state);
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [{ field: 'customerAgreed', problem: 'must be true' }]);
  }
  const from = state.level;
  const to: Level = from === 'M2' ? 'M1' : 'NORMAL';
  endLadder(turn, from, 'DE_ESCALATED');
  endLadder(turn, 'TEAM_ENGINEER', 'DE_ESCALATED');
  if (to === 'NORMAL') for (const key of ['MANAGER_CONTACT', 'STAFFING']) endLadder(turn, key, 'DE_ESCALATED');
  turn.emit('DeEscalated', { from, to, reason });
}

export function requestManagerContact(turn: Turn, { callback }: Input<'requestManagerContact'>): void {
  if (ladderOf(turn.state, 'MANAGER_REQUESTED')) turn.note('A manager is being asked already.');
  turn.emit('ManagerContactRequested', callback === undefined ? {} : { callback });
}

/** R52, R49: a transfer that reached nobody makes the ladder go on at once; one that did is a talk, not an acceptance. */
export function recordTransfer(turn: Turn, { outcome, manager }: Input<'recordTransfer'>): Refusal | void {
  const { state } = turn;
  if (state.level === 'NORMAL') return refusal('NOT_ESCALATED');
  turn.emit('TransferRecorded', { outcome, ...(manager !== undefined && { manager }) });
  if (outcome === 'CONNECTED') {
    turn.note('The escalation counts as accepted when the manager accepts it.');
    return;
  }
  const ladder = ladderOf(state, state.level);
  if (ladder && !ladder.ack && ladder.target !== null && (manager === undefined || manager === ladder.target)) unanswered(turn, ladder, 0);
}

const tier = (at: string, channel: string | null | undefined): Tier => ({ status: 'PENDING', since: Date.parse(at), owner: null, acceptedAt: null, remindedAt: null, byPhone: channel === 'PHONE' });

export const NOT_ESCALATED = (): CaseState['escalation'] => ({
  m1: null,
  m2: null,
  reason: null,
  dissatisfaction: null,
  criticalDate: null,
  staff: [],
  plan: [],
  joined: [],
  teamFormed: false,
});

export const evolveEscalation: Evolvers = {
  Escalated(state, { at, channel, data }) {
    state.level = data.level;
    const { escalation } = state;
    if (data.level === 'M1') escalation.m1 = tier(at, channel);
    else escalation.m2 = tier(at, channel);
    escalation.reason = data.reason ?? escalation.reason;
    escalation.dissatisfaction = data.dissatisfaction ?? escalation.dissatisfaction;
    escalation.criticalDate = data.criticalDate ?? escalation.criticalDate;
    escalation.teamFormed = false;
    escalation.joined = [];
  },
  EscalationReminded(state, { at, data }) {
    const { m2 } = state.escalation;
    if (m2 && data.paged) m2.remindedAt = Date.parse(at);
  },
  EscalationAccepted(state, { at, data }) {
    const accepted = tierOf(state, data.level);
    if (!accepted) return;
    Object.assign(accepted, { status: 'ENGAGED', owner: data.owner, acceptedAt: Date.parse(at) });
    acknowledgeLadder(state, data.level, data.owner, Date.parse(at));
  },
  AcknowledgementExpired(state, { data }) {
    // Accepted and then silent: the level is open again, and the ladder looks for somebody (B3).
    const level = managedLevel(data.ladder);
    if (!level) return;
    openAgain(tierOf(state, level));
    state.escalation.teamFormed = false;
  },
  StaffingConfirmed(state, { data }) {
    state.escalation.staff = [...data.staff];
  },
  TeamJoined(state, { data }) {
    if (!state.escalation.joined.includes(data.person)) state.escalation.joined.push(data.person);
  },
  M2TeamFormed(state) {
    state.escalation.teamFormed = true;
  },
  ResourcesConfirmed(state, { data }) {
    state.escalation.plan = data.plan.map((entry) => ({ ...entry }));
  },
  DeEscalated(state, { data }) {
    state.level = data.to;
    if (data.to === 'NORMAL') state.escalation = NOT_ESCALATED();
    else Object.assign(state.escalation, { m2: null, plan: [], joined: [], teamFormed: false });
  },
  EscalationSuggested(state, { at, data }) {
    state.suggestions.push({ level: data.level, at: Date.parse(at) });
  },
  EngineerAssigned: (state, { data }) => replaced(state, data.engineer),
  HandOverAccepted: (state, { data }) => replaced(state, data.to),
  CaseClosed(state) {
    state.level = 'NORMAL';
    state.escalation = NOT_ESCALATED();
    state.suggestions = [];
  },
};

const openAgain = (tier: Tier | null): void => void (tier && Object.assign(tier, { status: 'PENDING', owner: null, acceptedAt: null }));

/** One of the three changed: the team forms again, with the new one in it (R46). A level of the new one's is open again (R40). */
function replaced(state: CaseState, engineer: string): void {
  state.escalation.teamFormed = false;
  for (const level of MANAGED_LEVELS) {
    const own = tierOf(state, level);
    if (own?.owner === engineer) openAgain(own);
  }
}

/** B11: what the policy suggests when the system is not restored; a suggestion is never the customer's act. */
export function dueEscalation(state: CaseState): Due[] {
  if (state.status !== 'OPEN' || state.severity !== pace(state)) return [];
  const { suggest } = timersOf(state.policy, state.severity);
  const since = state.episode?.startedAt ?? state.severitySince;
  const gap = (suggest.M2Ms ?? 0) - (suggest.M1Ms ?? 0);
  const { m1 } = state.escalation;
  const wanted: readonly (readonly [ManagedLevel | 'EXECUTIVE', number | undefined, boolean])[] = [
    ['M1', add(since, suggest.M1Ms), state.level === 'NORMAL'],
    ['M2', suggest.M2Ms === undefined ? undefined : Math.max(since + suggest.M2Ms, (m1?.since ?? since) + gap), state.level === 'M1'],
    ['EXECUTIVE', add(since, suggest.executiveMs), true],
  ];
  return wanted.flatMap(([level, at, applies]) =>
    at === undefined || !applies || state.suggestions.some((made) => made.level === level)
      ? []
      : [{ key: `suggest ${level}`, at, what: `if not restored, ${level} is suggested`, act: (turn: Turn, lateMs: number) => turn.follow('EscalationSuggested', { level, origin: 'POLICY', lateMs }) }],
  );
}

const add = (since: number, ms: number | undefined): number | undefined => (ms === undefined ? undefined : since + ms);

/** The customer has been contacted or not: who, how and when are on record (R43). A page is not contact. */
export function recordCustomerContact(turn: Turn, input: Input<'recordCustomerContact'>): Refusal | void {
  const { how, outcome, summary, at, nextUpdateBy, role } = input;
  const { now, state } = turn;
  if (at !== undefined && Date.parse(at) > now) {
    return refusal('INVALID_INPUT', 'Contact cannot have happened in the future.', [{ field: 'at', problem: 'must not be in the future' }]);
  }
  if (nextUpdateBy !== undefined && Date.parse(nextUpdateBy) <= now) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'nextUpdateBy', problem: 'must be in the future' }]);
  }
  const contactedAt = at ?? iso(now);
  if (outcome === 'NO_ANSWER') {
    turn.emit('CustomerContactFailed', { how, summary, contactedAt });
    return;
  }
  for (const kind of ['FIRST_CONTACT', 'CUSTOMER_UPDATE', 'MANAGER_CONTACT'] as const) {
    if (kind !== 'MANAGER_CONTACT' || role === 'MANAGER') endLadder(turn, kind, 'NOT_NEEDED');
  }
  // R50: they wanted to talk to a manager, and have.
  if (role === 'MANAGER') endLadder(turn, 'MANAGER_REQUESTED', 'NOT_NEEDED');
  if (clockOf(state, 'MANAGER_CONTACT') && role !== 'MANAGER') {
    turn.note('The manager still has to contact the customer.');
  }
  turn.emit('CustomerContacted', { how, summary, contactedAt, ...(nextUpdateBy !== undefined && { nextUpdateBy }) });
}
