/**
 * When a case goes on under the version that is current now. A run stays with the version that it began with, so no rule changes
 * in the middle of it; the next run begins with the current one. So a case moves by continuing as new.
 */
import {
  makeContinueAsNewFunc,
  proxySinks,
  workflowInfo,
  type ContinueAsNewOptions,
  type Sinks,
  type Workflow,
} from '@temporalio/workflow';
import type { NudgeToMove } from '../messages';
import { isRecord } from '../core/language/shape';

/** What a worker hears of its cases besides what they ask of it. */
export interface CaseSinks extends Sinks {
  readonly versions: {
    /** A newer version has carried this case: it waits for a worker of that one. */
    readonly carriedByNewer: (form: number) => void;
  };
}

const { versions } = proxySinks<CaseSinks>();

export class Versions {
  private takesPagesAlong = false;

  /** Asked to move now: what is on its way need not be waited for, where the nudge says so. */
  nudged(nudge: NudgeToMove | undefined): void {
    if (isRecord(nudge) && nudge['withPages'] === true) this.takesPagesAlong = true;
  }

  /**
   * Another version is current, and nothing is on its way. A page that is would go out again under its key; most come to their
   * end within seconds, and then the case moves without ringing anybody twice.
   */
  mustMove(isIdle: boolean): boolean {
    return workflowInfo().targetWorkerDeploymentVersionChanged && (isIdle || this.takesPagesAlong);
  }
}

/** The next run: of this version, or of the current one where that is another by now. */
export const nextRun = <F extends Workflow>(
  options: ContinueAsNewOptions,
): ReturnType<typeof makeContinueAsNewFunc<F>> =>
  makeContinueAsNewFunc<F>({
    ...options,
    ...(workflowInfo().targetWorkerDeploymentVersionChanged && { initialVersioningBehavior: 'AUTO_UPGRADE' }),
  });

/**
 * Not an end, but a wait: an error that is none of Temporal's fails the task and not the case, again and again, until a worker
 * that understands it comes. To go on would be to guess who is asked for what.
 */
export function waitForNewer(form: number): never {
  versions.carriedByNewer(form);
  throw new Error(
    `A newer version of Tocsin has written this case (form ${form}): it waits for a worker of that version. See tocsin deploy status.`,
  );
}
