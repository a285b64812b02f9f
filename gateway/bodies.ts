/** What comes with a request: nothing is nothing, whatever its type says; and whoever sends too much hears the no. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { FastifyBodyParser, FastifyInstance } from 'fastify';

/** Clients name the type of a body that they do not send: a command without a field of its own needs none. */
export function json(app: FastifyInstance): FastifyBodyParser<string> {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request, body, done) => (body === '' ? done(null, undefined) : parse(request, body, done));
}

/** Must be called before any route is added. */
export function takeBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, json(app));
  app.addHook('onSend', async ({ raw }, { statusCode }, payload) => {
    if (statusCode >= 400 && !raw.complete) await readToTheEnd(raw);
    return payload;
  });
}

/** Whoever sends more, or more slowly, is cut off. */
const MOST_READ = 16 * 1_048_576;
const READ_FOR_MS = 2_000;

/** Many clients write all of it before they read: cut off meanwhile, they see a broken connection and not why. */
async function readToTheEnd(raw: IncomingMessage): Promise<void> {
  const enough = new AbortController();
  let read = 0;
  const count = (chunk: Buffer): void => {
    read += chunk.length;
    if (read > MOST_READ) enough.abort();
  };
  raw.on('data', count);
  const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(READ_FOR_MS)]);
  await once(raw, 'end', { signal }).catch(() => undefined);
  raw.off('data', count);
}

/** For a route whose input is judged by the case. Given back as a value, no body would be `null`, which is one and is refused. */
export const asItIs = () => (): boolean => true;
