/** What PagerDuty's answers mean, where they can be misread. */
import { moved } from '../support/moving-in/moved';

const user = (id: string): object => ({ user: { id, type: 'user_reference', summary: `Name of ${id}` } });
const account = (id: string, mail: string): object => ({
  id,
  name: `Name of ${id}`,
  email: mail,
  time_zone: 'Europe/Berlin',
});
const USERS = {
  users: [account('P1', 'ana@acme.example'), account('P2', 'ben@acme.example'), account('P3', 'cem@acme.example')],
};

const layer = (id: string, users: readonly string[], rest: object = {}): object => ({
  id,
  name: `Layer ${id}`,
  start: '2026-01-05T09:00:00+01:00',
  end: null,
  rotation_virtual_start: '2026-01-05T08:00:00Z',
  rotation_turn_length_seconds: 604_800,
  users: users.map(user),
  restrictions: [],
  ...rest,
});
const schedule = (layers: readonly object[], rest: object = {}): object => ({
  schedule: { id: 'S', name: 'Núcleo / Core', time_zone: 'Europe/Berlin', schedule_layers: layers, ...rest },
});
const entry = (id: string, start: string, end: string): object => ({ start, end, ...user(id) });

it('takes whose turn it is from the rendered turns, not from the virtual start', () => {
  // By the start it would be P2 in the week of 30 November.
  const rendered = [
    entry('P3', '2026-11-28T00:00:00Z', '2026-11-30T08:00:00Z'),
    entry('P1', '2026-11-30T08:00:00Z', '2026-12-07T08:00:00Z'),
    entry('P2', '2026-12-07T08:00:00Z', '2026-12-14T08:00:00Z'),
  ];
  const { yaml, ladder, why } = moved('pagerduty', [
    USERS,
    schedule([layer('L', ['P1', 'P2', 'P3'], { rendered_schedule_entries: rendered })]),
  ]);
  expect(yaml.onCall).toEqual([
    {
      team: 'nucleo-core',
      timezone: 'Europe/Berlin',
      windows: 'always',
      people: ['ana', 'ben', 'cem'],
      rotation: { every: 'week', from: '2026-11-30', at: 'mon 09:00' },
    },
  ]);
  expect(ladder('nucleo-core', '2027-03-29T06:59:59Z')[0]).toBe('ben');
  expect(ladder('nucleo-core', '2027-03-29T07:00:00Z')[0]).toBe('cem');
  expect(why('layer', 'L')).toContain('SAME');
});

it('counts from the start where nothing is rendered, and says so', () => {
  const { ladder, why } = moved('pagerduty', [USERS, schedule([layer('L', ['P1', 'P2', 'P3'])])]);
  // 47 weeks after 5 January: 47 = 15 × 3 + 2.
  expect(ladder('nucleo-core', '2026-11-30T08:00:00Z')[0]).toBe('cem');
  expect(why('layer', 'L')).toContain('counted from its start');
});

it('asks a hidden layer second, and says that it is hidden there', () => {
  const { ladder, why, compared } = moved('pagerduty', [
    USERS,
    schedule([layer('TOP', ['P1']), layer('BELOW', ['P2', 'P3'])]),
  ]);
  expect(ladder('nucleo-core', '2026-12-01T00:00:00Z').slice(0, 2)).toEqual(['ana', 'cem']);
  expect(why('layer', 'BELOW')).toContain(
    'DIFFERENT Behind Layer TOP, Layer BELOW is hidden there; here it is asked second.',
  );
  expect(compared().differences).toEqual([]);
});

it('makes teams of layers with hours of their own, asked in order', () => {
  const office = { type: 'weekly_restriction', start_time_of_day: '09:00:00', duration_seconds: 8 * 3600 };
  const restrictions = [1, 2, 3, 4, 5].map((day) => ({ ...office, start_day_of_week: day }));
  const { yaml, compared } = moved('pagerduty', [
    USERS,
    schedule([layer('Office', ['P1', 'P2'], { restrictions }), layer('Rest', ['P3'])]),
  ]);
  expect(yaml.onCall?.map(({ team, windows }) => ({ team, windows }))).toEqual([
    {
      team: 'nucleo-core.layer-office',
      windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
    },
    { team: 'nucleo-core.layer-rest', windows: 'always' },
  ]);
  expect(compared().differences).toEqual([]);
});

