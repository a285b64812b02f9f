/**
 * `tocsin replay`: do cases that are under way go on as they were with the workflow code as it is here? They do where each
 * step is the same, each activity is asked the same, and each command is answered the same.
 */
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils';
import { Worker, type ReplayResult } from '@temporalio/worker';
import pino from 'pino';
import { installRuntime } from '../logging';
import { workflowCode } from '../worker';
import { differencesOf, sentenceOf, type Difference } from './differences';
import { Listener, saidIn, type AllSaid } from './said';
import { partedAt, sentenceOfStep, toldWherePartedIn } from './steps';

/** The code as it is here, made once for many replays. */
export const codeToReplayOn = (): Promise<Code> => workflowCode();
type Code = Awaited<ReturnType<typeof workflowCode>>;

export interface Replayed {
  readonly workflowId: string;
  readonly runId: string | null;
  readonly events: number;
  readonly fits: boolean;
  /** Where the history and the code part; nothing when it fits. */
  readonly why: string | null;
  /** What would be asked or answered otherwise than it was, though each step is the same. */
  readonly differences: readonly Difference[];
}

type Verdict = Pick<Replayed, 'fits' | 'why' | 'differences'>;

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

/** Each history against the workflow code, in order: the current code, unless another is given. */
export async function replay(recorded: readonly Recorded[], bundle?: Code): Promise<Replayed[]> {
  // The verdict is all there is to say; the SDK would say it in its own words as well.
  installRuntime(pino({ level: 'silent' }));
  const listener = new Listener();
  const results = Worker.runReplayHistories(
    { workflowBundle: bundle ?? (await workflowCode()), dataConverter: { payloadCodecs: [listener] } },
    recorded.map(({ workflowId, history }) => ({ workflowId, history })),
  );
  const replayed: Replayed[] = [];
  // One history at a time: the next one begins when this one's verdict is taken.
  for await (const result of results) {
    const one = recorded[replayed.length];
    const heard = listener.take();
    const recordedHere = one ? saidIn(one.history) : heard;
    replayed.push({
      workflowId: result.workflowId,
      runId: one?.runId ?? null,
      events: one?.history.events?.length ?? 0,
      ...verdictOf(result, recordedHere, heard),
    });
  }
  return replayed;
}

/** What was said otherwise comes first: it says why the steps part later on. */
function verdictOf({ error }: ReplayResult, recorded: AllSaid, now: AllSaid): Verdict {
  const until = (error && partedAt(error.message)) ?? Infinity;
  // What came later has other numbers by then, and would be compared with something else.
  const differences = differencesOf(recorded, now).filter(({ event }) => event <= until);
  const told = error ? toldWherePartedIn(error.message, recorded, now) : '';
  const why = [
    ...(differences.length > 0 ? [sentenceOf(differences)] : []),
    ...(error ? [sentenceOfStep(error.message)] : []),
    ...(told === '' ? [] : [told]),
  ];
  return { fits: why.length === 0, why: why.length === 0 ? null : why.join(' '), differences };
}
