/**
 * R12-R26, R30, R32-R37: what must be true and answered before a case is an Enterprise Down, on the phone and in the
 * Tracker alike. All or nothing: the old severity stands until every answer holds; a refusal is on record, and somebody
 * talks to the customer about it (R37, H9).
 */
import { callerOf, type Turn } from '../concern';
import { MOST } from '../language/bounds';
import { refusal, refusalOf, type Refusal } from '../language/refusal';
import { isRecord, type Problem, readable } from '../language/shape';
import { contactChanges, lacks, mergeContacts, problemsOfContact } from '../language/contact-list';
import type { Caller, EDownWarning, EventOf } from '../language/events';
import { alsoWaiting } from '../language/fact';
import { contactShape, eDownShape, type Contact, type EDownAnswers } from '../language/opening';
import type { Input } from '../language/inputs';
import type { CaseState } from '../language/state';
import { iso } from '../language/time';
import { QUESTIONS, type Question } from '../language/vocabulary';
import type { Note } from '../language/words';
import { isActive, needOf } from '../paging/find';

/** R12 and R30 have codes of their own. */
const HAVE_CODES: readonly Question[] = ['confirmGenuine', 'technicalContact'];
const COUNTED = QUESTIONS.filter((question) => !HAVE_CODES.includes(question));

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

function isAnswered(answers: EDownAnswers, question: Question): boolean {
  if (question === 'downSince') return !isBlank(answers.downSince) || answers.downForMinutes !== undefined;
  return question === 'confirmGenuine' ? answers.confirmGenuine === true : !isBlank(answers[question]);
}

/** What whoever calls back has to ask. */
export const missingOf = (answers: EDownAnswers, questions: readonly Question[] = QUESTIONS): Question[] =>
  questions.filter((question) => !isAnswered(answers, question));

const notAnswered = (question: Question): Problem => ({
  field: `eDown.${question}`,
  problem: { key: 'NOT_ANSWERED', question },
});

export interface AcceptedEDown {
  readonly answers: EDownAnswers;
  readonly downSince: number;
  readonly contacts: Contact[];
  /** For the review afterwards: nothing here blocks (R15, R17). */
  readonly warnings: EDownWarning[];
  /** The entitlement service could not be asked (R13). */
  readonly provisional: boolean;
}

type Judged = AcceptedEDown | { readonly refusal: Refusal };
type Facts = Pick<CaseState, 'customer' | 'environment' | 'contacts'>;

/** Who may: Active Support, enterprise, production (R13, R14). */
function entitlement({ customer, environment }: Facts): Refusal | undefined {
  if (customer.activeSupport === false) return refusal('NOT_ACTIVE_SUPPORT');
  if (customer.enterprise === false) return refusal('NOT_ENTERPRISE_CUSTOMER');
  if (environment !== 'PRODUCTION') return refusal('NOT_PRODUCTION', { key: 'ENVIRONMENT', environment });
  return undefined;
}

/** R21: every answer that is missing at once. */
function incomplete(answers: EDownAnswers): Refusal[] {
  const missing = missingOf(answers, COUNTED);
  if (missing.length === 0) return [];
  const fields = missingOf(answers).map((question) => `eDown.${question}`);
  return [refusal('E_DOWN_ANSWERS_INCOMPLETE', { key: 'MISSING_ANSWERS', fields }, missing.map(notAnswered))];
}

/** R12. */
const unconfirmed = (answers: EDownAnswers): Refusal[] =>
  answers.confirmGenuine === true
    ? []
    : [
        refusal('E_DOWN_CONFIRMATION_REQUIRED', undefined, [
          { field: 'eDown.confirmGenuine', problem: { key: 'MUST_BE_VALUE', value: 'true' } },
        ]),
      ];

