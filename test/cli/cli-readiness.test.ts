/** `tocsin directory check`, `policy check | explain` and `replay` as a shell and CI run them: what they print, how they end. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { typed } from '../support/typed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

async function tocsin(
  argv: readonly string[],
  { config, stdin = '' }: { readonly config?: string; readonly stdin?: string } = {},
): Promise<Run> {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    TEMPORAL_CONFIG_FILE: path.join(folder, 'no-temporal.toml'),
    ...(config !== undefined && { TOCSIN_CONFIG: config }),
  };
  const child = spawn(process.execPath, [path.resolve('client/tocsin.js'), ...argv], { env, stdio: 'pipe' });
  child.stdin.end(stdin);
  const [out, err, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { exitCode, out, err };
}

/** A configuration of the test's. */
function configOf(directory: string, policy = 'hotline: "+1 555 0100"\n'): string {
  writeFileSync(path.join(folder, 'directory.yaml'), directory);
  writeFileSync(path.join(folder, 'policy.yaml'), policy);
  return folder;
}

const lee = (rest: string): string =>
  `people: [{ id: lee, name: Lee, manager: ana }, { id: ana, name: Ana }, { id: dora, name: Dora${rest} }]\ndutyManagers: [dora]\n`;
const FULL =
  lee('') +
  'onCall: [{ team: t, timezone: UTC, windows: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }], people: [lee] }]\n';
const AWAY = ', away: [{ from: 2026-11-25T00:00:00Z, to: 2026-11-26T00:00:00Z }]';
const AT = ['--at', '2026-11-24T12:00:00Z'];

