/** A Temporal client that answers as it is told and remembers what it was asked: for what the typed client does by itself. */
import type { Client } from '@temporalio/client';

export interface Sent {
  readonly what: 'start' | 'update' | 'signal' | 'query' | 'describe' | 'list' | 'count';
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
  readonly list?: (query: string) => readonly unknown[];
  readonly count?: () => unknown;
}

type Call = Record<string, unknown> & { readonly args: unknown[] };

const unexpected = (what: string) => (): never => {
  throw new Error(`the test did not expect a ${what}`);
};

/** A page of history in which the case shows itself for the first time. */
export const published = {
  history: { events: [{ upsertWorkflowSearchAttributesEventAttributes: {} }] },
  nextPageToken: Buffer.from('more'),
};
/** A page in which nothing has happened yet. */
export const waiting = {
  history: { events: [{ workflowExecutionStartedEventAttributes: {} }] },
  nextPageToken: Buffer.from('more'),
};
/** The last page of a run that is over. */
export const ended = {
  history: { events: [{ workflowExecutionFailedEventAttributes: {} }] },
  nextPageToken: Buffer.alloc(0),
};

export function fakeTemporal(answers: Answers): { client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  const pages = [...(answers.history ?? [() => published])];
  /** Notes what was asked, and answers as Temporal would: later, and with what is thrown as a rejection. */
  const note = (asked: Sent, answer: () => unknown): Promise<unknown> => {
    sent.push(asked);
    return Promise.resolve().then(answer);
  };
  const handle = (workflowId: string) => ({
    workflowId,
    executeUpdate: (name: string, { args, ...options }: Call) =>
      note({ what: 'update', name, args, options }, answers.update ?? unexpected('update')),
    signal: (name: string, ...args: unknown[]) =>
      note({ what: 'signal', name, args }, answers.signal ?? unexpected('signal')),
    query: ({ name }: { name: string }, ...args: unknown[]) =>
      note({ what: 'query', name, args }, () => (answers.query ?? unexpected('query'))(name)),
    describe: () => note({ what: 'describe', name: workflowId }, answers.describe ?? unexpected('describe')),
    result: () => Promise.resolve().then(answers.result ?? unexpected('result')),
  });
  const client = {
    options: { namespace: 'default' },
    withDeadline: (_deadline: number, send: () => Promise<unknown>) => send(),
    connection: { close: () => Promise.resolve() },
    workflow: {
      getHandle: handle,
      workflowService: {
        getWorkflowExecutionHistory: () => Promise.resolve().then(pages.shift() ?? unexpected('history page')),
      },
      start: (name: string, { args, ...options }: Call) =>
        note({ what: 'start', name, args, options }, answers.start ?? unexpected('start')).then(() => ({
          firstExecutionRunId: 'run-1',
        })),
      count: (query: string) =>
        note({ what: 'count', name: 'count', options: { query } }, answers.count ?? unexpected('count')),
      list: (options: Record<string, unknown>) => {
        sent.push({ what: 'list', name: 'list', options });
        return (answers.list ?? unexpected('list'))(String(options['query']));
      },
    },
  };
  return { client: client as unknown as Client, sent };
}