it('makes several windows of a restriction of days, and midnight of 23:59', () => {
  const weekend = {
    type: 'weekly_restriction',
    start_day_of_week: 6,
    start_time_of_day: '00:00:00',
    duration_seconds: 172_740,
  };
  const { yaml, why } = moved('pagerduty', [USERS, schedule([layer('L', ['P1'], { restrictions: [weekend] })])]);
  expect(yaml.onCall?.[0]?.windows).toEqual([{ days: ['sat', 'sun'], from: '00:00', to: '24:00' }]);
  expect(why('restriction', 'L')).toContain('23:59');
});

it('leaves out a layer that has ended, and writes out by dates one that is to begin', () => {
  const ended = layer('OLD', ['P3'], { end: '2026-06-01T00:00:00Z' });
  const ahead = layer('NEW', ['P2'], {
    start: '2027-01-04T09:00:00+01:00',
    rotation_virtual_start: '2027-01-04T08:00:00Z',
  });
  const { yaml, ladder, why, compared } = moved('pagerduty', [USERS, schedule([ahead, ended, layer('L', ['P1'])])]);
  expect(why('layer', 'OLD')).toContain('LEFT_OUT Layer OLD ended on 2026-06-01.');
  expect(yaml.onCall?.[0]?.turns).toEqual([
    { from: '2026-11-30T01:00', person: 'ana' },
    { from: '2027-01-04T09:00', person: 'ben' },
    { from: '2028-01-24T01:00', nobody: true },
  ]);
  expect(ladder('nucleo-core', '2027-01-04T08:00:00Z')[0]).toBe('ben');
  expect(why('schedule', 'S')).toContain('DIFFERENT Layer NEW begins only on 2027-01-04');
  expect(compared().differences).toEqual([]);
});

it.each(['override_subschedule', 'overrides_subschedule'])(
  'brings overrides over, open or not, and knows whose they are from the schedule itself (%s)',
  (subschedule) => {
    const shown = [entry('P3', '2026-12-24T08:00:00Z', '2026-12-25T08:00:00Z')];
    const { yaml, ladder } = moved('pagerduty', [
      USERS,
      schedule([layer('L', ['P1'])], { [subschedule]: { rendered_schedule_entries: shown } }),
    ]);
    expect(yaml.onCall?.[0]?.overrides).toEqual([
      { person: 'cem', from: '2026-12-24T09:00', to: '2026-12-25T09:00', open: true },
    ]);
    expect(ladder('nucleo-core', '2026-12-24T08:00:00Z')[0]).toBe('cem');
  },
);

it('keeps the place of somebody who is gone, so that nobody else moves', () => {
  const { directory, why } = moved('pagerduty', [USERS, schedule([layer('L', ['P1', 'PGONE', 'P2'])])]);
  expect(directory.people.map(({ id }) => id)).toContain('name-of-pgone');
  expect(why('person', 'PGONE')).toContain('DIFFERENT');
});

it('makes ids unique, and one person of one e-mail', () => {
  const { directory } = moved('pagerduty', [
    {
      users: [account('P1', 'Ana@acme.example'), account('P2', 'ana@other.example'), account('P3', 'ana@ACME.example')],
    },
    schedule([layer('L', ['P1', 'P2', 'P3'])]),
  ]);
  expect(directory.people.map(({ id }) => id).slice(0, -1)).toEqual(['Ana', 'ana-2']);
});

it('refuses a zone that is no place, and reads the friendly ones', () => {
  const { why } = moved('pagerduty', [USERS, schedule([layer('L', ['P1'])], { time_zone: 'BST' })]);
  expect(why('schedule', 'S')).toContain('LEFT_OUT');
  const friendly = moved('pagerduty', [
    USERS,
    schedule([layer('L', ['P1'])], { time_zone: 'Pacific Time (US & Canada)' }),
  ]);
  expect(friendly.directory.onCall[0]?.timezone).toBe('America/Los_Angeles');
});

