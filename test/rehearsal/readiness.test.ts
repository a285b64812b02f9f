/** B8, B9, R40, R45, R49: what `tocsin directory check` finds, and from when to when, before a customer does. */
import type { Absence, Directory, Person, Team } from '../../activities/directory/types';
import { loadConfig, EXAMPLE } from '../../worker/config';
import { engineersOf } from '../../rehearsal/readiness/problems';
import { readiness, type Finding } from '../../rehearsal/readiness/readiness';
import { directoryOf, heard, someone, teamOf } from '../support/paging';
import { org as company } from '../support/org';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const POLICY = { channels: { urgent: ['webhook', 'console'], normal: ['console'] } };
const at = (iso: string): number => Date.parse(iso);

/** Everybody has a telephone that rings. */
const org = (): Directory => heard(company());
const check = (directory: Directory, from = NOON, to = from + DAY): Finding[] => readiness(directory, POLICY, from, to);
const change = (directory: Directory, changes: Readonly<Record<string, Partial<Person>>>): Directory => ({
  ...directory,
  people: directory.people.map((person) => ({ ...person, ...changes[person.id] })),
});
const without = (directory: Directory, id: string): Directory => ({
  ...directory,
  people: directory.people.map((person) => (person.id === id ? topOf(person) : person)),
});
const topOf = ({ manager: _, ...person }: Person): Person => person;
/** Only what is about one engineer, or about any case. */
const about = (who: string, findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => finding.who === who)
    .map(
      ({ what, reason, severity, people, instead }) =>
        `${what} ${reason} ${severity}: ${people.join('+')} → ${instead.join('+')}`,
    );
const hours = ({ from, to }: Finding): [number, number] => [(from - NOON) / HOUR, (to - NOON) / HOUR];

const ALWAYS: readonly Absence[] = [{ from: 0, to: Number.MAX_SAFE_INTEGER }];
const away = (...delegates: string[]): Partial<Person> => ({
  away: delegates.length > 0 ? ALWAYS.map((absence) => ({ ...absence, delegate: delegates[0] as string })) : ALWAYS,
});
const deaf: Partial<Person> = { channels: [] };

test('a company that is in order has no findings', () => expect(check(org())).toEqual([]));

