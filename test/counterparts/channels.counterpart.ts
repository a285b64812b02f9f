/**
 * What we send, judged by what others wrote: mails by Mailpit, requests to Twilio by its own OpenAPI document, cards by Microsoft's
 * library, signatures by the vendors' own. `npm run test:counterparts` installs them; what is not there fails its tests.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { Channels } from '../../activities/channels';
import type { SendResult } from '../../activities/channels/channel';
import type { Channel } from '../../activities/directory/types';
import { pageOf } from '../support/outgoing';
import { startReceiver } from '../support/receiver';
import { installed } from './tools';

const never = new AbortController().signal;
const HOSTILE = '<b>x</b> [a](javascript:1) "q" \\ <!channel> </Say>';
const hostilePage = () =>
  pageOf({ parts: { ...pageOf().parts, subject: HOSTILE, lines: ['Please take it.', HOSTILE] } });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Asked until it answers: it has no other way to say that it is up. */
async function answers(url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
  }
}

describe('Mailpit', () => {
  let mailpit: ChildProcess | undefined;
  let api: string;
  let url: string;
  beforeAll(async () => {
    const [smtp, http] = [await freePort(), await freePort()];
    mailpit = spawn(
      installed('mailpit', 'by Go'),
      ['--smtp', `127.0.0.1:${smtp}`, '--listen', `127.0.0.1:${http}`, '--enable-chaos', '--disable-version-check'],
      { stdio: 'ignore' },
    );
    [url, api] = [`smtp://127.0.0.1:${smtp}`, `http://127.0.0.1:${http}`];
    await answers(`${api}/api/v1/info`);
  });
  afterAll(() => void mailpit?.kill());

  const mail = async (page = pageOf()): Promise<SendResult> => {
    const channels = new Channels({ mail: { url, from: 'Tocsin <pages@support.example>' } }, () => undefined);
    try {
      return await channels.send(page, { kind: 'email', address: 'lee@example.com' }, never);
    } finally {
      await channels.means.close();
    }
  };
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${api}${path}`)).json()) as T;

  test('a mail is read as it was meant, and its HTML is shown by whatever a manager reads mail with', async () => {
    expect(await mail(hostilePage())).toEqual({ outcome: 'accepted' });
    const { messages } = await get<{ messages: { ID: string; Subject: string }[] }>('/api/v1/messages');
    const [first] = messages;
    expect(first?.Subject).toBe(`[E-DOWN · E-Down alert] C1234567 Acme: ${HOSTILE}`);
    const { Text, HTML } = await get<{ Text: string; HTML: string }>(`/api/v1/message/${first?.ID ?? ''}`);
    expect(Text).toContain(HOSTILE);
    expect(HTML).not.toContain('<b>x</b>');
    const { Total } = await get<{ Total: { Supported: number; Unsupported: number } }>(
      `/api/v1/message/${first?.ID ?? ''}/html-check`,
    );
    expect(Total.Supported).toBeGreaterThan(90);
    const headers = await get<Record<string, string[]>>(`/api/v1/message/${first?.ID ?? ''}/headers`);
    expect(headers['In-Reply-To']).toEqual(headers['References']);
    expect(headers['Auto-Submitted']).toEqual(['auto-generated']);
  });

  test.each([
    [451, 'retry'],
    [550, 'rejected'],
  ])('%d at the recipient: %s', async (code, outcome) => {
    const chaos = (probability: number): Promise<Response> =>
      fetch(`${api}/api/v1/chaos`, {
        method: 'PUT',
        body: JSON.stringify({ Recipient: { ErrorCode: code, Probability: probability } }),
      });
    await chaos(100);
    expect(await mail()).toEqual({ outcome, detail: `SMTP ${code}` });
    await chaos(0);
  });
});

describe('Prism on Twilio’s own document', () => {
  let prism: ChildProcess | undefined;
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    prism = spawn(
      process.execPath,
      [
        installed('node_modules/@stoplight/prism-cli/dist/index.js'),
        'mock',
        '--errors',
        '-p',
        String(port),
        installed('twilio.json', 'from GitHub, or by TOCSIN_TWILIO_OAI=<twilio_api_v2010.json>'),
      ],
      { stdio: 'ignore' },
    );
    await answers(url);
  }, 90_000);
  afterAll(() => void prism?.kill());

  const twilio = (): Channels =>
    new Channels(
      {
        publicUrl: 'https://desk.example.com',
        twilio: { sid: `AC${'0'.repeat(32)}`, token: 'secret', from: '+15550100', url },
      },
      () => undefined,
    );

  test.each<Channel>([
    { kind: 'sms', number: '+4930123456' },
    { kind: 'voice', number: '+4930123456' },
  ])('it takes what we send by $kind, whatever a customer wrote', async (channel) => {
    expect(await twilio().send(hostilePage(), channel, never)).toEqual({ outcome: 'accepted' });
  });

  test('the account is there', async () => expect(await twilio().means.twilio?.probe(never)).toBeUndefined());
});

test('Microsoft’s own library reads the card for Teams, and finds nothing wrong', async () => {
  const receiver = await startReceiver();
  const channels = new Channels({}, () => undefined);
  await channels.send(hostilePage(), { kind: 'http', preset: 'teams', fields: { url: receiver.url('/teams') } }, never);
  const { attachments } = JSON.parse(receiver.requests[0]?.body ?? '') as { attachments: { content: object }[] };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- installed for this test only
  const cards = require(installed('node_modules/adaptivecards/dist/adaptivecards.js')) as {
    AdaptiveCard: new () => {
      parse(card: object, context: object): void;
      getItemCount(): number;
      getActionCount(): number;
    };
    SerializationContext: new () => { eventCount: number };
  };
  const context = new cards.SerializationContext();
  const card = new cards.AdaptiveCard();
  card.parse(attachments[0]?.content ?? {}, context);
  expect(context.eventCount).toBe(0);
  expect([card.getItemCount(), card.getActionCount()]).toEqual([3, 1]);
  await receiver.close();
});

test('Standard Webhooks of PyPI verifies our signature, and refuses a body that was changed', async () => {
  const receiver = await startReceiver();
  const channels = new Channels({}, () => undefined);
  await channels.send(pageOf(), { kind: 'webhook', url: receiver.url('/lee'), secret: 's3cret' }, never);
  const { body, headers } = receiver.requests[0] ?? { body: '', headers: {} };
  const asked = { kind: 'standard', secret: 's3cret', headers };
  expect(verified({ ...asked, body })).toBe(true);
  expect(verified({ ...asked, body: body.replace('E-Down', 'e-down') })).toBe(false);
  await receiver.close();
});

function verified(asked: object): unknown {
  const { stdout, stderr } = spawnSync(
    join(dirname(installed('venv/bin/verifiers')), 'python'),
    [resolve('test/counterparts/verify.py')],
    {
      input: JSON.stringify(asked),
      encoding: 'utf8',
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}
