/** `GET /v1/cases/{n}/stream`: the timeline as server-sent events, from where whoever looks has left off. */
import type { ServerResponse } from 'node:http';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { checkedCaseNumber } from '../../client/checks';
import type { TocsinClient } from '../../client/tocsin-client';
import type { ToldEvent } from '../../workflows/messages';
import { callerOf } from '../auth/authenticate';
import { caseParams } from '../cases/params';
import type { Cases } from '../cases/service';
import { Problem } from '../problems';
import { problems } from '../schemas';
import { CaseFeed, type Listener } from './case-feed';

const HEARTBEAT_MS = 15_000;
/** Open streams of this process. */
const MOST_STREAMS = 1_000;
/** Whoever does not read is let go, and comes back with the number of the last event they have. */
const MOST_UNREAD_BYTES = 1_000_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

const headers = z.object({ 'last-event-id': z.string().optional() });
const query = z.object({ after: z.coerce.number().int().min(0).max(1e9).optional() });

interface Open {
  readonly response: ServerResponse;
  /** Whoever looks may still look. */
  readonly holds: () => boolean;
}

/** The feeds of the cases that somebody looks at here. */
export class Feeds {
  private readonly feeds = new Map<string, CaseFeed>();
  private readonly open = new Set<ServerResponse>();

  /** @throws Problem when there are too many */
  listen(client: TocsinClient, caseNumber: string, seen: number, { response, holds }: Open): void {
    if (this.open.size >= MOST_STREAMS) {
      throw new Problem('SERVICE_BUSY', 503, {
        detail: 'There are too many streams open.',
        hint: 'Read the timeline, or try again later.',
        retryAfter: 5,
      });
    }
    this.open.add(response);
    let feed = this.feeds.get(caseNumber);
    if (!feed) {
      feed = new CaseFeed(client, caseNumber, () => this.feeds.delete(caseNumber));
      this.feeds.set(caseNumber, feed);
    }
    begin(response);
    const write = writerTo({ response, holds });
    const leave = feed.add(listenerOf(response, write, seen));
    const beating = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(beating);
      leave();
      this.open.delete(response);
    });
    // A write to somebody who has just gone is no failure of ours.
    response.on('error', () => response.destroy());
  }

  close(): void {
    for (const response of this.open) response.end();
    for (const feed of this.feeds.values()) feed.stop();
  }
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies would keep events back until they have a bufferful.
  'x-accel-buffering': 'no',
};

function begin(response: ServerResponse): void {
  response.writeHead(200, STREAM_HEADERS);
  response.write(`retry: ${RETRY_MS}\n\n`);
}

/** Nothing more is told to a credential that was withdrawn or has expired since it began. */
function writerTo({ response, holds }: Open): (text: string) => void {
  return (text) => {
    if (response.writableEnded) return;
    if (!holds()) response.end();
    else if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
    else response.write(text);
  };
}

function listenerOf(response: ServerResponse, write: (text: string) => void, seen: number): Listener {
  return {
    seen,
    event: (event: ToldEvent) => write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    gap: (firstKept) => write(`event: Gap\ndata: ${JSON.stringify({ firstKept })}\n\n`),
    over: (endedOutside) => {
      write(`event: Over\ndata: ${JSON.stringify({ endedOutside })}\n\n`);
      response.end();
    },
  };
}

/** A browser that comes back sends the last id; one that comes first may say `?after=`. */
function seenBefore(lastEventId: string | undefined, after: number | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return after ?? 0;
  if (/^\d{1,9}$/.test(lastEventId)) return Number(lastEventId);
  throw new Problem('INVALID_INPUT', 422, {
    detail: 'The Last-Event-ID is not the number of an event.',
    fields: [{ field: 'Last-Event-ID', problem: 'must be a whole number' }],
  });
}

const EVENTS =
  `What happens, as it happens: \`id\` is the number of the event, \`event\` its type, \`data\` an event of the timeline.
Two have no \`id\`: \`Gap\` with \`{ "firstKept" }\`, events before which are kept no longer; and at the end \`Over\` with \`{}\`, or with
\`{ "endedOutside": { "how", "at", "by", "reason" } }\` where the case was ended from outside: nobody works on it and nobody is paged.`.replaceAll(
    '\n',
    ' ',
  );

export const streamRoutes =
  (cases: Cases, feeds: Feeds): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.route({
      method: 'GET',
      url: '/v1/cases/:caseNumber/stream',
      schema: {
        tags: ['cases'],
        operationId: 'streamCase',
        summary: 'Server-sent events of the timeline; Last-Event-ID resumes it',
        params: caseParams,
        headers,
        querystring: query,
        response: {
          200: { description: EVENTS, content: { 'text/event-stream': { schema: z.string() } } },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const seen = seenBefore(request.headers['last-event-id'], request.query.after);
        const caseNumber = checkedCaseNumber(request.params.caseNumber);
        const client = await cases.seenBy(callerOf(request), caseNumber);
        // Asked once before it begins: a case that nobody has is a problem document, and no stream without events.
        await client.getTimeline(caseNumber, { after: seen, limit: 1 });
        // Whoever asks for the headers only would wait for the end of the case.
        if (request.method === 'HEAD') return reply.headers(STREAM_HEADERS).send('');
        feeds.listen(client, caseNumber, seen, { response: reply.raw, holds: request.holds ?? (() => false) });
        return reply.hijack();
      },
    });
    done();
  };
