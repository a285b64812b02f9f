/** What somebody on call types, against a real server and the real workflow: as little as possible, and it counts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TocsinClient } from '../../client';
import { serveCases, type ServedCases } from '../support/served-cases';
import { typed, type Typed } from '../support/typed';

let cases: ServedCases;
let tocsin: TocsinClient;
beforeAll(async () => {
  cases = await serveCases();
  tocsin = await TocsinClient.connect({ address: cases.address });
});
afterAll(async () => {
  await tocsin?.close();
  await cases?.close();
});

async function opened(caseNumber: string): Promise<void> {
  await tocsin.open({
    by: 'crm',
    role: 'SERVICE',
    channel: 'API',
    caseNumber,
    title: '生产系统停止',
    severity: 1,
    customer: { number: '100200', name: '东方汽车', activeSupport: true, enterprise: true },
    environment: 'PRODUCTION',
    engineer: 'eng-lee',
  });
}

const shell = (...words: string[]): Promise<Typed> => typed([...words, '--address', cases.address], { width: 80 });
const answer = async (...words: string[]): Promise<unknown> =>
  JSON.parse((await shell(...words, '--json')).out) as unknown;

/** The list lags a moment behind the cases; asked until it is so, or the test's own time is over. */
async function eventually<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    await pause(50);
  }
}
const namesIn = (told: unknown): string[] =>
  (told as { cases: { caseNumber?: string; row?: { caseNumber: string } }[] }).cases.map(
    ({ caseNumber, row }) => caseNumber ?? row?.caseNumber ?? '',
  );

test('"mine" shows who is asked what they are asked, "ack" takes it without a page or a role, and then it is theirs', async () => {
  await opened('C4000001');
  await tocsin.update('C4000001', 'escalate', { by: 'crm', role: 'SERVICE' });
  await eventually(
    () => answer('mine', '--by', 'mgr-ana'),
    (told) => namesIn(told).includes('C4000001'),
  );

  const { out } = await shell('mine', '--by', 'mgr-ana');
  expect(out).toMatch(/C4000001 {2}sev 1 · 东方汽车 · 生产系统停止\n {2}asked: M1, answer in /);
  expect(out).toMatch(/\n {2}tocsin ack C4000001$/);
  expect(namesIn(await answer('case', 'list', '--mine', '--by', 'mgr-ana'))).toContain('C4000001');
  expect((await shell('who', 'C4000001', '--by', 'mgr-ana')).out).toMatch(/\nYou are asked: M1/);

  expect(await shell('ack', 'C4000001', '--by', 'mgr-ana')).toMatchObject({ exitCode: 0, err: '' });
  expect((await shell('mine', '--by', 'mgr-ana')).out).toMatch(/^Nothing waits for your answer\.\nC4000001 /);
  expect((await shell('who', 'C4000001')).out).toMatch(/mgr-ana/);
  const again = await shell('accept', 'C4000001', '--by', 'mgr-ana');
  expect(again).toMatchObject({
    exitCode: 1,
    err: expect.stringMatching(/^ALREADY_ACKNOWLEDGED: .* You have had it since/) as string,
  });
});

test('whoever has nothing to do with a case does not see it as theirs', async () => {
  await opened('C4000002');
  await eventually(
    () => answer('mine', '--by', 'eng-lee'),
    (told) => namesIn(told).includes('C4000002'),
  );
  expect(namesIn(await answer('mine', '--by', 'eng-kim'))).toEqual([]);
});

test('who somebody is has to be said, once a command or once a shift', async () => {
  for (const words of [['ack', 'C4000001'], ['accept', 'C4000001'], ['mine'], ['case', 'list', '--mine']]) {
    const { exitCode, err } = await shell(...words);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/TOCSIN_BY/);
  }
  process.env['TOCSIN_BY'] = 'eng-lee';
  try {
    expect(await shell('mine')).toMatchObject({ exitCode: 0 });
  } finally {
    delete process.env['TOCSIN_BY'];
  }
});

test('a list answers a machine with an object, the most urgent first, and says how many more there are', async () => {
  await opened('C4000003');
  const all = await eventually(
    () => answer('case', 'list'),
    (told) => namesIn(told).length === 3,
  );
  expect(all).toMatchObject({ more: 0 });
  expect(await answer('case', 'list', '--limit', '1')).toMatchObject({ cases: [{}], more: 2 });
  expect(namesIn(await answer('case', 'list', '--emergency'))).toEqual([]);
  expect(namesIn(await answer('case', 'list', '--sort', 'case'))).toEqual(['C4000001', 'C4000002', 'C4000003']);
});

test('every problem document has fields, and what only looked is not told to be sent again', async () => {
  const none = await shell('case', 'show', 'C4999999', '--json');
  expect(JSON.parse(none.err)).toMatchObject({ code: 'CASE_NOT_FOUND', fields: [] });
  const nobody = await typed(['case', 'show', 'C1', '--address', '127.0.0.1:1', '--deadline', '300ms', '--json']);
  expect(JSON.parse(nobody.err)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', fields: [] });
  expect(nobody.err).not.toMatch(/sent? again\./);
});

test('"timeline --follow" tells what happens as it happens, until it is interrupted', async () => {
  await opened('C4000004');
  const words = ['case', 'timeline', 'C4000004', '--follow', '--address', cases.address];
  const child = spawn(process.execPath, [resolve('client/tocsin.js'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let told = '';
  const untilTold = async (sentence: string): Promise<void> => {
    while (!told.includes(sentence)) told += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
  };
  await untilTold('Opened by crm');
  await tocsin.update('C4000004', 'recordProgress', {
    by: 'eng-lee',
    role: 'ENGINEER',
    summary: 'The index is lost.',
    substantive: true,
  });
  await untilTold('The index is lost.');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});
