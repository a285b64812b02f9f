/**
 * R38-R52, B7, B11: management attention. Levels go NORMAL → M1 → M2, one step a request, whatever the severity. A level
 * is engaged only when a named manager accepts it (R48); until then it is asked for.
 * Invariant: M1 and M2 are owned by two different persons, and the engineer stays the owner of the case (R42, R45).
 */
import { callerOf, isOlder, type Due, type Turn } from '../concern';
import { refusal, type Refusal } from '../language/refusal';
import type { EventData, EventOf } from '../language/events';
import { alsoWaiting } from '../language/fact';
import type { Input } from '../language/inputs';
import { timersOf } from '../language/policy';
import { NOT_ESCALATED, type CaseState } from '../language/state';
import { iso, MINUTE_MS } from '../language/time';
import type { ClockKind, Level, ManagedLevel } from '../language/vocabulary';
import { episodeOf, isAskedForLevel, needOf, notOwner, owns, personOf } from '../paging/find';
import { levelOf, MANAGED_LEVELS, ownerOf, tierOf, type Tier, type Tiers } from '../paging/levels';
import type { NeedKey } from '../paging/needs';
import { clockOf, isKeptBy, KEPT_BY_A_TALK, pace } from './clocks';

/** Who calls and clicks at the same time has one wish. */
const SAME_WISH_MS = MINUTE_MS;

export function escalate(turn: Turn, input: Input<'escalate'>): Refusal | void {
  const { state } = turn;
  const { level, reason, justification, dissatisfaction, criticalDate } = input;
  const at = levelOf(state);
  if (at !== 'NORMAL' && level === undefined && isTheSameWish(turn, dissatisfaction)) {
    turn.note({ key: 'SAME_WISH', level: at });
    return;
  }
  if (at === 'M2') return remind(turn);
  const next: ManagedLevel = at === 'NORMAL' ? 'M1' : 'M2';
  if (level === 'NORMAL') return refusal('INVALID_ESCALATION', { key: 'NOT_BACK_TO_NORMAL' });
  if (level !== undefined && level !== next && level !== at) {
    return refusal('INVALID_ESCALATION', { key: 'NEXT_LEVEL', level: next }, [
      { field: 'level', problem: { key: 'MUST_BE_VALUE', value: next } },
    ]);
  }
  if (next === 'M2' && (dissatisfaction === undefined || level === 'M1')) {
    return refusal('DISSATISFACTION_REQUIRED', { key: 'AT_M1', person: ownerOf(state, 'M1') }, [
      { field: 'dissatisfaction', problem: { key: 'NOT_GIVEN' } },
    ]);
  }
  turn.emit('Escalated', {
    level: next,
    ...(reason !== undefined && { reason }),
    ...(justification !== undefined && { justification }),
    ...(dissatisfaction !== undefined && { dissatisfaction }),
    ...(criticalDate !== undefined && { criticalDate }),
    noEngineer: state.engineer === null,
  });
  if (state.engineer === null) turn.note({ key: 'NO_ENGINEER_YET' });
}

/**
 * D14: a double click, or phone and Web for one need, is one escalation and not two (R51): the same words of dissatisfaction,
 * or the same person within a minute. Who means the second level says so.
 */
function isTheSameWish({ state, now, actor }: Turn, dissatisfaction: string | undefined): boolean {
  const { wish } = state.escalation;
  if (!wish) return false;
  const isRightAfter = wish.by === (actor.requestedBy ?? actor.by) && now - wish.at <= SAME_WISH_MS;
  const isInTheSameWords = dissatisfaction !== undefined && wish.dissatisfaction === inShort(dissatisfaction);
  return isRightAfter || isInTheSameWords;
}

/** Case and spaces make no other words. */
const inShort = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** R38: at the top there is only a reminder, on record, and not more often than the policy says. */
function remind(turn: Turn): Refusal {
  const { state, now } = turn;
  const last = tierOf(state, 'M2')?.remindedAt ?? null;
  const isPaged = last === null || now - last >= state.policy.escalation.remindAtMostEveryMs;
  turn.emit('EscalationReminded', { level: 'M2', paged: isPaged });
  return refusal('ALREADY_M2', { key: 'MANAGER_REMINDED', isPaged });
}

