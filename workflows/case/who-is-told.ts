/**
 * Who is told of what: one line an event, read against the guide. `ladder` means somebody has to answer, and the ladder
 * of that audience climbs until somebody does (ladder.ts); without it, it is only word. Events that are not listed page
 * nobody.
 */
import { lower, sentence } from './describe';
import { isOnFile } from './contacts';
import { questionsOf } from './e-down';
import { reviewLadder, whatIsDown } from './emergency';
import { CLOCK_WORDS, clockOf } from './promises';
import { SEVERITY_WORDS } from './severity';
import { sprLadder } from './spr';
import type { CaseEvent, EventData } from './events';
import { ladderOf, neverAsked, pageOf, type Need } from './ladder';
import { managedAt, managedLevel, MANAGED_LEVELS, ownerOf, tierOf } from './levels';
import type { CaseState, Page } from './state';
import { when } from './time';
import type { Audience, ClockKind, EscalationReason, ManagedLevel, Purpose } from './vocabulary';

const manager = (purpose: Purpose, what: string, ladder?: string): Need => ({ audience: 'MANAGER', purpose, what, ...(ladder !== undefined && { ladder }) });

/** R9: the engineer hears of it once. Who did it himself is sent word, and need not answer himself. */
function engineer(state: CaseState, event: CaseEvent, purpose: Purpose, ladder: string, what: string): Need {
  const self = state.engineer !== null && event.by === state.engineer;
  return { audience: 'ENGINEER', purpose, what, ...(self ? {} : { ladder }) };
}

/** A level's manager who did not keep a promise: they are reminded, and the next one up has to answer. */
function brokenPromise(state: CaseState, clock: string, what: string): Need[] {
  const level: ManagedLevel = state.level === 'M2' ? 'M2' : 'M1';
  const owner = ownerOf(state, level);
  return [
    ...(owner === null ? [] : [{ audience: 'MANAGER' as const, purpose: 'PROMISE_OVERDUE' as const, what, person: owner }]),
    { ladder: clock, audience: level === 'M2' ? 'DUTY_EXECUTIVE' : 'SECOND_LEVEL_MANAGER', purpose: 'PROMISE_OVERDUE', what },
  ];
}

