/** `tocsin replay`: do cases that are under way go on as they were with the workflow code as it is here? */
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils';
import { Worker, type ReplayResult } from '@temporalio/worker';
import pino from 'pino';
import { installRuntime } from './logging';
import { workflowCode } from './worker';

export interface Replayed {
  readonly workflowId: string;
  readonly runId: string | null;
  readonly events: number;
  readonly fits: boolean;
  /** Where the history and the code part; nothing when it fits. */
  readonly why: string | null;
}

interface Recorded {
  readonly workflowId: string;
  readonly runId?: string;
  readonly history: History;
}

/** The text is no history of a workflow. */
export class NoHistory extends Error {
  override readonly name = 'NoHistory';
}

/** What `temporal workflow show --output json` and the Web UI write. @throws NoHistory */
export function recordedIn(json: unknown): Recorded {
  let history: History;
  try {
    history = historyFromJSON(json);
  } catch (error) {
    throw new NoHistory(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (!started) throw new NoHistory('it does not begin with the start of a workflow');
  const runId = started.originalExecutionRunId;
  return { workflowId: started.workflowId || 'unknown', ...(runId && { runId }), history };
}

/** Each history against the current code, in order. */
export async function replay(recorded: readonly Recorded[]): Promise<Replayed[]> {
  // The verdict is all there is to say; the SDK would say it in its own words as well.
  installRuntime(pino({ level: 'silent' }));
  const results = Worker.runReplayHistories({ workflowBundle: await workflowCode() }, recorded.map(({ workflowId, history }) => ({ workflowId, history })));
  const replayed: Replayed[] = [];
  for await (const result of results) {
    const one = recorded[replayed.length];
    replayed.push({ workflowId: result.workflowId, runId: one?.runId ?? null, events: one?.history.events?.length ?? 0, ...verdictOf(result) });
  }
  return replayed;
}

const verdictOf = ({ error }: ReplayResult): Pick<Replayed, 'fits' | 'why'> => (error ? { fits: false, why: error.message } : { fits: true, why: null });
