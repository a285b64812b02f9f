/**
 * Who is told of what: one line an event, read against the guide. `asks` opens a need, and its ladder is climbed until
 * somebody has it (paging/needs.ts, paging/ladder.ts); `tells` is only word. What a page says is the event itself.
 */
import type { Word } from './concern';
import type { CaseEvent, EventOf } from './language/events';
import type { Wanted } from './language/reach';
import type { CaseState } from './language/state';
import type { Audience, ClockKind, Purpose } from './language/vocabulary';
import type { Asked } from './paging/ask';
import {
  barredFrom,
  facedBy,
  holderOf,
  isActive,
  isContact,
  isIdleAtZero,
  needOf,
  onCallOf,
  toEach,
} from './paging/find';
import { levelOf, managedAt, managedLevel, ownerOf, ownersOf } from './paging/levels';
import { rowOf, type NeedKey, type NeedRef } from './paging/needs';
import { rungsOf } from './paging/rungs';
import { clockOf, isBroken } from './rules/clocks';

export type Telling = { readonly asks: Omit<Asked, 'because'> } | { readonly tells: Omit<Word, 'fact'> };

/** Nobody is told: the record and the answer are all there is to it. */
const NOBODY: readonly Telling[] = [];

const asks = (need: NeedRef, more: Omit<Asked, 'because' | 'need'> = {}): Telling => ({ asks: { need, ...more } });

const tells = (purpose: Purpose, wanted: Wanted, evenOff?: true): Telling => ({
  tells: { purpose, wanted, ...(evenOff && { evenOff }) },
});

/** Word to whoever of this audience is looked up; without an engineer, to whoever stands in. */
function audience(state: CaseState, who: Audience, more: Partial<Wanted> = {}): Wanted {
  const [standIn = who] = rungsOf(state, who);
  return { audience: standIn, excluding: [], ...more };
}

/** Word to these people, and to nobody in their place. */
const each = (
  state: CaseState,
  purpose: Purpose,
  people: readonly (string | null)[],
  as: Audience,
  evenOff?: true,
): Telling[] => {
  const names = [...new Set(people.flatMap((person) => person ?? []))];
  return toEach(state, names, as).map((wanted) => tells(purpose, wanted, evenOff));
};

