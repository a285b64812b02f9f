/**
 * What a caller is told when something goes wrong. A lost answer must never look like a refusal, and a refusal never
 * like an outage: the first would drop an alarm, the second would have it sent for ever.
 */
import {
  QueryNotRegisteredError,
  ServiceError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError, RetryState, WorkflowNotFoundError } from '@temporalio/common';
import { CaseNotFound, CaseRejected, problemOf, ServiceUnavailable, type UnavailableReason } from '../../client/errors';
import { failureOf } from '../../client/failures';

const refused = (type: string, details: unknown[] = []): WorkflowUpdateFailedError =>
  new WorkflowUpdateFailedError(
    'Workflow Update failed',
    ApplicationFailure.create({ type, message: 'No, because.', nonRetryable: true, details }),
  );

/** As the SDK wraps what grpc-js throws. */
function grpc(code: number, details = 'as the server says'): ServiceError {
  const cause = Object.assign(new Error(`${code}: ${details}`), { code, details, metadata: {} });
  return new ServiceError('Failed to do it', { cause });
}

function errorOf(thrown: unknown): Error {
  const failure = failureOf(thrown);
  if (failure.type !== 'ERROR') throw new Error(`not an error: ${failure.type}`);
  return failure.error;
}

describe('a refusal', () => {
  test('of an update carries code, sentence, fields and hint', () => {
    const fields = [{ field: 'severity', problem: 'must be one of 0, 1, 2, 3' }];
    const error = errorOf(refused('INVALID_SEVERITY', [{ code: 'INVALID_SEVERITY', hint: 'Choose.', fields }]));
    expect(error).toBeInstanceOf(CaseRejected);
    expect(error).toMatchObject({ code: 'INVALID_SEVERITY', message: 'No, because.', hint: 'Choose.', fields });
  });

  test('of an opening is read from the failed execution', () => {
    const cause = ApplicationFailure.create({ type: 'E_DOWN_NOT_AT_LOGGING', message: 'Not at logging.', details: [] });
    const error = errorOf(
      new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE),
    );
    expect(error).toMatchObject({ code: 'E_DOWN_NOT_AT_LOGGING', message: 'Not at logging.', fields: [] });
    expect((error as CaseRejected).hint).toMatch(/hotline/);
  });

  test('of a newer service with a code unknown here is still a refusal', () => {
    expect(errorOf(refused('TOO_LATE', [{ code: 'TOO_LATE', hint: 'Come earlier.' }]))).toMatchObject({
      code: 'TOO_LATE',
      hint: 'Come earlier.',
    });
  });

  test.each([
    ['a failure of the machinery', refused('TypeError')],
    ['details that belong to another code', refused('TypeError', [{ code: 'CASE_CLOSED', hint: '' }])],
    ['no failure at all', new WorkflowUpdateFailedError('Workflow Update failed', undefined)],
    ['a name every object has', refused('constructor')],
  ])('is not made of %s', (_, thrown) => {
    expect(errorOf(thrown)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason: 'UNEXPECTED' });
  });

  test('with broken fields keeps those that are whole', () => {
    const details = [
      { code: 'INVALID_INPUT', hint: 'h', fields: [null, 7, { field: 'by' }, { field: 'by', problem: 'is missing' }] },
    ];
    expect(errorOf(refused('INVALID_INPUT', details))).toMatchObject({
      fields: [{ field: 'by', problem: 'is missing' }],
    });
  });
});

describe('no answer', () => {
  const cases: readonly [string, unknown, UnavailableReason][] = [
    ['server gone', grpc(14), 'UNREACHABLE'],
    ['deadline over', grpc(4), 'DEADLINE'],
    ['deadline over during an update', new WorkflowUpdateRPCTimeoutOrCancelledError('timeout'), 'DEADLINE'],
    ['no worker polls', grpc(9, 'no poller seen for task queue recently, worker may be down'), 'NO_WORKER'],
    ['too many requests', grpc(8), 'OVERLOADED'],
    ['wrong API key', grpc(16), 'NOT_ALLOWED'],
    ['not permitted', grpc(7), 'NOT_ALLOWED'],
    ['wrong namespace', new NamespaceNotFoundError('acme'), 'NAMESPACE_NOT_FOUND'],
    ['internal error', grpc(13), 'UNEXPECTED'],
    ['something thrown that is no error', 'boom', 'UNEXPECTED'],
  ];
  test.each(cases)('%s', (_, thrown, reason) => {
    const error = errorOf(thrown);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason });
    expect(error.message).toMatch(/requestId is safe to send again/);
  });
});

test.each([
  ['no such execution', new WorkflowNotFoundError('workflow not found', 'C1', undefined)],
  ['an execution without handlers', new QueryNotRegisteredError('unknown query', 3)],
])('%s says nothing yet about the case', (_, thrown) => {
  expect(failureOf(thrown)).toEqual({ type: 'NOT_THERE' });
});

test('each of them is a problem document', () => {
  const rejected = new CaseRejected({
    code: 'INVALID_INPUT',
    message: 'Wrong.',
    hint: 'Right it.',
    fields: [{ field: 'by', problem: 'is missing' }],
  });
  expect(problemOf(rejected)).toEqual({
    type: 'urn:tocsin:problem:invalid-input',
    title: 'The input is not valid.',
    code: 'INVALID_INPUT',
    detail: 'Wrong.',
    fields: [{ field: 'by', problem: 'is missing' }],
    hint: 'Right it.',
  });
  expect(problemOf(new CaseNotFound('C7654321'))).toMatchObject({
    code: 'CASE_NOT_FOUND',
    detail: 'There is no case C7654321.',
  });
  expect(problemOf(new ServiceUnavailable('DEADLINE'))).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    title: 'The service could not be reached.',
  });
});
