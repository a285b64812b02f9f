/** Safety: where a page may go is judged when the connection is made, by the address that is really called. */
import { guardedLookup, isForbidden, judgeUrl, NOTHING_PRIVATE } from '../../activities/channels/http/guard';
import { Poster } from '../../activities/channels/http/post';
import { startReceiver } from '../support/receiver';

const never = new AbortController().signal;

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  'fe80::1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '100.100.100.200',
  'fd00:ec2::254',
  'fc00::1',
  '127.0.0.1',
  '::1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '::7f00:1',
  '::a00:1',
])('%s is not called', (address) => expect(isForbidden(address, NOTHING_PRIVATE)).toBe(true));

test.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is', (address) =>
  expect(isForbidden(address, NOTHING_PRIVATE)).toBe(false),
);

test('inner networks may be called where they are named, link-local ones never by "private"', () => {
  expect(isForbidden('10.1.2.3', { networks: ['10.1.0.0/16'] })).toBe(false);
  expect(isForbidden('10.2.2.3', { networks: ['10.1.0.0/16'] })).toBe(true);
  expect(isForbidden('192.168.1.7', { networks: ['private'] })).toBe(false);
  expect(isForbidden('169.254.169.254', { networks: ['private'] })).toBe(true);
  expect(isForbidden('100.100.100.200', { networks: ['private'] })).toBe(true);
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://[fe80::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://0x0a000001/',
  'http://2852039166/',
])('%s, written as numbers, is looked up by nobody and judged all the same', (url) => {
  expect(() => judgeUrl(new URL(url), NOTHING_PRIVATE)).toThrow();
});

test('a receiver beside the worker is meant where the directory says so, and not where a name only leads there', async () => {
  const receiver = await startReceiver();
  const { post } = new Poster(NOTHING_PRIVATE);
  expect(await post({ url: receiver.url('/lee'), headers: {} }, never)).toMatchObject({ status: 200 });
  expect(await post({ url: receiver.url('/lee').replace('127.0.0.1', 'localhost'), headers: {} }, never)).toMatchObject(
    {
      status: 200,
    },
  );
  await receiver.close();
  const asked = await new Promise<string | undefined>((resolve) =>
    // As a name of somebody else's that leads to this machine would be: /etc/hosts has one.
    guardedLookup(NOTHING_PRIVATE)('ip6-localhost', { all: true }, (error) => resolve(error?.message)),
  );
  expect(asked === undefined).toBe(false);
});

test('refused for good, and the address is not repeated', async () => {
  const result = await new Poster(NOTHING_PRIVATE).post({ url: 'http://10.0.0.1/secret-path', headers: {} }, never);
  expect(result).toMatchObject({ outcome: 'rejected' });
  expect(JSON.stringify(result)).not.toContain('secret-path');
});
