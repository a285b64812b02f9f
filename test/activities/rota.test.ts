/** B8, B9: who is on call, until when, who comes next; also on the days on which clocks change. */
import { candidates, shiftOf, type Candidate } from '../../activities/directory/candidates';
import { isOffShift, openShifts, teamOnCall } from '../../activities/directory/on-call';
import { ladderAt, stretchesBetween } from '../../activities/directory/rota';
import type { Directory, Team } from '../../activities/directory/types';
import type { Wanted } from '../../workflows/core/language/reach';
import { away, directoryOf, dutyAt, someone, teamOf } from '../support/paging';

const at = (iso: string): number => Date.parse(iso);
const iso = (time: number): string => new Date(time).toISOString().replace(':00.000Z', 'Z');
const DAY_MS = 24 * 3_600_000;

const stretches = (team: Team, from: string, to: string): string[] =>
  stretchesBetween(team, at(from), at(to)).map((stretch) => `${iso(stretch.from)} ${iso(stretch.to)}`);

describe('windows on the days on which clocks change', () => {
  test.each<[string, string, string, string, string]>([
    [
      'a night shift loses the hour that is skipped',
      'America/New_York',
      '22:00-06:00',
      '2026-03-08',
      '2026-03-08T03:00Z 2026-03-08T10:00Z',
    ],
    [
      'a night shift keeps the hour that comes twice',
      'America/New_York',
      '22:00-06:00',
      '2026-11-01',
      '2026-11-01T02:00Z 2026-11-01T11:00Z',
    ],
    [
      'a time that is skipped is the moment of the change',
      'America/New_York',
      '02:30-08:00',
      '2026-03-08',
      '2026-03-08T07:00Z 2026-03-08T12:00Z',
    ],
    [
      'a time that comes twice is the first of the two',
      'America/New_York',
      '01:30-08:00',
      '2026-11-01',
      '2026-11-01T05:30Z 2026-11-01T13:00Z',
    ],
    ['Berlin in spring', 'Europe/Berlin', '00:00-08:00', '2026-03-29', '2026-03-28T23:00Z 2026-03-29T06:00Z'],
    ['Berlin in autumn', 'Europe/Berlin', '00:00-08:00', '2026-10-25', '2026-10-24T22:00Z 2026-10-25T07:00Z'],
    [
      'Lord Howe skips half an hour',
      'Australia/Lord_Howe',
      '02:15-08:00',
      '2026-10-04',
      '2026-10-03T15:30Z 2026-10-03T21:00Z',
    ],
    [
      'Lord Howe repeats half an hour',
      'Australia/Lord_Howe',
      '01:45-08:00',
      '2026-04-05',
      '2026-04-04T14:45Z 2026-04-04T21:30Z',
    ],
    [
      'a zone where midnight itself is skipped',
      'Africa/Cairo',
      '00:00-08:00',
      '2026-04-24',
      '2026-04-23T22:00Z 2026-04-24T05:00Z',
    ],
  ])('%s', (_name, zone, hours, day, expected) => {
    expect(stretches(teamOf('t', zone, hours, 'lee'), iso(at(`${day}T00:00Z`) - DAY_MS), `${day}T23:59Z`)).toContain(
      expected,
    );
  });

  test('a window that lies in the skipped hour is empty, and not the next one', () => {
    expect(
      stretches(teamOf('t', 'America/New_York', '02:10-02:50', 'lee'), '2026-03-07T12:00Z', '2026-03-09T12:00Z'),
    ).toEqual(['2026-03-09T06:10Z 2026-03-09T06:50Z']);
  });
});