export function whoIsTold(event: CaseEvent, state: CaseState): readonly Telling[] {
  switch (event.type) {
    case 'CaseOpened':
      return ofNewCase(event, state);
    case 'EngineerAssigned':
      return [
        asks({ kind: 'ASSIGNED' }, { search: 'RESTART' }),
        // Whoever had it, whoever was asked in their place, and whom it was to be handed over to (R9).
        // That their part is over is the last that they hear.
        ...each(state, 'ASSIGNED', formerly(event, state), 'ENGINEER', true),
        ...ofNewEngineer(state, event, event.data.engineer),
      ];
    case 'OwnerUnknown':
      return [asks({ kind: 'ENGINEER_NEEDED' })];
    case 'CaseReopened':
      return [
        ...ofOwnership(event, state),
        ...each(state, 'ESCALATION_INFO', without(state.hadBefore, event), 'MANAGER'),
        ...idle(state),
      ];
    case 'SeverityChanged':
      return ofSeverity(event, state);
    case 'EntitlementUpdated':
      return isActive(state) && !(event.data.activeSupport && event.data.enterprise)
        ? [tells('ESCALATION_INFO', audience(state, 'MANAGER', { unless: actorsOf(event) }))]
        : NOBODY;

    case 'EDownRequested':
      return isActive(state) ? NOBODY : [asks({ kind: 'E_DOWN_REQUESTED' })];
    case 'EDownRefused':
      return isActive(state) ? NOBODY : [asks({ kind: 'E_DOWN_REFUSED' })];
    case 'EDownDeclared':
      return event.data.provisional ? [asks({ kind: 'ENTITLEMENT_CHECK' })] : NOBODY;
    case 'EmergencyStarted':
      return [
        ...(state.engineer === null ? [] : [ofEngineer(state, event, { kind: 'E_DOWN_STARTED' })]),
        ...each(state, 'E_DOWN_STARTED', without(ownersOf(state), event), 'MANAGER'),
        tells(
          'E_DOWN_STARTED',
          audience(state, 'DUTY_EXECUTIVE', { unless: [...ownersOf(state), ...actorsOf(causeOf(event, state))] }),
        ),
      ];
    case 'EmergencyAlerted':
      // Whoever is asked next reads the newest of it; who hears of each alert is for the cadence (rules/emergency.ts).
      return [asks({ kind: 'E_DOWN_ALERT' })];
    case 'EmergencyEnded':
      return [...ofEnd(event, state), ...idle(state)];
    case 'EDownReviewDue':
      return [asks({ kind: 'REVIEW_DUE', subject: String(event.data.episode) })];
    case 'ProgressStalled':
      return [asks({ kind: 'PROGRESS_STALLED' }, { search: 'ANEW' })];
    case 'WorkableSystemClaimed':
      // One question at a time: ten claims are one.
      return needOf(state, 'CONFIRM_WORKABLE_SYSTEM') ? NOBODY : [asks({ kind: 'CONFIRM_WORKABLE_SYSTEM' })];

    case 'ContactChecked':
      return [asks({ kind: 'CONTACT_CHECK' }, { search: 'ANEW' })];
    case 'ContactUnavailable':
      return event.data.why === 'DECLINED'
        ? [tells('CONTACT_CHECK', audience(state, 'ENGINEER'))]
        : [
            ...(event.data.next === null ? [] : [asks({ kind: 'CONTACT_CHECK' })]),
            asks({ kind: 'CONTACT_UNAVAILABLE' }),
          ];
    case 'ContactRestored':
      return event.data.wasReported
        ? [tells('CONTACT_CHECK', audience(state, 'MANAGER', { unless: [event.data.by] }))]
        : NOBODY;
    case 'LoweringProposed':
      // Whoever has it decides, and nobody over their head.
      return event.data.origin === 'POLICY'
        ? [
            asks(
              { kind: 'CONTACT_UNAVAILABLE' },
              { search: 'RESTART', ...firstOf(holderOfKey(state, 'CONTACT_UNAVAILABLE')) },
            ),
          ]
        : NOBODY;
    case 'ContactUnreached':
      // Theirs to reach in another way (R30).
      return [asks({ kind: 'CONTACT_UNREACHED' })];
    case 'ContactActionRequested':
      return [asks({ kind: 'CONTACT_ACTION', subject: event.data.actionId })];
    case 'ContactActionCompleted':
      // Whoever works on it has waited for it.
      return each(state, 'CONTACT_ACTION', without([state.engineer, onCallOf(state)], event), 'ENGINEER');
    case 'ContactActionOverdue':
      return [asks({ kind: 'CONTACT_ACTION_OVERDUE', subject: event.data.actionId })];

    case 'ShiftEnded':
      return event.data.handedOver
        ? NOBODY
        : [
            asks({ kind: 'E_DOWN_ALERT' }, { search: 'RESTART' }),
            ...(event.data.from === null || state.handOver?.offer
              ? []
              : [asks({ kind: 'HAND_OVER_WRITE' }, { terms: { first: event.data.from } })]),
          ];
    case 'HandOverOffered':
      return [asks({ kind: 'HAND_OVER_ACCEPT' }, { terms: { first: event.data.to } })];
    case 'HandOverAccepted':
      return [
        ...each(
          state,
          'HAND_OVER',
          without([event.data.from, event.data.before ?? null, event.data.had ?? null], event),
          'ENGINEER',
          true,
        ),
        ...ofNewEngineer(state, event, event.data.to),
      ];
    case 'HandOverOverdue':
      return [asks({ kind: 'HAND_OVER_OVERDUE' })];

    case 'Escalated':
      return event.data.level === 'M1'
        ? [asks({ kind: 'M1' })]
        : [
            asks({ kind: 'M2' }),
            ...(state.engineer === null ? [] : [ofEngineer(state, event, { kind: 'TEAM_ENGINEER' })]),
            ...each(state, 'ESCALATION_INFO', [ownerOf(state, 'M1')], 'MANAGER'),
          ];
    case 'EscalationReminded':
      return event.data.paged ? [tells('ESCALATION_REMINDER', secondLevel(state))] : NOBODY;
    case 'EscalationSuggested':
      return [tells('ESCALATION_INFO', suggestedTo(state, event.data.level))];
    case 'EscalationReopened':
      return event.data.why === 'HAS_THE_CASE'
        ? [asks({ kind: event.data.level }, { search: 'RESTART' })]
        : reopened(event, state);
    case 'DeEscalated':
      return each(
        state,
        'ESCALATION_INFO',
        without(event.data.from === 'M2' ? [ownerOf(state, 'M1')] : [], event),
        'MANAGER',
      );
    case 'NoManagerReached':
      // The duty executive is asked by the need's own ladder; where it has them already, there is nobody else.
      return NOBODY;
    case 'StaffingOverdue':
      return [...remindWhoBrokeIt(state), asks({ kind: 'STAFFING' }, { search: 'ANEW' })];
    case 'CustomerContactOverdue':
      return event.data.clock === 'MANAGER_CONTACT'
        ? [...remindWhoBrokeIt(state), asks({ kind: 'MANAGER_CONTACT' }, { search: 'ANEW' })]
        : [asks({ kind: 'FIRST_CONTACT' }, { search: 'ANEW' })];
    case 'CustomerUpdateOverdue':
      // The first contact is an update too: one call keeps both, and somebody is asked for it already (H2).
      return needOf(state, 'FIRST_CONTACT') ? NOBODY : [asks({ kind: 'CUSTOMER_UPDATE' }, { search: 'ANEW' })];
    case 'CustomerContacted':
      // A talk from before the last promise has kept the first contact alone (H8).
      return isBroken(state, 'CUSTOMER_UPDATE') && !isBroken(state, 'FIRST_CONTACT')
        ? [asks({ kind: 'CUSTOMER_UPDATE' })]
        : NOBODY;
    case 'PromiseWarned':
      return ofWarning(event, state);
    case 'SprLinked':
    case 'SprSubmitted':
    case 'SprResolved':
      return toCustomer(state);
    case 'SprEscalated':
      return [asks({ kind: 'SPR_ESCALATED', subject: event.data.sprNumber }), ...toCustomer(state)];
    case 'ManagerContactRequested':
      // Whoever `managerForCase` names is the one who is asked (R50).
      return [asks({ kind: 'MANAGER_REQUESTED' }, firstOf(managedAt(state)?.owner))];
    case 'TransferRecorded': {
      // R49: who has it could not be got on the phone. They are asked to call back, and somebody else is found if need be.
      const owner = ownerOf(state, levelOf(state));
      return event.data.outcome === 'CONNECTED' || owner === null
        ? NOBODY
        : [asks({ kind: 'MANAGER_REQUESTED' }, firstOf(owner))];
    }

    case 'NeedEnded':
      return each(state, 'ESCALATION_INFO', whoHearsOfEnd(event, state), rowOf(event.data.kind).audience);
    case 'PageAcknowledged':
      return othersAsked(event, state);
    case 'EscalationAccepted':
      return NOBODY;
    case 'PageDeclined':
      return ofDeclined(event, state);
    case 'SearchRestarted':
      // It was answered for and has come up again: whoever had it hears that others are asked.
      return event.data.before === undefined
        ? NOBODY
        : each(state, 'ESCALATION_INFO', [event.data.before], audienceOf(event, state));
    case 'AcknowledgementExpired':
      // They may be at work and have recorded nothing: one word is enough to have it again.
      return each(state, 'ESCALATION_INFO', [event.data.person], audienceOf(event, state));
    case 'AnswerVoided':
      // Where they had worked on a level by then, nobody was asked for it any more.
      return state.tiers
        .filter(({ level, owner }) => owner === null && !needOf(state, level))
        .map(({ level }) => asks({ kind: level }));
    case 'CaseClosed':
      return each(state, 'ESCALATION_INFO', without([state.engineer, ...state.hadBefore], event), 'MANAGER');

    case 'PolicyAdopted':
    case 'OlderFactRecorded':
    case 'EDownRequestWithdrawn':
    case 'EDownReviewed':
    case 'ProgressRecorded':
    case 'ContactsUpdated':
    case 'ContactSeen':
    case 'ContactActionClosed':
    case 'HandOverClosed':
    case 'ManagerUnreachable':
    case 'StaffingConfirmed':
    case 'CustomerContactFailed':
    case 'TeamJoined':
    case 'M2TeamFormed':
    case 'ResourcesConfirmed':
    case 'NeedOpened':
    case 'NeedChanged':
    case 'SearchPaused':
    case 'SearchResumed':
    case 'PageRequested':
    case 'PageDelayed':
    case 'PageSent':
    case 'PageFailed':
    case 'PageUndelivered':
    case 'PageDelivered':
    case 'PageSettled':
    case 'PageMerged':
    case 'PageDeferred':
    case 'PageUnanswered':
    case 'PersonRecognised':
    case 'CommandRejected':
    case 'CancelRequested':
      return NOBODY;
    default:
      return event satisfies never;
  }
}

