/** One look at everything from outside the cases: does Temporal answer, do workers ask for work, does a page get through, is nothing late? */
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Target } from '../connect';
import { tlsMistake } from '../../connection/trouble';
import { countOf, numbersOf, overdue } from '../sight/cases';
import { forget, isLeading, sendCanary, walkersSince, type Walk, type Walker } from './canary-walk';
import { CHECKS, type Check, type Finding } from './finding';

export interface Watched {
  readonly target: Target;
  readonly taskQueue: string;
  readonly walker: Walker;
  readonly everyMs: number;
  /** How long each step may take. */
  readonly patienceMs: number;
  /** The canaries sent so far. The last ones are left where they are: workers see by them that somebody watches. */
  readonly trail: string[];
}

export interface Look {
  readonly findings: readonly Finding[];
  readonly walk?: Walk;
  /** Another one watches: this one has not looked. */
  readonly standsBy: boolean;
}

const { TaskQueueType } = temporal.api.enums.v1;
/** A worker asks again once a minute. */
const ASKED_WITHIN_MS = 2 * 60_000;
const MOST_NAMED = 5;
const CANARIES_LEFT = 3;

const well = (check: Check, words: string): Finding => ({ check, is: 'WELL', words });
const wrong = (check: Check, words: string): Finding => ({ check, is: 'WRONG', words });

/** With a connection of its own each time: one that has failed for long waits for minutes before it tries again. */
export async function look(watched: Watched, connect: (target: Target) => Promise<Connection>): Promise<Look> {
  const { target, walker, taskQueue, everyMs } = watched;
  let connection: Connection;
  try {
    connection = await connect(target);
  } catch (error) {
    const why = (await tlsMistake(target)) ?? `${reasonOf(error)}.`;
    return only(
      wrong('TEMPORAL', `Temporal does not answer at ${target.address}: no case is served and nobody is paged. ${why}`),
    );
  }
  try {
    const since = Date.now() - 2 * everyMs;
    // Where it cannot be seen who else watches, two alarms are better than none.
    const others = await walkersSince(connection, target.namespace, taskQueue, since).catch(() => []);
    if (!isLeading(walker, others)) return { findings: [], standsBy: true };
    const [workers, [canary, walk], late] = await Promise.all([
      workersPoll(connection, watched),
      canaryWalks(connection, watched),
      nothingIsLate(connection, watched),
    ]);
    return {
      findings: [well('TEMPORAL', `Temporal answers at ${target.address}.`), workers, canary, late],
      ...(walk && { walk }),
      standsBy: false,
    };
  } finally {
    await connection.close();
  }
}

const LOOKED_FOR: Readonly<Record<Check, string>> = {
  TEMPORAL: 'Whether Temporal answers',
  WORKERS: 'Whether workers ask for work',
  CANARY: 'Whether the canary of a page comes back',
  OVERDUE: 'Whether anything is overdue',
};

/** Of what depends on this nothing is known. */
const only = (finding: Finding): Look => ({
  findings: CHECKS.map((check) =>
    check === finding.check
      ? finding
      : { check, is: 'UNKNOWN', words: `${LOOKED_FOR[check]} is not known while Temporal does not answer.` },
  ),
  standsBy: false,
});

const counted = (workers: number): string => (workers === 1 ? '1 worker asks' : `${workers} workers ask`);

async function workersPoll(connection: Connection, { target, taskQueue, patienceMs }: Watched): Promise<Finding> {
  try {
    const { pollers } = await connection.withDeadline(Date.now() + patienceMs, () =>
      connection.workflowService.describeTaskQueue({
        namespace: target.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    const since = Date.now() - ASKED_WITHIN_MS;
    const present = pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
    if (present.length > 0) return well('WORKERS', `${counted(present.length)} for work on queue ${taskQueue}.`);
    return wrong(
      'WORKERS',
      `No worker asks for work on queue ${taskQueue} of ${target.address}: cases stand still and nobody is paged. Start \`tocsin worker\`.`,
    );
  } catch (error) {
    return wrong('WORKERS', `Temporal does not say who works on queue ${taskQueue}: ${reasonOf(error)}.`);
  }
}

async function canaryWalks(
  connection: Connection,
  { target: { namespace }, taskQueue, walker, patienceMs, trail }: Watched,
): Promise<[Finding, Walk?]> {
  try {
    const walk = await sendCanary(connection, namespace, taskQueue, walker, patienceMs);
    trail.push(walk.workflowId);
    for (const old of trail.splice(0, Math.max(0, trail.length - CANARIES_LEFT)))
      await forget(connection, namespace, old);
    const ms = Math.round(walk.tookMs);
    return [well('CANARY', `The canary was back after ${ms} ms, by ${walk.worker}.`), walk];
  } catch (error) {
    const late = `not within ${patienceMs / 1_000} s`;
    const why = isTimeOut(error) ? late : reasonOf(error);
    return [
      wrong('CANARY', `The canary did not come back on queue ${taskQueue} (${why}): pages go out late or not at all.`),
    ];
  }
}

async function nothingIsLate(connection: Connection, { target: { namespace } }: Watched): Promise<Finding> {
  const sight = { connection, namespace };
  const query = overdue(Date.now());
  try {
    const late = await countOf(sight, query);
    if (late === 0) return well('OVERDUE', 'Nothing is overdue.');
    const named = (await numbersOf(sight, query, MOST_NAMED)).sort();
    const more = late > named.length ? ` and ${late - named.length} more` : '';
    return wrong(
      'OVERDUE',
      `In ${late === 1 ? 'one case' : `${late} cases`} something was due minutes ago and was not done: ${named.join(', ')}${more}. Look at the workers' log.`,
    );
  } catch (error) {
    return wrong('OVERDUE', `The lists of cases do not answer: ${reasonOf(error)}.`);
  }
}

const isTimeOut = (error: unknown): boolean =>
  ['AbortError', 'TimeoutError'].includes((error as Error).name) || /abort|cancelled|deadline/i.test(reasonOf(error));

/** The innermost reason, in one line. */
function reasonOf(error: unknown): string {
  const { cause, message, details } = error as Error & { readonly cause?: unknown; readonly details?: unknown };
  if (cause instanceof Error) return reasonOf(cause);
  // What a call was refused with is text; what an activity failed with is a list of anything.
  return (typeof details === 'string' ? details : message).split('\n')[0]?.replace(/\.$/, '') ?? 'unknown';
}
