/**
 * Whatever an account holds that changes who is called, when, or by what, is named in the report: what nobody reads of an export
 * is what somebody misses at night.
 */
import { moved } from '../support/moving-in/moved';
import type { Vendor } from '../../cli/moving-in/model/export';

const FROM = '2026-12-01T00:00:00Z';
const TO = '2026-12-02T00:00:00Z';

const pagerduty = {
  user: { id: 'U1', type: 'user', name: 'Ana', email: 'ana@acme.example', time_zone: 'Europe/Berlin' },
  policy: (id: string, target: string): object => ({
    id,
    name: id,
    num_loops: 0,
    escalation_rules: [{ escalation_delay_in_minutes: 30, targets: [{ id: target, type: 'schedule_reference' }] }],
  }),
};

const opsgenieUser = { data: { id: 'u-ana', username: 'ana@acme.example', fullName: 'Ana', role: { name: 'User' } } };
const ana = { type: 'user', id: 'u-ana', username: 'ana@acme.example' };
const opsgenieSchedule = (id: string): object => ({
  id,
  name: id,
  timezone: 'Europe/Berlin',
  enabled: true,
  rotations: [{ id: `r-${id}`, name: id, startDate: '2026-10-19T07:00:00Z', type: 'weekly', participants: [ana] }],
});
const opsgenie = [opsgenieUser, { data: [opsgenieSchedule('one'), opsgenieSchedule('two')] }];
const escalation = (rest: object, ...minutes: number[]): object => ({
  data: [
    {
      id: 'e',
      name: 'Core',
      rules: minutes.map((timeAmount) => ({
        condition: 'if-not-acked',
        notifyType: 'default',
        recipient: { type: 'schedule', id: 'one' },
        delay: { timeAmount, timeUnit: 'minutes' },
      })),
      ...rest,
    },
  ],
});

const grafanaUser = { id: 'Uana', username: 'ana', email: 'ana@acme.example' };
const grafanaShift = (id: string, rest: object = {}): object => ({
  id,
  name: id,
  type: 'rolling_users',
  level: 1,
  start: '2026-11-23T09:00:00',
  duration: 604_800,
  frequency: 'weekly',
  interval: 1,
  rolling_users: [['Uana']],
  ...rest,
});
const grafanaOnce = (rest: object): object =>
  grafanaShift('o', { type: 'override', start: '2026-12-03T09:00:00', frequency: null, rolling_users: null, ...rest });
const grafanaSchedule = (rest: object = {}): object => ({
  id: 'S',
  name: 'Core',
  type: 'web',
  time_zone: 'Europe/Berlin',
  on_call_now: [],
  shifts: ['A'],
  ...rest,
});
const grafana = (...more: object[]): object[] => [
  { results: [grafanaUser] },
  { results: [grafanaSchedule()] },
  { results: [grafanaShift('A')] },
  ...more,
];
const grafanaStep = (position: number, rest: object): object => ({
  id: `step ${position}`,
  escalation_chain_id: 'C',
  position,
  ...rest,
});
const onCall = { type: 'notify_on_call_from_schedule', notify_on_call_from_schedule: 'S' };

const goalertUser = { id: 'u1', name: 'Ana', email: 'ana@acme.example', contactMethods: [] };
const goalertRotation = {
  id: 'r1',
  name: 'Weekly',
  type: 'weekly',
  start: '2026-10-19T07:00:00Z',
  timeZone: 'Europe/Berlin',
  shiftLength: 1,
  activeUserIndex: 0,
  userIDs: ['u1'],
  nextHandoffTimes: [],
};
const always = { start: '00:00', end: '00:00', weekdayFilter: Array.from({ length: 7 }, () => true) };
const goalertSchedule = (rest: object = {}): object => ({
  data: {
    schedule: {
      id: 's1',
      name: 'Core',
      timeZone: 'Europe/Berlin',
      targets: [{ target: { id: 'r1', type: 'rotation', name: 'Weekly' }, rules: [always] }],
      temporarySchedules: [],
      shifts: [],
      ...rest,
    },
  },
});
const nodes = (name: string, ...all: object[]): object => ({ data: { [name]: { nodes: all } } });
const goalert = (...more: object[]): object[] => [
  nodes('users', goalertUser),
  nodes('rotations', goalertRotation),
  goalertSchedule(),
  ...more,
];