/** Whoever did it knows it. */
const without = (people: readonly (string | null)[], { by, requestedBy }: CaseEvent): (string | null)[] =>
  people.filter((person) => person !== by && person !== requestedBy);

const actorsOf = ({ by, requestedBy }: CaseEvent): string[] => [by, requestedBy].flatMap((person) => person ?? []);

/** An emergency starts by itself, once somebody has declared it. */
const causeOf = (event: CaseEvent, { tail }: CaseState): CaseEvent =>
  (event.type === 'EmergencyStarted' ? tail.findLast(({ type }) => type === 'EDownDeclared') : undefined) ?? event;

const isBy = ({ by, requestedBy }: CaseEvent, person: string): boolean => by === person || requestedBy === person;

const firstOf = (person: string | undefined): Omit<Asked, 'because' | 'need'> =>
  person === undefined ? {} : { terms: { first: person } };

/** A new case must not lie unseen: whose it is takes it, or somebody finds an engineer (R9, H9). */
function ofNewCase(event: EventOf<'CaseOpened'>, state: CaseState): Telling[] {
  if (state.engineer === null) return [asks({ kind: 'ENGINEER_NEEDED' })];
  return event.data.severity === 0 || isBy(event, state.engineer) ? [] : [asks({ kind: 'ASSIGNED' })];
}

