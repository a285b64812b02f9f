/** What came of looking through a record. */
import { clean } from '../../client/untrusted';
import type { Verified } from '../record/verify';
import { counted, hanging, wrapped } from './text';

const MOST_SHOWN = 20;

export function renderVerified(
  { caseNumber, events, last, from, to, head, isWhole, faults, later }: Verified,
  { width }: { readonly width: number },
): string {
  const said = isWhole
    ? `${events} events from ${from} to ${to}; none of them is missing or was changed.`
    : 'this is not the whole record.';
  const shown = faults.slice(0, MOST_SHOWN).map(({ line, problem }) => hanging(`  line ${line}: `, problem, width));
  const more = faults.length > MOST_SHOWN ? [`  and ${faults.length - MOST_SHOWN} more`] : [];
  const kept = isWhole
    ? [
        // Lines that were cut off at the end leave a chain that is whole.
        ...(later === 0 ? [] : [wrapped(afterIt(last, later), width)]),
        wrapped('Keep this elsewhere; with --head it shows one day that nothing was written anew:', width),
        `  ${clean(head)}`,
      ]
    : [];
  return [wrapped(clean(`${caseNumber}: ${said}`), width), ...shown, ...more, ...kept].join('\n');
}

/** A record that was made while the case went on is short by right, and nobody can tell it from one that was cut off. */
const afterIt = (last: number, later: number | undefined): string =>
  later === undefined
    ? `Whether more came after event ${last}, --live tells: it asks the server.`
    : `The server has ${counted(later, 'event')} after event ${last}: later than the export, or cut off here.`;
