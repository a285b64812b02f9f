/** The HTTP API as a service sees it: who acts comes from the credential, nothing is done twice, and every no is a document. */
import { connect } from 'node:net';
import { eDownAnswers } from '../support/answer-pages';
import { call, opening, serveGateway, type Served } from '../support/gateway';

let served: Served;
let crm: string;
let maria: string;
let rival: string;
let lee: string;
beforeAll(async () => {
  served = await serveGateway();
  crm = served.key({ name: 'crm', role: 'SERVICE', onBehalf: true });
  maria = served.key({ name: 'maria', role: 'CUSTOMER', customer: '1001' });
  rival = served.key({ name: 'rob', role: 'CUSTOMER', customer: '2002' });
  lee = served.key({ name: 'lee-phone', role: 'ENGINEER', person: 'eng-lee' });
}, 120_000);
afterAll(() => served?.close());

const to = (path: string, key?: string, json?: unknown, headers: Record<string, string> = {}) =>
  call(served.url, path, { ...(key !== undefined && { key }), ...(json !== undefined && { json }), headers });

test('a case is opened once, whoever asks how often', async () => {
  const first = await to('/v1/cases', crm, opening('C1000001'), { 'idempotency-key': 'open-1' });
  expect(first).toMatchObject({ status: 201, body: { caseNumber: 'C1000001', owner: 'eng-lee', repeated: false } });
  expect(first.headers.get('location')).toBe('/v1/cases/C1000001');
  const again = await to('/v1/cases', crm, opening('C1000001'), { 'idempotency-key': 'open-1' });
  expect(again).toMatchObject({ status: 200, body: { repeated: true } });
  expect(
    await to('/v1/cases', crm, opening('C1000001', { severity: 2 }), { 'idempotency-key': 'open-1' }),
  ).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  expect(await to('/v1/cases/C1000001', crm)).toMatchObject({ status: 200, body: { title: 'Everything is slow' } });
});

test('the same Idempotency-Key and body does nothing twice', async () => {
  await served.open('C1000002');
  const key = { 'idempotency-key': 'esc-1' };
  const first = await to('/v1/cases/C1000002/escalate', maria, {}, key);
  expect(first).toMatchObject({ status: 200, body: { level: 'M1' } });
  expect(await to('/v1/cases/C1000002/escalate', maria, {}, key)).toMatchObject({ body: { seq: first.body['seq'] } });
  expect(await to('/v1/cases/C1000002/escalate', maria, { reason: 'INACTIVITY' }, key)).toMatchObject({
    status: 409,
    body: { code: 'IDEMPOTENCY_CONFLICT' },
  });
  const { events } = (await served.tocsin.getTimeline('C1000002')) ?? {};
  expect(events.filter(({ type }) => type === 'Escalated')).toMatchObject([{ requestId: 'esc-1' }]);
});

test('who acts comes from the credential, whatever the body says', async () => {
  await served.open('C1000003');
  const forged = { by: 'mgr-ana', role: 'MANAGER', channel: 'DESK', means: 'LINK', requestedBy: 'mgr-ben' };
  expect((await to('/v1/cases/C1000003/escalate', maria, forged)).status).toBe(200);
  expect((await to('/v1/cases/C1000003/acknowledge', lee, forged)).status).toBe(200);
  const { events } = await served.tocsin.getTimeline('C1000003');
  expect(events.find(({ type }) => type === 'Escalated')).toMatchObject({ by: 'maria', channel: 'CASE_TRACKER' });
  const acknowledged = events.find(({ type }) => type === 'PageAcknowledged');
  expect(acknowledged).toMatchObject({ by: 'eng-lee', role: 'ENGINEER', channel: 'API' });
  expect(acknowledged).not.toHaveProperty('requestedBy');
  expect(acknowledged?.data).not.toHaveProperty('means');
});

