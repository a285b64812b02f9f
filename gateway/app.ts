/** The gateway put together: what is open to everybody, what needs a credential, what vendors call, and what people click. */
import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { answerPageRoutes } from './answer-page/routes';
import { Answering } from './answering';
import { authenticate } from './auth/authenticate';
import type { Behind } from './behind';
import { takeBodies } from './bodies';
import { caseRoutes } from './cases/routes';
import { commandRoutes } from './cases/commands';
import { Cases } from './cases/service';
import { eventRoutes } from './cloud-events';
import { healthRoutes } from './health';
import { describeApi } from './openapi';
import { PROBLEM_TYPE, problemFor, sendProblem } from './problems';
import { refuseOtherMethods } from './refused-methods';
import { rotaRoutes } from './rota';
import { Feeds, streamRoutes } from './stream/routes';
import { keepRawBodies } from './vendors/raw-body';
import { slackRoutes } from './vendors/slack';
import { twilioRoutes } from './vendors/twilio';

const BODY_BYTES = 1_048_576;
/** Links, buttons and callbacks need less. */
const SMALL_BODY_BYTES = 65_536;
/** Of one address: a person clicks now and then, a vendor calls back once a page. */
const ANSWERS_PER_MINUTE = 600;
const CALLBACKS_PER_MINUTE = 6_000;

/** What every door has: errors that are problem documents, whatever was sent. */
function bareApp(log: Behind['log']): FastifyInstance {
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    // Addresses hold the secret of a link, and would stand in the log.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    // The key of a page stands in a callback's path, with a contact's name in it.
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: true,
    // Node's own refusal would be a bare 400; no address here depends on the name that a host is called by.
    http: { requireHostHeader: false },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(unreadable());
    },
  });
  app.setErrorHandler(sendProblem);
  takeBodies(app);
  refuseOtherMethods(app);
  return app;
}

/** For a process that answers nobody but whoever watches it. */
export function buildHealth({ log, health }: Pick<Behind, 'log' | 'health'>): FastifyInstance {
  const app = bareApp(log);
  healthRoutes(app, health);
  return app;
}

export async function buildGateway(behind: Behind, version: string, ownUrl: () => string): Promise<FastifyInstance> {
  const app = bareApp(behind.log);
  app.setValidatorCompiler(validatorCompiler);
  // Answers are ours; the document describes them, and schemathesis holds them to it.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.decorateRequest('credential', null);
  app.decorateRequest('holds', null);
  await app.register(rateLimit, { global: false });
  await describeApi(app, version);
  healthRoutes(app, behind.health);

  const cases = new Cases(behind.client);
  const feeds = new Feeds();
  const answering = new Answering(cases, behind.directory, behind.linkKeys);
  const publicUrl = (): string => behind.publicUrl ?? ownUrl();
  app.addHook('preClose', (done) => {
    feeds.close();
    done();
  });

  await app.register(async (v1) => {
    v1.addHook('onRequest', (request) => authenticate(request, behind.doormen));
    await v1.register(rateLimit, {
      max: behind.limits.perMinute,
      timeWindow: '1 minute',
      keyGenerator: ({ credential, ip }) => credential?.id ?? ip,
    });
    await v1.register(caseRoutes(cases));
    await v1.register(commandRoutes(cases));
    await v1.register(eventRoutes(cases));
    await v1.register(streamRoutes(cases, feeds));
    await v1.register(rotaRoutes(behind.directory));
  });
  await app.register(async (people) => {
    await people.register(formBody, { bodyLimit: SMALL_BODY_BYTES });
    await people.register(rateLimit, { max: ANSWERS_PER_MINUTE, timeWindow: '1 minute' });
    answerPageRoutes(people, answering, behind.hotline);
  });
  await app.register(async (vendors) => {
    keepRawBodies(vendors);
    await vendors.register(rateLimit, { max: CALLBACKS_PER_MINUTE, timeWindow: '1 minute' });
    const { slackSigningSecret, twilioToken } = behind.vendors;
    slackRoutes(vendors, answering, slackSigningSecret);
    twilioRoutes(vendors, {
      answering,
      cases,
      directory: behind.directory,
      publicUrl,
      token: twilioToken,
    });
  });
  return app;
}

/** What is no HTTP: answered below the framework, and a problem document all the same. */
function unreadable(): string {
  const { document } = problemFor({ statusCode: 400, code: 'BAD_REQUEST', message: 'it is not HTTP' });
  const body = JSON.stringify(document);
  return `HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
}
