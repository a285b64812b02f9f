/** The OpenAPI 3.1 document, made from the routes, and the page to read it on, whose files are served from here. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

const DESCRIPTION = `An escalation engine for support cases: it makes sure somebody comes.

Every command takes an \`Idempotency-Key\`: the same key and body gets the first answer again, and nothing is done twice.
Errors are problem documents (RFC 9457) with a \`code\`, and \`fields\` that names every wrong field at once.
429 and 503 say in \`Retry-After\` when to come again.`;

/** A page of ours, which a telephone can read as well: the viewer says neither who it is nor how wide. */
const THEME = {
  title: 'Tocsin API',
  css: [{ filename: 'tocsin.css', content: '.swagger-ui .topbar { display: none }' }],
  js: [
    {
      filename: 'tocsin.js',
      content: `const viewport = document.createElement('meta');
viewport.name = 'viewport';
viewport.content = 'width=device-width, initial-scale=1';
document.head.append(viewport);`,
    },
  ],
};

export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tocsin',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'cases', description: 'Open a case, look at it, watch it' },
        { name: 'commands', description: 'Act on a case' },
        { name: 'rota', description: 'Who is on call' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key (`tocsin key add`), or a JWT' },
        },
      },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: THEME,
    uiConfig: { persistAuthorization: false },
  });
  // Who opens the gateway in a browser wants to know what it is.
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
