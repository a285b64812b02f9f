/**
 * R12-R26, R30, R32-R37: what must be true and answered before a case is an Enterprise Down, on the phone and in the
 * Tracker alike. All or nothing: the old severity stands until every answer holds; a refusal is on record (R37).
 */
import { refusal, type Refusal } from './codes';
import { contactsAre, lacks, mergeContacts, problemsOfContact } from './contacts';
import { startEmergency } from './emergency';
import { CATEGORY_LIST, type Contact, type EDownAnswers, type Input } from './inputs';
import { endLadder } from './ladder';
import type { Problem } from './shape';
import type { CaseState } from './state';
import { iso } from './time';
import type { Turn } from './turn';

/** The guide's questions Q1-Q5 by the fields that answer them; Q4 asks for two things (S21). */
const QUESTIONS: readonly (readonly [field: keyof EDownAnswers, question: string])[] = [
  ['category', 'What is your justification? Choose one E-Down category.'],
  ['totalUsers', 'How many users in total are on this production system?'],
  ['affectedUsers', 'How many of them are affected?'],
  ['actionsTaken', 'What has been done to bring the system back online?'],
  ['contactChanges', 'Which contact information is new or has changed since the case was opened ("none")?'],
  ['downSince', 'How long has the system been down?'],
  ['allProductionStopped', 'Has all production work stopped, and can it not reasonably continue?'],
];

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

/** The answers that are still missing, in the guide's order (R21). */
export function missingAnswers(answers: EDownAnswers = {}): Problem[] {
  return QUESTIONS.filter(([field]) =>
    field === 'downSince' ? isBlank(answers.downSince) && answers.downForMinutes === undefined : isBlank(answers[field]),
  ).map(([field, question]) => ({ field: `eDown.${field}`, problem: `is not answered: ${question}${field === 'downSince' ? ' Send `downSince` or `downForMinutes`.' : ''}` }));
}

/** What whoever calls back has to ask, in the guide's words. */
export const questionsOf = (missing: readonly string[]): string[] => QUESTIONS.filter(([field]) => missing.includes(`eDown.${field}`)).map(([, question]) => question);

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

/** Whether the figures hold together (R20, R22, R23). */
function figures({ category, totalUsers = 0, affectedUsers = 0, productivityLossPct }: EDownAnswers): Refusal | undefined {
  if (affectedUsers > totalUsers) {
    return refusal('AFFECTED_EXCEEDS_TOTAL', `${affectedUsers} of ${totalUsers}.`, [
      { field: 'eDown.affectedUsers', problem: 'is more than eDown.totalUsers' },
    ]);
  }
  if (affectedUsers === 0 && category !== 'SUPPLIERS_NO_ACCESS') {
    return refusal('INVALID_INPUT', 'Nobody affected is only possible where suppliers are.', [
      { field: 'eDown.affectedUsers', problem: 'must be 1 or more in this category' },
    ]);
  }
  const isLoss = category === 'USER_PRODUCTIVITY_LOSS' || category === 'SERVER_PERFORMANCE_LOSS';
  if (isLoss && productivityLossPct !== undefined && productivityLossPct < 80) {
    return refusal('E_DOWN_THRESHOLD', `The loss given is ${productivityLossPct}%.`, [
      { field: 'eDown.productivityLossPct', problem: 'must be 80 or more in this category' },
    ]);
  }
  return undefined;
}

/** R26: as a start or as a length; longer than the case is old is valid. */
function downtime({ downSince, downForMinutes }: EDownAnswers, now: number): number | undefined {
  const since = downSince === undefined ? now - (downForMinutes ?? 0) * 60_000 : Date.parse(downSince);
  return since < now ? since : undefined;
}

function warningsOf({ category, totalUsers = 0, affectedUsers = 0, allProductionStopped, productivityLossPct }: EDownAnswers): string[] {
  const warnings: string[] = [];
  if (category === 'MOST_USERS_NO_ACCESS' && affectedUsers * 2 <= totalUsers) warnings.push('categoryMismatch');
  const needsStop = category === 'MOST_USERS_NO_ACCESS' || category === 'SERVER_UNRESPONSIVE';
  if (needsStop && allProductionStopped === false) warnings.push('productionNotStopped');
  const isLoss = category === 'USER_PRODUCTIVITY_LOSS' || category === 'SERVER_PERFORMANCE_LOSS';
  if (isLoss && productivityLossPct === undefined) warnings.push('productivityLossUnknown');
  return warnings;
}

/** One validator for every route (R35). Gives the first code in the order a caller would want to know it. */
export function judgeEDown(facts: Facts, given: EDownAnswers | undefined, now: number): Judged {
  const barred = entitlement(facts);
  if (barred) return { refusal: barred };
  const answers = given ?? {};
  const missing = missingAnswers(answers);
  if (missing.length > 0) {
    const detail = `Missing: ${missing.map(({ field }) => field).join(', ')}.`;
    return { refusal: refusal('E_DOWN_ANSWERS_INCOMPLETE', detail, missing) };
  }
  if (answers.confirmGenuine !== true) {
    return { refusal: refusal('E_DOWN_CONFIRMATION_REQUIRED', undefined, [{ field: 'eDown.confirmGenuine', problem: 'must be true' }]) };
  }
  const wrong = figures(answers);
  if (wrong) return { refusal: wrong };
  const downSince = downtime(answers, now);
  if (downSince === undefined) {
    const field = answers.downSince === undefined ? 'downForMinutes' : 'downSince';
    return { refusal: refusal('INVALID_DOWNTIME', undefined, [{ field: `eDown.${field}`, problem: 'must be in the past' }]) };
  }
  const technical = answers.technicalContact;
  if (!technical) {
    return { refusal: refusal('TECHNICAL_CONTACT_REQUIRED', undefined, [{ field: 'eDown.technicalContact', problem: 'is missing' }]) };
  }
  const changes = Array.isArray(answers.contactChanges) ? answers.contactChanges : [];
  const unreachable = [
    ...problemsOfContact(technical, 'eDown.technicalContact'),
    ...changes.flatMap((contact, index) => problemsOfContact(contact, `eDown.contactChanges[${index}]`)),
  ];
  if (unreachable.length > 0) return { refusal: refusal('INVALID_CONTACT', undefined, unreachable) };
  // The technical contact stands first: it is the one who is asked first while the emergency lasts.
  const others = mergeContacts(facts.contacts, changes).filter(({ name }) => name !== technical.name);
  const contacts = [technical, ...others];
  const lacking = lacks(technical);
  if (lacking.length > 0 && !others.some((contact) => lacks(contact).length === 0)) {
    return {
      refusal: refusal('CONTACT_NOT_QUALIFIED', `${technical.name} lacks ${lacking.join(', ')}.`, [
        { field: 'eDown.technicalContact', problem: `lacks ${lacking.join(', ')}` },
      ]),
    };
  }
  const provisional = facts.customer.activeSupport === 'UNKNOWN' || facts.customer.enterprise === 'UNKNOWN';
  return { answers, downSince, contacts, warnings: warningsOf(answers), provisional };
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
  const missing = missingAnswers(eDown).map(({ field }) => field);
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

