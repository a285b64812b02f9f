/**
 * `POST /v1/events`: commands as CloudEvents 1.0, structured or binary. An event is known by its source and its id, so the two
 * are the request id: a broker that delivers it twice has it done once.
 */
import { createHash } from 'node:crypto';
import { HTTP } from 'cloudevents';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { FieldProblem } from '../client/errors';
import { isRecord } from '../workflows/core/language/shape';
import { COMMANDS, type CommandName } from '../workflows/messages';
import { callerOf } from './auth/authenticate';
import { asItIs, json } from './bodies';
import { recordOf } from './cases/commands';
import { enveloped } from './cases/envelope';
import type { Cases } from './cases/service';
import { Problem } from './problems';
import { answerSchema, problems } from './schemas';

const STRUCTURED = 'application/cloudevents+json';
const TYPE = 'tocsin.command.';
const LONGEST_REQUEST_ID = 100;

const attribute = z.string().min(1);
const envelope = z.object({
  specversion: z.literal('1.0'),
  id: attribute,
  source: attribute,
  type: attribute,
  subject: attribute,
});

interface Received {
  readonly name: CommandName;
  readonly caseNumber: string;
  readonly requestId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @throws Problem that names every attribute that is wrong */
function received({ headers, body }: FastifyRequest): Received {
  const isStructured = headers['content-type']?.toLowerCase().startsWith(STRUCTURED) === true;
  // Looked at before it is parsed: the SDK makes an id up where none is given, and each delivery would be another request.
  const attributes = envelope.safeParse(isStructured ? body : inHeaders(headers));
  if (!attributes.success) {
    throw wrong(
      attributes.error.issues.map(({ path, ...issue }) => ({
        field: `${isStructured ? '' : 'ce-'}${path.join('.') || 'input'}`,
        problem: problemOf(issue),
      })),
    );
  }
  const { id, source, type, subject } = attributes.data;
  const name = COMMANDS.find((command) => type === `${TYPE}${command}`);
  if (!name) throw wrong([{ field: 'type', problem: `must be ${TYPE}<command>, such as ${TYPE}escalate` }]);
  return { name, caseNumber: subject, requestId: requestIdFor(source, id), data: dataOf(headers, body, isStructured) };
}

function dataOf(
  headers: FastifyRequest['headers'],
  body: unknown,
  isStructured: boolean,
): Readonly<Record<string, unknown>> {
  if (isRecord(body) && typeof body['data_base64'] === 'string' && isStructured)
    return recordOf(ofBytes(body['data_base64']));
  if (!isStructured && body === undefined) return {};
  try {
    const event = HTTP.toEvent({
      headers: { ...headers, ...(isStructured && { 'content-type': STRUCTURED }) },
      body: JSON.stringify(body),
    });
    return recordOf([event].flat()[0]?.data ?? undefined);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw wrong([{ field: 'input', problem: (error as Error).message }]);
  }
}

/** In words of ours: whoever maps events reads them in a log, and knows no parser of this service. */
function problemOf(issue: object): string {
  if ('values' in issue) return 'must be 1.0';
  return 'expected' in issue && issue.expected === 'object' ? 'must be an object' : 'is missing, empty or no text';
}

/** As brokers send it that take every payload for bytes. */
function ofBytes(data: string): unknown {
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as unknown;
  } catch {
    throw wrong([{ field: 'data_base64', problem: 'must be JSON in base64' }]);
  }
}

const inHeaders = (headers: FastifyRequest['headers']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith('ce-') ? [[name.slice(3), value]] : [])),
  );

/** Long ones by their hash, which is as much one event's as they are. */
function requestIdFor(source: string, id: string): string {
  const both = `${source} ${id}`;
  return both.length <= LONGEST_REQUEST_ID
    ? both
    : `ce-${createHash('sha256')
        .update(JSON.stringify([source, id]))
        .digest('base64url')}`;
}

const wrong = (fields: readonly FieldProblem[]): Problem =>
  new Problem('INVALID_INPUT', 422, {
    detail: `This is no CloudEvent that names a command: ${fields.map(({ field, problem }) => `${field} ${problem}`).join('; ')}.`,
    fields,
    hint: 'Send CloudEvents 1.0 with type tocsin.command.<name>, subject the case, and the input as data.',
  });

export const eventRoutes =
  (cases: Cases): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.addContentTypeParser(STRUCTURED, { parseAs: 'string' }, json(app));
    app.route({
      method: 'POST',
      url: '/v1/events',
      schema: {
        tags: ['commands'],
        operationId: 'sendEvent',
        summary: 'A command as a CloudEvent, structured or binary; source and id are the request id',
        body: z.looseObject({}).describe('The event (structured), or its data (binary)'),
        response: { 200: answerSchema, ...problems },
      },
      validatorCompiler: asItIs,
      handler: async (request) => {
        const caller = callerOf(request);
        const { name, caseNumber, requestId, data } = received(request);
        return await cases.command(caller, caseNumber, name, enveloped(data, caller, requestId));
      },
    });
    done();
  };
