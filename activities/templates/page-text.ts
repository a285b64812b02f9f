/** What a page says. Read on a phone, at night: the first line must be enough to know whether to get up. */
import type { PageFacts, PageOrder } from '../../workflows/case/pages';
import type { Audience, Emergency, Purpose, Role, Severity } from '../../workflows/case/vocabulary';

const TITLE_LENGTH = 120;
/** A long name must not push out what the page is about. */
const CUSTOMER_LENGTH = 40;

const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  SEVERITY_CHANGED: 'severity changed',
  ASSIGNED: 'the case is yours',
  E_DOWN_STARTED: 'E-Down has started',
  E_DOWN_ALERT: 'E-Down alert',
  E_DOWN_ENDED: 'E-Down has ended',
  E_DOWN_REQUESTED: 'call back: E-Down asked for',
  ESCALATED_M1: 'escalated to you (M1)',
  ESCALATED_M2: 'escalated to you (M2)',
  ESCALATION_REMINDER: 'the customer asks again',
  ESCALATION_INFO: 'for your information',
  PROMISE_WARNING: 'a promise is nearly due',
  PROMISE_OVERDUE: 'a promise is overdue',
  PROGRESS_STALLED: 'no progress',
  HAND_OVER: 'hand-over',
  CONTACT_CHECK: 'technical contact',
  CONTACT_ACTION: 'please help',
  CONFIRM_WORKABLE_SYSTEM: 'please confirm a workable system',
  MANAGER_REQUESTED: 'the customer wants the manager',
  SPR_ESCALATED: 'SPR escalated',
  SPR_UPDATED: 'SPR news',
  NOBODY_REACHED: 'nobody was reached',
  REVIEW_DUE: 'review due',
};

/** Which alert it is, whose turn it is, and who has it now, is what somebody wants to know before anything else. */
function headlineOf({ purpose, audience, engineer, facts: { what } }: PageOrder): string {
  if (purpose === 'E_DOWN_ALERT' || purpose === 'ESCALATION_INFO' || purpose === 'HAND_OVER') return what.split(/[:;]|\.(?= |$)/)[0] ?? what;
  // Whoever stands further up the ladder is not given the case, but asked to find who takes it.
  if (purpose === 'ASSIGNED' && (engineer === null || audience !== 'ENGINEER')) return engineer === null ? 'an engineer is needed' : 'the engineer does not answer';
  return PURPOSE_WORDS[purpose];
}

/** `[E-DOWN M1] C1234567 Acme: E-Down alert 4 — MES down`, at most 120 characters. */
export function titleOf(order: PageOrder): string {
  const { caseNumber, facts } = order;
  const state = [facts.emergency === 'ACTIVE' ? 'E-DOWN' : `SEV ${facts.severity}`, ...(facts.level === 'NORMAL' ? [] : [facts.level])].join(' ');
  const customer = shorten(facts.customer, CUSTOMER_LENGTH);
  return shorten(oneLine(`[${state}] ${caseNumber} ${customer}: ${headlineOf(order)} — ${facts.title}`), TITLE_LENGTH);
}

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  0: 'Enterprise Down',
  1: 'Business Critical',
  2: 'Business Moderately Impacted',
  3: 'General Question',
};

const EMERGENCY_WORDS: Readonly<Record<Emergency, readonly string[]>> = {
  NONE: [],
  ACTIVE: ['work goes on round the clock'],
  STEPPED_DOWN: ['stepped down from round-the-clock work'],
};

const stateOf = ({ severity, level, emergency }: PageFacts): string =>
  `${[`Severity ${severity} (${SEVERITY_WORDS[severity]})`, level === 'NORMAL' ? 'not escalated' : `escalated to ${level}`, ...EMERGENCY_WORDS[emergency]].join(', ')}.`;

/** Whose word an acknowledgement by this audience is. */
const ROLE_OF: Readonly<Record<Exclude<Audience, 'CONTACT'>, Role>> = {
  ENGINEER: 'ENGINEER',
  ON_CALL: 'ENGINEER',
  RND: 'ENGINEER',
  MANAGER: 'MANAGER',
  SECOND_LEVEL_MANAGER: 'MANAGER',
  DUTY_MANAGER: 'MANAGER',
  DUTY_EXECUTIVE: 'MANAGER',
};

/** What happened, how the case stands, what is due and who has it, and how to answer: one fact a line. */
export function textOf(order: PageOrder, person: string): string {
  return [order.facts.what, stateOf(order.facts), ...order.facts.lines, ...answerLines(order, person)].map(oneLine).join('\n');
}

function answerLines({ caseNumber, pageId, audience, isAsked }: PageOrder, person: string): string[] {
  if (audience === 'CONTACT') return [];
  if (!isAsked) return ['For your information: nobody waits for your answer.'];
  return [`Acknowledge: tocsin case do ${caseNumber} acknowledge --by ${asWord(person)} --role ${ROLE_OF[audience]} --input '{"pageId":"${pageId}"}'`];
}

/** One word of a shell, whatever is in it: the line is there to be copied. */
const asWord = (text: string): string => (/^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Customer text must not be able to fake a further line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** In whole characters: half of one is not text, and some providers refuse it. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length >= length) break;
    short += character;
  }
  return `${short}…`;
}