test.each<[string, Vendor, readonly object[], string, RegExp]>([
  [
    'contact methods that are references',
    'pagerduty',
    [{ users: [{ ...pagerduty.user, contact_methods: [{ id: 'CM', type: 'email_contact_method_reference' }] }] }],
    'contact method CM',
    /LEFT_OUT .*include\[\]=contact_methods/,
  ],
  [
    'something strange among users',
    'pagerduty',
    [{ users: [pagerduty.user, { id: 'X', type: 'user_reference', summary: 'Ben' }] }],
    'entry X',
    /LEFT_OUT .*answer 1/,
  ],
  [
    'policies of several services',
    'pagerduty',
    [
      { users: [pagerduty.user] },
      { escalation_policies: [pagerduty.policy('one', 'S1'), pagerduty.policy('two', 'S2')] },
    ],
    'escalation policy two',
    /DIFFERENT .*one ladder/,
  ],
  [
    'a word at the hand-off',
    'pagerduty',
    [
      { users: [pagerduty.user] },
      { escalation_policies: [{ ...pagerduty.policy('one', 'S1'), on_call_handoff_notifications: 'if_has_services' }] },
    ],
    'escalation policy one',
    /DIFFERENT .*rota\.tellTurnBegins/,
  ],
  [
    'an override that does not say of which schedule it is',
    'opsgenie',
    [...opsgenie, { data: [{ alias: 'o', user: ana, startDate: FROM, endDate: TO }] }],
    'override o',
    /LEFT_OUT .*whose schedule/,
  ],
  [
    'an override by a team',
    'opsgenie',
    [
      ...opsgenie,
      { data: [{ _parent: { id: 'one' }, alias: 'o', user: { type: 'team', id: 't' }, startDate: FROM, endDate: TO }] },
    ],
    'override o',
    /LEFT_OUT .*team/,
  ],
  [
    'a forwarding rule',
    'opsgenie',
    [...opsgenie, { data: [{ fromUser: ana, toUser: ana, alias: 'f', id: 'f-id', startDate: FROM, endDate: TO }] }],
    'forwarding rule f',
    /LEFT_OUT .*`away` with a `delegate`/,
  ],
  [
    'a timeline of a schedule that is not there',
    'opsgenie',
    [...opsgenie, { data: { _parent: { id: 'gone' }, finalTimeline: { rotations: [{ id: 'x', periods: [] }] } } }],
    'timeline gone',
    /LEFT_OUT/,
  ],
  [
    'schedules without their rotations',
    'opsgenie',
    [opsgenieUser, { data: [{ id: 'one', name: 'one', timezone: 'Europe/Berlin', enabled: true }] }],
    'schedule one',
    /LEFT_OUT .*expand=rotation/,
  ],
  ['a first step that waits', 'opsgenie', [...opsgenie, escalation({}, 5, 15)], 'escalation policy e', /5m after the/],
  [
    'two steps at once',
    'opsgenie',
    [...opsgenie, escalation({}, 0, 0, 10)],
    'escalation policy e',
    /steps at the same time/,
  ],
  [
    'an alert that is closed in the end',
    'opsgenie',
    [...opsgenie, escalation({ repeat: { waitInterval: 10, count: 2, closeAlertAfterAll: true } }, 0)],
    'escalation policy e',
    /closes the alert/,
  ],
  [
    'an escalation that asks those again who have answered',
    'opsgenie',
    [...opsgenie, escalation({ repeat: { waitInterval: 10, count: 2, resetRecipientStates: true } }, 0)],
    'escalation policy e',
    /have answered/,
  ],
  ['a shift that is not in the export', 'grafana', grafana().slice(0, 2), 'shift A', /LEFT_OUT .*Core/],
  ['a shift of no schedule', 'grafana', grafana({ results: [grafanaShift('B')] }), 'shift B', /LEFT_OUT .*no schedule/],
  [
    'an override of nobody',
    'grafana',
    [
      {
        results: [grafanaUser, grafanaSchedule({ shifts: ['A', 'o'] }), grafanaShift('A'), grafanaOnce({ users: [] })],
      },
    ],
    'override o',
    /LEFT_OUT .*nobody/,
  ],
  [
    'an override of two people',
    'grafana',
    [
      {
        results: [
          grafanaUser,
          grafanaSchedule({ shifts: ['A', 'o'] }),
          grafanaShift('A'),
          grafanaOnce({ users: ['Uana', 'Uben'] }),
        ],
      },
    ],
    'override o',
    /DIFFERENT .*Uben/,
  ],
  [
    'a calendar of overrides',
    'grafana',
    [
      { results: [grafanaUser, grafanaShift('A')] },
      { results: [grafanaSchedule({ type: 'calendar', ical_url_overrides: 'https://example.com/o.ics' })] },
    ],
    'schedule S',
    /LEFT_OUT .*calendar of overrides/,
  ],
  [
    'who is told in Slack',
    'grafana',
    [
      { results: [grafanaUser, grafanaShift('A')] },
      { results: [grafanaSchedule({ slack: { channel_id: 'C1', user_group_id: 'G1' } })] },
    ],
    'slack S',
    /LEFT_OUT .*C1.*G1/,
  ],
  [
    'a swap of a schedule that is not there',
    'grafana',
    grafana({
      results: [{ id: 'W', schedule: 'gone', swap_start: FROM, swap_end: TO, beneficiary: 'Uana', benefactor: 'Uana' }],
    }),
    'swap W',
    /LEFT_OUT .*gone/,
  ],
  [
    'important steps',
    'grafana',
    grafana({ results: [grafanaStep(0, { ...onCall, important: true })] }),
    'escalation policy C',
    /important/,
  ],
  [
    'a wait before the first step',
    'grafana',
    grafana({ results: [grafanaStep(0, { type: 'wait', duration: 300 }), grafanaStep(1, onCall)] }),
    'escalation policy C',
    /5m after the/,
  ],
  [
    'an override of a schedule that is not there',
    'goalert',
    goalert(
      nodes('userOverrides', {
        id: 'o',
        start: FROM,
        end: TO,
        addUserID: 'u1',
        target: { id: 'gone', type: 'schedule' },
      }),
    ),
    'override o',
    /LEFT_OUT .*gone/,
  ],
  [
    'a rotation that nobody asks',
    'goalert',
    goalert(nodes('rotations', { ...goalertRotation, id: 'r2', name: 'Spare' })),
    'rotation r2',
    /LEFT_OUT .*Spare/,
  ],
  [
    'an assignment without hours',
    'goalert',
    [
      ...goalert().slice(0, 2),
      goalertSchedule({ targets: [{ target: { id: 'u1', type: 'user', name: 'Ana' }, rules: [] }] }),
    ],
    'target u1',
    /LEFT_OUT .*hours/,
  ],
  [
    'steps that name actions',
    'goalert',
    goalert(
      nodes('escalationPolicies', {
        id: 'p',
        name: 'Core',
        repeat: 0,
        steps: [{ delayMinutes: 5, actions: [{ type: 'builtin-slack-channel', args: { slack_channel_id: 'C9' } }] }],
      }),
    ),
    'escalation policy p',
    /builtin-slack-channel C9 has no equivalent/,
  ],
  [
    'when a user is reached by what',
    'goalert',
    goalert(nodes('users', { ...goalertUser, id: 'u2', notificationRules: [{ id: 'n', delayMinutes: 0 }] })),
    'notification rules u2',
    /LEFT_OUT .*channels\.urgent/,
  ],
  [
    'who is told of hand-offs',
    'goalert',
    [
      ...goalert().slice(0, 2),
      goalertSchedule({
        onCallNotificationRules: [{ id: 'n', target: { id: 'C9', type: 'slackChannel', name: '#ops' } }],
      }),
    ],
    'on-call notification s1',
    /LEFT_OUT .*#ops/,
  ],
  [
    'an answer that is not whole',
    'goalert',
    goalert({ data: { users: { nodes: [{ ...goalertUser, id: 'u3' }] } }, errors: [{ message: 'limit' }] }),
    'entry answer 4',
    /LEFT_OUT .*errors/,
  ],
])('%s (%s) is named', (_name, vendor, answers, line, why) => {
  const { report } = moved(vendor, answers);
  const lines = report.filter(({ what, id }) => `${what} ${id}` === line);
  expect(lines.map(({ outcome, why: said }) => `${outcome} ${said}`).join('\n')).toMatch(why);
});
