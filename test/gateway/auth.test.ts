/** Who is let in: keys that are kept as hashes only, and tokens of an identity provider that say what they may do here. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { BadKey, credentialOf, newKey, type KeyWanted } from '../../gateway/auth/api-key';
import { jwtVerifier } from '../../gateway/auth/jwt';
import { KeysOutOfReach } from '../../gateway/auth/provider-keys';
import { BadKeysFile, keysSource, readKeys, writeKeys } from '../../gateway/auth/keys-file';
import { settingsFrom } from '../../gateway';
import { resolveSecret } from '../../worker/config/secrets';
import { whileCollecting } from '../support/collecting';
import { PACKAGE_ROOT } from '../../worker/package-root';

const run = promisify(execFile);
const CLI = join(PACKAGE_ROOT, 'client', 'tocsin.js');

const NOW = Date.UTC(2026, 10, 27);
const DAY_MS = 24 * 3_600_000;

describe('API keys', () => {
  test('a key is whom it was made for, and only that key is', () => {
    const { text, record } = newKey({ name: 'lee-phone', role: 'ENGINEER', person: 'eng-lee' }, NOW);
    expect(credentialOf([record], text, NOW)).toEqual({
      id: `key:${record.id}`,
      by: 'eng-lee',
      role: 'ENGINEER',
      channel: 'API',
      onBehalf: false,
    });
    const other = newKey({ name: 'x', role: 'SERVICE' }, NOW);
    const forged = `tcs_${record.id}_${other.text.split('_').slice(2).join('_')}`;
    for (const wrong of [forged, other.text, `${text}x`, text.slice(0, -1), 'tcs_', ''])
      expect(credentialOf([record], wrong, NOW)).toBeUndefined();
  });

  test('it ends when it expires, and when it is revoked', () => {
    const expiresAt = new Date(NOW + DAY_MS).toISOString();
    const { text, record } = newKey({ name: 'crm', role: 'SERVICE', expiresAt }, NOW);
    expect(credentialOf([record], text, NOW + DAY_MS - 1)).toBeDefined();
    expect(credentialOf([record], text, NOW + DAY_MS)).toBeUndefined();
    expect(credentialOf([{ ...record, revokedAt: new Date(NOW).toISOString() }], text, NOW)).toBeUndefined();
  });

  test.each<[KeyWanted, RegExp]>([
    [{ name: 'a', role: 'CUSTOMER' }, /needs --customer/],
    [{ name: 'a', role: 'CONTACT' }, /needs --customer/],
    [{ name: 'a', role: 'SERVICE', customer: '1' }, /goes with role CUSTOMER/],
    [{ name: 'a', role: 'MANAGER' }, /needs --person/],
    [{ name: 'a', role: 'ENGINEER', person: 'lee', onBehalf: true }, /role SERVICE only/],
    [{ name: 'a', role: 'SERVICE', person: 'lee', onBehalf: true }, /no --person/],
  ])('%j makes no sense', (wanted, sentence) => {
    expect(() => newKey(wanted, NOW)).toThrow(BadKey);
    expect(() => newKey(wanted, NOW)).toThrow(sentence);
  });
});

describe('their file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tocsin-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('has no secret in it, and is its owner’s only', () => {
    const file = join(folder, 'deep', 'keys.yaml');
    const { text, record } = newKey({ name: 'crm', role: 'SERVICE', onBehalf: true }, NOW);
    writeKeys(file, [record]);
    expect(readKeys(file)).toEqual([record]);
    expect(readFileSync(file, 'utf8')).not.toContain(text.split('_').slice(2).join('_'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('of keys that are made at once none is lost, and whoever died while making one keeps nobody out', async () => {
    const file = join(folder, 'keys.yaml');
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, 0, 0);
    const made = Array.from({ length: 4 }, (_, n) =>
      run('node', [CLI, 'key', 'add', `n${n}`, '--role', 'SERVICE'], { env: { ...process.env, TOCSIN_KEYS: file } }),
    );
    await Promise.all(made);
    expect(
      readKeys(file)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(readdirSync(folder)).toEqual(['keys.yaml']);
  });

  test('a broken edit lets nobody in who was not, and nobody out who was', () => {
    const file = join(folder, 'keys.yaml');
    const told: string[] = [];
    const keys = keysSource(file, { error: (line) => void told.push(line) });
    expect(keys()).toEqual([]);
    const { record } = newKey({ name: 'crm', role: 'SERVICE' }, NOW);
    writeKeys(file, [record]);
    expect(keys()).toEqual([record]);
    writeFileSync(file, 'keys: [{ id: 1 }]');
    expect(keys()).toEqual([record]);
    expect(told).toEqual([expect.stringContaining('is no list of keys')]);
    expect(() => readKeys(file)).toThrow(BadKeysFile);
  });
});

describe('tokens of an identity provider', () => {
  const settings = { issuer: 'https://id.example', audience: 'tocsin', claimPrefix: 'tocsin_' };

  /** `isSlow`: it begins an answer that never ends. */
  async function provider(isSlow = () => false) {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    const keys = JSON.stringify({ keys: [jwk] });
    const server = createServer((_, response) => {
      if (isSlow()) response.write(keys.slice(0, 5));
      else response.end(keys);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const sign = (claims: object, { issuer = settings.issuer, audience = 'tocsin', expires = '5m' } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject('u-17')
        .setExpirationTime(expires)
        .sign(privateKey);
    const close = async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    };
    return { verify: jwtVerifier({ ...settings, jwksUrl }), sign, close };
  }

  test('keys that come byte by byte and never end are out of reach, and the next look has them', async () => {
    let isSlow = true;
    const { verify, sign, close } = await provider(() => isSlow);
    const token = await sign({ tocsin_role: 'SERVICE' });
    await whileCollecting(() => expect(verify(token)).rejects.toBeInstanceOf(KeysOutOfReach));
    isSlow = false;
    expect(await verify(token)).toMatchObject({ role: 'SERVICE' });
    await close();
  }, 30_000);

  test('who it is, is in our claims; without them a valid token is nobody here', async () => {
    const { verify, sign, close } = await provider();
    expect(await verify(await sign({ tocsin_role: 'CUSTOMER', tocsin_customer: '1001' }))).toMatchObject({
      by: 'u-17',
      role: 'CUSTOMER',
      channel: 'CASE_TRACKER',
      customer: '1001',
      onBehalf: false,
    });
    const customer = { tocsin_role: 'CUSTOMER', tocsin_customer: '1001' };
    expect(
      await verify(await sign({ ...customer, tocsin_active_support: true, tocsin_enterprise: false })),
    ).toMatchObject({
      activeSupport: true,
      enterprise: false,
    });
    expect(await verify(await sign({ ...customer, tocsin_enterprise: 'yes' }))).toBeUndefined();
    expect(await verify(await sign({ tocsin_role: 'MANAGER', tocsin_person: 'mgr-ana' }))).toMatchObject({
      by: 'mgr-ana',
    });
    for (const claims of [
      {},
      { tocsin_role: 'CUSTOMER' },
      { tocsin_role: 'MANAGER' },
      { tocsin_role: 'KING' },
      { tocsin_role: 'SERVICE', tocsin_customer: '1001' },
    ])
      expect(await verify(await sign(claims))).toBeUndefined();
    await close();
  });

  test('another issuer or audience, an expired one, another key and no signature are refused', async () => {
    const { verify, sign, close } = await provider();
    const other = await provider();
    const claims = { tocsin_role: 'SERVICE' };
    const unsigned = [{ alg: 'none' }, { iss: settings.issuer, aud: 'tocsin', sub: 'x', exp: 9e9, ...claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    for (const token of [
      await sign(claims, { issuer: 'https://else.example' }),
      await sign(claims, { audience: 'other' }),
      await sign(claims, { expires: '-5m' }),
      await other.sign(claims),
      `${unsigned}.`,
      'a.b.c',
      'nonsense',
    ])
      expect(await verify(token)).toBeUndefined();
    await close();
    await other.close();
  });

  test('a provider that is down is no reason to let anybody in, and worth asking again', async () => {
    const { verify, sign, close } = await provider();
    const token = await sign({ tocsin_role: 'SERVICE' });
    await close();
    await expect(verify(token)).rejects.toThrow(KeysOutOfReach);
  });
});

const settingsOf = (env: Record<string, string>) => settingsFrom(env, (text) => resolveSecret(text, env));

test('what signs may be kept in a file or another variable, as the secrets of the directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
  const file = join(folder, 'link-keys');
  writeFileSync(file, `k2:${'b'.repeat(40)},k1:${'a'.repeat(40)}\n`);
  const { settings, wrong } = settingsOf({
    TOCSIN_LINK_KEYS: `file:${file}`,
    TOCSIN_SLACK_SIGNING_SECRET: 'env:FROM_THE_VAULT',
    FROM_THE_VAULT: 'slack-secret',
    TOCSIN_TWILIO_TOKEN: 'as it is',
  });
  rmSync(folder, { recursive: true });
  expect(wrong).toEqual([]);
  expect(settings.linkKeys?.map(({ id }) => id)).toEqual(['k2', 'k1']);
  expect(settings.vendors).toEqual({ slackSigningSecret: 'slack-secret', twilioToken: 'as it is' });
});

test('a secret that is not where it is said to be is told by the name of its variable', () => {
  const { settings, wrong } = settingsOf({
    TOCSIN_LINK_KEYS: 'file:/nowhere/link-keys',
    TOCSIN_SLACK_SIGNING_SECRET: 'env:NOT_SET',
    TOCSIN_TWILIO_TOKEN: 'file:/nowhere/token',
  });
  expect(wrong).toEqual([
    { variable: 'TOCSIN_LINK_KEYS', problem: 'the file /nowhere/link-keys cannot be read (ENOENT)' },
    { variable: 'TOCSIN_SLACK_SIGNING_SECRET', problem: 'the environment variable NOT_SET is not set' },
    { variable: 'TOCSIN_TWILIO_TOKEN', problem: 'the file /nowhere/token cannot be read (ENOENT)' },
  ]);
  expect(settings.linkKeys).toBeUndefined();
  expect(settings.vendors).toEqual({});
});

test('what the environment has wrong is told at once, without what is secret', () => {
  const { wrong } = settingsOf({
    TOCSIN_LINK_KEYS: 'k1:tooshort',
    TOCSIN_PUBLIC_URL: 'tocsin.example.com',
    TOCSIN_JWT_ISSUER: 'https://id.example',
    TOCSIN_HTTP_RATE: 'many',
  });
  expect(wrong.map(({ variable }) => variable)).toEqual([
    'TOCSIN_LINK_KEYS',
    'TOCSIN_PUBLIC_URL',
    'TOCSIN_JWT_JWKS_URL',
    'TOCSIN_JWT_AUDIENCE',
    'TOCSIN_HTTP_RATE',
  ]);
  expect(JSON.stringify(wrong)).not.toContain('tooshort');
});
