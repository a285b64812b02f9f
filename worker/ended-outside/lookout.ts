/**
 * Looks out for cases that were ended from outside, and has the duty managers told: each such run once, however many workers and
 * watches look, for the page is a workflow of the run's name. What happened while nobody looked is told by the first who does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { whoEnded } from '../../connection/who-ended';
import type { EndedCase, EndedNotice } from '../../workflows/activities';
import { literal } from '../../workflows/literal';
import { ENDED_PAGE_TYPE, endedPageId } from '../../workflows/ended-outside/messages';
import { endedFromOutside, type EndedRun, type Sight } from '../sight/cases';

interface Log {
  warn(message: string): void;
  error(message: string): void;
}

export interface LookoutOptions {
  /** Asks with a connection; where there is none, it says why. */
  readonly seeing: <T>(ask: (sight: Sight) => Promise<T>) => Promise<T>;
  readonly taskQueue: string;
  readonly log: Log;
  readonly everyMs?: number;
}

/** Twice within the minute in which it is to be told, with the time that lists are behind. */
const LOOK_EVERY_MS = 15_000;
/** What was ended longer ago is told no more, as in the metric. */
const LOOKS_BACK_MS = 24 * 3_600_000;
/** More than so many at once are one mistake, and one page. */
const MOST_PAGES = 3;
/** While they are still being ended: one such page a minute. */
const BETWEEN_PAGES_OF_MANY_MS = 60_000;
const MOST_NAMED = 5;
/** Of a run id, its end: enough to tell apart what is ended in a day. It begins with the millisecond, which a batch shares. */
const SHORT = 12;
const CALL_MS = 5_000;

export const shortOf = ({ runId }: Pick<EndedRun, 'runId'>): string => runId.slice(-SHORT);

/** Begins now; the answer ends it. */
export function startLookout({ seeing, taskQueue, log, everyMs = LOOK_EVERY_MS }: LookoutOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const lookout = new Lookout(taskQueue, log);
  const looking = (async () => {
    let isSaid = false;
    while (!signal.aborted) {
      try {
        await seeing((sight) => lookout.look(sight, Date.now()));
        isSaid = false;
      } catch (error) {
        // Once: whoever watches says that Temporal is gone, and the next look sees what this one has not.
        if (!isSaid && !signal.aborted)
          log.warn(`cases that were ended from outside cannot be looked for just now: ${String(error)}`);
        isSaid = true;
      }
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return () => {
    stopping.abort();
    return looking;
  };
}

class Lookout {
  /** Runs of which somebody is told, by this one or another: most looks need not ask further. */
  private readonly told = new Set<string>();

  constructor(
    private readonly taskQueue: string,
    private readonly log: Log,
  ) {}

  async look(sight: Sight, now: number): Promise<void> {
    const ended = (await endedFromOutside(sight, now - LOOKS_BACK_MS, this.taskQueue)).filter(this.isNew);
    if (ended.length === 0) return;
    const lastOfMany = await this.hear(sight, now);
    const untold = ended.filter(this.isNew);
    if (untold.length > MOST_PAGES) {
      if (now - lastOfMany >= BETWEEN_PAGES_OF_MANY_MS) await this.tell(sight, untold);
      return;
    }
    for (const run of untold) {
      // Another one is about to tell them, perhaps all at once: the next look knows.
      if (!(await this.tell(sight, [run]))) return;
    }
  }

  private readonly isNew = (run: EndedRun): boolean => !this.told.has(shortOf(run));

  /** What others have told; when the last page of many was sent. */
  private async hear({ connection, namespace }: Sight, now: number): Promise<number> {
    const since = new Date(now - 2 * LOOKS_BACK_MS).toISOString();
    const query = `WorkflowType = '${ENDED_PAGE_TYPE}' AND TaskQueue = ${literal(this.taskQueue)} AND StartTime > '${since}'`;
    const client = new Client({ connection, namespace });
    let lastOfMany = 0;
    await client.withDeadline(Date.now() + CALL_MS, async () => {
      for await (const { memo, startTime } of client.workflow.list({ query, pageSize: 1_000 })) {
        const of: readonly unknown[] = Array.isArray(memo?.['of']) ? memo['of'] : [];
        for (const run of of) this.told.add(String(run));
        if (of.length > MOST_PAGES) lastOfMany = Math.max(lastOfMany, startTime.getTime());
      }
    });
    return lastOfMany;
  }

  /** Whether it is this one that tells. */
  private async tell(sight: Sight, runs: readonly EndedRun[]): Promise<boolean> {
    const [first] = runs;
    if (!first) return false;
    const { connection, namespace } = sight;
    const client = new Client({ connection, namespace });
    const notice = await noticeOf(sight, runs);
    try {
      await client.withDeadline(Date.now() + CALL_MS, () =>
        client.workflow.start(ENDED_PAGE_TYPE, {
          workflowId: notice.pageId,
          taskQueue: this.taskQueue,
          args: [notice],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          memo: { of: runs.map(shortOf) },
          priority: { priorityKey: 1 },
          staticSummary: `Duty managers are told: ${summaryOf(runs)}`,
        }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      this.told.add(shortOf(first));
      return false;
    }
    for (const run of runs) this.told.add(shortOf(run));
    this.log.error(`${summaryOf(runs)}: the duty managers are told`);
    return true;
  }
}

function summaryOf(runs: readonly EndedRun[]): string {
  const named = runs.slice(0, MOST_NAMED).map(({ caseNumber }) => caseNumber);
  const more = runs.length > named.length ? ` and ${runs.length - named.length} more` : '';
  return `ended from outside: ${named.join(', ')}${more}`;
}

async function noticeOf(sight: Sight, runs: readonly EndedRun[]): Promise<EndedNotice> {
  const named = runs.slice(0, MOST_NAMED);
  return {
    pageId: endedPageId(named[0]?.runId ?? ''),
    count: runs.length,
    eDowns: runs.filter(({ severity }) => severity === 0).length,
    cases: await Promise.all(named.map((run) => endedCase(sight, run))),
  };
}

async function endedCase({ connection, namespace }: Sight, { runId, closedAt, ...run }: EndedRun): Promise<EndedCase> {
  const who = await connection
    .withDeadline(Date.now() + CALL_MS, () => whoEnded(connection.workflowService, namespace, run.caseNumber, runId))
    .catch(() => ({}));
  return { ...run, at: new Date(closedAt).toISOString(), ...who };
}