test('a role may be left out where one only is allowed: by gateway, update and signal', async () => {
  const accepted = async (caseNumber: string, accept: () => Promise<unknown>): Promise<void> => {
    await served.open(caseNumber);
    await served.tocsin.update(caseNumber, 'escalate', { by: 'maria', role: 'CUSTOMER' });
    await accept();
    const { owners } = await served.tocsin.getCase(caseNumber);
    expect([caseNumber, owners.manager]).toEqual([caseNumber, 'mgr-ana']);
  };
  const by = { by: 'mgr-ana' } as const;
  await accepted('C1000041', () => to('/v1/cases/C1000041/acceptEscalation', crm, by));
  await accepted('C1000042', () => served.tocsin.update('C1000042', 'acceptEscalation', by));
  await accepted('C1000043', () => served.tocsin.signal('C1000043', 'acceptEscalation', by));
  // Where several may, nobody is taken for one of them.
  expect(await to('/v1/cases/C1000043/recordProgress', crm, { ...by, summary: 'x', substantive: true })).toMatchObject({
    status: 422,
    body: { fields: [{ field: 'role' }] },
  });
});

test('a service that speaks for others says for whom; one that does not is itself', async () => {
  await served.open('C1000004');
  const spoken = await to('/v1/cases/C1000004/acknowledge', crm, { by: 'eng-lee', role: 'ENGINEER' });
  expect(spoken.status).toBe(200);
  const plain = served.key({ name: 'robot', role: 'SERVICE' });
  expect(await to('/v1/cases/C1000004/acknowledge', plain, { by: 'eng-lee', role: 'ENGINEER' })).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN_ROLE' },
  });
});

test('a customer sees their own cases, and any other answers like one that does not exist', async () => {
  await served.open('C1000005');
  for (const path of ['', '/timeline', '/manager', '/stream'] as const) {
    const others = await to(`/v1/cases/C1000005${path}`, rival);
    const nobodys = await to(`/v1/cases/C9999999${path}`, rival);
    expect(others.status).toBe(404);
    expect(JSON.stringify(others.body).replaceAll('C1000005', 'C9999999')).toBe(JSON.stringify(nobodys.body));
  }
  expect(await to('/v1/cases/C1000005/escalate', rival, {})).toMatchObject({
    status: 404,
    body: { code: 'CASE_NOT_FOUND' },
  });
  const event = { specversion: '1.0', id: '1', source: '/x', type: 'tocsin.command.escalate', subject: 'C1000005' };
  expect((await to('/v1/events', rival, event, { 'content-type': 'application/cloudevents+json' })).status).toBe(404);
  expect(await to('/v1/cases', rival, opening('C1000006'))).toMatchObject({
    status: 403,
    body: { fields: [{ field: 'customer.number' }] },
  });
  expect((await to('/v1/cases/C1000005', maria)).status).toBe(200);
  expect((await to('/v1/cases?customer=1001', rival)).body).toEqual({ cases: [], more: 0 });
  const { events } = await served.tocsin.getTimeline('C1000005');
  expect(events.filter(({ type }) => type === 'Escalated')).toEqual([]);
});

test('a number of another customer’s is taken, and no more is to be heard of it: not by which request, nor that it was ended', async () => {
  const own = { number: '2002', name: 'Rival', activeSupport: true, enterprise: true };
  const key = { 'idempotency-key': 'order-4711' };
  const asRival = async (caseNumber: string, headers = {}) => {
    const { status, body } = await to('/v1/cases', rival, opening(caseNumber, { customer: own }), headers);
    return { status, body };
  };
  expect((await to('/v1/cases', maria, opening('C1000030'), key)).status).toBe(201);
  const taken = await asRival('C1000030');
  expect(taken).toMatchObject({ status: 409, body: { code: 'CASE_EXISTS' } });
  expect(await asRival('C1000030', key)).toEqual(taken);
  await served.tocsin.temporal.workflow.getHandle('C1000030').terminate('opened for the wrong customer');
  expect(await asRival('C1000030', key)).toEqual(taken);
  // What is no number is refused by name, as for everybody.
  expect(await asRival('x'.repeat(500_000))).toMatchObject({ status: 422, body: { code: 'INVALID_CASE_NUMBER' } });

  // Who runs the desk may open it again for whom it is; then it is that customer's from the first moment.
  expect((await to('/v1/cases/C1000030', maria)).status).toBe(200);
  expect((await to('/v1/cases', crm, opening('C1000030', { customer: own }))).status).toBe(201);
  expect((await to('/v1/cases/C1000030', maria)).status).toBe(404);
  expect((await to('/v1/cases/C1000030', rival)).status).toBe(200);
});

