/** What GoAlert's answers mean, where they can be misread. */
import { moved } from '../support/moving-in/moved';

const nodes = (name: string, ...list: object[]): object => ({
  data: { [name]: { nodes: list, pageInfo: { hasNextPage: false } } },
});
const USERS = nodes(
  'users',
  ...['ana', 'ben', 'cem'].map((name) => ({ id: name, name, email: `${name}@acme.example` })),
);
const rotation = (rest: object = {}): object =>
  nodes('rotations', {
    id: 'r',
    name: 'Turns',
    type: 'weekly',
    start: '2020-01-06T08:00:00Z',
    timeZone: 'Europe/Berlin',
    shiftLength: 1,
    activeUserIndex: 2,
    userIDs: ['ana', 'ben', 'cem'],
    nextHandoffTimes: ['2026-11-30T08:00:00Z'],
    ...rest,
  });
const always = { start: '00:00', end: '00:00', weekdayFilter: [true, true, true, true, true, true, true] };
const schedule = (rules: readonly object[], rest: object = {}): object =>
  nodes('schedules', {
    id: 's',
    name: 'Core',
    timeZone: 'Europe/Berlin',
    targets: [{ target: { id: 'r', type: 'rotation' }, rules }],
    ...rest,
  });

it('takes whose turn it is from what GoAlert keeps: active now, next at the hand-off', () => {
  const { yaml, compared } = moved('goalert', [USERS, rotation(), schedule([always])]);
  expect(yaml.onCall?.[0]).toMatchObject({
    windows: 'always',
    people: ['ana', 'ben', 'cem'],
    rotation: { every: 'week', from: '2026-11-30', at: 'mon 09:00' },
  });
  expect(compared().differences).toEqual([]);
});

it('counts the days of the week from Sunday', () => {
  const { yaml } = moved('goalert', [
    USERS,
    rotation(),
    schedule([{ start: '18:00', end: '08:00', weekdayFilter: [true, false, false, false, false, true, true] }]),
  ]);
  expect(yaml.onCall?.[0]?.windows).toEqual([{ days: ['fri', 'sat', 'sun'], from: '18:00', to: '08:00' }]);
});

it('brings overrides over by what they add and remove', () => {
  const over = (id: string, addUserID: string, removeUserID: string): object => ({
    id,
    addUserID,
    removeUserID,
    start: '2026-12-01T00:00:00Z',
    end: '2026-12-02T00:00:00Z',
    target: { id: 's', type: 'schedule' },
  });
  const { yaml } = moved('goalert', [
    USERS,
    rotation(),
    schedule([always]),
    nodes('userOverrides', over('replace', 'ben', 'ana'), over('remove', '', 'cem'), over('add', 'cem', '')),
  ]);
  const times = { from: '2026-12-01T01:00', to: '2026-12-02T01:00' };
  expect(yaml.onCall?.[0]?.overrides).toEqual([
    { person: 'ben', instead: 'ana', ...times },
    { off: 'cem', ...times },
    { person: 'cem', open: true, ...times },
  ]);
});

it('makes overrides of a temporary schedule, and says where it leaves nobody', () => {
  const temporarySchedules = [
    {
      start: '2026-12-24T00:00:00Z',
      end: '2026-12-26T00:00:00Z',
      shifts: [{ userID: 'ben', start: '2026-12-24T00:00:00Z', end: '2026-12-25T00:00:00Z' }],
    },
  ];
  const { ladder, why } = moved('goalert', [USERS, rotation(), schedule([always], { temporarySchedules })]);
  expect(ladder('core', '2026-12-24T12:00:00Z')[0]).toBe('ben');
  expect(why('override', 's temporary 1, gap 1')).toContain('LEFT_OUT');
});

it('makes a team of a rotation that a step asks by itself', () => {
  const policy = nodes('escalationPolicies', {
    id: 'e',
    name: 'Core',
    repeat: 0,
    steps: [
      {
        delayMinutes: 5,
        targets: [
          { id: 'r', type: 'rotation' },
          { id: '#ops', type: 'slackChannel' },
        ],
      },
    ],
  });
  const { ladder, why } = moved('goalert', [USERS, rotation(), policy]);
  expect(ladder('turns', '2026-12-01T00:00:00Z')[0]).toBe('ana');
  expect(why('escalation policy', 'e')).toContain('slackChannel #ops has no equivalent');
});

it('keeps the day of a month, and says what GoAlert does after the 28th', () => {
  const { yaml, why } = moved('goalert', [
    USERS,
    rotation({ type: 'monthly', start: '2026-10-31T08:00:00Z' }),
    schedule([always]),
  ]);
  expect(yaml.onCall?.[0]?.rotation).toEqual({ every: 'month', from: '2026-10-31', at: '09:00' });
  expect(why('rotation', 'r')).toContain('DIFFERENT');
});