/** Where the figures do not hold together (R20, R22, R23). */
function figures({ category, totalUsers, affectedUsers, productivityLossPct }: EDownAnswers): Refusal[] {
  const wrong: Refusal[] = [];
  if (affectedUsers !== undefined && totalUsers !== undefined && affectedUsers > totalUsers) {
    wrong.push(
      refusal('AFFECTED_EXCEEDS_TOTAL', { key: 'FIGURES', affected: affectedUsers, total: totalUsers }, [
        { field: 'eDown.affectedUsers', problem: { key: 'EXCEEDS', field: 'eDown.totalUsers' } },
      ]),
    );
  }
  if (affectedUsers === 0 && category !== undefined && category !== 'SUPPLIERS_NO_ACCESS') {
    wrong.push(
      refusal('INVALID_INPUT', { key: 'NOBODY_AFFECTED' }, [
        { field: 'eDown.affectedUsers', problem: { key: 'AT_LEAST', min: 1 } },
      ]),
    );
  }
  if (isLoss(category) && productivityLossPct !== undefined && productivityLossPct < 80) {
    wrong.push(
      refusal('E_DOWN_THRESHOLD', { key: 'LOSS', percent: productivityLossPct }, [
        { field: 'eDown.productivityLossPct', problem: { key: 'AT_LEAST', min: 80 } },
      ]),
    );
  }
  return wrong;
}

const isLoss = (category: EDownAnswers['category']): boolean =>
  category === 'USER_PRODUCTIVITY_LOSS' || category === 'SERVER_PERFORMANCE_LOSS';

/** Since when it is down, as a start or as a length; longer than the case is old is valid (R26). */
const downSinceOf = ({ downSince, downForMinutes }: EDownAnswers, now: number): number =>
  downSince === undefined ? now - (downForMinutes ?? 0) * 60_000 : Date.parse(downSince);

function downtime(answers: EDownAnswers, now: number): Refusal[] {
  if (!isAnswered(answers, 'downSince') || downSinceOf(answers, now) < now) return [];
  const field = answers.downSince === undefined ? 'downForMinutes' : 'downSince';
  return [refusal('INVALID_DOWNTIME', undefined, [{ field: `eDown.${field}`, problem: { key: 'IN_THE_PAST' } }])];
}

const changesOf = ({ contactChanges }: EDownAnswers): readonly Contact[] =>
  Array.isArray(contactChanges) ? contactChanges : [];

/**
 * The technical contact stands first: it is the one who is asked first while the emergency lasts. Where the list is full, those
 * who are named now stay, and the last of the others make room.
 */
function contactsOf(onFile: readonly Contact[], answers: EDownAnswers): Contact[] {
  const technical = answers.technicalContact ? [answers.technicalContact] : [];
  const others = mergeContacts(onFile, changesOf(answers)).filter(
    ({ name }) => name !== answers.technicalContact?.name,
  );
  const named = [...technical, ...changesOf(answers)].map(({ name }) => name);
  const room = MOST.contacts - [...technical, ...others].filter(({ name }) => named.includes(name)).length;
  const staying = others.filter(({ name }) => !named.includes(name)).slice(0, Math.max(0, room));
  return [...technical, ...others.filter((contact) => named.includes(contact.name) || staying.includes(contact))].slice(
    0,
    MOST.contacts,
  );
}

/** R25, R30, R32: somebody who can be reached, and one who knows what they are asked. */
function contacts(onFile: readonly Contact[], answers: EDownAnswers): Refusal[] {
  const technical = answers.technicalContact;
  const field = 'eDown.technicalContact';
  const wrong: Refusal[] = [];
  if (!technical)
    wrong.push(refusal('TECHNICAL_CONTACT_REQUIRED', undefined, [{ field, problem: { key: 'NOT_GIVEN' } }]));
  const unreachable = [
    ...(technical ? problemsOfContact(technical, field) : []),
    ...changesOf(answers).flatMap((contact, index) => problemsOfContact(contact, `eDown.contactChanges[${index}]`)),
  ];
  if (unreachable.length > 0) wrong.push(refusal('INVALID_CONTACT', undefined, unreachable));
  if (technical && !contactsOf(onFile, answers).some((contact) => lacks(contact).length === 0)) {
    const lacking = lacks(technical);
    wrong.push(
      refusal('CONTACT_NOT_QUALIFIED', { key: 'CONTACT_LACKS', person: technical.name, lacks: lacking }, [
        { field, problem: { key: 'LACKS', lacks: lacking } },
      ]),
    );
  }
  return wrong;
}