describe('windows', () => {
  test('cross midnight, and their day is the one on which they begin', () => {
    const friday: Team = {
      ...teamOf('t', 'Europe/Berlin', '22:00-06:00', 'lee'),
      windows: [{ days: ['fri'], from: '22:00', to: '06:00' }],
    };
    expect(dutyAt(friday, at('2026-06-05T19:59Z'))).toEqual({ open: false, opensAt: at('2026-06-05T20:00Z') });
    expect(dutyAt(friday, at('2026-06-06T03:59Z'))).toEqual({ open: true, endsAt: at('2026-06-06T04:00Z') });
    expect(dutyAt(friday, at('2026-06-06T04:00Z'))).toEqual({ open: false, opensAt: at('2026-06-12T20:00Z') });
  });

  test('that join are one shift; that overlap too', () => {
    const team: Team = {
      ...teamOf('t', 'UTC', '00:00-24:00', 'lee'),
      windows: [
        { days: ['mon'], from: '08:00', to: '24:00' },
        { days: ['tue'], from: '00:00', to: '04:00' },
        { days: ['tue'], from: '03:00', to: '09:00' },
      ],
    };
    expect(dutyAt(team, at('2026-06-01T12:00Z'))).toEqual({ open: true, endsAt: at('2026-06-02T09:00Z') });
  });

  test('round the clock has no end, and a working week has', () => {
    expect(dutyAt(teamOf('t', 'Europe/Berlin', '00:00-24:00', 'lee'), at('2026-10-20T12:00Z'))).toEqual({
      open: true,
      endsAt: null,
    });
    expect(dutyAt(teamOf('t', 'Europe/Berlin', '09:00-09:00', 'lee'), at('2026-10-20T12:00Z'))).toEqual({
      open: true,
      endsAt: null,
    });
    const week: Team = {
      ...teamOf('t', 'UTC', '', 'lee'),
      windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '00:00', to: '24:00' }],
    };
    expect(dutyAt(week, at('2026-06-01T00:00Z'))).toEqual({ open: true, endsAt: at('2026-06-06T00:00Z') });
  });

  test('of a team that has none never open', () => {
    expect(dutyAt({ ...teamOf('t', 'UTC', '', 'lee'), windows: [] }, 0)).toEqual({ open: false, opensAt: Infinity });
  });
});

