/**
 * B4, R41, R43, R29: promises with a clock, all in calendar time: first contact, customer update, progress, the
 * manager's contact, staffing. Warned at the policy's percentages, then a breach on record and somebody told.
 * Invariant: a change of severity never moves a running deadline later; a breached promise is told until it is kept.
 */
import type { Due } from './agenda';
import type { Evolvers } from './evolve';
import { timersOf, type SeverityPolicy } from './policy';
import type { CaseState, Clock } from './state';
import { iso } from './time';
import type { Turn } from './turn';
import type { ClockKind, Severity } from './vocabulary';

export const CLOCK_WORDS: Readonly<Record<ClockKind, string>> = {
  FIRST_CONTACT: 'first contact with the customer',
  CUSTOMER_UPDATE: 'update to the customer',
  PROGRESS: 'substantive progress',
  MANAGER_CONTACT: 'the manager contacts the customer',
  STAFFING: 'the manager confirms staffing',
};

/** An E-Down that no longer runs round the clock is served like severity 1 until a person lowers it. */
export const pace = (state: CaseState): Severity =>
  state.severity === 0 && state.emergency !== 'ACTIVE' ? 1 : state.severity;

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

export const clockOf = (state: CaseState, kind: ClockKind): Clock | undefined =>
  state.clocks.find((clock) => clock.kind === kind);

function stop(state: CaseState, ...kinds: ClockKind[]): void {
  state.clocks = state.clocks.filter((clock) => !kinds.includes(clock.kind));
}

/** Broken, and nobody has promised it anew since. */
const isOver = ({ breachedAt, dueAt }: Clock): boolean => breachedAt !== null && breachedAt >= dueAt;

/** Starts a promise anew, from `at`; none where the policy has no time for it. */
function start(state: CaseState, at: number, ...kinds: ClockKind[]): void {
  stop(state, ...kinds);
  for (const kind of kinds) {
    const ms = allowance(timersOf(state.policy, pace(state)), kind);
    if (ms !== undefined) state.clocks.push({ kind, startedAt: at, dueAt: at + ms, warned: 0, breachedAt: null });
  }
}

/** The severity or the policy changed: running promises tighten, none loosens. */
function tighten(state: CaseState, at: number): void {
  const timers = timersOf(state.policy, pace(state));
  state.clocks = state.clocks.map((clock) => {
    const ms = allowance(timers, clock.kind);
    if (ms === undefined || isOver(clock) || at + ms >= clock.dueAt) return clock;
    return { ...clock, startedAt: at, dueAt: at + ms, warned: 0 };
  });
  if (timers.progressStallMs !== undefined && !clockOf(state, 'PROGRESS')) start(state, at, 'PROGRESS');
}