function ofOwnership(event: CaseEvent, state: CaseState): Telling[] {
  if (state.engineer === null || state.ownerUnknown) return [asks({ kind: 'ENGINEER_NEEDED' })];
  return isBy(event, state.engineer) ? [] : [asks({ kind: 'ASSIGNED' })];
}

/** H9: severity 0 and no emergency. */
const idle = (state: CaseState): Telling[] => (isIdleAtZero(state) ? [asks({ kind: 'SEVERITY_ZERO_IDLE' })] : []);

/** R9: the engineer hears of it once. Who did it himself is sent word, and need not answer himself. */
function ofEngineer(
  state: CaseState,
  event: CaseEvent,
  need: NeedRef,
  more: Omit<Asked, 'because' | 'need'> = {},
): Telling {
  return state.engineer !== null && isBy(causeOf(event, state), state.engineer)
    ? tells(rowOf(need.kind).purpose, audience(state, 'ENGINEER'), true)
    : asks(need, more);
}

/** Into E-Down the emergency's own page says so; better is good news. */
function ofSeverity(event: EventOf<'SeverityChanged'>, state: CaseState): Telling[] {
  const { before, severity } = event.data;
  if (severity === 0) return [];
  const isGood = severity > before && severity >= state.severityKnown;
  const again = { search: 'AGAIN', ...(isGood && { terms: { isGood } }) } as const;
  // Without an engineer whoever is asked for one hears how bad it is now.
  const telling =
    state.engineer === null
      ? asks({ kind: 'ENGINEER_NEEDED' })
      : ofEngineer(state, event, { kind: 'SEVERITY_CHANGED' }, again);
  // A mistake that is taken back before the engineer has answered: the emergency's end is all that there is to say (H6).
  const isTakenBack = before === 0 && severity === state.severityKnown && state.engineer !== null;
  return [
    ...(isTakenBack && 'asks' in telling ? [] : [telling]),
    // Their answer holds for a shorter time now: whoever manages it hears of the raise.
    ...(severity < before ? each(state, 'ESCALATION_INFO', without(ownersOf(state), event), 'MANAGER') : []),
  ];
}

