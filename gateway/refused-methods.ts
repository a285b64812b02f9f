/** An address that exists and does not take this method is 405 with the methods that it takes, not "not found". */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound, Problem } from './problems';

interface Known {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Must be called before any route is added. */
export function refuseOtherMethods(app: FastifyInstance): void {
  const known = new Map<string, Known>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const pattern = new RegExp(`^${url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
    const entry = known.get(url) ?? { pattern, methods: new Set<string>() };
    for (const name of [method].flat()) entry.methods.add(name);
    known.set(url, entry);
  });
  const refuse = (request: FastifyRequest): never => {
    const [path = ''] = request.url.split('?');
    const methods = [...known.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((entry) => [...entry.methods]);
    if (methods.length === 0) throw notFound(path);
    const allow = [...new Set(methods)].sort().join(', ');
    throw new Problem('METHOD_NOT_ALLOWED', 405, {
      detail: `${request.method} is not possible here.`,
      hint: `Possible: ${allow}.`,
      headers: { allow },
    });
  };
  // Before anything else of it is judged: QUERY without a content type would be 400, also where there is no QUERY.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) refuse(request);
    done();
  });
  app.setNotFoundHandler(refuse);
}
