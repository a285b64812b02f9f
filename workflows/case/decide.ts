/**
 * decide(state, command, now) → events or a refusal. Pure: no clock, no I/O, nothing thrown at whoever sent the command.
 * The clock (`tick`) and the outcome of a page (`pageSettled`) are commands too.
 */
import { actedOn } from './acknowledge';
import { tick } from './agenda';
import { refusal, refusalOf, type Refusal } from './codes';
import { contactSeen, isContact } from './contacts';
import { commands } from './commands';
import { concernsEDown, declare, judgeEDown, refuseEDown, unreadable } from './e-down';
import { formTeam } from './escalation';
import { copyOf, record } from './evolve';
import type { Actor, CaseEvent, EventOf } from './events';
import { openingShape, type CommandName, type Input } from './inputs';
import { ask } from './ladder';
import { settle } from './page-outcome';
import { engineerAtOpening, initialState, isWeb, judgeOpening } from './lifecycle';
import type { PageResult } from './pages';
import type { CasePolicy } from './policy';
import { isRecord, type Problem } from './shape';
import type { CaseState } from './state';
import { iso } from './time';
import { Turn, type Teller } from './turn';
import { whoIsTold } from './who-is-told';

export type CaseCommand =
  | { readonly type: 'command'; readonly name: CommandName; readonly input: unknown; readonly requestId?: string }
  | { readonly type: 'tick' }
  | { readonly type: 'pageSettled'; readonly pageId: string; readonly attempt: number; readonly result: PageResult }
  /** A signal that was refused: it cannot answer, so the refusal is on the timeline. */
  | { readonly type: 'rejected'; readonly name: string; readonly input: unknown; readonly refusal: Refusal };

export interface Decision {
  /** The state with the events in it; the given one is untouched. */
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  /** A refusal may leave events behind, where the refusal itself must be on record (R37, R38, R28). */
  readonly refusal?: Refusal;
  readonly notes: readonly string[];
  readonly hotline?: string;
}

const tell: Teller = (turn, event) => {
  for (const need of whoIsTold(event, turn.state)) ask(turn, need);
};

/** The first decision of a case; a refused one leaves nothing behind, and the number stays usable. */
export function open(input: unknown, policy: CasePolicy, now: number): Decision | { readonly refusal: Refusal } {
  const problems: Problem[] = [];
  const opening = openingShape.check(input, '', problems);
  if (problems.length > 0) return { refusal: refusedShape(input, problems) };
  const refused = judgeOpening(opening, policy.caseNumber);
  if (refused) return { refusal: refused };
  const { by, role, channel, requestId, requestedBy, occurredAt, eDown, engineer: _, ...rest } = opening;
  const engineer = engineerAtOpening(opening);
  const setBy = channel === 'PHONE' ? (engineer ?? by) : by;
  const actor: Actor = { by, role, channel: channel ?? 'API', ...present({ requestedBy, requestId, occurredAt }) };
  const data = { ...rest, ...(engineer !== undefined && { engineer }), setBy, policy };
  const opened = { seq: 1, type: 'CaseOpened', at: iso(now), ...actor, data } as EventOf<'CaseOpened'>;
  const state = initialState(opened);
  record(state, opened);
  const turn = new Turn(state, now, actor, tell);
  turn.events.push(opened);
  tell(turn, opened);
  if (opening.severity === 0) {
    const judged = judgeEDown(state, eDown, now);
    if ('refusal' in judged) return judged;
    declare(turn, judged);
  }
  return { state, events: turn.events, notes: turn.notes, ...hotlineOf(turn) };
}

export function decide(state: CaseState, command: CaseCommand, now: number): Decision {
  switch (command.type) {
    case 'command':
      return decideCommand(state, command, now);
    case 'tick':
      return clockwork(state, now, tick);
    case 'pageSettled':
      return clockwork(state, now, (turn) => settle(turn, command.pageId, command.attempt, command.result));
    case 'rejected': {
      const { code, message, fields = [] } = command.refusal;
      const told = { command: command.name.slice(0, 60), code, message: message.slice(0, 600), fields: fields.slice(0, 20).map(({ field }) => field) };
      return clockwork(state, now, (turn) => turn.emit('CommandRejected', told), claimed(command.input));
    }
    default:
      return command satisfies never;
  }
}

