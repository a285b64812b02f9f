/**
 * A case as a durable workflow: the only Temporal code of the engine. What a case does is decided in `core/`; this file
 * brings it commands, carries out the effects that a decision names, and takes the case from run to run.
 *
 * Handlers are synchronous: decide, carry out, answer. So there are no locks, and no handler is half done when the case
 * continues as new.
 */
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  currentUpdateInfo,
  proxyLocalActivities,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TocsinActivities } from './activities';
import { nextDue } from './core/agenda';
import { decide, open, type CaseCommand, type Decision, type Effects } from './core/decide';
import type { Answer } from './core/language/answer';
import { refusal, type Refusal } from './core/language/refusal';
import type { EndedBefore } from './core/language/events';
import type { PageNews, PageTrouble } from './core/language/page';
import type { CasePolicy } from './core/language/policy';
import { isRecord } from './core/language/shape';
import { CARRIED_VERSION, carried as carriedState, notHandedOn, upgraded, type Carried } from './core/carried';
import { MOST } from './core/language/bounds';
import type { CaseState } from './core/language/state';
import { iso } from './core/language/time';
import { ENDED_OUTSIDE } from './core/language/vocabulary';
import { ordersOf } from './core/paging/order';
import { isFinished } from './core/rules/lifecycle';
import { answerOf, caseView, eDownCategories, impact, managerForCase, ownership, timeline } from './core/views/queries';
import { described } from './core/words/described';
import { refusalInWords } from './core/words/en';
import { internal, queries as questions } from './core/words/en/queries';
import {
  COMMANDS,
  ENDED_BEFORE,
  OPENED_BY_CLIENT,
  moveToCurrentVersion,
  pageDelayed,
  pageNews,
  queries,
  signals,
  updates,
  type CaseStart,
  type CaseSummary,
  type CommandName,
} from './messages';
import { Alarm } from './shell/alarm';
import { LookUps } from './shell/look-ups';
import { Pager } from './shell/pager';
import { Publisher } from './shell/publish';
import { PlainScope } from './shell/scope';
import { allJudged } from './shell/task';
import { nextRun, Versions, waitForNewer } from './shell/versions';

/**
 * After a restart every case is replayed from the beginning of its run, all of them at once: at this length each takes about a
 * tenth of a second (decision 0010). The server's own hint comes much later.
 */
const CONTINUE_AT_EVENTS = 300;
/**
 * Here pages on their way are waited for no longer: while a provider is down there is always one, and at some 50,000 events
 * the server ends the case. They go out again under their keys.
 */
const CONTINUE_AT_ONCE_EVENTS = 1_000;

/** Events are read later from what runs hand on: a run that has had much to say ends before its own begin to go. */
const CONTINUE_AT_BYTES = MOST.tailBytes / 2;
const CONTINUE_AT_ONCE_BYTES = 1.5 * MOST.tailBytes;

const { currentPolicy, hidesTitles } = proxyLocalActivities<TocsinActivities>({ startToCloseTimeout: '10s' });

/** Nothing may end a case silently: a request to cancel it is on record, and changes nothing else. */
export const supportCase = (start: CaseStart): Promise<CaseSummary> => {
  const { cancelRequested } = CancellationScope.current();
  return new PlainScope({ cancellable: false }).run(() => run(start, cancelRequested));
};

