/** A Temporal client that answers as it is told and remembers what it was asked: for what the typed client does by itself. */
import type { Client } from '@temporalio/client';

export interface Sent {
  readonly what: 'start' | 'update' | 'signal' | 'query' | 'describe' | 'list';
  readonly name: string;
  readonly args?: readonly unknown[];
  readonly options?: Record<string, unknown>;
}

export interface Answers {
  readonly start?: () => unknown;
  readonly update?: () => unknown;
  readonly signal?: () => unknown;
  readonly query?: (name: string) => unknown;
  readonly describe?: () => unknown;
  readonly result?: () => unknown;
  /** Pages of the history, each asked for once; by default the case has published itself at once. */
  readonly history?: readonly (() => unknown)[];
  readonly list?: () => readonly unknown[];
}

const unexpected = (what: string) => (): never => {
  throw new Error(`the test did not expect a ${what}`);
};

/** A page of history in which the case shows itself for the first time. */
export const published = { history: { events: [{ upsertWorkflowSearchAttributesEventAttributes: {} }] }, nextPageToken: Buffer.from('more') };
/** A page in which nothing has happened yet. */
export const waiting = { history: { events: [{ workflowExecutionStartedEventAttributes: {} }] }, nextPageToken: Buffer.from('more') };
/** The last page of a run that is over. */
export const ended = { history: { events: [{ workflowExecutionFailedEventAttributes: {} }] }, nextPageToken: Buffer.alloc(0) };

export function fakeTemporal(answers: Answers): { client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  const handle = (workflowId: string) => ({
    workflowId,
    executeUpdate: async (name: string, { args, ...options }: Record<string, unknown> & { args: unknown[] }) => {
      sent.push({ what: 'update', name, args, options });
      return (answers.update ?? unexpected('update'))();
    },
    signal: async (name: string, ...args: unknown[]) => {
      sent.push({ what: 'signal', name, args });
      return (answers.signal ?? unexpected('signal'))();
    },
    query: async ({ name }: { name: string }, ...args: unknown[]) => {
      sent.push({ what: 'query', name, args });
      return (answers.query ?? unexpected('query'))(name);
    },
    describe: async () => {
      sent.push({ what: 'describe', name: workflowId });
      return (answers.describe ?? unexpected('describe'))();
    },
    result: async () => (answers.result ?? unexpected('result'))(),
  });
  const pages = [...(answers.history ?? [() => published])];
  const client = {
    options: { namespace: 'default' },
    withDeadline: (_deadline: number, send: () => Promise<unknown>) => send(),
    connection: { close: async () => undefined },
    workflow: {
      getHandle: handle,
      workflowService: { getWorkflowExecutionHistory: async () => (pages.shift() ?? unexpected('history page'))() },
      start: async (name: string, { args, ...options }: Record<string, unknown> & { args: unknown[] }) => {
        sent.push({ what: 'start', name, args, options });
        await (answers.start ?? unexpected('start'))();
        return { ...handle(String(options['workflowId'])), firstExecutionRunId: 'run-1' };
      },
      list: async function* (options: Record<string, unknown>) {
        sent.push({ what: 'list', name: 'list', options });
        yield* (answers.list ?? unexpected('list'))();
      },
    },
  };
  return { client: client as unknown as Client, sent };
}
