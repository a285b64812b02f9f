/**
 * What one rule's event means for another's: the rules know nothing of each other, so whatever crosses from one to the next
 * stands here. Most events mean nothing for any other rule.
 */
import type { Turn } from './concern';
import type { CaseEvent, EventOf } from './language/events';
import { ask, endAllWith } from './paging/ask';
import { holderOf, isActive, isContact, needOf, personOf } from './paging/find';
import { MANAGED_LEVELS, managedLevel } from './paging/levels';
import { rowOf } from './paging/needs';
import { answered, recognised, takenByWhoEnteredIt } from './rules/answer';
import { askWhoIsThereNow, contactDeclined, contactSeen, dropActions } from './rules/contacts';
import { alertNow, endEmergency } from './rules/emergency';
import { giveBack } from './rules/escalation';
import { accept, dropHandOver } from './rules/hand-over';

export function whatFollows(turn: Turn, event: CaseEvent): void {
  const { seq } = event;
  switch (event.type) {
    case 'SeverityChanged':
      // Whoever has taken the case has it at this severity too: what they do about one is done about both.
      if (isAnsweredAnew(turn)) turn.end(['ASSIGNED'], 'OVERTAKEN');
      // Lowered with agreement: the emergency is over (R28).
      if (event.data.severity !== 0 && isActive(turn.state)) endEmergency(turn, 'SEVERITY_LOWERED', event.data.reason);
      return;
    case 'EDownRequested':
      return takenByWhoEnteredIt(turn, 'E_DOWN_REQUESTED');
    case 'EDownRefused':
      return takenByWhoEnteredIt(turn, 'E_DOWN_REFUSED');
    case 'EDownDeclared':
      turn.follow('EmergencyStarted', { episode: event.data.episode });
      return;
    case 'EmergencyStarted':
      return alertNow(turn, 0);
    case 'EmergencyEnded':
      endAllWith(turn, 'EMERGENCY', 'EMERGENCY_ENDED', seq);
      if (event.data.how === 'WORKABLE_SYSTEM') turn.end(['PROGRESS_STALLED'], 'EMERGENCY_ENDED', seq);
      dropActions(turn);
      dropHandOver(turn, 'EMERGENCY_ENDED');
      // The emergency was asked of the engineer in place of the case, and they have not answered: it still is theirs to take.
      if (turn.state.unheard !== undefined) ask(turn, { need: { kind: 'ASSIGNED' }, because: turn.state.unheard });
      return;
    case 'ContactsUpdated':
      return askWhoIsThereNow(turn, event);
    case 'EngineerAssigned':
      endAllWith(turn, 'REASSIGNMENT', 'REASSIGNED', seq);
      dropHandOver(turn, 'REASSIGNED');
      leftByEngineer(turn, event.data.before);
      notTheEngineers(turn);
      if (turn.who?.person === event.data.engineer) takenByWhoEnteredIt(turn, 'ASSIGNED');
      // Nobody manages their own case (R40).
      return giveBack(turn, MANAGED_LEVELS, event.data.engineer, 'HAS_THE_CASE');
    case 'HandOverAccepted':
      endAllWith(turn, 'REASSIGNMENT', 'REASSIGNED', seq);
      turn.end(['ASSIGNED', 'ENGINEER_NEEDED'], 'REASSIGNED', seq);
      notTheEngineers(turn);
      return giveBack(turn, MANAGED_LEVELS, event.data.to, 'HAS_THE_CASE');
    case 'DeEscalated':
      return endAllWith(turn, event.data.from, 'DE_ESCALATED', seq);
    case 'CaseClosed':
      endAllWith(turn, 'CLOSING', 'CASE_CLOSED', seq);
      dropActions(turn);
      return dropHandOver(turn, 'CASE_CLOSED');
    case 'PageAcknowledged':
      return ofAnswer(turn, event);
    case 'PersonRecognised':
      if (event.data.person === turn.state.engineer) turn.end(['ENGINEER_NEEDED'], 'NOT_NEEDED', seq);
      return recognised(turn, event);
    case 'PageDeclined':
      return ofDeclining(turn, event);
    default:
  }
}

/** What whoever had the case had taken as its engineer is the new one's, who is asked; the emergency as well, unless they are on call. */
function leftByEngineer(turn: Turn, before: string | null | undefined): void {
  const { state } = turn;
  if (before == null) return;
  for (const { key, kind } of state.needs.filter((open) => holderOf(open) === before)) {
    if (kind === 'E_DOWN_ALERT' && personOf(state, before)?.isOff)
      turn.follow('SearchRestarted', { need: key, ...(state.engineer !== null && { first: state.engineer }) });
    else if (rowOf(kind).audience === 'ENGINEER') turn.follow('SearchRestarted', { need: key });
  }
}

/** What nobody does for their own case is not done by whoever has just got it (D4). */
function notTheEngineers(turn: Turn): void {
  const { engineer, needs } = turn.state;
  for (const need of needs) {
    const isBarred = rowOf(need.kind).barred.includes('ENGINEER') && managedLevel(need.kind) === null;
    if (engineer !== null && isBarred && holderOf(need) === engineer)
      turn.follow('SearchRestarted', { need: need.key, before: engineer });
  }
}

const isAnsweredAnew = ({ state }: Turn): boolean => {
  const { engineer } = state;
  const assigned = needOf(state, 'ASSIGNED');
  const changed = needOf(state, 'SEVERITY_CHANGED');
  return changed?.isGood === false && assigned !== undefined && holderOf(assigned) === engineer;
};

/** What is asked of somebody by name comes about by the answer itself: a level, a hand-over (R48, B8). */
function ofAnswer(turn: Turn, event: EventOf<'PageAcknowledged'>): void {
  const { person, needs } = event.data;
  const kinds = needs.flatMap((key) => needOf(turn.state, key)?.kind ?? []);
  answered(turn, event);
  for (const level of kinds.flatMap((kind) => managedLevel(kind) ?? [])) {
    turn.emit('EscalationAccepted', { level, owner: person });
  }
  if (kinds.includes('HAND_OVER_ACCEPT')) accept(turn, person);
  // An answer is a sign of the customer (B5).
  if (kinds.includes('CONTACT_CHECK') || isContact(turn.state, person)) contactSeen(turn, person);
}

/** A level that is declined is asked for again; a contact who cannot is there all the same (D6). */
function ofDeclining(turn: Turn, { data }: EventOf<'PageDeclined'>): void {
  const levels = MANAGED_LEVELS.filter((level) => data.needs.includes(level));
  giveBack(turn, levels, data.person, 'DECLINED');
  const kinds = data.needs.flatMap((key) => needOf(turn.state, key)?.kind ?? []);
  if (kinds.some((kind) => rowOf(kind).audience === 'CONTACT')) contactDeclined(turn, data.person);
}
