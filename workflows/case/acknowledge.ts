/**
 * R48, R49, B3: an acknowledgement is judged by the state of the moment it arrives. Invariant: it can only stop the
 * ladder that still waits for it; a late one is told who has it now, and a page to the right person is never lost by it.
 */
import { refusal, type Refusal } from './codes';
import { contactSeen } from './contacts';
import { accepted, mayOwn } from './escalation';
import type { Input } from './inputs';
import { endLadder, ladderOfPage, OVERDUE, pageOf } from './ladder';
import { managedLevel, ownerOf, tierOf } from './levels';
import { ALERTS, isReview } from './emergency';
import { timersOf } from './policy';
import { iso } from './time';
import type { Turn } from './turn';

export function acknowledge(turn: Turn, { by, role, pageId }: Input<'acknowledge'>): Refusal | void {
  const { state } = turn;
  const page = pageOf(state, pageId);
  // What it asked for is long over, but the contact is there (B5).
  const isLate = page ? page.audience === 'CONTACT' && page.status === 'ACKNOWLEDGED' : wasSent(turn, pageId);
  if (isLate && role === 'CONTACT' && state.emergency === 'ACTIVE') contactSeen(turn, by);
  if (!page) return wasSent(turn, pageId) ? refusal('STALE_ASSIGNMENT', 'The page is long over.') : refusal('PAGE_NOT_FOUND', `There is no ${pageId.slice(0, 60)}.`);
  // What staff are paged for is not the customer's to take: nobody would come.
  if (role === 'CONTACT' && page.audience !== 'CONTACT') {
    return refusal('FORBIDDEN_ROLE', 'The page is not for a contact.', [{ field: 'role', problem: 'must not be CONTACT' }]);
  }
  const ladder = ladderOfPage(state, page);
  const has = ladder?.ack?.person ?? null;
  // Theirs still, or over: an answer that went stale since is no answer, and whoever gave it hears who is asked now (B3).
  const isStale = ladder !== undefined && has !== page.ackBy;
  if (page.status === 'ACKNOWLEDGED' && !isStale) return refusal('ALREADY_ACKNOWLEDGED', `By ${page.ackBy ?? 'somebody'}.`);
  if (page.ladder === null) {
    turn.emit('PageAcknowledged', { pageId, person: by });
    return;
  }
  const level = managedLevel(page.ladder);
  if (!ladder) {
    const owner = level && ownerOf(state, level);
    return refusal('STALE_ASSIGNMENT', owner ? `${owner} has it.` : 'It is settled already.');
  }
  const isOvertaken = (page.status === 'UNANSWERED' || page.status === 'FAILED' || page.status === 'ACKNOWLEDGED') && !ladder.nobodyReached;
  const overtaken = isOvertaken ? ladder.target : null;
  const other = has ?? overtaken;
  if (other !== null && other !== by) {
    return refusal('STALE_ASSIGNMENT', `${other} ${has === null ? 'is being asked' : 'has it'} now.`);
  }
  if (level) {
    // Acknowledging an escalation page accepts the escalation, so it takes what accepting takes.
    if (role !== 'MANAGER') return refusal('FORBIDDEN_ROLE', 'Allowed: MANAGER.', [{ field: 'role', problem: 'must be MANAGER' }]);
    const barred = mayOwn(state, level, by);
    if (barred) return barred;
  }
  turn.emit('PageAcknowledged', { pageId, person: by, ...(has === by && { again: true }) });
  if (level && tierOf(state, level)?.status === 'PENDING') accepted(turn, level, by);
}

/** Page numbers are gapless, so one that the case has forgotten can be told from one it never sent. */
function wasSent({ state }: Turn, pageId: string): boolean {
  const number = Number(/^(.+)-(\d{1,9})$/.exec(pageId)?.[2]);
  return pageId === `${state.caseNumber}-${number}` && number >= 1 && number < state.nextPage;
}

/** Asked for once, or at its own cadence: who is done with it after any act would not be asked again. */
const UNTIL_DONE: readonly string[] = [ALERTS, 'MANAGER_REQUESTED', ...OVERDUE];

/**
 * What they acknowledged, they act on: the ladder has done its work. The alerts of an emergency go on (R27), what is overdue
 * is theirs until it is done (B4, B8), a customer who asked for the manager waits for their call (R50), a review is asked for
 * until it is there (B10), and nobody joins the M2 team for the engineer (R46).
 */
export function actedOn(turn: Turn, by: string): void {
  const { state, now } = turn;
  for (const { key, ack } of [...state.ladders]) {
    if (ack?.person !== by || isReview(key) || (key === 'TEAM_ENGINEER' && by !== state.engineer)) continue;
    if (!UNTIL_DONE.includes(key)) endLadder(turn, key, 'ACTED_ON');
    else turn.follow('AcknowledgementKept', { ladder: key, person: by, expiresAt: iso(now + timersOf(state.policy, state.severity).ackExpiresMs) });
  }
}
