/**
 * The task that sends a page leaves lists and details to the next one, which comes with the page's outcome
 * (workflows/shell/publish.ts). Where that takes long, the page asks for a task itself: no list may be green for as long as
 * a provider is down.
 */
import { Context, log } from '@temporalio/activity';
import type { pageDelayed } from '../workflows/messages';

const PAGE_DELAYED: (typeof pageDelayed)['name'] = 'pageDelayed';
/** How long lists may be behind. A cluster's own take about as long to show what they were told. */
const AFTER_MS = 1_000;
/** The second in case the first one's worker died before it could say so; more would only make the history longer. */
const TRIES_THAT_SAY_SO = 2;
const DEADLINE_MS = 1_000;

/** One try of a page; the case hears when it takes long or must be made again. */
export async function sayingWhenDelayed<T>(oneTry: () => Promise<T>): Promise<T> {
  const { info, cancellationSignal } = Context.current();
  if (info.attempt > TRIES_THAT_SAY_SO) return oneTry();
  let said: Promise<void> | undefined;
  const say = (): Promise<void> => (said ??= tellCase());
  const timer = setTimeout(() => void say(), AFTER_MS);
  try {
    return await oneTry();
  } catch (error) {
    if (!cancellationSignal.aborted) await say();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Never fails: the page is what counts, and the next try says it again. */
async function tellCase(): Promise<void> {
  const { info } = Context.current();
  const { workflowId = '', runId } = info.workflowExecution ?? {};
  try {
    const { client } = Context.current();
    await client.withDeadline(Date.now() + DEADLINE_MS, () => client.workflow.getHandle(workflowId, runId).signal(PAGE_DELAYED));
  } catch (error) {
    log.warn('A case could not be told that its page is delayed: lists show it later', { error });
  }
}
