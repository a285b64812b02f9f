/** A mail as it arrived. */
export interface Mail {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly arrivedAt: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
}
