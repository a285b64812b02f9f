/** E1: a shift ends at the first instant at which somebody else comes first, whatever the cause. */
import { candidates, shiftOf } from '../../../activities/directory/candidates';
import { directoryFrom } from '../../../worker/config';

const WEEK = { every: 'week', from: '2026-10-05', at: 'mon 09:00' };
const BASE = { timezone: 'Europe/Berlin', windows: 'always', people: ['maier', 'rossi'], rotation: WEEK };
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

const LEAVE: Readonly<Record<string, readonly object[]>> = {
  smith: [{ from: '2026-10-01T00:00:00Z', to: '2026-12-01T00:00:00Z', delegate: 'maier' }],
  sato: [{ from: '2026-10-21T10:00:00Z', to: '2026-10-21T12:00:00Z', delegate: 'rossi' }],
  lee: [{ from: '2026-10-21T10:00:00Z', to: '2026-10-21T12:00:00Z' }],
};

function endOf(at: string, ...teams: object[]): string | undefined {
  const directory = directoryFrom({
    people: ['maier', 'rossi', 'smith', 'sato', 'lee', 'dora'].map((id) => ({ id, name: id, away: LEAVE[id] ?? [] })),
    dutyManagers: ['dora'],
    holidays: { de: { days: ['2026-10-22'] } },
    onCall: teams.map((team, index) => ({ team: `t${index}`, ...team })),
  });
  const now = Date.parse(at);
  const [first] = candidates(directory, { audience: 'ON_CALL', excluding: [] }, { engineer: null }, now).list;
  const shift = first && shiftOf(directory, first, now);
  return first && [first.person.id, shift?.team, shift?.endsAt.slice(0, 16)].filter(Boolean).join(' ');
}

test.each<[string, string, string, object[]]>([
  ['a turn inside a 24x7 window', '2026-10-20T00:00:00Z', 'maier t0 2026-10-26T08:00', [BASE]],
  [
    'an override that begins',
    '2026-10-20T00:00:00Z',
    'maier t0 2026-10-21T10:00',
    [{ ...BASE, overrides: [{ person: 'rossi', from: '2026-10-21T12:00', to: '2026-10-21T18:00' }] }],
  ],
  [
    'an override that ends',
    '2026-10-21T11:00:00Z',
    'rossi t0 2026-10-21T16:00',
    [{ ...BASE, overrides: [{ person: 'rossi', from: '2026-10-21T12:00', to: '2026-10-21T18:00' }] }],
  ],
  [
    'a turn that was swapped: it goes to whoever has taken it',
    '2026-10-20T00:00:00Z',
    'rossi t0 2026-11-02T08:00',
    [{ ...BASE, overrides: [{ swap: ['maier', 'rossi'], turns: ['2026-10-19', '2026-11-09'] }] }],
  ],
  [
    'the window of the day before a holiday',
    '2026-10-21T10:00:00Z',
    'maier t0 2026-10-21T16:00',
    [
      {
        ...BASE,
        rotation: { every: 'week', from: '2026-10-05' },
        windows: [{ days: DAYS, from: '08:00', to: '18:00' }],
        holidays: { calendar: 'de', as: 'closed' },
      },
    ],
  ],
  [
    'somebody who leaves the team',
    '2026-10-20T00:00:00Z',
    'maier t0 2026-10-23T07:00',
    [{ ...BASE, people: [{ person: 'maier', until: '2026-10-23' }, 'rossi'] }],
  ],
  [
    'leave of their own that begins: whoever stands in comes',
    '2026-10-21T09:00:00Z',
    'sato t0 2026-10-21T10:00',
    [{ ...BASE, people: ['sato', 'maier'] }],
  ],
  [
    'leave that ends: whoever stood in gives it back',
    '2026-10-21T11:00:00Z',
    'rossi t0 2026-10-21T12:00',
    [{ ...BASE, people: ['sato', 'maier'] }],
  ],
  [
    'leave in which nobody stands in: the next one of the ladder comes',
    '2026-10-21T09:00:00Z',
    'lee t0 2026-10-21T10:00',
    [{ timezone: 'UTC', windows: 'always', people: ['lee', 'maier'] }],
  ],
  [
    'leave of somebody else ends nothing',
    '2026-10-21T09:00:00Z',
    'maier',
    [{ timezone: 'UTC', windows: 'always', people: ['maier', 'lee', 'sato'] }],
  ],
  [
    'leave of whoever is first, while nobody stands in: they come back',
    '2026-10-21T11:00:00Z',
    'maier t0 2026-10-21T12:00',
    [{ timezone: 'UTC', windows: 'always', people: ['lee', 'maier'] }],
  ],
  [
    'leave behind the end of the turn ends nothing',
    '2026-10-12T09:00:00Z',
    'sato t0 2026-10-19T07:00',
    [{ ...BASE, people: ['rossi', 'sato'] }],
  ],
  ['nobody else ever comes: it does not end', '2026-10-20T00:00:00Z', 'maier', [{ ...BASE, people: ['maier'] }]],
  [
    'first in two open teams: with the last of them',
    '2026-10-20T10:00:00Z',
    'maier t1 2026-10-20T18:00',
    [
      { timezone: 'UTC', windows: [{ days: DAYS, from: '08:00', to: '12:00' }], people: ['maier'] },
      { timezone: 'UTC', windows: [{ days: DAYS, from: '08:00', to: '18:00' }], people: ['maier'] },
    ],
  ],
  [
    'who stands in for whoever comes next does not hand over to themselves',
    '2026-10-20T10:00:00Z',
    'maier t1 2026-10-20T18:00',
    [
      { timezone: 'UTC', windows: [{ days: DAYS, from: '08:00', to: '12:00' }], people: ['maier'] },
      { timezone: 'UTC', windows: [{ days: DAYS, from: '12:00', to: '18:00' }], people: ['smith'] },
    ],
  ],
])('%s', (_name, at, expected, teams) => {
  expect(endOf(at, ...teams)).toBe(expected);
});
