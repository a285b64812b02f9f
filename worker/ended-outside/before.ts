/**
 * Who had the number of a case before it: one that was ended from outside, or one that has come to its own end, whose number is never
 * used again. Our client knows and says so; of a case that was started with nothing but Temporal the worker finds it out.
 */
import { Client } from '@temporalio/client';
import type { HadBefore } from '../../workflows/activities';
import { endedRunsOf, howEnded } from '../../workflows/ended-outside/lists';
import { whoEnded } from '../../connection/who-ended';
import type { Sight } from '../sight/cases';

/** The first page of the case waits for it. */
const CALL_MS = 1_000;
const MOST_BY = 200;

export const endedBefore =
  ({ connection, namespace }: Sight) =>
  async (caseNumber: string): Promise<HadBefore> => {
    const client = new Client({ connection, namespace });
    return await client.withDeadline(Date.now() + CALL_MS, async () => {
      let last: { readonly runId: string; readonly at: number; readonly status: string } | undefined;
      for await (const { runId, closeTime, status } of client.workflow.list({ query: endedRunsOf(caseNumber) })) {
        if (status.name === 'COMPLETED') return { isUsed: true };
        const at = closeTime?.getTime() ?? 0;
        if (!last || at > last.at) last = { runId, at, status: status.name };
      }
      const how = last && howEnded(last.status);
      if (!last || !how) return {};
      const { by } = await whoEnded(connection.workflowService, namespace, caseNumber, last.runId);
      const { runId, at } = last;
      const before = {
        runId,
        how,
        at: new Date(at).toISOString(),
        ...(by !== undefined && { by: by.slice(0, MOST_BY) }),
      };
      return { before };
    });
  };
