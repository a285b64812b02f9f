/**
 * From what Temporal and gRPC throw to what a caller can act upon. Only errors that were understood are turned into a
 * refusal; anything else stays "no answer", because taking a lost answer for a refusal would drop somebody's alarm.
 */
import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { en } from '../workflows/core/words/en';
import { isRecord } from '../workflows/core/language/shape';
import {
  CaseRejected,
  isTocsinError,
  ServiceUnavailable,
  type FieldProblem,
  type TocsinError,
  type UnavailableReason,
} from './errors';

/** Of gRPC's codes, those that need telling apart. */
const GRPC = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

const REASONS: Readonly<Record<number, UnavailableReason>> = {
  [GRPC.CANCELLED]: 'DEADLINE',
  [GRPC.DEADLINE_EXCEEDED]: 'DEADLINE',
  [GRPC.PERMISSION_DENIED]: 'NOT_ALLOWED',
  [GRPC.UNAUTHENTICATED]: 'NOT_ALLOWED',
  [GRPC.RESOURCE_EXHAUSTED]: 'OVERLOADED',
  // "no poller seen for task queue recently", or a workflow task that keeps failing.
  [GRPC.FAILED_PRECONDITION]: 'NO_WORKER',
  [GRPC.UNAVAILABLE]: 'UNREACHABLE',
};

/** What happened to a call, before it is known whether the case is closed or was never there. */
export type Failure = { readonly type: 'ERROR'; readonly error: TocsinError } | { readonly type: 'NOT_THERE' };

/** Reads one thrown error. */
export function failureOf(error: unknown): Failure {
  if (isTocsinError(error)) return { type: 'ERROR', error };
  // A case that is over, or whose opening was refused, may have no handler for a query any more.
  if (
    error instanceof WorkflowNotFoundError ||
    error instanceof QueryRejectedError ||
    error instanceof QueryNotRegisteredError
  ) {
    return { type: 'NOT_THERE' };
  }
  return { type: 'ERROR', error: rejectionOf(error) ?? unavailable(error) };
}

/** The refusal inside a failed update or a refused opening, when there is one. */
export function rejectionOf(error: unknown): CaseRejected | undefined {
  const failed = error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError;
  const failure = failed ? error.cause : error;
  if (!(failure instanceof ApplicationFailure) || !failure.type) return undefined;
  const [details] = failure.details ?? [];
  const known = Object.hasOwn(en.codes, failure.type) ? en.codes[failure.type as keyof typeof en.codes] : undefined;
  const told = isRecord(details) && details['code'] === failure.type ? details : undefined;
  // Neither listed nor told as a refusal: a failure of the machinery, which must not pass for a decision of the case.
  if (!known && !told) return undefined;
  const hint = told && typeof told['hint'] === 'string' ? told['hint'] : (known?.hint ?? '');
  return new CaseRejected(
    { code: failure.type, message: failure.message, hint, fields: fieldsOf(told?.['fields']) },
    { cause: error },
  );
}

const fieldsOf = (value: unknown): FieldProblem[] =>
  Array.isArray(value)
    ? value.filter(
        (entry): entry is FieldProblem =>
          isRecord(entry) && typeof entry['field'] === 'string' && typeof entry['problem'] === 'string',
      )
    : [];

/** Everything else: there was no answer, and this is the best that can be said about why. */
function unavailable(error: unknown): ServiceUnavailable {
  const options = { cause: error };
  if (error instanceof NamespaceNotFoundError) {
    return new ServiceUnavailable('NAMESPACE_NOT_FOUND', error.namespace, options);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new ServiceUnavailable('DEADLINE', undefined, options);
  const status = grpcStatusOf(error);
  const reason = status && REASONS[status.code];
  if (reason) return new ServiceUnavailable(reason, status.details || undefined, options);
  const words = status?.details ?? (error instanceof Error ? error.message : String(error));
  return new ServiceUnavailable('UNEXPECTED', words, options);
}

/** There is no such run, or no longer. */
export const isNotFound = (error: unknown): boolean => grpcStatusOf(error)?.code === GRPC.NOT_FOUND;

/** The gRPC status at the bottom of an error, however deep the SDK has wrapped it. */
function grpcStatusOf(error: unknown): { readonly code: number; readonly details: string } | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current)) return { code: current.code, details: current.details };
  }
  return undefined;
}
