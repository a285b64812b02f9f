/** R47, B13: Software Performance Reports: linked, submitted, escalated to R&D by the managing level, resolved. */
import type { Turn } from '../concern';
import { MOST, youngest } from '../language/bounds';
import { refusal, type Refusal } from '../language/refusal';
import type { EventOf } from '../language/events';
import type { Input } from '../language/inputs';
import type { CaseState, Spr } from '../language/state';
import type { SprStatus } from '../language/vocabulary';
import { isAskedForLevel, notOwner, owns } from '../paging/find';
import { levelOf } from '../paging/levels';

const SPR_NUMBER = /^SPR\d{6,9}$/;

const malformed = (sprNumber: string): Refusal | undefined =>
  SPR_NUMBER.test(sprNumber)
    ? undefined
    : refusal('INVALID_SPR_NUMBER', undefined, [
        { field: 'sprNumber', problem: { key: 'MUST_MATCH', pattern: 'SPR123456' } },
      ]);

const find = (state: CaseState, sprNumber: string): Spr | undefined =>
  state.sprs.find((spr) => spr.number === sprNumber);

/** The owner of M1 or M2, or whoever is asked for one and has it by doing its work (D3, R47). */
const mayActForLevel = (state: CaseState, person: string): boolean =>
  owns(state, person) || isAskedForLevel(state, person);

const isOpen = ({ status }: Spr): boolean => status !== 'RESOLVED';

export function linkSpr(turn: Turn, { sprNumber, sprSeverity }: Input<'linkSpr'>): Refusal | void {
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  const before = find(turn.state, sprNumber);
  if (before) {
    turn.note({ key: 'SPR_ALREADY', sprNumber, status: before.status });
    return;
  }
  if (turn.state.sprs.filter(isOpen).length >= MOST.openSprs) {
    return refusal('TOO_MANY_OPEN', { key: 'OPEN_AT_MOST', what: 'SPRS', most: MOST.openSprs });
  }
  turn.emit('SprLinked', { sprNumber, ...(sprSeverity !== undefined && { sprSeverity }) });
}

export function escalateSpr(turn: Turn, { by, sprNumber, reason }: Input<'escalateSpr'>): Refusal | void {
  const { state, who } = turn;
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  const level = levelOf(state);
  if (level === 'NORMAL' || !mayActForLevel(state, who?.person ?? by)) return notOwner(state);
  const spr = find(state, sprNumber);
  if (!spr) return refusal('NO_LINKED_SPR', { key: 'NOT_LINKED', sprNumber });
  if (spr.status === 'ESCALATED' || spr.status === 'RESOLVED') {
    turn.note({ key: 'SPR_ALREADY', sprNumber, status: spr.status });
    return;
  }
  turn.emit('SprEscalated', { sprNumber, reason, level });
}

export function recordSprStatus(turn: Turn, { sprNumber, status, note }: Input<'recordSprStatus'>): Refusal | void {
  const wrong = malformed(sprNumber);
  if (wrong) return wrong;
  const spr = find(turn.state, sprNumber);
  if (!spr) return refusal('NO_LINKED_SPR', { key: 'NOT_LINKED', sprNumber });
  const isAgain = spr.status === status || (status === 'SUBMITTED' && spr.submitted);
  if (isAgain || spr.status === 'RESOLVED') {
    turn.note({ key: 'SPR_ALREADY', sprNumber, status: spr.status === 'RESOLVED' ? spr.status : status });
    return;
  }
  const { seq } = turn.emit(status === 'RESOLVED' ? 'SprResolved' : 'SprSubmitted', {
    sprNumber,
    ...(note !== undefined && { note }),
  });
  // Development has it: nobody is asked to take it any more.
  if (status === 'RESOLVED') turn.end([`SPR_ESCALATED:${sprNumber}`], 'NOT_NEEDED', seq);
}

export function sprLinked(state: CaseState, { data }: EventOf<'SprLinked'>): void {
  const spr: Spr = { number: data.sprNumber, severity: data.sprSeverity ?? null, status: 'LINKED' };
  // What is open is never dropped.
  state.sprs = youngest([...state.sprs, spr], MOST.closedSprs, (other) => !isOpen(other));
}

export function sprIs(state: CaseState, sprNumber: string, status: SprStatus): void {
  for (const spr of state.sprs) {
    if (spr.number === sprNumber && status === 'SUBMITTED') spr.submitted = true;
    // Word of it may come after the escalation, and takes nothing of that back (R47: twice is the same).
    if (spr.number === sprNumber && !(status === 'SUBMITTED' && spr.status === 'ESCALATED')) spr.status = status;
  }
  state.sprs = youngest(state.sprs, MOST.closedSprs, (other) => !isOpen(other));
}

/** Nobody has taken it when asking for it ends with the level or the case: it can be escalated again (R47). */
export function sprNotTaken(state: CaseState, { data }: EventOf<'NeedEnded'>): void {
  if (data.why !== 'CASE_CLOSED' && data.why !== 'DE_ESCALATED') return;
  for (const spr of state.sprs) {
    if (data.need === `SPR_ESCALATED:${spr.number}` && spr.status === 'ESCALATED') spr.status = 'LINKED';
  }
}
