/** Pictures for the terminal: what a desk sees first in the night, and nothing a customer wrote moving its cursor. */
import { renderAnswer } from '../../cli/render/answer';
import { renderCase, type Screen } from '../../cli/render/case';
import { renderTestPage } from '../../cli/render/reach';
import { sentenceOf } from '../../cli/render/sentences';
import { renderList } from '../../cli/render/list';
import { cells, painter, shorten, wrapped } from '../../cli/render/text';
import { renderTimeline } from '../../cli/render/timeline';
import { renderMine } from '../../cli/render/mine';
import { renderFindings } from '../../cli/render/watched';
import { due, span } from '../../cli/render/when';
import type { CaseRow } from '../../client/listing';
import { staticSummary } from '../../client/markdown';
import { clean } from '../../client/untrusted';
import { look } from '../../worker/watch/look';
import { en } from '../../workflows/core/words/en';
import type { CaseEvent, CaseView, ToldEvent } from '../../workflows/messages';

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
    asOf: '2026-11-24T11:00:00.000Z',
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

const event = (seq: number, rest: object): ToldEvent =>
  en.told({ seq, at: '2026-11-24T14:40:07.123Z', ...rest } as unknown as CaseEvent);
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
      'C1234567 · severity 0 E-Down · escalated to M1, nobody has it yet · 24x7 · open  ! waits for an answer, no progress',
    );
  });
  test('then who has it and what is due', () => {
    expect(lines[2]).toBe('Owner       eng-lee (engineer) · on call eng-kim');
    expect(lines[3]).toBe('Next due    E-Down alert 4: 2026-11-24 15:12Z, in 12m');
  });
  test('unknown figures are unknown and never 0 (R3)', () => {
    expect(picture).toContain(
      'down 2h, since 2026-11-24 13:00Z · Most end users cannot access the server software · ? of 200 users',
    );
  });
  test('shows open pages with their deadline', () => {
    expect(picture).toContain('C1234567-4 to Ana Ruiz by voice: M1; answer due in 10m');
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
    expect(shown).toContain('Open pages  C1234567-6 on its way to Ben Okafor by voice: M1');
  });
  test('the page of a contact is open for as long as it asks for something: they have no answer time', () => {
    const contact = { ...page, audience: 'CONTACT', purpose: 'CONTACT_ACTION', person: 'pat', name: 'Pat' } as const;
    const pages = [
      { ...contact, pageId: 'C1234567-5', asks: ['CONTACT_ACTION:C1234567-A1'] } as const,
      { ...contact, pageId: 'C1234567-6', asks: [] },
    ];
    const shown = renderCase({ ...view, pages }, [], screen);
    expect(shown).toContain('Open pages  C1234567-5 to Pat by voice: a request to the contact (C1234567-A1)\n');
    expect(shown).not.toContain('C1234567-6');
  });
  test('of the last events those that only move pages about are left out, and it is the last ones that are shown', () => {
    const requested = (seq: number): ToldEvent =>
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
    expect(picture).toContain('substantive progress: 2026-11-24 14:50Z, 10m late, broken');
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
  test('of a case that was ended from outside nothing is in some minutes, or late: it has no clock', () => {
    const endedOutside = { how: 'TERMINATED', at: '2026-11-24T14:59:00.000Z', by: 'ops', reason: 'a click' } as const;
    const handOver = {
      from: 'eng-lee',
      to: 'eng-kim',
      dueAt: '2026-11-24T15:30:00.000Z',
      nextStep: null,
      overdue: false,
    } as unknown as CaseView['handOver'];
    const shown = renderCase(
      { ...view, endedOutside, nextDue: null, pages: [], needs: [], clocks: [], handOver },
      [],
      screen,
    );
    expect(shown).toMatch(/^! This case was ended from outside/);
    expect(shown).not.toMatch(/\bin \d+[smhd]|\d+[smhd] late|\bdown \d/);
    expect(shown).toContain('A1 test, was due 2026-11-24 16:00Z: Try the fix');
    expect(shown).toContain('eng-lee → eng-kim, was due 2026-11-24 15:30Z');
  });
  test('a case in order is green', () => {
    const quiet = renderCase({ ...view, attention: [] }, [], { ...screen, paint: painter(true) });
    expect(quiet.split('\n')[0]?.endsWith('\u001b[32mok\u001b[39m')).toBe(true);
  });
});

