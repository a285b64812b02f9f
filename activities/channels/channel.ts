/** What a channel does with a page: one try, and a plain result. Retrying is not its business (page.ts). */
import type { Language } from '../templates/reading';
export type SendResult =
  /** `receipt`: what the channel needs to say later, on the same message, that the page is settled. */
  | { readonly outcome: 'accepted'; readonly receipt?: string }
  /** No for good. */
  | { readonly outcome: 'rejected'; readonly detail: string }
  /**
   * Not now; not before `afterMs` if the provider says so. `isBusy`: it works, and has too much to do. `isTurn`: `afterMs` is
   * this page's own place in a queue, which nothing need be added to.
   */
  | {
      readonly outcome: 'retry';
      readonly detail: string;
      readonly afterMs?: number;
      readonly isBusy?: boolean;
      readonly isTurn?: boolean;
    };

/** The pieces that layouts are made of (activities/texts); each is one line in the person's language. */
export interface Parts {
  /** `E-DOWN M1` */
  readonly state: string;
  readonly customer: string;
  /** What it is about: `E-Down alert`. */
  readonly headline: string;
  /** What the customer called the case. */
  readonly subject: string;
  readonly hotline: string;
  /** `Please answer by …`, on the person's clock. */
  readonly answerBy?: string;
  /** Word, question and facts, one a line. */
  readonly lines: readonly string[];
  /** How to answer by the shell, where there is no link. */
  readonly command?: string;
}

/** A page in words, on its way to one person. */
export interface OutgoingPage {
  /** Idempotency key, stable across retries and crashes: receivers drop what they have seen (B2). */
  readonly key: string;
  readonly person: string;
  readonly name: string;
  /** Of the texts, `en` when left out. */
  readonly language: Language;
  /** When the page was ordered, so that a retry has the same body. */
  readonly orderedAt: number;
  readonly title: string;
  readonly text: string;
  readonly parts: Parts;
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
  /** Where the person answers; there is one exactly when something is asked. */
  readonly ackUrl?: string;
}

/** A page that a channel has taken needs no answer any more. */
export interface SettledPage {
  readonly caseNumber: string;
  readonly pageId: string;
  readonly person: string;
  /** Theirs, as their pages have it. */
  readonly language: Language;
  /** The channel's name in keys: `webhook#2`. */
  readonly channel: string;
  /** What the channel gave when it took the page. */
  readonly receipt: string;
  readonly outcome: 'ANSWERED' | 'OVERTAKEN' | 'OVER';
  /** Whoever has answered it, and as they are called. */
  readonly by?: string;
  readonly byName?: string;
  readonly at: number;
}

/** What belongs together for whoever reads it: the pages of a case; a page that is of none is alone. */
export const threadOf = ({ caseNumber, pageId }: Pick<OutgoingPage, 'caseNumber' | 'pageId'>): string =>
  caseNumber === '' ? pageId : caseNumber;

/** The last part of the link is the secret that buttons and keys carry. */
export const tokenOf = ({ ackUrl }: Pick<OutgoingPage, 'ackUrl'>): string | undefined =>
  ackUrl === undefined ? undefined : new URL(ackUrl).pathname.split('/').at(-1);
