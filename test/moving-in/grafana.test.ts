/** What Grafana OnCall's answers mean, where they can be misread. */
import { moved } from '../support/moving-in/moved';

const page = (...results: object[]): object => ({ count: results.length, next: null, results });
const USERS = page(
  ...['ana', 'ben', 'cem'].map((name) => ({ id: `U${name}`, username: name, email: `${name}@acme.example` })),
);
const schedule = (shifts: readonly string[], rest: object = {}): object =>
  page({ id: 'S', name: 'Core', type: 'web', time_zone: 'Europe/Berlin', on_call_now: [], shifts, ...rest });
const shift = (id: string, groups: readonly (readonly string[])[], rest: object = {}): object => ({
  id,
  name: id,
  type: 'rolling_users',
  level: 1,
  start: '2026-11-23T09:00:00',
  rotation_start: '2026-11-23T09:00:00',
  duration: 604_800,
  frequency: 'weekly',
  interval: 1,
  week_start: 'MO',
  rolling_users: groups.map((group) => group.map((name) => `U${name}`)),
  start_rotation_from_user_index: 0,
  ...rest,
});
const ALL = [['ana'], ['ben'], ['cem']];

it('reads a time without an offset on the clock of the schedule', () => {
  const { yaml, compared } = moved('grafana', [
    USERS,
    schedule(['A']),
    page(shift('A', ALL, { start_rotation_from_user_index: 1 })),
  ]);
  expect(yaml.onCall?.[0]).toMatchObject({
    windows: 'always',
    people: ['cem', 'ana', 'ben'],
    rotation: { every: 'week', from: '2026-11-30', at: 'mon 09:00' },
  });
  expect(compared().differences).toEqual([]);
});

it('counts only the days that are named', () => {
  const days = shift('A', ALL, { frequency: 'daily', by_day: ['MO', 'TU', 'WE', 'TH', 'FR'], duration: 8 * 3600 });
  const { yaml, ladder, compared } = moved('grafana', [USERS, schedule(['A']), page(days)]);
  expect(yaml.onCall?.[0]?.rotation).toEqual({ every: 'shift', from: '2026-11-30' });
  expect(ladder('core', '2026-12-04T12:00:00Z')[0]).toBe('ana');
  expect(ladder('core', '2026-12-07T12:00:00Z')[0]).toBe('ben');
  expect(compared().differences).toEqual([]);
});

it('leaves every second week to nobody where the interval says so', () => {
  const { ladder, compared } = moved('grafana', [
    USERS,
    schedule(['A']),
    page(shift('A', [['ana'], ['ben']], { interval: 2, by_day: ['MO', 'TU'], duration: 3600 })),
  ]);
  expect(ladder('core', '2026-12-01T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2026-12-08T08:00:00Z')[0]).toBe('ben');
  expect(ladder('core', '2026-12-15T08:00:00Z')).toEqual([]);
  expect(compared().differences).toEqual([]);
});

it('leaves a weekend that ends on Monday to whoever began it', () => {
  const { ladder, compared } = moved('grafana', [
    USERS,
    schedule(['A']),
    page(
      shift('A', [['ana'], ['ben']], {
        start: '2026-12-04T18:00:00',
        rotation_start: '2026-12-04T18:00:00',
        by_day: ['FR'],
        week_start: 'MO',
        duration: 63 * 3600,
      }),
    ),
  ]);
  expect(ladder('core', '2026-12-04T20:00:00Z')[0]).toBe('ana');
  expect(ladder('core', '2026-12-07T07:59:00Z')[0]).toBe('ana');
  expect(ladder('core', '2026-12-07T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2026-12-12T08:00:00Z')[0]).toBe('ben');
  expect(compared().differences).toEqual([]);
});

it('puts the higher level first, and two of one turn side by side', () => {
  const low = shift('LOW', [['cem']], { level: 0 });
  const { ladder } = moved('grafana', [
    USERS,
    schedule(['LOW', 'HIGH']),
    page(low, shift('HIGH', [['ana', 'ben']], { level: 2 })),
  ]);
  expect(ladder('core', '2026-12-01T00:00:00Z').slice(0, 3)).toEqual(['ana', 'ben', 'cem']);
});

it('takes a swap that somebody has taken, and leaves the others', () => {
  const swap = (id: string, benefactor: string | null): object => ({
    id,
    schedule: 'S',
    swap_start: '2026-12-01T00:00:00Z',
    swap_end: '2026-12-02T00:00:00Z',
    beneficiary: 'Uben',
    benefactor,
  });
  const { ladder, why } = moved('grafana', [
    USERS,
    schedule(['A']),
    page(shift('A', ALL)),
    page(swap('TAKEN', 'Ucem'), swap('OPEN', null)),
  ]);
  expect(ladder('core', '2026-12-01T12:00:00Z')[0]).toBe('cem');
  expect(why('swap', 'OPEN')).toContain('LEFT_OUT');
});

it('writes out by dates what no rule of ours says', () => {
  const { why, compared } = moved('grafana', [
    USERS,
    schedule(['A']),
    page(shift('A', ALL, { time_zone: 'America/New_York' })),
  ]);
  expect(why('schedule', 'S')).toContain('it follows the clock of America/New_York');
  expect(compared().differences).toEqual([]);
});

it('warns of a schedule that is kept in UTC, and leaves a calendar to the calendars', () => {
  expect(
    moved('grafana', [USERS, schedule(['A'], { time_zone: 'UTC' }), page(shift('A', ALL))]).why('time zone', 'S'),
  ).toContain('DIFFERENT');
  expect(moved('grafana', [USERS, schedule([], { type: 'ical' })]).why('schedule', 'S')).toContain(
    'directory import ical',
  );
});

it('begins a rotation that is still to come with nobody, and ends one with nobody', () => {
  const rest = { start: '2026-12-07T09:00:00', rotation_start: '2026-12-07T09:00:00', until: '2027-01-04T09:00:00' };
  const { yaml, ladder, compared } = moved('grafana', [USERS, schedule(['A']), page(shift('A', ALL, rest))]);
  expect(yaml.onCall?.[0]?.turns).toEqual([
    { from: '2026-11-30T01:00', nobody: true },
    { from: '2026-12-07T09:00', rotation: true },
    { from: '2027-01-04T09:00', nobody: true },
  ]);
  expect(ladder('core', '2026-12-07T08:00:00Z')[0]).toBe('ana');
  expect(compared().differences).toEqual([]);
});