describe('the timeline', () => {
  const told = sentenceOf(escalated);

  test('is a table of number, time, event, who and the whole sentence', () => {
    const lines = renderTimeline([escalated, unheardOf], { ...screen, width: 160 }).split('\n');
    expect(lines[0]?.split(/\s+/)).toEqual(['#', 'time', 'event', 'who', 'what']);
    expect(lines[1]).toMatch(/^41 {2}2026-11-24 14:40:07Z {2}Escalated {3}maria \(customer\) {2}\S/);
    const sentence = [
      lines[1]?.slice(lines[1].indexOf('(customer)  ') + 12),
      ...lines.slice(2, -1).map((line) => line.trim()),
    ];
    expect(sentence.join(' ')).toBe(told);
    expect(renderTimeline([], screen)).toBe('No events.');
  });

  test('on a terminal as it is by default gives the sentence lines of its own, and cuts nothing', () => {
    const lines = renderTimeline([escalated], { ...screen, width: 80 }).split('\n');
    expect(lines[0]).toBe('41  2026-11-24 14:40:07Z  maria (customer)');
    expect(
      lines
        .slice(1)
        .map((line) => line.trim())
        .join(' '),
    ).toBe(told);
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(80);
  });
});

const row: CaseRow = {
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
  waitsFor: null,
  openedAt: null,
  urgency: null,
};
const chinese: CaseRow = {
  ...row,
  caseNumber: 'C1234568',
  title: '生产系统完全停止，工程师都在等待，请尽快联系我们的技术负责人，谢谢你们的帮助',
  customer: { number: '1007', name: '东方汽车制造有限公司' },
  severity: 1,
  level: 'NORMAL',
  emergency: 'NONE',
  engineer: '李敏',
  attention: [],
  nextDue: null,
};

describe('a list of cases', () => {
  test('has one case a line where there is room, and what is unknown is said', () => {
    const [head, line] = renderList([row], { ...screen, width: 140 }).split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['case', 'state', 'who', 'next due', 'attention', 'what']);
    expect(line?.split(/ {2,}/)).toEqual([
      'C1234567',
      'E-Down · 24x7 · M1',
      'nobody',
      '1h late',
      'nobody was reached',
      '100200',
    ]);
    expect(renderList([], screen)).toBe('No cases.');
  });

  test('on a terminal as it is by default has lines below each other, and says all that needs a look', () => {
    const attention = [
      'UNACKNOWLEDGED',
      'NOBODY_REACHED',
      'CONTACT_UNAVAILABLE',
      'PROGRESS_STALLED',
      'PROMISE_OVERDUE',
    ];
    const lines = renderList([{ ...row, attention }, chinese], { ...screen, width: 80 }, 3).split('\n');
    expect(lines).toEqual([
      'case      state               who     next due',
      'C1234567  E-Down · 24x7 · M1  nobody  1h late',
      "  ! waits for an answer, nobody was reached, the customer's contact is silent,",
      '    no progress, a promise is overdue',
      '  100200',
      'C1234568  sev 1               李敏    –',
      '  东方汽车制造有限公司 · 生产系统完全停止，工程师都在等待，请尽快联系我们的技术…',
      '… and 3 more: --limit shows them.',
    ]);
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(80);
  });

  test.each([60, 80, 100, 120, 160])('fits %d columns, in Chinese too', (width) => {
    const long = { ...chinese, engineer: 'eng-'.repeat(20), title: 'W'.repeat(200), attention: ['NOBODY_REACHED'] };
    for (const line of renderList([row, chinese, long], { ...screen, width }).split('\n'))
      expect(cells(line)).toBeLessThanOrEqual(width);
  });
});

