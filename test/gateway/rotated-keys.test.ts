/**
 * An identity provider changes its keys while requests run, and may be down for longer than its keys are kept: whoever holds a token of
 * a key that is known is let in, and a token of which nothing is known yet is worth sending again.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { jwtVerifier } from '../../gateway/auth/jwt';
import { KeysOutOfReach } from '../../gateway/auth/provider-keys';

const settings = { issuer: 'https://id.example', audience: 'tocsin', claimPrefix: 'tocsin_' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Key {
  readonly jwk: object;
  readonly token: string;
}

/** `kid`: nothing where the provider names none. */
async function keyOf(kid?: string): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const named = kid === undefined ? {} : { kid };
  return { jwk: { ...(await exportJWK(publicKey)), ...named, alg: 'ES256' }, token: await sign(privateKey, named) };
}

const sign = (key: CryptoKey, named: { kid?: string }): Promise<string> =>
  new SignJWT({ tocsin_role: 'SERVICE' })
    .setProtectedHeader({ alg: 'ES256', ...named })
    .setIssuer(settings.issuer)
    .setAudience(settings.audience)
    .setSubject('u-17')
    .setExpirationTime('5h')
    .sign(key);

/** What the provider does: it publishes these keys, or answers 503, or nothing at all. */
type Doing = readonly Key[] | 'DOWN' | 'SILENT';

let doing: Doing;
let asked: number;
let now: number;
let close: () => Promise<void>;
let verify: ReturnType<typeof jwtVerifier>;

beforeEach(async () => {
  asked = 0;
  now = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const server = createServer((_, response) => {
    asked += 1;
    if (doing === 'SILENT') return;
    if (doing === 'DOWN') response.writeHead(503).end();
    else response.end(JSON.stringify({ keys: doing.map(({ jwk }) => jwk) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  verify = jwtVerifier({ ...settings, jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks` });
  close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
});
afterEach(async () => {
  jest.restoreAllMocks();
  await close();
});

const pass = (ms: number): void => void (now += ms);

test('a new key is known three seconds after the last look, and one that is gone is nobody’s within ten minutes', async () => {
  const [old, young] = [await keyOf('old'), await keyOf('young')];
  doing = [old];
  expect(await verify(old.token)).toMatchObject({ role: 'SERVICE' });
  doing = [old, young];
  pass(3_000);
  const both = await Promise.all([old, young, young, old].map(({ token }) => verify(token)));
  expect(both).not.toContain(undefined);
  expect(asked).toBe(2);

  doing = [young];
  pass(10 * MINUTE);
  expect(await verify(young.token)).toMatchObject({ role: 'SERVICE' });
  expect(await verify(old.token)).toBeUndefined();
});

test('a provider that names no key, while it has two of them: whichever has signed', async () => {
  const [old, young, strange] = [await keyOf(), await keyOf(), await keyOf()];
  doing = [old, young];
  expect(await verify(old.token)).toMatchObject({ role: 'SERVICE' });
  expect(await verify(young.token)).toMatchObject({ role: 'SERVICE' });
  expect(await verify(strange.token)).toBeUndefined();
});

test.each(['DOWN', 'SILENT'] as const)(
  'it is %s for longer than its keys are kept: who was known is let in, at once; of others nothing is known',
  async (fault) => {
    const [old, young] = [await keyOf('old'), await keyOf('young')];
    doing = [old];
    expect(await verify(old.token)).toMatchObject({ role: 'SERVICE' });
    doing = fault;
    pass(HOUR);
    for (let n = 0; n < 20; n++) expect(await verify(old.token)).toMatchObject({ role: 'SERVICE' });
    await expect(verify(young.token)).rejects.toBeInstanceOf(KeysOutOfReach);
    // One look for all of them: nobody waits for each of theirs, and the provider is not asked by each.
    expect(asked).toBe(2);
    expect(await verify(`${old.token.slice(0, -9)}AAAAAAAAA`)).toBeUndefined();

    doing = [young];
    pass(MINUTE);
    expect(await verify(young.token)).toMatchObject({ role: 'SERVICE' });
    expect(await verify(old.token)).toBeUndefined();
  },
  30_000,
);

test('after a day without its provider nobody can be told from anybody', async () => {
  const old = await keyOf('old');
  doing = [old];
  expect(await verify(old.token)).toMatchObject({ role: 'SERVICE' });
  doing = 'DOWN';
  pass(24 * HOUR);
  await expect(verify(old.token)).rejects.toBeInstanceOf(KeysOutOfReach);
});
