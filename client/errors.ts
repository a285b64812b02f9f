/**
 * What can go wrong for a caller, told apart by what the caller can do about it: correct the command (`CaseRejected`),
 * look for another case (`CaseNotFound`), or send the same again later (`ServiceUnavailable`).
 */
import type { Code } from '../workflows/core/language/codes';
import type { Refusal } from '../workflows/core/language/refusal';
import { en, refusalInWords, type RefusalInWords } from '../workflows/core/words/en';
import { endedSentence, type EndedOutside } from './ended';

const UNAVAILABLE = {
  sentence: 'The service could not be reached.',
  hint: 'Nothing is lost by sending it again: a command with a request id is done once.',
} as const;

const OPEN_AGAIN = 'Open it again: a whole opening under its number, with a requestId of its own';

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** What CLI and gateway show of any of these errors; the shape of RFC 9457 without the HTTP in it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  readonly hint: string;
  /** There is no use in sending it again: the case itself was ended. */
  readonly endedOutside?: EndedOutside;
}

/** The case (or the client, before it asked) said no: nothing changed and nobody was paged. */
export class CaseRejected extends Error {
  override readonly name = 'CaseRejected';
  /** One of the documented codes; a newer service may know more of them than this client. */
  readonly code: Code | (string & {});
  readonly fields: readonly FieldProblem[];
  readonly hint: string;
  /** Somebody has ended the execution itself: nothing will ever answer for this case again. */
  readonly endedOutside?: EndedOutside;

  constructor(
    refusal: Omit<RefusalInWords, 'code'> & { readonly code: string; readonly endedOutside?: EndedOutside },
    options?: ErrorOptions,
  ) {
    super(refusal.message, options);
    this.code = refusal.code;
    this.fields = refusal.fields ?? [];
    this.hint = refusal.hint;
    if (refusal.endedOutside) this.endedOutside = refusal.endedOutside;
  }

  /** What no case can say any more: it was ended from outside. */
  static ofEnded(endedOutside: EndedOutside, cause: unknown, again = OPEN_AGAIN): CaseRejected {
    const hint = `${again}, or make sure that its work goes on elsewhere.`;
    const message = `${endedSentence(endedOutside)} ${hint}`;
    return new CaseRejected({ code: 'CASE_CLOSED', message, hint, endedOutside }, { cause });
  }

  /** What the case would say. */
  static of(refusal: Refusal): CaseRejected {
    return new CaseRejected(refusalInWords(refusal));
  }
}

/** No such case, or none that this caller may see: the two answer alike, so that nothing leaks. */
export class CaseNotFound extends Error {
  override readonly name = 'CaseNotFound';
  readonly code = 'CASE_NOT_FOUND';
  readonly hint: string = en.codes.CASE_NOT_FOUND.hint;

  constructor(
    readonly caseNumber: string,
    options?: ErrorOptions,
  ) {
    super(`There is no case ${caseNumber}.`, options);
  }
}

/** Why there was no answer. */
export const UNAVAILABLE_REASONS = {
  UNREACHABLE: 'no connection to the Temporal server',
  TLS: 'the Temporal server and this side do not agree on TLS',
  DEADLINE: 'no answer in time',
  NO_WORKER: 'no worker is answering',
  OVERLOADED: 'the service takes no more requests just now',
  NOT_ALLOWED: 'the Temporal server does not accept these credentials',
  NAMESPACE_NOT_FOUND: 'the Temporal server has no such namespace',
  UNEXPECTED: 'the service answered something this client does not understand',
} as const;
export type UnavailableReason = keyof typeof UNAVAILABLE_REASONS;

/** No answer: what was sent may or may not have been done, and sending it again with its request id is safe. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
  readonly code = 'SERVICE_UNAVAILABLE';
  readonly hint: string = UNAVAILABLE.hint;

  constructor(
    readonly reason: UnavailableReason,
    detail?: string,
    options?: ErrorOptions,
  ) {
    super(
      // A mistake that somebody has to mend here is one sentence; nothing was sent.
      reason === 'TLS' && detail !== undefined
        ? detail
        : `${UNAVAILABLE.sentence} Reason: ${UNAVAILABLE_REASONS[reason]}${detail ? ` (${detail})` : ''}. ` +
            'A command with a requestId is safe to send again.',
      options,
    );
  }
}

/** The connection is configured in a way that cannot work; nothing was sent. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

export type TocsinError = CaseRejected | CaseNotFound | ServiceUnavailable;

/** Is this one of the errors that a caller is expected to meet? */
export const isTocsinError = (error: unknown): error is TocsinError =>
  error instanceof CaseRejected || error instanceof CaseNotFound || error instanceof ServiceUnavailable;

/** The same error as a document: code, sentence, every wrong field, and the way out. */
export function problemOf(error: TocsinError): ProblemDocument {
  const fields = error instanceof CaseRejected && error.fields.length > 0 ? { fields: error.fields } : {};
  const { endedOutside } = error instanceof CaseRejected ? error : {};
  return {
    ...(endedOutside && { endedOutside }),
    type: `urn:tocsin:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(error.code),
    code: error.code,
    detail: error.message,
    ...fields,
    hint: error.hint,
  };
}

function titleOf(code: string): string {
  const words: Record<string, { readonly sentence: string } | undefined> = {
    ...en.codes,
    SERVICE_UNAVAILABLE: UNAVAILABLE,
  };
  return words[code]?.sentence ?? 'The command was refused.';
}
