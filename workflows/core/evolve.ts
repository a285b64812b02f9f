/**
 * The only place where the state changes: the fold of the events is the live state (B1). One exhaustive switch, so that
 * an event which changes nothing says so, and the order in which the rules look at one stands here and nowhere else.
 */
import { MOST } from './language/bounds';
import type { Actor, CaseEvent, EventOf, EventType } from './language/events';
import type { CaseState } from './language/state';
import { bytesOf } from './language/text';
import * as pages from './paging/close-pages';
import * as messages from './paging/evolve-messages';
import * as needs from './paging/evolve-needs';
import * as people from './paging/evolve-people';
import * as reached from './paging/evolve-reached';
import { pageSettled } from './paging/settled';
import * as contacts from './rules/contacts';
import * as eDown from './rules/e-down';
import * as emergency from './rules/emergency';
import * as escalation from './rules/escalation';
import * as handOver from './rules/hand-over';
import * as lifecycle from './rules/lifecycle';
import * as promises from './rules/promises';
import * as severity from './rules/severity';
import * as spr from './rules/spr';
import { holderOf, isActive, isKnownStaff, needOf, personOf } from './paging/find';
import { managedLevel } from './paging/levels';
import { rowOf, type NeedKey } from './paging/needs';

/** Applies an event to a state that is the caller's own. */
export function record(state: CaseState, event: CaseEvent): void {
  state.seq = event.seq;
  remember(state, event);
  evolve(state, event);
  if (event.role === 'CUSTOMER' && event.by !== undefined) accountSeen(state, event.by);
  if (!isAct(event)) return;
  needs.caseWasActedOn(state, Date.parse(event.at));
  // Whoever is at work has heard what they were rung for (D3).
  const who = event.requestedBy ?? event.by ?? '';
  const actor = personOf(state, who);
  if (actor) actor.rungAt = null;
  if (who === state.engineer) delete state.unheard;
}

function accountSeen(state: CaseState, name: string): void {
  if (!state.accounts.includes(name)) state.accounts = [...state.accounts, name].slice(-MOST.accounts);
}

/** The youngest events, by bytes: the last one always. Which of them go on into the next run, carried/ says. */
function remember(state: CaseState, event: CaseEvent): void {
  const kept = withoutPolicy(event);
  state.tail.push(kept);
  state.tailBytes.push(bytesOf(kept));
  let total = state.tailBytes.reduce((sum, bytes) => sum + bytes, 0);
  while (total > MOST.runBytes && state.tail.length > 1) {
    state.tail.shift();
    total -= state.tailBytes.shift() ?? 0;
  }
}

/** The policy in force is carried once, in the state. */
function withoutPolicy(event: CaseEvent): CaseEvent {
  if (event.type !== 'CaseOpened' && event.type !== 'PolicyAdopted') return event;
  const { policy: _, ...data } = event.data;
  return { ...event, data } as CaseEvent;
}