async function run(start: CaseStart, cancelRequested: Promise<never>): Promise<CaseSummary> {
  const carried = carriedIn(start);
  let current = carried?.state;
  const handedOn = current?.seq ?? 0;
  /** What arrives while the opening is judged waits for it: every handler is there before the first await. */
  const early: (() => void)[] = [];
  const shield = CancellationScope.current();
  const alarm = new Alarm(shield);
  const publisher = new Publisher(carried?.published);
  const pager = new Pager(shield, (pageId, attempt, result) => apply({ type: 'pageSettled', pageId, attempt, result }));
  const versions = new Versions();
  const lookUps = new LookUps(shield, (person, found) => apply({ type: 'personLookedUp', person, ...found }));
  // Before any handler: what comes with the first task of this run may call them back.
  if (current) for (const order of ordersOf(current, Date.now(), nextDue(current))) pager.send(order);

  function known(): CaseState {
    if (!current) throw failure(refusal('CASE_OPENING'));
    return current;
  }

  /** Exactly in a closed case only, which must not show a promise of before as running: each move costs two events. */
  const moveAlarm = (due: Effects['nextDue']): void =>
    alarm.set(due, Date.now(), { exactly: known().status === 'CLOSED' });

  const follow = (): void => publisher.follow(pager.isPaging);

  /** Keeps what was decided, and does outside what it names. Never awaits. */
  function keep({ state, send, callBack, settle, lookUp, nextDue: due }: Decision): void {
    current = state;
    for (const order of send) pager.send(order);
    for (const message of callBack) pager.callBack(message);
    for (const order of settle) pager.settle(order);
    for (const person of lookUp) lookUps.start(person);
    moveAlarm(due);
    follow();
  }

  function apply(command: CaseCommand): Decision {
    const decision = decide(known(), command, Date.now());
    keep(decision);
    return decision;
  }

  const command = (name: string, input: unknown, requestId?: string): CaseCommand => ({
    type: 'command',
    name,
    input,
    ...(requestId !== undefined && { requestId }),
  });

  /** Refuses before anything is written, unless the refusal itself must be on record (R37). */
  function refuseEarly(name: CommandName, input: unknown): void {
    if (!current) return;
    const { refusal: refused, events } = decide(current, command(name, input, currentUpdateInfo()?.id), Date.now());
    if (refused && events.length === 0) throw failure(refused);
  }

  function updated(name: CommandName, input: unknown, updateId?: string): Answer {
    const { outcome, refusal: refused } = apply(command(name, input, updateId));
    publisher.answered();
    if (refused || !outcome) throw failure(refused ?? refusal('INVALID_INPUT'));
    return answerOf(outcome);
  }

  const onSignal = (name: string, input: unknown): void => {
    if (!current) early.push(() => onSignal(name, input));
    else apply({ type: 'command', name, input, asSignal: true });
  };
  const onCancelRequest = (): void => {
    if (!current) early.push(onCancelRequest);
    else apply({ type: 'cancelRequested' });
  };
  cancelRequested.catch(onCancelRequest);
  setHandler(
    pageDelayed,
    (trouble?: PageTrouble) => {
      if (current && isTrouble(trouble)) apply({ type: 'pageDelayed', trouble });
      else follow();
    },
    { description: internal.pageDelayed },
  );
  setHandler(
    pageNews,
    (news?: PageNews) => {
      if (current && isNews(news)) apply({ type: 'pageNews', news });
      else follow();
    },
    { description: internal.pageNews },
  );
  setHandler(
    moveToCurrentVersion,
    (nudge) => {
      versions.nudged(nudge);
      // Where it need not move, its task leaves something all the same (publish.ts).
      follow();
    },
    { description: internal.moveToCurrentVersion },
  );
  // The first handler of commands: signals that have waited for one are then given in the order in which they came. With a
  // handler a command they would come command by command: reopened before it was closed.
  setDefaultSignalHandler(onSignal);
  for (const name of COMMANDS) {
    const description = described[name];
    setHandler(signals[name], (input: unknown) => onSignal(name, input), { description });
    setHandler(
      updates[name],
      (input: unknown) => {
        const updateId = currentUpdateInfo()?.id;
        if (current) return updated(name, input, updateId);
        // In its place among what else is waiting: a later signal does not overtake it.
        return new Promise<Answer>((resolve, reject) => {
          early.push(() => {
            try {
              resolve(updated(name, input, updateId));
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          });
        });
      },
      { description, validator: (input: unknown) => refuseEarly(name, input) },
    );
  }
  setDefaultUpdateHandler(() => {
    throw failure(refusal('UNKNOWN_COMMAND'));
  });
  setHandler(queries.getCase, () => caseView(known(), Date.now()), { description: questions.getCase });
  setHandler(queries.getTimeline, (request) => timeline(known(), request), { description: questions.getTimeline });
  setHandler(queries.whoOwnsThis, () => ownership(known(), Date.now()), { description: questions.whoOwnsThis });
  setHandler(queries.managerForCase, () => managerForCase(known()), { description: questions.managerForCase });
  setHandler(queries.getImpact, () => impact(known(), Date.now()), { description: questions.getImpact });
  setHandler(queries.eDownCategories, eDownCategories, { description: questions.eDownCategories });

  // A case keeps the policy that it was opened under; but what lists may show is for the operator to change, so each run asks that.
  if (current) publisher.nameCase(!(await hidesTitles()));
  else {
    const { hidesTitle, before, isUsed, ...policy } = await currentPolicy(...lookBack());
    if (isUsed) throw failure(refusal('CASE_EXISTS'));
    publisher.nameCase(!hidesTitle);
    keep(opened(start, policy, before ?? endedBefore()));
  }
  for (const person of known().unverified) lookUps.start(person);
  for (const work of early.splice(0)) work();

  const isLong = (): boolean => {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const [events, bytes] = pager.idle
      ? [CONTINUE_AT_EVENTS, CONTINUE_AT_BYTES]
      : [CONTINUE_AT_ONCE_EVENTS, CONTINUE_AT_ONCE_BYTES];
    return continueAsNewSuggested || historyLength >= events || notHandedOn(known(), handedOn) >= bytes;
  };
  const isToGoOnAsNew = (): boolean => isLong() || versions.mustMove(pager.idle);
  for (;;) {
    await condition(() => alarm.rang || publisher.isDue || isToGoOnAsNew());
    await allJudged();
    if (alarm.rang) {
      alarm.rang = false;
      apply({ type: 'tick' });
    }
    const state = known();
    const isOver = isFinished(state, Date.now());
    const goesOnAsNew = !isOver && isToGoOnAsNew();
    if ((publisher.isDue && !goesOnAsNew) || isOver) {
      publisher.publish(state, Date.now());
      pager.prepare();
    }
    if (goesOnAsNew) {
      const options = publisher.handOn(state, Date.now());
      await nextRun<typeof supportCase>(options)({
        carried: { version: CARRIED_VERSION, state: carriedState(state, handedOn), published: publisher.carried },
      });
    }
    // A run that was carried over has no alarm yet.
    moveAlarm(nextDue(state));
    if (isOver) {
      // Who took a page hears of its end before the case is gone.
      if (pager.isSettling) await condition(() => !pager.isSettling);
      return summaryOf(state);
    }
  }
}

/**
 * The state that the run before has handed on, or that somebody has taken from another server's history, as of a case of 0.1.0
 * that no worker serves any more. What comes from outside is looked at first: what is no state of this case is an opening, and
 * no valid one.
 */
function carriedIn(start: CaseStart): Carried | undefined {
  if (typeof start !== 'object' || start === null || !('carried' in start)) return undefined;
  const { continuedFromExecutionRunId, workflowId } = workflowInfo();
  if (continuedFromExecutionRunId === undefined && !isOf(workflowId, start.carried)) return undefined;
  const carried = upgraded(start.carried);
  return 'newer' in carried ? waitForNewer(carried.newer) : carried;
}

function isOf(caseNumber: string, given: Carried): boolean {
  try {
    const carried = upgraded(given);
    if ('newer' in carried) return false;
    nextDue(carried.state);
    return caseView(carried.state, Date.now()).caseNumber === caseNumber;
  } catch {
    return false;
  }
}

/** From our own activities; what anybody else sends under this name is worth nothing. */
const isTrouble = (value: unknown): value is PageTrouble =>
  isRecord(value) &&
  ['pageId', 'person', 'name', 'channel', 'why'].every((field) => typeof value[field] === 'string') &&
  typeof value['attempt'] === 'number' &&
  typeof value['channelsLeft'] === 'number';

/** From a gateway that has verified whose callback it was; what is no such news changes nothing. */
const isNews = (value: unknown): value is PageNews =>
  isRecord(value) &&
  ['pageId', 'person', 'channel'].every((field) => typeof value[field] === 'string' && value[field].length <= 300) &&
  typeof value['attempt'] === 'number' &&
  (value['news'] === 'DELIVERED' || value['news'] === 'FAILED' || value['news'] === 'UNANSWERED') &&
  (value['reason'] === undefined || (typeof value['reason'] === 'string' && value['reason'].length <= 200));

/**
 * Our client has looked for a case that had the number before, and tells of it beside the opening, so that no page waits; of a case
 * that was started with nothing but Temporal the worker finds it out.
 */
const lookBack = (): [] | [string] => {
  const { memo, workflowId } = workflowInfo();
  return memo?.[OPENED_BY_CLIENT] === undefined ? [workflowId] : [];
};

function endedBefore(): EndedBefore | undefined {
  const before = workflowInfo().memo?.[ENDED_BEFORE];
  const isIt =
    isRecord(before) &&
    isText(before['runId']) &&
    isText(before['at']) &&
    ENDED_OUTSIDE.some((how) => how === before['how']) &&
    (before['by'] === undefined || isText(before['by']));
  return isIt ? (before as unknown as EndedBefore) : undefined;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 200;

/** A refused opening fails the execution at once, pages nobody, and leaves the number usable. */
function opened(opening: unknown, policy: CasePolicy, before: EndedBefore | undefined): Decision {
  const decision = open(opening, policy, Date.now(), before);
  if (!('state' in decision)) throw failure(decision.refusal);
  const { caseNumber } = decision.state;
  const { workflowId } = workflowInfo();
  if (caseNumber !== workflowId) throw failure(refusal('INVALID_CASE_NUMBER', { key: 'WORKFLOW_ID', workflowId }));
  return decision;
}

function failure(refused: Refusal): ApplicationFailure {
  const { code, message, ...details } = refusalInWords(refused);
  const failed = ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: true,
    details: [{ code, ...details }],
  });
  // Dialogs of the Web UI show it below the sentence: whoever was refused has no use for files of ours.
  failed.stack = '';
  return failed;
}

const summaryOf = (state: CaseState): CaseSummary => ({
  caseNumber: state.caseNumber,
  severity: state.severity,
  resolution: state.resolution ?? '',
  openedAt: iso(state.openedAt),
  closedAt: iso(state.closedAt ?? state.openedAt),
  events: state.seq,
  eDownEpisodes: state.eDownCount,
});
