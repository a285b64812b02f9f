/** What Opsgenie's answers mean, where they can be misread. */
import { moved } from '../support/moving-in/moved';

const user = (name: string): object => ({ type: 'user', id: `u-${name}`, username: `${name}@acme.example` });
const USERS = ['ana', 'ben', 'cem'].map((name) => ({
  data: {
    id: `u-${name}`,
    username: `${name}@acme.example`,
    fullName: name,
    role: { name: 'User' },
    timeZone: 'Europe/Berlin',
  },
}));
const rotation = (id: string, participants: readonly object[], rest: object = {}): object => ({
  id,
  name: id,
  // Six weeks before the 30th of November: with two people and with three the first of them comes then.
  startDate: '2026-10-19T07:00:00Z',
  type: 'weekly',
  length: 1,
  participants,
  ...rest,
});
const schedules = (...rotations: object[]): object => ({
  data: [{ id: 's', name: 'Core', timezone: 'Europe/Berlin', enabled: true, rotations }],
});

it('gives a turn of none to nobody', () => {
  const { ladder, compared } = moved('opsgenie', [
    ...USERS,
    schedules(rotation('r', [user('ana'), { type: 'none' }, user('ben')])),
  ]);
  expect(ladder('core', '2026-11-30T08:00:00Z')[0]).toBe('ana');
  expect(ladder('core', '2026-12-07T08:00:00Z')).toEqual([]);
  expect(ladder('core', '2026-12-14T08:00:00Z')[0]).toBe('ben');
  expect(compared().differences).toEqual([]);
});

it('asks rotations one after the other that are called at once there, and no order is a difference', () => {
  const { ladder, why, compared } = moved('opsgenie', [
    ...USERS,
    schedules(rotation('one', [user('ana'), user('ben')]), rotation('two', [user('cem')])),
  ]);
  expect(ladder('core', '2026-12-01T00:00:00Z').slice(0, 2)).toEqual(['ana', 'cem']);
  expect(why('layer', 'two')).toContain(
    'DIFFERENT There two is called at the same time as one; here it is asked after it.',
  );
  expect(compared().differences).toEqual([]);
});

it('reads hour 24, and a week that wraps from Sunday to Monday', () => {
  const times = { startHour: 20, startMin: 0, endHour: 24, endMin: 0 };
  const daily = moved('opsgenie', [
    ...USERS,
    schedules(rotation('r', [user('ana')], { timeRestriction: { type: 'time-of-day', restriction: times } })),
  ]);
  expect(daily.yaml.onCall?.[0]?.windows).toEqual([
    { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '20:00', to: '24:00' },
  ]);
  const weekend = [{ startDay: 'saturday', startHour: 22, startMin: 0, endDay: 'monday', endHour: 6, endMin: 0 }];
  const wrapping = moved('opsgenie', [
    ...USERS,
    schedules(
      rotation('r', [user('ana')], { timeRestriction: { type: 'weekday-and-time-of-day', restrictions: weekend } }),
    ),
  ]);
  expect(wrapping.ladder('core', '2026-12-05T20:59:59Z')).toEqual([]);
  for (const at of ['2026-12-05T21:00:00Z', '2026-12-06T12:00:00Z', '2026-12-07T04:59:59Z'])
    expect(wrapping.ladder('core', at)).toEqual(['ana']);
  expect(wrapping.ladder('core', '2026-12-07T05:00:00Z')).toEqual([]);
  expect(wrapping.compared().differences).toEqual([]);
});

it('writes out by dates what a team takes part in', () => {
  const timeline = {
    data: {
      _parent: { id: 's' },
      startDate: '2026-11-30T00:00:00Z',
      endDate: '2026-12-28T00:00:00Z',
      finalTimeline: {
        rotations: [
          {
            id: 'r',
            order: 1,
            periods: [
              {
                startDate: '2026-11-30T08:00:00Z',
                endDate: '2026-12-07T08:00:00Z',
                type: 'default',
                recipient: user('ben'),
              },
            ],
          },
        ],
      },
    },
  };
  const { yaml, why } = moved('opsgenie', [
    ...USERS,
    schedules(rotation('r', [user('ana'), { type: 'team', id: 't' }])),
    timeline,
  ]);
  expect(yaml.onCall?.[0]?.turns?.slice(0, 3)).toEqual([
    { from: '2026-11-30T01:00', nobody: true },
    { from: '2026-11-30T09:00', person: 'ben' },
    { from: '2026-12-07T09:00', nobody: true },
  ]);
  expect(why('schedule', 's')).toContain('a team takes part in its turns');
});

