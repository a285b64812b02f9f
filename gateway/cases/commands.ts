/** `POST /v1/cases/{n}/{command}`: a route for each command of the case, made from the one table of commands. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { commandSchemas } from '../../client/schemas';
import { isRecord } from '../../workflows/core/language/shape';
import { commands } from '../../workflows/core/commands';
import { COMMANDS, type CommandName } from '../../workflows/messages';
import { callerOf } from '../auth/authenticate';
import { asItIs } from '../bodies';
import { Problem } from '../problems';
import { answerSchema, problems } from '../schemas';
import { enveloped, requestIdOf } from './envelope';
import { caseParams } from './params';
import type { Cases } from './service';

/**
 * The body of a command as documented: who acts comes from the credential, so nobody has to say it. Whatever is sent goes to
 * the case as it is, because a wish for E-Down that is badly written must be heard all the same (R37).
 */
export function bodyOf(name: CommandName): z.ZodType {
  const schema: z.ZodObject = commandSchemas[name];
  const { by, role, ...rest } = schema.shape;
  return z.object({ ...rest, by: z.optional(by as z.ZodType), role: z.optional(role as z.ZodType) });
}

/** @throws Problem for what is no JSON object */
export function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  // A command that has no field of its own needs no body.
  if (body === undefined) return {};
  if (isRecord(body)) return body;
  throw new Problem('INVALID_INPUT', 422, {
    detail: 'The body must be one JSON object.',
    fields: [{ field: 'input', problem: 'must be an object' }],
    hint: 'Send the fields of the command as one object.',
  });
}

export const commandRoutes =
  (cases: Cases): FastifyPluginCallbackZod =>
  (app, _, done) => {
    for (const name of COMMANDS) {
      app.route({
        method: 'POST',
        url: `/v1/cases/:caseNumber/${name}`,
        schema: {
          tags: ['commands'],
          operationId: name,
          summary: `${name}: ${commands[name].roles.join(', ')}`,
          params: caseParams,
          headers: z.object({ 'idempotency-key': z.string().max(100).optional() }),
          body: bodyOf(name).optional(),
          response: { 200: answerSchema, ...problems },
        },
        validatorCompiler: asItIs,
        handler: async (request) => {
          const { caseNumber } = request.params;
          const caller = callerOf(request);
          const message = enveloped(recordOf(request.body), caller, requestIdOf(request));
          return await cases.command(caller, caseNumber, name, message);
        },
      });
    }
    done();
  };