describe('what a customer’s contract is', () => {
  const E_DOWN = { severity: 0, eDown: eDownAnswers({ name: 'pat', reach: 'ON_SITE', number: '+1 555 0199' }) };
  const claimed = (caseNumber: string) => opening(caseNumber, { severity: 2 });

  test('is not believed of the customer: an E-Down is taken provisionally, and a manager is asked', async () => {
    expect((await to('/v1/cases', maria, claimed('C1000020'))).status).toBe(201);
    expect((await to('/v1/cases/C1000020/changeSeverity', maria, E_DOWN)).status).toBe(200);
    const { body } = await to('/v1/cases/C1000020', crm);
    expect(body['emergency']).toBe('ACTIVE');
    expect(body['attention']).toContain('PROVISIONAL_ENTITLEMENT');
    const contract = { activeSupport: true, enterprise: true };
    expect((await to('/v1/cases/C1000020/updateEntitlement', maria, contract)).status).toBe(403);
  });

  test.each([
    ['yes', { activeSupport: true, enterprise: true }, 'C1000021', 200, undefined],
    ['no', { activeSupport: false, enterprise: true }, 'C1000022', 409, 'NOT_ACTIVE_SUPPORT'],
    ['half', { activeSupport: true, enterprise: false }, 'C1000023', 409, 'NOT_ENTERPRISE_CUSTOMER'],
  ])('stands in their key: %s', async (name, entitlement, caseNumber, status, code) => {
    const key = served.key({ name, role: 'CUSTOMER', customer: '1001', ...entitlement });
    expect((await to('/v1/cases', key, claimed(caseNumber))).status).toBe(201);
    const raised = await to(`/v1/cases/${caseNumber}/changeSeverity`, key, E_DOWN);
    expect([raised.status, raised.body['code']]).toEqual([status, code]);
    const { body } = await to(`/v1/cases/${caseNumber}`, crm);
    expect(body['emergency']).toBe(status === 200 ? 'ACTIVE' : 'NONE');
    expect(body['attention']).not.toContain('PROVISIONAL_ENTITLEMENT');
  });

  test('need not be written by them, and is believed of a service', async () => {
    const { activeSupport: _, enterprise: __, ...customer } = opening('').customer;
    expect((await to('/v1/cases', maria, { ...claimed('C1000024'), customer })).status).toBe(201);
    expect(await to('/v1/cases', crm, { ...claimed('C1000025'), customer })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'customer.activeSupport' }, { field: 'customer.enterprise' }] },
    });
    expect((await to('/v1/cases', crm, claimed('C1000026'))).status).toBe(201);
    expect(
      (await to('/v1/cases/C1000026/changeSeverity', crm, { ...E_DOWN, by: 'pat', role: 'CUSTOMER' })).status,
    ).toBe(200);
    expect((await to('/v1/cases/C1000026', crm)).body['attention']).not.toContain('PROVISIONAL_ENTITLEMENT');
  });
});

test('cases are listed by what they show', async () => {
  await served.open('C1000007', { severity: 3 });
  const find = async (): Promise<unknown> => (await to('/v1/cases?severity=3&severity=2&limit=5', crm)).body['cases'];
  await eventually(find, (cases) => JSON.stringify(cases).includes('C1000007'));
  expect(await to('/v1/cases?severity=9', crm)).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } });
  expect(await to('/v1/cases?sverity=1', crm)).toMatchObject({ status: 422 });
});