function warningsOf(answers: EDownAnswers): EDownWarning[] {
  const { category, totalUsers = 0, affectedUsers = 0, allProductionStopped, productivityLossPct } = answers;
  const warnings: EDownWarning[] = [];
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
  const wrong = [
    ...incomplete(answers),
    ...unconfirmed(answers),
    ...figures(answers),
    ...downtime(answers, now),
    ...contacts(facts.contacts, answers),
  ];
  const [first, ...others] = wrong;
  if (first)
    return {
      refusal: withFields(
        first,
        others.flatMap(({ fields }) => fields ?? []),
      ),
    };
  const provisional = facts.customer.activeSupport === 'UNKNOWN' || facts.customer.enterprise === 'UNKNOWN';
  return {
    answers,
    downSince: downSinceOf(answers, now),
    contacts: contactsOf(facts.contacts, answers),
    warnings: warningsOf(answers),
    provisional,
  };
}

const withFields = (refused: Refusal, others: readonly Problem[]): Refusal =>
  others.length === 0 ? refused : { ...refused, fields: [...(refused.fields ?? []), ...others] };

/** A length of time is the answer to since when it is down. */
const questionOf = (field: string): string => field.replace('downForMinutes', 'downSince');

/** Answers that cannot be read, and those that are missing besides. */
export function unreadable(problems: readonly Problem[], answers: unknown): Refusal {
  const refused = refusalOf(problems);
  if (!isRecord(answers)) return refused;
  const missing = missingOf(readable(eDownShape, answers).known).map(notAnswered);
  return withFields(
    refused,
    missing.filter(({ field }) => !problems.some((known) => questionOf(known.field).startsWith(field))),
  );
}

/** R36: whoever is not on the phone hears that calling is quicker. */
const withHotline = ({ detail, ...refused }: Refusal, { state, actor }: Turn): Refusal => ({
  ...refused,
  ...(detail && {
    detail:
      detail.key === 'MISSING_ANSWERS' && actor.channel !== 'PHONE'
        ? { ...detail, hotline: state.policy.hotline }
        : detail,
  }),
});

/** R37: what was asked for and refused stays on record, and somebody talks to the customer about it. */
export function refuseEDown(turn: Turn, refused: Refusal, answers: unknown): Refusal {
  const fields = refused.fields?.map(({ field }) => field) ?? [];
  turn.emit('EDownRefused', { code: refused.code, fields, caller: withNumber(callerOf(turn), answers) });
  return refused.code === 'E_DOWN_CATEGORY_INVALID' ? { ...refused, detail: { key: 'CATEGORIES' } } : refused;
}

const WARNING_NOTES: Readonly<Record<EDownWarning, Note>> = {
  categoryMismatch: { key: 'CATEGORY_MISMATCH' },
  productionNotStopped: { key: 'PRODUCTION_NOT_STOPPED' },
  productivityLossUnknown: { key: 'LOSS_UNKNOWN' },
};

/**
 * R12-R37: severity 0 is declared, over whichever route. `change` is what makes it severity 0; a declaration that is older
 * than the severity in force is a request, for production may be down all the same (D15).
 */
export function changeToEDown(
  turn: Turn,
  input: Pick<Input<'changeSeverity'>, 'eDown'>,
  change: () => void,
): Refusal | void {
  const { state, now, actor } = turn;
  if (isActive(state)) return refusal('ALREADY_E_DOWN');
  const { occurredAt } = actor;
  if (occurredAt !== undefined && Date.parse(occurredAt) < state.inForce.severity) {
    requestEDown(turn, input);
    turn.note({ key: 'OLDER_FACT' });
    return;
  }
  const judged = judgeEDown(state, input.eDown, now);
  if ('refusal' in judged) return refuseEDown(turn, withHotline(judged.refusal, turn), input.eDown);
  if (state.severity !== 0) change();
  declare(turn, judged);
}

