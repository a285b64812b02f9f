/** Slack and Twilio as a gateway knows them: what they call back with, signed by their own means. */
import { createHmac } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { call, SLACK_SECRET, TWILIO_TOKEN, type Answered } from './gateway';

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

/** A button that was pressed. */
export const press = (action_id: string, value: string, user = 'U1') => ({
  type: 'block_actions',
  user: { id: user },
  actions: [{ action_id, value }],
});

/** `at`: in seconds. */
export function fromSlack(
  url: string,
  payload: object,
  { at = Date.now() / 1000, secret = SLACK_SECRET } = {},
): Promise<Answered> {
  const body = form({ payload: JSON.stringify(payload) });
  const stamp = String(Math.floor(at));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const headers = { ...FORM, 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature };
  return call(url, '/in/slack', { method: 'POST', body, headers });
}

export function fromTwilio(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  token = TWILIO_TOKEN,
): Promise<Answered> {
  const headers = { ...FORM, 'x-twilio-signature': getExpectedTwilioSignature(token, `${url}${path}`, fields) };
  return call(url, path, { method: 'POST', body: form(fields), headers });
}
