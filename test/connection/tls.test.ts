/** Each mistake with TLS is told as what it is, in one sentence that names the variable to set. A real server stands behind. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { connectTo } from '../../client/connect';
import { ServiceUnavailable } from '../../client';
import { tlsMistake, type Access } from '../../connection/trouble';
import { connect, TemporalUnreachable } from '../../worker/connect';
import { startLocalServer, type LocalServer } from '../../worker/temporal-server/local-server';
import { freePort } from '../../worker/temporal-server/ports';
import { removeFolder, temporaryFolder } from '../support/processes';
import { Service } from '../support/tocsin-process';
import { pem, pemFile, startTlsProxy, type Proxy } from '../support/tls-proxy';

let server: LocalServer;
let tls: Proxy;
let mutual: Proxy;
let mutual12: Proxy;
let expired: Proxy;
const WANTS_CERTIFICATE = { requestCert: true, rejectUnauthorized: true, ca: pem('ca.crt') };

beforeAll(async () => {
  server = await startLocalServer();
  tls = await startTlsProxy(server.address);
  mutual = await startTlsProxy(server.address, WANTS_CERTIFICATE);
  mutual12 = await startTlsProxy(server.address, { ...WANTS_CERTIFICATE, maxVersion: 'TLSv1.2' });
  expired = await startTlsProxy(server.address, { cert: pem('expired.crt') });
}, 300_000);
afterAll(async () => {
  for (const proxy of [tls, mutual, mutual12, expired]) await proxy.close();
  await server.stop();
});

const CA = { serverRootCACertificate: pem('ca.crt') };
const PAIR = { crt: pem('client.crt'), key: pem('client.key') };
const STRANGER = { crt: pem('other.crt'), key: pem('other.key') };

const right: readonly [string, () => Access][] = [
  ['TLS', () => ({ address: tls.address, tls: CA })],
  ['TLS by an address', () => ({ address: tls.address, tls: { ...CA, serverNameOverride: '127.0.0.1' } })],
  ['TLS by a name', () => ({ address: tls.address, tls: { ...CA, serverNameOverride: 'localhost' } })],
  ['mutual TLS', () => ({ address: mutual.address, tls: { ...CA, clientCertPair: PAIR } })],
  ['mutual TLS 1.2', () => ({ address: mutual12.address, tls: { ...CA, clientCertPair: PAIR } })],
  ['plain text', () => ({ address: server.address })],
];
test.each(right)('%s as it should be is no mistake', async (_name, access) => {
  expect(await tlsMistake(access())).toBeUndefined();
});

test('a server that is not there is no mistake with TLS', async () => {
  expect(await tlsMistake({ address: `127.0.0.1:${await freePort()}`, tls: CA })).toBeUndefined();
});

const mistakes: readonly [string, () => Access, RegExp][] = [
  [
    'a wrong CA',
    () => ({ address: tls.address, tls: { serverRootCACertificate: pem('other.crt') } }),
    /was not signed by the CA that is configured \(\w+\): set TEMPORAL_TLS_SERVER_CA_CERT_PATH/,
  ],
  [
    'no CA for a server with one of its own',
    () => ({ address: tls.address, tls: true }),
    /was not signed by a public CA \(\w+\): set TEMPORAL_TLS_SERVER_CA_CERT_PATH/,
  ],
  [
    'an API key, which goes over TLS only',
    () => ({ address: tls.address, apiKey: 'secret' }),
    /was not signed by a public CA/,
  ],
  [
    'no client certificate',
    () => ({ address: mutual.address, tls: CA }),
    /wants a client certificate and was shown none: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH\.$/,
  ],
  [
    'no client certificate, TLS 1.2',
    () => ({ address: mutual12.address, tls: CA }),
    /wants a client certificate and was shown none/,
  ],
  [
    "a stranger's client certificate",
    () => ({ address: mutual.address, tls: { ...CA, clientCertPair: STRANGER } }),
    /the client certificate.*: it must be signed by the CA that the server trusts for clients\.$/,
  ],
  [
    'a certificate with the key of another',
    () => ({ address: mutual.address, tls: { ...CA, clientCertPair: { ...PAIR, key: STRANGER.key } } }),
    /^The client certificate and its key do not belong together: set TEMPORAL_TLS_CLIENT_CERT_PATH/,
  ],
  [
    'a certificate that is none',
    () => ({ address: mutual.address, tls: { ...CA, clientCertPair: { ...PAIR, crt: Buffer.from('none') } } }),
    /^The client certificate or its key cannot be read/,
  ],
  [
    'another name',
    () => ({ address: tls.address, tls: { ...CA, serverNameOverride: 'temporal.example.com' } }),
    /is for another name than temporal\.example\.com: set TEMPORAL_TLS_SERVER_NAME/,
  ],
  [
    'another address',
    () => ({ address: tls.address, tls: { ...CA, serverNameOverride: '10.0.0.1' } }),
    /is for another name than 10\.0\.0\.1: set TEMPORAL_TLS_SERVER_NAME/,
  ],
  [
    'a certificate that has expired',
    () => ({ address: expired.address, tls: CA }),
    /has expired: it has to be renewed there\.$/,
  ],
  ['plain text to TLS', () => ({ address: tls.address }), /speaks TLS, and this side does not: set TEMPORAL_TLS=true/],
  [
    'plain text to mutual TLS',
    () => ({ address: mutual.address }),
    /speaks TLS, and this side does not: set TEMPORAL_TLS=true/,
  ],
  [
    'TLS to plain text',
    () => ({ address: server.address, tls: CA }),
    /speaks plain text, and this side TLS: unset TEMPORAL_TLS and the certificates/,
  ],
];
test.each(mistakes)('%s', async (_name, access, sentence) => {
  const told = await tlsMistake(access());
  expect(told).toMatch(sentence);
  expect(told?.split('\n')).toHaveLength(1);
});

test('an address is never asked for as a name, of which Node would warn before the sentence', async () => {
  const access = JSON.stringify({ address: tls.address, tls: { serverNameOverride: '10.0.0.1' } });
  const code = `require('ts-node').register({ swc: true });
    require('./connection/trouble').tlsMistake(${access}).then(console.log)`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--pending-deprecation', '-e', code]);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/was not signed by a public CA/);
});

test('somebody who takes the connection and says nothing is waited for seconds, not for ever', async () => {
  const silent = await startTlsProxy(undefined);
  try {
    expect(await tlsMistake({ address: silent.address, tls: CA })).toBeUndefined();
  } finally {
    await silent.close();
  }
});

test('a worker ends with the sentence', async () => {
  const target = { address: mutual.address, namespace: 'default', tls: CA };
  const refused = connect(target);
  await expect(refused).rejects.toThrow(TemporalUnreachable);
  await expect(refused).rejects.toThrow(/wants a client certificate and was shown none/);
});

test('a gateway goes on, and says the sentence on its log and to whoever asks whether it is ready', async () => {
  const folder = temporaryFolder();
  const gateway = await Service.start(
    folder,
    'gateway',
    { TEMPORAL_ADDRESS: mutual.address, TEMPORAL_TLS_SERVER_CA_CERT_PATH: pemFile('ca.crt') },
    { ready: false },
  );
  try {
    const sentence = 'wants a client certificate and was shown none';
    await gateway.until(async () => (await gateway.readyz()).detail?.includes(sentence) === true);
    expect((await gateway.readyz()).status).toBe(503);
    expect(gateway.log).toContain(sentence);
  } finally {
    await gateway.stop();
    removeFolder(folder);
  }
}, 120_000);

describe('a client', () => {
  const variables = ['TEMPORAL_TLS', 'TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_SERVER_NAME'] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  test('gets in with the right CA, and is told which one is wrong', async () => {
    process.env['TEMPORAL_TLS_SERVER_CA_CERT_PATH'] = pemFile('ca.crt');
    const { connection } = await connectTo({ address: tls.address }, 5_000);
    await connection.close();

    process.env['TEMPORAL_TLS_SERVER_CA_CERT_PATH'] = pemFile('other.crt');
    const refused = connectTo({ address: tls.address }, 2_000);
    await expect(refused).rejects.toThrow(ServiceUnavailable);
    await expect(refused).rejects.toMatchObject({ reason: 'TLS' });
    // One sentence, and nothing besides.
    await expect(refused).rejects.toThrow(
      /^The certificate of \S+ was not signed by the CA that is configured \(\w+\): [^.]+\.$/,
    );
  });
});