export function whoIsTold(event: CaseEvent, state: CaseState): readonly Need[] {
  switch (event.type) {
    case 'CaseOpened':
      // While nobody is assigned, whoever is on call has to find an engineer: a new case must not lie unseen.
      return event.data.severity === 0 || (state.engineer !== null && event.by === state.engineer)
        ? []
        : [engineer(state, event, 'ASSIGNED', 'ASSIGNED', state.engineer === null ? `A new case of severity ${state.severity} needs an engineer.` : `A new case of severity ${state.severity} for ${state.engineer}.`)];
    case 'EngineerAssigned':
      return [{ ladder: 'ASSIGNED', audience: 'ENGINEER', purpose: 'ASSIGNED', what: `${event.data.engineer} has the case now.` }, ...newEngineer(state, event, event.data.engineer), ...givenBack(state)];
    case 'CaseReopened':
      return [engineer(state, event, 'ASSIGNED', 'REOPENED', `The case is open again: ${event.data.reason}`)];
    case 'SeverityChanged':
      // R9. Into E-Down the emergency's own page says so.
      return event.data.severity === 0
        ? []
        : [engineer(state, event, 'SEVERITY_CHANGED', `SEVERITY_CHANGED-${event.seq}`, `The severity went from ${event.data.before} to ${event.data.severity} (${SEVERITY_WORDS[event.data.severity]}).`)];
    case 'EntitlementUpdated':
      return state.emergency === 'ACTIVE' && !(event.data.activeSupport && event.data.enterprise)
        ? [manager('ESCALATION_INFO', 'The entitlement has ended during an emergency. Work goes on 24x7.')]
        : [];

    case 'EDownRequested': {
      if (state.emergency === 'ACTIVE') return [];
      const what = `Call ${event.by ?? 'the customer'} back: E-Down attention is asked for. ${event.data.missing.length > 0 ? `To be asked: ${questionsOf(event.data.missing).join(' ')}` : 'All questions are answered.'}`;
      const asked = ladderOf(state, 'E_DOWN_REQUESTED');
      // Another caller, or more answers than before, is for whoever was asked to call.
      if (asked?.target != null && what !== asked.what) return [{ audience: 'ENGINEER', purpose: 'E_DOWN_REQUESTED', what, person: asked.target }];
      return [{ ladder: 'E_DOWN_REQUESTED', audience: 'ENGINEER', purpose: 'E_DOWN_REQUESTED', what }];
    }
    case 'EmergencyStarted':
      return [
        ...(state.engineer === null ? [] : [engineer(state, startedBy(state, event), 'E_DOWN_STARTED', 'E_DOWN_STARTED', `E-Down: ${state.episode ? whatIsDown(state.episode) : ''} 24x7 work begins now.`)]),
        { audience: 'DUTY_EXECUTIVE', purpose: 'E_DOWN_STARTED', what: `E-Down ${event.data.episode} has started at ${state.customer.name}.` },
      ];
    case 'EmergencyEnded':
      return ended(state, event.data, `E-Down ${event.data.episode} has ended: ${event.data.how.toLowerCase().replaceAll('_', ' ')}.`);
    case 'EDownReviewDue':
      return [manager('REVIEW_DUE', `E-Down ${event.data.episode} is to be reviewed.`, reviewLadder(event.data.episode))];
    case 'ProgressStalled':
      return [manager('PROGRESS_STALLED', `No substantive progress since ${when(event.data.since)}.`, 'PROGRESS')];
    case 'WorkableSystemClaimed':
      return [{ audience: 'CONTACT', purpose: 'CONFIRM_WORKABLE_SYSTEM', what: `${event.by ?? 'An engineer'} says that a workable system runs. Please confirm, or say what does not work.` }];

    case 'ContactsUpdated':
      return event.data.takesOver === undefined ? [] : askedOf(state, event.data.takesOver);
    case 'ContactChecked':
      if (event.data.isNew) return [{ audience: 'CONTACT', purpose: 'CONTACT_CHECK', person: event.data.contact, what: 'You are the technical contact of an emergency now. Please give a sign: work goes on 24x7 and needs you.' }];
      return [{ audience: 'CONTACT', purpose: 'CONTACT_CHECK', what: 'We have not heard from you. Please give a sign: work goes on 24x7 and needs you.' }];
    case 'ContactUnavailable':
      return [
        ...(event.data.next === null ? [] : [{ audience: 'CONTACT' as const, purpose: 'CONTACT_CHECK' as const, person: event.data.next, what: 'The first contact does not answer. Please take over.' }]),
        manager('CONTACT_CHECK', `The technical contact gives no sign since ${when(event.data.since)}.`, 'CONTACT_UNAVAILABLE'),
      ];
    case 'ContactRestored':
      return event.data.wasReported ? [manager('CONTACT_CHECK', `The technical contact gives a sign again (${event.data.by}): nothing is lowered.`)] : [];
    case 'LoweringProposed':
      return event.data.origin === 'POLICY' ? [manager('CONTACT_CHECK', `Proposal: lower the severity with the customer's agreement. ${event.data.why}`, 'CONTACT_LOWERING')] : [];
    case 'ContactActionRequested':
      return [{ audience: 'CONTACT', purpose: 'CONTACT_ACTION', what: `Please (${event.data.actionId}): ${event.data.what}` }];
    case 'ContactActionOverdue':
      return [{ ladder: `CONTACT_ACTION-${event.data.actionId}`, audience: 'ENGINEER', purpose: 'CONTACT_ACTION', what: `${event.data.actionId} is overdue from the contact.` }];

    case 'ShiftEnded':
      if (event.data.handedOver) return [];
      return [
        { ladder: 'HAND_OVER_IN', audience: 'ON_CALL', purpose: 'HAND_OVER', what: `The window of ${event.data.team} has ended; the emergency is coming to you. ${state.handOver?.from ?? 'Nobody'} has it until you accept the hand-over.` },
        ...(state.handOver?.from == null || state.handOver.offer ? [] : [writes(state, event.data.team, state.handOver.from)]),
      ];
    case 'HandOverOffered':
      return [{ ladder: 'HAND_OVER_ACCEPT', audience: 'ENGINEER', purpose: 'HAND_OVER', first: event.data.to, what: handedOver(event.data) }];
    case 'HandOverAccepted':
      return [...handedOverBy(event.data).map((person) => ({ audience: 'ENGINEER' as const, purpose: 'HAND_OVER' as const, person, what: `${event.data.to} has accepted the hand-over.` })), ...newEngineer(state, event, event.data.to), ...givenBack(state)];
    case 'HandOverOverdue':
      return [manager('HAND_OVER', `The hand-over is overdue: ${event.data.who ?? 'nobody'} did not ${event.data.what === 'WRITE' ? 'write' : 'accept'} it.`, 'HAND_OVER_OVERDUE')];

    case 'Escalated':
      return event.data.level === 'M1'
        ? [whoTakes('M1', event.data)]
        : [
            whoTakes('M2', event.data),
            ...(state.engineer === null ? [] : [{ ladder: 'TEAM_ENGINEER', audience: 'ENGINEER' as const, purpose: 'ESCALATION_INFO' as const, what: `The case is at M2: ${state.engineer} is in the team with both managers. Please acknowledge.` }]),
            ...named(ownerOf(state, 'M1'), 'MANAGER', 'The case is at M2: you are in the team with the engineer and the second-level manager.'),
          ];
    case 'EscalationReminded':
      return event.data.paged ? [secondLevel(state, 'ESCALATION_REMINDER', 'The customer asks again.')] : [];
    case 'EscalationSuggested':
      return [
        event.data.level === 'EXECUTIVE'
          ? { audience: 'DUTY_EXECUTIVE', purpose: 'ESCALATION_INFO', what: 'The policy suggests executive attention: the system is not restored.' }
          : { audience: event.data.level === 'M1' ? 'MANAGER' : 'SECOND_LEVEL_MANAGER', purpose: 'ESCALATION_INFO', what: `The policy suggests ${event.data.level}: the system is not restored. The customer has not asked for it.` },
      ];
    case 'DeEscalated':
      return named(event.data.from === 'M2' ? ownerOf(state, 'M1') : null, 'MANAGER', 'The case is back at M1 with you.');
    case 'NoManagerReached':
      return [{ audience: 'DUTY_EXECUTIVE', purpose: 'NOBODY_REACHED', what: `Nobody answered in ${event.data.rounds} round(s): ${lower(event.data.purpose)}. The search goes on.` }];
    case 'StaffingOverdue':
      return brokenPromise(state, 'STAFFING', 'Staffing is not confirmed in time.');
    case 'CustomerContactOverdue':
      return event.data.clock === 'MANAGER_CONTACT'
        ? brokenPromise(state, 'MANAGER_CONTACT', 'The manager has not contacted the customer in time.')
        : [manager('PROMISE_OVERDUE', 'The customer has not been contacted in time.', 'FIRST_CONTACT')];
    case 'CustomerUpdateOverdue':
      return [{ ladder: 'CUSTOMER_UPDATE', audience: 'ENGINEER', purpose: 'PROMISE_OVERDUE', what: 'The update to the customer is overdue.' }];
    case 'PromiseWarned':
      return state.policy.pageWarnings && event.data.percent === state.policy.warnAt.at(-1) && !isCoveredByFirstContact(state, event.data.clock)
        ? [{ audience: 'ENGINEER', purpose: 'PROMISE_WARNING', what: `${event.data.percent}% of the time is gone: ${CLOCK_WORDS[event.data.clock]}, due at ${when(event.data.dueAt)}.` }]
        : [];
    case 'SprLinked':
      return tellCustomer(state, `${event.data.sprNumber} is linked to your case.`);
    case 'SprSubmitted':
      return tellCustomer(state, `${event.data.sprNumber} was submitted to development.`);
    case 'SprEscalated':
      return [
        { ladder: sprLadder(event.data.sprNumber), audience: 'RND', purpose: 'SPR_ESCALATED', what: `${event.data.sprNumber} is escalated: ${event.data.reason}` },
        ...tellCustomer(state, `${event.data.sprNumber} was escalated to development.`),
      ];
    case 'SprResolved':
      return tellCustomer(state, `${event.data.sprNumber} is resolved.`);
    case 'ManagerContactRequested': {
      // The one whom `managerForCase` names is the one who is asked (R50).
      const owner = managedAt(state)?.owner;
      const what = `The customer wants to talk to the manager. ${event.data.callback ?? ''}`.trim();
      const ladder = ladderOf(state, 'MANAGER_REQUESTED');
      const has = ladder?.target ?? null;
      // Another number than before is for whoever was asked to call.
      if (has !== null && event.data.callback !== undefined && what !== ladder?.what) return [{ audience: 'MANAGER', purpose: 'MANAGER_REQUESTED', what, person: has }];
      return [{ ladder: 'MANAGER_REQUESTED', audience: 'MANAGER', purpose: 'MANAGER_REQUESTED', ...(owner !== undefined && { first: owner }), what }];
    }
    case 'TransferRecorded': {
      // R49: who has it could not be got on the phone. They are paged to call back, and somebody else is found if need be.
      const owner = ownerOf(state, state.level);
      return event.data.outcome === 'CONNECTED' || owner === null
        ? []
        : [{ ladder: 'MANAGER_REQUESTED', audience: 'MANAGER', purpose: 'MANAGER_REQUESTED', first: owner, what: 'The customer was on the phone, and the transfer reached nobody. Please call back.' }];
    }
    case 'PageAcknowledged': {
      const key = pageOf(state, event.data.pageId)?.ladder ?? null;
      return key === null || managedLevel(key) || event.data.again ? [] : othersOf(state, key, event.data.person);
    }
    case 'EscalationAccepted':
      return othersOf(state, event.data.level, event.data.owner);
    case 'PageSent':
      return event.data.overtaken ? rungInVain(state, event.data) : [];
    default:
      return [];
  }
}

