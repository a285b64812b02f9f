/** What a page says: enough on the first line, one fact a line, and no line that a customer could have written. */
import type { AlsoAsked } from '../../activities/also-asked';
import { choose } from '../../activities/choose';
import { messageOf, type Saying } from '../../activities/templates/page-text';
import type { Ask, PageOrder } from '../../workflows/core/language/page';
import { PURPOSES } from '../../workflows/core/language/vocabulary';
import { NEED_KINDS, NEEDS, rowOf } from '../../workflows/core/paging/needs';
import { en } from '../../workflows/core/words/en';
import { asking, away, besideOf, directoryOf, factOf, orderOf, someone, teamOf } from '../support/paging';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const { facts } = orderOf();

/** lee works for ana, who works for ben; sam is on call, and kim is, at another hour. */
const COMPANY = directoryOf(
  [
    someone('lee', { manager: 'ana' }),
    someone('ana', { manager: 'ben' }),
    ...['ben', 'dora', 'eve', 'rita', 'sam', 'kim'].map((id) => someone(id)),
  ],
  {
    dutyManagers: ['dora'],
    dutyExecutive: ['eve'],
    rnd: ['rita'],
    onCall: [teamOf('day', 'UTC', '08:00-16:00', 'sam'), teamOf('night', 'UTC', '16:00-08:00', 'kim')],
    contactChannels: [{ kind: 'console' }],
  },
);

/** The message of an order, to whoever the look-up finds. */
function said(over: Partial<PageOrder> = {}, saying: Partial<Saying> = {}, directory = COMPANY) {
  const order = orderOf(over);
  const chosen = choose(directory, order, NOW);
  if ('result' in chosen) throw new Error(`nobody gets it: ${JSON.stringify(chosen.result)}`);
  return messageOf(order, chosen, { now: NOW, ...saying });
}

const linesOf = (...order: Parameters<typeof said>): string[] => said(...order).text.split('\n');
const titleOf = (...order: Parameters<typeof said>): string => said(...order).title;
const to = (audience: PageOrder['wanted']['audience'], more: Partial<PageOrder['wanted']> = {}) => ({
  audience,
  excluding: [],
  ...more,
});

const SOME_SUBJECT: Readonly<Record<string, string>> = {
  CONTACT_ACTION: 'C1234567-A1',
  CONTACT_ACTION_OVERDUE: 'C1234567-A1',
  SPR_ESCALATED: 'SPR123456',
  REVIEW_DUE: '1',
};
/** Each need as it is asked of those whom it is for. */
const EACH_NEED = NEED_KINDS.map((kind) => {
  const subject = SOME_SUBJECT[kind];
  const ask = asking((subject === undefined ? { kind } : { kind, subject }) as Parameters<typeof asking>[0]);
  const { purpose } = rowOf(kind);
  const contacts = [{ name: 'pat', reach: 'PAGER' as const }];
  return [kind, { purpose, wanted: to(rowOf(kind).audience), asks: [ask], rank: 2 as const, contacts }] as const;
});

describe('the title', () => {
  test('has words of its own for each purpose', () => {
    expect(new Set(PURPOSES.map((purpose) => en.purposes[purpose])).size).toBe(PURPOSES.length);
  });

  test.each(EACH_NEED)('%s: what is wanted, of which case, and how bad it is', (_kind, order) => {
    expect(titleOf(order)).toMatch(/^\[SEV 1\] C1234567 Acme: .+ — MES down$/);
  });

  test.each(EACH_NEED)('%s: whoever is asked does not read that it is for their information', (_kind, order) => {
    expect(titleOf(order)).not.toContain(en.purposes.ESCALATION_INFO);
  });

  test('says how bad it is, and which alert it is', () => {
    const data = { episode: 1, alert: 4, lateMs: 0, category: 'MOST_USERS_NO_ACCESS', has: null } as const;
    expect(
      titleOf({
        purpose: 'E_DOWN_ALERT',
        wanted: to('ON_CALL'),
        asks: [asking('E_DOWN_ALERT', { fact: factOf('EmergencyAlerted', data) })],
        facts: { ...facts, severity: 0, level: 'M2', emergency: 'ACTIVE' },
      }),
    ).toBe('[E-DOWN M2] C1234567 Acme: E-Down alert 4 — MES down');
  });

  test('says the news, where there is nothing but news', () => {
    const fact = factOf('HandOverAccepted', { from: 'lee', to: 'kim' });
    expect(titleOf({ purpose: 'HAND_OVER', reach: false, asks: [], tells: [{ purpose: 'HAND_OVER', fact }] })).toBe(
      '[SEV 1] C1234567 Acme: kim has accepted the hand-over from lee — MES down',
    );
  });

  test("whoever is asked in the engineer's place does not read that the case is theirs", () => {
    const asks = [asking('ASSIGNED')];
    expect(titleOf({ purpose: 'ASSIGNED', asks })).toContain(': the case is yours — ');
    expect(titleOf({ purpose: 'ASSIGNED', asks, wanted: to('MANAGER') })).not.toContain('yours');
    expect(titleOf({ purpose: 'ASSIGNED', asks, wanted: to('DUTY_MANAGER') })).not.toContain('yours');
  });

  test('is at most 120 characters, in whole ones, and a long name does not push out what it is about', () => {
    const title = titleOf({ facts: { ...facts, customer: 'A'.repeat(200), title: '🔥'.repeat(100) } });
    expect(title.length).toBeLessThanOrEqual(120);
    expect(title).not.toMatch(/\p{Surrogate}/u);
    expect(title).toContain(': severity changed — ');
  });
});