/** B14: top management, and everybody who was woken for it, once each; a second word of it only to those who own the case. */
function ofEnd(event: EventOf<'EmergencyEnded'>, state: CaseState): Telling[] {
  const people = event.data.again ? without([state.engineer, ...ownersOf(state)], event) : ofEmergency(state, event);
  const unless = [...people.flatMap((person) => person ?? []), ...actorsOf(event)];
  return [
    ...each(state, 'E_DOWN_ENDED', people, 'ENGINEER'),
    tells('E_DOWN_ENDED', audience(state, 'DUTY_EXECUTIVE', { unless })),
  ];
}

/** Everybody who was asked or told of the emergency, off or not: this is the one thing that they hear (H5). */
const ofEmergency = (state: CaseState, event: CaseEvent): string[] => {
  const woken = state.people.filter(({ ofEmergency: was }) => was).map(({ id }) => id);
  const all = [...new Set([...woken, ...(state.engineer === null ? [] : [state.engineer])])];
  // A contact who is on file no more has no number to be told by.
  const isThere = (person: string): boolean =>
    state.people.find(({ id }) => id === person)?.audience !== 'CONTACT' || isContact(state, person);
  return without(all, event).flatMap((person) => (person !== null && isThere(person) ? [person] : []));
};

/** Whoever had it, whoever was asked for it, and whoever it was offered to. */
function formerly(event: EventOf<'EngineerAssigned'>, state: CaseState): (string | null)[] {
  const asked = (['ASSIGNED', 'HAND_OVER_ACCEPT'] as const).flatMap((key) => needOf(state, key)?.asked ?? []);
  const had = (['ASSIGNED', 'ENGINEER_NEEDED'] as const).flatMap((key) => holderOfKey(state, key) ?? []);
  const offered = state.handOver?.offer?.to ?? null;
  return without([event.data.before, offered, ...asked, ...had], event).filter(
    (person) => person !== event.data.engineer,
  );
}

/** R40, R46: the owners of the levels stay; they hear of it, and so does the new engineer's own manager. Each of them once. */
function ofNewEngineer(state: CaseState, event: CaseEvent, engineer: string): Telling[] {
  if (levelOf(state) === 'NORMAL') return [];
  const owners = ownersOf(state).filter((owner) => owner !== engineer);
  const unless = [...owners, engineer, ...(event.by === undefined ? [] : [event.by])];
  return [
    ...each(state, 'ESCALATION_INFO', without(owners, event), 'MANAGER'),
    tells('ESCALATION_INFO', audience(state, 'MANAGER', { unless })),
  ];
}

/** Given back by whoever had it: the need is open still, or is asked for again. */
const reopened = ({ data }: EventOf<'EscalationReopened'>, state: CaseState): readonly Telling[] =>
  needOf(state, data.level) ? NOBODY : [asks({ kind: data.level }, { terms: { declinedBy: data.person } })];

/** Whoever has M2 or is asked for it now, and while the search rests whoever could be. */
function secondLevel(state: CaseState): Wanted {
  const need = needOf(state, 'M2');
  const person = ownerOf(state, 'M2') ?? (need ? facedBy(need) : null);
  return person === null
    ? audience(state, 'SECOND_LEVEL_MANAGER', { excluding: barredFrom(state, 'M2') })
    : { audience: 'SECOND_LEVEL_MANAGER', person, exact: true, excluding: [] };
}

