/** What is wrong with a message, what only this case knows about a refusal, and what an accepted command is told. */
import { say, type Catalogue } from '../catalogue';
import { named } from '../labels';
import { attested, audiences, categories, clocks, ends, questions, sprStatuses } from './labels';
import { needNamed } from './needs';
import { among, duration, list, upperFirst } from './prose';

/** A bound that is there only so that there is one. */
const NO_LIMIT = 1e9;

export const wanted: Catalogue['wanted'] = {
  TEXT: ({ max }) => `text of 1 to ${max} characters`,
  ANY_TEXT: ({ max }) => `text of at most ${max} characters`,
  ID: ({ max }) => `one line of 1 to ${max} printable characters`,
  BOOL: () => 'true or false',
  ONE_OF: ({ values }) => `one of ${values.join(', ')}`,
  INTEGER: ({ min, max }) => `a whole number from ${min} to ${max}`,
  NUMBER: ({ min, max }) => (max >= NO_LIMIT ? 'a number' : `a number from ${min} to ${max}`),
  INSTANT: () => 'an ISO 8601 time with offset, such as 2026-11-24T03:00:00Z',
  ZONE: () => 'an IANA time zone, such as Europe/Berlin',
  LIST: ({ min, max }) => `a list of ${min} to ${max}`,
  OBJECT: () => 'one JSON object',
  CONTACTS_OR_NONE: () => 'a list of contacts, or "none"',
};

export const problems: Catalogue['problems'] = {
  MISSING: (facts) => `is missing; it must be ${say(wanted, facts.wanted)}`,
  MUST_BE: (facts) => `must be ${say(wanted, facts.wanted)}`,
  MUST_BE_VALUE: ({ value }) => `must be ${value}`,
  MUST_BE_ONE_OF: ({ values }) => `must be one of ${values.join(', ')}`,
  MUST_NOT_BE: ({ value }) => `must not be ${value}`,
  NOT_GIVEN: () => 'is missing',
  NOT_ANSWERED: ({ question }) =>
    `is not answered: ${questions[question]}${question === 'downSince' ? ' Send `downSince` or `downForMinutes`.' : ''}`,
  EXCEEDS: ({ field }) => `is more than ${field}`,
  AT_LEAST: ({ min }) => `must be ${min} or more in this category`,
  IN_THE_PAST: () => 'must be in the past',
  IN_THE_FUTURE: () => 'must be in the future',
  NOT_SO_FAR_AHEAD: ({ minutes }) => `must not be more than ${minutes} minutes ahead`,
  NOT_BEFORE_OPENING: () => 'must not be before the case was opened',
  LACKS: ({ lacks }) => `lacks ${list(lacks.map((field) => attested[field]))}`,
  PAGER_NEEDS_NUMBER: () => 'is missing; a PAGER contact needs one',
  NOT_ON_FILE: ({ onFile }) => `is not on file; ${onFile.length === 0 ? 'nobody is' : `on file: ${list(onFile)}`}`,
  NOTHING_TO_CHANGE: () => 'or replace or remove must name a contact',
  TOO_MANY: ({ count, most }) => `makes ${count}; at most ${most} can be on file`,
  HAS_THE_CASE: () => 'has the case already',
  MUST_NAME: ({ people }) => `must name ${list(people)}`,
  MUST_MATCH: ({ pattern }) => `must look like ${pattern}`,
  MUST_RISE: () => 'must rise from one to the next',
  TIME_OF_DAY: () => 'must be a time of day such as 22:00',
  INVALID: ({ why }) => `is not valid: ${why}`,
  AT_MOST_BYTES: ({ max }) => `must be at most ${max} bytes of JSON`,
  NOT_JSON: () => 'must be something that JSON can carry',
};

