/**
 * A case as a durable workflow: the only Temporal code of the engine. What a case does is decided in `case/`; this file
 * brings it commands, starts the pages it asks for, keeps its one alarm, and carries it from run to run.
 *
 * Handlers are synchronous: decide, keep the events, start the pages, answer. So there are no locks, and no handler is
 * half done when the case continues as new.
 */
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  currentUpdateInfo,
  proxyLocalActivities,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TocsinActivities } from './activities';
import { nextDue } from './case/agenda';
import type { Answer } from './case/answer';
import { refusal, type Refusal } from './case/codes';
import { decide, open, type CaseCommand, type Decision } from './case/decide';
import { isFinished } from './case/lifecycle';
import { orderFor } from './case/order';
import { answeredBefore, remember, requestOf, type AnsweredRequest } from './case/requests';
import { travelling, type CaseState } from './case/state';
import { iso } from './case/time';
import { answerOf, caseView, eDownCategories, impact, managerForCase, ownership, timeline } from './case/queries';
import { COMMANDS, pageDelayed, queries, signals, updates, type CaseStart, type CaseSummary, type CommandName } from './messages';
import { Alarm } from './shell/alarm';
import { Pager } from './shell/pager';
import { Publisher } from './shell/publish';
import { allJudged } from './shell/task';

/** A history of this length replays in about a third of a second; the server's own hint comes much later. */
const CONTINUE_AT_EVENTS = 1_000;
/**
 * Here pages on their way are waited for no longer: while a provider is down there is always one, and at some 50,000 events
 * the server ends the case. They go out again under their keys.
 */
const CONTINUE_AT_ONCE_EVENTS = 2_000;

const { currentPolicy } = proxyLocalActivities<TocsinActivities>({ startToCloseTimeout: '10s' });

/** Nothing may end a case silently: a request to cancel it changes nothing. */
export const supportCase = (start: CaseStart): Promise<CaseSummary> => CancellationScope.nonCancellable(() => run(start));

