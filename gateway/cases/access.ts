/**
 * Which cases a caller may see. Another customer's case answers like one that does not exist, in the same words, so that
 * nobody can find out by asking which numbers are in use.
 */
import type { TocsinClient } from '../../client/tocsin-client';
import { CaseNotFound } from '../../client/errors';
import type { Credential } from '../auth/credential';

/** Whose case it is never changes, so it is asked once; the oldest are forgotten. */
const REMEMBERED = 10_000;

export class CaseAccess {
  private readonly customers = new Map<string, string>();

  /** @throws CaseNotFound */
  async check(client: TocsinClient, caseNumber: string, { customer }: Credential): Promise<void> {
    if (customer === undefined) return;
    if ((await this.customerOf(client, caseNumber)) !== customer) throw new CaseNotFound(caseNumber);
  }

  private async customerOf(client: TocsinClient, caseNumber: string): Promise<string> {
    const known = this.customers.get(caseNumber);
    if (known !== undefined) return known;
    const { customer } = await client.getCase(caseNumber);
    if (this.customers.size >= REMEMBERED) {
      const [oldest] = this.customers.keys();
      if (oldest !== undefined) this.customers.delete(oldest);
    }
    this.customers.set(caseNumber, customer.number);
    return customer.number;
  }
}
