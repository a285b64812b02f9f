/**
 * R12-R26, R30, R32-R37: what must be true and answered before a case is an Enterprise Down, on the phone and in the
 * Tracker alike. All or nothing: the old severity stands until every answer holds; a refusal is on record (R37).
 */
import { refusal, refusalOf, type Refusal } from './codes';
import { contactsAre, lacks, mergeContacts, problemsOfContact } from './contacts';
import { startEmergency } from './emergency';
import { CATEGORY_LIST, type Contact, type EDownAnswers, type Input } from './inputs';
import { endLadder } from './ladder';
import { isRecord, type Problem } from './shape';
import type { CaseState } from './state';
import { iso } from './time';
import type { Turn } from './turn';

type Question = readonly [field: keyof EDownAnswers, question: string];

/** The guide's questions Q1-Q5 by the fields that answer them; Q4 asks for two things (S21). */
const QUESTIONS: readonly Question[] = [
  ['category', 'What is your justification? Choose one E-Down category.'],
  ['totalUsers', 'How many users in total are on this production system?'],
  ['affectedUsers', 'How many of them are affected?'],
  ['actionsTaken', 'What has been done to bring the system back online?'],
  ['contactChanges', 'Which contact information is new or has changed since the case was opened ("none")?'],
  ['downSince', 'How long has the system been down?'],
  ['allProductionStopped', 'Has all production work stopped, and can it not reasonably continue?'],
];
/** And what the guide asks for besides: R12 and R30 have codes of their own. */
const TO_BE_ASKED: readonly Question[] = [
  ...QUESTIONS,
  ['confirmGenuine', 'Is this a genuine Enterprise Down?'],
  ['technicalContact', 'Who is the technical contact for as long as it lasts, on site or by pager?'],
];

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

const isAnswered = (answers: EDownAnswers, field: keyof EDownAnswers): boolean => {
  if (field === 'downSince') return !isBlank(answers.downSince) || answers.downForMinutes !== undefined;
  return field === 'confirmGenuine' ? answers.confirmGenuine === true : !isBlank(answers[field]);
};

const missingOf = (answers: EDownAnswers, questions: readonly Question[]): Problem[] =>
  questions
    .filter(([field]) => !isAnswered(answers, field))
    .map(([field, question]) => ({ field: `eDown.${field}`, problem: `is not answered: ${question}${field === 'downSince' ? ' Send `downSince` or `downForMinutes`.' : ''}` }));

/** What whoever calls back has to ask, in the guide's words. */
export const questionsOf = (missing: readonly string[]): string[] => TO_BE_ASKED.filter(([field]) => missing.includes(`eDown.${field}`)).map(([, question]) => question);

export interface AcceptedEDown {
  readonly answers: EDownAnswers;
  readonly downSince: number;
  readonly contacts: Contact[];
  /** For the review afterwards: nothing here blocks (R15, R17). */
  readonly warnings: string[];
  /** The entitlement service could not be asked (R13). */
  readonly provisional: boolean;
}

type Judged = AcceptedEDown | { readonly refusal: Refusal };
type Facts = Pick<CaseState, 'customer' | 'environment' | 'contacts'>;

/** Who may: Active Support, enterprise, production (R13, R14). */
function entitlement({ customer, environment }: Facts): Refusal | undefined {
  if (customer.activeSupport === false) return refusal('NOT_ACTIVE_SUPPORT');
  if (customer.enterprise === false) return refusal('NOT_ENTERPRISE_CUSTOMER');
  if (environment !== 'PRODUCTION') return refusal('NOT_PRODUCTION', `This system is ${environment}.`);
  return undefined;
}

/** R21: every answer that is missing at once. */
function incomplete(answers: EDownAnswers): Refusal[] {
  const missing = missingOf(answers, QUESTIONS);
  const all = missingOf(answers, TO_BE_ASKED).map(({ field }) => field);
  return missing.length === 0 ? [] : [refusal('E_DOWN_ANSWERS_INCOMPLETE', `Missing: ${all.join(', ')}.`, missing)];
}

/** R12. */
const unconfirmed = (answers: EDownAnswers): Refusal[] =>
  answers.confirmGenuine === true ? [] : [refusal('E_DOWN_CONFIRMATION_REQUIRED', undefined, [{ field: 'eDown.confirmGenuine', problem: 'must be true' }])];

