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
/** It has been as it is for a while. */
const rested = (name = 'directory.yaml'): void => {
  const then = Date.now() / 1000 - 60 + (edits += 0.01);
  utimesSync(join(folder, name), then, then);
};
const DAY_AHEAD = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
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
  rested();
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

test('a file that is still being written is not taken, in place or as a new one', () => {
  // Given a directory, and an editor that writes in place
  write('lee', 'kim');
  const directory = open();
  inPlace(directoryYaml(['lee']), 0);
  expect(directory.ids()).toEqual(['lee', 'kim']);
  rested();
  expect(directory.ids()).toEqual(['lee']);

  // When one takes the file away and writes a new one, as git does, then half of that is not taken either
  rmSync(file());
  writeFileSync(file(), directoryYaml(['kim']));
  expect(directory.ids()).toEqual(['lee']);
  rested();
  expect(directory.ids()).toEqual(['kim']);
});

test('a file of a server whose clock is ahead is taken once it has been as it is for a second of ours', () => {
  // Given a file that was written an hour from now
  write('lee');
  let now = Date.now();
  const source = directorySource(folder, { log, env: {}, later: (work) => work(), clock: () => now });
  inPlace(directoryYaml(['kim']), -3_600);

  // Then it waits that second, and no longer
  expect(source.current().people.map(({ id }) => id)).toEqual(['lee']);
  now += 1_000;
  expect(source.current().people.map(({ id }) => id)).toEqual(['kim']);
});

test('an edit of the holidays that the file names counts as one of the file; a broken one changes nothing', () => {
  // Given a team that is closed on the days of a calendar
  const days = (...list: string[]): void => {
    const events = list.map((day) => `BEGIN:VEVENT\r\nUID:${day}\r\nDTSTART;VALUE=DATE:${day}\r\nEND:VEVENT\r\n`);
    writeFileSync(join(folder, 'de.ics'), `BEGIN:VCALENDAR\r\n${events.join('')}END:VCALENDAR\r\n`);
    rested('de.ics');
  };
  const team =
    'onCall: [{ team: emea, timezone: UTC, windows: always, people: [lee], holidays: { calendar: de, as: closed } }]';
  days(DAY_AHEAD(10));
  inPlace(directoryYaml(['lee'], `holidays: { de: { file: de.ics } }\n${team}\n`));
  const directory = open();
  const closed = (): number | undefined => directory.current().onCall[0]?.holidays?.days.length;
  expect(closed()).toBe(1);

  // When a day is added to it, then that counts
  days(DAY_AHEAD(10), DAY_AHEAD(20));
  expect(closed()).toBe(2);

  // And half a file is told, and changes nothing until it is whole
  writeFileSync(join(folder, 'de.ics'), 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n');
  rested('de.ics');
  expect(closed()).toBe(2);
  expect(said.at(-1)).toMatch(/is no calendar of days: it is cut off/);
  days(DAY_AHEAD(10));
  expect(closed()).toBe(1);
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