async function run(start: CaseStart): Promise<CaseSummary> {
  const carried = isCarried(start) ? start.carried : undefined;
  let current = carried?.state;
  let requests: readonly AnsweredRequest[] = carried?.requests ?? [];
  /** What arrives while the opening is judged waits for it: every handler is there before the first await. */
  const early: (() => void)[] = [];
  const shield = CancellationScope.current();
  const alarm = new Alarm(shield);
  const publisher = new Publisher(carried?.published);
  const pager = new Pager(shield, (pageId, attempt, result) => apply({ type: 'pageSettled', pageId, attempt, result }));
  // Before any handler: what comes with the first task of this run may call them back.
  for (const order of carried?.onTheWay ?? []) pager.send(order);

  function known(): CaseState {
    if (!current) throw failure(refusal('CASE_OPENING'));
    return current;
  }

  /** Exactly in a closed case only, which must not show a promise of before as running: each move costs two events. */
  const moveAlarm = (state: CaseState): void => alarm.set(nextDue(state), Date.now(), { exactly: state.status === 'CLOSED' });

  const follow = (): void => publisher.follow(pager.isPaging);

  /** Keeps what was decided, starts the pages it calls for, moves the alarm. Never awaits. */
  function keep(decision: Decision): void {
    const { state, events } = decision;
    current = state;
    for (const event of events) if (event.type === 'PageRequested') pager.send(orderFor(state, event));
    pager.callBack(state);
    moveAlarm(state);
    follow();
  }

  function apply(command: CaseCommand): Decision {
    const decision = decide(known(), command, Date.now());
    keep(decision);
    return decision;
  }

  /** Gives a command once: under a request id that was answered before, the first answer comes again. */
  function give(name: CommandName, input: unknown, updateId?: string): { answer?: Answer; refusal?: Refusal } {
    const request = requestOf(name, input, updateId);
    const before = answeredBefore(requests, request);
    if (before) return before;
    const decision = apply({ type: 'command', name, input, ...(request && { requestId: request.id }) });
    const outcome = decision.refusal ? { refusal: decision.refusal } : { answer: answerOf(decision) };
    const isOnRecord = !decision.refusal || decision.events.length > 0;
    if (request && isOnRecord) requests = remember(requests, { ...request, ...outcome });
    return outcome;
  }

  /** Refuses before anything is written, unless the refusal itself must be on record (R37) or was answered before. */
  function refuseEarly(name: CommandName, input: unknown): void {
    if (!current) return;
    const before = answeredBefore(requests, requestOf(name, input, currentUpdateInfo()?.id));
    if (before?.answer) return;
    const { refusal: refused, events } = before ? { ...before, events: [] } : decide(current, { type: 'command', name, input }, Date.now());
    if (refused && events.length === 0) throw failure(refused);
  }

  function signalled(name: CommandName, input: unknown): void {
    const { refusal: refused } = give(name, input);
    if (refused) apply({ type: 'rejected', name, input, refusal: refused });
  }

  function updated(name: CommandName, input: unknown, updateId?: string): Answer {
    const { answer, refusal: refused } = give(name, input, updateId);
    publisher.answered();
    if (!answer) throw failure(refused ?? refusal('INVALID_INPUT'));
    return answer;
  }

  const onSignal = (name: string, input: unknown): void => {
    if (!current) early.push(() => onSignal(name, input));
    else if (isCommand(name)) signalled(name, input);
    else apply({ type: 'rejected', name, input, refusal: refusal('UNKNOWN_COMMAND') });
    // One that was answered before decides nothing, and yet its task has to leave something (publish.ts).
    follow();
  };
  setHandler(pageDelayed, follow);
  // The first handler of commands: signals that have waited for one are then given in the order in which they came. With a
  // handler a command they would come command by command: reopened before it was closed.
  setDefaultSignalHandler(onSignal);
  for (const name of COMMANDS) {
    setHandler(signals[name], (input: unknown) => onSignal(name, input));
    setHandler(
      updates[name],
      (input: unknown) => {
        const updateId = currentUpdateInfo()?.id;
        if (current) return updated(name, input, updateId);
        return new Promise<void>((begin) => early.push(begin)).then(() => updated(name, input, updateId));
      },
      { validator: (input: unknown) => refuseEarly(name, input) },
    );
  }
  setDefaultUpdateHandler(() => {
    throw failure(refusal('UNKNOWN_COMMAND'));
  });
  setHandler(queries.getCase, () => caseView(known(), Date.now()));
  setHandler(queries.getTimeline, (request) => timeline(known(), request));
  setHandler(queries.whoOwnsThis, () => ownership(known()));
  setHandler(queries.managerForCase, () => managerForCase(known()));
  setHandler(queries.getImpact, () => impact(known(), Date.now()));
  setHandler(queries.eDownCategories, eDownCategories);

  if (!current) keep(opened(start, await currentPolicy()));
  for (const work of early.splice(0)) work();

  const isLong = (): boolean => {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return continueAsNewSuggested || historyLength >= (pager.idle ? CONTINUE_AT_EVENTS : CONTINUE_AT_ONCE_EVENTS);
  };
  for (;;) {
    await condition(() => alarm.rang || publisher.isDue || isLong());
    await allJudged();
    if (alarm.rang) {
      alarm.rang = false;
      apply({ type: 'tick' });
    }
    const state = known();
    const isOver = isFinished(state, Date.now());
    if (publisher.isDue || isOver) {
      publisher.publish(state);
      pager.prepare();
    }
    // A run that was carried over has no alarm yet.
    moveAlarm(state);
    if (isOver) return summaryOf(state);
    if (isLong()) await continueAsNew<typeof supportCase>({ carried: { state: { ...state, tail: travelling(state.tail) }, requests: travelling(requests), published: publisher.carried, onTheWay: pager.carried } });
  }
}

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

/** Only a run of this case hands a state on: from anybody else it is an opening, and no valid one. */
const isCarried = (start: CaseStart): start is Extract<CaseStart, { carried: unknown }> =>
  workflowInfo().continuedFromExecutionRunId !== undefined && typeof start === 'object' && start !== null && 'carried' in start;

/** A refused opening fails the execution at once, pages nobody, and leaves the number usable (contract, section 1). */
function opened(opening: unknown, policy: Awaited<ReturnType<TocsinActivities['currentPolicy']>>): Decision {
  const decision = open(opening, policy, Date.now());
  if (!('state' in decision)) throw failure(decision.refusal);
  const { caseNumber } = decision.state;
  const { workflowId } = workflowInfo();
  if (caseNumber !== workflowId) throw failure(refusal('INVALID_CASE_NUMBER', `The workflow id is ${workflowId}; it must be the case number.`));
  return decision;
}

const failure = (refused: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: refused.code, message: refused.message, nonRetryable: true, details: [{ code: refused.code, ...(refused.fields && { fields: refused.fields }), hint: refused.hint }] });

const summaryOf = (state: CaseState): CaseSummary => ({
  caseNumber: state.caseNumber,
  severity: state.severity,
  resolution: state.resolution ?? '',
  openedAt: iso(state.openedAt),
  closedAt: iso(state.closedAt ?? state.openedAt),
  events: state.seq,
  eDownEpisodes: state.eDownCount,
});