describe('whose turn it is', () => {
  const rota = (everyMs: number, from: string, zone = 'Europe/Berlin'): Team => ({
    ...teamOf('t', zone, '00:00-24:00', 'lee', 'kim', 'sato'),
    rotation: {
      every:
        everyMs % DAY_MS === 0
          ? { unit: 'DAYS', count: everyMs / DAY_MS }
          : { unit: 'MINUTES', count: everyMs / 60_000 },
      from,
    },
  });

  test('weeks change at local midnight, before and after clocks have changed', () => {
    const weekly = rota(7 * DAY_MS, '2026-03-16');
    expect(ladderAt(weekly, at('2026-03-22T22:59Z'))).toEqual(['lee', 'kim', 'sato']);
    expect(ladderAt(weekly, at('2026-03-22T23:00Z'))).toEqual(['kim', 'sato', 'lee']);
    // Summer time since 29 March: midnight is an hour earlier in UTC.
    expect(ladderAt(weekly, at('2026-03-29T21:59Z'))).toEqual(['kim', 'sato', 'lee']);
    expect(ladderAt(weekly, at('2026-03-29T22:00Z'))).toEqual(['sato', 'lee', 'kim']);
    expect(ladderAt(weekly, at('2026-04-05T22:00Z'))).toEqual(['lee', 'kim', 'sato']);
  });

  test('days that are 23 and 25 hours long are one turn each', () => {
    const daily = rota(DAY_MS, '2026-10-24');
    expect(ladderAt(daily, at('2026-10-25T22:59Z'))[0]).toBe('kim');
    expect(ladderAt(daily, at('2026-10-25T23:00Z'))[0]).toBe('sato');
  });

  test('hours are counted in hours from local midnight', () => {
    const shifts = rota(12 * 3_600_000, '2026-06-01');
    expect(ladderAt(shifts, at('2026-06-01T09:59Z'))[0]).toBe('lee');
    expect(ladderAt(shifts, at('2026-06-01T10:00Z'))[0]).toBe('kim');
  });

  test('half days change at noon and midnight, before and after clocks have changed', () => {
    const halves = rota(12 * 3_600_000, '2026-03-28');
    const firstAt = (time: string): string | undefined => ladderAt(halves, at(time))[0];
    // In winter noon is 11:00 UTC, since 29 March 10:00: the turn moves with the windows, not an hour behind them.
    expect(['2026-03-28T10:59Z', '2026-03-28T11:00Z', '2026-03-28T22:59Z', '2026-03-28T23:00Z'].map(firstAt)).toEqual([
      'lee',
      'kim',
      'kim',
      'sato',
    ]);
    expect(['2026-03-29T09:59Z', '2026-03-29T10:00Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z'].map(firstAt)).toEqual([
      'sato',
      'lee',
      'lee',
      'kim',
    ]);
    // In autumn, with the hour that comes twice.
    const autumn = rota(12 * 3_600_000, '2026-10-24');
    expect(['2026-10-25T10:59Z', '2026-10-25T11:00Z'].map((time) => ladderAt(autumn, at(time))[0])).toEqual([
      'sato',
      'lee',
    ]);
  });

  test('a rotation that begins in the future counts backwards', () => {
    expect(ladderAt(rota(DAY_MS, '2026-06-10', 'UTC'), at('2026-06-09T12:00Z'))).toEqual(['sato', 'lee', 'kim']);
  });

  test('an override stands first for its time, from outside the team too', () => {
    const team: Team = {
      ...rota(DAY_MS, '2026-06-01', 'UTC'),
      overrides: [
        { person: 'maier', from: at('2026-06-02T00:00Z'), to: at('2026-06-03T00:00Z') },
        { person: 'sato', from: at('2026-06-02T12:00Z'), to: at('2026-06-04T00:00Z') },
      ],
    };
    expect(ladderAt(team, at('2026-06-01T23:59Z'))).toEqual(['lee', 'kim', 'sato']);
    expect(ladderAt(team, at('2026-06-02T00:00Z'))).toEqual(['maier', 'kim', 'sato', 'lee']);
    // Of two at once the later one in the file.
    expect(ladderAt(team, at('2026-06-02T12:00Z'))).toEqual(['sato', 'maier', 'kim', 'lee']);
    expect(ladderAt(team, at('2026-06-03T00:00Z'))).toEqual(['sato', 'lee', 'kim']);
  });

  test('a team of nobody has no ladder', () =>
    expect(ladderAt({ ...rota(DAY_MS, '2026-06-01'), people: [] }, 0)).toEqual([]));
});