const suggestedTo = (state: CaseState, level: EventOf<'EscalationSuggested'>['data']['level']): Wanted =>
  audience(state, level === 'EXECUTIVE' ? 'DUTY_EXECUTIVE' : level === 'M1' ? 'MANAGER' : 'SECOND_LEVEL_MANAGER');

/** A level's manager who did not keep a promise is reminded; the next one up has to answer. */
const remindWhoBrokeIt = (state: CaseState): Telling[] =>
  each(state, 'PROMISE_OVERDUE', [ownerOf(state, levelOf(state))], 'MANAGER');

/** B4: whoever has the promise is warned. The first contact is an update too: one warning for the two is enough. */
function ofWarning({ data }: EventOf<'PromiseWarned'>, state: CaseState): readonly Telling[] {
  const { pageWarnings, warnAt } = state.policy;
  if (!pageWarnings || data.percent !== warnAt.at(-1)) return NOBODY;
  if (data.clock === 'CUSTOMER_UPDATE' && clockOf(state, 'FIRST_CONTACT')) return NOBODY;
  if (!isManagers(data.clock)) return [tells('PROMISE_WARNING', audience(state, 'ENGINEER'))];
  const level = levelOf(state);
  const need = level === 'NORMAL' ? undefined : needOf(state, level);
  const person = ownerOf(state, level) ?? (need ? facedBy(need) : null) ?? managedAt(state)?.owner ?? null;
  return person === null
    ? [tells('PROMISE_WARNING', audience(state, 'MANAGER'))]
    : each(state, 'PROMISE_WARNING', [person], 'MANAGER');
}

const isManagers = (clock: ClockKind): boolean => clock === 'MANAGER_CONTACT' || clock === 'STAFFING';

/** B13: the customer hears of each step, where a contact is on file; news wakes nobody (H4). */
const toCustomer = (state: CaseState): Telling[] =>
  state.contacts.length === 0 ? [] : [tells('SPR_UPDATED', { audience: 'CONTACT', excluding: [], hours: 'AWAKE' })];

/** Whoever was asked hears who has it, once each; whose case it is stays asked (needs.ts). */
function othersAsked({ data }: EventOf<'PageAcknowledged'>, state: CaseState): Telling[] {
  const needs = data.needs.flatMap((key) => needOf(state, key) ?? []);
  return needs.flatMap(({ kind, asked }) => {
    const others = asked.filter((person) => person !== data.person);
    const level = managedLevel(kind);
    return each(state, 'ESCALATION_INFO', others, level ? 'MANAGER' : rowOf(kind).audience);
  });
}

/** Whoever gives keeps it and hears so; the engineer hears that the contact cannot (D6). */
function ofDeclined({ data }: EventOf<'PageDeclined'>, state: CaseState): Telling[] {
  const kinds = data.needs.flatMap((key) => needOf(state, key)?.kind ?? []);
  const giver = kinds.includes('HAND_OVER_ACCEPT') ? (state.handOver?.from ?? null) : null;
  const isOfContact = kinds.some((kind) => rowOf(kind).audience === 'CONTACT');
  return [
    ...each(state, 'HAND_OVER', [giver], 'ENGINEER'),
    ...(isOfContact ? [tells('CONTACT_CHECK', audience(state, 'ENGINEER'))] : []),
  ];
}

/** The engineer is asked what has taken its place. */
const whoHearsOfEnd = ({ data }: EventOf<'NeedEnded'>, { engineer }: CaseState): readonly string[] =>
  data.why === 'OVERTAKEN' && rowOf(data.kind).audience === 'ENGINEER'
    ? data.asked.filter((person) => person !== engineer)
    : data.asked;

const holderOfKey = (state: CaseState, key: NeedKey): string | undefined => {
  const need = needOf(state, key);
  return (need && holderOf(need)) ?? undefined;
};

const audienceOf = (
  { data }: EventOf<'AcknowledgementExpired'> | EventOf<'SearchRestarted'>,
  state: CaseState,
): Audience => rowOf(needOf(state, data.need)?.kind ?? 'E_DOWN_ALERT').audience;