/** Whoever had it gave it back, or has got the case itself: it is asked for again, and its promises run on (D6, R40). */
export function giveBack(
  turn: Turn,
  levels: readonly ManagedLevel[],
  person: string,
  why: EventData['EscalationReopened']['why'],
): void {
  for (const level of levels) {
    if (ownerOf(turn.state, level) === person) turn.follow('EscalationReopened', { level, person, why });
  }
}

export function confirmStaffing(turn: Turn, { by, staff, from }: Input<'confirmStaffing'>): Refusal | void {
  const person = turn.who?.person ?? by;
  // Whoever is asked for the level and does its work has accepted it by that (D3).
  if (!owns(turn.state, person) && !isAskedForLevel(turn.state, person)) return notOwner(turn.state);
  const { seq } = turn.emit('StaffingConfirmed', { staff, ...(from !== undefined && { from }) });
  turn.end(['STAFFING'], 'NOT_NEEDED', seq);
}

/** R46: named in a plan only once all three have joined. */
export function confirmResources(turn: Turn, { by, plan }: Input<'confirmResources'>): Refusal | void {
  const { state, who } = turn;
  if (ownerOf(state, 'M2') !== (who?.person ?? by)) return notOwner(state);
  const team = teamOf(state);
  const absent = Object.entries(team).filter(([, member]) => !member.joined || member.person === null);
  if (absent.length > 0) {
    return refusal('TEAM_INCOMPLETE', {
      key: 'NOT_JOINED',
      people: absent.map(([role, { person }]) => person ?? role),
    });
  }
  const unnamed = Object.values(team).flatMap(({ person }) =>
    person === null || plan.some((entry) => entry.who === person) ? [] : [person],
  );
  if (unnamed.length > 0) {
    return refusal('TEAM_INCOMPLETE', { key: 'NOT_IN_PLAN', people: unnamed }, [
      { field: 'plan', problem: { key: 'MUST_NAME', people: unnamed } },
    ]);
  }
  turn.emit('ResourcesConfirmed', { plan });
}

interface Member {
  readonly person: string | null;
  readonly joined: boolean;
}

function teamOf(state: CaseState): Readonly<Record<'engineer' | 'manager' | 'secondLevelManager', Member>> {
  const [manager, secondLevelManager] = [ownerOf(state, 'M1'), ownerOf(state, 'M2')];
  const { engineer } = state;
  return {
    engineer: { person: engineer, joined: engineer !== null && state.escalation.joined.includes(engineer) },
    manager: { person: manager, joined: manager !== null },
    secondLevelManager: { person: secondLevelManager, joined: secondLevelManager !== null },
  };
}

/** Whoever acts is in the team; it forms as soon as the third of them has joined. */
export function joinTeam(turn: Turn, person: string): void {
  const { state } = turn;
  if (levelOf(state) !== 'M2') return;
  if (person === state.engineer && !state.escalation.joined.includes(person)) {
    const { seq } = turn.follow('TeamJoined', { person });
    turn.end(['TEAM_ENGINEER'], 'NOT_NEEDED', seq);
  }
  if (state.escalation.teamFormed) return;
  const { engineer, manager, secondLevelManager } = teamOf(state);
  if (!engineer.joined || engineer.person === null || manager.person === null || secondLevelManager.person === null)
    return;
  turn.follow('M2TeamFormed', {
    engineer: engineer.person,
    manager: manager.person,
    secondLevelManager: secondLevelManager.person,
  });
}

