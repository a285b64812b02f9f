/**
 * Pages as CloudEvents in structured JSON, to whatever speaks HTTP. Signed twice where there is a secret: in a header of our own,
 * and as Standard Webhooks, which receivers verify with a ready library.
 */
import { createHmac } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import type { OutgoingPage, SendResult, SettledPage } from './channel';
import { isAnswer, judgeStatus, type Post } from './http/post';

/** All of it is ours and has been checked; checking it again takes longer than looking the person up, and could only keep a page back. */
const NOT_CHECKED = false;

export interface WebhookTarget {
  readonly url: string;
  readonly secret?: string;
  /** How long the receiver may take for one try. */
  readonly timeoutMs?: number;
}

export async function sendToWebhook(
  page: OutgoingPage,
  target: WebhookTarget,
  post: Post,
  cancelled: AbortSignal,
): Promise<SendResult> {
  const { key, orderedAt, name: _name, parts: _parts, language: _language, contact, ...data } = page;
  const result = await deliver(
    {
      id: key,
      type: 'tocsin.page',
      subject: page.caseNumber,
      at: orderedAt,
      data: { ...data, ...(contact && { contact }) },
    },
    target,
    post,
    cancelled,
  );
  // It hears of the end of what it was given: a ticket that it has opened can then be closed.
  return result.outcome === 'accepted' ? { outcome: 'accepted', receipt: 'webhook' } : result;
}

/** What was opened by a page can close. */
export function settleAtWebhook(
  { caseNumber, pageId, person, channel, outcome, by, at }: SettledPage,
  target: WebhookTarget,
  post: Post,
  cancelled: AbortSignal,
): Promise<SendResult> {
  const id = `${pageId}/settled/${person}/${channel}`;
  const data = { pageId, person, outcome, ...(by !== undefined && { by }) };
  return deliver({ id, type: 'tocsin.page.settled', subject: caseNumber, at, data }, target, post, cancelled);
}

interface Message {
  readonly id: string;
  readonly type: string;
  /** Nothing where it is of no case. */
  readonly subject: string;
  readonly at: number;
  readonly data: object;
}

async function deliver(
  { id, type, subject, at, data }: Message,
  { url, secret, timeoutMs }: WebhookTarget,
  post: Post,
  cancelled: AbortSignal,
): Promise<SendResult> {
  const time = new Date(at).toISOString();
  const message = HTTP.structured(
    new CloudEvent(
      {
        id,
        type,
        source: '/tocsin/cases',
        ...(subject !== '' && { subject }),
        time,
        datacontenttype: 'application/json',
        data,
      },
      NOT_CHECKED,
    ),
  );
  const body = String(message.body);
  const headers = { ...(message.headers as Record<string, string>), ...signatures(id, body, secret) };
  const answer = await post({ url, headers, body, ...(timeoutMs !== undefined && { timeoutMs }) }, cancelled);
  return isAnswer(answer) ? judgeStatus(answer) : answer;
}

/** The time is that of this try, so that a receiver can refuse old ones; the body stays the same. */
function signatures(id: string, body: string, secret: string | undefined): Record<string, string> {
  const now = new Date();
  const at = Math.floor(now.getTime() / 1000);
  const identity = { 'webhook-id': id, 'webhook-timestamp': String(at) };
  if (secret === undefined) return identity;
  const own = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return {
    ...identity,
    'tocsin-signature': `t=${at},v1=${own}`,
    'webhook-signature': standard(secret).sign(id, now, body),
  };
}

/** A secret as these libraries write it (`whsec_` and base64), or any text, whose bytes are then the key. */
const standard = (secret: string): Webhook =>
  /^whsec_[A-Za-z0-9+/]+=*$/.test(secret) ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });
