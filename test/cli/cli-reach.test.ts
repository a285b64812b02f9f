/** `tocsin texts check` and the probes of `directory check`, as a shell and CI run them. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startReceiver, type Receiver } from '../support/receiver';

let folder: string;
let receiver: Receiver;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-reach-'));
  receiver = await startReceiver();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await receiver.close();
});

async function tocsin(argv: readonly string[], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [path.resolve('client/tocsin.js'), ...argv], {
    env: { PATH, HOME, TOCSIN_CONFIG: folder, ...env },
  });
  const [out, err, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { exitCode, out, err };
}

function configured(channels: string): void {
  writeFileSync(
    path.join(folder, 'directory.yaml'),
    `people: [{ id: ana, name: Ana Ruiz, channels: ${channels} }]\ndutyManagers: [ana]\n`,
  );
  writeFileSync(
    path.join(folder, 'policy.yaml'),
    'hotline: "+1 555 0100"\nchannels: { normal: [sms, webhook, console] }\n',
  );
}

test('directory check asks accounts and servers, sends nothing, and is red where pages would fail', async () => {
  configured('[{ kind: sms, number: "+49 30 123456" }]');
  const missing = await tocsin(['directory', 'check']);
  expect(missing).toMatchObject({ exitCode: 1 });
  expect(missing.out).toContain('TOCSIN_TWILIO_SID is not set');
  expect(await tocsin(['directory', 'check', '--no-probe'])).toMatchObject({ exitCode: 0 });

  const account = {
    TOCSIN_TWILIO_SID: 'AC1',
    TOCSIN_TWILIO_TOKEN: 's3cret',
    TOCSIN_TWILIO_FROM: '+15550100',
    TOCSIN_TWILIO_URL: receiver.url(''),
    TOCSIN_PUBLIC_URL: receiver.url(''),
  };
  expect(await tocsin(['directory', 'check'], account)).toMatchObject({ exitCode: 0 });
  expect(receiver.requests.map(({ method, path: at }) => `${method} ${at}`).sort()).toEqual([
    'GET /2010-04-01/Accounts/AC1.json',
    'GET /healthz',
  ]);
  receiver.respond('/2010-04-01/Accounts/AC1.json', () => ({ status: 401, body: '{"code":20003}' }));
  const refused = await tocsin(['directory', 'check'], account);
  expect(refused).toMatchObject({ exitCode: 1 });
  expect(refused.out).toContain('Twilio 20003');
  expect(refused.out + refused.err).not.toContain('s3cret');
});

test('texts check: the shipped layouts say everything; one of the operator’s that lacks the link is told', async () => {
  configured('[{ kind: console }]');
  const shipped = await tocsin(['texts', 'check']);
  expect(shipped.exitCode).toBe(0);
  expect(shipped.out).toContain('Nothing is too long, missing or unknown.');
  mkdirSync(path.join(folder, 'texts'));
  writeFileSync(path.join(folder, 'texts', 'short.liquid'), '{{ page.case }} {{ page.subject }}');
  const lacking = await tocsin(['texts', 'check']);
  expect(lacking).toMatchObject({ exitCode: 1 });
  expect(lacking.out).toContain('short: has no link to answer by');
  writeFileSync(path.join(folder, 'texts', 'short.liquid'), '{{ page.kase }}');
  const unknown = await tocsin(['texts', 'check']);
  expect(unknown).toMatchObject({ exitCode: 2 });
  expect(unknown.err).toContain('short.liquid:1: there is no page.kase');
});

test('an address that is none of Temporal’s is one sentence, and no warning of a library stands before it', async () => {
  const { hostname, port } = new URL(receiver.url('/'));
  const { exitCode, out, err } = await tocsin(['case', 'list', '--deadline', '1s'], {
    TEMPORAL_ADDRESS: `${hostname}:${port}`,
    TEMPORAL_TLS: 'true',
  });
  expect([exitCode, out]).toEqual([3, '']);
  expect(err.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^SERVICE_UNAVAILABLE: What answers at 127\.0\.0\.1:\d+ is no Temporal server, and speaks no TLS: set TEMPORAL_ADDRESS /,
    ),
  ]);
});
