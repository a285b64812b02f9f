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
import { answeredBefore, bodyHash, remember, requestIdOf, type AnsweredRequest } from './case/requests';
import { iso } from './case/time';
import { answerOf, caseView, eDownCategories, impact, managerForCase, ownership, timeline } from './case/queries';
import { COMMANDS, queries, signals, updates, type CaseStart, type CaseSummary, type CommandName } from './messages';
import { Alarm } from './shell/alarm';
import { Pager } from './shell/pager';
import { Publisher } from './shell/publish';

/** A history of this length replays in about a third of a second; the server's own hint comes much later. */
const CONTINUE_AT_EVENTS = 1_000;

const { currentPolicy } = proxyLocalActivities<TocsinActivities>({ startToCloseTimeout: '10s' });

export async function supportCase(start: CaseStart): Promise<CaseSummary> {
  const carried = isCarried(start) ? start.carried : undefined;
  const first = carried ? { state: carried.state, events: [], notes: [] } : opened(start, await currentPolicy());
  // Nothing may end a case silently: a request to cancel is ignored, and is on record.
  return CancellationScope.nonCancellable(() => run(first, carried?.requests ?? [], carried?.published));
}

async function run(first: Decision, answered: readonly AnsweredRequest[], published?: Readonly<Record<string, string>>): Promise<CaseSummary> {
  let { state } = first;
  let requests = answered;
  let changed = true;
  const alarm = new Alarm();
  const publisher = new Publisher(published);
  const pager = new Pager((pageId, attempt, result) => apply({ type: 'pageSettled', pageId, attempt, result }));

  /** Keeps what was decided, starts the pages it calls for, moves the alarm. Never awaits. */
  function keep(decision: Decision): void {
    if (decision.events.length > 0) changed = true;
    ({ state } = decision);
    for (const event of decision.events) if (event.type === 'PageRequested') pager.send(orderFor(state, event));
    pager.callBack(state);
    alarm.set(nextDue(state), Date.now());
  }

  function apply(command: CaseCommand): Decision {
    const decision = decide(state, command, Date.now());
    keep(decision);
    return decision;
  }

  /** Gives a command once: under a request id that was answered before, the first answer comes again. */
  function give(name: CommandName, input: unknown, updateId?: string): { answer?: Answer; refusal?: Refusal } {
    const requestId = requestIdOf(input, updateId);
    const hash = bodyHash(name, input);
    const before = answeredBefore(requests, requestId, hash);
    if (before) return before;
    const decision = apply({ type: 'command', name, input, ...(requestId !== undefined && { requestId }) });
    const outcome = decision.refusal ? { refusal: decision.refusal } : { answer: answerOf(decision) };
    const isOnRecord = !decision.refusal || decision.events.length > 0;
    if (requestId !== undefined && isOnRecord) requests = remember(requests, { id: requestId, hash, ...outcome });
    return outcome;
  }

  /** Refuses before anything is written, unless the refusal itself must be on record (R37) or was answered before. */
  function refuseEarly(name: CommandName, input: unknown): void {
    const before = answeredBefore(requests, requestIdOf(input, currentUpdateInfo()?.id), bodyHash(name, input));
    if (before?.answer) return;
    const { refusal: refused, events } = before ? { ...before, events: [] } : decide(state, { type: 'command', name, input }, Date.now());
    if (refused && events.length === 0) throw failure(refused);
  }

  for (const name of COMMANDS) {
    setHandler(signals[name], (input: unknown) => {
      const { refusal: refused } = give(name, input);
      if (refused) apply({ type: 'rejected', name, refusal: refused });
    });
    setHandler(
      updates[name],
      (input: unknown) => {
        const { answer, refusal: refused } = give(name, input, currentUpdateInfo()?.id);
        if (!answer) throw failure(refused ?? refusal('INVALID_INPUT'));
        return answer;
      },
      { validator: (input: unknown) => refuseEarly(name, input) },
    );
  }
  setDefaultSignalHandler((name) => void apply({ type: 'rejected', name, refusal: refusal('UNKNOWN_COMMAND') }));
  setDefaultUpdateHandler(() => {
    throw failure(refusal('UNKNOWN_COMMAND'));
  });
  setHandler(queries.getCase, () => caseView(state, Date.now()));
  setHandler(queries.getTimeline, (request) => timeline(state, request));
  setHandler(queries.whoOwnsThis, () => ownership(state));
  setHandler(queries.managerForCase, () => managerForCase(state));
  setHandler(queries.getImpact, () => impact(state, Date.now()));
  setHandler(queries.eDownCategories, eDownCategories);

  keep(first);
  const isLong = (): boolean => (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength >= CONTINUE_AT_EVENTS) && pager.idle;
  for (;;) {
    await condition(() => alarm.rang || changed || isLong());
    if (alarm.rang) {
      alarm.rang = false;
      apply({ type: 'tick' });
    }
    changed = false;
    publisher.publish(state);
    alarm.set(nextDue(state), Date.now());
    if (isFinished(state, Date.now())) return summaryOf(state);
    if (isLong()) await continueAsNew<typeof supportCase>({ carried: { state, requests, published: publisher.carried } });
  }
}

const isCarried = (start: CaseStart): start is Extract<CaseStart, { carried: unknown }> =>
  typeof start === 'object' && start !== null && 'carried' in start;

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

const summaryOf = (state: Decision['state']): CaseSummary => ({
  caseNumber: state.caseNumber,
  severity: state.severity,
  resolution: state.resolution ?? '',
  openedAt: iso(state.openedAt),
  closedAt: iso(state.closedAt ?? state.openedAt),
  events: state.seq,
  eDownEpisodes: state.eDownCount,
});