test('a wrong input names every wrong field at once, in the words of the case', async () => {
  await served.open('C1000008');
  expect(await to('/v1/cases/C1000008/recordProgress', lee, { summary: 4 })).toMatchObject({
    status: 422,
    body: {
      type: 'urn:tocsin:problem:invalid-input',
      status: 422,
      code: 'INVALID_INPUT',
      fields: [{ field: 'summary' }, { field: 'substantive' }],
    },
  });
  expect(await to('/v1/cases', crm, { title: 'x' })).toMatchObject({ status: 422 });
  for (const body of [[], 'text', 7, null])
    expect((await to('/v1/cases/C1000008/escalate', lee, body)).status).toBe(422);
  expect(await to('/v1/cases/C1000008/escalate', lee, {}, { 'idempotency-key': 'x'.repeat(101) })).toMatchObject({
    status: 422,
    body: { fields: [{ field: 'Idempotency-Key' }] },
  });
});

test('a wish for E-Down is heard, however badly it is written (R37)', async () => {
  await served.open('C1000009');
  expect(await to('/v1/cases/C1000009/requestEDown', maria, { eDown: { totalUsers: 'many' } })).toMatchObject({
    status: 200,
    body: { events: expect.arrayContaining(['EDownRequested']) as unknown },
  });
});

describe('every no is a problem document', () => {
  const isProblem = ({ status, headers, body }: Awaited<ReturnType<typeof to>>): void => {
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ status, code: expect.any(String) as unknown, detail: expect.any(String) as unknown });
  };

  test('no credential, and one that does not count, on every route behind /v1', async () => {
    const { body } = await call(served.url, '/openapi.json');
    const paths = Object.entries(body['paths'] as Record<string, Record<string, unknown>>);
    expect(paths.length).toBeGreaterThan(30);
    for (const [path, methods] of paths) {
      for (const method of Object.keys(methods)) {
        for (const key of [undefined, 'tcs_0000000000_' + 'x'.repeat(43), 'nonsense']) {
          const answered = await call(served.url, path.replace('{caseNumber}', 'C1000001'), {
            method: method.toUpperCase(),
            ...(key !== undefined && { key }),
          });
          isProblem(answered);
          expect([path, answered.status]).toEqual([path, 401]);
          expect(answered.headers.get('www-authenticate')).toContain('Bearer');
        }
      }
    }
  });

  test.each([
    ['/nothing', 'GET', 404],
    ['/v1/cases/C1000001/escalate', 'GET', 405],
    ['/v1/cases/C1000001', 'DELETE', 405],
    ['/healthz', 'POST', 405],
    ['/v1/cases', 'QUERY', 405],
    ['/v1/cases/C1000001', 'QUERY', 405],
    ['/v1/nothing', 'QUERY', 404],
    ['/p/abc', 'PUT', 405],
    ['/%E0%A4%A', 'GET', 400],
  ])('%s %s is %i', async (path, method, status) => {
    const answered = await call(served.url, path, { method, key: crm });
    isProblem(answered);
    expect(answered.status).toBe(status);
    if (status === 405) expect(answered.headers.get('allow')).toMatch(/[A-Z]/);
  });

  test('broken JSON, another content type, and a body of ten megabytes', async () => {
    const post = (body: string, type: string) =>
      call(served.url, '/v1/cases', { method: 'POST', key: crm, body, headers: { 'content-type': type } });
    const broken = await post('{"a":', 'application/json');
    isProblem(broken);
    expect(broken).toMatchObject({ status: 400, body: { code: 'INVALID_JSON' } });
    const text = await post('a=b', 'application/xml');
    isProblem(text);
    expect(text).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    const large = await post(`{"title":"${'x'.repeat(10_000_000)}"}`, 'application/json');
    isProblem(large);
    expect(large).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  });

  test('who writes ten megabytes before reading hears the no, with a credential or without', async () => {
    const { hostname, port } = new URL(served.url);
    const body = Buffer.alloc(10_000_000, 'x');
    const sent = (key: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname).pause().on('error', reject);
        socket.once('data', (answer) => {
          resolve(String(answer).slice(0, 12));
          socket.destroy();
        });
        const head = `POST /v1/cases HTTP/1.1\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\nconnection: close\r\n`;
        socket.write(`${head}content-length: ${body.length}\r\n\r\n`);
        socket.write(body, () => socket.resume());
      });
    for (let time = 0; time < 5; time++)
      expect([await sent(crm), await sent('nobody')]).toEqual(['HTTP/1.1 413', 'HTTP/1.1 401']);
  });

  test('no body is no fields, whatever its type is said to be', async () => {
    await served.open('C1000013');
    const post = (more: RequestInit) =>
      call(served.url, '/v1/cases/C1000013/requestManagerContact', { method: 'POST', key: lee, ...more });
    const accepted = { status: 200, body: { caseNumber: 'C1000013' } };
    expect(await post({})).toMatchObject(accepted);
    expect(await post({ body: '', headers: { 'content-type': 'application/json' } })).toMatchObject(accepted);
  });

  test('a key that is revoked or expired counts no more, at once', async () => {
    const key = served.key({ name: 'short', role: 'SERVICE' });
    expect((await to('/v1/cases/C1000001', key)).status).toBe(200);
    served.revoke(key);
    expect((await to('/v1/cases/C1000001', key)).status).toBe(401);
    const old = served.key({ name: 'old', role: 'SERVICE', expiresAt: new Date(Date.now() - 1).toISOString() });
    expect((await to('/v1/cases/C1000001', old)).status).toBe(401);
  });
});

