/** What a history of Temporal's says about a case. */
import { temporal } from '@temporalio/proto';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1;

/** How many events of this kind the history has: `countOf(history, 'WORKFLOW_TASK_FAILED')`. */
export const countOf = (history: readonly HistoryEvent[], type: string): number =>
  history.filter(({ eventType }) => eventType === EventType[`EVENT_TYPE_${type}` as keyof typeof EventType]).length;

/** Tasks that failed; not those which the server asks for anew because something has come before a run could end or go on as new. */
export const failedTasksOf = (history: readonly HistoryEvent[]): number =>
  history.filter(
    ({ workflowTaskFailedEventAttributes: failed }) =>
      failed && failed.cause !== WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  ).length;

/** Every page has come to its end and the case has taken note of everything. */
export function isAtRest(history: readonly HistoryEvent[]): boolean {
  const count = (...types: string[]): number => types.reduce((sum, type) => sum + countOf(history, type), 0);
  const openPages =
    count('ACTIVITY_TASK_SCHEDULED') -
    count('ACTIVITY_TASK_COMPLETED', 'ACTIVITY_TASK_FAILED', 'ACTIVITY_TASK_TIMED_OUT', 'ACTIVITY_TASK_CANCELED');
  const openTasks =
    count('WORKFLOW_TASK_SCHEDULED') -
    count('WORKFLOW_TASK_COMPLETED', 'WORKFLOW_TASK_FAILED', 'WORKFLOW_TASK_TIMED_OUT');
  // Something that has come since the last task is not judged yet; what a task itself writes follows its completion.
  const lastTask = history.findLastIndex(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  const isJudged =
    lastTask >= 0 &&
    !history.slice(lastTask).some(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED);
  return openPages === 0 && openTasks === 0 && isJudged;
}

/** What each workflow task left in the history, by the event of its completion: `UPSERT_WORKFLOW_SEARCH_ATTRIBUTES`, `TIMER_STARTED`. */
export function tasksOf(history: readonly HistoryEvent[]): Map<string, string[]> {
  const tasks = new Map<string, string[]>();
  for (const event of history) {
    for (const of of Object.values(event) as unknown[]) {
      if (typeof of !== 'object' || of === null || !('workflowTaskCompletedEventId' in of)) continue;
      const task = String(of.workflowTaskCompletedEventId);
      const type = EventType[event.eventType ?? 0]?.replace('EVENT_TYPE_', '') ?? '';
      tasks.set(task, [...(tasks.get(task) ?? []), type]);
    }
  }
  return tasks;
}
