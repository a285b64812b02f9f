/** People are looked up when a page is sent: an edit of directory.yaml counts at once, and a broken one changes nothing. */
import { mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, directorySource } from '../../worker/config';

let folder: string;
let said: string[];
const say = (message: string): void => void said.push(message);
const log = { info: say, warn: say, error: say };
const file = () => join(folder, 'directory.yaml');
/** Some time ago: what was written within the last second may still be being written. */
const inPlace = (text: string, secondsAgo = 60): void => {
  writeFileSync(file(), text);
  const then = Date.now() / 1000 - secondsAgo + (edits += 0.01);
  utimesSync(file(), then, then);
};
let edits = 0;
const directoryYaml = (ids: readonly string[], onCall = ''): string =>
  `people: [${ids.map((id) => `{ id: ${id}, name: ${id} }`).join(', ')}]\ndutyManagers: [${ids[0] ?? ''}]\n${onCall}`;
const write = (...ids: string[]): void => inPlace(directoryYaml(ids));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-directory-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => {
  const source = directorySource(folder, { log, env: {}, later: (work) => work() });
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
  inPlace('people: [{ id: lee, name: Lee }]\ndutyManagers:\n  - boss\n');
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

test('so is one that cannot be looked at: people are looked up all the same', () => {
  write('lee');
  const directory = open();
  rmSync(file());
  symlinkSync(file(), file());
  expect(directory.ids()).toEqual(['lee']);
  expect(said).toEqual([expect.stringContaining('cannot be read (ELOOP)')]);
  rmSync(file());
  write('lee', 'kim');
  expect(directory.ids()).toEqual(['lee', 'kim']);
});

test('one that is broken to begin with is no directory', () => {
  writeFileSync(file(), 'people: []\n');
  expect(() => directorySource(folder, { log, env: {} })).toThrow(ConfigError);
});

const ROTA = (people: string): string =>
  `onCall:\n  - { team: emea, timezone: UTC, windows: always, people: ${people}, rotation: { every: week, from: 2026-10-05 } }\n`;

test('a file that is being written in place is not taken until it has settled; one that is moved in is whole', () => {
  write('lee', 'kim');
  const directory = open();
  inPlace(directoryYaml(['lee']), 0);
  expect(directory.ids()).toEqual(['lee', 'kim']);
  utimesSync(file(), Date.now() / 1000 - 5, Date.now() / 1000 - 5);
  expect(directory.ids()).toEqual(['lee']);
  writeFileSync(join(folder, 'new'), directoryYaml(['kim']));
  renameSync(join(folder, 'new'), file());
  expect(directory.ids()).toEqual(['kim']);
});

test('a file that ends before its teams is told by what it has lost', () => {
  inPlace(directoryYaml(['lee', 'kim'], ROTA('[lee, kim]')));
  const directory = open();
  write('lee', 'kim');
  directory.current();
  expect(said).toContainEqual(expect.stringMatching(/directory\.yaml: not there any more: team emea$/));
});

test('an edit of the rota says who comes when, who did not before, and nothing of what stays', () => {
  inPlace(directoryYaml(['lee', 'kim', 'sato'], ROTA('[lee, kim]')));
  const directory = open();
  inPlace(directoryYaml(['lee', 'kim', 'sato'], ROTA('[lee, kim, sato]')));
  directory.current();
  expect(said.length).toBeGreaterThan(5);
  expect(
    said
      .slice(1)
      .every((line) => /: emea \d{4}-\d\d-\d\d \d\d:\d\dZ to \S+ \S+Z: \w+ → \w+$|: emea, \w+: next turn /.test(line)),
  ).toBe(true);
  expect(said).toContainEqual(expect.stringMatching(/→ sato$/));
});
