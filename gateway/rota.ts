/** `GET /v1/rota/{team}.ics`: the final shifts of a team, for a calendar to subscribe to. Staff's, and no customer's. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rotaCalendar } from '../activities/directory/ical/write';
import type { Directory } from '../activities/directory/types';
import { callerOf } from './auth/authenticate';
import { isCustomers } from './auth/credential';
import { Problem } from './problems';
import { problems } from './schemas';

/** As `tocsin directory ical` has it when nothing else is asked for. */
const AHEAD_MS = 26 * 7 * 24 * 3_600_000;

export const rotaRoutes =
  (directory: () => Directory): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.route({
      method: 'GET',
      url: '/v1/rota/:team.ics',
      schema: {
        tags: ['rota'],
        operationId: 'rotaCalendar',
        summary: 'The shifts of a team as a calendar (iCalendar): two weeks back, 26 weeks ahead.',
        params: z.object({ team: z.string().min(1).max(120).describe('emea') }),
        response: {
          200: {
            description: 'A calendar',
            content: { 'text/calendar': { schema: z.string() } },
          },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { role } = callerOf(request);
        if (isCustomers(role))
          throw new Problem('FORBIDDEN_ROLE', 403, {
            detail: `Who is on call when is not for role ${role}.`,
            hint: 'Ask with a key of an ENGINEER, MANAGER, ASSISTANT or SERVICE.',
          });
        const { team } = request.params;
        const calendar = rotaCalendar(directory(), { of: { team }, now: Date.now(), forMs: AHEAD_MS });
        if (calendar === undefined)
          throw new Problem('NOT_FOUND', 404, {
            detail: `There is no team ${team.slice(0, 100)}.`,
            hint: 'Teams are named as in directory.yaml.',
          });
        return await reply
          .type('text/calendar; charset=utf-8')
          .header('cache-control', 'private, max-age=300')
          // The document's serialiser is that of JSON.
          .serializer((text: string) => text)
          .send(calendar);
      },
    });
    done();
  };
