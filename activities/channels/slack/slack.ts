/** Slack by its Web API: to a person or a channel, one thread a case, buttons that answer, and an update when it is settled. */
import { WebClient, ErrorCode, LogLevel, type WebAPIPlatformError, type WebAPIRateLimitedError } from '@slack/web-api';
import { request } from 'undici';
import { threadOf, type OutgoingPage, type SendResult, type SettledPage } from '../channel';
import type { Texts } from '../../texts/texts';
import { messageOf, settledMessage } from './message';

export interface SlackSettings {
  readonly token: string;
  /** `https://slack.com/api/` */
  readonly url?: string;
}

const TIMEOUT_MS = 5_000;
/** Trouble of Slack's own; everything else that it says is a no: token revoked, channel archived, no such user. */
const TRANSIENT = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];
/** Threads that are remembered; one that is forgotten begins anew. */
const MOST_THREADS = 5_000;

export class Slack {
  private readonly client: WebClient;
  /** The first message of each case in each conversation. */
  private readonly threads = new Map<string, string>();

  constructor({ token, url }: SlackSettings) {
    this.client = new WebClient(token, {
      ...(url !== undefined && { slackApiUrl: url.endsWith('/') ? url : `${url}/` }),
      // Retrying is Temporal's. The client's own would sleep, and send behind the case's back (B2).
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: TIMEOUT_MS,
      fetch: whole,
      allowAbsoluteUrls: false,
      logLevel: LogLevel.ERROR,
    });
  }

  async send(page: OutgoingPage, to: string, texts: Texts): Promise<SendResult> {
    const thread = this.threads.get(`${to} ${threadOf(page)}`);
    try {
      const message = {
        channel: to,
        ...messageOf(page, texts),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: 'tocsin_page', event_payload: { key: page.key } },
      };
      const { ts, channel } = await this.client.chat.postMessage(
        // Shown in the conversation as well: nobody is notified of what only stands in a thread.
        thread === undefined ? message : { ...message, thread_ts: thread, reply_broadcast: true },
      );
      if (ts === undefined || channel === undefined) return { outcome: 'accepted' };
      if (thread === undefined) this.remember(`${to} ${threadOf(page)}`, ts);
      return page.ackUrl === undefined ? { outcome: 'accepted' } : { outcome: 'accepted', receipt: `${channel}/${ts}` };
    } catch (error) {
      return judge(error);
    }
  }

  /** The buttons go, and who has it stands there. */
  async settle(page: SettledPage, settled: string): Promise<SendResult> {
    const [channel = '', ts = ''] = page.receipt.split('/');
    try {
      await this.client.chat.update({ channel, ts, ...settledMessage(page, { settled }) });
      return { outcome: 'accepted' };
    } catch (error) {
      return judge(error);
    }
  }

  /** Says whether the token is good; sends nothing. */
  async probe(): Promise<string | undefined> {
    try {
      await this.client.auth.test();
      return undefined;
    } catch (error) {
      const result = judge(error);
      return result.outcome === 'accepted' ? undefined : result.detail;
    }
  }

  private remember(key: string, ts: string): void {
    if (this.threads.size >= MOST_THREADS) this.threads.delete(this.threads.keys().next().value ?? '');
    this.threads.set(key, ts);
  }
}

/**
 * The client reads an answer when the time of the request no longer counts, and takes one that is no JSON, or a 429 that does not say
 * until when, for a mistake of ours. So the answer is read whole here, within that time. Node's own `fetch`, told to follow no redirect as
 * the client tells it, forgets the signal that ends it once its request is garbage: an answer that stops would be waited for, for ever.
 */
const whole = async (url: string | URL | Request, { body, headers, signal }: RequestInit = {}): Promise<Response> => {
  const answer = await request(url as string, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: body as string,
    signal: signal ?? null,
  });
  const text = await answer.body.text();
  const { statusCode: status } = answer;
  const retryAfter = String(answer.headers['retry-after'] ?? '');
  if (status === 429 && !/^\d+$/.test(retryAfter)) return Response.json(TOO_MANY);
  // No answer of Slack's: it sends nobody elsewhere, and says everything in JSON.
  if (status >= 300 && status < 400) throw new Error(`HTTP ${status}`);
  if (status === 200) JSON.parse(text);
  const contentType = String(answer.headers['content-type'] ?? '');
  const read = { 'content-type': contentType, 'retry-after': retryAfter };
  return new Response(text === '' ? null : text, { status, headers: read });
};
const TOO_MANY = { ok: false, error: 'ratelimited' };

/** Slack's own words for it, which are codes. @throws whatever is no trouble of Slack's */
function judge(error: unknown): SendResult {
  const { code } = error as { readonly code?: string };
  switch (code) {
    case ErrorCode.PlatformError: {
      const { data } = error as WebAPIPlatformError;
      const detail = `Slack ${data.error}`;
      if (data.error === 'ratelimited' || data.error === 'rate_limited')
        return { outcome: 'retry', detail, isBusy: true };
      return TRANSIENT.includes(data.error) ? { outcome: 'retry', detail } : { outcome: 'rejected', detail };
    }
    case ErrorCode.RateLimitedError: {
      const { retryAfter } = error as WebAPIRateLimitedError;
      return { outcome: 'retry', detail: 'Slack ratelimited', afterMs: retryAfter * 1_000, isBusy: true };
    }
    case ErrorCode.HTTPError: {
      const { statusCode } = error as { readonly statusCode?: number };
      const detail = `Slack HTTP ${statusCode ?? '?'}`;
      const isNo = statusCode !== undefined && statusCode < 500 && statusCode !== 429;
      return isNo ? { outcome: 'rejected', detail } : { outcome: 'retry', detail };
    }
    case ErrorCode.RequestError:
      return { outcome: 'retry', detail: 'Slack does not answer' };
    default:
      throw error;
  }
}
