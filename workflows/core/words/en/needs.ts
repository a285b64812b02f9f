/** Each need by its name in a list, and what is wanted of whoever is asked: the first line of their page. */
import type { Caller, Fact } from '../../language/events';
import { callersOf } from '../../language/fact';
import { wordsKeyOf, type NeedKey } from '../../paging/needs';
import { isAbove, partsOf, subjectOf, type Asked } from '../asked';
import type { Catalogue } from '../catalogue';

const withNumber = ({ name, number }: Caller): string => (number === undefined ? name : `${name} (${number})`);

const whom = (fact: Fact): string => callersOf(fact).map(withNumber).join(' and ') || 'the customer';

const theCustomer = ({ facts }: Asked): string => facts.customer;

function seeThat(asked: Asked, own: Asked['as'], done: string): string {
  if (!isAbove(asked, own)) return done;
  const { declinedBy } = asked.ask;
  return declinedBy === undefined
    ? `The engineer does not answer. Please see to it: ${needNamed(asked.ask.key)}.`
    : `Please assign another engineer: ${declinedBy} cannot take it.`;
}

export const needs: Catalogue['needs'] = {
  E_DOWN_ALERT: {
    name: 'the emergency',
    want: ({ as }) =>
      as === 'ON_CALL' || as === 'ENGINEER'
        ? 'Please take this E-Down.'
        : 'Please take this E-Down, or find somebody who does.',
  },
  E_DOWN_STARTED: {
    name: 'the case as an E-Down',
    want: (asked) =>
      asked.as === 'ENGINEER' || asked.person === asked.engineer
        ? 'Your case is an E-Down now. Please take it.'
        : asked.as === 'ON_CALL'
          ? 'The engineer is off shift. Please take this case.'
          : `The engineer ${asked.ask.declinedBy === undefined ? 'does not answer' : 'cannot take it'}. Please find somebody to take this E-Down.`,
  },
  E_DOWN_REQUESTED: {
    name: 'call back about E-Down',
    want: (asked) => `Please call ${whom(asked.ask.fact)} back: production may be down.`,
  },
  E_DOWN_REFUSED: {
    name: 'talk about a refused E-Down',
    want: (asked) => `Please call ${whom(asked.ask.fact)}: their E-Down was refused.`,
  },
  M2: {
    name: 'M2',
    want: (asked) => `Please take this case as second-level manager (M2): ${theCustomer(asked)} is not satisfied.`,
  },
  M1: {
    name: 'M1',
    want: (asked) => `Please take this case as manager (M1): staff it and call ${theCustomer(asked)}.`,
  },
  CONTACT_CHECK: {
    name: 'a reply from the contact',
    want: () => 'Please reply: work goes on 24x7 and we need you.',
  },
  CONFIRM_WORKABLE_SYSTEM: {
    name: 'whether the system works',
    want: () => 'Please say whether the system works, or what does not work.',
  },
  CONTACT_ACTION: {
    name: 'a request to the contact',
    want: (asked) => {
      const { fact } = asked.ask;
      const what = fact.type === 'ContactActionRequested' ? fact.data.what : needNamed(asked.ask.key);
      return `Please help (${subjectOf(asked)}): ${what}`;
    },
  },
  HAND_OVER_WRITE: {
    name: 'write the hand-over',
    want: ({ as, route }) =>
      as === 'MANAGER' && route !== 'NAMED'
        ? 'Please see to the hand-over: whoever works on it has not written it.'
        : 'Your shift has ended. Please write the hand-over: state, tried, next step, promise.',
  },
  HAND_OVER_ACCEPT: {
    name: 'accept the hand-over',
    want: () => 'Please accept the hand-over.',
  },
  HAND_OVER_OVERDUE: {
    name: 'the hand-over is overdue',
    want: () => 'Please see to the hand-over: it is overdue.',
  },
  PROGRESS_STALLED: {
    name: 'no progress',
    want: () => 'Please find out what is needed: there is no progress.',
  },
  MANAGER_REQUESTED: {
    name: 'the customer asks for a manager',
    want: (asked) => `Please call ${whom(asked.ask.fact)} back: they ask for a manager.`,
  },
  FIRST_CONTACT: {
    name: 'first contact is overdue',
    want: (asked) => `Please contact ${theCustomer(asked)}: nobody has done so in time.`,
  },
  MANAGER_CONTACT: {
    name: "the manager's contact is overdue",
    want: (asked) => `Please contact ${theCustomer(asked)}: the manager has not done so in time.`,
  },
  STAFFING: {
    name: 'staffing is overdue',
    want: () => 'Please see that the case is staffed: it was not confirmed in time.',
  },
  CUSTOMER_UPDATE: {
    name: 'the customer update is overdue',
    want: (asked) => seeThat(asked, 'ENGINEER', `Please update ${theCustomer(asked)}: the update is overdue.`),
  },
  CONTACT_UNAVAILABLE: {
    name: 'the contact is silent',
    want: (asked) =>
      asked.ask.fact.type === 'LoweringProposed'
        ? 'Please decide: the technical contact is silent, and lowering the severity is proposed.'
        : 'Please find another contact at the customer: the technical contact is silent.',
  },
  CONTACT_ACTION_OVERDUE: {
    name: 'overdue from the contact',
    want: (asked) => seeThat(asked, 'ENGINEER', `Please ask the contact again: ${subjectOf(asked)} is overdue.`),
  },
  CONTACT_UNREACHED: {
    name: 'the contact cannot be paged',
    want: (asked) => seeThat(asked, 'ENGINEER', 'Please reach the contact in another way: no page gets through.'),
  },
  ENGINEER_NEEDED: {
    name: 'an engineer is needed',
    want: (asked) =>
      asked.ask.fact.type === 'OwnerUnknown'
        ? 'Please assign another engineer: the one on record is not in the directory.'
        : 'Please find an engineer for this case.',
  },
  ASSIGNED: {
    name: 'the case',
    want: (asked) =>
      isAbove(asked, 'ENGINEER') && asked.ask.declinedBy === undefined
        ? 'Please find somebody to take this case: the engineer does not answer.'
        : seeThat(asked, 'ENGINEER', 'This case is yours. Please take it.'),
  },
  SEVERITY_CHANGED: {
    name: 'the severity has changed',
    want: (asked) => seeThat(asked, 'ENGINEER', 'The severity of your case has changed. Please look at it.'),
  },
  TEAM_ENGINEER: {
    name: 'the M2 team',
    want: (asked) => seeThat(asked, 'ENGINEER', 'Your case is at M2. Please join the team with both managers.'),
  },
  SEVERITY_ZERO_IDLE: {
    name: 'severity 0 without an emergency',
    want: (asked) =>
      seeThat(asked, 'ENGINEER', 'Please lower the severity with the customer, or declare E-Down again.'),
  },
  SPR_ESCALATED: {
    name: 'the escalated SPR',
    want: (asked) => `Please take ${subjectOf(asked)}: it is escalated.`,
  },
  ENTITLEMENT_CHECK: {
    name: 'the entitlement',
    want: (asked) => `Please check what ${theCustomer(asked)} is entitled to. Work goes on 24x7 meanwhile.`,
  },
  REVIEW_DUE: {
    name: 'the review of the E-Down',
    want: (asked) => `Please review E-Down ${subjectOf(asked)}.`,
  },
};

/** A need by name, with what it is about where there may be many. */
export function needNamed(key: NeedKey): string {
  const { kind, subject } = partsOf(key);
  const { name } = needs[wordsKeyOf(kind)];
  return subject === undefined ? name : `${name} (${subject})`;
}