test('Chinese is measured, cut and wrapped by the columns it takes', () => {
  expect(cells('李敏')).toBe(4);
  expect(shorten('东方汽车制造', 7)).toBe('东方汽…');
  expect(wrapped('东方汽车 制造有限公司在', 8)).toBe('东方汽车\n制造有限\n公司在');
  expect(wrapped('a word of abcdefghijkl', 8)).toBe('a word\nof\nabcdefgh\nijkl');
});

test('what the watch has found is named, also where it could not be looked at, and fits the terminal', async () => {
  const watched = {
    // Port 1 of the loopback is nobody's.
    target: { address: '127.0.0.1:1', namespace: 'default' },
    taskQueue: 'tocsin',
    walker: { is: 'WATCH', id: 'test' },
    everyMs: 1_000,
    patienceMs: 1_000,
    trail: [],
  } as const;
  const { findings } = await look({ ...watched, trail: [] }, () => Promise.reject(new Error('nobody is there')));
  const lines = renderFindings(findings, { ...screen, width: 80 }).split('\n');
  expect(lines).toEqual([
    'WRONG  Temporal does not answer at 127.0.0.1:1: no case is served and nobody is',
    '       paged. nobody is there.',
    '?      Whether workers ask for work is not known while Temporal does not answer.',
    '?      Whether the canary of a page comes back is not known while Temporal does',
    '       not answer.',
    '?      Whether anything is overdue is not known while Temporal does not answer.',
  ]);
});

test('what waits for somebody comes first, and says what to type', () => {
  const need = {
    need: 'M1',
    purpose: 'ESCALATED_M1',
    status: 'ASKED',
    person: 'mgr-ana',
    asked: ['mgr-ana'],
    since: '2026-11-24T14:40:00.000Z',
    answerDueAt: '2026-11-24T15:10:00.000Z',
  } as const;
  const mine = [
    { row: chinese, isTheirs: true, asked: [], held: [] },
    { row, isTheirs: false, asked: [need], held: [] },
  ];
  expect(renderMine(mine, 'mgr-ana', { ...screen, width: 80 }).split('\n')).toEqual([
    'C1234567  E-Down · 24x7 · 100200',
    '  asked: M1, answer in 10m',
    '  tocsin ack C1234567',
    'C1234568  sev 1 · 东方汽车制造有限公司 ·',
    '          生产系统完全停止，工程师都在等待，请尽快联系我们的技术负责人，谢谢你们',
    '          的帮助',
    '  yours: nothing is due',
  ]);
});

test('whom no case names is asked whether that is the name: a slip of the hand is no quiet night', () => {
  expect(renderMine([], 'mgr-aan', screen)).toBe(
    'Nothing waits for mgr-aan, and no open case names them: is that the id in the directory?',
  );
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
    'C1234567 · severity 0 · not escalated · work goes on round the clock · open',
    'Owner eng-lee. Next due 2026-11-24 15:15Z (in 15m): E-Down alert 1',
    'Events: EDownDeclared, EmergencyStarted',
    'Needs a look: waits for an answer',
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
  expect(summary).toMatch(/^C1234567 · Acme \\\[evil\\\]\(http:\/\u2060\/x\) \\# big · 🚨\\\*/u);
  expect(summary).toMatch(/…$/);
  expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThanOrEqual(365);
});

test('what came of a test page fits 80 columns, whatever a provider has to say', () => {
  const key = 'test-20261128T074332988/1/multi/webhook';
  const detail = 'no answer within 5 s, and the one before was no HTTP answer at all';
  const shown = renderTestPage(
    {
      person: 'multi',
      name: 'Somebody With Many Channels',
      worker: '2770@a-host-with-a-long-name.support.acme-motors.example',
      probes: [{ what: 'webhook', isGood: false, isHint: true, detail }],
      channels: [{ channel: 'webhook', key, result: { outcome: 'retry', detail, afterMs: 30_000 }, tookMs: 5_000 }],
    },
    { ...screen, width: 80 },
  );
  const lines = shown.split('\n');
  for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(80);
  expect(lines.map((line) => line.trim()).join(' ')).toContain(
    `FAILS  webhook: retry in 30s: ${detail} (${key}) Taken by a provider is not read by a person`,
  );
});
