/** R47, B13: Software Performance Reports: linked, submitted, escalated to R&D by the managing level, resolved. */
import { refusal, type Refusal } from './codes';
import type { Evolvers } from './evolve';
import type { Input } from './inputs';
import { notOwner, owns } from './escalation';
import { endLadder, ladderOf } from './ladder';
import { KEEP, type CaseState } from './state';
import type { Turn } from './turn';
import type { SprStatus } from './vocabulary';

const SPR_NUMBER = /^SPR\d{6,9}$/;

const malformed = (sprNumber: string): Refusal | undefined =>
  SPR_NUMBER.test(sprNumber)
    ? undefined
    : refusal('INVALID_SPR_NUMBER', undefined, [{ field: 'sprNumber', problem: 'must look like SPR123456' }]);

const find = (state: CaseState, sprNumber: string): CaseState['sprs'][number] | undefined =>
  state.sprs.find((spr) => spr.number === sprNumber);

export function linkSpr(turn: Turn, { sprNumber, sprSeverity }: Input<'linkSpr'>): Refusal | void {
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  if (find(turn.state, sprNumber)) {
    turn.note(`${sprNumber} is linked already.`);
    return;
  }
  turn.emit('SprLinked', { sprNumber, ...(sprSeverity !== undefined && { sprSeverity }) });
}

export function escalateSpr(turn: Turn, { by, role, sprNumber, reason }: Input<'escalateSpr'>): Refusal | void {
  const { state } = turn;
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  if (role !== 'MANAGER' || !owns(state, by) || state.level === 'NORMAL') return notOwner(state);
  const spr = find(state, sprNumber);
  if (!spr) return refusal('NO_LINKED_SPR', `${sprNumber} is not linked.`);
  if (spr.status === 'ESCALATED') {
    turn.note(`${sprNumber} is escalated already.`);
    return;
  }
  turn.emit('SprEscalated', { sprNumber, reason, level: state.level });
}

export function recordSprStatus(turn: Turn, { sprNumber, status, note }: Input<'recordSprStatus'>): Refusal | void {
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  const spr = find(turn.state, sprNumber);
  if (!spr) return refusal('NO_LINKED_SPR', `${sprNumber} is not linked.`);
  if (spr.status === status || spr.status === 'RESOLVED') {
    turn.note(`${sprNumber} is ${spr.status.toLowerCase()} already.`);
    return;
  }
  // Development has it: nobody is asked to take it any more.
  if (status === 'RESOLVED') endLadder(turn, sprLadder(sprNumber), 'NOT_NEEDED');
  turn.emit(status === 'RESOLVED' ? 'SprResolved' : 'SprSubmitted', { sprNumber, ...(note !== undefined && { note }) });
}

/** Where development is asked to take an escalated SPR. */
export const sprLadder = (sprNumber: string): string => `SPR-${sprNumber}`;

function set(state: CaseState, sprNumber: string, status: SprStatus): void {
  for (const spr of state.sprs) if (spr.number === sprNumber) spr.status = status;
}

export const evolveSpr: Evolvers = {
  SprLinked(state, { data }) {
    state.sprs = [...state.sprs, { number: data.sprNumber, severity: data.sprSeverity ?? null, status: 'LINKED' as const }].slice(-KEEP.sprs);
  },
  // Word of it may come after the escalation, and takes nothing of that back (R47: twice is the same).
  SprSubmitted(state, { data }) {
    if (find(state, data.sprNumber)?.status !== 'ESCALATED') set(state, data.sprNumber, 'SUBMITTED');
  },
  SprEscalated: (state, { data }) => set(state, data.sprNumber, 'ESCALATED'),
  LadderEnded(state, { data }) {
    // Closed before development has taken it: nobody has it, and it can be escalated again (R47).
    if (data.why !== 'CASE_CLOSED' || ladderOf(state, data.ladder)?.ack) return;
    for (const spr of state.sprs) if (sprLadder(spr.number) === data.ladder) spr.status = 'LINKED';
  },
  SprResolved: (state, { data }) => set(state, data.sprNumber, 'RESOLVED'),
};
