/** What a channel does with a page: one try, and a plain result. Retrying is not its business (page.ts). */
export type SendResult =
  | { readonly outcome: 'accepted' }
  /** No for good. */
  | { readonly outcome: 'rejected'; readonly detail: string }
  /** Not now; not before `afterMs` if the provider says so. `isBusy`: it works, and has too much to do. */
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs?: number; readonly isBusy?: boolean };

/** A page in words, on its way to one person. */
export interface OutgoingPage {
  /** Idempotency key, stable across retries and crashes: receivers drop what they have seen (B2). */
  readonly key: string;
  readonly person: string;
  readonly name: string;
  /** When the page was ordered, so that a retry has the same body. */
  readonly orderedAt: number;
  readonly title: string;
  readonly text: string;
  /** All that the case asks of this person now; nothing in word. */
  readonly asks: readonly { readonly purpose: string; readonly what: string; readonly answerBy?: string }[];
  readonly pageId: string;
  readonly attempt: number;
  readonly audience: string;
  readonly purpose: string;
  readonly urgent: boolean;
  readonly caseNumber: string;
  readonly severity: number;
  readonly level: string;
  readonly emergency: string;
  /** How a customer's contact is to be reached, for a gateway that serves them all. */
  readonly contact?: { readonly number?: string; readonly email?: string };
  readonly ackUrl?: string;
}
