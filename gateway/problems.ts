/** Every error as a problem document (RFC 9457): a code, one sentence, every wrong field, and the way out. */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import {
  CaseNotFound,
  isTocsinError,
  problemOf,
  ServiceUnavailable,
  type FieldProblem,
  type TocsinError,
} from '../client/errors';
import type { EndedOutside } from '../client/ended';
import type { Code } from '../workflows/core/language/codes';

export const PROBLEM_TYPE = 'application/problem+json';

/** What else is said of a problem. */
interface More {
  readonly detail: string;
  readonly hint?: string;
  readonly fields?: readonly FieldProblem[];
  /** Seconds. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly endedOutside?: EndedOutside;
}

/** Something that the gateway itself has to say no to. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: string,
    readonly status: number,
    readonly more: More,
  ) {
    super(more.detail);
  }
}

interface Document {
  readonly endedOutside?: EndedOutside;
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  readonly hint?: string;
}

/** The input itself was wrong, whatever the case is like; everything else is a conflict with how it stands. */
const INPUT: ReadonlySet<string> = new Set<Code>([
  'INVALID_INPUT',
  'INVALID_CHANNEL',
  'UNKNOWN_COMMAND',
  'CASE_NUMBER_REQUIRED',
  'INVALID_CASE_NUMBER',
  'SEVERITY_REQUIRED',
  'INVALID_SEVERITY',
  'ENGINEER_REQUIRED',
  'E_DOWN_NOT_AT_LOGGING',
  'E_DOWN_ANSWERS_INCOMPLETE',
  'E_DOWN_CONFIRMATION_REQUIRED',
  'E_DOWN_CATEGORY_INVALID',
  'E_DOWN_THRESHOLD',
  'AFFECTED_EXCEEDS_TOTAL',
  'INVALID_DOWNTIME',
  'TECHNICAL_CONTACT_REQUIRED',
  'INVALID_CONTACT',
  'CONTACT_NOT_QUALIFIED',
  'DISSATISFACTION_REQUIRED',
  'INVALID_ESCALATION',
  'INVALID_SPR_NUMBER',
]);
const FORBIDDEN: ReadonlySet<string> = new Set<Code>(['FORBIDDEN_ROLE', 'ACCOUNT_INACTIVE']);
const MISSING: ReadonlySet<string> = new Set<Code>(['CASE_NOT_FOUND', 'PAGE_NOT_FOUND', 'ACTION_NOT_FOUND']);

function statusOf(error: TocsinError): number {
  if (error instanceof CaseNotFound) return 404;
  if (error instanceof ServiceUnavailable) return error.reason === 'OVERLOADED' ? 429 : 503;
  if (error.endedOutside) return 410;
  const { code } = error;
  if (code === 'UNAUTHENTICATED') return 401;
  if (FORBIDDEN.has(code)) return 403;
  if (MISSING.has(code)) return 404;
  // A case that is being opened answers in a moment.
  if (code === 'CASE_OPENING') return 503;
  return INPUT.has(code) ? 422 : 409;
}

const AGAIN_AFTER_S = { 429: 1, 503: 5 } as const;

/** Whatever was thrown, as an answer. What nobody foresaw is logged, and says nothing of itself to the outside. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { document, headers } = problemFor(error);
  if (document.status >= 500 && document.code === 'INTERNAL') request.log.error({ err: error }, 'the gateway failed');
  return reply.status(document.status).headers(headers).type(PROBLEM_TYPE).send(bytesOf(document));
}

/** As bytes: to a text the framework would add a charset, which this type does not have. */
const bytesOf = (document: Document): Buffer => Buffer.from(JSON.stringify(document));

export function problemFor(error: unknown): {
  readonly document: Document;
  readonly headers: Readonly<Record<string, string>>;
} {
  if (error instanceof Problem) return documentOf(error.code, error.status, error.more);
  if (isTocsinError(error)) {
    const status = statusOf(error);
    const { code, detail, fields, hint, endedOutside } = problemOf(error);
    const retryAfter = status === 429 || status === 503 ? AGAIN_AFTER_S[status] : undefined;
    return documentOf(code, status, {
      detail,
      hint,
      ...(endedOutside && { endedOutside }),
      ...(fields && { fields }),
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  return ofFastify(error as Partial<FastifyError>);
}

function documentOf(
  code: string,
  status: number,
  { detail, hint, fields, retryAfter, endedOutside, headers = {} }: More,
) {
  return {
    document: {
      ...(endedOutside && { endedOutside }),
      type: `urn:tocsin:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code,
      detail,
      ...(fields && fields.length > 0 && { fields }),
      ...(hint !== undefined && { hint }),
    },
    headers: { ...headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) },
  };
}

/** What the framework refuses before a route is asked. */
function ofFastify({ statusCode, code, message, validation }: Partial<FastifyError>) {
  if (validation) {
    const fields = validation.map(({ instancePath, message: problem }) => ({
      field: instancePath.split('/').filter(Boolean).join('.') || 'input',
      problem: problem ?? 'is not valid',
    }));
    const detail = `The input is not valid: ${fields.map(({ field, problem }) => `${field} ${problem}`).join('; ')}.`;
    return documentOf('INVALID_INPUT', 422, { detail, fields, hint: 'Correct the fields that are named.' });
  }
  switch (statusCode) {
    case 413:
      return documentOf('TOO_LARGE', 413, {
        detail: 'The body is too large.',
        hint: 'Send at most 1 MB, and of a form at most 64 kB.',
      });
    case 415:
      return documentOf('UNSUPPORTED_MEDIA_TYPE', 415, {
        detail: 'This content type is not understood here.',
        hint: 'Send JSON with `content-type: application/json`.',
      });
    case 429:
      return documentOf('TOO_MANY_REQUESTS', 429, {
        detail: 'Too many requests with this credential.',
        hint: 'Nothing was done. Send it again later.',
      });
    default:
      if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
        const isJson = code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY' || !code;
        return documentOf(isJson ? 'INVALID_JSON' : 'BAD_REQUEST', statusCode, {
          detail: isJson ? 'The body is not JSON.' : `The request cannot be read: ${message ?? ''}`,
        });
      }
      return documentOf('INTERNAL', 500, {
        detail: 'Something went wrong here, and it is in our log.',
        hint: 'A command with an Idempotency-Key is safe to send again.',
      });
  }
}

/** There is nothing at this address; or there is, and not for this method. */
export const notFound = (path: string): Problem =>
  new Problem('NOT_FOUND', 404, { detail: `There is nothing at ${path.slice(0, 100)}.`, hint: 'See /docs.' });
