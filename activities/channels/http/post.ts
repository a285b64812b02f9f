/** One request to a provider, whatever it speaks: its time, its guard, and what can go wrong on the way, in words without secrets. */
import { Agent, errors, request, type Dispatcher } from 'undici';
import type { SendResult } from '../channel';
import { ForbiddenTarget, guardedLookup, judgeUrl, type Allowed } from './guard';
import { retryAfterMs } from './retry-after';

/** How long a receiver may take for one try. */
export const TIMEOUT_MS = 5_000;
/**
 * A receiver that took the whole page and answers late gets so much longer on the next try, and on that one only: three tries of a
 * receiver that never answers are over before the next person is asked.
 */
const PATIENCE = 3;
const MOST_PATIENCE_MS = 30_000;
/** Whoever cannot even be connected to is not slow but away. */
const CONNECT_MS = 4_000;
/** The answer of a provider is a few words; what is longer is not read. */
const MOST_ANSWER = 64_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The connection broke, or time was over, before all of the text was there: only the status is sure. */
  readonly isCut?: boolean;
  readonly afterMs?: number;
}

export interface Outgoing {
  readonly url: string;
  readonly method?: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
}

export type Post = (outgoing: Outgoing, cancelled: AbortSignal) => Promise<Answer | SendResult>;

export const isAnswer = (result: Answer | SendResult): result is Answer => 'status' in result;

/** Sends through the guard. Never follows a redirect: a page must not wander to an address that nobody wrote down. */
export class Poster {
  private readonly dispatcher: Dispatcher;
  /** Receivers that were late the last time, and how long they may take now. */
  private readonly patience = new Map<string, number>();

  constructor(private readonly allowed: Allowed) {
    this.dispatcher = new Agent({ connect: { lookup: guardedLookup(allowed), timeout: CONNECT_MS } });
  }

  readonly post: Post = async ({ url, method = 'POST', headers, body, timeoutMs = TIMEOUT_MS }, cancelled) => {
    const target = postable(url);
    if (!target) return { outcome: 'rejected', detail: 'the address is not an http(s) URL without credentials' };
    const allowedMs = this.patience.get(url) ?? timeoutMs;
    const timeout = AbortSignal.timeout(allowedMs);
    try {
      judgeUrl(target, this.allowed);
      const answer = await request(target, {
        method,
        headers: { ...headers },
        ...(body !== undefined && { body }),
        dispatcher: this.dispatcher,
        signal: AbortSignal.any([cancelled, timeout]),
      });
      const read = await textOf(answer.body);
      this.patience.delete(url);
      const afterMs = retryAfterMs([answer.headers['retry-after']].flat()[0], Date.now());
      return { status: answer.statusCode, ...read, ...(afterMs !== undefined && { afterMs }) };
    } catch (error) {
      cancelled.throwIfAborted();
      if (timeout.aborted) {
        // Connecting has a shorter time of its own, so it has the page: a longer second try may hear its yes.
        if (allowedMs === timeoutMs) this.waitLongerFor(url, Math.min(timeoutMs * PATIENCE, MOST_PATIENCE_MS));
        else this.patience.delete(url);
        return { outcome: 'retry', detail: `no answer within ${allowedMs / 1000} s` };
      }
      if (isForbiddenTarget(error)) return { outcome: 'rejected', detail: new ForbiddenTarget().message };
      const detail = networkTrouble(error);
      if (detail === undefined) throw error;
      return { outcome: 'retry', detail };
    }
  };

  private waitLongerFor(url: string, ms: number): void {
    if (this.patience.size > 10_000) this.patience.clear();
    this.patience.set(url, ms);
  }

  close(): Promise<void> {
    return this.dispatcher.close();
  }
}

/** Said as a no for good, not as a mistake of ours that Temporal would try again. */
function postable(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.username === '' && url.password === '' ? url : undefined;
}

/** Reading it gives the connection back for the next page; one that never ends is cut by the try's own time. */
async function textOf(body: Dispatcher.ResponseData['body']): Promise<Pick<Answer, 'text' | 'isCut'>> {
  let text = '';
  try {
    for await (const chunk of body) {
      if (text.length < MOST_ANSWER) text += String(chunk);
    }
  } catch {
    return { text, isCut: true };
  }
  return text.length > MOST_ANSWER ? { text: '', isCut: true } : { text };
}

/** 2xx is accepted; 429 and 5xx are to be tried again; anything else, a redirect too, is a no for good. */
export function judgeStatus({ status, afterMs }: Answer): SendResult {
  if (status >= 200 && status < 300) return { outcome: 'accepted' };
  const detail = `HTTP ${status}`;
  if (status !== 429 && status < 500) return { outcome: 'rejected', detail };
  return { outcome: 'retry', detail, isBusy: status === 429, ...(afterMs !== undefined && { afterMs }) };
}

const isForbiddenTarget = (error: unknown): boolean =>
  error instanceof ForbiddenTarget || (error as { cause?: unknown }).cause instanceof ForbiddenTarget;

/** Where the code says nothing to a reader. */
const TROUBLES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection',
  UND_ERR_SOCKET: 'the connection was cut off',
};

/**
 * What is wrong with the network or the provider; nothing for a mistake of ours, which must not pass for a provider that is
 * down. Codes only: messages name addresses, which may be secrets.
 */
export function networkTrouble(error: unknown): string | undefined {
  // An answer that is no HTTP: an error without a code.
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP';
  const { code } = error as Partial<NodeJS.ErrnoException>;
  if (code === undefined || code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') return undefined;
  return TROUBLES[code] ?? code;
}