/** Where a line breaks says nothing. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('directory check', () => {
  test.each([path.resolve('examples/acme'), path.resolve('examples/two-channels')])(
    '%s fits 80 columns',
    async (config) => {
      const { out } = await tocsin(['directory', 'check', ...AT], { config });
      // Where the folder lies is not for us to say.
      const lines = out.split('\n').filter((line) => !line.includes(config));
      expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
    },
  );

  test('the shipped example: every page finds somebody, on a log that nobody reads at night, 0', async () => {
    const { exitCode, out, err } = await tocsin(['directory', 'check', ...AT]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/examples\/acme: 7 engineers, 2026-11-24 12:00Z to 2026-12-01 12:00Z\n/);
    expect(inOneLine(out)).toMatch(
      /DEGRADED staff, any case \S+ 12:00Z to \S+ 12:00Z eng-lee, eng-kim.*…: a page is a line on the worker's log, which nobody reads at night asked instead: nobody /,
    );
    expect(inOneLine(out)).toMatch(
      /DEGRADED the customer's contacts, any case \S+ \S+Z to \S+ \S+Z a page is a line on/,
    );
    expect(inOneLine(out)).toMatch(/give them a channel besides the console\. ?$/);
  });

  test('people with a telephone that rings: everybody can be reached, 0', async () => {
    const ringing = readFileSync(path.resolve('examples/acme/directory.yaml'), 'utf8').replaceAll(
      '{ kind: console }',
      '{ kind: webhook, url: "http://127.0.0.1:9/phone" }',
    );
    const { exitCode, out } = await tocsin(['directory', 'check', ...AT], { config: configOf(ringing) });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^.*: 7 engineers, .*\n.*can be reached at every moment\.\n$/);
  });

  test('what finds somebody else than it should is told, and is no failure: 0', async () => {
    const { exitCode, out } = await tocsin(['directory', 'check', ...AT], { config: configOf(FULL) });
    expect(exitCode).toBe(0);
    expect(inOneLine(out)).toMatch(
      /DEGRADED M2, lee 2026-11-24 12:00Z to 2026-12-01 12:00Z the chart ends at the direct manager.* asked instead: dora/,
    );
  });

  test('nobody at all for a time is told with that time: 1', async () => {
    const { exitCode, out } = await tocsin(['directory', 'check', ...AT], { config: configOf(lee(AWAY)) });
    expect(exitCode).toBe(1);
    expect(inOneLine(out)).toMatch(
      /UNREACHABLE duty managers, any case 2026-11-25 00:00Z to 2026-11-26 00:00Z dora: everybody of this kind is away asked instead: nobody/,
    );
    expect(out).toMatch(/a page would find nobody\.$/m);
    // A day before it nothing is wrong yet.
    expect(
      (await tocsin(['directory', 'check', '--days', '1', '--at', '2026-11-23T12:00:00Z'], { config: folder }))
        .exitCode,
    ).toBe(0);
  });

  test('for a machine: findings as data, and the same exit code', async () => {
    const { exitCode, out } = await tocsin(['directory', 'check', ...AT, '--json'], { config: configOf(lee(AWAY)) });
    const { isReady, engineers, findings } = JSON.parse(out) as {
      isReady: boolean;
      engineers: string[];
      findings: object[];
    };
    expect({ exitCode, isReady, engineers }).toEqual({ exitCode: 1, isReady: false, engineers: ['lee'] });
    expect(findings).toContainEqual(
      expect.objectContaining({
        who: 'any case',
        what: 'ON_CALL',
        reason: 'NOBODY_ON_CALL',
        severity: 'UNREACHABLE',
        from: '2026-11-25T00:00:00.000Z',
        to: '2026-11-26T00:00:00.000Z',
      }),
    );
  });

  test.each<[string[], RegExp]>([
    [['--at', 'soon'], /It is a time such as/],
    [['--days', '0'], /whole number from 1 to 366/],
    [['--days', '1.5'], /whole number from 1 to 366/],
  ])('bad usage %p: 2', async (flags, sentence) => {
    const { exitCode, err } = await tocsin(['directory', 'check', ...flags]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(sentence);
  });
});

const BROKEN = {
  directory: 'people: [{ id: lee, name: Lee, manager: boss }]\ndutyManagers: [lee]\n',
  policy: 'eDown: { alertEvery: soon }\n',
};

describe('a broken configuration: 2, and every mistake of both files at once', () => {
  test.each([
    [['directory', 'check']],
    [['policy', 'check']],
    [['policy', 'explain', '--case', path.resolve('examples/acme/opening.json')]],
  ])('%p', async (argv) => {
    const { exitCode, out, err } = await tocsin(argv, { config: configOf(BROKEN.directory, BROKEN.policy) });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(/^The configuration is broken\.$/m);
    expect(err).toMatch(/directory\.yaml:1 people\[0\]\.manager: no such person "boss"/);
    expect(err).toMatch(/policy\.yaml:1 hotline: must be the telephone number/);
    expect(err).toMatch(/policy\.yaml:1 eDown\.alertEvery: must be a length of time/);
  });

  test('for a machine', async () => {
    const { exitCode, err } = await tocsin(['policy', 'check', '--json'], {
      config: configOf(BROKEN.directory, BROKEN.policy),
    });
    expect(exitCode).toBe(2);
    const { code, fields } = JSON.parse(err) as { code: string; fields: { field: string }[] };
    expect(code).toBe('BROKEN_CONFIGURATION');
    expect(fields.map(({ field }) => field.replace(/^.*\//, '')).sort()).toEqual([
      'directory.yaml:1 people[0].manager',
      'policy.yaml:1 eDown.alertEvery',
      'policy.yaml:1 hotline',
    ]);
  });
});

describe('policy check', () => {
  test('says what would be used: version, hash, hotline, and what is otherwise than by default', async () => {
    const config = configOf(
      FULL,
      'version: "7"\nhotline: "+49 30 1"\nseverities: { "2": { managerAck: 10m } }\neDown: { alertEvery: 1200s }\nescalation: { rounds: 5 }\n',
    );
    const { exitCode, out } = await tocsin(['policy', 'check'], { config });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/version +7 \(sha256:[0-9a-f]{16}\)\n +hotline +\+49 30 1\n +people +3; on call: t\n/);
    const settings = out
      .trim()
      .split('\n')
      .slice(6)
      .map((line) => line.trim().split(/ +/));
    expect(settings).toEqual(
      expect.arrayContaining([
        ['severities.2.managerAck', '10m', '30m'],
        ['eDown.alertEvery', '20m', '15m'],
        ['escalation.rounds', '5', '3'],
      ]),
    );
    expect(settings).toHaveLength(3);
  });
});

const OPENING = path.resolve('examples/acme/opening.json');
const OPENED = {
  caseNumber: 'C1234567',
  title: 'T',
  severity: 2,
  environment: 'PRODUCTION',
  customer: { number: '1', name: 'A', activeSupport: true, enterprise: true },
  by: 'm',
  role: 'CUSTOMER',
} as const;

describe('policy explain', () => {
  test('the usual parts, each as a table', async () => {
    const { exitCode, out } = await tocsin([
      'policy',
      'explain',
      '--case',
      OPENING,
      '--at',
      '2026-11-24T09:00:00Z',
      '--hours',
      '1',
    ]);
    expect(exitCode).toBe(0);
    expect(out.match(/^The case is opened|^The customer escalates|^E-Down is declared/gm)).toHaveLength(4);
    expect(out).toMatch(/^time +after +how +who +why +channel +what$/m);
    expect(out).toMatch(
      /^2026-11-24 09:00Z +\+0 +asks +Lee Min \(eng-lee\) +engineer +console +This case is yours\. Please take it\./m,
    );
    expect(out).toMatch(
      /^2026-11-24 09:30Z +\+30m +rings +Ben Okafor \(mgr-ben\) +next manager up +console +Please take this case as manager/m,
    );
    expect(out).toMatch(
      /^2026-11-24 09:00Z +\+0 +word +Vera Lind \(vp-ops\) +duty executive +console +E-Down 1 has started/m,
    );
    // Everybody of a rung was asked, and the next one is: no failure.
    expect(out).not.toContain(' – ');
  });

  test('on 80 columns how and to whom, and below it all that it says', async () => {
    const argv = ['policy', 'explain', '--case', OPENING, '--at', '2026-11-24T09:00:00Z', '--hours', '2'];
    const usual = await typed(argv, { width: 80 });
    expect(usual.exitCode).toBe(0);
    expect(usual.out).toContain(
      [
        'The customer escalates (M1): the first 2 h, while nobody answers',
        '+0       rings  Ana Ruiz (mgr-ana) by console: direct manager',
        '                Please take this case as manager (M1): staff it and call Acme',
        '                Motors. Please answer by 2026-11-24 09:30 UTC.',
        '+30m     rings  Ben Okafor (mgr-ben) by console: next manager up',
      ].join('\n'),
    );
    const acts = ['escalate', 'wait=40m', 'accept', 'escalate', 'wait=20m', 'e-down'];
    const done = await typed([...argv, '--do', ...acts], { width: 80 });
    expect(done.out).toContain(
      [
        'The case is opened, then escalated, then left alone for 40 minutes, then',
        'accepted, then escalated, then left alone for 20 minutes, then declared E-Down:',
        'the first 2 h, while nobody answers',
      ].join('\n'),
    );
    for (const line of `${usual.out}\n${done.out}`.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('what cannot be sent is told as such, with the reason and who was passed over', async () => {
    const config = configOf(
      'people: [{ id: lee, name: Lee, manager: ana, channels: [] }, { id: ana, name: Ana, away: [{ from: 2026-01-01T00:00:00Z, to: 2027-01-01T00:00:00Z }] }, { id: dora, name: Dora }]\ndutyManagers: [dora]\n',
    );
    const opening = JSON.stringify({ ...OPENED, engineer: 'lee' });
    const { out } = await typed(['policy', 'explain', '--case', '-', ...AT, '--hours', '1', '--do', 'escalate'], {
      stdin: opening,
      width: 80,
      config,
    });
    expect(out).toMatch(/^\+0 +– +Lee \(lee\): engineer · no channel left\n/m);
    expect(out).toMatch(/^\+0 +rings +Dora \(dora\) by console: duty manager$/m);
    expect(out).toMatch(/^\+0 +– +the manager: nobody there · ana away\n/m);
  });

  test('what is done to it, from standard input, for a machine', async () => {
    const opening = { ...OPENED, engineer: 'lee' };
    const argv = [
      'policy',
      'explain',
      '--case',
      '-',
      ...AT,
      '--do',
      'escalate',
      'wait=5m',
      'accept',
      '--hours',
      '2',
      '--json',
    ];
    const { exitCode, out } = await tocsin(argv, { config: configOf(FULL), stdin: JSON.stringify(opening) });
    const { at, parts } = JSON.parse(out) as {
      at: string;
      parts: { told: { purpose: string; person: string; at: string; mode: string }[] }[];
    };
    expect({ exitCode, at, parts: parts.length }).toEqual({ exitCode: 0, at: '2026-11-24T12:00:00.000Z', parts: 1 });
    expect(
      parts[0]?.told.filter(({ purpose }) => purpose === 'ESCALATED_M1').map(({ person, mode }) => [person, mode]),
    ).toEqual([['ana', 'RING']]);
  });

  test('text of the case cannot steer the terminal, and a name that could is none', async () => {
    const customer = { ...OPENED.customer, name: 'A\u001b[2J\u0007' };
    const argv = ['policy', 'explain', '--case', '-', ...AT, '--hours', '1'];
    const { exitCode, out } = await typed(argv, { stdin: JSON.stringify({ ...OPENED, customer }) });
    expect(exitCode).toBe(0);
    expect(out).toContain('call A');
    const refused = await typed(argv, { stdin: JSON.stringify({ ...OPENED, by: 'm\u001b[31m' }) });
    expect(refused).toMatchObject({ exitCode: 2, out: '' });
    expect(refused.err).toMatch(/^INVALID_INPUT: .*\n {2}by must be one line/);
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(out + refused.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test.each<[string, string[], string, number, RegExp]>([
    ['no opening', ['--case', '/no/such.json'], '', 2, /cannot be read/],
    ['an opening that is none', ['--case', '-'], '{"severity":2}', 2, /INVALID_INPUT|UNAUTHENTICATED/],
    ['an act that is none', ['--case', OPENING, '--do', 'explode'], '', 2, /--do does not know "explode"/],
    ['an act that the case refuses', ['--case', OPENING, '--do', 'severity=2'], '', 1, /^SEVERITY_UNCHANGED/],
    ['no case', [], '', 2, /--case/],
  ])('%s', async (_name, flags, stdin, code, sentence) => {
    const { exitCode, out, err } = await tocsin(['policy', 'explain', ...flags], { stdin });
    expect(err).toMatch(sentence);
    expect({ exitCode, out }).toEqual({ exitCode: code, out: '' });
  });
});

describe('replay', () => {
  const HISTORY = path.resolve('test/replay/histories/e-down.json');

  test('a history that fits: 0', async () => {
    const { exitCode, out } = await tocsin(['replay', '--file', HISTORY]);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/^fits {2}C1000002 run [0-9a-f-]+, \d+ events\n$/) as string,
    });
  });

  test('one that does not: 1, and where', async () => {
    const file = path.join(folder, 'history.json');
    writeFileSync(file, readFileSync(HISTORY, 'utf8').replaceAll('alertOnCallTeam', 'notifyManager'));
    const { exitCode, out } = await tocsin(['replay', '--file', file, '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        { workflowId: 'C1000002', fits: false, why: expect.stringMatching(/alertOnCallTeam|notifyManager/) as string },
      ],
    });
  });

  test.each<[string, string[], number, RegExp]>([
    ['neither a case nor a file', [], 2, /Name a case, or a history/],
    ['both', ['C1000002', '--file', HISTORY], 2, /Name a case, or a history/],
    ['a file that is no history', ['--file', OPENING], 2, /is no history of a workflow/],
    [
      'a server that is not there',
      ['C1000002', '--address', '127.0.0.1:1', '--deadline', '500ms'],
      3,
      /could not be reached/,
    ],
  ])('%s', async (_name, argv, code, sentence) => {
    const { exitCode, err } = await tocsin(['replay', ...argv]);
    expect(err).toMatch(sentence);
    expect(exitCode).toBe(code);
  });
});

describe('where the secrets of production are not, as in CI', () => {
  const SECRETS = FULL.replace(
    '{ id: lee,',
    '{ id: lee, channels: [{ kind: webhook, url: "env:LEE_URL", secret: "file:/run/secrets/not-here" }],',
  );

  test.each([
    [['directory', 'check', ...AT]],
    [['policy', 'check']],
    [['policy', 'explain', '--case', OPENING]],
    [['rehearse', 'well-run', '--hours', '1']],
    [['texts', 'check']],
    [['directory', 'oncall']],
    [['directory', 'ical', '--person', 'lee']],
  ])('%j runs all the same', async (argv) => {
    const { exitCode, out, err } = await tocsin(argv, { config: configOf(SECRETS) });
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).not.toContain('\0');
    if (argv[1] === 'check' && argv[0] !== 'texts')
      expect(out).toContain('Not set here, and needed by a worker: LEE_URL, file:/run/secrets/not-here');
  });

  test('two files of people are compared all the same', async () => {
    const folder = configOf(SECRETS);
    const { exitCode, err } = await tocsin(['directory', 'diff', folder, folder]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  });

  test('for a machine', async () => {
    const { out } = await tocsin(['policy', 'check', '--json'], { config: configOf(SECRETS) });
    expect(JSON.parse(out)).toMatchObject({
      unset: ['LEE_URL', 'file:/run/secrets/not-here'],
      policy: { severities: {} },
    });
  });
});
