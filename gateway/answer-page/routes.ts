/**
 * `/p/{token}`: GET and HEAD show, POST acts. Mail scanners and chat programs fetch every link they see, and some follow what
 * they find there; so nothing that fetching can do is an answer.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceUnavailable } from '../../client/errors';
import { isRecord } from '../../workflows/core/language/shape';
import type { AnswerKind, Answering, Given, Opened, OpenedPage } from '../answering';
import { Problem } from '../problems';
import { answerPage, plainPage, type Telling } from './page';
import { inOneSentence, insteadOf } from './said';
import { PAGE_HEADERS } from './style';
import { wordsFor } from './words';

interface Params {
  readonly token: string;
}

type Handler = (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) => Promise<FastifyReply>;

const REFUSED = {
  NOT_VALID: ['LINK_NOT_VALID', 404],
  EXPIRED: ['LINK_EXPIRED', 410],
  ENDED: ['CASE_CLOSED', 410],
} as const;

const ALLOWED = 'GET, HEAD, OPTIONS, POST';

export function answerPageRoutes(app: FastifyInstance, answering: Answering, hotline: string): void {
  const telling = ({ person }: OpenedPage, said?: Telling['said']): Telling => {
    const { words, when } = wordsFor(person);
    return {
      words,
      when,
      nameOf: answering.nameOf,
      hotline,
      ...(said !== undefined && { said }),
    };
  };
  const send = async (reply: FastifyReply, status: number, body: string): Promise<FastifyReply> =>
    await reply.status(status).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(body);

  /** What is no page; whoever asks with JSON gets a problem document. */
  const refuse = async (opened: Exclude<Opened, { is: 'PAGE' }>, request: FastifyRequest, reply: FastifyReply) => {
    const { words } = wordsFor(opened.is === 'NOT_VALID' ? undefined : opened.person);
    const text = insteadOf(opened, words);
    const [code, status] = REFUSED[opened.is];
    if (wantsJson(request)) throw new Problem(code, status, { detail: text.text });
    return await send(reply, status, plainPage(words, text, hotline));
  };

  /** Somebody who presses a button at night gets a page whatever happens, and reads that pressing it again does no harm. */
  const orPage =
    (answer: Handler): Handler =>
    async (request, reply) => {
      try {
        return await answer(request, reply);
      } catch (error) {
        if (!(error instanceof ServiceUnavailable) || wantsJson(request)) throw error;
        const { words } = wordsFor();
        void reply.header('retry-after', '5');
        return await send(reply, 503, plainPage(words, words.unavailable, hotline));
      }
    };

  app.route<{ Params: Params }>({
    method: ['GET', 'HEAD'],
    url: '/p/:token',
    schema: { hide: true },
    exposeHeadRoute: false,
    handler: orPage(async (request, reply) => {
      const opened = await answering.open(request.params.token);
      if (opened.is !== 'PAGE') return await refuse(opened, request, reply);
      return await send(reply, 200, answerPage(opened.page, telling(opened.page)));
    }),
  });
  app.route<{ Params: Params }>({
    method: 'OPTIONS',
    url: '/p/:token',
    schema: { hide: true },
    handler: async (_, reply) => await reply.status(204).header('allow', ALLOWED).send(),
  });
  app.route<{ Params: Params }>({
    method: 'POST',
    url: '/p/:token',
    schema: { hide: true },
    handler: orPage(async (request, reply) => {
      const answer = answerIn(request.body);
      const opened = await answering.open(request.params.token);
      if (opened.is !== 'PAGE') return await refuse(opened, request, reply);
      const given = await answering.give(opened.page, answer, 'LINK');
      if (wantsJson(request))
        return await reply
          .status(statusOf(given))
          .send(documentOf(given, inOneSentence(given, answer, answering.nameOf)));
      return await send(reply, statusOf(given), answerPage(given.page, telling(given.page, saidIn(given, answer))));
    }),
  });
}

/**
 * `answer=have|cannot`, as a form or as JSON; nothing is "I have it", so that a button of a chat program can be a bare POST. What says
 * something in another way may say the opposite.
 */
function answerIn(body: unknown): AnswerKind {
  const answer = body === undefined || body === '' ? 'have' : isRecord(body) ? (body['answer'] ?? '') : undefined;
  if (answer === '' || answer === 'have') return 'have';
  if (answer === 'cannot') return 'cannot';
  throw new Problem('INVALID_INPUT', 422, {
    detail: 'The answer is not one.',
    fields: [{ field: 'answer', problem: 'must be have or cannot' }],
    hint: 'Send answer=have or answer=cannot as a form, or as a JSON object.',
  });
}

/** Pressed twice is no mistake. */
const isTwice = (given: Given): boolean => given.is === 'REFUSED' && given.refusal.code === 'ALREADY_ACKNOWLEDGED';

const statusOf = (given: Given): number => (given.is === 'DONE' || isTwice(given) ? 200 : 409);

function saidIn(given: Given, answer: AnswerKind): Telling['said'] {
  if (given.is === 'DONE') return answer;
  const { person, standing } = given.page;
  // Who has it, or that it is over, is said by the page itself.
  return standing.is === 'ASKED' && !isTwice(given) ? { refused: wordsFor(person).why(given.refusal) } : undefined;
}

function documentOf(given: Given, detail: string): object {
  const { caseNumber, pageId, person, standing } = given.page;
  return {
    caseNumber,
    pageId,
    person: person.id,
    done: given.is === 'DONE',
    standing: standing.is,
    ...(standing.is === 'TAKEN' && { by: standing.by }),
    ...(standing.is === 'YOURS' && { since: standing.since }),
    ...(given.is === 'REFUSED' && { code: given.refusal.code, detail }),
  };
}

/** Programs say what they want; a browser says `text/html`. */
function wantsJson({ headers }: FastifyRequest): boolean {
  const { accept = '' } = headers;
  return (
    !accept.includes('text/html') && (accept.includes('json') || headers['content-type']?.includes('json') === true)
  );
}
