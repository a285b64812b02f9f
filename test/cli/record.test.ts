/** B1: a record that was taken away says of itself whether it is whole: what was changed, left out or put in is named by its line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudEvent } from 'cloudevents';
import { hashOf, recordOf, type RecordLine } from '../../cli/record/record';
import { caseAt, MINUTE } from '../support/cases';
import { typed } from '../support/typed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-record-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Of a night: opened, declared, answered, handed about. */
function aNight(): RecordLine[] {
  const c = caseAt({ severity: 1 }).declareEDown();
  c.do('acknowledge', 'lee');
  c.simulation.pass(90 * MINUTE);
  return [...recordOf('C1000001', c.simulation.events)];
}

async function verified(lines: readonly object[], ...flags: string[]) {
  const file = join(folder, 'record.jsonl');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { exitCode, out, err } = await typed(['case', 'verify', file, ...flags], { width: 80 });
  return { exitCode, out, err };
}

test('each line is a CloudEvent, with the hash of the one before', () => {
  const lines = aNight();
  expect(lines.length).toBeGreaterThan(20);
  for (const [index, line] of lines.entries()) {
    expect(new CloudEvent({ ...line }).validate()).toBe(true);
    expect(line).toMatchObject({
      subject: 'C1000001',
      sequence: String(index + 1),
      type: `tocsin.case.${line.data.type}`,
    });
    expect(line.previous).toBe(lines[index - 1]?.hash);
  }
});

test('a record whose end was cut off is no less a chain: what only the server knows is not promised', async () => {
  const { out } = await verified(aNight().slice(0, -1));
  expect(out).not.toContain('nothing is missing');
  expect(out).toContain('--live tells');
});

test('a record as it was written is whole, and its last hash is what is kept elsewhere', async () => {
  const lines = aNight();
  const head = lines.at(-1)?.hash ?? '';
  const { exitCode, out } = await verified(lines);
  expect({ exitCode, out }).toEqual({
    exitCode: 0,
    out: `C1000001: ${lines.length} events from ${lines[0]?.time} to ${lines.at(-1)?.time};\nnone of them is missing or was changed.\nWhether more came after event ${lines.length}, --live tells: it asks the server.\nKeep this elsewhere; with --head it shows one day that nothing was written anew:\n  ${head}`,
  });
  // A record that has grown since still has the hash that was kept.
  expect(await verified(lines, '--head', lines[9]?.hash ?? '')).toMatchObject({ exitCode: 0 });
  // Keys in another order are the same event.
  expect(await verified(lines.map((line) => Object.fromEntries(Object.entries(line).reverse())))).toMatchObject({
    exitCode: 0,
  });
});

const at = (lines: RecordLine[], index: number): RecordLine => lines[index] as RecordLine;
/** As a forger would: the line with another hash of its own. */
const anew = (line: object): RecordLine => ({ ...line, hash: hashOf(line) }) as RecordLine;

test.each<[string, (lines: RecordLine[]) => RecordLine[], RegExp]>([
  [
    'another person',
    (lines) => lines.with(4, { ...at(lines, 4), data: { ...at(lines, 4).data, by: 'ana' } }),
    /line 5: event 5 was changed/,
  ],
  ['an event left out', (lines) => lines.toSpliced(6, 1), /line 7: event 7 is missing\n/],
  ['several left out', (lines) => lines.toSpliced(6, 3), /line 7: events 7 to 9 are missing\n/],
  ['its beginning left out', (lines) => lines.slice(3), /line 1: events 1 to 3 are missing\n/],
  ['an event twice', (lines) => lines.toSpliced(6, 0, at(lines, 5)), /line 7: event 6 stands where 7 belongs\n/],
  [
    'two that have changed places',
    (lines) => lines.with(5, at(lines, 6)).with(6, at(lines, 5)),
    /line 6: event 7 does not follow the line before it/,
  ],
  [
    'one that was written anew, with a hash of its own',
    (lines) => lines.with(4, anew({ ...at(lines, 4), data: { ...at(lines, 4).data, by: 'ana' } })),
    /line 6: event 6 does not follow the line before it/,
  ],
  [
    'an event of another case',
    (lines) => lines.with(4, anew({ ...at(lines, 4), subject: 'C2' })),
    /of another case, C2/,
  ],
])('%s is named by its line', async (_what, change, sentence) => {
  const { exitCode, out } = await verified(change(aNight()));
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^C1000001: this is not the whole record\.\n/);
  expect(out).toMatch(sentence);
});

test('all of it written anew: only the hash that was kept elsewhere can tell', async () => {
  const lines = aNight();
  const head = lines.at(-1)?.hash ?? '';
  const events = lines.map(({ data }) => (data.seq === 5 ? { ...data, by: 'ana' } : data));
  const forged = [...recordOf('C1000001', events)];
  expect(await verified(forged)).toMatchObject({ exitCode: 0 });
  const { exitCode, out } = await verified(forged, '--head', head);
  expect(exitCode).toBe(1);
  expect(out).toContain('the record was written anew');
});

test.each([
  ['nothing', '', 'it is empty'],
  ['a text', 'Dear all,\n', 'line 1 is no event of a case'],
  [
    'a record that was cut in a line',
    `${JSON.stringify(aNight()[0])}\n{"specversion":`,
    'line 2 is no event of a case',
  ],
  ['other JSON', '[1]\n', 'line 1 is no event of a case'],
])('%s is no record: exit code 2, and says why', async (_what, text, why) => {
  const file = join(folder, 'record.jsonl');
  writeFileSync(file, text);
  const { exitCode, err } = await typed(['case', 'verify', file]);
  expect(exitCode).toBe(2);
  expect(err).toContain(`${file} is no record of a case: ${why}.`);
});

test('for a machine', async () => {
  const lines = aNight();
  const { out } = await verified(lines, '--json');
  expect(JSON.parse(out)).toEqual({
    caseNumber: 'C1000001',
    events: lines.length,
    last: lines.length,
    head: lines.at(-1)?.hash,
    from: lines[0]?.time,
    to: lines.at(-1)?.time,
    isWhole: true,
    faults: [],
  });
});