/** B7: one step back, by its owner, with the customer's agreement. */
export function deEscalate(turn: Turn, { by, reason, customerAgreed }: Input<'deEscalate'>): Refusal | void {
  const { state, who } = turn;
  const from = levelOf(state);
  if (from === 'NORMAL') return refusal('NOT_ESCALATED');
  if (ownerOf(state, from) !== (who?.person ?? by)) return notOwner(state);
  if (!customerAgreed) {
    return refusal('CUSTOMER_AGREEMENT_REQUIRED', undefined, [
      { field: 'customerAgreed', problem: { key: 'MUST_BE_VALUE', value: 'true' } },
    ]);
  }
  const to: Level = from === 'M2' ? 'M1' : 'NORMAL';
  turn.emit('DeEscalated', { from, to, reason });
}

export function requestManagerContact(turn: Turn, { callback }: Input<'requestManagerContact'>): void {
  const caller = callerOf(turn);
  const fact = needOf(turn.state, 'MANAGER_REQUESTED')?.fact;
  const isTheirs = fact?.type === 'ManagerContactRequested' && fact.data.caller.name === caller.name;
  // A number that they gave before is not taken back by asking again without one.
  const number = callback ?? (isTheirs ? fact.data.callback : undefined);
  turn.emit('ManagerContactRequested', {
    ...(number !== undefined && { callback: number }),
    caller,
    ...alsoWaiting([fact], caller),
  });
}

/** R52, R49, R50: a transfer that reached nobody makes the search go on at once; one that did is a talk, not an acceptance. */
export function recordTransfer(turn: Turn, { outcome, manager }: Input<'recordTransfer'>): Refusal | void {
  const { state } = turn;
  const level = levelOf(state);
  const wanted = needOf(state, 'MANAGER_REQUESTED');
  if (level === 'NORMAL' && !wanted) return refusal('NOT_ESCALATED');
  const { seq } = turn.emit('TransferRecorded', { outcome, ...(manager !== undefined && { manager }) });
  if (outcome === 'CONNECTED') {
    // They wanted to talk to a manager, and have; it is a talk that reached the customer, as any other is (D16).
    const kept = transferKeeps(state, manager);
    turn.end(['MANAGER_REQUESTED', 'E_DOWN_REQUESTED', 'E_DOWN_REFUSED', ...kept], 'NOT_NEEDED', seq);
    if (level !== 'NORMAL' && ownerOf(state, level) === null) turn.note({ key: 'TRANSFER_IS_NO_ACCEPTANCE' });
    return;
  }
  for (const key of [level, 'MANAGER_REQUESTED'] as const) {
    const need = key === 'NORMAL' ? undefined : needOf(state, key);
    // Whoever has promised to call cannot be got on the phone: somebody else is found (R49).
    if (key === 'MANAGER_REQUESTED' && need?.turn.is === 'HELD' && (manager ?? need.turn.person) === need.turn.person) {
      turn.follow('SearchRestarted', { need: key, before: need.turn.person });
      continue;
    }
    if (need?.turn.is !== 'ASKED' || (manager !== undefined && manager !== need.turn.person)) continue;
    turn.moveOn(need, need.turn.person, 0, 'TRANSFER_FAILED');
  }
}

/** Whoever was put through to a manager has had the call that the manager promised; nobody manages their own case (R43). */
export function transferKeeps(state: CaseState, named: string | undefined): readonly Exclude<ClockKind, 'PROGRESS'>[] {
  const manager = named ?? ownerOf(state, levelOf(state));
  const isManagers = manager !== null && manager !== state.engineer && !personOf(state, manager)?.managesNobody;
  return isManagers ? [...KEPT_BY_A_TALK, 'MANAGER_CONTACT'] : KEPT_BY_A_TALK;
}

const tier = <L extends ManagedLevel>(level: L, at: number): Tier => ({
  level,
  since: at,
  owner: null,
  acceptedAt: null,
  remindedAt: null,
});

