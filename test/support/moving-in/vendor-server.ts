/**
 * A vendor's API on this machine: the saved answers of an account, served in pages, behind a token, with a limit that is met
 * once. What it is asked is kept, so that a test can say that everything was asked for and with the token.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Served {
  readonly url: string;
  /** Method, path and query of each request that was answered. */
  readonly asked: readonly string[];
  /** How often somebody was told to wait. */
  readonly limited: () => number;
  close(): Promise<void>;
}

/** What one request gets; `undefined` is a 404. */
export type Answering = (request: { readonly url: URL; readonly body: unknown; readonly base: string }) => unknown;

export async function serve(authorization: string, answering: Answering): Promise<Served> {
  const asked: string[] = [];
  let limited = 0;
  const server: Server = createServer((request, response) => {
    void respond(request).then(({ status, headers = {}, content }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof content === 'string' ? content : JSON.stringify(content ?? {}));
    });
  });
  async function respond(
    request: IncomingMessage,
  ): Promise<{ status: number; headers?: Record<string, string>; content?: unknown }> {
    const body = await text(request);
    if (request.headers.authorization !== authorization) return { status: 401 };
    // The third request meets the limit; with 0 seconds nobody has to wait for a test.
    if (asked.length === 2 && limited === 0) {
      limited++;
      return { status: 429, headers: { 'retry-after': '0' } };
    }
    const url = new URL(request.url ?? '/', 'http://vendor');
    asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    const content = answering({ url, body: body === '' ? undefined : (JSON.parse(body) as unknown), base: address() });
    return content === undefined ? { status: 404 } : { status: 200, content };
  }
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: address(),
    asked,
    limited: () => limited,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
