/** A worker never starts on a broken configuration: every mistake at once, each with file, line and path. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig, parseDirectory, parsePolicy } from '../../worker/config';

const told = (read: () => unknown): string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};
const directory = (text: string, env = {}): string[] => told(() => parseDirectory(text, 'directory.yaml', env));
const policy = (text: string): string[] => told(() => parsePolicy(text, 'policy.yaml'));

const PEOPLE = 'people: [{ id: lee, name: Lee }, { id: dora, name: Dora }]\ndutyManagers: [dora]\n';
const onCall = (team: string): string[] =>
  directory(
    `${PEOPLE}onCall:\n  - { team: apac, timezone: Asia/Tokyo, people: [lee], windows: [{ days: [mon], from: "08:00", to: "16:00" }], ${team} }`,
  );
const window = (fields: string): string[] =>
  directory(`${PEOPLE}onCall:\n  - { team: apac, timezone: Asia/Tokyo, people: [lee], windows: [${fields}] }`);
const person = (fields: string): string[] =>
  directory(`people:\n  - { id: lee, name: Lee,\n      ${fields} }\ndutyManagers: [lee]\n`);

describe('a mistake in directory.yaml is told with its line and path', () => {
  const MUST_BE_A_TIME = 'must be a time with its offset, such as 2026-12-24T00:00:00Z';
  const PRESETS =
    'apprise, dingtalk, feishu, google-chat, mattermost, ntfy, opsgenie, pagerduty, teams, telegram, wecom';
  test.each<[string, () => string[], string]>([
    ['unknown manager', () => person('manager: mgr-x'), '3 people[0].manager: no such person "mgr-x"'],
    [
      'unknown delegate',
      () => person('away: [{ from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z, delegate: x }]'),
      '3 people[0].away[0].delegate: no such person "x"',
    ],
    [
      'absence that ends before it begins',
      () => person('away: [{ from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z }]'),
      '3 people[0].away[0].to: must be later than from',
    ],
    [
      'absence of no length',
      () => person('away: [{ from: 2026-01-02T00:00:00Z, to: 2026-01-02T00:00:00Z }]'),
      '3 people[0].away[0].to: must be later than from',
    ],
    [
      'absence from a day that does not exist',
      () => person('away: [{ from: 2026-02-30T00:00:00Z, to: 2026-03-01T00:00:00Z }]'),
      `3 people[0].away[0].from: ${MUST_BE_A_TIME}`,
    ],
    [
      'time without an offset',
      () => person('away: [{ from: 2026-01-01T00:00:00, to: 2026-01-02T00:00:00Z }]'),
      `3 people[0].away[0].from: ${MUST_BE_A_TIME}`,
    ],
    [
      'unknown zone of a person',
      () => person('timezone: Europe/Berlino'),
      '3 people[0].timezone: must be an IANA time zone such as Europe/Berlin',
    ],
    ['unknown key', () => person('maneger: lee'), '3 people[0].maneger: there is no such setting'],
    ['key written twice', () => person('name: Min'), '3 people[0].name: is written twice'],
    [
      'id with a slash, which would break keys apart',
      () => directory('people:\n  - { id: a/b, name: A }\n  - { id: lee, name: Lee }\ndutyManagers: [lee]'),
      '2 people[0].id: must be an id: up to 120 characters without spaces and slashes',
    ],
    [
      'id given twice',
      () => directory('people:\n  - { id: lee, name: Lee }\n  - { id: lee, name: Min }\ndutyManagers: [lee]'),
      '3 people[1].id: "lee" is there twice',
    ],
    [
      'person without a name',
      () => directory('people:\n  - { id: lee }\ndutyManagers: [lee]'),
      '2 people[0].name: is missing; it must be text',
    ],
    [
      'unknown duty manager',
      () => directory('people: [{ id: lee, name: Lee }]\ndutyManagers:\n  - lee\n  - boss'),
      '4 dutyManagers[1]: no such person "boss"',
    ],
    [
      'unknown duty executive',
      () => directory(`${PEOPLE}dutyExecutive: [boss]`),
      '3 dutyExecutive[0]: no such person "boss"',
    ],
    ['unknown developer', () => directory(`${PEOPLE}rnd: [dev]`), '3 rnd[0]: no such person "dev"'],
    [
      'no duty manager',
      () => directory('people: [{ id: lee, name: Lee }]\ndutyManagers: []'),
      '2 dutyManagers: must name somebody: every search for a manager ends with them',
    ],
    [
      'duty managers left out',
      () => directory('people: [{ id: lee, name: Lee }]'),
      '1 dutyManagers: is missing; it must be a list',
    ],
    [
      'unknown person on call',
      () =>
        directory(
          `${PEOPLE}onCall:\n  - team: apac\n    timezone: UTC\n    people: [kim]\n    windows: [{ days: [mon], from: "00:00", to: "24:00" }]`,
        ),
      '6 onCall[0].people[0]: no such person "kim"',
    ],
    [
      'unknown person in an override',
      () => onCall('overrides: [{ person: kim, from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z }]'),
      '4 onCall[0].overrides[0].person: no such person "kim"',
    ],
    [
      'override that ends before it begins',
      () => onCall('overrides: [{ person: lee, from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z }]'),
      '4 onCall[0].overrides[0].to: must be later than from',
    ],
    [
      'rotation that begins at no day',
      () => onCall('rotation: { every: 7d, from: soon }'),
      '4 onCall[0].rotation.from: must be a day such as 2026-01-05',
    ],
    [
      'rotation of no length',
      () => onCall('rotation: { every: fortnight, from: 2026-01-05 }'),
      '4 onCall[0].rotation.every: must be how long a turn lasts: 12h, day, week, 2 weeks, month or shift',
    ],
    [
      'unknown weekday',
      () => window('{ days: [monday], from: "08:00", to: "16:00" }'),
      '4 onCall[0].windows[0].days[0]: must be one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      'time of day beyond the day',
      () => window('{ days: [mon], from: "08:00", to: "25:00" }'),
      '4 onCall[0].windows[0].to: must be a time of day such as "16:00", or "24:00" for the end of the day',
    ],
    [
      'window that opens at the end of the day',
      () => window('{ days: [mon], from: "24:00", to: "08:00" }'),
      '4 onCall[0].windows[0].from: must be a time of day such as "08:00"',
    ],
    [
      'telephone number without its country',
      () => person('channels: [{ kind: sms, number: "0301234567" }]'),
      '3 people[0].channels[0].number: must be a telephone number with its country, such as +49 30 1234567',
    ],
    [
      'two addresses in one',
      () => person('channels: [{ kind: email, address: "lee@example.com, kim@example.com" }]'),
      '3 people[0].channels[0].address: must be one e-mail address',
    ],
    [
      'Slack with nobody to send to',
      () => person('channels: [{ kind: slack }]'),
      '3 people[0].channels[0]: must have either user or channel',
    ],
    [
      'a patience that outlasts the try',
      () => person('channels: [{ kind: webhook, url: "http://127.0.0.1", timeout: 31s }]'),
      '3 people[0].channels[0].timeout: must be at most 30s',
    ],
    [
      'preset that there is not',
      () => person('channels: [{ kind: http, preset: fax }]'),
      `3 people[0].channels[0].preset: no such preset "fax": there are ${PRESETS}`,
    ],
    [
      'preset without what it asks for',
      () => person('channels: [{ kind: http, preset: telegram, token: "t" }]'),
      '3 people[0].channels[0].chat: is missing',
    ],
    [
      'a preset as a kind',
      () => person('channels: [{ kind: teams, url: "http://127.0.0.1" }]'),
      '3 people[0].channels[0].kind: no such channel "teams": write kind: http, preset: teams',
    ],
    [
      'secret in a file that is not there',
      () => person('channels: [{ kind: webhook, url: "file:/nowhere/url" }]'),
      '3 people[0].channels[0].url: the file /nowhere/url cannot be read (ENOENT)',
    ],
    [
      'channel that never was',
      () => person('channels: [{ kind: fax }]'),
      '3 people[0].channels[0].kind: no such channel "fax": there are console, webhook, email, slack, sms, voice, http',
    ],
    [
      'channel without a kind',
      () => person('channels: [{ url: "http://127.0.0.1" }]'),
      '3 people[0].channels[0].kind: must be one of console, webhook, email, slack, sms, voice, http',
    ],
    [
      'address that is none',
      () => person('channels: [{ kind: webhook, url: "127.0.0.1:9000" }]'),
      '3 people[0].channels[0].url: must be a URL such as https://example.com/pages',
    ],
    [
      'address that is not on the web',
      () => person('channels: [{ kind: webhook, url: "ftp://example.com" }]'),
      '3 people[0].channels[0].url: must be an http or https URL',
    ],
    [
      'secret that is not set',
      () => person('channels: [{ kind: webhook, url: "http://127.0.0.1", secret: "env:LEE_SECRET" }]'),
      '3 people[0].channels[0].secret: the environment variable LEE_SECRET is not set',
    ],
  ])('%s', (_mistake, read, problem) => {
    expect(read()).toEqual([`directory.yaml:${problem}`]);
  });
});

describe('a mistake in policy.yaml is told with its line and path', () => {
  const DURATION = 'must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d';
  const HOTLINE = 'must be the telephone number of the hotline, in quotes: it is how E-Down is best declared (R36)';
  const after = (text: string): string[] => policy(`hotline: "+1 555 0100"\n${text}`);
  test.each<[string, () => string[], string]>([
    ['no hotline', () => policy('version: "1"'), `1 hotline: ${HOTLINE}`],
    ['empty file', () => policy('# nothing'), `1 hotline: ${HOTLINE}`],
    ['blank hotline', () => policy('hotline: "  "'), `1 hotline: ${HOTLINE}`],
    ['blank version', () => after('version: " "'), '2 version: must not be blank'],
    ['hotline that is a number', () => policy('version: "1"\nhotline: 5550100'), `2 hotline: ${HOTLINE}`],
    ['version that would lose digits', () => after('version: 1.10'), '2 version: must be text, in quotes'],
    ['length of time without a unit', () => after('eDown:\n  alertEvery: 15'), `3 eDown.alertEvery: ${DURATION}`],
    ['length of time of nothing', () => after('reopenWindow: 0s'), `2 reopenWindow: ${DURATION}`],
    ['length of time beyond a year', () => after('reopenWindow: 400d'), `2 reopenWindow: ${DURATION}`],
    [
      'case number that is no pattern',
      () => after("caseNumber: '^C(\\d+$'"),
      '2 caseNumber: must be a regular expression (Invalid regular expression: /^C(\\d+$/: Unterminated group)',
    ],
    [
      'severity that does not exist',
      () => after('severities:\n  "4": { firstContact: 1h }'),
      '3 severities.4: there is no such setting',
    ],
    [
      'timer that does not exist',
      () => after('severities:\n  "2":\n    firstContakt: 1h'),
      '4 severities.2.firstContakt: there is no such setting',
    ],
    [
      'contact checks out of order',
      () => after('eDown:\n  contactCheck: { first: 2h }'),
      '3 eDown.contactCheck: must rise from first over second to proposeLowering',
    ],
    [
      'night of contacts that begins at no time of day',
      () => after('eDown:\n  contactCheck:\n    quiet: { from: "10pm" }'),
      '4 eDown.contactCheck.quiet.from: must be a time of day such as "22:00"; the same time twice means that there is no night',
    ],
    [
      'night of contacts that never ends',
      () => after('eDown: { contactCheck: { quiet: { to: "24:00" } } }'),
      '2 eDown.contactCheck.quiet.to: must be a time of day such as "22:00"; the same time twice means that there is no night',
    ],
    [
      'no time at all for the next person',
      () => after('escalation: { nextPersonAfter: 0s }'),
      `2 escalation.nextPersonAfter: ${DURATION}`,
    ],
    [
      'next channel after a number',
      () => after('escalation: { nextChannelAfter: 20 }'),
      `2 escalation.nextChannelAfter: ${DURATION}, or a block of settings`,
    ],
    [
      'next channel by an urgency that there is not',
      () => after('escalation: { nextChannelAfter: { soon: 20s } }'),
      '2 escalation.nextChannelAfter.soon: there is no such setting',
    ],
    [
      'next channel after no length of time',
      () => after('escalation: { nextChannelAfter: { urgent: fast } }'),
      `2 escalation.nextChannelAfter.urgent: ${DURATION}`,
    ],
    ['warnings out of order', () => after('warnAt: [75, 50]'), '2 warnAt: percentages must rise'],
    ['warning given twice', () => after('warnAt: [50, 50]'), '2 warnAt: percentages must rise'],
    [
      'unknown reading of the guide',
      () => after('eDown: { stepDownReading: FRENCH }'),
      '2 eDown.stepDownReading: must be one of CHINESE, ENGLISH',
    ],
    ['half a round', () => after('escalation: { rounds: 2.5 }'), '2 escalation.rounds: must be a whole number'],
    ['no round', () => after('escalation: { rounds: 0 }'), '2 escalation.rounds: must be at least 1'],
    [
      'unknown channel',
      () => after('channels: { urgent: [fax] }'),
      '2 channels.urgent[0]: must be one of console, webhook, email, slack, sms, voice, http, or the name of a preset',
    ],
    ['no channel', () => after('channels: { normal: [] }'), '2 channels.normal: must not be empty'],
    ['block left empty', () => after('eDown:'), '2 eDown: must be a block of settings'],
    ['list in place of a block', () => after('escalation: [3]'), '2 escalation: must be a block of settings'],
  ])('%s', (_mistake, read, problem) => {
    expect(read()).toEqual([`policy.yaml:${problem}`]);
  });

  test('a file that is no YAML is told by its line, and nothing is guessed about the rest', () => {
    const problems = policy('hotline: "1"\neDown: { alertEvery: 15m\n');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^policy\.yaml:[23] /);
  });
});

test('every mistake of both files is told at once, in the order of the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
  try {
    writeFileSync(
      join(folder, 'directory.yaml'),
      'people:\n  - id: lee\n    name: Lee\n    manager: ana\n    timezone: Mars\n    name: Min\ndutyManagers: []\ntypo: 1\n',
    );
    writeFileSync(join(folder, 'policy.yaml'), 'reopenWindow: soon\nwarnAt: 50\n');
    const problems = told(() => loadConfig(folder, {})).map((line) => line.replace(`${folder}/`, ''));
    expect(problems).toEqual([
      'directory.yaml:4 people[0].manager: no such person "ana"',
      'directory.yaml:5 people[0].timezone: must be an IANA time zone such as Europe/Berlin',
      'directory.yaml:6 people[0].name: is written twice',
      'directory.yaml:7 dutyManagers: must name somebody: every search for a manager ends with them',
      'directory.yaml:8 typo: there is no such setting',
      'policy.yaml:1 hotline: must be the telephone number of the hotline, in quotes: it is how E-Down is best declared (R36)',
      'policy.yaml:1 reopenWindow: must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d',
      'policy.yaml:2 warnAt: must be a list',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a folder without the files is told by the files that are missing', () => {
  expect(told(() => loadConfig('no-such-folder', {}))).toEqual([
    'no-such-folder/directory.yaml:1 cannot be read (ENOENT)',
    'no-such-folder/policy.yaml:1 cannot be read (ENOENT)',
  ]);
});

test('what a secret is does not stand in the message about it', () => {
  const problems = directory(
    'people: [{ id: lee, name: Lee, channels: [{ kind: webhook, url: "env:LEE_URL" }] }]\ndutyManagers: [lee]',
    { LEE_URL: 'https://me:hunter2@example.com' },
  );
  expect(problems).toEqual([
    'directory.yaml:1 people[0].channels[0].url: must not carry a user name or a password: sign pages with secret',
  ]);
});