it('says of every contact method what became of it, and lets nobody be reached by nothing in silence', () => {
  const methods = [
    { id: 'C1', type: 'phone_contact_method', address: '5550100', country_code: 49, blacklisted: true },
    { id: 'C2', type: 'push_notification_contact_method', address: 'token' },
  ];
  const { why, yaml } = moved('pagerduty', [
    { users: [{ ...account('P1', 'ana@acme.example'), contact_methods: methods }] },
    schedule([layer('L', ['P1'])]),
  ]);
  expect(why('contact method', 'C1')).toContain('LEFT_OUT ana: phone_contact_method +495550100 is blocked there.');
  expect(why('contact method', 'C2')).toContain('LEFT_OUT');
  expect(yaml.people[0]).toMatchObject({ id: 'ana', channels: [] });
  expect(why('channels', 'ana')).toContain('MISSING');
});

it('takes the time of the first step and the rounds, and says what is lost', () => {
  const rule = (minutes: number, target: object, strategy = 'assign_to_everyone'): object => ({
    escalation_delay_in_minutes: minutes,
    targets: [target],
    escalation_rule_assignment_strategy: { type: strategy },
  });
  const policies = {
    escalation_policies: [
      {
        id: 'E',
        name: 'Core',
        num_loops: 2,
        escalation_rules: [
          rule(10, { id: 'S', type: 'schedule_reference' }),
          rule(30, { id: 'P3', type: 'user_reference' }, 'round_robin'),
        ],
      },
    ],
  };
  const { policy, why } = moved('pagerduty', [USERS, policies, schedule([layer('L', ['P1'])])]);
  expect(policy).toMatchObject({
    severities: { '0': { engineerAck: '10m' }, '1': { engineerAck: '10m' } },
    escalation: { rounds: 3 },
  });
  const lost = why('escalation policy', 'E');
  for (const words of ['DIFFERENT', 'other times', 'round robin', 'P3 is named']) expect(lost).toContain(words);
});

it('says of every file and thing that it cannot read that it is left out', () => {
  const { report } = moved('pagerduty', [
    USERS,
    schedule([layer('L', ['P1'])]),
    { hello: 'world' },
    { schedule: { id: 'BAD', schedule_layers: 7 } },
  ]);
  expect(report.filter(({ outcome }) => outcome === 'LEFT_OUT').map(({ what, id }) => `${what} ${id}`)).toEqual([
    'file answer 3',
    'schedule BAD',
  ]);
});

it('writes a schedule of version 3 out by dates, as far as PagerDuty shows it', () => {
  const time = (date_time: string): object => ({ date_time, time_zone: 'Europe/Berlin' });
  const assignment = (start: string, end: string, member: object): object => ({
    start_time: time(start),
    end_time: time(end),
    member,
    source: { type: 'rotation' },
  });
  const flexible = {
    schedule: {
      id: 'V3',
      name: 'Flexible',
      rotations: [
        {
          id: 'R',
          events: [{ start_time: time('2026-11-02T09:00:00+01:00'), effective_since: '2026-11-02T08:00:00Z' }],
        },
      ],
      final_schedule: {
        computed_shift_assignments: [
          assignment('2026-11-30T00:00:00Z', '2026-12-07T08:00:00Z', { type: 'user_member', user_id: 'P1' }),
          assignment('2026-12-07T08:00:00Z', '2026-12-14T08:00:00Z', { type: 'empty_member' }),
          assignment('2026-12-14T08:00:00Z', '2026-12-21T08:00:00Z', { type: 'user_member', user_id: 'P2' }),
        ],
      },
    },
  };
  const { ladder, why, compared } = moved('pagerduty', [USERS, flexible]);
  expect(ladder('flexible', '2026-12-07T07:59:59Z')).toEqual(['ana', 'ben']);
  expect(ladder('flexible', '2026-12-07T08:00:00Z')).toEqual([]);
  expect(ladder('flexible', '2026-12-14T08:00:00Z')[0]).toBe('ben');
  expect(why('schedule', 'V3')).toContain('DIFFERENT Its rule is not in the export');
  expect(compared().differences).toEqual([]);
});
