/**
 * The canary: a walk along the path of every page — a signal, a task, an activity on the queue of the cases — that pages nobody.
 * A type of its own: no case, so in no list of cases, and with none of their search attributes.
 */
import { defineSignal } from '@temporalio/workflow';

export const CANARY_TYPE = 'tocsinCanary';

/** What the walk brings back: which worker it met, and what new cases would get there. */
export interface Walked {
  readonly worker: string;
  readonly policy: { readonly version: string; readonly hash: string };
  /** How many people could be looked up there. */
  readonly people: number;
}

export interface CanaryActivities {
  /** Says a line where the `console` channel of a page would. */
  pageCanary: (name: string) => Promise<Walked>;
}

export const walk = defineSignal('walk');
