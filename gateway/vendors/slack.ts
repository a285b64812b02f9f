/**
 * `/in/slack`: the buttons of a page in Slack. The button's value is the answer link's token, so a press is the same answer as
 * a click on the link; that it came from Slack at all is what the signature says.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { request as post } from 'undici';
import { pressedIn, type Pressed } from '../../activities/channels/slack/interaction';
import { wordsFor } from '../answer-page/words';
import type { Answering, Opened } from '../answering';
import { given, whyNot } from './said';
import { Problem } from '../problems';
import { rawOf } from './raw-body';

/** Older than this, a request may be one that somebody has recorded. */
const MOST_AGE_S = 5 * 60;
/** Slack shows an error to whoever pressed when it hears nothing for three seconds. */
const ANSWER_WITHIN_MS = 2_500;
const REPLY_TIMEOUT_MS = 5_000;

/** Where Slack takes what is said to whoever pressed. A signed request names it, and yet nothing else is called. */
const SLACK_HOST = 'hooks.slack.com';

export function slackRoutes(app: FastifyInstance, answering: Answering, secret: string | undefined): void {
  app.post('/in/slack', { schema: { hide: true } }, async (request, reply) => {
    verify(request, secret);
    const press = pressedIn(new URLSearchParams(rawOf(request)).get('payload') ?? '');
    // Slack sends other things to the same address.
    if (!press) return await reply.status(200).send();
    // What takes longer goes on, and is told when it is done.
    const told = tell(answering, press).catch((error: unknown) =>
      request.log.error({ err: error }, 'Slack: no answer'),
    );
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS).unref())]);
    return await reply.status(200).send();
  });
}

async function tell(answering: Answering, { answer, token, user, responseUrl }: Pressed): Promise<void> {
  const text = await sentenceTo(answering, await answering.open(token), { answer, user });
  if (responseUrl === undefined || URL.parse(responseUrl)?.host !== SLACK_HOST) return;
  const { body } = await post(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // Only to whoever pressed; the message itself is the pager's to change.
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
  });
  await body.dump();
}

async function sentenceTo(
  answering: Answering,
  opened: Opened,
  { answer, user }: Pick<Pressed, 'answer' | 'user'>,
): Promise<string> {
  if (opened.is !== 'PAGE') return whyNot(opened);
  const { page } = opened;
  const person = answering.pressedBy(user, page);
  const { words } = wordsFor(person ?? page.person);
  if (!person) return words.refused(words.spoken.asksAnother(page.person.name));
  return `${await given(answering, { ...page, person }, answer, 'SLACK')} ${words.answeringAs(person.name)}`;
}

/** @throws Problem for whatever Slack has not signed just now */
function verify(request: FastifyRequest, secret: string | undefined): void {
  const stamp = request.headers['x-slack-request-timestamp'];
  const signature = request.headers['x-slack-signature'];
  if (secret === undefined || typeof stamp !== 'string' || typeof signature !== 'string') throw notSigned();
  const isRecent = /^\d{1,12}$/.test(stamp) && Math.abs(Date.now() / 1000 - Number(stamp)) <= MOST_AGE_S;
  const right = `v0=${createHmac('sha256', secret)
    .update(`v0:${stamp}:${rawOf(request)}`)
    .digest('hex')}`;
  const [given, expected] = [Buffer.from(signature), Buffer.from(right)];
  if (!isRecent || given.length !== expected.length || !timingSafeEqual(given, expected)) throw notSigned();
}

const notSigned = (): Problem =>
  new Problem('UNAUTHENTICATED', 401, {
    detail: 'The signature is missing, wrong or too old.',
    hint: 'Set TOCSIN_SLACK_SIGNING_SECRET to the signing secret of your Slack app.',
  });
