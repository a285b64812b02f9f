/** What became of messages, for metrics. Whoever counts them must not hold one up, or have it sent again. */
import { log } from '@temporalio/activity';
import type { PageResult } from '../workflows/core/language/page';
import type { Route } from '../workflows/core/language/reach';
import type { OutgoingPage } from './channels/channel';

type Why = Extract<PageResult, { readonly outcome: 'FAILED' }>['reason'];

/** A message that is of no case, when all tries on its channel are over. */
export interface SentOfNoCase extends Pick<OutgoingPage, 'pageId' | 'audience' | 'purpose' | 'orderedAt'> {
  /** None where there was nobody to send it to, or no way. */
  readonly channel?: string;
  readonly result:
    { readonly outcome: 'ACCEPTED'; readonly route: Route } | { readonly outcome: 'FAILED'; readonly reason: Why };
}

export type OnSent = (sent: SentOfNoCase) => void;

/** The page is out: failing here would only send it again. */
export function observe(pageId: string, tell: () => void): void {
  try {
    tell();
  } catch (error) {
    log.error('A page went out and its observer failed', { pageId, error });
  }
}
