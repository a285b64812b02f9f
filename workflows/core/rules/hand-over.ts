/**
 * B8, R27: follow the sun. When the window of whoever works on an emergency ends, those who come are asked to take it, and a
 * written hand-over is asked for, accepted by name. Invariant: whoever gives has it until somebody has accepted; overdue
 * goes up the ladder. Who writes and accepts while both teams are there, before the window's end, has done it: nobody is
 * asked again.
 */
import { isOlder, type Due, type Turn } from '../concern';
import { refusal, type Refusal } from '../language/refusal';
import type { EventData, EventOf } from '../language/events';
import type { Input } from '../language/inputs';
import type { CaseState } from '../language/state';
import { episodeOf, facedBy, holderOf, isActive, mayTakeOver, needOf, onCallOf, personOf } from '../paging/find';

export function handOver(turn: Turn, input: Input<'handOver'>): Refusal | void {
  const { state, who } = turn;
  const { to, state: standing, tried, nextStep, promise } = input;
  const by = who?.person ?? input.by;
  if (to === by || (to === state.engineer && !isWithSomebodyElse(state))) {
    return refusal('INVALID_INPUT', { key: 'TO_SOMEBODY_ELSE' }, [{ field: 'to', problem: { key: 'HAS_THE_CASE' } }]);
  }
  if (who?.role !== 'MANAGER' && !hasIt(state, by)) {
    return refusal('FORBIDDEN_ROLE', { key: 'NOT_YOUR_CASE', person: state.engineer });
  }
  turn.end(['HAND_OVER_WRITE', 'HAND_OVER_OVERDUE'], 'NOT_NEEDED');
  // Offered to another now: whoever was asked before is not any more.
  if (state.handOver?.offer && state.handOver.offer.to !== to) turn.end(['HAND_OVER_ACCEPT'], 'NOT_NEEDED');
  turn.emit('HandOverOffered', {
    from: by,
    to,
    state: standing,
    tried,
    nextStep,
    ...(promise !== undefined && { promise }),
  });
}

/** Whose case it is sleeps, and somebody of those on call works on it: it can be handed back to them. */
const isWithSomebodyElse = (state: CaseState): boolean => {
  const workers = [onCallOf(state), state.handOver?.from ?? null];
  return workers.some((worker) => worker !== null && worker !== state.engineer);
};

/** The engineer of the case, or whoever works on the emergency; on a case without an engineer any of them. */
const hasIt = (state: CaseState, person: string): boolean =>
  state.engineer === null ||
  person === state.engineer ||
  person === onCallOf(state) ||
  person === state.handOver?.from ||
  state.needs.some((need) => need.kind === 'HAND_OVER_WRITE' && facedBy(need) === person);

export function acceptHandOver(turn: Turn, { by }: Pick<Input<'acceptHandOver'>, 'by'>): Refusal | void {
  const { state, who } = turn;
  const person = who?.person ?? by;
  const offer = state.handOver?.offer;
  if (!offer) return refusal('NO_HAND_OVER');
  if (!mayTakeOver(state, person)) return refusal('NOT_HAND_OVER_TARGET', { key: 'OFFERED_TO', person: offer.to });
  if (isOlder(turn, 'engineer', 'acceptHandOver', { person })) return;
  accept(turn, person);
}

export function accept(turn: Turn, person: string): void {
  const { engineer, handOver: open } = turn.state;
  const from = open?.from ?? person;
  const isOwnersWord = engineer === null || engineer === from || engineer === person;
  const alerts = needOf(turn.state, 'E_DOWN_ALERT');
  const had = alerts ? holderOf(alerts) : null;
  turn.emit('HandOverAccepted', {
    from,
    to: person,
    ...(!isOwnersWord && { before: engineer }),
    ...(had !== null && had !== from && had !== person && { had }),
  });
}

/** Whoever came on has the emergency and works on it: a hand-over that nobody wrote is not missed any more (H3). */
export function takenOver(turn: Turn, person: string): void {
  const { state } = turn;
  const { handOver: open } = state;
  if (!open || open.offer || open.from === person || onCallOf(state) !== person) return;
  turn.end(['HAND_OVER_WRITE', 'HAND_OVER_OVERDUE'], 'NOT_NEEDED');
  turn.follow('HandOverClosed', { why: 'TAKEN_OVER' });
}

/** Somebody was given the case without one: nothing is left to hand over. */
export function dropHandOver(turn: Turn, why: EventData['HandOverClosed']['why']): void {
  if (turn.state.handOver) turn.follow('HandOverClosed', { why });
}