describe('CloudEvents', () => {
  const attributes = { specversion: '1.0', source: '/crm', type: 'tocsin.command.recordProgress' };
  const data = { summary: 'A rebuild runs.', substantive: true };

  test('structured and binary; delivered twice, they are done once', async () => {
    await served.open('C1000010');
    const structured = { ...attributes, id: 'a', subject: 'C1000010', data };
    for (let delivery = 0; delivery < 2; delivery++) {
      const sent = await to('/v1/events', lee, structured, { 'content-type': 'application/cloudevents+json' });
      expect(sent).toMatchObject({ status: 200, body: { caseNumber: 'C1000010' } });
    }
    const binary = {
      'ce-specversion': '1.0',
      'ce-source': '/crm',
      'ce-type': attributes.type,
      'ce-subject': 'C1000010',
    };
    expect((await to('/v1/events', lee, data, { ...binary, 'ce-id': 'b' })).status).toBe(200);
    const { events } = await served.tocsin.getTimeline('C1000010');
    expect(events.filter(({ type }) => type === 'ProgressRecorded')).toMatchObject([
      { requestId: '/crm a', by: 'eng-lee' },
      { requestId: '/crm b', by: 'eng-lee' },
    ]);
  });

  test('a media type in capitals, and data as bytes, are the same event; an answer in binary mode needs no data', async () => {
    await served.open('C1000014');
    const sent = (id: string, more: object, type: string) =>
      to('/v1/events', lee, { ...attributes, id, subject: 'C1000014', ...more }, { 'content-type': type });
    const bytes = Buffer.from(JSON.stringify(data)).toString('base64');
    expect((await sent('a', { data }, 'Application/CloudEvents+JSON')).status).toBe(200);
    expect((await sent('b', { data_base64: bytes }, 'application/cloudevents+json')).status).toBe(200);
    expect(await sent('c', { data_base64: 'e30' + '=x' }, 'application/cloudevents+json')).toMatchObject({
      status: 422,
    });
    const binary = { 'ce-specversion': '1.0', 'ce-source': '/crm', 'ce-id': 'd', 'ce-subject': 'C1000014' };
    const answered = await call(served.url, '/v1/events', {
      method: 'POST',
      key: lee,
      headers: { ...binary, 'ce-type': 'tocsin.command.requestManagerContact' },
    });
    expect(answered.status).toBe(200);
  });

  test('one without an id, of another type or of no case is refused, by attribute', async () => {
    const send = (event: object) => to('/v1/events', lee, event, { 'content-type': 'application/cloudevents+json' });
    expect(await send({ ...attributes, subject: 'C1000010', data })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'id' }] },
    });
    expect(await send({ ...attributes, type: 'com.example', id: '1', subject: 'C1000010', data })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'type' }] },
    });
    expect((await to('/v1/events', lee, data)).status).toBe(422);
  });
});