export function escalated(state: CaseState, { at, by = '', requestedBy, data }: EventOf<'Escalated'>): void {
  const now = Date.parse(at);
  const [m1] = state.tiers;
  state.tiers = data.level === 'M1' || !m1 ? [tier('M1', now)] : [m1, tier('M2', now)];
  const { reason, dissatisfaction, criticalDate } = data;
  const { escalation } = state;
  Object.assign(escalation, {
    reason: reason ?? escalation.reason,
    dissatisfaction: dissatisfaction ?? escalation.dissatisfaction,
    criticalDate: criticalDate ?? escalation.criticalDate,
    wish: {
      by: requestedBy ?? by,
      at: now,
      dissatisfaction: dissatisfaction === undefined ? null : inShort(dissatisfaction),
    },
    teamFormed: false,
    joined: [],
  });
}

/** Another value in the tier of this level. */
function change(state: CaseState, level: ManagedLevel, changed: Partial<Tier>): void {
  state.tiers = state.tiers.map((tier) => (tier.level === level ? { ...tier, ...changed } : tier)) as unknown as Tiers;
}

export function reminded(state: CaseState, { at, data }: EventOf<'EscalationReminded'>): void {
  if (data.paged) change(state, data.level, { remindedAt: Date.parse(at) });
}

export function levelAccepted(state: CaseState, { at, data }: EventOf<'EscalationAccepted'>): void {
  change(state, data.level, { owner: data.owner, acceptedAt: Date.parse(at) });
}

/** Accepted and then silent, given back, or not theirs: the level is open again. */
export function levelIsOpen(state: CaseState, level: ManagedLevel): void {
  change(state, level, { owner: null, acceptedAt: null });
  state.escalation.teamFormed = false;
}

/** The answer of somebody whom nobody knows: the level is theirs no more (D5). */
export function levelsVoided(state: CaseState, person: string): void {
  for (const level of MANAGED_LEVELS) if (ownerOf(state, level) === person) levelIsOpen(state, level);
}

export function deEscalated(state: CaseState, { at, data }: EventOf<'DeEscalated'>): void {
  const [m1] = state.tiers;
  if (data.to === 'NORMAL' || !m1) {
    state.tiers = [];
    state.escalation = NOT_ESCALATED();
  } else {
    state.tiers = [m1];
    Object.assign(state.escalation, { plan: [], joined: [], teamFormed: false });
  }
  // What was left by agreement is not suggested a minute later.
  state.suggested = [];
  state.suggestSince = Date.parse(at);
}

/** B11: what the policy suggests when the system is not restored; a suggestion is never the customer's act. */
export function dueEscalation(state: CaseState): Due[] {
  if (state.status !== 'OPEN' || state.severity !== pace(state)) return [];
  const { suggest } = timersOf(state.policy, state.severity);
  const since = Math.max(episodeOf(state)?.startedAt ?? state.severitySince, state.suggestSince);
  const gap = (suggest.M2Ms ?? 0) - (suggest.M1Ms ?? 0);
  const m1 = tierOf(state, 'M1');
  const level = levelOf(state);
  const toM2 = suggest.M2Ms === undefined ? undefined : Math.max(since + suggest.M2Ms, (m1?.since ?? since) + gap);
  const wanted = [
    ['M1', add(since, suggest.M1Ms), level === 'NORMAL'],
    ['M2', toM2, level === 'M1'],
    ['EXECUTIVE', add(since, suggest.executiveMs), true],
  ] as const;
  return wanted.flatMap(([suggested, at, applies]) =>
    at === undefined || !applies || state.suggested.includes(suggested)
      ? []
      : [
          {
            key: `suggest ${suggested}`,
            at,
            what: { key: 'SUGGESTION' as const, level: suggested },
            act: (turn: Turn, lateMs: number) => {
              if (turn.state.suggested.includes(suggested)) return;
              turn.follow('EscalationSuggested', { level: suggested, origin: 'POLICY', lateMs });
            },
          },
        ],
  );
}

const add = (since: number, ms: number | undefined): number | undefined => (ms === undefined ? undefined : since + ms);