/** All that whoever comes in has to know before they accept; what was tried is on record. */
const handedOver = ({ from, to, state, nextStep, promise }: EventData['HandOverOffered']): string =>
  `${from} hands over to ${to}. State: ${sentence(state)} Next: ${sentence(nextStep)}${promise === undefined ? '' : ` Promised: ${sentence(promise)}`}`;

/** Who comes in cannot write it: where nobody is assigned, the duty managers are asked after the one who goes. */
const writes = ({ engineer }: CaseState, team: string, first: string): Need => ({
  ladder: 'HAND_OVER_WRITE',
  audience: engineer === null ? 'MANAGER' : 'ENGINEER',
  purpose: 'HAND_OVER',
  first,
  what: `The window of ${team} has ended: ${first} is to write the hand-over (state, tried, next step, promise).`,
});

/** Who wrote it, and whose case it was. */
const handedOverBy = ({ from, before }: EventData['HandOverAccepted']): string[] => [from, ...(before === undefined ? [] : [before])];

/** EmergencyStarted follows a person's act; whether the engineer did it himself is in the event before it. */
const startedBy = (state: CaseState, event: CaseEvent): CaseEvent =>
  state.tail.findLast(({ type }) => type === 'EDownDeclared') ?? event;

/** The first contact is an update too: one warning for the two is enough. */
const isCoveredByFirstContact = (state: CaseState, clock: ClockKind): boolean =>
  clock === 'CUSTOMER_UPDATE' && clockOf(state, 'FIRST_CONTACT') !== undefined;

