/** `tocsin replay` for people. */
import type { Replayed } from '../../worker/replay';
import { clean } from '../../client/untrusted';
import type { Screen } from './case';
import { hanging } from './text';

/** One run a line; what does not fit says where. */
export const renderReplayed = (runs: readonly Replayed[], { paint, width }: Screen): string =>
  runs
    .map(({ workflowId, runId, events, fits, why }) => {
      const run = `${clean(workflowId)}${runId === null ? '' : ` run ${clean(runId)}`}, ${events} events`;
      return fits
        ? `${paint('green', 'fits')}  ${run}`
        : `${paint('red', 'DOES NOT FIT')}  ${run}\n${hanging('  ', why ?? '', width)}`;
    })
    .join('\n');

/** Before a deploy: those that would go on otherwise, one by one, and how many there are of each kind. */
export function renderRunning(all: number, runs: readonly Replayed[], screen: Screen): string {
  const others = runs.filter(({ fits }) => !fits);
  const sample = all > runs.length ? `, a sample of ${all} that run` : '';
  const head = `${runs.length - others.length} of ${runs.length} cases would go on as they are${sample}.`;
  if (others.length === 0) return head;
  return [
    renderReplayed(others, screen),
    head,
    hanging(
      '',
      `${others.length} would not: they stay with the version that they are on until their run is over, so nothing stands ` +
        'still; from then on they follow this code.',
      screen.width,
    ),
  ].join('\n');
}
