/**
 * decide(state, command, now) → what happened, what is answered, and what is to be done outside. Pure: no clock, no I/O,
 * nothing thrown at whoever sent the command. The clock (`tick`) and the outcome of a page (`pageSettled`) are commands too.
 * Whoever calls it carries out the effects and decides nothing.
 */
import { judgeActor } from './actor';
import { nextDue, tick } from './agenda';
import { commands } from './commands';
import type { Due, Turn, Who } from './concern';
import type { Outcome } from './language/answer';
import { isId, isRecord, type Problem, readable } from './language/shape';
import { refusal, refusalOf, type Refusal } from './language/refusal';
import type { Actor, CaseEvent, EndedBefore, EventOf } from './language/events';
import { commandShapes, type CommandName, type Input } from './language/inputs';
import { eDownShape, openingShape } from './language/opening';
import type { PageNews, PageOrder, PageResult, PageTrouble, SettleOrder } from './language/page';
import type { CasePolicy } from './language/policy';
import type { CaseState } from './language/state';
import { iso } from './language/time';
import { ROLES, type Role } from './language/vocabulary';
import { answerMsFor, episodeOf, facedBy, holderOf, isActive, isContact, needOf } from './paging/find';
import { MANAGED_LEVELS, ownerOf } from './paging/levels';
import { rowOf, type NeedKey } from './paging/needs';
import { rungsOfNeed } from './paging/rungs';
import { ordersOf } from './paging/order';
import { delayed, laterNews, settle } from './paging/outcome';
import { settleOrdersOf, settlePages } from './paging/settled';
import { answeredBefore, remember, requestOf } from './requests';
import { actedOn } from './rules/answer';
import { contactSeen } from './rules/contacts';
import { concernsEDown, declare, judgeEDown, refuseEDown, requestEDown, unreadable } from './rules/e-down';
import { joinTeam } from './rules/escalation';
import { takenOver } from './rules/hand-over';
import { engineerAtOpening, initialState, judgeOpening } from './rules/lifecycle';
import { CommandAtWork } from './turn';
import { outcomeOf } from './views/outcome';

export type CaseCommand =
  | {
      readonly type: 'command';
      /** What is no command's name is refused like any other bad input. */
      readonly name: string;
      readonly input: unknown;
      /** How often it is sent with this, it is done once. */
      readonly requestId?: string;
      /** A signal cannot be answered: its refusal is on the timeline. */
      readonly asSignal?: boolean;
    }
  | { readonly type: 'tick' }
  /** Temporal was asked to cancel the case. */
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'pageSettled'; readonly pageId: string; readonly attempt: number; readonly result: PageResult }
  | { readonly type: 'pageDelayed'; readonly trouble: PageTrouble }
  | { readonly type: 'pageNews'; readonly news: PageNews }
  /** A name that had answered, and that nobody knew, has been looked up (D5). */
  | {
      readonly type: 'personLookedUp';
      readonly person: string;
      readonly name: string | null;
      readonly isManager?: boolean;
      readonly nearest: string | null;
    };

/** What is to be done outside, for whoever called to carry out. */
export interface Effects {
  readonly send: readonly PageOrder[];
  /** Messages on their way that nobody needs any more, or that a newer one takes the place of. */
  readonly callBack: readonly { readonly pageId: string; readonly attempt: number }[];
  /** Channels that took a page are told that it needs no answer any more. */
  readonly settle: readonly SettleOrder[];
  /** Names to be looked up. */
  readonly lookUp: readonly string[];
  readonly nextDue: Due | undefined;
}

export interface Decision extends Effects {
  /** The state with the events in it; the given one is untouched. */
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly outcome?: Outcome;
  /** A refusal may leave events behind, where the refusal itself must be on record (R28, R37, R38). */
  readonly refusal?: Refusal;
}

/**
 * The first decision of a case; a refused one leaves nothing behind, and the number stays usable. `before`: the number was another
 * case's, which was ended from outside.
 */
export function open(
  input: unknown,
  policy: CasePolicy,
  now: number,
  before?: EndedBefore,
): Decision | { readonly refusal: Refusal } {
  const problems: Problem[] = [];
  const opening = openingShape.check(input, '', problems);
  if (problems.length > 0) return { refusal: refusedShape(input, problems) };
  const refused = judgeOpening(opening, policy.caseNumber);
  if (refused) return { refusal: refused };
  const { by, role, channel, requestId, requestedBy, occurredAt, means: _, eDown, engineer: __, ...rest } = opening;
  const engineer = engineerAtOpening(opening);
  const setBy = channel === 'PHONE' ? (engineer ?? by) : by;
  const actor: Actor = { by, role, channel: channel ?? 'API', ...present({ requestedBy, requestId, occurredAt }) };
  const data = { ...rest, ...present({ engineer, before }), setBy, policy };
  const opened: EventOf<'CaseOpened'> = { seq: 1, type: 'CaseOpened', at: iso(now), ...actor, data };
  const who: Who = { person: requestedBy ?? by, role };
  const turn = new CommandAtWork(initialState(opened), now, actor, who);
  turn.begin(opened);
  if (opening.severity === 0) {
    const judged = judgeEDown(turn.state, eDown, now);
    if ('refusal' in judged) return judged;
    declare(turn, judged);
  }
  return decided(turn, {});
}

