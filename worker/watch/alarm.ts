/**
 * The watch's own way to people, past Temporal and past the directory: plain requests to addresses of its own. At least once;
 * what was not taken is tried again at the next round.
 */
import { createHmac } from 'node:crypto';
import { hostname } from 'node:os';
import { request } from 'undici';
import type { Alarm } from './verdict';

/** `event`: CloudEvents, signed; `chat`: `{ text }`, as chat services take it; `text`: the sentence alone, as ntfy does. */
export const FORMATS = ['event', 'chat', 'text'] as const;
export type Format = (typeof FORMATS)[number];

export interface AlarmTarget {
  readonly url: string;
  readonly format: Format;
  readonly secret?: string;
}

const CALL_MS = 10_000;

export function sentenceOf({ state, words, since, nth }: Alarm): string {
  const from = `${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (state === 'CLEARED') return `Tocsin is well again (since ${from} it was not): ${words}`;
  return `Tocsin ${nth === 1 ? 'alarm' : 'alarm, again'}, since ${from}: ${words}`;
}

/** Resolves when the receiver has taken it. Rejects with the reason otherwise. */
export async function sendAlarm(alarm: Alarm, where: string, target: AlarmTarget): Promise<void> {
  const { body, type } = written(alarm, where, target.format);
  const { statusCode, body: answer } = await request(target.url, {
    method: 'POST',
    headers: { 'content-type': type, ...(target.secret !== undefined && signed(body, target.secret)) },
    body,
    signal: AbortSignal.timeout(CALL_MS),
  });
  await answer.dump().catch(() => undefined);
  if (statusCode < 200 || statusCode > 299) throw new Error(`HTTP ${statusCode}`);
}

function written(alarm: Alarm, where: string, format: Format): { readonly body: string; readonly type: string } {
  const text = sentenceOf(alarm);
  if (format === 'text') return { body: text, type: 'text/plain; charset=utf-8' };
  if (format === 'chat') return { body: JSON.stringify({ text }), type: 'application/json' };
  const { check, state, since, nth } = alarm;
  const event = {
    specversion: '1.0',
    // Two who watch the same see the same a moment apart: a receiver that drops what it has seen rings once a minute at most.
    id: `${where}/${check}/${new Date(since).toISOString().slice(0, 16)}Z/${nth}/${state}`,
    source: '/tocsin/watch',
    type: state === 'ALARM' ? 'tocsin.watch.alarm' : 'tocsin.watch.cleared',
    subject: check,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { check, state, since: new Date(since).toISOString(), nth, text, where, watchedFrom: hostname() },
  };
  return { body: JSON.stringify(event), type: 'application/cloudevents+json; charset=utf-8' };
}

/** As a page is signed. */
function signed(body: string, secret: string): { readonly 'tocsin-signature': string } {
  const at = Math.floor(Date.now() / 1000);
  return {
    'tocsin-signature': `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`,
  };
}

/**
 * A watch that is gone cannot say so: whoever expects this and does not get it raises the alarm. Only while all is well.
 * Rejects with the reason when it is not taken.
 */
export async function pingDeadMan(url: string): Promise<void> {
  const { statusCode, body } = await request(url, { method: 'GET', signal: AbortSignal.timeout(CALL_MS) });
  await body.dump().catch(() => undefined);
  if (statusCode < 200 || statusCode > 299) throw new Error(`HTTP ${statusCode}`);
}