it('knows a forwarding rule by the timeline, and gives it as the reason', () => {
  const period = (from: string, to: string, who: string, type: string): object => ({
    startDate: from,
    endDate: to,
    type,
    recipient: user(who),
  });
  const timeline = {
    data: {
      _parent: { id: 's' },
      startDate: '2026-11-30T00:00:00Z',
      endDate: '2026-12-14T08:00:00Z',
      finalTimeline: {
        rotations: [
          {
            id: 'r',
            order: 1,
            periods: [
              period('2026-11-30T00:00:00Z', '2026-11-30T08:00:00Z', 'ben', 'default'),
              period('2026-11-30T08:00:00Z', '2026-12-03T08:00:00Z', 'ana', 'default'),
              period('2026-12-03T08:00:00Z', '2026-12-04T08:00:00Z', 'cem', 'forwarding'),
              period('2026-12-04T08:00:00Z', '2026-12-07T08:00:00Z', 'ana', 'default'),
              period('2026-12-07T08:00:00Z', '2026-12-14T08:00:00Z', 'ben', 'default'),
            ],
          },
        ],
      },
    },
  };
  const { compared } = moved('opsgenie', [...USERS, schedules(rotation('r', [user('ana'), user('ben')])), timeline]);
  expect(compared().differences).toEqual([
    {
      team: 'core',
      from: Date.parse('2026-12-03T08:00:00Z'),
      to: Date.parse('2026-12-04T08:00:00Z'),
      theirs: 'cem',
      ours: 'ana',
      reason: 'FORWARDED',
    },
  ]);
});

it('puts an override of one rotation into its turn, and not outside of its hours', () => {
  const office = { type: 'time-of-day', restriction: { startHour: 9, startMin: 0, endHour: 17, endMin: 0 } };
  const overrides = {
    data: [
      {
        alias: 'o',
        user: user('cem'),
        startDate: '2026-12-01T00:00:00Z',
        endDate: '2026-12-02T00:00:00Z',
        rotations: [{ id: 'r' }],
      },
    ],
  };
  const { ladder, compared } = moved('opsgenie', [
    ...USERS,
    schedules(rotation('r', [user('ana')], { timeRestriction: office })),
    overrides,
  ]);
  expect(ladder('core', '2026-12-01T07:59:59Z')).toEqual([]);
  expect(ladder('core', '2026-12-01T08:00:00Z')[0]).toBe('cem');
  expect(compared().differences).toEqual([]);
});

it('takes delays as counted from the creation, and says which kinds of rules are lost', () => {
  const rule = (minutes: number, notifyType: string): object => ({
    condition: 'if-not-acked',
    notifyType,
    recipient: { type: 'schedule', id: 's' },
    delay: { timeAmount: minutes },
  });
  const escalation = {
    data: {
      id: 'e',
      name: 'Core',
      rules: [rule(0, 'default'), rule(5, 'next'), rule(20, 'all')],
      repeat: { waitInterval: 10, count: 4 },
    },
  };
  const { from, policy, why } = moved('opsgenie', [...USERS, schedules(rotation('r', [user('ana')])), escalation]);
  expect(from.policies[0]?.steps.map(({ timeMs }) => timeMs)).toEqual([5 * 60_000, 15 * 60_000, 10 * 60_000]);
  expect(policy).toMatchObject({ severities: { '0': { engineerAck: '5m' } }, escalation: { rounds: 5 } });
  expect(why('escalation policy', 'e')).toMatch(/"next".*"all"/);
});
