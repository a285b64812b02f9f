/** The verifier of docs/integrate.md, word for word: it takes what we sign, and nothing else. */
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
