/**
 * B4, R41, R43, R29, H8: promises with a clock, all in calendar time: first contact, customer update, progress, the
 * manager's contact, staffing. Warned at the policy's percentages, then broken on record and somebody told.
 * Invariant: a running deadline never moves later because things got worse, nor away because they got better; a broken
 * promise stays in sight until it is kept.
 */
import type { Due, Turn } from '../concern';
import type { EventOf } from '../language/events';
import { timersOf, type SeverityPolicy } from '../language/policy';
import type { CaseState, Clock } from '../language/state';
import { iso } from '../language/time';
import type { ClockKind } from '../language/vocabulary';
import { levelOf } from '../paging/levels';
import { clockOf, isKeptBy, KEPT_BY_A_TALK, pace } from './clocks';

function allowance(timers: SeverityPolicy, kind: ClockKind): number | undefined {
  switch (kind) {
    case 'FIRST_CONTACT':
      return timers.firstContactMs;
    case 'CUSTOMER_UPDATE':
      return timers.customerUpdateMs;
    case 'PROGRESS':
      return timers.progressStallMs;
    case 'MANAGER_CONTACT':
      return timers.managerContactMs;
    case 'STAFFING':
      return timers.staffingMs;
    default:
      return kind satisfies never;
  }
}

const allowed = (state: CaseState, kind: ClockKind): number | undefined =>
  allowance(timersOf(state.policy, pace(state)), kind);

/** Broken, and nobody has promised it anew since. */
const isOver = ({ brokenAt, dueAt }: Clock): boolean => brokenAt !== null && brokenAt >= dueAt;

export function stop(state: CaseState, ...kinds: ClockKind[]): void {
  state.clocks = state.clocks.filter(({ kind }) => !kinds.includes(kind));
}

/** What was promised with a level goes with it; a call that is overdue stays in sight until it is made (H8). */
export function leftLevel(state: CaseState): void {
  const call = clockOf(state, 'MANAGER_CONTACT');
  stop(state, 'STAFFING', ...(call && isOver(call) ? [] : (['MANAGER_CONTACT'] as const)));
}

/** A promise that was kept is given anew, from `at`; none where the policy has no time for it. */
export function start(state: CaseState, at: number, ...kinds: ClockKind[]): void {
  stop(state, ...kinds);
  for (const kind of kinds) {
    const ms = allowed(state, kind);
    if (ms !== undefined) state.clocks.push({ kind, startedAt: at, dueAt: at + ms, warned: 0, brokenAt: null });
  }
}

/** Promised from now on: what runs already is due no later, and what is broken stays so. */
export function promise(state: CaseState, at: number, ...kinds: ClockKind[]): void {
  for (const kind of kinds) {
    const before = clockOf(state, kind);
    if (!before) start(state, at, kind);
    else replace(state, sooner(state, before, at));
  }
}

const replace = (state: CaseState, clock: Clock): void => {
  state.clocks = state.clocks.map((other) => (other.kind === clock.kind ? clock : other));
};

/** As before, or as the time that is allowed now has it, where that is earlier; one that was broken has a new time. */
function sooner(state: CaseState, clock: Clock, at: number): Clock {
  const ms = allowed(state, clock.kind);
  if (ms === undefined || (!isOver(clock) && at + ms >= clock.dueAt)) return clock;
  return { ...clock, startedAt: at, dueAt: at + ms };
}

/** The severity or the policy changed: running promises tighten, none loosens. */
export function tighten(state: CaseState, at: number): void {
  for (const clock of state.clocks) if (!isOver(clock)) replace(state, sooner(state, clock, at));
  if (allowed(state, 'PROGRESS') !== undefined && !clockOf(state, 'PROGRESS')) start(state, at, 'PROGRESS');
}

/** They have heard from us: what was promised before that talk is kept, and the next update promised. */
export function talked(state: CaseState, now: number, spokenAt: number, more: readonly ClockKind[] = []): void {
  const kept = [...KEPT_BY_A_TALK, ...more];
  stop(state, ...kept.filter((kind) => isKeptBy(state, kind, spokenAt)));
  // The call back of R50 on a closed case promises nothing more.
  if (state.status === 'OPEN' && !clockOf(state, 'CUSTOMER_UPDATE')) start(state, now, 'CUSTOMER_UPDATE');
}

export function customerContacted(state: CaseState, { at, occurredAt, data }: EventOf<'CustomerContacted'>): void {
  const now = Date.parse(at);
  talked(state, now, Date.parse(data.contactedAt), data.byManager ? ['MANAGER_CONTACT'] : []);
  const occurred = Date.parse(occurredAt ?? at);
  // What was promised before the promise in force is not promised any more (D15).
  const isNewest = occurred >= state.inForce.promise;
  const next = data.nextUpdateBy === undefined || !isNewest ? null : Date.parse(data.nextUpdateBy);
  const clock = clockOf(state, 'CUSTOMER_UPDATE');
  // What was promised to the customer counts when it is sooner than the policy.
  if (clock && next !== null && next > now && next < clock.dueAt) replace(state, { ...clock, dueAt: next });
  if (isNewest) state.inForce.promise = occurred;
}