const because = (reason: string | null | undefined): string => (reason == null ? '' : ` (${reason.toLowerCase().replaceAll('_', ' ')})`);

const whoTakes = (level: ManagedLevel, { reason, dissatisfaction }: { readonly reason?: EscalationReason | null; readonly dissatisfaction?: string | null }): Need =>
  level === 'M1'
    ? manager('ESCALATED_M1', `The customer escalates${because(reason)}: please accept, staff it and contact the customer.`, 'M1')
    : { ladder: 'M2', audience: 'SECOND_LEVEL_MANAGER', purpose: 'ESCALATED_M2', what: `The customer is not satisfied: ${dissatisfaction ?? ''}` };

/** R40: whoever had it is the engineer now. A level that nobody has is looked for, always: there is no ladder only here. */
const givenBack = (state: CaseState): Need[] =>
  MANAGED_LEVELS.filter((level) => tierOf(state, level)?.status === 'PENDING' && !ladderOf(state, level)).map((level) => whoTakes(level, state.escalation));

/** R40, R46: the owners of the levels stay; they hear of it, and so does the new engineer's own manager. Each of them once. */
function newEngineer(state: CaseState, { by }: CaseEvent, engineer: string): Need[] {
  if (state.level === 'NORMAL') return [];
  const what = `${engineer} has the case now; it is at ${state.level} with ${ownerOf(state, state.level) ?? 'nobody yet'}.`;
  const owners = MANAGED_LEVELS.flatMap((level) => ownerOf(state, level) ?? []);
  return [...owners.filter((person) => person !== by).flatMap((person) => named(person, 'MANAGER', what)), { ...manager('ESCALATION_INFO', what), unless: [...owners, ...(by === undefined ? [] : [by])] }];
}