/** All answers hold: the emergency starts at once (R27, R34). */
export function declare(turn: Turn, accepted: AcceptedEDown): void {
  const { state, actor } = turn;
  const { answers, downSince, contacts: now, warnings, provisional } = accepted;
  const episode = state.eDownCount + 1;
  if (JSON.stringify(now) !== JSON.stringify(state.contacts)) {
    turn.emit('ContactsUpdated', contactChanges(state.contacts, now));
  }
  turn.emit('EDownDeclared', { episode, answers, downSince: iso(downSince), warnings, provisional });
  for (const warning of warnings) turn.note(WARNING_NOTES[warning]);
  if (provisional) turn.note({ key: 'PROVISIONAL' });
  if (actor.channel !== 'PHONE') turn.note({ key: 'HOTLINE_PREFERRED', hotline: state.policy.hotline });
}

/**
 * R37: a caller's wish for E-Down attention is on record in any state, with whatever could be read, and somebody calls
 * back with the rest as questions.
 */
export function requestEDown(
  turn: Turn,
  { eDown, withdraw }: Pick<Input<'requestEDown'>, 'eDown' | 'withdraw'>,
  unread: readonly string[] = [],
  given: unknown = eDown,
): void {
  const { state } = turn;
  if (withdraw) {
    const isOpen = state.eDownRequest !== null || state.eDownRefusedAt !== null;
    if (!isOpen) turn.note({ key: 'REQUEST_NOT_OPEN' });
    // Nobody is to be called back any more.
    else turn.end(['E_DOWN_REQUESTED', 'E_DOWN_REFUSED'], 'NOT_NEEDED', turn.emit('EDownRequestWithdrawn', {}).seq);
    return;
  }
  const known = eDown ?? {};
  // It is one production that is down: what somebody else has answered meanwhile need not be asked again.
  const missing = missingOf(known).filter((question) => state.eDownRequest?.missing.includes(question) ?? true);
  const caller = withNumber(callerOf(turn), given);
  turn.emit('EDownRequested', {
    missing,
    ...(Object.keys(known).length > 0 && { known }),
    caller,
    ...alsoWaiting([needOf(state, 'E_DOWN_REFUSED')?.fact, needOf(state, 'E_DOWN_REQUESTED')?.fact], caller),
    ...(unread.length > 0 && { unreadable: unread }),
  });
  turn.note(isActive(state) ? { key: 'ALREADY_EMERGENCY' } : { key: 'CALLED_BACK', person: caller.name, missing });
  if (unread.length > 0) turn.note({ key: 'UNREADABLE', fields: unread });
  turn.note({ key: 'HOTLINE_QUICKEST', hotline: state.policy.hotline });
}

/** Where none is on file, the number that they give with it, whatever else could not be read. */
function withNumber(caller: Caller, answers: unknown): Caller {
  const given = isRecord(answers) ? answers['technicalContact'] : undefined;
  const { name, number } = readable(contactShape, given).known;
  return { ...(name === caller.name && number !== undefined && { number }), ...caller };
}

/** Which of the message's problems are about the E-Down answers: such a refusal is on record too (R37). */
export const concernsEDown = (problems: readonly Problem[]): boolean =>
  problems.length > 0 && problems.every(({ field }) => field.startsWith('eDown'));

export function eDownRequested(state: CaseState, { at, data }: EventOf<'EDownRequested'>): void {
  if (isActive(state)) return;
  state.eDownRequest = { by: data.caller.name, at: Date.parse(at), missing: [...data.missing] };
}

/** A talk that reached the customer, a declaration or a withdrawal settles what was asked for until then (D16). */
export function eDownWishSettled(state: CaseState, at: number): void {
  if ((state.eDownRequest?.at ?? at) <= at) state.eDownRequest = null;
  if ((state.eDownRefusedAt ?? at) <= at) state.eDownRefusedAt = null;
}