test('the document is OpenAPI 3.1 and the page to read it on loads nothing from elsewhere', async () => {
  const { body } = await call(served.url, '/openapi.json');
  expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Tocsin' } });
  expect(Object.keys(body['paths'] as object)).toEqual(
    expect.arrayContaining([
      '/v1/cases',
      '/v1/cases/{caseNumber}/escalate',
      '/v1/cases/{caseNumber}/stream',
      '/v1/events',
    ]),
  );
  const page = await fetch(`${served.url}/docs/`);
  expect(page.status).toBe(200);
  expect(await page.text()).not.toMatch(/(?:src|href)="https?:/);
});

test('what a case cannot take at once is refused with when to come again, and nothing that was accepted is lost', async () => {
  await served.open('C1000011');
  const sent = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      to('/v1/cases/C1000011/recordProgress', lee, { summary: `Step ${n}.`, substantive: false }),
    ),
  );
  const refused = sent.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, headers, body } of refused) {
    expect(status).toBe(429);
    expect(body['code']).toBe('CASE_BUSY');
    expect(headers.get('retry-after')).toBe('1');
  }
  const { events } = await served.tocsin.getTimeline('C1000011', { limit: 1_000 });
  const recorded = events.filter(({ type }) => type === 'ProgressRecorded');
  expect(recorded).toHaveLength(sent.length - refused.length);
});

/** The list lags a moment behind the cases. */
async function eventually<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<void> {
  while (!isSo(await ask()));
}

test('a case that was ended from outside says so first; what is sent to it is gone, and its timeline is there', async () => {
  await served.open('C1000077');
  const handle = served.tocsin.temporal.workflow.getHandle('C1000077');
  await handle.terminate('a click');
  const endedOutside = { how: 'TERMINATED', by: expect.any(String) as string, reason: 'a click' };
  const seen = await to('/v1/cases/C1000077', maria);
  expect(seen).toMatchObject({ status: 200, body: { endedOutside, nextDue: null, pages: [], needs: [] } });
  expect(Object.keys(seen.body)[0]).toBe('endedOutside');
  expect(await to('/v1/cases/C1000077/manager', maria)).toMatchObject({ status: 200, body: { endedOutside } });
  expect(await to('/v1/cases/C1000077/timeline?last=1', maria)).toMatchObject({
    status: 200,
    body: { endedOutside, events: [{ seq: expect.any(Number) as number }], missing: [] },
  });
  const refused = await to('/v1/cases/C1000077/escalate', maria, {});
  expect(refused).toMatchObject({ status: 410, body: { code: 'CASE_CLOSED', endedOutside } });
  expect(refused.body['detail']).toMatch(
    /^This case was ended from outside \(terminated\) at .* UTC by .*: a click\. Nobody works on it/,
  );

  // In the list as soon as the lists of the server know.
  for (;;) {
    const { body } = await to('/v1/cases', maria);
    const [first] = body['cases'] as { caseNumber: string; endedOutside?: object }[];
    if (first?.caseNumber !== 'C1000077') continue;
    expect(first).toMatchObject({ endedOutside, urgency: 0, waitsFor: null, attention: [] });
    break;
  }
  // As the client has it; and what is left out is counted.
  const customer = '1001';
  const { cases, more } = await served.tocsin.listing({ customer });
  expect((await to('/v1/cases', maria)).body).toEqual(JSON.parse(JSON.stringify({ cases, more })));
  expect(cases.length).toBeGreaterThan(1);
  expect((await to('/v1/cases?limit=1', maria)).body).toMatchObject({
    cases: [{ caseNumber: 'C1000077' }],
    more: cases.length - 1,
  });
});
