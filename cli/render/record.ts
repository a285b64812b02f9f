/** What came of looking through a record. */
import { clean } from '../../client/untrusted';
import type { Verified } from '../record/verify';
import { hanging, wrapped } from './text';

const MOST_SHOWN = 20;

export function renderVerified(
  { caseNumber, events, from, to, head, isWhole, faults }: Verified,
  { width }: { readonly width: number },
): string {
  const said = isWhole
    ? `${events} events from ${from} to ${to}; nothing is missing, and nothing was changed.`
    : 'this is not the whole record.';
  const shown = faults.slice(0, MOST_SHOWN).map(({ line, problem }) => hanging(`  line ${line}: `, problem, width));
  const more = faults.length > MOST_SHOWN ? [`  and ${faults.length - MOST_SHOWN} more`] : [];
  const kept = isWhole
    ? [
        wrapped('Keep this elsewhere; with --head it shows one day that nothing was written anew:', width),
        `  ${clean(head)}`,
      ]
    : [];
  return [wrapped(clean(`${caseNumber}: ${said}`), width), ...shown, ...more, ...kept].join('\n');
}
