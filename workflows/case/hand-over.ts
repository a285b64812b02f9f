/**
 * B8, R27: follow the sun. At a window's end the incoming team is paged, a written hand-over is asked for, and it is accepted
 * by name. Invariant: the outgoing person owns the case until somebody has accepted; overdue goes up the ladder.
 * Who writes and accepts while both teams are there, before the window's end, has done it: nobody is asked again.
 */
import type { Due } from './agenda';
import { refusal, type Refusal } from './codes';
import { withoutTheirLevels } from './escalation';
import type { EventData } from './events';
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
  const { engineer, handOver: open } = turn.state;
  const from = open?.from ?? offer.to;
  const isOwnersWord = engineer === null || engineer === from || engineer === by;
  withoutTheirLevels(turn, by, () => turn.emit('HandOverAccepted', { from, to: by, ...(!isOwnersWord && { before: engineer }) }));
}

/** Somebody was given the case without one: nothing is left to hand over. */
export function dropHandOver(turn: Turn, why: EventData['HandOverClosed']['why']): void {
  if (!turn.state.handOver) return;
  for (const key of ['HAND_OVER_WRITE', 'HAND_OVER_ACCEPT', 'HAND_OVER_OVERDUE', 'HAND_OVER_IN']) endLadder(turn, key, 'REASSIGNED');
  turn.follow('HandOverClosed', { why });
}

export const evolveHandOver: Evolvers = {
  ShiftEnded(state, { at, data }) {
    const from = state.engineer ?? state.episode?.shift?.person ?? null;
    if (state.episode) state.episode.shift = null;
    // What is written and waits to be accepted stands.
    if (data.handedOver || state.handOver?.offer) return;
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
  PolicyAdopted({ handOver: open, policy }, { at }) {
    const { acceptMs, overlapMs } = policy.eDown.handOver;
    if (open) open.dueAt = Math.min(open.dueAt, Date.parse(at) + (open.offer ? acceptMs : overlapMs));
  },
  HandOverAccepted(state, { at, data }) {
    state.handOver = null;
    if (state.episode) state.episode.handedOverAt = Date.parse(at);
    state.engineer = data.to;
    state.directManager = null;
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
      act: (turn, lateMs) => {
        // The manager is asked from now on, by one page and not by two.
        for (const key of ['HAND_OVER_WRITE', 'HAND_OVER_ACCEPT']) endLadder(turn, key, 'OVERTAKEN');
        turn.follow('HandOverOverdue', { what: open.offer ? 'ACCEPT' : 'WRITE', who, lateMs });
      },
    });
  }
  if (state.emergency === 'ACTIVE' && episode?.shift) {
    const { team, endsAt } = episode.shift;
    // Whose shift it is goes with it, whoever of the team gave them the case in the overlap.
    const isTheirs = state.engineer !== episode.shift.person;
    const handedOver = isTheirs && Date.parse(endsAt) - (episode.handedOverAt ?? -Infinity) <= state.policy.eDown.handOver.overlapMs;
    due.push({
      key: 'shift',
      at: Date.parse(endsAt),
      what: `the window of ${team} ends: hand over`,
      act: (turn, lateMs) => turn.follow('ShiftEnded', { team, lateMs, ...(handedOver && { handedOver }) }),
    });
  }
  return due;
}
