/** T7: what of a rota is told before the night, because it would otherwise be noticed in it. */
import { parseDirectory, policyFrom } from '../../worker/config';
import { neverTried } from '../../rehearsal/readiness/never-tried';
import { readiness } from '../../rehearsal/readiness/readiness';
import { rotaHints } from '../../rehearsal/readiness/rota-hints';

const NOW = Date.parse('2026-10-05T07:00:00Z');
const PEOPLE = `people:
  - { id: maier, name: Maier, away: [{ from: 2026-10-20T00:00:00Z, to: 2026-10-22T00:00:00Z }] }
  - { id: rossi, name: Rossi, away: [{ from: 2026-10-13T00:00:00Z, to: 2026-10-14T00:00:00Z, delegate: maier }] }
  - { id: smith, name: Smith }
dutyManagers: [smith]
`;
const team = (fields: string): string => `${PEOPLE}onCall:\n  - { team: emea, timezone: Europe/Berlin, ${fields} }\n`;
const hints = (fields: string): string[] =>
  rotaHints(parseDirectory(team(fields), 'directory.yaml', {}, { now: NOW }), NOW).map(({ reason, people, from, to }) =>
    [
      reason,
      ...people,
      ...[from, to].flatMap((at) => (at === undefined ? [] : new Date(at).toISOString().slice(0, 16))),
    ].join(' '),
  );
const WORKDAYS = 'windows: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }]';
const WEEK = 'rotation: { every: week, from: 2026-10-05 }';

/** Two Saturdays and a Friday; and what lies behind. */
const HOLIDAYS = `holidays:
  weekends: { days: [2026-12-26, 2027-05-01] }
  de-by: { days: [2026-12-25, 2026-12-26] }
  last-year: { days: [2025-12-25] }
`;
const holidayHints = (...uses: string[]): string[] => {
  const teams = uses.map(
    (fields, index) => `  - { team: t${index}, timezone: Europe/Berlin, people: [rossi, smith], ${WEEK}, ${fields} }\n`,
  );
  const directory = parseDirectory(
    `${PEOPLE}${HOLIDAYS}onCall:\n${teams.join('')}`,
    'directory.yaml',
    {},
    { now: NOW },
  );
  return rotaHints(directory, NOW).map((hint) => `${hint.team} ${hint.reason}`);
};

test('holidays that nobody has, that are over, or that fall on days on which the team is closed anyway, are said', () => {
  const closed = (calendar: string): string => `${WORKDAYS}, holidays: { calendar: ${calendar}, as: closed }`;
  expect(holidayHints(closed('de-by'))).toEqual(['weekends HOLIDAYS_UNUSED', 'last-year HOLIDAYS_UNUSED']);
  expect(holidayHints(closed('weekends'), closed('last-year'), closed('de-by'))).toEqual([
    't0 HOLIDAYS_NO_EFFECT',
    't1 HOLIDAYS_OVER',
  ]);
  expect(holidayHints('windows: always, holidays: { calendar: weekends, as: closed }')).toEqual([
    'de-by HOLIDAYS_UNUSED',
    'last-year HOLIDAYS_UNUSED',
  ]);
});