describe('follow the sun', () => {
  const people = ['lee', 'kim', 'maier', 'smith', 'jones'].map((id) => someone(id));
  const world = (over: Partial<Directory> = {}): Directory =>
    directoryOf(people, {
      onCall: [
        teamOf('apac', 'Asia/Tokyo', '08:00-16:00', 'lee', 'kim'),
        teamOf('emea', 'Europe/Berlin', '08:00-16:00', 'maier'),
        teamOf('amer', 'America/New_York', '08:00-16:00', 'smith', 'jones'),
      ],
      ...over,
    });
  const found = (directory: Directory, now: string, wanted: Partial<Wanted> = {}): readonly Candidate[] =>
    candidates(directory, { audience: 'ON_CALL', excluding: [], ...wanted }, { engineer: null }, at(now)).list;
  const told = (directory: Directory, now: string, wanted: Partial<Wanted> = {}): string =>
    found(directory, now, wanted)
      .map(({ person, route }) => `${person.id} ${route}`)
      .join(', ');

  test('the open team first, then the one that opens next; the others sleep, and the duty managers are asked', () => {
    expect(told(world(), '2026-06-01T08:00Z')).toBe('maier ON_CALL, smith NEXT_TEAM, jones NEXT_TEAM');
  });

  test('a gap between windows never means nobody', () => {
    expect(openShifts(world(), at('2026-06-01T21:00Z'))).toEqual([]);
    expect(told(world(), '2026-06-01T21:00Z')).toBe('lee NEXT_TEAM, kim NEXT_TEAM');
  });

  test('two open teams stand in the order of the directory', () => {
    expect(told(world(), '2026-06-01T13:00Z')).toMatch(/^maier ON_CALL, smith ON_CALL, jones ON_CALL, lee NEXT_TEAM/);
    expect(openShifts(world(), at('2026-06-01T13:00Z'))).toEqual([
      { team: 'emea', people: ['maier'] },
      { team: 'amer', people: ['smith', 'jones'] },
    ]);
  });

  test('of the team that opens next, whoever is on then comes first', () => {
    const [apac, ...others] = world().onCall as [Team, ...Team[]];
    const directory = world({
      onCall: [{ ...apac, rotation: { every: { unit: 'DAYS', count: 1 }, from: '2026-06-01' } }, ...others],
    });
    // 21:00Z is 06:00 on 2 June in Tokyo already; 14:30Z is still 23:30 on the first.
    expect(told(directory, '2026-06-01T14:30Z', { excluding: ['smith', 'jones', 'maier'] })).toBe(
      'kim NEXT_TEAM, lee NEXT_TEAM',
    );
  });

  test('a team that never opens is not the one that opens next', () => {
    const directory = world({
      onCall: [
        { ...teamOf('x', 'UTC', '', 'lee'), windows: [], people: ['smith'] },
        { ...teamOf('y', 'UTC', '', 'lee'), windows: [], people: ['jones'] },
        teamOf('z', 'UTC', '08:00-09:00', 'lee'),
      ],
    });
    expect(told(directory, '2026-06-01T21:00Z')).toBe('lee NEXT_TEAM');
  });

  test('whoever is preferred comes first while on call, and not after', () => {
    expect(told(world(), '2026-06-01T13:00Z', { prefer: 'jones' })).toMatch(/^jones ON_CALL, maier ON_CALL/);
    expect(told(world(), '2026-06-01T21:00Z', { prefer: 'jones' })).toMatch(/^lee NEXT_TEAM/);
    expect(told(world(), '2026-06-01T13:00Z', { prefer: 'jones', excluding: ['jones'] })).toMatch(
      /^maier ON_CALL, smith ON_CALL, lee/,
    );
  });

  test('whoever is preferred and stands in for another team is not on call', () => {
    const directory = world({
      people: people
        .map((person) => (person.id === 'lee' ? { ...person, away: [away('dora')] } : person))
        .concat(someone('dora')),
    });
    expect(told(directory, '2026-06-01T13:00Z', { prefer: 'dora' })).toMatch(/^maier ON_CALL/);
    expect(told(directory, '2026-06-01T01:00Z', { prefer: 'dora' })).toMatch(/^dora DELEGATE/);
  });

  test('in a gap whoever of the next team has answered is preferred', () => {
    expect(told(world(), '2026-06-01T21:00Z', { prefer: 'kim' })).toBe('kim NEXT_TEAM, lee NEXT_TEAM');
  });

  test('B8 the team of whoever is to take over comes before all others, before its window opens too', () => {
    expect(told(world(), '2026-06-01T08:00Z', { teamOf: 'jones' })).toBe(
      'smith NEXT_TEAM, jones NEXT_TEAM, maier ON_CALL',
    );
    expect(told(world(), '2026-06-01T13:00Z', { teamOf: 'jones', excluding: ['jones'] })).toBe(
      'smith ON_CALL, maier ON_CALL, lee NEXT_TEAM, kim NEXT_TEAM',
    );
  });

  test('D11 whoever has shifts is off outside them, and on while they stand in; whoever has none is never off', () => {
    const directory = world({
      people: people
        .map((person) => (person.id === 'maier' ? { ...person, away: [away('lee')] } : person))
        .concat(someone('dora')),
    });
    const isOff = (id: string, now: string): boolean => isOffShift(directory, id, at(now));
    expect([isOff('lee', '2026-06-01T01:00Z'), isOff('lee', '2026-06-01T08:00Z')]).toEqual([false, false]);
    expect(teamOnCall(directory, 'lee', at('2026-06-01T08:00Z'))).toBe('emea');
    expect([isOff('lee', '2026-06-01T16:00Z'), isOff('smith', '2026-06-01T08:00Z')]).toEqual([true, true]);
    expect(isOff('dora', '2026-06-01T08:00Z')).toBe(false);
  });

  test('the shift of the one who is called ends with the window of their team', () => {
    const shiftAt = (now: string, wanted: Partial<Wanted> = {}) => {
      const [first] = found(world(), now, wanted);
      return first && shiftOf(world(), first, at(now));
    };
    expect(shiftAt('2026-06-01T13:00Z', { prefer: 'jones' })).toEqual({
      team: 'amer',
      endsAt: '2026-06-01T20:00:00.000Z',
    });
    // The next channel of the same person.
    expect(shiftAt('2026-06-01T13:00Z', { person: 'jones' })).toEqual({
      team: 'amer',
      endsAt: '2026-06-01T20:00:00.000Z',
    });
    expect(shiftAt('2026-06-01T21:00Z')).toBeUndefined();
    expect(shiftAt('2026-06-01T21:00Z', { person: 'jones' })).toBeUndefined();
    const always = directoryOf(people, { onCall: [teamOf('all', 'UTC', '00:00-24:00', 'lee')] });
    expect(shiftOf(always, { person: someone('lee'), route: 'ON_CALL', team: 'all' }, 0)).toBeUndefined();
  });

  test('B8 whoever stands in has the shift on every channel, or nobody would be asked to hand over at its end', () => {
    const directory = world({
      people: people
        .map((person) => (person.id === 'maier' ? { ...person, away: [away('dora')] } : person))
        .concat(someone('dora')),
    });
    const now = '2026-06-01T08:00Z';
    const shiftOfFirst = (wanted: Partial<Wanted>) => {
      const [first] = found(directory, now, wanted);
      return first && [first.person.id, first.route, shiftOf(directory, first, at(now))];
    };
    const shift = { team: 'emea', endsAt: '2026-06-01T14:00:00.000Z' };
    expect(shiftOfFirst({})).toEqual(['dora', 'DELEGATE', shift]);
    expect(shiftOfFirst({ person: 'dora' })).toEqual(['dora', 'NAMED', shift]);
    // The next message of a page, and of one whose reader has gone away since.
    expect(shiftOfFirst({ person: 'dora', exact: true })).toEqual(['dora', 'NAMED', shift]);
    expect(shiftOfFirst({ person: 'maier', exact: true })).toBeUndefined();
    expect(shiftOfFirst({ person: 'maier' })).toEqual(['dora', 'DELEGATE', shift]);
    // Not on call at all.
    expect(shiftOfFirst({ person: 'smith' })).toEqual(['smith', 'NAMED', undefined]);
  });

  test('B8 whoever is on call in two windows on end hands over at the end of the second, and in all windows never', () => {
    const shiftAt = (now: string, ...teams: Team[]) => {
      const directory = directoryOf([someone('lee'), someone('kim')], { onCall: teams });
      const [first] = found(directory, now);
      return first && [first.person.id, shiftOf(directory, first, at(now))];
    };
    const [day, evening, night] = [
      teamOf('day', 'UTC', '08:00-16:00', 'lee'),
      teamOf('evening', 'UTC', '16:00-22:00', 'lee', 'kim'),
      teamOf('night', 'UTC', '22:00-08:00', 'kim'),
    ];
    expect(shiftAt('2026-06-01T09:00Z', day, evening, night)).toEqual([
      'lee',
      { team: 'evening', endsAt: '2026-06-01T22:00:00.000Z' },
    ]);
    expect(shiftAt('2026-06-01T23:00Z', day, evening, night)).toEqual([
      'kim',
      { team: 'night', endsAt: '2026-06-02T08:00:00.000Z' },
    ]);
    expect(shiftAt('2026-06-01T09:00Z', day, teamOf('night', 'UTC', '16:00-08:00', 'lee'))).toEqual(['lee', undefined]);
  });
});
