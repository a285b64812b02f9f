/** `tocsin replay` for people. */
import type { Replayed } from '../../worker/replay';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';

/** One run a line; what does not fit says where. */
export const renderReplayed = (runs: readonly Replayed[], { paint }: Screen): string =>
  runs
    .map(({ workflowId, runId, events, fits, why }) => {
      const run = `${clean(workflowId)}${runId === null ? '' : ` run ${clean(runId)}`}, ${events} events`;
      return fits
        ? `${paint('green', 'fits')}  ${run}`
        : `${paint('red', 'DOES NOT FIT')}  ${run}\n  ${clean(why ?? '')}`;
    })
    .join('\n');
