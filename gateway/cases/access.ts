/**
 * Which cases a caller may see. Another customer's case answers like one that does not exist, in the same words, so that
 * nobody can find out by asking which numbers are in use.
 */
import type { TocsinClient } from '../../client/tocsin-client';
import { checkedCaseNumber } from '../../client/checks';
import { CaseNotFound, CaseRejected } from '../../client/errors';
import type { Credential } from '../auth/credential';

/**
 * Whose case it is changes only where somebody has ended it from outside and its number was opened again for another customer; who
 * asks again at once is not asked about each time. The oldest are forgotten.
 */
const REMEMBERED = 10_000;
const REMEMBERED_MS = 5_000;

interface Known {
  readonly customer: string;
  readonly until: number;
}

export class CaseAccess {
  private readonly known = new Map<string, Known>();

  /** @throws CaseNotFound, ServiceUnavailable */
  async check(client: TocsinClient, caseNumber: string, { customer }: Credential): Promise<void> {
    if (customer === undefined) return;
    if ((await this.customerOf(client, caseNumber)) !== customer) throw new CaseNotFound(caseNumber);
  }

  /**
   * Whether a number that this customer wants to open is another's. What became of that one, and by which request it was opened, is
   * nothing that they may hear.
   */
  async isAnothers(client: TocsinClient, caseNumber: string, { customer }: Credential): Promise<boolean> {
    if (customer === undefined) return false;
    try {
      return (await this.customerOf(client, checkedCaseNumber(caseNumber))) !== customer;
    } catch (error) {
      // Nobody's, or nothing but an opening that was refused.
      if (error instanceof CaseNotFound || error instanceof CaseRejected) return false;
      throw error;
    }
  }

  /** It was opened just now, maybe anew. */
  forget(caseNumber: string): void {
    this.known.delete(caseNumber);
  }

  private async customerOf(client: TocsinClient, caseNumber: string): Promise<string> {
    const known = this.known.get(caseNumber);
    if (known && Date.now() < known.until) return known.customer;
    const { customer } = await client.getCase(caseNumber);
    this.known.delete(caseNumber);
    if (this.known.size >= REMEMBERED) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    this.known.set(caseNumber, { customer: customer.number, until: Date.now() + REMEMBERED_MS });
    return customer.number;
  }
}