function clockwork(state: CaseState, now: number, work: (turn: Turn) => void, actor: Actor = {}): Decision {
  const turn = new Turn(copyOf(state), now, actor, tell);
  work(turn);
  return { state: turn.state, events: turn.events, notes: [] };
}

/** Who says that they sent it: somebody has to be asked what was meant, and nothing else of it need be valid. */
function claimed(input: unknown): Actor {
  const by = isRecord(input) ? input['by'] : undefined;
  return typeof by === 'string' && by.trim() !== '' ? { by: by.slice(0, 120) } : {};
}

function decideCommand(state: CaseState, { name, input, requestId }: Extract<CaseCommand, { type: 'command' }>, now: number): Decision {
  const { shape, roles, whenClosed, decide: judge } = commands[name];
  const problems: Problem[] = [];
  const valid = shape.check(input, '', problems);
  const refuse = (refused: Refusal): Decision => ({ state, events: [], refusal: refused, notes: [] });
  // A wrong E-Down answer is a refused E-Down, which is on record (R37); any other wrong field leaves nothing behind.
  const refusedEDown = name === 'changeSeverity' && (valid as Input<'changeSeverity'>).severity === 0 && concernsEDown(problems);
  if (problems.length > 0 && !refusedEDown) return refuse(refusedShape(input, problems));
  if (!roles.includes(valid.role)) {
    return refuse(refusal('FORBIDDEN_ROLE', `Allowed: ${roles.join(', ')}.`, [{ field: 'role', problem: `must be one of ${roles.join(', ')}` }]));
  }
  if (valid.channel === 'CASE_LOGGER') {
    return refuse(refusal('INVALID_CHANNEL', undefined, [{ field: 'channel', problem: 'must not be CASE_LOGGER' }]));
  }
  if (valid.role === 'CUSTOMER' && isWeb(valid.channel) && !state.customer.accountActive) return refuse(refusal('ACCOUNT_INACTIVE'));
  if (state.status === 'CLOSED' && !whenClosed) return refuse(refusal('CASE_CLOSED'));

  const { by, role, channel = 'API', requestedBy, occurredAt } = valid;
  const actor: Actor = { by, role, channel, ...present({ requestedBy, occurredAt, requestId: valid.requestId ?? requestId }) };
  const turn = new Turn(copyOf(state), now, actor, tell);
  if (refusedEDown) return { ...refuse(refuseEDown(turn, unreadable(problems, (valid as Input<'changeSeverity'>).eDown))), state: turn.state, events: turn.events };

  // The table has one decide function a command; its input was checked by the same entry's shape.
  const refused = (judge as (turn: Turn, input: typeof valid) => Refusal | void)(turn, valid);
  if (refused) {
    const onRecord = turn.events.length > 0;
    return { state: onRecord ? turn.state : state, events: turn.events, refusal: refused, notes: [] };
  }
  follows(turn, name, valid.by, valid.role);
  return { state: turn.state, events: turn.events, notes: turn.notes, ...(name === 'changeSeverity' && hotlineOf(turn)) };
}

/** What every accepted command means besides itself: an act, a sign of the contact, somebody joining the team. */
function follows(turn: Turn, name: CommandName, by: string, role: string): void {
  const { state } = turn;
  const isAct = name !== 'acknowledge' && name !== 'acceptEscalation';
  if (isAct) actedOn(turn, by);
  const spokeTo = name === 'recordCustomerContact' && turn.events.some(({ type }) => type === 'CustomerContacted');
  if (state.emergency === 'ACTIVE' && (spokeTo || isContact(state, by, role))) contactSeen(turn, by);
  if (state.level === 'M2' && by === state.engineer && !state.escalation.joined.includes(by)) turn.follow('TeamJoined', { person: by });
  formTeam(turn);
}

/** R36: whoever declares E-Down over the Web is told that calling is the better way. */
function hotlineOf(turn: Turn): { hotline?: string } {
  const declared = turn.events.some(({ type }) => type === 'EDownDeclared');
  return declared && turn.actor.channel !== 'PHONE' ? { hotline: turn.state.policy.hotline } : {};
}

/** Something that is no object at all is plain invalid input, whatever its fields would have been. */
const refusedShape = (input: unknown, problems: readonly Problem[]): Refusal =>
  refusalOf(isRecord(input) ? problems : problems.map(({ field, problem }) => ({ field, problem })));

function present<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
