/** Pictures for the terminal: what a desk sees first in the night, and nothing a customer wrote moving its cursor. */
import { renderAnswer } from '../../cli/render/answer';
import { renderCase, type Screen } from '../../cli/render/case';
import { sentenceOf } from '../../cli/render/sentences';
import { renderList, renderTimeline } from '../../cli/render/tables';
import { painter, shorten } from '../../cli/render/text';
import { due, span } from '../../cli/render/when';
import { staticSummary } from '../../client/markdown';
import { clean } from '../../client/untrusted';
import type { CaseEvent, CaseView } from '../../workflows/messages';

const now = Date.parse('2026-11-24T15:00:00Z');
const screen: Screen = { now, paint: painter(false), width: 120 };

const view: CaseView = {
  caseNumber: 'C1234567',
  title: 'Everything \u001b[31mis\u001b[0m slow\u202e',
  customer: { number: '100200', name: 'Acme\r\nMotors' },
  environment: 'PRODUCTION',
  product: 'Vault',
  openedAt: '2026-11-24T12:00:00.000Z',
  closedAt: null,
  severity: 0,
  severitySetBy: 'eng-lee',
  severityRequestedBy: 'maria',
  level: 'M1',
  emergency: 'ACTIVE',
  status: 'OPEN',
  attention: ['UNACKNOWLEDGED', 'PROGRESS_STALLED'],
  owner: 'eng-lee',
  owners: { engineer: 'eng-lee', manager: null, secondLevelManager: null, onCall: 'eng-kim' },
  nextDue: { at: '2026-11-24T15:12:00.000Z', what: 'E-Down alert 4' },
  needs: [
    {
      need: 'M1',
      purpose: 'ESCALATED_M1',
      status: 'ASKED',
      person: 'mgr-ana',
      asked: ['mgr-ana'],
      since: '2026-11-24T14:40:00.000Z',
      answerDueAt: '2026-11-24T15:10:00.000Z',
    },
  ],
  escalation: {
    level: 'M1',
    status: 'PENDING',
    owner: null,
    since: '2026-11-24T14:40:00.000Z',
    reason: 'INACTIVITY',
    dissatisfaction: null,
    criticalDate: null,
    staff: [],
    plan: [],
    teamFormed: false,
  },
  contacts: [{ name: 'Kenji Sato', reach: 'PAGER', number: '+81 3 5555 0100' }],
  clocks: Array.from({ length: 9 }, (_, index) => ({
    kind: 'PROGRESS' as const,
    dueAt: '2026-11-24T14:50:00.000Z',
    breached: index === 0,
  })),
  pages: [
    {
      pageId: 'C1234567-4',
      audience: 'MANAGER',
      purpose: 'ESCALATED_M1',
      status: 'SENT',
      person: 'mgr-ana',
      name: 'Ana Ruiz',
      channel: 'voice',
      answerDueAt: '2026-11-24T15:10:00.000Z',
      asks: ['M1'],
    },
  ],
  eDown: {
    episode: 1,
    startedAt: '2026-11-24T13:30:00.000Z',
    answers: { category: 'MOST_USERS_NO_ACCESS', totalUsers: 200 },
    downSince: '2026-11-24T13:00:00.000Z',
    downForMinutes: 120,
    alerts: 3,
    nextAlertAt: '2026-11-24T15:12:00.000Z',
    warnings: [],
    contactStatus: 'PRESENT',
  },
  eDownRequest: null,
  pastEpisodes: [],
  handOver: null,
  actions: [{ actionId: 'A1', kind: 'TEST', what: 'Try the fix', status: 'OPEN', dueAt: '2026-11-24T16:00:00.000Z' }],
  sprs: [],
  counters: { events: 42, pages: 7, eDowns: 1, eDownRefusals: 0 },
  policy: { version: '2026-11-01', hash: 'abc' },
};

const event = (seq: number, rest: object): CaseEvent =>
  ({ seq, at: '2026-11-24T14:40:07.123Z', ...rest }) as unknown as CaseEvent;
