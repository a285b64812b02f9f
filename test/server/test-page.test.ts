/** `tocsin test page`: sent by a worker, with what that worker has, whatever the shell has that asks for it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Webhook } from 'standardwebhooks';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { removeFolder, temporaryFolder } from '../support/processes';
import { startReceiver, type Receiver } from '../support/receiver';
import { Service, tocsin, type Ended } from '../support/tocsin-process';

const folder = temporaryFolder();
const config = join(folder, 'config');
const SECRET = 'whsec_c2VjcmV0LXRoYXQtb25seS10aGUtd29ya2VyLWtub3dz';
const ACCOUNT = 'AC1';
const SMS = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
const CALL = `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
let server: LocalServer;
let receiver: Receiver;
let connection: Connection;
let worker: Service | undefined;

const startWorker = async (): Promise<Service> =>
  (worker = await Service.start(folder, 'worker', {
    TEMPORAL_ADDRESS: server.address,
    TOCSIN_CONFIG: config,
    TOCSIN_DATA: join(folder, 'tocsin.db'),
    ANA_SECRET: SECRET,
    TOCSIN_TWILIO_SID: ACCOUNT,
    TOCSIN_TWILIO_TOKEN: 'token-of-the-worker',
    TOCSIN_TWILIO_FROM: '+15550100',
    TOCSIN_TWILIO_URL: receiver.url(''),
  }));

/** A shell with nothing but the address of the server: no configuration, no secret. */
const shell = (...args: readonly string[]): Promise<Ended> =>
  tocsin(folder, ['test', 'page', ...args], { TEMPORAL_ADDRESS: server.address });

interface Sent {
  readonly id: string;
  readonly subject?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
const paged = (): string[] => receiver.requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
const idsOf = async (): Promise<string[]> => {
  const ids: string[] = [];
  const list = new Client({ connection }).workflow.list({ query: "WorkflowType = 'testPage'" });
  for await (const { workflowId } of list) ids.push(workflowId);
  return ids;
};

beforeAll(async () => {
  mkdirSync(config);
  [server, receiver] = await Promise.all([startLocalServer(), startReceiver()]);
  connection = await Connection.connect({ address: server.address });
  receiver.respond('/down', () => ({ status: 503, headers: { 'retry-after': '30' } }));
  receiver.respond('/gone', () => ({ status: 410 }));
  for (const path of [SMS, CALL]) receiver.respond(path, () => ({ status: 201, body: '{"sid":"X1"}' }));
  const people = [
    {
      id: 'ana',
      name: 'Ana Ruiz',
      channels: [
        { kind: 'webhook', url: receiver.url('/ana'), secret: 'env:ANA_SECRET' },
        { kind: 'webhook', url: receiver.url('/down') },
        { kind: 'webhook', url: receiver.url('/gone') },
      ],
    },
    {
      id: 'ben',
      name: 'Ben Ode',
      channels: [
        { kind: 'sms', number: '+4930123456' },
        { kind: 'voice', number: '+4930123456' },
        { kind: 'email', address: 'ben@acme.example' },
      ],
    },
    { id: 'cho', name: 'Cho', channels: [] },
  ];
  writeFileSync(join(config, 'directory.yaml'), JSON.stringify({ people, dutyManagers: ['ana'] }));
  writeFileSync(
    join(config, 'policy.yaml'),
    JSON.stringify({ hotline: '+1 555 0100', channels: { normal: ['console'] } }),
  );
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  await connection?.close();
  await receiver?.close();
  await server?.stop();
  removeFolder(folder);
});

test('no worker: the shell says so with the way out, and a worker that comes later sends nothing', async () => {
  const { code, out, err } = await shell('--to', 'ana', '--deadline', '2s');
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain('no worker is answering');
  expect(err).toContain('within 2 s; it was called back');
  expect(err).toContain('Is a worker up (`npm start`, or `tocsin worker`)?');

  await startWorker();
  // One that comes after it has gone through the same queue.
  expect(await shell('--to', 'ana', '--channel', 'webhook')).toMatchObject({ code: 0 });
  expect(paged()).toEqual(['/ana']);
}, 120_000);

test('it is marked, of no case, signed with the secret of the worker, and says what came of each channel', async () => {
  const before = receiver.requests.length;
  const { code, out } = await shell('--to', 'ana', '--json');
  expect(code).toBe(1);
  const told = JSON.parse(out) as { readonly channels: readonly { readonly key: string }[] };
  expect(told).toMatchObject({
    person: 'ana',
    name: 'Ana Ruiz',
    worker: expect.stringMatching(/^\d+@/) as string,
    channels: [
      { channel: 'webhook', result: { outcome: 'accepted' } },
      { channel: 'webhook#2', result: { outcome: 'retry', detail: 'HTTP 503', afterMs: 30_000 } },
      { channel: 'webhook#3', result: { outcome: 'rejected', detail: 'HTTP 410' } },
    ],
  });
  const sent = receiver.requests.slice(before);
  // Each channel once, in their order: a test is no search.
  expect(sent.map(({ path }) => path)).toEqual(['/ana', '/down', '/gone']);
  const [first] = sent;
  const event = new Webhook(SECRET).verify(first?.body ?? '', first?.headers as Record<string, string>) as Sent;
  expect(event.subject).toBeUndefined();
  expect(event.data).toMatchObject({ purpose: 'TEST', asks: [], person: 'ana', urgent: true, attempt: 1 });
  expect(event.data['text']).toBe(
    'This is a test, Ana Ruiz: pages by webhook reach you. Nothing has happened.\nFor your information. No reply needed.',
  );
  expect(event.id).toMatch(/^test-\d{8}T\d{9}\/1\/ana\/webhook$/);
  expect(told.channels[0]?.key).toBe(event.id);
  // One workflow, whose id is the page's.
  expect(await idsOf()).toContain(event.data['pageId']);
}, 60_000);

test('telephones ring by the account of the worker, whatever the policy of calm pages says; what is not set up is named', async () => {
  const before = paged().length;
  const { code, out } = await shell('--to', 'ben');
  expect(code).toBe(1);
  expect(paged().slice(before)).toEqual([SMS, CALL]);
  expect(out).toMatch(/^Test page to Ben Ode \(ben\), by worker \d+@/);
  expect(out).toMatch(/good {3}sms: taken after \d+ ms \(test-\d{8}T\d{9}\/1\/ben\/sms\)/);
  expect(out).toMatch(/good {3}voice: taken after \d+ ms/);
  expect(out).toContain('FAILS  email: rejected: TOCSIN_SMTP_URL is not set');
  expect(out).toContain('FAILS  email: email is in the directory, and TOCSIN_SMTP_URL is not set: such pages fail');
  expect(out).not.toContain('token-of-the-worker');
}, 60_000);

test('somebody whom the worker does not know; a channel that they have not: nothing is sent', async () => {
  const before = paged().length;
  const nobody = await shell('--to', 'bob');
  expect(nobody).toMatchObject({ code: 2 });
  expect(nobody.err).toContain('The directory of the worker has no "bob".');
  const none = await shell('--to', 'ana', '--channel', 'sms');
  expect(none).toMatchObject({ code: 2 });
  expect(none.err).toContain('there are webhook, webhook#2, webhook#3');
  expect(await shell('--to', 'cho')).toMatchObject({
    code: 1,
    err: expect.stringContaining('cho has no channel: no page of a case reaches them.') as string,
  });
  expect(paged()).toHaveLength(before);
}, 60_000);
