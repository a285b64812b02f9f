/** The worker's log at night: what the SDK says is told with its reason, and in one line where it is no surprise. */
import { ApplicationFailure } from '@temporalio/common';
import { told } from '../../worker/logging';

const meta = { taskToken: 'CiQw', workflowId: 'C1000001', activityType: 'notifyEngineer', attempt: 3 };

test('a provider that is down is one line: who, on which channel, why, and how often it was tried', () => {
  const error = ApplicationFailure.create({ type: 'PROVIDER_RETRY', message: 'webhook of eng-lee: ECONNREFUSED' });
  expect(told('Activity failed', { ...meta, error })).toEqual([
    { case: 'C1000001', attempt: 3 },
    'webhook of eng-lee: ECONNREFUSED',
  ]);
});

test('any other error keeps its words and where it came from', () => {
  const error = new Error('no such table');
  expect(told('Activity failed', { ...meta, error })).toEqual([
    { sdk: { workflowId: 'C1000001', activityType: 'notifyEngineer', attempt: 3 }, err: error },
    'Activity failed',
  ]);
  expect(told('Worker state changed', undefined)).toEqual([{ sdk: {} }, 'Worker state changed']);
});