export function decide(state: CaseState, command: CaseCommand, now: number): Decision {
  switch (command.type) {
    case 'command':
      return decideOnce(state, command, now);
    case 'tick':
      return clockwork(state, now, tick);
    case 'cancelRequested':
      return clockwork(state, now, (turn) => void turn.emit('CancelRequested', {}));
    case 'pageSettled':
      return clockwork(state, now, (turn) => settle(turn, command.pageId, command.attempt, command.result));
    case 'pageDelayed':
      return clockwork(state, now, (turn) => delayed(turn, command.trouble));
    case 'pageNews':
      return clockwork(state, now, (turn) => laterNews(turn, command.news));
    case 'personLookedUp':
      return clockwork(state, now, (turn) => lookedUp(turn, command));
    default:
      return command satisfies never;
  }
}

function clockwork(state: CaseState, now: number, work: (turn: CommandAtWork) => void): Decision {
  const turn = new CommandAtWork(state, now);
  work(turn);
  return decided(turn, {});
}

/** Completes the turn, and says what is to be done outside. The agenda is looked at once, here. */
function decided(
  turn: CommandAtWork,
  { refusal: refused, hotline }: { refusal?: Refusal; hotline?: string },
): Decision {
  turn.complete();
  settlePages(turn);
  const { state, events, now } = turn;
  const due = nextDue(state);
  const sent = new Set(
    events.flatMap((event) => (event.type === 'PageRequested' ? [`${event.data.pageId}/${event.data.attempt}`] : [])),
  );
  const send = sent.size === 0 ? [] : ordersOf(state, now, due, (pageId, attempt) => sent.has(`${pageId}/${attempt}`));
  return {
    state,
    events,
    send,
    callBack: state.pages.flatMap(({ pageId, sends }) =>
      sends.filter(({ calledBack }) => calledBack).map(({ attempt }) => ({ pageId, attempt })),
    ),
    settle: settleOrdersOf(state, events),
    lookUp: state.unverified,
    nextDue: due && { ...due, at: Math.max(due.at, now) },
    ...(refused
      ? { refusal: refused }
      : { outcome: outcomeOf(turn.state, turn.events, turn.notes, due, now, hotline) }),
  };
}

function nothingDone(state: CaseState, now: number, given: Pick<Decision, 'outcome' | 'refusal'>): Decision {
  const due = nextDue(state);
  return {
    state,
    events: [],
    send: [],
    callBack: [],
    settle: [],
    lookUp: state.unverified,
    nextDue: due && { ...due, at: Math.max(due.at, now) },
    ...given,
  };
}

/** R37 and the like: under a request id that was answered before, the first answer comes again. */
function decideOnce(state: CaseState, command: Extract<CaseCommand, { type: 'command' }>, now: number): Decision {
  const { name, input, requestId, asSignal = false } = command;
  const request = requestOf(name, input, requestId);
  const before = answeredBefore(state, request);
  const decision = before
    ? nothingDone(state, now, before)
    : isCommand(name)
      ? decideCommand(state, name, input, now, request?.id)
      : nothingDone(state, now, { refusal: refusal('UNKNOWN_COMMAND') });
  const isUnsaid = decision.refusal !== undefined && decision.events.length === 0;
  const told = isUnsaid && asSignal && !before ? rejected(state, name, input, decision.refusal, now) : decision;
  if (!request || before || isUnsaid) return told;
  const { outcome, refusal: refused } = decision;
  const given = outcome ? { outcome } : { refusal: refused ?? refusal('INVALID_INPUT') };
  return { ...told, state: { ...told.state, requests: remember(state.requests, request, given) } };
}

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commandShapes, name);

/** What cannot be answered is on record: somebody has to be asked what was meant, and nothing else of it need be valid. */
function rejected(
  state: CaseState,
  name: string,
  input: unknown,
  refused: Refusal = refusal('INVALID_INPUT'),
  now: number,
): Decision {
  const by = isRecord(input) && isId(120)(input['by']) ? input['by'] : undefined;
  const turn = new CommandAtWork(state, now, by === undefined ? {} : { by });
  const { code, fields = [] } = refused;
  const command = isId(60)(name) ? name : 'unreadable';
  turn.emit('CommandRejected', { command, code, fields: fields.slice(0, 20).map(({ field }) => field) });
  return { ...decided(turn, { refusal: refused }) };
}