const escalated = event(41, {
  type: 'Escalated',
  by: 'maria',
  role: 'CUSTOMER',
  data: { level: 'M1', dissatisfaction: 'Nobody calls\u0007.', noEngineer: false },
});
const unheardOf = event(42, { type: 'MoonLanded', data: {} });

describe('a case on one screen', () => {
  const picture = renderCase(view, [escalated, unheardOf], screen);
  const lines = picture.split('\n');

  test('says first what state it is in and what needs a look', () => {
    expect(lines[0]).toBe(
      'C1234567 · severity 0 E-Down · M1 PENDING · 24x7 · OPEN  ! UNACKNOWLEDGED, PROGRESS_STALLED',
    );
  });
  test('then who has it and what is due', () => {
    expect(lines[2]).toBe('Owner       eng-lee (engineer) · on call eng-kim');
    expect(lines[3]).toBe('Next due    E-Down alert 4: 2026-11-24 15:12Z, in 12m');
  });
  test('unknown figures are unknown and never 0 (R3)', () => {
    expect(picture).toContain('1. down 2h since 2026-11-24 13:00Z · MOST_USERS_NO_ACCESS · ? of 200 users');
  });
  test('shows open pages with their deadline', () => {
    expect(picture).toContain('C1234567-4 ESCALATED_M1 SENT Ana Ruiz by voice, answer due in 10m');
  });
  const page = {
    audience: 'MANAGER',
    purpose: 'ESCALATED_M1',
    status: 'SENT',
    person: 'mgr-ben',
    name: 'Ben Okafor',
    channel: 'voice',
    answerDueAt: null,
    asks: ['M1'],
  } as const;
  test('a page that nobody waits for is not open, also where a late answer is still welcome; one on its way is', () => {
    const pages = [{ ...page, pageId: 'C1234567-5' }, { ...page, pageId: 'C1234567-6', status: 'SENDING' } as const];
    const shown = renderCase({ ...view, pages }, [], screen);
    expect(shown).not.toContain('C1234567-5');
    expect(shown).toContain('Open pages  C1234567-6 ESCALATED_M1 SENDING');
  });
  test('the page of a contact is open for as long as it asks for something: they have no answer time', () => {
    const contact = { ...page, audience: 'CONTACT', purpose: 'CONTACT_ACTION', person: 'pat', name: 'Pat' } as const;
    const pages = [
      { ...contact, pageId: 'C1234567-5', asks: ['CONTACT_ACTION:C1234567-A1'] } as const,
      { ...contact, pageId: 'C1234567-6', asks: [] },
    ];
    const shown = renderCase({ ...view, pages }, [], screen);
    expect(shown).toContain('Open pages  C1234567-5 CONTACT_ACTION SENT Pat by voice\n');
    expect(shown).not.toContain('C1234567-6');
  });
  test('of the last events those that only move pages about are left out, and it is the last ones that are shown', () => {
    const requested = (seq: number): CaseEvent =>
      event(seq, {
        type: 'PageRequested',
        data: { pageId: `C1234567-${seq}`, attempt: 1, audience: 'MANAGER', purpose: 'ESCALATED_M1' },
      });
    const many = [
      event(1, { type: 'EmergencyStarted', data: {} }),
      ...Array.from({ length: 9 }, (_, index) =>
        event(index + 2, { type: 'SprResolved', data: { sprNumber: `SPR00000${index}` } }),
      ),
      requested(11),
    ];
    const shown = renderCase(view, many, screen).split('Last events')[1] ?? '';
    expect(shown).not.toMatch(/Page C1234567-11|emergency has started|SPR000000/);
    expect(shown.match(/resolved/g)).toHaveLength(8);
  });
  test('fits one screen: long lists are cut and say so', () => {
    expect(picture).toContain('PROGRESS 2026-11-24 14:50Z, 10m late, broken');
    expect(picture).toContain('… and 4 more');
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const line of lines.slice(1)) expect([...line].length).toBeLessThanOrEqual(120);
  });
  test('an event that this client does not know keeps its name', () => {
    expect(lines.at(-2)).toBe('  2026-11-24 14:40Z tocsin: MoonLanded');
  });
  test('nothing in it can steer a terminal', () => {
    expect(picture).toContain('Everything is slow · Acme Motors (100200)');
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(picture).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
  test('a case in order is green', () => {
    const quiet = renderCase({ ...view, attention: [] }, [], { ...screen, paint: painter(true) });
    expect(quiet.split('\n')[0]?.endsWith('\u001b[32mok\u001b[39m')).toBe(true);
  });
});

test('the timeline is a table of number, time, event, who and one sentence', () => {
  const lines = renderTimeline([escalated, unheardOf], screen).split('\n');
  expect(lines[0]?.split(/\s+/)).toEqual(['#', 'time', 'event', 'who', 'what']);
  expect(lines[1]).toBe(
    `41  2026-11-24 14:40:07Z  Escalated   maria (customer)  ${shorten(sentenceOf(escalated), 61)}`,
  );
  expect(renderTimeline([], screen)).toBe('No events.');
});

test('a list has one case a line, and unknown fields are a dash', () => {
  const row = {
    caseNumber: 'C1234567',
    runId: 'r',
    title: null,
    customer: { number: '100200', name: null },
    severity: 0,
    level: 'M1',
    emergency: 'ACTIVE',
    status: 'OPEN',
    engineer: null,
    manager: null,
    attention: ['NOBODY_REACHED'],
    nextDue: '2026-11-24T14:00:00.000Z',
    eDownCount: 1,
  };
  const [, line] = renderList([row], screen).split('\n');
  expect(line?.split(/ {2,}/)).toEqual([
    'C1234567',
    '0',
    'M1',
    'ACTIVE',
    'OPEN',
    '100200',
    '–',
    '–',
    '1h late',
    'NOBODY_REACHED',
    '–',
  ]);
  expect(renderList([], screen)).toBe('No cases.');
});

test('an answer says state, owner, what is due, and every note', () => {
  const answer = renderAnswer(
    {
      caseNumber: 'C1234567',
      seq: 9,
      events: ['EDownDeclared', 'EmergencyStarted'],
      severity: 0,
      level: 'NORMAL',
      emergency: 'ACTIVE',
      status: 'OPEN',
      owner: 'eng-lee',
      nextDue: { at: '2026-11-24T15:15:00.000Z', what: 'E-Down alert 1' },
      notes: ['The engineer is being paged.'],
      attention: ['UNACKNOWLEDGED'],
      phonePreferred: true,
      hotline: '+1 555 0100',
    },
    screen,
  );
  expect(answer.split('\n')).toEqual([
    'C1234567 · severity 0 · NORMAL · ACTIVE · OPEN',
    'Owner eng-lee. Next due 2026-11-24 15:15Z (in 15m): E-Down alert 1',
    'Events: EDownDeclared, EmergencyStarted',
    'Needs a look: UNACKNOWLEDGED',
    'Calling is quicker: +1 555 0100',
    'The engineer is being paged.',
  ]);
});

test.each([
  [0, '0s'],
  [999, '1s'],
  [45_000, '45s'],
  [60_000, '1m'],
  [3_600_000 * 26, '1d 2h'],
  [3_600_000 * 24 + 60_000, '1d'],
  [7_500_000, '2h 5m'],
])('%d ms is %s', (ms, words) => expect(span(ms)).toBe(words));

test('a deadline is ahead or late', () => {
  expect(due('2026-11-24T15:00:30Z', now)).toBe('in 30s');
  expect(due('2026-11-24T14:57:00Z', now)).toBe('3m late');
});

test('names of many scripts survive cleaning, steering does not', () => {
  expect(clean('李敏 👩‍🚒 नेटवर्क')).toBe('李敏 👩‍🚒 नेटवर्क');
  expect(clean('a\u001b]0;title\u0007b\u009b2Jc\nd\te\u2066f')).toBe('a]0;titleb2Jc d ef');
});

test('the summary of the Web UI is escaped, one line, and within what Temporal takes', () => {
  const summary = staticSummary('C1234567', 'Acme [evil](http://x)\n# big', '🚨*'.repeat(100));
  expect(summary).toMatch(/^C1234567 · Acme \\\[evil\\\]\(http:\/\/x\) \\# big · 🚨\\\*/u);
  expect(summary).toMatch(/…$/);
  expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThanOrEqual(365);
});
