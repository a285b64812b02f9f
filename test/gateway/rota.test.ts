/** The rota as a calendar, over HTTP: for whoever has a key of staff, and for nobody else. */
import { ICAL } from '../../activities/directory/ical/library';
import { call, serveGateway, type Served } from '../support/gateway';

let served: Served;
beforeAll(async () => {
  served = await serveGateway();
});
afterAll(() => served?.close());

const get = (path: string, key?: string, headers: Record<string, string> = {}) =>
  call(served.url, path, { headers, ...(key !== undefined && { key }) });

test('whoever has a key gets the final shifts of the team, as a calendar can read them', async () => {
  const key = served.key({ name: 'desk', role: 'SERVICE' });
  const { status, headers, body } = await get('/v1/rota/world.ics', key);
  expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'text/calendar; charset=utf-8' });
  const events = new ICAL.Component(ICAL.parse(String(body['text'])) as unknown[]).getAllSubcomponents('vevent');
  expect(events.map((event) => event.getFirstPropertyValue('summary'))).toEqual(['world: Kim Su']);
});

test('a calendar that knows names and passwords only has the key as its password', async () => {
  const key = served.key({ name: 'calendar', role: 'ENGINEER', person: 'eng-kim' });
  const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}` });
  expect((await get('/v1/rota/world.ics', undefined, basic(key))).status).toBe(200);
  expect((await get('/v1/rota/world.ics', undefined, basic(`${key}x`))).status).toBe(401);
  served.revoke(key);
  expect((await get('/v1/rota/world.ics', undefined, basic(key))).status).toBe(401);
});

test('without a key nobody learns so much as which teams there are', async () => {
  for (const team of ['world', 'mars']) {
    const { status, body } = await get(`/v1/rota/${team}.ics`);
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  }
});

test('a team that there is not, and an address that is none', async () => {
  const key = served.key({ name: 'desk2', role: 'MANAGER', person: 'mgr-ana' });
  expect(await get('/v1/rota/mars.ics', key)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect((await get('/v1/rota/world', key)).status).toBe(404);
});

test.each(['CUSTOMER', 'CONTACT'] as const)('a key of role %s is refused, whichever team it asks for', async (role) => {
  const key = served.key({ name: `acme-${role}`, role, customer: '1001' });
  for (const team of ['world', 'mars'])
    expect(await get(`/v1/rota/${team}.ics`, key)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN_ROLE' } });
});

test('the OpenAPI document has it', async () => {
  const { body } = await get('/openapi.json');
  const { paths } = body as unknown as {
    paths: Record<string, { get?: { responses: object; parameters: unknown[] } }>;
  };
  const operation = paths['/v1/rota/{team}.ics']?.get;
  expect(operation?.responses).toHaveProperty(['200', 'content', 'text/calendar']);
  expect(operation?.parameters).toMatchObject([{ name: 'team', in: 'path', required: true }]);
});
