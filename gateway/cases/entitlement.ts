/**
 * What a customer's contract entitles them to, in an opening: staff and services say it, as they may later (`updateEntitlement`).
 * A customer does not: theirs comes from the credential, and where that says nothing it is `UNKNOWN`. Then an E-Down is taken
 * all the same, provisionally, and a manager is asked to check (R13).
 */
import { isRecord } from '../../workflows/core/language/shape';
import type { Credential } from '../auth/credential';

type Opening = Readonly<Record<string, unknown>>;

export function entitled(opening: Opening, { customer, activeSupport, enterprise }: Credential): Opening {
  const { customer: written } = opening;
  // What is no customer at all is refused by name, as for every caller.
  if (customer === undefined || !isRecord(written)) return opening;
  const { accountActive: _, ...own } = written;
  return {
    ...opening,
    customer: { ...own, activeSupport: activeSupport ?? 'UNKNOWN', enterprise: enterprise ?? 'UNKNOWN' },
  };
}
