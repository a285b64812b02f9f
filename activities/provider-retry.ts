import { ApplicationFailure } from '@temporalio/activity';

/** Tried again by Temporal. Without our files: it is what staff read of a page that is on its way (pending activities). */
export function providerRetry(message: string, nextRetryDelay: number | undefined): ApplicationFailure {
  const failed = ApplicationFailure.create({
    type: 'PROVIDER_RETRY',
    message,
    ...(nextRetryDelay !== undefined && { nextRetryDelay }),
  });
  failed.stack = '';
  return failed;
}
