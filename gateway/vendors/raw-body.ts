/** Signatures are of the bytes as they came, so callbacks keep their body as text. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** For the routes of one scope: whatever they are sent is kept as it is. */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

export const rawOf = ({ body }: FastifyRequest): string => (typeof body === 'string' ? body : '');