export const details: Catalogue['details'] = {
  FIELDS: () => '',
  IT_WAS: ({ text }) => `It was "${text}".`,
  ALLOWED_ROLES: ({ roles }) => `Allowed: ${list(roles)}.`,
  NO_SERVICE: () => 'Only a person may do this, not a service.',
  NOT_A_CONTACT: ({ person, onFile }) =>
    `${person} is not a contact on file. ${onFile.length === 0 ? 'Nobody is on file.' : `On file: ${list(onFile)}.`}`,
  WORKFLOW_ID: ({ workflowId }) => `The workflow id is ${workflowId}; it must be the case number.`,
  HAS_IT: ({ person, since }, { when }) => `It is ${person}${since === undefined ? '' : `, since ${when(since)}`}.`,
  NO_SUCH_PAGE: ({ pageId }) => `There is no ${pageId}.`,
  LONG_OVER: () => 'The page is long over.',
  OVER: ({ need, why, at, by }, { when }) =>
    why === undefined || at === undefined
      ? `It is over: ${needNamed(need)}.`
      : `It ended at ${when(at)}: ${ends[why]}${by === undefined ? '' : ` (${by})`}.`,
  NOTHING_FOR_YOU: ({ person }) => `This case asks nothing of ${person} now.`,
  OWNED_BY: ({ owners }) => `${list(owners.map(({ level, person }) => `${person} has ${level}`))}.`,
  YOU_HAVE_IT: ({ since }, { when }) =>
    since === undefined ? 'You have it.' : `You have had it since ${when(since)}.`,
  YOU_ARE_THE_ENGINEER: () => 'You are the engineer of the case.',
  YOU_HAVE: ({ level }) => `You have ${level}.`,
  YOU_ARE_ASKED: ({ level }) => `You are asked for ${level}; nobody has both levels.`,
  MANAGES_NOBODY: ({ person }) => `${person} manages nobody in the directory.`,
  NOT_KNOWN: ({ person }) => `The case does not know ${person}. They can send it themselves.`,
  YOU_STAND_BELOW: ({ person }) => `${person} has M1; M2 is for somebody above.`,
  NOT_YOURS: () => 'It is about your own work.',
  NEXT_LEVEL: ({ level }) => `The next level is ${level}.`,
  NOT_BACK_TO_NORMAL: () => 'Escalating does not lead back to NORMAL.',
  AT_M1: ({ person }) => `The case is with ${person ?? 'the direct manager'} (M1) already.`,
  MANAGER_REMINDED: ({ isPaged }) =>
    isPaged ? 'The manager is reminded.' : 'The manager was reminded a short while ago.',
  OWNER: ({ person }) => `Owner: ${person ?? 'nobody has accepted yet'}.`,
  NOT_JOINED: ({ people }) => `Not joined yet: ${list(people)}.`,
  NOT_IN_PLAN: ({ people }) => `Not in the plan: ${list(people)}.`,
  ENVIRONMENT: ({ environment }) => `This system is ${environment}.`,
  MISSING_ANSWERS: ({ fields, hotline }) =>
    `Missing: ${list(fields)}.${hotline === undefined ? '' : ` Calling ${hotline} is quicker.`}`,
  FIGURES: ({ affected, total }) => `${affected} of ${total}.`,
  NOBODY_AFFECTED: () => 'Nobody affected is only possible where suppliers are.',
  LOSS: ({ percent }) => `The loss given is ${percent}%.`,
  CONTACT_LACKS: ({ person, lacks }) => `${person} lacks ${list(lacks.map((field) => attested[field]))}.`,
  CATEGORIES: () =>
    Object.entries(categories)
      .map(([code, words]) => `${code}: ${words}`)
      .join(' '),
  IS_SEVERITY: ({ severity }) => `It is severity ${severity}.`,
  REASON_NEEDED: () => 'Lowering an E-Down needs a reason.',
  ENGLISH_READING: () => 'By this policy work goes on 24x7 for as long as useful progress is made.',
  NO_PAST_EPISODE: () => 'There is no past E-Down to review.',
  REVIEWED_WHEN_OVER: ({ episode }) => `E-Down ${episode} is still running: it is reviewed when it is over.`,
  NOBODY_TO_ASK: () => 'There is nobody to ask.',
  NO_SUCH_ACTION: ({ actionId }) => `There is no action "${actionId}".`,
  NOT_LINKED: ({ sprNumber }) => `${sprNumber} is not linked.`,
  OFFERED_TO: ({ person }) => `It is offered to ${person}.`,
  NOT_YOUR_CASE: ({ person }) => `${person ?? 'Somebody else'} has the case; they, or a manager, hand it over.`,
  TO_SOMEBODY_ELSE: () => 'A hand-over goes to somebody else.',
  OPEN_AT_MOST: ({ what, most }) => `At most ${most} ${among[what]}.`,
  FUTURE_CONTACT: () => 'Contact cannot have happened in the future.',
};

