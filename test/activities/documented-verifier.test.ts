/** The webhook's contract of docs/integrate.md: its fields are those of a real body, its verifier takes what we sign and nothing else. */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import ts from 'typescript';
import { Channels } from '../../activities/channels';
import { programIn } from '../support/documented';
import { pageOf } from '../support/outgoing';
import { startReceiver } from '../support/receiver';

type Verifier = (header: string, body: Buffer, secret: string, now?: number) => boolean;

function verifier(): Verifier {
  const { outputText } = ts.transpileModule(programIn('integrate.md', 'Receive pages', 'ts'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { isFromTocsin?: Verifier } = {};
  vm.runInNewContext(outputText, { exports: exported, require, Buffer });
  if (!exported.isFromTocsin) throw new Error('docs/integrate.md has no isFromTocsin');
  return exported.isFromTocsin;
}

test('a page that was signed is ours; with another secret, changed on its way, or an hour old it is not', async () => {
  const receiver = await startReceiver();
  const channels = new Channels({}, () => undefined);
  await channels.send(
    pageOf(),
    { kind: 'webhook', url: receiver.url('/lee'), secret: 's3cret' },
    new AbortController().signal,
  );
  await channels.means.close();
  await receiver.close();
  const [request] = receiver.requests;
  const header = String(request?.headers['tocsin-signature']);
  const body = Buffer.from(request?.body ?? '');
  const isFromTocsin = verifier();

  expect(isFromTocsin(header, body, 's3cret')).toBe(true);
  expect(isFromTocsin(header, body, 'other')).toBe(false);
  expect(isFromTocsin(header, Buffer.concat([body, Buffer.from(' ')]), 's3cret')).toBe(false);
  expect(isFromTocsin(header, body, 's3cret', Date.now() + 3_600_000)).toBe(false);
  expect(isFromTocsin('t=1,v1=', body, 's3cret')).toBe(false);
});

/** The body of a page for a customer's contact, which has every field that a page can have. */
async function bodyOf(page = pageOf({ contact: { number: '+1 555 0199', email: 'pat@example.com' } })): Promise<Body> {
  const receiver = await startReceiver();
  const channels = new Channels({}, () => undefined);
  await channels.send(page, { kind: 'webhook', url: receiver.url('/lee') }, new AbortController().signal);
  await channels.means.close();
  await receiver.close();
  return JSON.parse(receiver.requests[0]?.body ?? '') as Body;
}

type Body = Readonly<Record<string, unknown>> & { readonly data: Readonly<Record<string, unknown>> };

test('every field of a page is documented, and no other', async () => {
  const body = await bodyOf();
  const [, table = ''] =
    /\| In `data` \|[^\n]*\n\|---\|---\|\n((?:\|[^\n]*\n)+)/.exec(readFileSync('docs/integrate.md', 'utf8')) ?? [];
  const documented = table.split('\n').flatMap((row) => (row.split('|')[1] ?? '').match(/\w+/g) ?? []);
  expect(documented.toSorted()).toEqual(Object.keys(body.data).toSorted());
});

test('the example has the fields that a page of staff has', async () => {
  const example = JSON.parse(programIn('integrate.md', 'Receive pages', 'json')) as Body;
  const body = await bodyOf(pageOf());
  expect(Object.keys(example).toSorted()).toEqual(Object.keys(body).toSorted());
  expect(Object.keys(example.data).toSorted()).toEqual(Object.keys(body.data).toSorted());
});
