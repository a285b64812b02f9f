/**
 * `/in/twilio/*`: keys that are pressed on a call, replies to a message, and failures that Twilio hears of afterwards. Twilio
 * signs the address as it called it, so behind a proxy TOCSIN_PUBLIC_URL has to be that address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { wordsFor } from '../answer-page/words';
import type { Answering, AnswerKind } from '../answering';
import { Problem } from '../problems';
import type { LateOutcome } from './late-outcome';
import { rawOf } from './raw-body';
import { sentenceAfter } from './said';
import { answerBySms } from './sms-reply';
import { goOn, lastWord, pageSaid, replied } from './twiml';
import type { Cases } from '../cases/service';
import type { Directory } from '../../activities/directory/types';

export interface TwilioBehind {
  readonly answering: Answering;
  readonly cases: Cases;
  readonly directory: () => Directory;
  readonly publicUrl: () => string;
  readonly token: string | undefined;
  readonly lateOutcome: LateOutcome | undefined;
}

interface Params {
  readonly token: string;
}

/** As at GoAlert, so that whoever has been paged by others knows them already. */
const KEYS: Readonly<Record<string, AnswerKind>> = { '4': 'have', '6': 'cannot' };
const AGAIN = '*';

/** What Twilio says of a call or a message that did not arrive. Delivered is nobody's answer, and no news. */
const FAILURES: ReadonlySet<string> = new Set(['failed', 'undelivered', 'busy', 'no-answer', 'canceled']);

export function twilioRoutes(app: FastifyInstance, behind: TwilioBehind): void {
  const { answering, publicUrl, lateOutcome } = behind;
  const at = (path: string, token: string): string => `${publicUrl()}/in/twilio/${path}/${encodeURIComponent(token)}`;
  const xml = async (reply: FastifyReply, text: string): Promise<FastifyReply> =>
    await reply.type('text/xml; charset=utf-8').header('cache-control', 'no-store').send(text);
  const hide = { schema: { hide: true } };

  app.post<{ Params: Params }>('/in/twilio/voice/:token', hide, async (request, reply) => {
    const { token } = request.params;
    const { Digits: digits = '' } = signed(request, behind);
    if (digits === AGAIN) return await xml(reply, goOn(at('say', token)));
    const answer = Object.hasOwn(KEYS, digits) ? KEYS[digits] : undefined;
    const words = wordsFor();
    if (answer) return await xml(reply, lastWord(words, await sentenceAfter(answering, token, answer, 'VOICE')));
    // No key is no answer; another key was meant as one, so it is asked again.
    if (digits === '') return await xml(reply, lastWord(words, words.spoken.goodbye));
    return await xml(reply, goOn(at('say', token), { words, sentence: words.spoken.unclear }));
  });

  app.post<{ Params: Params }>('/in/twilio/say/:token', hide, async (request, reply) => {
    signed(request, behind);
    const { token } = request.params;
    const opened = await answering.open(token);
    if (opened.is === 'PAGE') return await xml(reply, pageSaid(opened.page, at('voice', token)));
    const words = wordsFor();
    return await xml(reply, lastWord(words, (opened.is === 'EXPIRED' ? words.expired : words.notValid).title));
  });

  app.post('/in/twilio/sms', hide, async (request, reply) => {
    const { From: from = '', Body: body = '' } = signed(request, behind);
    return await xml(reply, replied(await answerBySms(behind, from, body)));
  });

  app.post<{ Params: Params }>('/in/twilio/status/:token', hide, async (request, reply) => {
    const form = signed(request, behind);
    const status = form['CallStatus'] ?? form['MessageStatus'] ?? '';
    if (lateOutcome && FAILURES.has(status)) {
      const opened = await answering.open(request.params.token);
      if (opened.is === 'PAGE') {
        const { caseNumber, pageId, person } = opened.page;
        const channel = form['CallStatus'] === undefined ? 'sms' : 'voice';
        const why = form['ErrorCode'] ? `${status} (${form['ErrorCode']})` : status;
        await lateOutcome.failed({ caseNumber, pageId, person: person.id, channel, why });
      }
    }
    return await reply.status(204).send();
  });
}

/** The form, once it is sure that Twilio has sent it. @throws Problem */
function signed(request: FastifyRequest, { token, publicUrl }: TwilioBehind): Readonly<Record<string, string>> {
  const signature = request.headers['x-twilio-signature'];
  const form = Object.fromEntries(new URLSearchParams(rawOf(request)));
  const isRight =
    token !== undefined &&
    typeof signature === 'string' &&
    validateRequest(token, signature, `${publicUrl()}${request.url}`, form);
  if (isRight) return form;
  throw new Problem('UNAUTHENTICATED', 401, {
    detail: 'The signature is missing or wrong.',
    hint: 'TOCSIN_PUBLIC_URL must be the address that Twilio calls, and TOCSIN_TWILIO_TOKEN its auth token.',
  });
}