/** Where the figures do not hold together (R20, R22, R23). */
function figures({ category, totalUsers, affectedUsers, productivityLossPct }: EDownAnswers): Refusal[] {
  const wrong: Refusal[] = [];
  if (affectedUsers !== undefined && totalUsers !== undefined && affectedUsers > totalUsers) {
    wrong.push(refusal('AFFECTED_EXCEEDS_TOTAL', `${affectedUsers} of ${totalUsers}.`, [{ field: 'eDown.affectedUsers', problem: 'is more than eDown.totalUsers' }]));
  }
  if (affectedUsers === 0 && category !== undefined && category !== 'SUPPLIERS_NO_ACCESS') {
    wrong.push(refusal('INVALID_INPUT', 'Nobody affected is only possible where suppliers are.', [{ field: 'eDown.affectedUsers', problem: 'must be 1 or more in this category' }]));
  }
  if (isLoss(category) && productivityLossPct !== undefined && productivityLossPct < 80) {
    wrong.push(refusal('E_DOWN_THRESHOLD', `The loss given is ${productivityLossPct}%.`, [{ field: 'eDown.productivityLossPct', problem: 'must be 80 or more in this category' }]));
  }
  return wrong;
}

const isLoss = (category: EDownAnswers['category']): boolean => category === 'USER_PRODUCTIVITY_LOSS' || category === 'SERVER_PERFORMANCE_LOSS';

/** Since when it is down, as a start or as a length; longer than the case is old is valid (R26). */
const downSinceOf = ({ downSince, downForMinutes }: EDownAnswers, now: number): number => (downSince === undefined ? now - (downForMinutes ?? 0) * 60_000 : Date.parse(downSince));

function downtime(answers: EDownAnswers, now: number): Refusal[] {
  if (!isAnswered(answers, 'downSince') || downSinceOf(answers, now) < now) return [];
  const field = answers.downSince === undefined ? 'downForMinutes' : 'downSince';
  return [refusal('INVALID_DOWNTIME', undefined, [{ field: `eDown.${field}`, problem: 'must be in the past' }])];
}

const changesOf = ({ contactChanges }: EDownAnswers): readonly Contact[] => (Array.isArray(contactChanges) ? contactChanges : []);

/** The technical contact stands first: it is the one who is asked first while the emergency lasts. */
const contactsOf = (onFile: readonly Contact[], answers: EDownAnswers): Contact[] => [
  ...(answers.technicalContact ? [answers.technicalContact] : []),
  ...mergeContacts(onFile, changesOf(answers)).filter(({ name }) => name !== answers.technicalContact?.name),
];

/** R25, R30, R32: somebody who can be reached, and one who knows what they are asked. */
function contacts(onFile: readonly Contact[], answers: EDownAnswers): Refusal[] {
  const technical = answers.technicalContact;
  const wrong: Refusal[] = [];
  if (!technical) wrong.push(refusal('TECHNICAL_CONTACT_REQUIRED', undefined, [{ field: 'eDown.technicalContact', problem: 'is missing' }]));
  const unreachable = [
    ...(technical ? problemsOfContact(technical, 'eDown.technicalContact') : []),
    ...changesOf(answers).flatMap((contact, index) => problemsOfContact(contact, `eDown.contactChanges[${index}]`)),
  ];
  if (unreachable.length > 0) wrong.push(refusal('INVALID_CONTACT', undefined, unreachable));
  if (technical && !contactsOf(onFile, answers).some((contact) => lacks(contact).length === 0)) {
    const lacking = lacks(technical).join(', ');
    wrong.push(refusal('CONTACT_NOT_QUALIFIED', `${technical.name} lacks ${lacking}.`, [{ field: 'eDown.technicalContact', problem: `lacks ${lacking}` }]));
  }
  return wrong;
}

function warningsOf({ category, totalUsers = 0, affectedUsers = 0, allProductionStopped, productivityLossPct }: EDownAnswers): string[] {
  const warnings: string[] = [];
  if (category === 'MOST_USERS_NO_ACCESS' && affectedUsers * 2 <= totalUsers) warnings.push('categoryMismatch');
  const needsStop = category === 'MOST_USERS_NO_ACCESS' || category === 'SERVER_UNRESPONSIVE';
  if (needsStop && allProductionStopped === false) warnings.push('productionNotStopped');
  if (isLoss(category) && productivityLossPct === undefined) warnings.push('productivityLossUnknown');
  return warnings;
}

/**
 * One validator for every route (R35). Gives the first code in the order a caller would want to know it, and names every
 * field that has to be put right: nobody sends the form five times while production is down.
 */
