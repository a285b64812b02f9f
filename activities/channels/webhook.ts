import { createHmac } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { DateTime } from 'luxon';
import { errors, request } from 'undici';
import type { OutgoingPage, SendResult } from './channel';

/** How long a receiver may take for one try. */
const TIMEOUT_MS = 5_000;
/** All of it is ours and has been checked; checking it again takes longer than looking the person up, and could only keep a page back. */
const NOT_CHECKED = false;

export interface WebhookTarget {
  readonly url: string;
  readonly secret?: string;
}

/**
 * POSTs the page as a CloudEvent in structured JSON. 2xx is accepted; 429, 5xx, a time-out or no
 * connection is to be tried again, not before `Retry-After`; anything else, a redirect too, is a no for good: a page
 * must not wander to an address that nobody wrote into the directory.
 */
export async function sendToWebhook(
  page: OutgoingPage,
  target: WebhookTarget,
  cancelled: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<SendResult> {
  if (!isPostable(target.url))
    return { outcome: 'rejected', detail: 'the address is not an http(s) URL without credentials' };
  const { key, orderedAt, name: _name, contact, ...data } = page;
  const message = HTTP.structured(
    new CloudEvent(
      {
        id: key,
        type: 'tocsin.page',
        source: '/tocsin/cases',
        subject: page.caseNumber,
        time: new Date(orderedAt).toISOString(),
        datacontenttype: 'application/json',
        data: { ...data, ...(contact && { contact }) },
      },
      NOT_CHECKED,
    ),
  );
  const body = String(message.body);
  const headers = {
    ...(message.headers as Record<string, string>),
    ...(target.secret !== undefined && { 'tocsin-signature': signature(body, target.secret) }),
  };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(target.url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([cancelled, timeout]),
    });
    // The answer's text is of no use; reading it gives the connection back for the next page.
    await answer.body.dump().catch(() => undefined);
    return judge(answer.statusCode, answer.headers['retry-after']);
  } catch (error) {
    cancelled.throwIfAborted();
    if (timeout.aborted) return { outcome: 'retry', detail: `no answer within ${timeoutMs / 1000} s` };
    const detail = networkTrouble(error);
    if (detail === undefined) throw error;
    return { outcome: 'retry', detail };
  }
}

/** Said as a no for good, not as a mistake of ours that Temporal would try again. */
function isPostable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

function judge(status: number, retryAfter: string | string[] | undefined): SendResult {
  if (status >= 200 && status < 300) return { outcome: 'accepted' };
  const detail = `HTTP ${status}`;
  if (status !== 429 && status < 500) return { outcome: 'rejected', detail };
  const afterMs = retryAfterMs([retryAfter].flat()[0], Date.now());
  return { outcome: 'retry', detail, isBusy: status === 429, ...(afterMs !== undefined && { afterMs }) };
}

/** RFC 9110: seconds, or an HTTP date. `Date.parse` would take `in 2050` for one, and give the provider up. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = DateTime.fromHTTP(value);
  return at.isValid ? Math.max(0, at.toMillis() - now) : undefined;
}

/** `t` is the time of this try, so that a receiver can refuse old ones; the body stays the same. */
function signature(body: string, secret: string): string {
  const at = Math.floor(Date.now() / 1000);
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/** What is wrong with the network or the provider; nothing for a mistake of ours, which must not pass for a provider that is down. */
function networkTrouble(error: unknown): string | undefined {
  // An answer that is no HTTP: an error without a code.
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP';
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  if (code === undefined || code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') return undefined;
  return code.startsWith('UND_ERR') ? message : code;
}