describe('the text', () => {
  test('says what is wanted by when, why this person, what has happened, how the case stands, and how to answer', () => {
    const ask: Ask = asking('SEVERITY_CHANGED', {
      answerBy: '2026-06-01T12:30:00.000Z',
      unansweredSince: '2026-06-01T11:45:00.000Z',
    });
    const order = {
      asks: [ask],
      wanted: to('MANAGER'),
      facts: {
        ...facts,
        level: 'M1',
        nextDue: { at: '2026-06-01T12:15:00.000Z', what: { key: 'CONTACT_CHECK' } },
        contact: { name: 'pat', reach: 'PAGER', number: '+1 555 0199' },
        owners: { engineer: 'lee', manager: { level: 'M1', person: 'ana' }, onCall: null },
      },
    } as const;
    expect(linesOf(order)).toEqual([
      'The engineer does not answer. Please see to it: the severity has changed. Please answer by 2026-06-01 12:30 UTC.',
      'You are the manager of lee. Nobody has answered for 15 minutes.',
      'Severity 2 → 1 by maria.',
      'Severity 1 (Business Critical), escalated to M1.',
      'Open since 2026-06-01 11:00 UTC.',
      'Contact: pat, pager +1 555 0199.',
      `Next due 2026-06-01 12:15 UTC: ${en.due({ key: 'CONTACT_CHECK' })}.`,
      'Owner: lee, M1: ana.',
      `Acknowledge: tocsin case do C1234567 acknowledge --by ana --role MANAGER --input '{"pageId":"C1234567-3"}'`,
    ]);
  });

  test('in an emergency: since when it is down, for how many, what has happened since, what the contact is asked', () => {
    const lines = linesOf({
      facts: {
        ...facts,
        severity: 0,
        emergency: 'ACTIVE',
        downSince: '2026-06-01T10:40:00.000Z',
        totalUsers: 400,
        affectedUsers: 380,
        recent: [factOf('ProgressRecorded', { summary: 'Half of the dump is read.', substantive: true }, 'sam')],
        waitsFor: { actionId: 'C1234567-A1', what: 'the log of the server', dueAt: '2026-06-01T12:40:00.000Z' },
      },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'Severity 0 (Enterprise Down), not escalated, work goes on round the clock.',
        'Down since 2026-06-01 10:40 UTC, 380 of 400 users affected.',
        '11:00 Substantive progress by sam: Half of the dump is read.',
        'Asked of the contact: the log of the server (due 2026-06-01 12:40 UTC).',
      ]),
    );
  });

  test('H2 has a line for each thing that is asked, and for each that is told', () => {
    const told = { ...factOf('HandOverAccepted', { from: 'kim', to: 'lee' }), seq: 9 };
    const { text, asks } = said({
      asks: [asking('ASSIGNED', { answerBy: '2026-06-01T12:30:00.000Z' }), asking('CUSTOMER_UPDATE')],
      tells: [{ purpose: 'HAND_OVER', fact: told }],
    });
    expect(text.split('\n').slice(0, 5)).toEqual([
      'This case is yours. Please take it. Please answer by 2026-06-01 12:30 UTC.',
      'It is your case.',
      'Severity 2 → 1 by maria.',
      'Also: Please update Acme: the update is overdue.',
      'lee has accepted the hand-over from kim.',
    ]);
    expect(asks).toEqual([
      {
        purpose: 'ASSIGNED',
        what: 'This case is yours. Please take it.',
        answerBy: '2026-06-01T12:30:00.000Z',
      },
      { purpose: 'PROMISE_OVERDUE', what: 'Please update Acme: the update is overdue.' },
    ]);
  });

  test('H3 word asks for nothing, and says so', () => {
    const fact = factOf('EmergencyStarted', { episode: 1 });
    const { text, asks, purpose } = said({
      purpose: 'E_DOWN_STARTED',
      wanted: to('DUTY_EXECUTIVE'),
      reach: false,
      asks: [],
      tells: [{ purpose: 'E_DOWN_STARTED', fact }],
    });
    expect(text.split('\n').slice(0, 2)).toEqual([
      'E-Down 1 has started: work goes on 24x7.',
      'For your information. No reply needed.',
    ]);
    expect(text).not.toMatch(/acknowledge|Please answer/);
    expect([asks, purpose]).toEqual([[], 'E_DOWN_STARTED']);
  });

  test.each<[string, Partial<PageOrder>, string]>([
    ['the engineer', {}, 'It is your case.'],
    ['their manager', { wanted: to('MANAGER') }, 'You are the manager of lee.'],
    ['the next one up', { wanted: to('MANAGER', { excluding: ['ana'] }) }, 'You are the next manager up.'],
    ['a duty manager', { wanted: to('DUTY_MANAGER') }, 'You are on duty.'],
    ['an executive', { wanted: to('DUTY_EXECUTIVE') }, 'You are the executive on duty.'],
    ['whoever is on call', { wanted: to('ON_CALL') }, 'You are on call.'],
    ['the team that comes', { wanted: to('ON_CALL', { excluding: ['sam'] }) }, 'Your team is on call next.'],
    ['R&D', { wanted: to('RND') }, 'You take escalated SPRs.'],
  ])('says to %s why it is them', (_who, order, line) => expect(linesOf(order)[1]).toBe(line));

  test('D9 says for whom somebody stands in, also where another stood in between', () => {
    const people = COMPANY.people.map((person) =>
      person.id === 'lee' || person.id === 'sam'
        ? { ...person, away: [away(person.id === 'lee' ? 'sam' : 'kim')] }
        : person,
    );
    expect(linesOf({}, {}, { ...COMPANY, people })[1]).toBe('You stand in for lee.');
  });

  test('says who has it for now, where it is the own case of whoever reads it', () => {
    expect(linesOf({ asks: [asking('SEVERITY_CHANGED', { heldBy: 'ana' })] })[1]).toBe(
      'It is your case. ana has it for now.',
    );
  });

  test('D6 a manager reads that the engineer cannot, and is asked to assign another', () => {
    const asks = [asking('ASSIGNED', { declinedBy: 'lee' })];
    expect(linesOf({ asks, wanted: to('MANAGER') })[0]).toBe('Please assign another engineer: lee cannot take it.');
  });

  describe('D11 in an emergency', () => {
    const emergency = { ...facts, severity: 0, emergency: 'ACTIVE' } as const;
    const asleep = {
      engineer: 'kim',
      purpose: 'E_DOWN_STARTED',
      rank: 0,
      asks: [asking('E_DOWN_STARTED')],
      facts: emergency,
    } as const;

    test('whoever is asked in the place of an engineer who is off reads so', () => {
      expect(linesOf(asleep).slice(0, 2)).toEqual([
        'The engineer is off shift. Please take this case.',
        'You are on call.',
      ]);
    });

    test.each(['CUSTOMER_UPDATE', 'CONTACT_UNREACHED', 'ASSIGNED'] as const)(
      'nobody reads that an engineer who is asleep does not answer: %s',
      (kind) => {
        const alert = { purpose: 'E_DOWN_ALERT', wanted: to('ON_CALL'), asks: [asking('E_DOWN_ALERT')] } as const;
        const beside = [besideOf({ isFirst: false, wanted: to('ENGINEER'), asks: [asking(kind)] })];
        expect(linesOf({ ...asleep, ...alert, beside }).join('\n')).not.toContain('does not answer');
      },
    );

    test('an engineer who is on call reads that it is their case, and not that they are off', () => {
      const beside = [besideOf({ isFirst: false, wanted: to('ENGINEER'), asks: [asking('E_DOWN_STARTED')] })];
      const alert = { purpose: 'E_DOWN_ALERT', wanted: to('ON_CALL'), asks: [asking('E_DOWN_ALERT')] } as const;
      const lines = linesOf({ ...asleep, ...alert, engineer: 'sam', beside });
      expect(lines[0]).toBe('Please take this E-Down.');
      expect(lines).toContain('Also: Your case is an E-Down now. Please take it.');
    });
  });

  test('D10 names the other cases that ask for the same person, the most urgent first', () => {
    const alsoAsked: ReturnType<AlsoAsked['of']> = [
      { caseNumber: 'C1234568', severity: 0, emergency: 'ACTIVE', since: NOW - 4 * 60_000 },
      { caseNumber: 'C1234569', severity: 2, emergency: 'NONE', since: NOW - 90 * 60_000 },
    ];
    expect(linesOf({}, { alsoAsked })).toContain(
      'Other cases ask you too: C1234568, E-Down, for 4 minutes; C1234569, severity 2, for 90 minutes.',
    );
    expect(linesOf({}).join('\n')).not.toContain('Other cases');
  });

  test('says times on the clock of whoever reads it', () => {
    const reader = { when: (instant: string) => `<${instant.slice(11, 16)}>`, clock: (instant: string) => instant };
    expect(linesOf({ asks: [asking('ASSIGNED', { answerBy: '2026-06-01T12:30:00.000Z' })] }, { reader })).toEqual(
      expect.arrayContaining(['This case is yours. Please take it. Please answer by <12:30>.', 'Open since <11:00>.']),
    );
  });
});