function evolve(state: CaseState, event: CaseEvent): void {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'CaseOpened':
      return promises.start(state, at, 'FIRST_CONTACT', 'PROGRESS');
    case 'EngineerAssigned':
      lifecycle.engineerAssigned(state, event);
      return pages.closeEmptyPages(state, at);
    case 'OwnerUnknown':
      state.ownerUnknown = true;
      return;
    case 'SeverityChanged':
      severity.severityChanged(state, event);
      // An E-Down has promises of its own, from its start on.
      if (event.data.severity !== 0) promises.tighten(state, at);
      return event.data.severity < event.data.before ? needs.hastenNeeds(state, at) : undefined;
    case 'EntitlementUpdated':
      return lifecycle.entitlementUpdated(state, event);
    case 'PolicyAdopted':
      state.policy = event.data.policy;
      promises.tighten(state, at);
      handOver.handOverPolicyAdopted(state, at);
      needs.hastenNeeds(state, at);
      emergency.alertPolicyAdopted(state, at);
      return contacts.contactPolicyAdopted(state, at);
    case 'OlderFactRecorded':
      return;

    case 'EDownRequested':
      return eDown.eDownRequested(state, event);
    case 'EDownRequestWithdrawn':
      return eDown.eDownWishSettled(state, at);
    case 'EDownRefused':
      state.eDownRefusals += 1;
      if (!isActive(state)) state.eDownRefusedAt = at;
      return;
    case 'EDownDeclared':
      eDown.eDownWishSettled(state, at);
      return emergency.eDownDeclared(state, event);
    case 'EmergencyStarted':
      promises.tighten(state, at);
      return promises.promise(state, at, 'FIRST_CONTACT', 'CUSTOMER_UPDATE', 'PROGRESS');
    case 'EmergencyAlerted':
      return emergency.alerted(state, event);
    case 'EmergencyEnded':
      emergency.emergencyEnded(state, event);
      promises.promise(state, at, 'CUSTOMER_UPDATE');
      // Where the system does not run yet, it may stall too (R29): after a step-down at the pace that was agreed; a lower severity
      // takes no time away (H8).
      if (event.data.how === 'WORKABLE_SYSTEM') promises.stop(state, 'PROGRESS');
      else if (event.data.how === 'STEPPED_DOWN') promises.start(state, at, 'PROGRESS');
      else promises.promise(state, at, 'PROGRESS');
      return;
    case 'EDownReviewDue':
      return emergency.reviewDue(state, event);
    case 'EDownReviewed':
      return emergency.reviewed(state, event);
    case 'ProgressRecorded':
      emergency.progressRecorded(state, event);
      if (event.data.substantive) promises.start(state, at, 'PROGRESS');
      return;
    case 'ProgressStalled':
      state.stalled = true;
      return promises.start(state, at, 'PROGRESS');
    case 'WorkableSystemClaimed':
      return;

    case 'ContactsUpdated':
      return contacts.contactsUpdated(state, event);
    case 'ContactChecked':
      return contacts.contactChecked(state, event);
    case 'ContactUnavailable':
      return contacts.contactUnavailable(state, event);
    case 'LoweringProposed':
      return contacts.loweringProposed(state, event);
    case 'ContactSeen':
      return contacts.contactWasSeen(state, event);
    case 'ContactRestored':
    case 'ContactUnreached':
      return;
    case 'ContactActionRequested':
      return contacts.actionRequested(state, event);
    case 'ContactActionCompleted':
      return contacts.actionIs(state, event.data.actionId, 'DONE');
    case 'ContactActionOverdue':
      return contacts.actionIs(state, event.data.actionId, 'OVERDUE');
    case 'ContactActionClosed':
      return contacts.actionIs(state, event.data.actionId, 'NOT_NEEDED');

    case 'ShiftEnded':
      return handOver.shiftEnded(state, event);
    case 'HandOverOffered':
      return handOver.handOverOffered(state, event);
    case 'HandOverAccepted':
      if (!isKnownStaff(state, event.data.to)) needs.toBeLookedUp(state, event.data.to);
      handOver.handOverAccepted(state, event);
      needs.takenWithTheCase(state, 'E_DOWN_ALERT', event.data.to, at);
      needs.passedOn(state, [event.data.from, event.data.before ?? null], event.data.to, at);
      emergency.emergencyTaken(state, event.data.to, at);
      return pages.closeEmptyPages(state, at);
    case 'HandOverOverdue':
      return handOver.handOverOverdue(state);
    case 'HandOverClosed':
      state.handOver = null;
      return;

    case 'Escalated':
      escalation.escalated(state, event);
      return promises.escalated(state, event);
    case 'EscalationReminded':
      return escalation.reminded(state, event);
    case 'EscalationAccepted':
      escalation.levelAccepted(state, event);
      // Nobody has both levels: a page that asked them for the other one as well asks nothing more.
      return pages.closeEmptyPages(state, at);
    case 'EscalationReopened':
      return escalation.levelIsOpen(state, event.data.level);
    case 'EscalationSuggested':
      state.suggested.push(event.data.level);
      return;
    case 'DeEscalated':
      escalation.deEscalated(state, event);
      if (event.data.to === 'NORMAL') promises.leftLevel(state);
      return;
    case 'ManagerUnreachable':
      return;
    case 'NoManagerReached':
      return needs.nobodyReached(state, event);
    case 'StaffingConfirmed':
      state.escalation.staff = [...event.data.staff];
      return promises.stop(state, 'STAFFING');
    case 'StaffingOverdue':
      return promises.broken(state, 'STAFFING', event.at);
    case 'CustomerContacted':
      eDown.eDownWishSettled(state, Date.parse(event.data.contactedAt));
      return promises.customerContacted(state, event);
    case 'CustomerContactFailed':
      return;
    case 'CustomerContactOverdue':
      return promises.broken(state, event.data.clock, event.at);
    case 'CustomerUpdateOverdue':
      return promises.updateOverdue(state, event);
    case 'PromiseWarned':
      return promises.warned(state, event);
    case 'TeamJoined':
      state.escalation.joined.push(event.data.person);
      return;
    case 'M2TeamFormed':
      state.escalation.teamFormed = true;
      return;
    case 'ResourcesConfirmed':
      state.escalation.plan = event.data.plan.map((entry) => ({ ...entry }));
      return;
    case 'SprLinked':
      return spr.sprLinked(state, event);
    case 'SprSubmitted':
      return spr.sprIs(state, event.data.sprNumber, 'SUBMITTED');
    case 'SprEscalated':
      return spr.sprIs(state, event.data.sprNumber, 'ESCALATED');
    case 'SprResolved':
      return spr.sprIs(state, event.data.sprNumber, 'RESOLVED');
    case 'TransferRecorded':
      if (event.data.outcome !== 'CONNECTED') return;
      eDown.eDownWishSettled(state, at);
      return promises.talked(state, at, at, escalation.transferKeeps(state, event.data.manager));
    case 'ManagerContactRequested':
      return;

    case 'NeedOpened':
      needs.needOpened(state, event);
      return contactsAreAsked(state, event.data.kind, at);
    case 'NeedChanged':
      return needs.needChanged(state, event);
    case 'NeedEnded':
      needs.needEnded(state, event);
      pages.closeEmptyPages(state, at);
      spr.sprNotTaken(state, event);
      return contactsAreAsked(state, event.data.kind, at);
    case 'SearchPaused':
      return needs.searchPaused(state, event);
    case 'SearchResumed':
      return needs.searchResumed(state, event);
    case 'SearchRestarted':
      needs.searchRestarted(state, event);
      return pages.closeEmptyPages(state, at);
    case 'PageRequested':
      return messages.pageRequested(state, event);
    case 'PageDelayed':
      return messages.pageDelayed(state, event);
    case 'PageSent':
      people.met(state, event);
      reached.pageSent(state, event);
      pages.closeEmptyPages(state, at);
      if (event.data.shift && !event.data.overtaken && isAtWork(state, event.data)) {
        emergency.shiftIsKnown(state, event.data.person, event.data.shift, at);
      }
      return;
    case 'PageFailed':
      return messages.pageFailed(state, event);
    case 'PageUndelivered':
      return messages.pageUndelivered(state, event);
    case 'PageSettled':
      return pageSettled(state, event);
    case 'PageDelivered':
      return;
    case 'PageMerged':
      return reached.pageMerged(state, event);
    case 'PageDeferred':
      messages.pageDeferred(state, event);
      if (needOf(state, 'CONTACT_CHECK')) contacts.contactCheckDeferred(state, event.at, event.data.until);
      return;
    case 'PageAcknowledged':
      // Whether anybody knows the name is asked before the answer makes it one that the case knows (D5).
      needs.answered(state, event);
      people.personAnswered(state, event);
      pages.pageAnswered(state, event);
      pages.closeEmptyPages(state, at);
      // A name that is still looked up may be nobody's: until then whoever worked on it counts.
      if (event.data.needs.includes('E_DOWN_ALERT') && !state.unverified.includes(event.data.person)) {
        emergency.emergencyTaken(state, event.data.person, at);
      }
      // What our own people answer says nothing of the customer's (H4).
      if (event.data.needs.some((key) => isOfContact(state, key))) {
        contacts.contactIsAsked(state, at);
      }
      return;
    case 'PageDeclined':
      people.mayRingAgain(state, event);
      needs.declined(state, event);
      return pages.closeEmptyPages(state, at);
    case 'PageUnanswered':
      needs.unanswered(state, event);
      return pages.closeEmptyPages(state, at);
    case 'AcknowledgementExpired': {
      const kind = needOf(state, event.data.need)?.kind;
      const level = kind ? managedLevel(kind) : null;
      if (level) escalation.levelIsOpen(state, level);
      needs.answerExpired(state, event);
      return pages.closeEmptyPages(state, at);
    }
    case 'AnswerVoided':
      escalation.levelsVoided(state, event.data.person);
      if (event.data.why === 'MANAGES_NOBODY') people.managesNobody(state, event);
      else people.nobodyKnows(state, event);
      return needs.answerVoided(state, event);
    case 'PersonRecognised': {
      const isNew = state.unverified.includes(event.data.person);
      needs.recognised(state, event);
      const alerts = needOf(state, 'E_DOWN_ALERT');
      if (isNew && alerts && holderOf(alerts) === event.data.person) {
        emergency.emergencyTaken(state, event.data.person, at);
      }
      return;
    }

    case 'CommandRejected':
    case 'CancelRequested':
      return;
    case 'CaseClosed':
      return lifecycle.caseClosed(state, event);
    case 'CaseReopened':
      lifecycle.caseReopened(state, event);
      return promises.start(state, at, 'FIRST_CONTACT', 'PROGRESS');
    default:
      event satisfies never;
  }
}

