/** Every refusal in words: one plain sentence, and the way out. */
import type { Catalogue } from '../catalogue';

const NOTHING = 'Nothing needs to be done.';

export const codes: Catalogue['codes'] = {
  INVALID_INPUT: {
    sentence: 'The input is not valid.',
    hint: 'Correct the fields that are named and send it again.',
  },
  UNAUTHENTICATED: {
    sentence: 'It is not said who gives this command.',
    hint: 'Send `by`: a person, an account or a service.',
  },
  ACCOUNT_INACTIVE: {
    sentence: 'The customer account is not active.',
    hint: 'Call the hotline, or have the account activated.',
  },
  FORBIDDEN_ROLE: {
    sentence: 'This role may not give this command.',
    hint: 'Ask somebody with one of the allowed roles.',
  },
  INVALID_CHANNEL: {
    sentence: 'This channel does not exist or does not fit the command.',
    hint: 'Use CASE_TRACKER, PHONE, DESK or API; Case Logger only opens cases.',
  },
  IDEMPOTENCY_CONFLICT: {
    sentence: 'This request id was used before with another body.',
    hint: 'Send the first body again, or use a new request id.',
  },
  UNKNOWN_COMMAND: {
    sentence: 'There is no command of this name.',
    hint: 'See the table of commands in docs/commands.md.',
  },
  TOO_MANY_OPEN: {
    sentence: 'Too many are open already.',
    hint: 'Complete or resolve one that is open, then send it again.',
  },

  CASE_NUMBER_REQUIRED: {
    sentence: 'The case number is missing.',
    hint: 'Ask the caller for it, or find the case by customer.',
  },
  INVALID_CASE_NUMBER: { sentence: 'This is not a case number.', hint: 'A case number looks like C1234567.' },
  SEVERITY_REQUIRED: {
    sentence: 'A case needs a severity when it is opened.',
    hint: 'Send severity 1, 2 or 3; 0 only with the E-Down answers.',
  },
  INVALID_SEVERITY: { sentence: 'The severity is not one of 0, 1, 2, 3.', hint: 'Choose 0 (E-Down), 1, 2 or 3.' },
  ENGINEER_REQUIRED: {
    sentence: 'On a call the engineer sets the severity, and no engineer is named.',
    hint: 'Send `engineer`, or let the engineer open the case.',
  },
  CASE_EXISTS: {
    sentence: 'A case of this number exists already; numbers are never reused.',
    hint: 'Use the existing case, or another number.',
  },
  CASE_OPENING: { sentence: 'The case is being opened.', hint: 'Ask again in a moment.' },
  CASE_NOT_FOUND: { sentence: 'There is no such case.', hint: 'Check the case number.' },
  CASE_CLOSED: {
    sentence: 'The case is closed.',
    hint: 'Reopen it with a comment or a call (`reopenCase`); a manager can be asked for in any state.',
  },
  CASE_OPEN: { sentence: 'The case is open already.', hint: NOTHING },
  CUSTOMER_AGREEMENT_REQUIRED: {
    sentence: 'The customer has to agree to this first.',
    hint: 'Ask the customer, then send `customerAgreed: true`.',
  },
  ENGINEER_UNCHANGED: { sentence: 'This engineer has the case already.', hint: NOTHING },

  SEVERITY_UNCHANGED: {
    sentence: 'The case has this severity already.',
    hint: 'Nothing needs to be done; nobody was paged again.',
  },
  E_DOWN_NOT_AT_LOGGING: {
    sentence: 'E-Down cannot be set when a case is first logged in Case Logger.',
    hint: 'Call the hotline now (preferred), or log the case with severity 1 and then set E-Down in Case Tracker.',
  },
  ALREADY_E_DOWN: {
    sentence: 'The case is in a 24x7 emergency already.',
    hint: 'Nothing needs to be done; work goes on.',
  },
  E_DOWN_ANSWERS_INCOMPLETE: {
    sentence: 'The E-Down questions are not all answered.',
    hint: 'Answer the ones that are named.',
  },
  E_DOWN_CONFIRMATION_REQUIRED: {
    sentence:
      'E-Down is only for an enterprise production system that is down, so that resources are there for a true emergency.',
    hint: 'Confirm with `confirmGenuine: true`, or choose severity 1.',
  },
  NOT_ACTIVE_SUPPORT: {
    sentence: 'E-Down is reserved for customers with Active Support.',
    hint: 'Choose severity 1, or have the contract checked.',
  },
  NOT_ENTERPRISE_CUSTOMER: {
    sentence: 'E-Down is reserved for enterprise customers.',
    hint: 'Choose severity 1, or have the contract checked.',
  },
  NOT_PRODUCTION: {
    sentence: 'E-Down is reserved for production environments.',
    hint: 'Choose severity 1 for a test or development system.',
  },
  E_DOWN_CATEGORY_INVALID: {
    sentence: 'E-Down needs exactly one of the five categories.',
    hint: 'Choose one of the five that are listed.',
  },
  E_DOWN_THRESHOLD: {
    sentence: 'This category means a productivity loss of 80% or more.',
    hint: 'Choose severity 1, or another category that holds.',
  },
  AFFECTED_EXCEEDS_TOTAL: {
    sentence: 'More users are affected than there are.',
    hint: 'Check `affectedUsers` against `totalUsers`.',
  },
  INVALID_DOWNTIME: {
    sentence: 'The downtime must have begun in the past.',
    hint: 'Send `downSince` in the past, or `downForMinutes` of 1 or more.',
  },
  NOT_IN_EMERGENCY: {
    sentence: 'The case is not in a 24x7 emergency.',
    hint: 'Declare E-Down first if production is down.',
  },
  CUSTOMER_CONFIRMATION_REQUIRED: {
    sentence: 'Only the technical contact can confirm a workable system; work goes on until then.',
    hint: 'The contact has been asked; the claim is on record.',
  },
  STEP_DOWN_NOT_JUSTIFIED: {
    sentence: '24x7 work can stop only after recent substantive progress.',
    hint: 'Record the progress first, or go on working.',
  },
  EMERGENCY_ACTIVE: {
    sentence: 'This has to wait: the case is in a 24x7 emergency.',
    hint: 'Have the workable system confirmed, or lower the severity with agreement.',
  },

  TECHNICAL_CONTACT_REQUIRED: {
    sentence: 'An emergency needs a technical contact until it ends.',
    hint: 'Name one, on site or by pager.',
  },
  INVALID_CONTACT: {
    sentence: 'The contact cannot be reached as given.',
    hint: 'A PAGER contact needs a number; a removed or replaced one must be on file.',
  },
  LAST_CONTACT: {
    sentence: 'An emergency must keep at least one technical contact.',
    hint: 'Replace it in the same update.',
  },
  CONTACT_NOT_QUALIFIED: {
    sentence: 'The technical contact needs English, the software and the environment.',
    hint: 'Name a second contact who has what is missing.',
  },
  ACTION_NOT_FOUND: {
    sentence: 'There is no such open request to the contact.',
    hint: 'See the contact actions of the case.',
  },

  DISSATISFACTION_REQUIRED: {
    sentence: 'M2 is for a customer who is not satisfied with the response so far.',
    hint: 'Say in `dissatisfaction` what is not satisfactory.',
  },
  ALREADY_M2: {
    sentence: 'The case is with second-level management already.',
    hint: 'There is no higher level; ask for the manager directly.',
  },
  INVALID_ESCALATION: {
    sentence: 'Levels go NORMAL, M1, M2, one step a request.',
    hint: 'Ask for the next level, or leave `level` out.',
  },
  NOT_ESCALATED: { sentence: 'The case is not escalated.', hint: 'Escalate it first.' },
  ALREADY_ACCEPTED: { sentence: 'The escalation has been accepted already.', hint: NOTHING },
  STALE_ASSIGNMENT: {
    sentence: 'Somebody else has it.',
    hint: 'Nothing needs to be done, unless they ask for help.',
  },
  OTHER_MANAGER_REQUIRED: {
    sentence: 'Another manager has to take this.',
    hint: 'The next one is asked; nothing needs to be done.',
  },
  NOT_ESCALATION_OWNER: {
    sentence: 'Only the manager who owns this level may do this.',
    hint: 'Accept the escalation first, or ask its owner.',
  },
  TEAM_INCOMPLETE: {
    sentence: 'The engineer, the direct manager and the second-level manager must all have joined and be in the plan.',
    hint: 'Wait for those who are named, or name them in the plan.',
  },
  INVALID_SPR_NUMBER: { sentence: 'This is not an SPR number.', hint: 'An SPR number looks like SPR123456.' },
  NO_LINKED_SPR: { sentence: 'No such SPR is linked to the case.', hint: 'Link it first.' },

  PAGE_NOT_FOUND: { sentence: 'The case has no such page.', hint: 'Use the page id as it was sent.' },
  ALREADY_ACKNOWLEDGED: { sentence: 'This has been acknowledged already.', hint: NOTHING },
  NOTHING_ASKED: { sentence: 'There is nothing to answer.', hint: NOTHING },
  NO_HAND_OVER: { sentence: 'No hand-over is offered.', hint: 'The outgoing engineer writes it first.' },
  NOT_HAND_OVER_TARGET: {
    sentence: 'The hand-over is offered to somebody else.',
    hint: 'Only whoever is asked for it can accept it.',
  },
};
