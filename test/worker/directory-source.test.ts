/** People are looked up when a page is sent: an edit of directory.yaml counts at once, and a broken one changes nothing. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, directorySource } from '../../worker/config';

let folder: string;
let said: string[];
const log = { info: (message: string) => void said.push(message), error: (message: string) => void said.push(message) };
const file = () => join(folder, 'directory.yaml');
const write = (...ids: string[]): void =>
  writeFileSync(
    file(),
    `people: [${ids.map((id) => `{ id: ${id}, name: ${id} }`).join(', ')}]\ndutyManagers: [${ids[0] ?? ''}]\n`,
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-directory-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => {
  const source = directorySource(folder, log, {});
  return { ids: () => source.current().people.map(({ id }) => id), current: source.current };
};

test('an edit is in use for the next look-up, and said once', () => {
  write('lee');
  const directory = open();
  expect(directory.ids()).toEqual(['lee']);
  write('lee', 'kim');
  expect(directory.ids()).toEqual(['lee', 'kim']);
  expect(directory.ids()).toEqual(['lee', 'kim']);
  expect(said).toEqual([expect.stringMatching(/directory\.yaml has changed and is in use: 2 people$/)]);
});

test('a file that does not change is not read again', () => {
  write('lee');
  const directory = open();
  expect(directory.current()).toBe(directory.current());
});

test('an editor that moves a new file into place is noticed, even with a file of the same length', () => {
  write('lee');
  const directory = open();
  writeFileSync(join(folder, 'new'), 'people: [{ id: kim, name: kim }]\ndutyManagers: [kim]\n');
  renameSync(join(folder, 'new'), file());
  expect(directory.ids()).toEqual(['kim']);
});

test('a broken edit is told once with line and path, and the directory before it stays in use', () => {
  write('lee');
  const directory = open();
  writeFileSync(file(), 'people: [{ id: lee, name: Lee }]\ndutyManagers:\n  - boss\n');
  expect(directory.ids()).toEqual(['lee']);
  expect(directory.ids()).toEqual(['lee']);
  expect(said).toEqual([expect.stringMatching(/directory\.yaml:3 dutyManagers\[0\]: no such person "boss"$/)]);
  write('kim');
  expect(directory.ids()).toEqual(['kim']);
});

test('a file that is gone is a broken edit like any other', () => {
  write('lee');
  const directory = open();
  rmSync(file());
  expect(directory.ids()).toEqual(['lee']);
  expect(said).toEqual([expect.stringContaining('cannot be read (ENOENT)')]);
  write('lee', 'kim');
  expect(directory.ids()).toEqual(['lee', 'kim']);
});

test('one that is broken to begin with is no directory', () => {
  writeFileSync(file(), 'people: []\n');
  expect(() => directorySource(folder, log, {})).toThrow(ConfigError);
});
