import type { Refusal } from './refusal';
import type { Emergency, Level, Severity } from './vocabulary';
import type { DueWords, Note } from './words';

/** What a command is remembered by. */
export interface Request {
  readonly id: string;
  /** Of the command and its body. */
  readonly hash: string;
}

/** An answer in few bytes: a letter for each event and each word of attention. */
export interface ShortOutcome {
  readonly s: number;
  readonly e: string;
  readonly v: Severity;
  readonly l: Level;
  readonly m: Emergency;
  readonly c?: 1;
  readonly o?: string;
  readonly d?: { readonly at: string; readonly what: DueWords } | null;
  readonly a: string;
  readonly h?: 1;
  readonly n?: readonly Note[];
}

export type AnsweredRequest = Request &
  ({ readonly answer: ShortOutcome } | { readonly refusal: Pick<Refusal, 'code'> & Partial<Refusal> });