test('the shipped example is in order, over a whole year with all its changes of clocks, but for its telephones', () => {
  const { directory, policy } = loadConfig(EXAMPLE);
  const year = [at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')] as const;
  expect(readiness(directory, policy, ...year).map(({ what, reason }) => [what, reason])).toEqual([
    ['PEOPLE', 'CONSOLE_ONLY'],
    ['CONTACTS', 'CONSOLE_ONLY'],
  ]);
  expect(readiness(heard(directory), policy, ...year)).toEqual([]);
});

test('engineers are whoever is on a team, and whoever manages nobody and has no duty', () => {
  const directory = directoryOf(
    [
      someone('lee', { manager: 'ana' }),
      someone('ana', { manager: 'ben' }),
      someone('ben'),
      someone('lost'),
      someone('self', { manager: 'self' }),
      someone('dora'),
    ],
    {
      dutyManagers: ['dora'],
      onCall: [teamOf('t', 'UTC', '00:00-24:00', 'ben')],
    },
  );
  expect(engineersOf(directory)).toEqual(['lee', 'ben', 'lost', 'self']);
});

describe('each reason', () => {
  test.each<[string, Directory, string, string[]]>([
    [
      'no manager',
      without(org(), 'lee'),
      'lee',
      ['M1 NO_MANAGER DEGRADED:  → dora', 'M2 NO_SECOND_LEVEL DEGRADED:  → eve'],
    ],
    [
      'a duty manager with a case of their own',
      { ...without(org(), 'lee'), dutyManagers: ['lee'] },
      'lee',
      ['M1 NO_MANAGER UNREACHABLE:  → ', 'M2 NO_SECOND_LEVEL DEGRADED:  → eve'],
    ],
    ['no second level', without(org(), 'ana'), 'lee', ['M2 NO_SECOND_LEVEL DEGRADED:  → eve']],
    [
      'self-managed',
      change(org(), { lee: { manager: 'lee' } }),
      'lee',
      ['M1 SELF_MANAGED DEGRADED:  → dora', 'M2 SELF_MANAGED DEGRADED:  → eve'],
    ],
    [
      'a manager who is self-managed',
      change(org(), { ana: { manager: 'ana' } }),
      'lee',
      ['M2 SELF_MANAGED DEGRADED:  → eve'],
    ],
    ['the top of the chart may manage itself', change(org(), { vera: { manager: 'vera' } }), 'lee', []],
    ['a circle at once', change(org(), { ana: { manager: 'lee' } }), 'lee', ['M2 CYCLE DEGRADED:  → eve']],
    ['a circle higher up', change(org(), { ben: { manager: 'ana' } }), 'lee', ['M2 CYCLE DEGRADED:  → ben']],
    [
      'the manager is away: M1 takes whom M2 would have',
      change(org(), { ana: away() }),
      'lee',
      ['M1 AWAY DEGRADED: ana → ben', 'M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    ['the manager is away with a delegate', change(org(), { ana: away('kim') }), 'lee', []],
    [
      'the delegate is the second level',
      change(org(), { ana: away('ben') }),
      'lee',
      ['M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    [
      'the delegate is the engineer',
      change(org(), { ana: away('lee') }),
      'lee',
      ['M1 SAME_PERSON DEGRADED: ana+lee → ben', 'M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    [
      'the delegate is away too',
      change(org(), { ana: away('kim'), kim: away() }),
      'lee',
      ['M1 DELEGATE_AWAY DEGRADED: ana+kim → ben', 'M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    [
      'delegates in a circle',
      change(org(), { ben: away('kim'), kim: away('ben') }),
      'lee',
      ['M2 DELEGATE_AWAY DEGRADED: ben+kim → vera'],
    ],
    ['the second level is away', change(org(), { ben: away() }), 'lee', ['M2 AWAY DEGRADED: ben → vera']],
    [
      'everybody above is away',
      change(org(), { ana: away(), ben: away(), vera: away() }),
      'lee',
      ['M1 ALL_AWAY DEGRADED: ana → dora', 'M2 AWAY DEGRADED: ben → eve'],
    ],
    [
      'a manager without a channel',
      change(org(), { ana: deaf }),
      'lee',
      ['M1 NO_CHANNEL DEGRADED: ana → ben', 'M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    [
      'a delegate without a channel',
      change(org(), { ana: away('rita'), rita: deaf }),
      'lee',
      ['M1 NO_CHANNEL DEGRADED: rita → ben', 'M2 SAME_PERSON DEGRADED: ben → vera'],
    ],
    ['an engineer without a channel', change(org(), { lee: deaf }), 'lee', ['ENGINEER NO_CHANNEL DEGRADED: lee → ana']],
    ['an engineer who is away', change(org(), { lee: away() }), 'lee', ['ENGINEER AWAY DEGRADED: lee → ana']],
    ['an engineer who is away with a delegate', change(org(), { lee: away('kim') }), 'lee', []],
    ['nobody on call', { ...org(), onCall: [] }, 'any case', ['ON_CALL NOBODY_ON_CALL DEGRADED:  → dora']],
    [
      'a duty manager without a channel',
      change(org(), { dora: deaf }),
      'any case',
      ['DUTY_MANAGERS NO_CHANNEL DEGRADED: dora → dirk'],
    ],
    ['one of two duty managers is away', change(org(), { dora: away() }), 'any case', []],
    [
      'the duty managers are all away',
      change(org(), { dora: away(), dirk: away() }),
      'any case',
      ['DUTY_MANAGERS ALL_AWAY UNREACHABLE: dora+dirk → '],
    ],
    [
      'everybody above and the duty managers',
      change(org(), { ana: away(), ben: away(), vera: away(), dora: away(), dirk: away(), eve: deaf }),
      'lee',
      ['M1 ALL_AWAY UNREACHABLE: ana → ', 'M2 AWAY UNREACHABLE: ben → '],
    ],
  ])('%s', (_name, directory, who, expected) =>
    expect(about(who, check(directory, NOON, NOON + HOUR))).toEqual(expected),
  );

  test('the only manager there is cannot have both levels', () => {
    const directory = directoryOf([someone('lee', { manager: 'ana' }), someone('ana')], {
      dutyManagers: ['ana'],
      onCall: [teamOf('t', 'UTC', '00:00-24:00', 'lee')],
    });
    expect(about('lee', check(directory))).toEqual(['M2 NO_SECOND_LEVEL UNREACHABLE:  → ']);
  });

  test('a channel that the policy leaves out is none', () => {
    const directory = change(org(), { ana: { channels: [{ kind: 'webhook', url: 'http://phone' }] } });
    const found = readiness(directory, { channels: { urgent: ['console'], normal: ['webhook'] } }, NOON, NOON + 1);
    expect(about('lee', found)[0]).toBe('M1 NO_CHANNEL DEGRADED: ana → ben');
  });
});

describe('B2 whoever may be paged and would not hear it: a line on the log is taken, and nobody reads it at night', () => {
  const onlyConsole: Partial<Person> = { channels: [{ kind: 'console' }] };

  test.each<[string, Directory, string[]]>([
    [
      'an engineer, a manager above the second level, an executive, development',
      change(org(), { lee: onlyConsole, vera: onlyConsole, eve: onlyConsole, rita: onlyConsole }),
      ['PEOPLE CONSOLE_ONLY DEGRADED: lee+vera+eve+rita → '],
    ],
    [
      'the technical contacts of customers',
      { ...org(), contactChannels: [{ kind: 'console' }] },
      ['CONTACTS CONSOLE_ONLY DEGRADED:  → '],
    ],
    [
      'whoever has the console and something that rings is reached',
      change(org(), { lee: { channels: [{ kind: 'console' }, { kind: 'webhook', url: 'http://phone' }] } }),
      [],
    ],
    [
      'nothing at all, where no search for an engineer or a manager would tell',
      change(org(), { vera: deaf, eve: deaf }),
      ['PEOPLE NO_CHANNEL DEGRADED: vera+eve → '],
    ],
    ['nothing at all is told once', change(org(), { dora: deaf }), ['DUTY_MANAGERS NO_CHANNEL DEGRADED: dora → dirk']],
  ])('%s', (_name, directory, expected) => {
    const found = check(directory);
    expect(about('any case', found)).toEqual(expected);
    expect(found.filter(({ who }) => who === 'any case').map(hours)).toEqual(expected.map(() => [0, 24]));
  });

  test('a channel that the policy leaves out does not ring', () => {
    const found = readiness(org(), { channels: { urgent: ['console'], normal: ['webhook'] } }, NOON, NOON + 1);
    expect(about('any case', found)).toContain('CONTACTS CONSOLE_ONLY DEGRADED:  → ');
  });
});

describe('from when to when', () => {
  test('a gap between windows is told with its whole length', () => {
    const directory = { ...org(), onCall: org().onCall.filter(({ team }) => team !== 'amer') };
    expect(check(directory).map((finding) => [finding.reason, ...hours(finding)])).toEqual([['NOBODY_ON_CALL', 4, 12]]);
  });

  test('what had begun before and goes on after is told within what was looked at', () => {
    expect(check(change(org(), { ben: away() }), NOON, NOON + 2 * HOUR).map(hours)).toContainEqual([0, 2]);
  });

  test.each([
    // From Berlin's change to New York's America closes an hour before Europe opens again.
    ['in autumn', '2026-10-23', '2026-11-03', ['10-25', '10-26', '10-27', '10-28', '10-29', '10-30', '10-31']],
    ['in spring', '2026-03-06', '2026-03-10', ['03-08', '03-09']],
    ['at no other time', '2026-11-02', '2027-03-13', []],
  ])('a gap that only a change of clocks makes: %s', (_name, from, to, days) => {
    const directory = {
      ...org(),
      onCall: [
        teamOf('emea', 'Europe/Berlin', '23:00-17:00', 'maier'),
        teamOf('amer', 'America/New_York', '11:00-17:00', 'smith'),
      ],
    };
    const found = check(directory, at(`${from}T12:00Z`), at(`${to}T12:00Z`));
    expect(
      found.map((finding) => [
        finding.reason,
        new Date(finding.from).toISOString(),
        new Date(finding.to).toISOString(),
      ]),
    ).toEqual(days.map((day) => ['NOBODY_ON_CALL', `2026-${day}T21:00:00.000Z`, `2026-${day}T22:00:00.000Z`]));
  });

  test('absences that overlap a window, and each other, are cut where the answer changes', () => {
    const absence = (from: number, to: number): Partial<Person> => ({
      away: [{ from: NOON + from * HOUR, to: NOON + to * HOUR }],
    });
    // emea (maier, lee) until 16:00 = +4, then amer (smith, jones) until midnight = +12.
    const directory = change(org(), {
      maier: absence(1, 9),
      lee: absence(-3, 3),
      smith: absence(2, 6),
      jones: absence(3, 5),
    });
    const found = check(directory).filter(({ what }) => what === 'ON_CALL');
    expect(found.map((finding) => [finding.reason, finding.people.join('+'), ...hours(finding)])).toEqual([
      ['ALL_AWAY', 'maier+lee', 1, 3],
      ['ALL_AWAY', 'smith+jones', 4, 5],
    ]);
  });

  test('one trouble is one finding, with everybody who is asked meanwhile', () => {
    const rotation = { every: { unit: 'MINUTES' as const, count: 60 }, from: '2026-11-24' };
    const [, emea] = org().onCall as [Team, Team];
    const directory = {
      ...org(),
      onCall: [{ ...emea, rotation, windows: [{ days: ['tue' as const], from: '08:00', to: '13:00' }] }],
    };
    const [gap, ...more] = check(directory);
    expect(more).toEqual([]);
    expect(gap && [gap.reason, gap.people, gap.instead, ...hours(gap)]).toEqual([
      'NOBODY_ON_CALL',
      [],
      ['maier'],
      1,
      24,
    ]);
  });

  test('an override is looked at from its beginning to its end', () => {
    const [apac, emea, amer] = org().onCall as [Team, Team, Team];
    const overridden = {
      ...emea,
      people: ['maier'],
      overrides: [{ person: 'kim', from: NOON + HOUR, to: NOON + 2 * HOUR }],
    };
    const directory = change({ ...org(), onCall: [apac, overridden, amer] }, { maier: { away: ALWAYS } });
    expect(
      check(directory)
        .filter(({ what }) => what === 'ON_CALL')
        .map(hours),
    ).toEqual([
      [0, 1],
      [2, 4],
      [20, 24],
    ]);
  });
});