export function judgeEDown(facts: Facts, given: EDownAnswers | undefined, now: number): Judged {
  const barred = entitlement(facts);
  if (barred) return { refusal: barred };
  const answers = given ?? {};
  const wrong = [...incomplete(answers), ...unconfirmed(answers), ...figures(answers), ...downtime(answers, now), ...contacts(facts.contacts, answers)];
  const [first, ...others] = wrong;
  if (first) return { refusal: naming(first, others.flatMap(({ fields }) => fields ?? [])) };
  const provisional = facts.customer.activeSupport === 'UNKNOWN' || facts.customer.enterprise === 'UNKNOWN';
  return { answers, downSince: downSinceOf(answers, now), contacts: contactsOf(facts.contacts, answers), warnings: warningsOf(answers), provisional };
}

/** Answers that cannot be read, and those that are missing besides. */
export function unreadable(problems: readonly Problem[], answers: unknown): Refusal {
  const missing = isRecord(answers) ? missingOf(answers, TO_BE_ASKED).filter(({ field }) => !problems.some((problem) => problem.field.startsWith(field))) : [];
  return naming(refusalOf(problems), missing);
}

/** Some callers see the sentence only, so that it has to name what is wrong besides. */
function naming(refused: Refusal, others: readonly Problem[]): Refusal {
  if (others.length === 0) return refused;
  const unsaid = others.map(({ field }) => field).filter((field) => !refused.message.includes(field));
  return { ...refused, message: [refused.message, ...(unsaid.length > 0 ? [`Also to be put right: ${unsaid.join(', ')}.`] : [])].join(' '), fields: [...(refused.fields ?? []), ...others] };
}

/** R37: what was asked for and refused stays on record; nothing else changes and nobody is paged. */
export function refuseEDown(turn: Turn, refused: Refusal): Refusal {
  const fields = refused.fields?.map(({ field }) => field) ?? [];
  turn.emit('EDownRefused', { code: refused.code, message: refused.message, fields });
  return refused.code === 'E_DOWN_CATEGORY_INVALID' ? { ...refused, hint: CATEGORY_LIST.join(' ') } : refused;
}

/** All answers hold: the emergency starts at once (R27, R34). */
export function declare(turn: Turn, accepted: AcceptedEDown): void {
  const { state, actor } = turn;
  const { answers, downSince, contacts, warnings, provisional } = accepted;
  const episode = state.eDownCount + 1;
  if (JSON.stringify(contacts) !== JSON.stringify(state.contacts)) contactsAre(turn, contacts);
  turn.emit('EDownDeclared', { episode, answers, downSince: iso(downSince), warnings, provisional });
  startEmergency(turn, episode);
  for (const warning of warnings) turn.note(WARNING_WORDS[warning] ?? warning);
  if (provisional) turn.note('Accepted provisionally: the entitlement could not be checked.');
  if (actor.channel !== 'PHONE') turn.note(`Please call the hotline as well, it is the preferred way: ${state.policy.hotline}.`);
}

const WARNING_WORDS: Readonly<Record<string, string>> = {
  categoryMismatch: 'Half of the users or fewer are affected; the category says most. It will be looked at in the review.',
  productionNotStopped: 'Not all production has stopped; it will be looked at in the review.',
  productivityLossUnknown: 'Please tell the productivity loss in per cent when it is known; 80 or more is expected.',
};

/** R37: a caller's wish for E-Down attention is on record, and somebody calls back with what is missing. */
export function requestEDown(turn: Turn, { eDown, withdraw, by }: Input<'requestEDown'>): Refusal | void {
  const { state } = turn;
  if (withdraw) {
    if (!state.eDownRequest) turn.note('No request was open.');
    else turn.emit('EDownRequestWithdrawn', {});
    // Nobody is to be called back any more.
    endLadder(turn, 'E_DOWN_REQUESTED', 'NOT_NEEDED');
    return;
  }
  const missing = missingOf(eDown ?? {}, TO_BE_ASKED).map(({ field }) => field);
  turn.emit('EDownRequested', { missing, ...(eDown && { known: eDown }) });
  turn.note(
    state.emergency === 'ACTIVE'
      ? 'The case is in a 24x7 emergency already; work goes on.'
      : `${by} is called back. ${missing.length > 0 ? `Still to answer: ${missing.join(', ')}.` : 'All questions are answered.'}`,
  );
  turn.note(`The hotline is the quickest way: ${state.policy.hotline}.`);
}

/** Which of the message's problems are about the E-Down answers: such a refusal is on record too (R37). */
export const concernsEDown = (problems: readonly Problem[]): boolean =>
  problems.length > 0 && problems.every(({ field }) => field.startsWith('eDown'));