export const notes: Catalogue['notes'] = {
  HOTLINE_PREFERRED: ({ hotline }) => `Please call the hotline as well, it is the preferred way: ${hotline}.`,
  HOTLINE_QUICKEST: ({ hotline }) => `The hotline is the quickest way: ${hotline}.`,
  PROVISIONAL: () => 'Accepted provisionally: the entitlement could not be checked.',
  CATEGORY_MISMATCH: () =>
    'Half of the users or fewer are affected; the category says most. It will be looked at in the review.',
  PRODUCTION_NOT_STOPPED: () => 'Not all production has stopped; it will be looked at in the review.',
  LOSS_UNKNOWN: () => 'Please report the productivity loss in percent once known; 80 or more is expected.',
  NO_ENGINEER_YET: () => 'No engineer is assigned yet.',
  REQUEST_NOT_OPEN: () => 'No request was open.',
  ALREADY_EMERGENCY: () => 'The case is in a 24x7 emergency already; work goes on.',
  CALLED_BACK: ({ person, missing }) =>
    `${person} is called back. ${missing.length > 0 ? `Still to answer: ${list(missing.map((question) => `eDown.${question}`))}.` : 'All questions are answered.'}`,
  UNREADABLE: ({ fields }) => `Could not be read, and will be asked: ${list(fields)}.`,
  BEING_ASKED: ({ need, person }) => `${person} is asked already: ${needNamed(need)}.`,
  TRANSFER_IS_NO_ACCEPTANCE: () => 'The escalation counts as accepted when the manager accepts it.',
  MANAGER_STILL_TO_CONTACT: () => 'The manager still has to contact the customer.',
  PROMISED_TO_NOBODY: () => 'The customer was not reached, so the time of the next update stands as it was.',
  SOONER_THAN_PROMISED: ({ at }, { when }) =>
    `The policy allows no longer than ${when(at)} until the next update; that time holds.`,
  SPR_ALREADY: ({ sprNumber, status }) => `${sprNumber} is already ${named(sprStatuses, status)}.`,
  ACTION_IS: ({ actionId }) => `The action is ${actionId}.`,
  ACTION_OVER: ({ isDone }) =>
    isDone ? 'It was answered before; the first answer stands.' : 'It is not needed any more.',
  STALL_GOES_ON: () => 'Only substantive progress ends the stall.',
  POLICY_ALREADY: ({ version }) => `The case has policy ${version} already.`,
  GOES_ON_24X7: () => 'Work goes on 24x7; the manager is told.',
  NOBODY_ASKED_FOR: () => 'No customer is named as the one who asked; send `requestedBy` for a change made on a call.',
  ASKED: ({ need, audience, withinMs }) =>
    `${upperFirst(audiences[audience])} is asked now (${needNamed(need)}) and has ${duration(withinMs)} to answer.`,
  TAKEN: ({ needs }) => `Yours now: ${list(needs.map(needNamed))}.`,
  HELD_BY: ({ need, person }) => `${person} has it: ${needNamed(need)}.`,
  BARRED_FROM: ({ need }) => `Somebody else is asked: ${needNamed(need)}.`,
  PASSED_ON: ({ needs }) => `You are not asked for it any more: ${list(needs.map(needNamed))}.`,
  SAME_WISH: ({ level }) =>
    `The case is at ${level} for this already.${level === 'M1' ? ' To go on to the second level, send level M2.' : ''}`,
  OLDER_FACT: () => 'A newer change is in force: recorded, and nothing is changed by it.',
  NAME_IS_LOOKED_UP: ({ person }) => `${person} is not known to this case; the name is looked up now.`,
  KEPT_ONLY_LATER: () => 'The talk was before a later promise to the customer; that one runs on.',
};

export const dues: Catalogue['dues'] = {
  ALERT: ({ alert }) => `E-Down alert ${alert} to on-call`,
  REVIEW: ({ episode }) => `the review of E-Down ${episode}`,
  ANSWER: ({ need, person }) => `${needNamed(need)}: ${person} answers, or the next one is asked`,
  ACT: ({ need, person }) => `${needNamed(need)}: ${person} works on it, or the next one is asked`,
  SEARCH_AGAIN: ({ need }) => `${needNamed(need)}: the search for somebody begins again`,
  RING: ({ need, person }) => `${needNamed(need)}: ${person} is rung`,
  NEXT_CHANNEL: ({ person }) => `${person} is tried on another channel`,
  NEXT_PERSON: ({ need, person }) => `${needNamed(need)}: ${person} is reached, or the next one is asked`,
  PROMISE: ({ clock }) => clocks[clock],
  PROMISE_WARNING: ({ clock, percent }) => `${percent}% of the time is gone for: ${clocks[clock]}`,
  CONTACT_CHECK: () => 'a reply from the technical contact',
  CONTACT_ACTION: ({ what }) => `from the contact: ${what}`,
  HAND_OVER_WRITTEN: ({ person }) => `${person ?? 'the outgoing team'} writes the hand-over`,
  HAND_OVER_ACCEPTED: ({ person }) => `${person} accepts the hand-over`,
  SHIFT_ENDS: ({ team }) => `the window of ${team} ends: hand over`,
  SUGGESTION: ({ level }) => `if not restored, ${level === 'EXECUTIVE' ? 'executive attention' : level} is suggested`,
  WORD: () => 'news for the contact in their morning',
  REOPEN_WINDOW: () => 'the reopen window ends',
};