/** Whose window counts: whoever is asked to work on the emergency, or has it. */
function isAtWork(state: CaseState, { person, asks }: EventOf<'PageSent'>['data']): boolean {
  const alerts = needOf(state, 'E_DOWN_ALERT');
  return asks.includes('E_DOWN_ALERT') || (alerts !== undefined && holderOf(alerts) === person);
}

const isOfContact = (state: CaseState, key: NeedKey): boolean => {
  const need = needOf(state, key);
  return need !== undefined && rowOf(need.kind).audience === 'CONTACT';
};

/** What is asked of the contacts says after how long a silence they are checked on (H4). */
function contactsAreAsked(state: CaseState, kind: Parameters<typeof rowOf>[0], at: number): void {
  if (rowOf(kind).audience === 'CONTACT') contacts.contactIsAsked(state, at);
}

/** Work for the case, by whoever it was: what an answer is good for as long again (H3). */
const ACTS: readonly EventType[] = [
  'ProgressRecorded',
  'WorkableSystemClaimed',
  'CustomerContacted',
  'CustomerContactFailed',
  'SeverityChanged',
  'EngineerAssigned',
  'HandOverOffered',
  'HandOverAccepted',
  'StaffingConfirmed',
  'ResourcesConfirmed',
  'DeEscalated',
  'ContactActionRequested',
  'ContactActionCompleted',
  'SprLinked',
  'SprSubmitted',
  'SprEscalated',
  'SprResolved',
  'EDownReviewed',
];
const AT_WORK: readonly Actor['role'][] = ['ENGINEER', 'MANAGER', 'ASSISTANT'];

const isAct = ({ type, role }: CaseEvent): boolean => ACTS.includes(type) && AT_WORK.includes(role);

/** A copy to work on. Events are never changed, so they are shared, not copied. */
export function copyOf(state: CaseState): CaseState {
  const { tail, policy, requests, ...own } = state;
  return { ...(JSON.parse(JSON.stringify(own)) as typeof own), policy, requests, tail: [...tail] };
}

/** The state that a history of events amounts to. */
export function fold(events: readonly CaseEvent[]): CaseState {
  const [first] = events;
  if (first?.type !== 'CaseOpened') throw new Error('A history of a case begins with CaseOpened.');
  const state = lifecycle.initialState(first);
  for (const event of events) record(state, event);
  return state;
}