test.each<[string, string, string]>([
  [
    'an override for a Saturday on a weekday team',
    `${WORKDAYS}, people: [rossi, smith], ${WEEK}, overrides: [{ person: maier, from: 2026-10-31T00:00, to: 2026-11-01T00:00 }]`,
    'NO_EFFECT maier 2026-10-30T23:00 2026-10-31T23:00',
  ],
  [
    'an override of years',
    `${WORKDAYS}, people: [rossi, smith], ${WEEK}, overrides: [{ person: maier, from: 2026-10-31T00:00, to: 2046-11-01T00:00 }]`,
    'LONG_OVERRIDE maier 2026-10-30T23:00 2046-10-31T23:00',
  ],
  [
    'seven people in daily turns over five workdays: two never come',
    `${WORKDAYS}, people: [rossi, rossi, rossi, rossi, rossi, smith, smith], rotation: { every: day, from: 2026-10-05 }`,
    'NEVER_FIRST smith',
  ],
  [
    'a turn in their own absence, and nobody stands in',
    `${WORKDAYS}, people: [maier, rossi], rotation: { every: 2 weeks, from: 2026-10-19 }`,
    'OWN_TURN_AWAY maier 2026-10-20T06:00 2026-10-20T16:00',
  ],
  [
    'a turn that changes while a window is open',
    `${WORKDAYS}, people: [rossi, smith], rotation: { every: week, from: 2026-10-05, at: "mon 12:00" }`,
    'TURN_CHANGES_IN_WINDOW',
  ],
  [
    'a turn that is meant to be off',
    `windows: always, people: [rossi, nobody], ${WEEK}`,
    'NOBODYS_TURN 2026-10-11T22:00 2026-10-18T22:00',
  ],
  [
    'turns planned by hand that end',
    `windows: always, people: [rossi], turns: [{ from: 2026-10-01T09:00, person: rossi }, { from: 2026-11-02T09:00, nobody: true }]`,
    'TURNS_END 2026-11-02T08:00',
  ],
  [
    'a turn planned by hand while the team is closed',
    `${WORKDAYS}, people: [smith], ${WEEK}, turns: [{ from: 2026-10-10T09:00, person: rossi }, { from: 2026-10-11T09:00, rotation: true }]`,
    'NO_EFFECT rossi 2026-10-10T07:00 2026-10-11T07:00',
  ],
  [
    'an override behind one that stands later in the file',
    `windows: always, people: [rossi], overrides: [{ person: smith, from: 2026-10-31T10:00, to: 2026-10-31T12:00 }, { person: maier, from: 2026-10-31T09:00, to: 2026-10-31T12:00 }]`,
    'OVERRIDDEN smith 2026-10-31T09:00 2026-10-31T11:00',
  ],
  [
    'somebody off with nobody behind them',
    `windows: always, people: [rossi], overrides: [{ off: rossi, from: 2026-10-31T10:00, to: 2026-10-31T12:00 }]`,
    'LEAVES_NOBODY rossi 2026-10-31T09:00 2026-10-31T11:00',
  ],
  [
    'people of a team whose windows all have people of their own',
    `windows: [{ days: [mon], from: "08:00", to: "18:00", people: [rossi] }], people: [smith]`,
    'NEVER_ASKED smith',
  ],
  [
    'hours without at',
    `windows: always, people: [rossi, smith], rotation: { every: 12h, from: 2026-10-05 }`,
    'HOURS_WITHOUT_AT',
  ],
  [
    'a swap of the past that was of nobody',
    `windows: always, people: [rossi, smith], ${WEEK}, overrides: [{ swap: [rossi, smith], turns: [2026-09-01, 2026-09-08] }]`,
    'SWAP_NO_EFFECT rossi smith',
  ],
])('%s', (_name, fields, expected) => {
  expect(hints(fields)).toContain(expected);
});

test('an override of which a part shows, and one of a second layer, are not for nothing', () => {
  const second = '{ layer: one, people: [rossi] }, { layer: two, people: [smith] }';
  const overrides = '{ person: maier, layer: two, from: 2026-10-31T10:00, to: 2026-10-31T12:00 }';
  expect(hints(`windows: always, layers: [${second}], overrides: [${overrides}]`)).toEqual([]);
  const cut =
    '{ person: smith, from: 2026-10-31T10:00, to: 2026-10-31T13:00 }, { person: maier, from: 2026-10-31T09:00, to: 2026-10-31T12:00 }';
  expect(hints(`windows: always, people: [rossi], overrides: [${cut}]`)).toEqual([]);
});

test('T7 a weekly turn that changes as the week opens changes inside no window', () => {
  const windows = (...of: string[]): string => `windows: [${of.map((window) => `{ ${window} }`).join(', ')}]`;
  const week = windows(
    'days: [mon], from: "09:00", to: "24:00"',
    'days: [tue, wed], from: "00:00", to: "24:00"',
    'days: [fri], from: "00:00", to: "18:00"',
  );
  const weekly = 'people: [rossi, smith], rotation: { every: week, from: 2026-10-05, at: "mon 09:00" }';
  expect(hints(`${week}, ${weekly}`)).toEqual([]);
  const nights = windows('days: [sun], from: "18:00", to: "10:00"');
  expect(hints(`${nights}, ${weekly}`)).toContain('TURN_CHANGES_IN_WINDOW');
});

