/**
 * H7: a channel that fails costs seconds. The first failure of a try, and one that takes long, are told to the case while
 * the activity goes on retrying: the person's next channel is tried as well. And the task that sends a page leaves lists
 * to the next one (workflows/shell/publish.ts), so that no list may be green for as long as a provider is down.
 */
import { Context, log } from '@temporalio/activity';
import type { PageTrouble } from '../workflows/core/language/page';
import { PAGE_DELAYED } from '../workflows/activities';

/** How long a try may take before the case hears of it. A cluster's own lists take about as long to show what they were told. */
const AFTER_MS = 1_000;
/** The second in case the first one's worker died before it could say so; more would only make the history longer. */
const TRIES_THAT_SAY_SO = 2;
const DEADLINE_MS = 1_000;

/** One try; the case hears when it takes long. `trouble` is what is known of it by then. */
export async function sayingWhenSlow<T>(oneTry: () => Promise<T>, trouble: () => PageTrouble | undefined): Promise<T> {
  const timer = setTimeout(() => {
    const known = trouble();
    if (known) void tellCase(known);
  }, AFTER_MS);
  try {
    return await oneTry();
  } finally {
    clearTimeout(timer);
  }
}

/** Never fails: the page is what counts, and the next try says it again. */
export async function tellCase(trouble: PageTrouble): Promise<void> {
  const { info, cancellationSignal } = Context.current();
  if (info.attempt > TRIES_THAT_SAY_SO || cancellationSignal.aborted) return;
  const { workflowId = '', runId } = info.workflowExecution ?? {};
  try {
    const { client } = Context.current();
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.getHandle(workflowId, runId).signal<[PageTrouble]>(PAGE_DELAYED, trouble),
    );
  } catch (error) {
    log.warn('A case could not be told that its page is delayed: lists show it later', { error });
  }
}
