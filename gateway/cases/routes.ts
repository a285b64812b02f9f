/** Opening a case and looking at cases. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CaseFilter } from '../../client/listing';
import { openingSchema } from '../../client/schemas';
import { ATTENTION, LEVELS, SEVERITIES, STATUSES } from '../../workflows/core/language/vocabulary';
import { callerOf } from '../auth/authenticate';
import { asItIs } from '../bodies';
import { caseSchema, listSchema, managerSchema, openedSchema, problems, timelineSchema } from '../schemas';
import { recordOf } from './commands';
import { enveloped, requestIdOf } from './envelope';
import { caseParams } from './params';
import type { Cases } from './service';

/** `?severity=0&severity=1` and `?severity=0` alike. */
const oneOrMore = <S extends z.ZodType>(value: S) => z.union([value, z.array(value).min(1).max(10)]).optional();
const severities = z.enum(SEVERITIES.map(String) as [string, ...string[]]);
const name = (max: number) => z.string().min(1).max(max).optional();

const listQuery = z.strictObject({
  severity: oneOrMore(severities),
  level: oneOrMore(z.enum(LEVELS)),
  attention: oneOrMore(z.enum(ATTENTION)),
  status: oneOrMore(z.enum(STATUSES)),
  customer: name(60),
  manager: name(120),
  engineer: name(120),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

type ListQuery = z.output<typeof listQuery>;

function filterOf({ severity, limit: _, ...rest }: ListQuery, customer: string | undefined): CaseFilter {
  const wanted = severity === undefined ? undefined : [severity].flat().map(Number);
  const given = Object.entries({ ...rest, severity: wanted }).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(given) as CaseFilter), ...(customer !== undefined && { customer }) };
}

/** A customer says neither who they are nor what their contract is: it stands in their credential. */
const opening = openingSchema
  .extend({ customer: openingSchema.shape.customer.partial({ activeSupport: true, enterprise: true }) })
  .partial({ by: true, role: true });
const timelineQuery = z.object({
  after: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  last: z.coerce.number().int().min(1).max(1_000).optional().describe('The youngest so many instead'),
});

export const caseRoutes =
  (cases: Cases): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.route({
      method: 'POST',
      url: '/v1/cases',
      schema: {
        tags: ['cases'],
        operationId: 'openCase',
        summary: 'Open a case. The same Idempotency-Key and body gets the case that there is.',
        headers: z.object({ 'idempotency-key': z.string().max(100).optional() }),
        body: opening,
        response: { 201: openedSchema, 200: openedSchema, ...problems },
      },
      // Judged by the client, in the words in which a case refuses.
      validatorCompiler: asItIs,
      handler: async (request, reply) => {
        const caller = callerOf(request);
        const opened = await cases.open(caller, enveloped(recordOf(request.body), caller, requestIdOf(request)));
        const location = `/v1/cases/${encodeURIComponent(opened.caseNumber)}`;
        return await reply
          .status(opened.repeated ? 200 : 201)
          .header('location', location)
          .send(opened);
      },
    });
    app.route({
      method: 'GET',
      url: '/v1/cases',
      schema: {
        tags: ['cases'],
        operationId: 'listCases',
        summary: 'Cases by what they show now, the most urgent first; the list lags a moment behind them.',
        querystring: listQuery,
        response: { 200: listSchema, ...problems },
      },
      handler: async (request) => {
        const { customer } = callerOf(request);
        const filter = filterOf(request.query, customer);
        // What a customer asks of another customer's finds nothing, like a number that nobody has.
        if (customer !== undefined && (request.query.customer ?? customer) !== customer) return { cases: [], more: 0 };
        return await cases.client().listing(filter, { limit: request.query.limit });
      },
    });
    const look = (
      url: string,
      operationId: string,
      summary: string,
      schema: z.ZodType,
      ask: (client: ReturnType<Cases['client']>, caseNumber: string) => Promise<unknown>,
    ): void => {
      app.route({
        method: 'GET',
        url,
        schema: { tags: ['cases'], operationId, summary, params: caseParams, response: { 200: schema, ...problems } },
        handler: async (request, reply) => {
          const { caseNumber } = request.params;
          return await reply.send(await cases.look(callerOf(request), caseNumber, (client) => ask(client, caseNumber)));
        },
      });
    };
    look('/v1/cases/:caseNumber', 'getCase', 'The whole picture of a case', caseSchema, (client, n) =>
      client.getCase(n),
    );
    look('/v1/cases/:caseNumber/manager', 'getManager', 'Who manages a case, in every state', managerSchema, (c, n) =>
      c.getManager(n),
    );
    app.route({
      method: 'GET',
      url: '/v1/cases/:caseNumber/timeline',
      schema: {
        tags: ['cases'],
        operationId: 'getTimeline',
        summary:
          'What happened, over all runs of the case, the oldest first; `after` pages through it, `last` begins at its end',
        params: caseParams,
        querystring: timelineQuery,
        response: { 200: timelineSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { caseNumber } = request.params;
        const { last, ...page } = request.query;
        const wanted = last === undefined ? page : { last };
        return await reply.send(
          await cases.look(callerOf(request), caseNumber, (client) => client.getTimeline(caseNumber, wanted)),
        );
      },
    });
    done();
  };