/** Whoever leaves out their role, or misspells it, is told of those that may give this command, and not of all. */
const ofThese = (roles: readonly string[], { field, problem, ...code }: Problem): Problem => ({
  field,
  problem: field === 'role' && 'wanted' in problem ? { ...problem, wanted: { key: 'ONE_OF', values: roles } } : problem,
  ...code,
});

function decideCommand(state: CaseState, name: CommandName, input: unknown, now: number, requestId?: string): Decision {
  const { shape, roles, whenClosed, meaning, decide: judge } = commands[name];
  const found: Problem[] = [];
  const checked = shape.check(input, '', found) as Input<CommandName>;
  const problems = found.map((problem) => ofThese(roles, problem));
  const refuse = (refused: Refusal): Decision =>
    (isDeclaration(name, input) ? turnedAway(state, input, refused, now) : undefined) ??
    nothingDone(state, now, { refusal: refused });
  // A wish for E-Down is on record with whatever could be read (R37).
  const lenient = name === 'requestEDown' ? readRequest(input) : undefined;
  const valid = lenient?.input ?? checked;
  // A wrong E-Down answer is a refused E-Down, which is on record too; any other wrong field leaves nothing behind.
  const isRefusedEDown =
    name === 'changeSeverity' && (valid as Input<'changeSeverity'>).severity === 0 && concernsEDown(problems);
  if (problems.length > 0 && !isRefusedEDown && !lenient) return refuse(refusedShape(input, problems));
  const who = judgeActor(state, name, valid, now);
  if ('refusal' in who) return refuse(who.refusal);
  if (state.status === 'CLOSED' && !whenClosed) return refuse(refusal('CASE_CLOSED'));

  const turn = new CommandAtWork(state, now, actorOf(valid, who, requestId), who, valid.means);
  if (isRefusedEDown) {
    const answers = (input as Record<string, unknown>)['eDown'];
    const refused = refuseEDown(turn, unreadable(problems, answers), answers);
    return decided(turn, { refusal: refused });
  }
  // The table has one decide function a command; its input was checked by the same entry's shape.
  const refused = lenient
    ? requestEDown(turn, lenient.input, lenient.unread, lenient.given)
    : (judge as (turn: CommandAtWork, input: typeof valid) => Refusal | void)(turn, valid);
  if (refused) {
    breakSilence(turn, who);
    return turn.events.length > 0 ? decided(turn, { refusal: refused }) : refuse(refused);
  }
  follows(turn, who, meaning === 'WORK');
  noteWhoIsAsked(turn);
  return decided(turn, hotlineOf(turn, name));
}

const isDeclaration = (name: CommandName, input: unknown): boolean =>
  name === 'changeSeverity' && isRecord(input) && input['severity'] === 0;

/**
 * R37: production is said to be down. Whatever the declaration is refused for, by whom it comes or how the case stands, it is on
 * record, and somebody talks to the customer about it.
 */
function turnedAway(state: CaseState, input: unknown, refused: Refusal, now: number): Decision | undefined {
  const wish = isActive(state) ? undefined : readRequest(input);
  if (!wish) return undefined;
  const { by, role = 'SERVICE', requestedBy } = wish.input;
  const who: Who = { person: requestedBy ?? by, role };
  const turn = new CommandAtWork(state, now, actorOf(wish.input, who, undefined), who);
  return decided(turn, { refusal: refuseEDown(turn, refused, wish.given) });
}

function actorOf(input: Input<CommandName>, who: Who, requestId: string | undefined): Actor {
  const { by, role = who.role, channel = 'API', requestedBy, occurredAt } = input;
  return { by, role, channel, ...present({ requestedBy, occurredAt, requestId: input.requestId ?? requestId }) };
}

/** Whoever asks for E-Down attention is heard with what can be read of it; only somebody has to be named. */
function readRequest(input: unknown): { input: Input<'requestEDown'>; unread: string[]; given: unknown } | undefined {
  if (!isRecord(input) || !isId(120)(input['by'])) return undefined;
  const { known, unreadable: fields } = readable(commandShapes.requestEDown, { ...input, eDown: undefined });
  const { known: answers, unreadable: unread } = readable(eDownShape, input['eDown']);
  const role: Role = ROLES.find((other) => other === known.role) ?? 'CUSTOMER';
  const { role: _, channel, ...rest } = known;
  const entered = channel === undefined || channel === 'CASE_LOGGER' ? {} : { channel };
  const request = { ...rest, ...entered, by: input['by'], role, eDown: answers } as Input<'requestEDown'>;
  return {
    input: request,
    given: input['eDown'],
    unread: [...fields.filter((field) => field !== 'eDown'), ...unread.map((field) => `eDown.${field}`)],
  };
}