const named = (person: string | null, audience: Audience, what: string): Need[] =>
  person === null ? [] : [{ audience, purpose: 'ESCALATION_INFO', what, person }];

/** Whoever has M2 or is asked for it now, and while the search rests whoever could be: the chart alone might name the one who has M1. */
const secondLevel = (state: CaseState, purpose: Purpose, what: string): Need => {
  const person = ownerOf(state, 'M2') ?? ladderOf(state, 'M2')?.target ?? null;
  return { audience: 'SECOND_LEVEL_MANAGER', purpose, what, ...(person === null ? { excluding: neverAsked(state, 'M2') } : { person }) };
};

/** R31: what was asked of the contact before them. */
function askedOf({ actions }: CaseState, person: string): Need[] {
  const open = actions.filter(({ status }) => status === 'OPEN' || status === 'OVERDUE').map(({ actionId, what }) => `${actionId}: ${what}`);
  return open.length === 0 ? [] : [{ audience: 'CONTACT', purpose: 'CONTACT_ACTION', person, what: `You are the technical contact now. Asked of you: ${open.join(' ')}`.slice(0, 1200) }];
}

/** B13: the customer hears of each step, where a contact is on file. */
const tellCustomer = (state: CaseState, what: string): Need[] =>
  state.contacts.length === 0 ? [] : [{ audience: 'CONTACT', purpose: 'SPR_UPDATED', what }];

/** B14: top management, the engineer, and everybody who was woken, once each. */
function ended(state: CaseState, { how, paged }: EventData['EmergencyEnded'], what: string): Need[] {
  const purpose = 'E_DOWN_ENDED';
  // Who has just been told of the lower severity knows it (R9: once).
  const needsWord = state.engineer !== null && how !== 'SEVERITY_LOWERED';
  // Whoever was woken in the engineer's place is told by name below.
  const delegates = paged.filter(({ person, audience }) => audience === 'ENGINEER' && person !== state.engineer).map(({ person }) => person);
  return [
    ...(needsWord ? [{ audience: 'ENGINEER' as const, purpose, what, excluding: delegates } as const] : []),
    { audience: 'DUTY_EXECUTIVE', purpose, what },
    ...paged
      .filter(({ person, audience }) => person !== state.engineer && audience !== 'DUTY_EXECUTIVE')
      // A contact who is on file no more has no number to be told by, and is nobody's to be asked for.
      .filter(({ person, audience }) => audience !== 'CONTACT' || isOnFile(state, person))
      .map(({ person, audience }) => ({ audience, purpose, what, person }) as const),
  ];
}

/** They were rung while somebody else took it or the need went: they hear so, unless an earlier page had them told. */
function rungInVain(state: CaseState, { pageId, person }: EventData['PageSent']): Need[] {
  const page = pageOf(state, pageId);
  if (!page || page.ackBy === person) return [];
  if (page.ladder === null) return inVainAtTheEnd(state, page, person);
  const wasTold = state.pages.some((other) => other !== page && other.ladder === page.ladder && other.person === person && other.accepted);
  // Of an earlier ladder, maybe: where the same is asked anew it is not settled, and may be theirs in a moment.
  const ladder = ladderOf(state, page.ladder);
  const has = ladder?.ack?.person ?? null;
  // A ladder that goes on without an answer asks somebody else now, and a late answer is told whom.
  if (wasTold || has === person || (ladder && has === null)) return [];
  return [{ audience: page.audience, purpose: 'ESCALATION_INFO', person, what: has === null ? `It is settled, nothing needs to be done: ${page.what}` : `${has} has it: ${page.what}` }];
}

/** A contact who was asked for a sign while the emergency ended: the page itself says that it goes on. */
const inVainAtTheEnd = (state: CaseState, { settled, audience }: Page, person: string): Need[] =>
  !settled || state.emergency === 'ACTIVE' || !isOnFile(state, person)
    ? []
    : [{ audience, purpose: 'E_DOWN_ENDED', person, what: 'The emergency has ended meanwhile: nothing is asked of you any more.' }];

/** Section 6 of the contract: whoever was paged on this ladder before is told who has it. */
function othersOf(state: CaseState, key: string, has: string): Need[] {
  const ladder = ladderOf(state, key);
  if (!ladder) return [];
  return ladder.paged
    .filter((person) => person !== has)
    .map((person) => ({ audience: ladder.audience, purpose: 'ESCALATION_INFO', person, what: `${has} has it: ${ladder.what}` }));
}
