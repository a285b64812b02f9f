/** A mistake in a rota is told at once, with its line, and not in the night in which it would be noticed. */
import { ConfigError, parseDirectory, parsePolicy } from '../../worker/config';

const NOW = Date.parse('2026-10-01T00:00:00Z');
const told = (read: () => unknown): string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, problem }) => `${path}: ${problem}`);
    throw error;
  }
  return [];
};
const team = (fields: string): string[] =>
  told(() =>
    parseDirectory(
      `people: [{ id: lee, name: Lee }, { id: kim, name: Kim }]\ndutyManagers: [lee]\nonCall:\n  - { team: t, ${fields} }`,
      'directory.yaml',
      {},
      { now: NOW },
    ),
  );
const BASE = 'timezone: Europe/Berlin, windows: always, people: [lee, kim]';
const WEEK = 'rotation: { every: week, from: 2026-10-05, at: "mon 09:00" }';

test.each<[string, string, string]>([
  ...['BST', 'EST', 'IST', 'SST', 'AST'].map((name): [string, string, string] => [
    `${name} is another place than people think`,
    `timezone: ${name}, windows: always, people: [lee]`,
    'onCall[0].timezone: must be an IANA time zone such as Europe/Berlin',
  ]),
  [
    'a weekday that is not the one of from',
    `${BASE}, rotation: { every: week, from: 2026-10-06, at: "mon 09:00" }`,
    'onCall[0].rotation.at: must agree with from: 2026-10-06 is a tue',
  ],
  [
    'a weekday of a month',
    `${BASE}, rotation: { every: month, from: 2026-10-05, at: "mon 09:00" }`,
    'onCall[0].rotation.at: must not name a weekday: only weeks begin on one',
  ],
  [
    'the end of the day as the hand-off',
    `${BASE}, rotation: { every: week, from: 2026-10-05, at: "24:00" }`,
    'onCall[0].rotation.at: must be a time of day such as "09:00", or with the weekday of from: "mon 09:00"',
  ],
  [
    'a 29 February that there is not',
    `${BASE}, rotation: { every: month, from: 2027-02-29 }`,
    'onCall[0].rotation.from: must be a day such as 2026-01-05',
  ],
  [
    'a bare day as an end',
    `${BASE}, overrides: [{ person: lee, from: 2026-10-20, to: 2026-10-21 }]`,
    'onCall[0].overrides[0].to: must have a time of day: half of those who read a day think that it is included',
  ],
  [
    'whoever is named in a swap and is not there',
    `${BASE}, ${WEEK}, overrides: [{ swap: [lee, sato], turns: [2026-10-05, 2026-10-12] }]`,
    'onCall[0].overrides[0].swap[1]: no such person "sato"',
  ],
  [
    'a swap of turns that are not theirs, ahead',
    `${BASE}, ${WEEK}, overrides: [{ swap: [lee, kim], turns: [2026-10-05, 2026-10-19] }]`,
    'onCall[0].overrides[0].swap: no turn of lee begins on the one day and of kim on the other (2026-10-05, 2026-10-19)',
  ],
  [
    'a turn that was given away by a swap before',
    `${BASE}, ${WEEK}, overrides: [{ swap: [lee, kim], turns: [2026-10-05, 2026-10-12] }, { swap: [lee, kim], turns: [2026-10-05, 2026-10-26] }]`,
    'onCall[0].overrides[1].swap: no turn of lee begins on the one day and of kim on the other (2026-10-05, 2026-10-26)',
  ],
  [
    'an empty place',
    'timezone: UTC, windows: always, people: [lee, ~]',
    'onCall[0].people[1]: must be a person, two or more of them in brackets, or { person, since, until }; nobody for a turn off',
  ],
  [
    'turns by hand that never end',
    `${BASE}, turns: [{ from: 2026-10-05T09:00, person: lee }]`,
    'onCall[0].turns[0]: must say how it ends: the last one is { from, nobody: true } or { from, rotation: true }',
  ],
  [
    'a calendar over plain http',
    `timezone: UTC, people: [], calendar: { url: "http://example.com/rota.ics" }`,
    'onCall[0].calendar.url: must be an https or webcal address such as https://example.com/rota.ics',
  ],
  [
    'holidays that there are not',
    `${BASE}, holidays: { calendar: de, as: closed }`,
    'onCall[0].holidays.calendar: no such holidays "de"',
  ],
  [
    'an unknown key of an override',
    `${BASE}, overrides: [{ off: lee, from: 2026-10-20T00:00, to: 2026-10-21T00:00, open: true }]`,
    'onCall[0].overrides[0].open: there is no such setting',
  ],
])('%s', (_name, fields, expected) => {
  expect(team(fields)).toEqual([expected]);
});

test('nobody is a word, and no person', () => {
  expect(
    told(() => parseDirectory('people: [{ id: nobody, name: N }]\ndutyManagers: [nobody]', 'directory.yaml', {})),
  ).toEqual(['people[0].id: "nobody" is a word of the rota, for a turn that is off']);
});

test('keys that are equal as text are one key, told with both lines; 0x0 is none', () => {
  const policy = (severities: string): string[] =>
    told(() => parsePolicy(`hotline: "1"\nseverities:\n${severities}`, 'policy.yaml'));
  expect(policy('  0: { engineerAck: 5m }\n  "0": { engineerAck: 6m }')).toEqual([
    'severities.0: is the same key as on line 3: keys are text',
  ]);
  expect(policy('  0x0: { engineerAck: 5m }')).toEqual(['severities.0x0: there is no such setting']);
  expect(policy('  0: { engineerAck: 5m }\n  1: { engineerAck: 6m }')).toEqual([]);
});

test("today's files stay as they are: 7d is a week, 1d a day, and times may have an offset", () => {
  expect(
    team(
      `${BASE}, rotation: { every: 7d, from: 2026-01-05 }, overrides: [{ person: lee, from: 2026-01-01T00:00:00+09:00, to: 2026-01-02T00:00:00Z }]`,
    ),
  ).toEqual([]);
});