/** Whoever of the customer's is turned away for something is there all the same: nobody proposes to lower for their silence. */
function breakSilence(turn: Turn, who: Who): void {
  const episode = episodeOf(turn.state);
  const customers = customersOwn(turn, who);
  if (customers !== null && episode !== null && episode.contactStage !== 'PRESENT') contactSeen(turn, customers);
}

/** Whose wish it is, where they are the customer's: on a call one of ours enters it for them (R11). */
function customersOwn({ state, actor }: Turn, { person, role }: Who): string | null {
  if (role === 'CUSTOMER' || role === 'CONTACT') return person;
  const { channel, requestedBy } = actor;
  if (requestedBy === undefined || (channel !== 'PHONE' && channel !== 'DESK')) return null;
  return isContact(state, requestedBy) || state.accounts.includes(requestedBy) ? requestedBy : null;
}

/** What every accepted command means besides itself: an act, a sign of the customer, somebody joining the team. */
function follows(turn: CommandAtWork, who: Who, isWork: boolean): void {
  const isStaff = who.role === 'ENGINEER' || who.role === 'MANAGER';
  // What is older than what is in force is only on record: nothing is answered by it (D15).
  const isOld = turn.events.some(({ type }) => type === 'OlderFactRecorded');
  if (isWork && isStaff && !isOld) {
    actedOn(turn, who);
    takenOver(turn, who.person);
  }
  const spoke = turn.events.some(
    ({ type, data }) =>
      type === 'CustomerContacted' ||
      (type === 'TransferRecorded' && 'outcome' in data && data.outcome === 'CONNECTED'),
  );
  const customers = customersOwn(turn, who);
  // Whoever has answered a page has given a sign by that (rules/answer.ts).
  const isSeen = turn.events.some(({ type }) => type === 'ContactSeen' || type === 'ContactUnavailable');
  if (!isSeen && (spoke || customers !== null)) contactSeen(turn, customers ?? who.person);
  if (isStaff) joinTeam(turn, who.person);
}

/** S31: whoever asked hears who is asked because of it, and how long they have to answer. */
function noteWhoIsAsked(turn: CommandAtWork): void {
  const wishes = turn.events.flatMap(wishOf);
  if (wishes.length === 0) return;
  const opened = turn.events.flatMap((event) => (event.type === 'NeedOpened' ? [event.data.need] : []));
  for (const key of new Set([...wishes, ...opened])) {
    const need = needOf(turn.state, key);
    const audience = need && rungsOfNeed(turn.state, need)[need.rung];
    if (!need || !audience) continue;
    const person = facedBy(need);
    if (person === null) {
      turn.note({ key: 'ASKED', need: key, audience, withinMs: answerMsFor(turn.state, need, audience) });
    } else turn.note({ key: need.turn.is === 'HELD' ? 'HELD_BY' : 'BEING_ASKED', need: key, person });
  }
}

function wishOf(event: CaseEvent): NeedKey[] {
  switch (event.type) {
    case 'Escalated':
      return [event.data.level];
    case 'ManagerContactRequested':
      return ['MANAGER_REQUESTED'];
    case 'EDownRequested':
      return ['E_DOWN_REQUESTED'];
    default:
      return [];
  }
}

/** R36: whoever declares E-Down over the Web is told that calling is the better way. */
function hotlineOf({ events, actor, state }: CommandAtWork, name: CommandName): { hotline?: string } {
  const declared = name === 'changeSeverity' && events.some(({ type }) => type === 'EDownDeclared');
  return declared && actor.channel !== 'PHONE' ? { hotline: state.policy.hotline } : {};
}

function lookedUp(
  turn: CommandAtWork,
  { person, name, isManager = true, nearest }: Extract<CaseCommand, { type: 'personLookedUp' }>,
): void {
  const { state } = turn;
  if (!state.unverified.includes(person)) return;
  if (name !== null) turn.follow('PersonRecognised', { person, name });
  const levels = MANAGED_LEVELS.filter((level) => ownerOf(state, level) === person);
  const held = state.needs.filter((need) => holderOf(need) === person);
  const voided = [
    ...levels,
    ...held.filter(({ kind }) => name === null || rowOf(kind).isForManagers).map(({ key }) => key),
  ];
  const needs = [...new Set(voided)];
  if (name === null) {
    turn.follow('AnswerVoided', { person, nearest, needs });
    if (state.engineer === person && !state.ownerUnknown) turn.follow('OwnerUnknown', { person });
  } else if (!isManager && needs.length > 0) {
    turn.follow('AnswerVoided', { person, nearest: null, needs, why: 'MANAGES_NOBODY' });
  }
}

/** Something that is no object at all is plain invalid input, whatever its fields would have been. */
const refusedShape = (input: unknown, problems: readonly Problem[]): Refusal =>
  refusalOf(isRecord(input) ? problems : problems.map(({ field, problem }) => ({ field, problem })));

function present<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