test('T7 colleagues who are off at the same time leave nobody for as long as both are', () => {
  const both =
    '{ off: rossi, from: 2026-10-31T10:00, to: 2026-10-31T12:00 }, { off: smith, from: 2026-10-31T11:00, to: 2026-10-31T11:30 }';
  expect(hints(`windows: always, people: [rossi, smith], overrides: [${both}]`)).toEqual([
    'LEAVES_NOBODY rossi 2026-10-31T10:00 2026-10-31T10:30',
    'LEAVES_NOBODY smith 2026-10-31T10:00 2026-10-31T10:30',
  ]);
  const one = '{ off: rossi, from: 2026-10-31T10:00, to: 2026-10-31T12:00 }';
  expect(hints(`windows: always, people: [rossi, smith], overrides: [${one}]`)).toEqual([]);
});

test('a rota in which everybody comes, and nothing is for nothing, has no hints', () => {
  expect(hints(`windows: always, people: [rossi, smith], ${WEEK}`)).toEqual([]);
  // With a delegate the turn is taken care of.
  expect(hints(`${WORKDAYS}, people: [smith, rossi], ${WEEK}`)).toEqual([]);
});

describe('what can never be reached', () => {
  const both = (kinds: string): string =>
    `people: [{ id: lee, name: Lee, manager: ana, channels: [${kinds}] }, { id: ana, name: Ana, channels: [${kinds}] }]\ndutyManagers: [ana]\n`;
  const CONSOLE_FIRST = both('{ kind: console }, { kind: webhook, url: "http://127.0.0.1:9/x" }');

  test('the only channel that rings comes after the next person: UNREACHABLE, with the severities', () => {
    const policy = policyFrom({
      hotline: '1',
      severities: { '1': { engineerAck: '4m', managerAck: '4m' } },
      escalation: { nextChannelAfter: '5m' },
    });
    const found = neverTried(parseDirectory(CONSOLE_FIRST, 'd', {}), policy);
    expect(found).toContainEqual(
      expect.objectContaining({
        people: ['lee'],
        reason: 'NEVER_TRIED',
        severity: 'UNREACHABLE',
        detail: 'webhook (channels.urgent), at severity 1',
      }),
    );
  });

  /** Of severity 0 and 1 pages ring; of the others they ask without it. */
  test.each([
    ['0', 'urgent'],
    ['1', 'urgent'],
    ['2', 'normal'],
    ['3', 'normal'],
  ] as const)(
    'severity %s alone, pages of channels.%s: everybody who is not reached is named with it',
    (which, list) => {
      const policy = policyFrom({
        hotline: '1',
        severities: { [which]: { engineerAck: '4m', managerAck: '4m' } },
        escalation: { nextChannelAfter: '5m' },
      });
      const found = neverTried(parseDirectory(CONSOLE_FIRST, 'd', {}), policy);
      const ofList = found.filter(({ detail }) => detail?.includes(`(channels.${list})`));
      expect(ofList.map(({ severity, detail }) => [severity, detail])).toEqual(
        ofList.map(() => ['UNREACHABLE', expect.stringMatching(new RegExp(`at severity .*\\b${which}\\b`)) as string]),
      );
      expect(ofList.flatMap(({ people }) => people).sort()).toEqual(['ana', 'lee']);
      // The others have their time.
      const named = new Set(
        found.flatMap(({ detail }) => /at severity (.*)$/.exec(detail ?? '')?.[1]?.split(', ') ?? []),
      );
      expect([...named]).toEqual([which]);
    },
  );

  test('with the timers as they come every channel has its turn', () => {
    expect(neverTried(parseDirectory(CONSOLE_FIRST, 'd', {}), policyFrom({ hotline: '1' }))).toEqual([]);
  });

  test('nobody is found by the list of pages that do not ring: UNREACHABLE as well', () => {
    const policy = policyFrom({ hotline: '1', channels: { urgent: ['webhook'], normal: ['email'] } });
    const directory = parseDirectory(both('{ kind: webhook, url: "http://127.0.0.1:9/x" }'), 'd', {});
    expect(readiness(directory, policy, NOW, NOW + 3_600_000)).toContainEqual(
      expect.objectContaining({
        what: 'DUTY_MANAGERS',
        severity: 'UNREACHABLE',
        detail: 'pages that do not ring (channels.normal)',
      }),
    );
  });
});
