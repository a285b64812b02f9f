/** A newer `npm start` goes on with an older database; an older one is told, in one sentence, that it must not touch a newer one. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { CARRIED_VERSION } from '../../workflows/core/carried';
import { Unusable } from '../../worker/config/unusable';
import { mustNotBeNewer, writtenBy } from '../../worker/temporal-server/database';
import { startLocalServer } from '../../worker/temporal-server/local-server';

let dbFile: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-database-'));
  dbFile = join(folder, 'cases.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const writer = { tocsin: '0.2.0', form: 2, server: '1.9.1' };

test.each([
  ['nobody, as before there were versions', undefined],
  ['the same version', writer],
  ['an older form', { ...writer, tocsin: '0.1.0', form: 1 }],
  ['an older server', { ...writer, server: '1.8.12' }],
  ['a server that does not say its version', { ...writer, server: null }],
])('last written by %s: it goes on', (_who, last) => {
  if (last) writtenBy(dbFile, last);
  expect(() => mustNotBeNewer(dbFile, writer)).not.toThrow();
});

test.each([
  [
    'a newer form',
    { ...writer, tocsin: '0.3.0', form: 3 },
    /newer Tocsin \(0\.3\.0, form 3\).*\(0\.2\.0, form 2\).*start that version again/,
  ],
  [
    'a newer server',
    { ...writer, server: '1.10.0' },
    /newer Temporal server \(CLI 1\.10\.0\).*\(1\.9\.1\).*TOCSIN_DATA/,
  ],
])('last written with %s: refused in a sentence that says what to do', (_who, last, sentence) => {
  writtenBy(dbFile, last);
  expect(() => mustNotBeNewer(dbFile, writer)).toThrow(Unusable);
  expect(() => mustNotBeNewer(dbFile, writer)).toThrow(sentence);
});

test('half a note, after a crash, keeps nobody from starting', () => {
  writeFileSync(`${dbFile}.version.json`, '{"tocsin":');
  expect(() => mustNotBeNewer(dbFile, writer)).not.toThrow();
});

test('the local server leaves the note, and an older version does not even open the database', async () => {
  const server = await startLocalServer({ dbFile });
  await server.stop();
  const note = JSON.parse(readFileSync(`${dbFile}.version.json`, 'utf8')) as typeof writer;
  expect(note).toMatchObject({ form: CARRIED_VERSION, server: expect.stringMatching(/^\d+\.\d+/) as string });
  writtenBy(dbFile, { ...note, form: CARRIED_VERSION + 1 });
  rmSync(dbFile);
  await expect(startLocalServer({ dbFile })).rejects.toThrow(/newer Tocsin/);
  expect(existsSync(dbFile)).toBe(false);
}, 60_000);

const DAY_S = 24 * 3_600;
/** Starts on this file, looks how long what is over is kept, and may set another time. */
async function keptDays(setDays?: number): Promise<number> {
  const server = await startLocalServer({ dbFile });
  const connection = await Connection.connect({ address: server.address });
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    if (setDays !== undefined)
      await connection.workflowService.updateNamespace({
        namespace: 'default',
        config: { workflowExecutionRetentionTtl: msToTs(setDays * DAY_S * 1_000) },
      });
    return Number(config?.workflowExecutionRetentionTtl?.seconds) / DAY_S;
  } finally {
    await connection.close();
    await server.stop();
  }
}

test('what is over is kept for 90 days: in a new database, in an older one that kept a day, and longer where somebody wants it', async () => {
  expect(await keptDays(1)).toBe(90);
  expect(await keptDays(365)).toBe(90);
  expect(await keptDays()).toBe(365);
}, 120_000);