export function warned(state: CaseState, { data }: EventOf<'PromiseWarned'>): void {
  const clock = clockOf(state, data.clock);
  if (clock) clock.warned = Math.max(clock.warned, data.percent);
}

export function broken(state: CaseState, kind: ClockKind, at: string): void {
  const clock = clockOf(state, kind);
  if (clock) clock.brokenAt = Date.parse(at);
}

/**
 * The customer has not heard from us: it stays broken until they do, and falls due once more. A call that came after the promise
 * keeps it, however late it is recorded, so when that was given stays.
 */
export function updateOverdue(state: CaseState, { at }: EventOf<'CustomerUpdateOverdue'>): void {
  const now = Date.parse(at);
  const { startedAt = now, brokenAt = null } = clockOf(state, 'CUSTOMER_UPDATE') ?? {};
  start(state, now, 'CUSTOMER_UPDATE');
  const clock = clockOf(state, 'CUSTOMER_UPDATE');
  if (clock) replace(state, { ...clock, startedAt, brokenAt: brokenAt ?? now });
}

/**
 * At M2 the promises are made anew by another person; those of the M1 manager stand while they run, for they are earlier.
 */
export function escalated(state: CaseState, { at, data }: EventOf<'Escalated'>): void {
  for (const kind of ['MANAGER_CONTACT', 'STAFFING'] as const) {
    const before = clockOf(state, kind);
    if (data.level === 'M2' && before && !isOver(before)) continue;
    start(state, Date.parse(at), kind);
    const clock = clockOf(state, kind);
    if (clock && before) clock.brokenAt = before.brokenAt;
  }
}

const warnTime = ({ startedAt, dueAt }: Clock, percent: number): number =>
  startedAt + Math.floor(((dueAt - startedAt) * percent) / 100);

/** Every promise's next moment: a warning, or the breach. */
export const duePromises = (state: CaseState): Due[] =>
  state.clocks.filter((clock) => !isOver(clock)).map((clock) => dueOf(state, clock));

/** Whoever is asked for a promise that was broken need not be warned of it. */
function dueOf({ policy }: CaseState, clock: Clock): Due {
  const { kind, dueAt, brokenAt } = clock;
  const isWarned = kind !== 'PROGRESS' && brokenAt === null;
  const percent = isWarned ? policy.warnAt.find((mark) => mark > clock.warned) : undefined;
  const warnAt = percent === undefined ? dueAt : warnTime(clock, percent);
  return {
    key: `clock ${kind}`,
    at: Math.min(warnAt, dueAt),
    what: percent === undefined ? { key: 'PROMISE', clock: kind } : { key: 'PROMISE_WARNING', clock: kind, percent },
    act: (turn) => {
      const now = clockOf(turn.state, kind);
      if (now && dueOf(turn.state, now).at <= turn.now) ring(turn, now);
    },
  };
}

/** After an outage only what is true now is told: the breach, or the highest warning that has passed. */
function ring(turn: Turn, clock: Clock): void {
  const { kind, startedAt, dueAt } = clock;
  const { state, now } = turn;
  const lateMs = now - dueAt;
  if (lateMs < 0) {
    const percent = state.policy.warnAt.filter((mark) => warnTime(clock, mark) <= now).at(-1);
    if (percent !== undefined) turn.follow('PromiseWarned', { clock: kind, percent, dueAt: iso(dueAt) });
    return;
  }
  switch (kind) {
    case 'FIRST_CONTACT':
    case 'MANAGER_CONTACT':
      turn.follow('CustomerContactOverdue', { clock: kind, lateMs });
      return;
    case 'CUSTOMER_UPDATE':
      turn.follow('CustomerUpdateOverdue', { lateMs });
      return;
    case 'PROGRESS':
      turn.follow('ProgressStalled', { since: iso(startedAt), lateMs, ...waitsForContact(state) });
      return;
    case 'STAFFING':
      turn.follow('StaffingOverdue', { level: levelOf(state) === 'M2' ? 'M2' : 'M1', lateMs });
      return;
    default:
      kind satisfies never;
  }
}

/** The stall may not be ours: what was asked of the contact is said with it. */
function waitsForContact({ actions }: CaseState): Pick<EventOf<'ProgressStalled'>['data'], 'waitsFor'> {
  const open = actions.find(({ status }) => status === 'OPEN' || status === 'OVERDUE');
  return open ? { waitsFor: { actionId: open.actionId, what: open.what, dueAt: iso(open.dueAt) } } : {};
}
