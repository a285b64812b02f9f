/** `tocsin rehearse`: a whole night in memory, counted by person, told on 80 columns, judged by its exit code (H1-H7, D19). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PersonsNight, Rehearsed } from '../../rehearsal/rehearse';
import { SHIPPED } from '../../rehearsal/scenario';
import { typed, type Typed } from '../support/typed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-rehearse-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const NOW = Date.parse('2026-11-26T12:00:00Z');
const ACME = path.resolve('examples/acme');
const TWO_CHANNELS = path.resolve('examples/two-channels');

const rehearse = (argv: readonly string[], config = ACME): Promise<Typed> =>
  typed(['rehearse', ...argv], { width: 80, now: NOW, config });

interface Answer extends Rehearsed {
  readonly limitsPassed: readonly string[];
}

/** As a machine reads it. */
async function rehearsed(argv: readonly string[], config = ACME): Promise<Answer> {
  const { exitCode, out, err } = await rehearse([...argv, '--json'], config);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return JSON.parse(out) as Answer;
}

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const COMPANY = `people:
  - { id: lee, name: Lee, manager: ana, channels: [{ kind: webhook, url: "http://127.0.0.1:9/lee" }, { kind: console }] }
  - { id: kim, name: Kim, manager: ana }
  - { id: ana, name: Ana, manager: ben }
  - { id: ben, name: Ben, manager: vera, timezone: Asia/Tokyo }
  - { id: vera, name: Vera }
  - { id: dora, name: Dora }
dutyManagers: [dora]
onCall:
  - { team: day, timezone: UTC, people: [lee, kim], windows: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }] }
`;
/** A company of the test's. */
function company(): string {
  write('directory.yaml', COMPANY);
  write('policy.yaml', 'hotline: "+1 555 0100"\n');
  return folder;
}

const NIGHT = `start: 2026-11-23T21:00:00Z
hours: 4
opening:
  title: Nobody can log in
  severity: 2
  environment: PRODUCTION
  engineer: lee
  customer: { number: "1", name: Acme, activeSupport: true, enterprise: true }
  by: maria
  role: CUSTOMER
`;

describe('the nights that come with it keep what is promised', () => {
  const most = (people: readonly PersonsNight[], of: (person: PersonsNight) => number): number =>
    Math.max(...people.map(of));
  const ofContact = ({ people }: Rehearsed): PersonsNight | undefined =>
    people.find(({ person }) => person === 'technical contact');

  test('H1 everybody answers 20 minutes late: somebody has it after 20 minutes, and nobody is turned away', async () => {
    const night = await rehearsed(['late', '--max-wait', '20m']);
    expect(night).toMatchObject({
      hours: 24,
      firstHolderAfterMs: 20 * 60_000,
      refusedAsLate: 0,
      longestWithNobodyAskedMs: 0,
    });
  });

  test('H3, H4 well run: few rings in a shift, and the contact sleeps', async () => {
    const night = await rehearsed(['--max-rings', '12', '--max-wait', '2m']);
    expect(night).toMatchObject({
      scenario: 'well-run',
      firstHolderAfterMs: 2 * 60_000,
      refusedAsLate: 0,
      notDone: [],
    });
    const contact = ofContact(night);
    expect((contact?.rings ?? 0) + (contact?.asks ?? 0) + (contact?.words ?? 0)).toBeLessThanOrEqual(8);
    expect(contact?.pagesAtNight ?? 0).toBe(0);
  });

  test('H2 nobody answers for 24 hours: nobody is rung without end, and at every moment somebody is asked', async () => {
    const night = await rehearsed(['nobody']);
    expect(night).toMatchObject({ firstHolderAfterMs: null, longestWithNobodyAskedMs: 0 });
    expect(most(night.people, ({ rings }) => rings)).toBeLessThanOrEqual(30);
    expect(most(night.people, ({ answers, refused }) => answers + refused)).toBe(0);
  });

  test('H6 a severity that flips every 5 minutes: one conversation, and word to the engineer at most once a change', async () => {
    const night = await rehearsed(['flapping']);
    expect(night).toMatchObject({ hours: 12, notDone: [] });
    expect(night.people.reduce((sum, { rings }) => sum + rings, 0)).toBeLessThanOrEqual(60);
    expect(night.people.find(({ person }) => person === 'eng-lee')?.words).toBeLessThanOrEqual(144);
  });

  test("H7 everybody's first channel is down for two hours: it costs seconds", async () => {
    const night = await rehearsed(['provider-down', '--max-rings', '12'], TWO_CHANNELS);
    expect(night).toMatchObject({
      firstHolderAfterMs: 2 * 60_000,
      refusedAsLate: 0,
      longestWithNobodyAskedMs: 0,
      notDone: [],
    });
  });

  test('whose case, where and when can be said', async () => {
    const argv = ['nobody', '--hours', '1', '--engineer', 'eng-smith', '--timezone', 'America/New_York'];
    const night = await rehearsed([...argv, '--at', '2026-12-24T00:00:00Z']);
    // The next Monday, 22:00 in New York.
    expect(night).toMatchObject({ start: '2026-12-29T03:00:00.000Z', hours: 1 });
    expect(night.people.map(({ person }) => person)).toContain('eng-smith');
  });
});

