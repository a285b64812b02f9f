/** The verifier of docs/integrate.md, word for word: it takes what we sign, and nothing else. */
import vm from 'node:vm';
import ts from 'typescript';
import { sendToWebhook } from '../../activities/channels/webhook';
import { programIn } from '../support/documented';
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
  const page = {
    key: 'C1234567-3/1/lee/webhook',
    person: 'lee',
    name: 'Lee Min',
    orderedAt: Date.parse('2026-06-01T12:00:00Z'),
    title: '[E-DOWN] C1234567 东方: E-Down alert — MES läuft nicht',
    text: 'Please take this E-Down.',
    asks: [],
    pageId: 'C1234567-3',
    attempt: 1,
    audience: 'ON_CALL',
    purpose: 'E_DOWN_ALERT',
    urgent: true,
    caseNumber: 'C1234567',
    severity: 0,
    level: 'NORMAL',
    emergency: 'ACTIVE',
  };
  await sendToWebhook(page, { url: receiver.url('/lee'), secret: 's3cret' }, new AbortController().signal);
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
