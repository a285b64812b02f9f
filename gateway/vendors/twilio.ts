/**
 * `/in/twilio/*`: keys that are pressed on a call, replies to a message, and what Twilio hears of either afterwards. Twilio
 * signs the address as it called it, so behind a proxy TOCSIN_PUBLIC_URL has to be that address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { lateNewsOf, type NewsOfCase } from '../../activities/channels/twilio/late-news';
import { answerOf } from '../../activities/channels/twilio/status';
import type { Directory } from '../../activities/directory/types';
import { CaseNotFound, CaseRejected } from '../../client/errors';
import type { Answering } from '../answering';
import type { Cases } from '../cases/service';
import { Problem } from '../problems';
import { rawOf } from './raw-body';
import { sentenceAfter, whyNot, wordsOf } from './said';
import { answerBySms } from './sms-reply';
import { goOn, lastWord, pageSaid, replied } from './twiml';

export interface TwilioBehind {
  readonly answering: Answering;
  readonly cases: Cases;
  readonly directory: () => Directory;
  readonly publicUrl: () => string;
  readonly token: string | undefined;
}

interface Params {
  readonly token: string;
}

export function twilioRoutes(app: FastifyInstance, behind: TwilioBehind): void {
  const { answering, cases, publicUrl } = behind;
  const at = (path: string, token: string): string => `${publicUrl()}/in/twilio/${path}/${encodeURIComponent(token)}`;
  const xml = async (reply: FastifyReply, text: string): Promise<FastifyReply> =>
    await reply.type('text/xml; charset=utf-8').header('cache-control', 'no-store').send(text);
  const hide = { schema: { hide: true } };

  app.post<{ Params: Params }>('/in/twilio/voice/:token', hide, async (request, reply) => {
    const { token } = request.params;
    const { Digits: digits = '' } = signed(request, behind);
    const answer = answerOf(digits);
    if (answer === 'repeat') return await xml(reply, goOn(at('say', token)));
    const opened = await answering.open(token);
    const words = wordsOf(opened);
    if (answer) return await xml(reply, lastWord(words, await sentenceAfter(answering, opened, answer, 'VOICE')));
    const { goodbye, unclear } = words.words.spoken;
    // No key is no answer; another key was meant as one, so it is asked again.
    if (digits === '') return await xml(reply, lastWord(words, goodbye));
    return await xml(reply, goOn(at('say', token), { words, sentence: unclear }));
  });

  app.post<{ Params: Params }>('/in/twilio/say/:token', hide, async (request, reply) => {
    signed(request, behind);
    const { token } = request.params;
    const opened = await answering.open(token);
    if (opened.is === 'PAGE') return await xml(reply, pageSaid(opened.page, at('voice', token)));
    return await xml(reply, lastWord(wordsOf(opened), whyNot(opened)));
  });

  app.post('/in/twilio/sms', hide, async (request, reply) => {
    const { From: from = '', Body: body = '' } = signed(request, behind);
    return await xml(reply, replied(await answerBySms(behind, from, body)));
  });

  app.post<{ Params: { readonly key: string } }>('/in/twilio/status/:key', hide, async (request, reply) => {
    const late = lateNewsOf(request.params.key, signed(request, behind));
    if (late) await told(cases, late);
    return await reply.status(204).send();
  });
}

/** A case that is over wants no news, and Twilio has nothing to do about it. @throws ServiceUnavailable */
async function told(cases: Cases, { caseNumber, news }: NewsOfCase): Promise<void> {
  try {
    await cases.client().tellNews(caseNumber, news);
  } catch (error) {
    if (!(error instanceof CaseNotFound || error instanceof CaseRejected)) throw error;
  }
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
