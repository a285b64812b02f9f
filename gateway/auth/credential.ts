/**
 * Who calls, as their credential says it. Names in a body are anybody's to write, so they count for nothing, unless the key
 * was made for a service that speaks for others (`--on-behalf`).
 */
import type { Channel, Role } from '../../workflows/core/language/vocabulary';

export interface Credential {
  /** Of the key, or of the token's subject: what requests are counted by. */
  readonly id: string;
  /** Who acts: a person of the directory, a customer's account, or a service. */
  readonly by: string;
  readonly role: Role;
  readonly channel: Channel;
  /** A customer's: they see the cases of this customer number and no other. */
  readonly customer?: string;
  /** What the customer's contract says; unknown where nobody has said. */
  readonly activeSupport?: boolean;
  readonly enterprise?: boolean;
  /** A token's: nobody can withdraw it, so it ends by itself. Epoch milliseconds. */
  readonly until?: number;
  /** May say for whom it acts, and as what. */
  readonly onBehalf: boolean;
}

/** What customers do on the Web, they do in Case Tracker; an assistant is on the telephone; everybody else calls an API. */
export const CHANNEL_OF: Readonly<Record<Role, Channel>> = {
  CUSTOMER: 'CASE_TRACKER',
  CONTACT: 'CASE_TRACKER',
  ASSISTANT: 'PHONE',
  ENGINEER: 'API',
  MANAGER: 'API',
  SERVICE: 'API',
};

/** Who is bound to the cases of one customer: without that number they would see everybody's. */
export const isCustomers = (role: Role): boolean => role === 'CUSTOMER' || role === 'CONTACT';
