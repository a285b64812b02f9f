/**
 * B8: follow the sun. At a window's end the incoming team is paged, a written hand-over is asked for, and it is accepted
 * by name. Invariant: the outgoing person owns the case until somebody has accepted; overdue goes up the ladder.
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import type { Evolvers } from './evolve';
import type { Input } from './inputs';
import { endLadder } from './ladder';
import type { CaseState } from './state';
import type { Turn } from './turn';

export function handOver(turn: Turn, input: Input<'handOver'>): Refusal | void {
  const { by, to, state: standing, tried, nextStep, promise } = input;
  if (to === by || to === turn.state.engineer) {
    return refusal('INVALID_INPUT', 'A hand-over goes to somebody else.', [{ field: 'to', problem: 'has the case already' }]);
  }
  endLadder(turn, 'HAND_OVER_WRITE', 'NOT_NEEDED');
  endLadder(turn, 'HAND_OVER_OVERDUE', 'NOT_NEEDED');
  endLadder(turn, 'HAND_OVER_ACCEPT', 'NOT_NEEDED');
  turn.emit('HandOverOffered', { from: by, to, state: standing, tried, nextStep, ...(promise !== undefined && { promise }) });
}

export function acceptHandOver(turn: Turn, { by }: Input<'acceptHandOver'>): Refusal | void {
  const offer = turn.state.handOver?.offer;
  if (!offer) return refusal('NO_HAND_OVER');
  if (offer.to !== by) return refusal('NOT_HAND_OVER_TARGET', `It is offered to ${offer.to}.`);
  for (const key of ['HAND_OVER_ACCEPT', 'HAND_OVER_OVERDUE', 'HAND_OVER_IN']) endLadder(turn, key, 'NOT_NEEDED');
  turn.emit('HandOverAccepted', { from: turn.state.handOver?.from ?? offer.to, to: by });
}

export const evolveHandOver: Evolvers = {
  ShiftEnded(state, { at, data }) {
    const from = state.engineer ?? state.episode?.shift?.person ?? null;
    if (state.episode) state.episode.shift = null;
    state.handOver = { from, team: data.team, offer: null, dueAt: Date.parse(at) + state.policy.eDown.handOver.overlapMs, overdue: false };
  },
  HandOverOffered(state, { at, data }) {
    const now = Date.parse(at);
    const { from, to, tried, nextStep, promise = null } = data;
    state.handOver = {
      from,
      team: state.handOver?.team ?? null,
      offer: { to, state: data.state, tried, nextStep, promise, at: now },
      dueAt: now + state.policy.eDown.handOver.acceptMs,
      overdue: false,
    };
  },
  HandOverAccepted(state, { data }) {
    state.handOver = null;
    state.engineer = data.to;
  },
  HandOverOverdue(state) {
    if (state.handOver) state.handOver.overdue = true;
  },
  HandOverClosed(state) {
    state.handOver = null;
  },
  CaseClosed(state) {
    state.handOver = null;
  },
};

export function dueHandOver(state: CaseState): Due[] {
  const due: Due[] = [];
  const { handOver: open, episode } = state;
  if (open && !open.overdue) {
    const who = open.offer?.to ?? open.from;
    due.push({
      key: 'hand-over',
      at: open.dueAt,
      what: open.offer ? `${open.offer.to} accepts the hand-over` : `${open.from ?? 'The outgoing team'} writes the hand-over`,
      act: (turn, lateMs) => turn.follow('HandOverOverdue', { what: open.offer ? 'ACCEPT' : 'WRITE', who, lateMs }),
    });
  }
  if (state.emergency === 'ACTIVE' && episode?.shift) {
    const { team, endsAt } = episode.shift;
    due.push({ key: 'shift', at: Date.parse(endsAt), what: `the window of ${team} ends: hand over`, act: (turn, lateMs) => turn.follow('ShiftEnded', { team, lateMs }) });
  }
  return due;
}
