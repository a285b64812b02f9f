/** A person's phone, as far as a webhook knows: a local HTTP server that keeps what arrives and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came over the wire, byte for byte. */
  readonly body: string;
  readonly at: number;
  /** The caller's port: equal ones came over one connection. */
  readonly port: number;
}

/** `SILENCE` never answers; `HANG_UP` closes the connection without a word. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'SILENCE'
  | 'HANG_UP';

/** `nth` counts the requests to this path from 1. */
export type Responder = (request: Received, nth: number) => Reply | Promise<Reply>;

export interface Receiver {
  url(path: string): string;
  readonly requests: readonly Received[];
  /** Until it is told otherwise, every path answers 200. */
  respond(path: string, responder: Responder): void;
  /** Resolves as soon as the predicate holds for what has arrived; after `ms` it fails and says what did. */
  waitFor(predicate: (requests: readonly Received[]) => boolean, ms?: number): Promise<readonly Received[]>;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'SILENCE') return;
  if (reply === 'HANG_UP') response.destroy();
  else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
}

export async function startReceiver(): Promise<Receiver> {
  const requests: Received[] = [];
  const responders = new Map<string, Responder>();
  const waiting = new Set<() => void>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    const received: Received = {
      path,
      method: request.method ?? '',
      headers: request.headers,
      body,
      at: Date.now(),
      port: request.socket.remotePort ?? 0,
    };
    requests.push(received);
    for (const look of waiting) look();
    const nth = requests.filter((other) => other.path === path).length;
    // A query that changes with each request is no other path.
    const responder = responders.get(path) ?? responders.get(path.split('?')[0] ?? '');
    answer(response, (await responder?.(received, nth)) ?? {});
  }

  const server = createServer((request, response) => {
    // A caller that hangs up while it sends is no failure of the test.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    requests,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    respond: (path, responder) => void responders.set(path, responder),
    waitFor: (predicate, ms = 5_000) =>
      new Promise((resolve, reject) => {
        const end = (done: () => void): void => {
          clearTimeout(timer);
          waiting.delete(look);
          done();
        };
        const look = (): void => {
          if (predicate(requests)) end(() => resolve(requests));
        };
        const arrived = () =>
          requests.map(({ method, path, body }) => `${method} ${path} ${body.slice(0, 200)}`).join('\n') || 'nothing';
        const timer = setTimeout(
          () => end(() => reject(new Error(`Not within ${ms} ms. What arrived:\n${arrived()}`))),
          ms,
        );
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