describe('for people', () => {
  test.each(SHIPPED)('%s fits 80 columns', async (night) => {
    const { exitCode, out, err } = await rehearse([night]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('a week fits as well: each mark is of several hours', async () => {
    const { out } = await rehearse(['nobody', '--hours', '168']);
    expect(out).toMatch(/^who +each 7 hours +rings +night +shift +asks +word$/m);
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('who was rung in which hour, how often by day and night, and what came of it', async () => {
    const people = `people:
  lee: { answersAfter: 1m }
  ana: never
  ben: { never: true }
  vera: { answersAfter: 10m }
`;
    const events = 'events: [{ at: 0, do: escalate, by: maria, role: CUSTOMER }]\n';
    const { exitCode, out } = await rehearse([write('friday.yaml', NIGHT + people + events)], company());
    expect(exitCode).toBe(0);
    // Ana is rung at 21:00, Ben at 21:30, which is 6:30 of his, Vera at 22:00; what comes up at 1:00 is of the next night.
    expect(out.split('\n')).toEqual([
      'friday',
      '4 h from 2026-11-23 21:00Z',
      '',
      'who   hour by hour  rings  night  shift  asks  word',
      'Ana   1···              1      0      1     0     1',
      'Ben   1···              1      1      1     0     1',
      'Vera  ·1··              1      1      1     0     1',
      'Lee   ····              0      0      0     1     1',
      'night: 22 to 7 by their clock; shift: most in one; asks, word: without a ring',
      '',
      'Somebody had it after 1m.',
      'At every moment somebody had it or was being asked.',
      '2 answers.',
      '8 messages in all; at most 1 ring for one person in one shift.',
    ]);
  });

  test('what was to happen and did not is told: the case refused it, or there was nobody to do it', async () => {
    const events = `events:
  - { at: 0, do: acceptEscalation, by: { part: ASKED_FOR_LEVEL } }
  - { at: 1m, do: escalate, by: maria, role: CUSTOMER }
  - { at: 10m, do: acceptEscalation, by: { part: ASKED_FOR_LEVEL } }
  - { at: 1h, do: changeSeverity, by: maria, role: CUSTOMER, input: { severity: 2 } }
down: [{ channel: console, from: 0, to: 4h }, { channel: webhook, from: 0, to: 4h }]
`;
    const file = write('friday.yaml', NIGHT + events);
    const { out } = await rehearse([file], company());
    expect(out.split('\n').filter((line) => line.startsWith('Not done'))).toEqual([
      'Not done: 2026-11-23 21:00Z acceptEscalation by nobody: The case is not escalat…',
      'Not done: 2026-11-23 21:10Z acceptEscalation by ASKED_FOR_LEVEL: There was nobo…',
      'Not done: 2026-11-23 22:00Z changeSeverity by maria: The case has this severity…',
    ]);
    // No channel works: from the first round on everything waits for the next one.
    expect(out).toMatch(/^Nobody ever had it\.\nFor \d+m( \d+s)? nobody had it, and nobody was being asked\.$/m);
    const { notDone } = await rehearsed([file], company());
    expect(notDone.map(({ at, by, do: name, code }) => [at.slice(11, 16), by, name, code])).toEqual([
      ['21:00', 'nobody', 'acceptEscalation', 'NOT_ESCALATED'],
      ['21:10', 'ASKED_FOR_LEVEL', 'acceptEscalation', 'NOBODY'],
      ['22:00', 'maria', 'changeSeverity', 'SEVERITY_UNCHANGED'],
    ]);
  });

  test('nothing that a file says can steer the terminal', async () => {
    const contacts = '  contacts: [{ name: "Pat\\u001b[31m", reach: ON_SITE }]\n';
    const events = 'events: [{ at: 0, do: closeCase, by: "m\\u001b[2J", role: CUSTOMER, input: { resolution: x } }]\n';
    for (const more of ['', contacts + events, events]) {
      const { out, err } = await rehearse([write('n\u0007.yaml', NIGHT + more)], company());
      // eslint-disable-next-line no-control-regex -- they are what must not be there
      expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    }
  });
});

describe('for a machine', () => {
  test('the counts of everybody whom the case reached', async () => {
    const night = await rehearsed(['nobody', '--hours', '2']);
    expect(Object.keys(night)).toEqual([
      'scenario',
      'start',
      'hours',
      'people',
      'firstHolderAfterMs',
      'refusedAsLate',
      'longestWithNobodyAskedMs',
      'pages',
      'notDone',
      'limitsPassed',
    ]);
    expect(night).toMatchObject({ scenario: 'nobody', start: '2026-11-30T22:00:00.000Z', hours: 2, limitsPassed: [] });
    expect(night.people.length).toBeGreaterThan(5);
    for (const person of night.people)
      expect(person).toEqual({
        person: expect.any(String) as string,
        name: expect.any(String) as string,
        rings: expect.any(Number) as number,
        ringsAtNight: expect.any(Number) as number,
        asks: expect.any(Number) as number,
        words: expect.any(Number) as number,
        pagesAtNight: expect.any(Number) as number,
        mostRingsInAShift: expect.any(Number) as number,
        ringsByHour: [expect.any(Number), expect.any(Number)] as number[],
        answers: 0,
        refused: 0,
      });
    for (const { rings, ringsByHour } of night.people)
      expect(ringsByHour.reduce((sum, count) => sum + count, 0)).toBe(rings);
  });

  test('the same night twice is the same', async () => {
    const [one, other] = [await rehearse(['well-run', '--json']), await rehearse(['well-run', '--json'])];
    expect(one).toEqual(other);
  });
});

describe('how it ends', () => {
  const night = ['nobody', '--hours', '6'];

  test('0 while no limit is passed', async () => {
    expect((await rehearse([...night, '--max-rings', '9'])).exitCode).toBe(0);
  });

  test('1 when somebody is rung more often in one shift, and it is said who', async () => {
    const { people } = await rehearsed(night);
    const most = Math.max(...people.map(({ mostRingsInAShift }) => mostRingsInAShift));
    const over = people.filter(({ mostRingsInAShift }) => mostRingsInAShift === most);
    const limits = over.map(({ name }) => `${name} was rung ${most} times in a shift.`);
    const { exitCode, out } = await rehearse([...night, '--max-rings', `${most - 1}`]);
    expect({ exitCode, said: out.split('\n').slice(-limits.length) }).toEqual({
      exitCode: 1,
      said: limits.map((limit) => `Over the limit: ${limit}`),
    });
    const machine = await rehearse([...night, '--max-rings', `${most - 1}`, '--json']);
    expect([machine.exitCode, (JSON.parse(machine.out) as Answer).limitsPassed]).toEqual([1, limits]);
    expect((await rehearse([...night, '--max-rings', `${most}`])).exitCode).toBe(0);
  });

  test('1 when nobody has it in time', async () => {
    expect((await rehearse(['late', '--hours', '1', '--max-wait', '20m'])).exitCode).toBe(0);
    const { exitCode, out } = await rehearse(['late', '--hours', '1', '--max-wait', '1199s']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/\nOver the limit: nobody had it within 19m 59s\.$/);
    expect((await rehearse([...night, '--max-wait', '5h'])).exitCode).toBe(1);
  });

  test('1 when the opening of a file is one that the case refuses', async () => {
    const file = write('n.yaml', `${NIGHT.replace('severity: 2', 'severity: 0')}  channel: CASE_LOGGER\n`);
    const { exitCode, out, err } = await rehearse([file], company());
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(/^E_DOWN_NOT_AT_LOGGING: /);
  });

  test.each<[string, string[], RegExp]>([
    [
      'a night that there is not',
      ['wel-run'],
      /^There is no file and no night "wel-run"\. Nights: late, well-run, nobody, flapping, provider-down\.\n/,
    ],
    ['a folder', ['test'], /^There is no file and no night "test"\./],
    ['two nights', ['late', 'nobody'], /too many arguments/],
    ['no hours', ['late', '--hours', '0'], /whole number from 1 to 744/],
    ['no limit', ['late', '--max-rings', 'few'], /whole number from 1 to 9999/],
    ['no length of time', ['late', '--max-wait', 'soon'], /written like 90s, 20m or 2h/],
    ['a zone that there is not', ['late', '--timezone', 'Mars'], /^There is no time zone "Mars"\. Use an IANA name/],
    ['an engineer whom nobody knows', ['late', '--engineer', 'lee'], /^There is no person "lee" in the directory\.\n/],
    ['no time', ['late', '--at', 'soon'], /It is a time such as/],
  ])('2 for bad usage: %s', async (_, argv, sentence) => {
    const { exitCode, out, err } = await rehearse(argv);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err).toMatch(/\nSee tocsin rehearse --help\.$/);
  });

  test.each(['--engineer=lee', '--timezone=UTC', '--at=2026-11-23T21:00:00Z'])(
    '2 for %s with a file, which says it itself',
    async (flag) => {
      const { exitCode, err } = await rehearse([write('n.yaml', NIGHT), flag], company());
      expect(exitCode).toBe(2);
      expect(err).toMatch(
        /^--(engineer|timezone|at) is for the nights that come with tocsin; a file says it itself\.\n/,
      );
    },
  );

  test('2 for a broken configuration, and every mistake of it', async () => {
    const config = company();
    write('policy.yaml', 'eDown: { alertEvery: soon }\n');
    const { exitCode, out, err } = await rehearse(['late'], config);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(
      /^The configuration is broken\.\n.*policy\.yaml:1 hotline: .*\n.*policy\.yaml:1 eDown\.alertEvery: /,
    );
  });
});

describe('a file of your own', () => {
  const told = async (name: string, text: string): Promise<string[]> => {
    const { exitCode, out, err } = await rehearse([write(name, text)], company());
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    const [head, ...mistakes] = err.replaceAll(`${folder}/`, '').split('\n');
    expect(head).toBe('The scenario is broken.');
    return mistakes;
  };

  const EVENTS = [
    { at: 0, do: 'escalate', by: 'maria', role: 'CUSTOMER' },
    { at: '1h', do: 'recordProgress', by: { part: 'AT_WORK' }, input: { summary: 'Found it.', substantive: true } },
    {
      at: '2026-11-23T22:30:00Z',
      do: 'recordCustomerContact',
      by: { part: 'MANAGING' },
      input: { how: 'PHONE', outcome: 'REACHED', summary: 'Told.' },
    },
  ];
  const AS_JSON = {
    start: '2026-11-23T21:00:00Z',
    hours: 4,
    opening: {
      title: 'Nobody can log in',
      severity: 2,
      environment: 'PRODUCTION',
      engineer: 'lee',
      customer: { number: '1', name: 'Acme', activeSupport: true, enterprise: true },
      by: 'maria',
      role: 'CUSTOMER',
    },
    people: { '*': { answersAfter: '5m' }, ana: 'never' },
    events: EVENTS,
  };
  const AS_YAML = `${NIGHT}people: { "*": { answersAfter: 5m }, ana: never }
events:
  - { at: 0s, do: escalate, by: maria, role: CUSTOMER }
  - { at: 1h, do: recordProgress, by: { part: AT_WORK }, input: { summary: Found it., substantive: true } }
  - at: 2026-11-23T22:30:00Z
    do: recordCustomerContact
    by: { part: MANAGING }
    input: { how: PHONE, outcome: REACHED, summary: Told. }
`;

  test('YAML and JSON say the same', async () => {
    const yaml = await rehearsed([write('a.yaml', AS_YAML)], company());
    expect(await rehearsed([write('a.json', JSON.stringify(AS_JSON))], company())).toEqual(yaml);
    expect(yaml).toMatchObject({ scenario: 'a', start: '2026-11-23T21:00:00.000Z', hours: 4, notDone: [] });
  });

  test('whoever never answers is asked and does not; everybody else answers after their time', async () => {
    const { people, firstHolderAfterMs } = await rehearsed([write('a.yaml', AS_YAML)], company());
    expect(people.map(({ person, rings, answers }) => [person, rings, answers])).toEqual([
      ['ana', 1, 0],
      ['ben', 1, 1],
      ['lee', 0, 1],
    ]);
    expect(firstHolderAfterMs).toBe(5 * 60_000);
  });

  test('what happens is done by a person, or by whoever has the part then: nothing of it is overdue', async () => {
    const quiet = await rehearsed([write('a.yaml', AS_YAML)], company());
    const [escalated] = AS_YAML.split('  - { at: 1h');
    const silent = await rehearsed([write('b.yaml', escalated ?? '')], company());
    const words = ({ people }: Rehearsed, id: string): number => people.find(({ person }) => person === id)?.words ?? 0;
    // Without the talk with the customer its promise comes due, which the engineer hears of.
    expect([words(silent, 'lee') > 0, words(quiet, 'lee')]).toEqual([true, 0]);
  });

  test('a channel that is down is passed by at once: by its kind, or the first one of each person', async () => {
    const down = `people: { "*": { answersAfter: 5m } }
down: [{ channel: webhook, from: 0, to: 1h }]
`;
    const night = await rehearsed([write('a.yaml', NIGHT + down)], company());
    // Lee has a console besides; nobody else is asked for it.
    expect(night).toMatchObject({ firstHolderAfterMs: 5 * 60_000, longestWithNobodyAskedMs: 0, refusedAsLate: 0 });
    expect(night.people.map(({ person, asks, answers }) => [person, asks, answers])).toEqual([['lee', 1, 1]]);
    const first = await rehearsed([write('b.yaml', NIGHT + down.replace('webhook', 'FIRST'))], company());
    expect(first).toEqual({ ...night, scenario: 'b' });
  });

  test('--hours counts for a file as well', async () => {
    const file = write('a.yaml', AS_YAML);
    expect(await rehearsed([file, '--hours', '9'], company())).toMatchObject({ hours: 9 });
    expect((await rehearsed([file, '--hours', '1'], company())).people[0]?.ringsByHour).toHaveLength(1);
  });

  test('every mistake is told at once, each with its line', async () => {
    const scenario = `start: tomorrow
hours: 6.5
opening:
  title: ""
  severity: 7
  by: maria
  role: CUSTOMER
  environment: PRODUCTION
  contacts: [{ reach: PAGER }]
people:
  lee: sometimes
  kim: { answersAfter: soon }
  ana: { answersAfter: 5m, never: true }
  robert: { answersAfter: 5m }
  verra: never
events:
  - { at: yesterday, do: escalate, by: maria }
  - { at: 1h, do: explode, by: maria, role: CUSTOMER }
  - { at: 2h, do: recordProgress, by: { part: SOMEBODY }, input: { summary: 7 } }
  - { at: 3h, do: escalate, by: { part: AT_WORK }, role: BOSS }
  - { at: 4h, by: 7 }
down:
  - { channel: vioce, from: 2h, to: later }
typo: 1
`;
    const MOMENT = 'must be a length of time since the start such as 30m, or a time such as 2026-11-23T21:00:00Z';
    const HABITS = 'must say after how long they answer, such as { answersAfter: 5m }, or never';
    const COMMAND = 'must be a command of a case, such as changeSeverity (docs/commands.md has them all)';
    expect(await told('n.yaml', scenario)).toEqual([
      'n.yaml:1 start: must be a time such as 2026-11-23T21:00:00Z',
      'n.yaml:2 hours: must be a whole number',
      'n.yaml:3 opening.customer: is missing; it must be one JSON object',
      'n.yaml:4 opening.title: must be text of 1 to 200 characters',
      'n.yaml:5 opening.severity: must be one of 0, 1, 2, 3',
      'n.yaml:9 opening.contacts[0].name: is missing; it must be one line of 1 to 120 printable characters',
      `n.yaml:11 people.lee: ${HABITS}`,
      'n.yaml:12 people.kim.answersAfter: must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d',
      `n.yaml:13 people.ana: ${HABITS}`,
      'n.yaml:14 people.robert: no such person "robert"',
      'n.yaml:15 people.verra: no such person "verra"; is vera meant?',
      `n.yaml:17 events[0].at: ${MOMENT}`,
      'n.yaml:17 events[0].role: is missing; this command may be given in several roles',
      `n.yaml:18 events[1].do: ${COMMAND}`,
      'n.yaml:19 events[2].by.part: must be one of AT_WORK, MANAGING, ASKED_FOR_LEVEL',
      'n.yaml:19 events[2].input.summary: must be text of 1 to 1200 characters',
      'n.yaml:19 events[2].input.substantive: is missing; it must be true or false',
      'n.yaml:20 events[3].role: must be one of CUSTOMER, CONTACT, ENGINEER, MANAGER, ASSISTANT, SERVICE',
      'n.yaml:20 events[3].role: must be left out: it goes with the part',
      `n.yaml:21 events[4].do: ${COMMAND}`,
      'n.yaml:21 events[4].by: must be a name, or { part: … } with one of AT_WORK, MANAGING, ASKED_FOR_LEVEL',
      `n.yaml:23 down[0].to: ${MOMENT}`,
      'n.yaml:23 down[0].channel: no such channel "vioce"; FIRST is the first one of each person',
      'n.yaml:24 typo: there is no such setting',
    ]);
  });

  test('what would never happen is a mistake', async () => {
    expect(
      await told(
        'n.yaml',
        `${NIGHT}events:
  - { at: 2026-11-23T20:59:00Z, do: escalate, by: maria, role: CUSTOMER }
  - { at: 4h, do: escalate, by: maria, role: CUSTOMER }
down: [{ channel: console, from: 2h, to: 2026-11-23T23:00:00Z }]
`,
      ),
    ).toEqual([
      'n.yaml:12 events[0].at: must not be before the start',
      'n.yaml:13 events[1].at: must be within the 4 h of the night',
      'n.yaml:14 down[0].to: must be later than from',
    ]);
  });

  test('JSON has lines too, and what is no YAML and no JSON is told by its line', async () => {
    const json = JSON.stringify({ ...AS_JSON, people: { lee: { answersAfter: 5 } } }, undefined, 1);
    const line = json.split('\n').findIndex((text) => text.includes('answersAfter')) + 1;
    expect(await told('n.json', json)).toEqual([
      `n.json:${line} people.lee.answersAfter: must be a length of time such as 500ms, 2s, 15m, 1h or 2d, at most 366d`,
    ]);
    const [mistake, ...others] = await told('n.json', '{\n "start": [\n}');
    expect(mistake).toMatch(/^n\.json:[23]: /);
    expect(others.length).toBeLessThan(3);
    expect(await told('empty.yaml', '')).toEqual([
      'empty.yaml:1 start: must be a time such as 2026-11-23T21:00:00Z',
      'empty.yaml:1 opening: is missing; it must be a block of settings',
    ]);
  });

  test("the customer's people are those whom the case names", async () => {
    const contacts = '  contacts: [{ name: Pat Doe, reach: PAGER, number: "1", timezone: Asia/Tokyo }]\n';
    const people = 'people: { Pat Doe: { answersAfter: 5m }, Quinn: never }\n';
    expect(await told('n.yaml', NIGHT + contacts + people)).toEqual(['n.yaml:12 people.Quinn: no such person "Quinn"']);
    const events = `events:
  - { at: 1h, do: updateContacts, by: maria, role: CUSTOMER, input: { add: [{ name: Quinn, reach: ON_SITE }] } }
`;
    expect(await rehearsed([write('n.yaml', NIGHT + contacts + people + events)], company())).toMatchObject({
      notDone: [],
    });
  });

  test('for a machine the mistakes are a problem document', async () => {
    const { exitCode, err } = await rehearse([write('n.yaml', 'start: 1\n'), '--json'], company());
    expect(exitCode).toBe(2);
    expect(JSON.parse(err)).toMatchObject({
      code: 'BROKEN_SCENARIO',
      title: 'The scenario is broken.',
      fields: [
        {
          field: expect.stringMatching(/n\.yaml:1 start$/) as string,
          problem: 'must be a time such as 2026-11-23T21:00:00Z',
        },
        { field: expect.stringMatching(/n\.yaml:1 opening$/) as string },
      ],
      hint: 'See docs/readiness.md.',
    });
  });
});
