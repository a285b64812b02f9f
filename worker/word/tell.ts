/** Starts the one workflow that tells a word: whoever notices the same starts none. */
import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { literal } from '../../workflows/literal';
import { TELL_ONCE_TYPE, type Word } from '../../workflows/word/messages';
import type { Place } from '../deployment/server';

/** Longer than anybody's night; a word of the day before yesterday is no news. */
const EXECUTION_TIMEOUT = '2d';
const CALL_MS = 5_000;

export interface ToTell {
  readonly word: Word;
  /** For whoever looks at the list of workflows. */
  readonly summary: string;
  /**
   * Those who notice at different times name it differently: one that says the same, and whose name begins like this, was told
   * already when it was told within so long.
   */
  readonly sameAs?: { readonly idsLike: string; readonly withinMs: number };
}

/** Whether it is told from here: by then it is told, now or before. Rejects where the server is not reached. */
export async function tell({ client, taskQueue }: Place, { word, summary, sameAs }: ToTell): Promise<boolean> {
  return client.withDeadline(Date.now() + CALL_MS, async () => {
    const says = hashOf(word);
    if (sameAs && (await wasTold({ client, taskQueue }, sameAs, says))) return false;
    try {
      await client.workflow.start(TELL_ONCE_TYPE, {
        taskQueue,
        workflowId: word.pageId,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowExecutionTimeout: EXECUTION_TIMEOUT,
        memo: { says },
        staticSummary: summary,
        args: [word],
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  });
}

async function wasTold(
  { client, taskQueue }: Place,
  { idsLike, withinMs }: NonNullable<ToTell['sameAs']>,
  says: string,
): Promise<boolean> {
  const since = new Date(Date.now() - withinMs).toISOString();
  const query = `WorkflowType = '${TELL_ONCE_TYPE}' AND TaskQueue = ${literal(taskQueue)} AND StartTime > '${since}'`;
  for await (const { workflowId, memo } of client.workflow.list({ query, pageSize: 200 }))
    if (workflowId.startsWith(idsLike) && memo?.['says'] === says) return true;
  return false;
}

/** Whom it tells what, whatever it is called and whenever it goes out. */
const hashOf = ({ tellings }: Word): string =>
  createHash('sha256')
    .update(JSON.stringify(tellings.map(({ whom, said }) => [whom, said])))
    .digest('hex')
    .slice(0, 16);