export function shiftEnded(state: CaseState, { at, data }: EventOf<'ShiftEnded'>): void {
  const now = Date.parse(at);
  const episode = episodeOf(state);
  if (episode) episode.shift = null;
  for (const person of state.people) {
    if (person.shift && Date.parse(person.shift.endsAt) <= now) person.isOff = true;
  }
  // What is written and waits to be accepted stands.
  if (data.handedOver || state.handOver?.offer) return;
  const dueAt = now + state.policy.eDown.handOver.overlapMs;
  state.handOver = { from: data.from, team: data.team, offer: null, dueAt, overdue: false };
}

export function handOverOffered(state: CaseState, { at, data }: EventOf<'HandOverOffered'>): void {
  const now = Date.parse(at);
  const { from, to, tried, nextStep, promise = null } = data;
  state.handOver = {
    from,
    team: state.handOver?.team ?? null,
    offer: { to, state: data.state, tried, nextStep, promise, at: now },
    dueAt: now + state.policy.eDown.handOver.acceptMs,
    overdue: false,
  };
}

/** A shorter time counts from now, a longer one from the next hand-over on. */
export function handOverPolicyAdopted({ handOver: open, policy }: CaseState, at: number): void {
  const { acceptMs, overlapMs } = policy.eDown.handOver;
  if (open) open.dueAt = Math.min(open.dueAt, at + (open.offer ? acceptMs : overlapMs));
}

/** Whoever has accepted has the case, and with it the emergency; whoever gave it goes home (H5). */
export function handOverAccepted(state: CaseState, { at, occurredAt, data }: EventOf<'HandOverAccepted'>): void {
  const now = Date.parse(at);
  const giver = personOf(state, data.from);
  // A manager who has only written it for them was not at work on it, and is not off now.
  const wasAtIt = data.from === state.engineer || data.from === episodeOf(state)?.workedBy || giver?.shift != null;
  state.handOver = null;
  state.engineer = data.to;
  state.inForce.engineer = Date.parse(occurredAt ?? at);
  state.ownerUnknown = false;
  delete state.unheard;
  state.chart = [];
  if (giver && wasAtIt && giver.id !== data.to) giver.isOff = true;
  const taker = personOf(state, data.to);
  if (taker) taker.isOff = false;
  const episode = episodeOf(state);
  if (episode) episode.handedOverAt = now;
}

export function handOverOverdue(state: CaseState): void {
  if (state.handOver) state.handOver.overdue = true;
}

export function dueHandOver(state: CaseState): Due[] {
  const due: Due[] = [];
  const { handOver: open } = state;
  const episode = episodeOf(state);
  if (open && !open.overdue) {
    due.push({
      key: 'hand-over',
      at: open.dueAt,
      what: open.offer
        ? { key: 'HAND_OVER_ACCEPTED', person: open.offer.to }
        : { key: 'HAND_OVER_WRITTEN', person: open.from },
      act: overdue,
    });
  }
  if (isActive(state) && episode?.shift) {
    const { team, endsAt } = episode.shift;
    due.push({ key: 'shift', at: Date.parse(endsAt), what: { key: 'SHIFT_ENDS', team }, act: endShift });
  }
  return due;
}

function overdue(turn: Turn, lateMs: number): void {
  const { handOver: open } = turn.state;
  if (!open || open.overdue || open.dueAt > turn.now) return;
  const what = open.offer ? 'ACCEPT' : 'WRITE';
  turn.follow('HandOverOverdue', { what, who: open.offer?.to ?? open.from, lateMs });
}

function endShift(turn: Turn, lateMs: number): void {
  const { state } = turn;
  const episode = episodeOf(state);
  if (!episode?.shift || Date.parse(episode.shift.endsAt) > turn.now) return;
  const { team, endsAt, person } = episode.shift;
  const alerts = needOf(state, 'E_DOWN_ALERT');
  const holder = alerts ? holderOf(alerts) : null;
  const isOthers = holder !== null && personOf(state, holder)?.shift?.team !== team;
  const overlap = state.policy.eDown.handOver.overlapMs;
  const wasAccepted = episode.handedOverAt !== null && Date.parse(endsAt) - episode.handedOverAt <= overlap;
  const handedOver = isOthers || (wasAccepted && state.engineer !== person);
  // Asked of whoever has been working, awake as they are; whose case it is may be asleep.
  const { workedBy } = episode;
  const worker = workedBy !== null && personOf(state, workedBy)?.shift?.team === team ? workedBy : null;
  const from = holder ?? worker ?? state.engineer;
  turn.follow('ShiftEnded', { team, lateMs, from, ...(handedOver && { handedOver }) });
}
