import { CancellationScope } from '@temporalio/workflow';

/**
 * A scope around one thing that is waited for. The SDK's own makes two promises more, each with a stack trace: a page would wait for
 * them, and a case that waits keeps them (decision 0007).
 */
export class PlainScope extends CancellationScope {
  protected override runInContext<T>(waited: () => Promise<T>): Promise<T> {
    return waited();
  }
}