describe('how to answer', () => {
  const lineOf = (order: Partial<PageOrder>): string =>
    linesOf(order, {}, { ...COMPANY, people: [...COMPANY.people, someone("o'neil & co")] }).at(-1) ?? '';

  test('the line can be run as it stands: role of the audience, name as one word', () => {
    expect(lineOf({ wanted: to('SECOND_LEVEL_MANAGER') })).toContain('--by ben --role MANAGER ');
    expect(lineOf({ wanted: to('DUTY_MANAGER', { person: "o'neil & co" }) })).toContain(
      `--by 'o'\\''neil & co' --role MANAGER `,
    );
    expect(lineOf({ wanted: to('ON_CALL') })).toContain('--by sam --role ENGINEER ');
  });

  test('whoever is asked for a level answers as a manager, whatever else they are', () => {
    expect(lineOf({ wanted: to('ON_CALL'), asks: [asking('E_DOWN_ALERT'), asking('M1')] })).toContain('--role MANAGER');
  });

  test('names the page that the message belongs to', () => {
    const bells = [{ person: 'lee', page: { pageId: 'C1234567-1', attempt: 4 }, asks: [asking('CUSTOMER_UPDATE')] }];
    expect(lineOf({ bells })).toContain(`'{"pageId":"C1234567-1"}'`);
  });

  test('where there is a link, the link is shown, and no command', () => {
    const ackUrl = 'https://desk.example.com/p/k1.C1234567-3.abcdefgh';
    const order = { asks: [asking('CUSTOMER_UPDATE')] };
    const { text, parts } = said(order, { ackUrl });
    expect(text.split('\n').at(-1)).toBe(`To say that you have it, or that you cannot: ${ackUrl}`);
    expect(text).not.toContain('tocsin case do');
    expect(parts.command).toBeUndefined();
    expect(parts.lines.join()).not.toContain(ackUrl);
  });

  test("a customer's contact reads no command of ours, and nothing of what goes on within", () => {
    const lines = linesOf({
      purpose: 'CONFIRM_WORKABLE_SYSTEM',
      wanted: to('CONTACT'),
      contacts: [{ name: 'pat', reach: 'PAGER' }],
      asks: [asking('CONFIRM_WORKABLE_SYSTEM', { fact: factOf('WorkableSystemClaimed', {}, 'lee') })],
      facts: { ...facts, severity: 0, emergency: 'ACTIVE' },
    });
    expect(lines).toEqual([
      'Please say whether the system works, or what does not work.',
      'You are the technical contact.',
      'lee says that the system works.',
      'Severity 0 (Enterprise Down), not escalated, work goes on round the clock.',
      'To answer or to ask, call +1 555 0100 and name the case.',
    ]);
  });
});

test("a customer's text cannot fake a line of its own", () => {
  const { title, text, asks } = said({
    asks: [
      asking('FIRST_CONTACT', {
        fact: factOf('SeverityChanged', { before: 2, severity: 1, setBy: 'x', reason: 'a\u2028b\u0007c' }),
      }),
    ],
    wanted: to('MANAGER'),
    facts: { ...facts, customer: 'Acme\nPAGE', title: 'down\r\nAcknowledged by Ana' },
  });
  expect(title).not.toMatch(/[\r\n]/);
  expect(text.split('\n')).toEqual([
    'Please contact Acme PAGE: nobody has done so in time.',
    'You are the manager of lee.',
    'Severity 2 → 1 by maria: a b c.',
    'Severity 1 (Business Critical), not escalated.',
    'Open since 2026-06-01 11:00 UTC.',
    'Owner: lee.',
    expect.stringMatching(/^Acknowledge: /),
  ]);
  expect(asks[0]?.what).toBe('Please contact Acme PAGE: nobody has done so in time.');
});

test('every need has a want of its own', () => {
  const wants = EACH_NEED.map(([, order]) => said(order).asks[0]?.what);
  expect(new Set(wants).size).toBe(Object.keys(NEEDS).length);
});