export const evolvePromises: Evolvers = {
  CaseOpened: (state, { at }) => start(state, Date.parse(at), 'FIRST_CONTACT', 'PROGRESS'),
  CaseReopened: (state, { at }) => start(state, Date.parse(at), 'FIRST_CONTACT', 'PROGRESS'),
  CaseClosed: (state) => {
    state.clocks = [];
  },
  SeverityChanged: (state, { at }) => tighten(state, Date.parse(at)),
  PolicyAdopted: (state, { at }) => tighten(state, Date.parse(at)),
  EmergencyStarted: (state, { at }) => {
    tighten(state, Date.parse(at));
    start(state, Date.parse(at), 'FIRST_CONTACT', 'CUSTOMER_UPDATE', 'PROGRESS');
  },
  EmergencyEnded: (state, { at, data }) => {
    stop(state, 'FIRST_CONTACT', 'PROGRESS');
    state.updateOverdue = false;
    start(state, Date.parse(at), 'CUSTOMER_UPDATE');
    // Where the system does not run yet, work goes on at another pace, and it may stall there too (R29).
    if (data.how !== 'WORKABLE_SYSTEM') start(state, Date.parse(at), 'PROGRESS');
  },
  ProgressRecorded: (state, { at, data }) => {
    if (data.substantive) start(state, Date.parse(at), 'PROGRESS');
  },
  ProgressStalled: (state, { at }) => start(state, Date.parse(at), 'PROGRESS'),
  Escalated: (state, { at, data }) => {
    // At M2 the promises are made anew by another person; the M1 manager's stand while they run, for they are earlier.
    // One that was broken stays broken until it is kept, and has a new time.
    for (const kind of ['MANAGER_CONTACT', 'STAFFING'] as const) {
      const before = clockOf(state, kind);
      if (data.level === 'M2' && before && !isOver(before)) continue;
      start(state, Date.parse(at), kind);
      const clock = clockOf(state, kind);
      if (clock && before) clock.breachedAt = before.breachedAt;
    }
  },
  DeEscalated: (state, { data }) => {
    if (data.to === 'NORMAL') stop(state, 'MANAGER_CONTACT', 'STAFFING');
  },
  StaffingConfirmed: (state) => stop(state, 'STAFFING'),
  CustomerContacted: (state, { at, role, data }) => {
    const now = Date.parse(at);
    stop(state, 'FIRST_CONTACT', ...(role === 'MANAGER' ? (['MANAGER_CONTACT'] as const) : []));
    // The call back of R50 on a closed case promises nothing more.
    if (state.status === 'OPEN') start(state, now, 'CUSTOMER_UPDATE');
    state.updateOverdue = false;
    const promised = data.nextUpdateBy === undefined ? null : Date.parse(data.nextUpdateBy);
    // What was promised to the customer counts when it is sooner than the policy.
    state.clocks = state.clocks.map((clock) =>
      clock.kind === 'CUSTOMER_UPDATE' && promised !== null && promised > now && promised < clock.dueAt
        ? { ...clock, dueAt: promised }
        : clock,
    );
  },
  PromiseWarned: (state, { data }) => {
    const clock = clockOf(state, data.clock);
    if (clock) clock.warned = state.policy.warnAt.filter((percent) => percent <= data.percent).length;
  },
  CustomerContactOverdue: (state, { at, data }) => breach(state, data.clock, at),
  StaffingOverdue: (state, { at }) => breach(state, 'STAFFING', at),
  CustomerUpdateOverdue: (state, { at }) => {
    state.updateOverdue = true;
    start(state, Date.parse(at), 'CUSTOMER_UPDATE');
  },
};

function breach(state: CaseState, kind: ClockKind, at: string): void {
  const clock = clockOf(state, kind);
  if (clock) clock.breachedAt = Date.parse(at);
}

const warnTime = ({ startedAt, dueAt }: Clock, percent: number): number =>
  startedAt + Math.floor(((dueAt - startedAt) * percent) / 100);

/** Every promise's next moment: a warning, or the breach. */
export function duePromises(state: CaseState): Due[] {
  return state.clocks.flatMap((clock) => {
    const { kind, dueAt, warned } = clock;
    if (isOver(clock)) return [];
    const percent = kind === 'PROGRESS' ? undefined : state.policy.warnAt[warned];
    const warnAt = percent === undefined ? dueAt : warnTime(clock, percent);
    return [
      {
        key: `clock ${kind}`,
        at: Math.min(warnAt, dueAt),
        what: percent === undefined ? CLOCK_WORDS[kind] : `${percent}% of the time is gone for: ${CLOCK_WORDS[kind]}`,
        act: (turn: Turn) => ring(turn, clock),
      },
    ];
  });
}

/** After an outage only what is true now is told: the breach, or the highest warning that has passed. */
function ring(turn: Turn, clock: Clock): void {
  const { kind, startedAt, dueAt } = clock;
  const lateMs = turn.now - dueAt;
  if (lateMs < 0) {
    const percent = turn.state.policy.warnAt.filter((mark) => warnTime(clock, mark) <= turn.now).at(-1);
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
      turn.follow('ProgressStalled', { since: iso(startedAt), lateMs });
      return;
    case 'STAFFING':
      turn.follow('StaffingOverdue', { level: turn.state.level === 'M2' ? 'M2' : 'M1', lateMs });
      return;
    default:
      kind satisfies never;
  }
}