/** The customer has been contacted or not: who, how and when are on record (R43). A page is not contact. */
export function recordCustomerContact(turn: Turn, input: Input<'recordCustomerContact'>): Refusal | void {
  const { how, outcome, summary, at, nextUpdateBy } = input;
  const { now, state, who } = turn;
  if (at !== undefined && Date.parse(at) > now) {
    return refusal('INVALID_INPUT', { key: 'FUTURE_CONTACT' }, [{ field: 'at', problem: { key: 'IN_THE_PAST' } }]);
  }
  if (at !== undefined && Date.parse(at) < state.openedAt) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'at', problem: { key: 'NOT_BEFORE_OPENING' } }]);
  }
  if (nextUpdateBy !== undefined && Date.parse(nextUpdateBy) <= now) {
    return refusal('INVALID_INPUT', undefined, [{ field: 'nextUpdateBy', problem: { key: 'IN_THE_FUTURE' } }]);
  }
  const contactedAt = at ?? turn.actor.occurredAt ?? iso(now);
  const spokenAt = Date.parse(contactedAt);
  // Nobody is the manager of their own work (R43).
  const byManager =
    who?.role === 'MANAGER' && who.person !== state.engineer && !personOf(state, who.person)?.managesNobody;
  // Whoever has talked to the customer since then has not kept what a manager has promised.
  const isWaitedFor = byManager && outcome === 'REACHED' && managersCallIsOwed(state, spokenAt);
  if (!isWaitedFor && isOlder(turn, 'promise', 'recordCustomerContact', { how, outcome, summary, nextUpdateBy }))
    return;
  if (outcome === 'NO_ANSWER') {
    turn.emit('CustomerContactFailed', { how, summary, contactedAt });
    if (nextUpdateBy !== undefined) turn.note({ key: 'PROMISED_TO_NOBODY' });
    return;
  }
  const kinds = [...KEPT_BY_A_TALK, ...(byManager ? (['MANAGER_CONTACT'] as const) : [])] as const;
  const kept = kinds.filter((kind) => isKeptBy(state, kind, spokenAt));
  if (kept.length < kinds.length) turn.note({ key: 'KEPT_ONLY_LATER' });
  const mayPromise = nextUpdateBy !== undefined;
  const { seq } = turn.emit('CustomerContacted', {
    how,
    summary,
    contactedAt,
    ...(mayPromise && { nextUpdateBy }),
    byManager,
  });
  turn.end(kept, 'NOT_NEEDED', seq);
  // Both words of E-Down end by a talk that reached the customer (D16), who wanted a manager has had one (R50); and a talk
  // settles only what it came after.
  const settled = [
    ...(state.eDownRequest === null ? (['E_DOWN_REQUESTED'] as const) : []),
    ...(state.eDownRefusedAt === null ? (['E_DOWN_REFUSED'] as const) : []),
    ...(byManager && askedBefore(state, 'MANAGER_REQUESTED', spokenAt) ? (['MANAGER_REQUESTED'] as const) : []),
  ];
  turn.end(settled, 'NOT_NEEDED', seq);
  if (clockOf(state, 'MANAGER_CONTACT') && !byManager) turn.note({ key: 'MANAGER_STILL_TO_CONTACT' });
  const due = clockOf(state, 'CUSTOMER_UPDATE')?.dueAt;
  if (mayPromise && due !== undefined && due < Date.parse(nextUpdateBy)) {
    turn.note({ key: 'SOONER_THAN_PROMISED', at: iso(due) });
  }
}

/** A manager's call is promised or asked for, and this one came after that. */
const managersCallIsOwed = (state: CaseState, spokenAt: number): boolean =>
  (clockOf(state, 'MANAGER_CONTACT') !== undefined && isKeptBy(state, 'MANAGER_CONTACT', spokenAt)) ||
  (needOf(state, 'MANAGER_REQUESTED') !== undefined && askedBefore(state, 'MANAGER_REQUESTED', spokenAt));

const askedBefore = (state: CaseState, key: NeedKey, at: number): boolean =>
  Date.parse(needOf(state, key)?.fact.at ?? iso(at)) <= at;
