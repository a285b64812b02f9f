/** What a vendor says of a page after it has accepted it. Only a failure is worth telling the case: its next channel goes at once. */
export interface LateFailure {
  readonly caseNumber: string;
  readonly pageId: string;
  readonly person: string;
  readonly channel: 'sms' | 'voice';
  /** In the vendor's own words: `undelivered`, `busy`, `no-answer`, with its error code where there is one. */
  readonly why: string;
}

export interface LateOutcome {
  failed(failure: LateFailure): Promise<void>;
}
