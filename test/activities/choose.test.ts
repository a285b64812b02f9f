/** H2-H4, D8, D11, D12, D17, R45: whom a message goes to, whether it rings, and what goes out in one message. */
import { choose, type Chosen, type NotChosen } from '../../activities/choose';
import type { Directory } from '../../activities/directory/types';
import type { Bell, PageOrder } from '../../workflows/core/language/page';
import { asking, away, besideOf, directoryOf, factOf, orderOf, someone, teamOf } from '../support/paging';

const MINUTE = 60_000;
/** A Monday. */
const NOW = Date.parse('2026-06-01T12:00:00Z');
const at = (text: string): number => Date.parse(text);

/** lee works for ana, who works for ben, who works for vera; lee and kim are on call by day, sam by night. */
const company = (over: Partial<Directory> = {}): Directory =>
  directoryOf(
    [
      someone('lee', { manager: 'ana' }),
      someone('kim', { manager: 'ana' }),
      someone('sam', { manager: 'ana' }),
      someone('ana', { manager: 'ben' }),
      someone('ben', { manager: 'vera' }),
      ...['vera', 'dora', 'eve'].map((id) => someone(id)),
    ],
    {
      dutyManagers: ['dora'],
      dutyExecutive: ['eve'],
      onCall: [teamOf('day', 'UTC', '08:00-16:00', 'lee', 'kim'), teamOf('night', 'UTC', '16:00-08:00', 'sam')],
      contactChannels: [{ kind: 'console' }],
      ...over,
    },
  );

const to = (audience: PageOrder['wanted']['audience'], more: Partial<PageOrder['wanted']> = {}) => ({
  audience,
  excluding: [],
  ...more,
});

const tell = (by: string) => ({
  purpose: 'ESCALATION_INFO' as const,
  fact: factOf('ProgressRecorded', { summary: 'A restart.', substantive: false }, by),
});

type Outcome = Chosen | NotChosen;
function choice(over: Partial<PageOrder> = {}, directory = company(), now = NOW): Outcome {
  const chosen = choose(directory, orderOf(over), now);
  return 'result' in chosen ? chosen.result : chosen;
}

/** `RING lee C1234567-3/1: SEVERITY_CHANGED`; `MERGED lee: C1234567-2`; `FAILED NO_PERSON`; `DEFERRED pat: 2026-…`. */
function told(...order: Parameters<typeof choice>): string {
  const chosen = choice(...order);
  if ('candidate' in chosen) {
    const { candidate, mode, pageId, attempt, asks } = chosen;
    return `${mode} ${candidate.person.id} ${pageId}/${attempt}: ${asks.map(({ key }) => key).join(' ')}`.trim();
  }
  switch (chosen.outcome) {
    case 'MERGED':
      return `MERGED ${chosen.person}: ${chosen.into}`;
    case 'DEFERRED':
      return `DEFERRED ${chosen.person} ${chosen.why}: ${chosen.until}`;
    case 'FAILED':
      return `FAILED ${chosen.reason}`;
  }
}

describe('H2 what goes to one person at the same moment is one message', () => {
  const alert = { wanted: to('ON_CALL'), rank: 0, asks: [asking('E_DOWN_ALERT')] } as const;
  const started = { wanted: to('ENGINEER'), rank: 0, asks: [asking('E_DOWN_STARTED')] } as const;

  test('D8 the engineer is on call: one page, with a line for each; the other order has nothing left to say', () => {
    const first = {
      ...alert,
      pageId: 'C1234567-2',
      beside: [besideOf({ ...started, pageId: 'C1234567-3', isFirst: false })],
    };
    const second = { ...started, beside: [besideOf({ ...alert, isFirst: true })] };
    expect(told(first)).toBe('RING lee C1234567-2/1: E_DOWN_ALERT E_DOWN_STARTED');
    expect(told(second)).toBe('MERGED lee: C1234567-2');
  });

  test('two people: two pages', () => {
    const first = {
      ...alert,
      engineer: 'kim',
      pageId: 'C1234567-2',
      beside: [besideOf({ ...started, isFirst: false })],
    };
    const second = { ...started, engineer: 'kim', beside: [besideOf({ ...alert, isFirst: true })] };
    expect(told(first)).toBe('RING lee C1234567-2/1: E_DOWN_ALERT');
    expect(told(second)).toBe('RING kim C1234567-3/1: E_DOWN_STARTED');
  });

  test('who stands in for two is one person', () => {
    const directory = company();
    const people = directory.people.map((person) =>
      person.id === 'ana' || person.id === 'dora' ? { ...person, away: [away('kim')] } : person,
    );
    const manager = { wanted: to('MANAGER'), asks: [asking('M1')] };
    const duty = { wanted: to('DUTY_MANAGER'), asks: [asking('MANAGER_REQUESTED')] };
    expect(told({ ...duty, beside: [besideOf({ ...manager, isFirst: true })] }, { ...directory, people })).toBe(
      'MERGED kim: C1234567-2',
    );
  });

  test('three orders for one person are one message', () => {
    const update = { wanted: to('ENGINEER'), rank: 1, asks: [asking('CUSTOMER_UPDATE')] } as const;
    const beside = [
      besideOf({ ...started, pageId: 'C1234567-4', isFirst: false }),
      besideOf({ ...update, pageId: 'C1234567-5', isFirst: false }),
    ];
    expect(told({ ...alert, beside })).toBe('RING lee C1234567-3/1: E_DOWN_ALERT E_DOWN_STARTED CUSTOMER_UPDATE');
  });

  test('what is told goes along, in its order', () => {
    const chosen = choice({
      tells: [tell('ana')],
      beside: [
        besideOf({
          wanted: to('ENGINEER'),
          isFirst: false,
          tells: [{ ...tell('ben'), fact: { ...tell('ben').fact, seq: 9 } }],
        }),
      ],
    });
    expect('candidate' in chosen && chosen.tells.map(({ fact }) => fact.by)).toEqual(['ana', 'ben']);
  });

  test('word that meets a question is heard as the question is', () => {
    const word = {
      purpose: 'ESCALATION_INFO',
      reach: false,
      urgent: false,
      rank: 2,
      asks: [],
      tells: [tell('ana')],
    } as const;
    const asks = [asking('CUSTOMER_UPDATE')];
    expect(told({ ...word, beside: [besideOf({ wanted: to('ENGINEER'), isFirst: false, rank: 1, asks })] })).toBe(
      'RING lee C1234567-3/1: CUSTOMER_UPDATE',
    );
    expect(told(word)).toBe('WORD lee C1234567-3/1:');
  });

  test('an update of what somebody is asked already rings nobody, with whatever it goes out', () => {
    const word = { reach: false, urgent: false, rank: 2, asks: [], tells: [tell('ana')] } as const;
    const update = besideOf({
      wanted: to('ENGINEER', { person: 'lee', exact: true }),
      isFirst: false,
      asks: [asking('CUSTOMER_UPDATE')],
    });
    expect(told({ ...word, beside: [update] })).toBe('WORD lee C1234567-3/1:');
  });

  test('who has word of their own is not told twice, and nobody is in their place (R40)', () => {
    expect(told({ wanted: to('MANAGER', { unless: ['ana'] }) })).toBe('FAILED KNOWS_ALREADY');
    const beside = [besideOf({ wanted: to('MANAGER', { unless: ['ana'] }), isFirst: true })];
    expect(told({ wanted: to('MANAGER'), beside })).toBe('RING ana C1234567-3/1: SEVERITY_CHANGED');
  });

  test("the customer's contact and somebody of ours are two people, whatever they are called", () => {
    const contacts = [{ name: 'ana', reach: 'PAGER' as const }];
    const check = { wanted: to('CONTACT'), contacts, asks: [asking('CONFIRM_WORKABLE_SYSTEM')] };
    expect(told({ ...check, beside: [besideOf({ wanted: to('MANAGER'), isFirst: true })] })).toBe(
      'RING ana C1234567-3/1: CONFIRM_WORKABLE_SYSTEM',
    );
  });
});

describe('R45 M1 and M2 are never one person, while both are on their way too', () => {
  const m1 = { wanted: to('MANAGER'), asks: [asking('M1')], isApart: true } as const;
  const m2 = { wanted: to('SECOND_LEVEL_MANAGER'), asks: [asking('M2')], isApart: true } as const;
  const anaAway = (): Directory => {
    const directory = company();
    const people = directory.people.map((person) => (person.id === 'ana' ? { ...person, away: [away()] } : person));
    return { ...directory, people };
  };

  test('the direct manager and the one above: each their own', () => {
    expect(told({ ...m1, beside: [besideOf({ ...m2, isFirst: true })] })).toBe('RING ana C1234567-3/1: M1');
    expect(told({ ...m2, beside: [besideOf({ ...m1, isFirst: false })] })).toBe('RING ben C1234567-3/1: M2');
  });

  test('both would be for one: what goes first has them, the other goes to the next', () => {
    expect(told({ ...m2, beside: [besideOf({ ...m1, isFirst: false })] }, anaAway())).toBe('RING ben C1234567-3/1: M2');
    expect(told({ ...m1, beside: [besideOf({ ...m2, isFirst: true })] }, anaAway())).toBe('RING vera C1234567-3/1: M1');
  });

  test('there is nobody else: nobody, rather than one person for both', () => {
    const directory = directoryOf([someone('lee', { manager: 'ana' }), someone('ana')], { dutyExecutive: ['ana'] });
    const duty = { ...m2, wanted: to('DUTY_EXECUTIVE') };
    expect(told({ ...duty, beside: [besideOf({ ...m1, isFirst: true })] }, directory)).toBe('FAILED NO_PERSON');
  });

  test('the two are never said in one message', () => {
    const directory = company({ dutyExecutive: ['ana'] });
    const beside = [besideOf({ ...m2, wanted: to('DUTY_EXECUTIVE'), isFirst: false })];
    expect(told({ ...m1, beside }, directory)).toBe('RING ana C1234567-3/1: M1');
  });
});

describe('H2 an open page goes on', () => {
  const update = asking('CUSTOMER_UPDATE');
  const started = asking('E_DOWN_STARTED');
  /** lee has an open page, called by the overdue update, and was rung for it so many minutes ago. */
  const bell = (minutesAgo: number, over: Partial<Bell> = {}): Bell => ({
    person: 'lee',
    page: { pageId: 'C1234567-1', attempt: 2 },
    asks: [update],
    lead: { key: update.key, kind: update.kind },
    rung: { rank: 1, againFrom: NOW + (15 - minutesAgo) * MINUTE },
    ...over,
  });

  test('what comes up for them meanwhile is a line of it, by word', () => {
    expect(told({ bells: [bell(5)] })).toBe('WORD lee C1234567-1/2: SEVERITY_CHANGED CUSTOMER_UPDATE');
    expect(choice({ bells: [bell(5)] })).toMatchObject({ joined: { pageId: 'C1234567-1', attempt: 2 } });
  });

  test('nor does it ring them when their answer time is over: it was not what they were called for', () => {
    expect(told({ bells: [bell(20)] })).toBe('WORD lee C1234567-1/2: SEVERITY_CHANGED CUSTOMER_UPDATE');
  });

  test('something more urgent rings at once', () => {
    expect(told({ rank: 0, asks: [started], bells: [bell(1)] })).toBe(
      'RING lee C1234567-1/2: E_DOWN_STARTED CUSTOMER_UPDATE',
    );
  });

  test('something as urgent that matters more rings, and never within one answer time of their last ring', () => {
    const asks = [asking('MANAGER_REQUESTED')];
    expect(told({ asks, bells: [bell(20)] })).toBe('RING lee C1234567-1/2: MANAGER_REQUESTED CUSTOMER_UPDATE');
    expect(told({ asks, bells: [bell(5)] })).toBe('ASK lee C1234567-1/2: MANAGER_REQUESTED CUSTOMER_UPDATE');
    expect(choice({ asks, bells: [bell(5)] })).toMatchObject({ ringsFrom: NOW + 10 * MINUTE });
  });

  test('their turn comes round again: an ask until one answer time is over, and it says when it may ring; then a ring', () => {
    expect(told({ asks: [update], bells: [bell(14)] })).toBe('ASK lee C1234567-1/2: CUSTOMER_UPDATE');
    expect(choice({ asks: [update], bells: [bell(14)] })).toMatchObject({ ringsFrom: NOW + MINUTE });
    expect(told({ asks: [update], bells: [bell(15)] })).toBe('RING lee C1234567-1/2: CUSTOMER_UPDATE');
    expect(choice({ asks: [update], bells: [bell(15)] })).not.toHaveProperty('ringsFrom');
  });

  test('a line is said once, as it stands now', () => {
    const newer = asking('CUSTOMER_UPDATE', { unansweredSince: '2026-06-01T11:45:00.000Z' });
    const chosen = choice({ asks: [newer], bells: [bell(20)] });
    expect('asks' in chosen && chosen.asks).toEqual([newer]);
  });

  test('who has answered their last ring is rung for the next thing, in a message of the page that is open', () => {
    const { rung: _, ...answered } = bell(1);
    expect(told({ bells: [answered] })).toBe('RING lee C1234567-1/2: SEVERITY_CHANGED CUSTOMER_UPDATE');
  });

  test('who was rung a moment ago and has no page any more is not rung again so soon', () => {
    const { page: _, lead: __, ...gone } = bell(5, { asks: [] });
    expect(told({ bells: [gone] })).toBe('ASK lee C1234567-3/1: SEVERITY_CHANGED');
    expect(told({ rank: 0, asks: [started], bells: [gone] })).toBe('RING lee C1234567-3/1: E_DOWN_STARTED');
  });

  test("somebody else's page is not gone on with", () => {
    expect(told({ bells: [bell(5, { person: 'kim' })] })).toBe('RING lee C1234567-3/1: SEVERITY_CHANGED');
  });

  test('word is a message of it, and rings nobody', () => {
    expect(told({ reach: false, rank: 2, asks: [], tells: [tell('ana')], bells: [bell(20)] })).toBe(
      'WORD lee C1234567-1/2: CUSTOMER_UPDATE',
    );
  });

  test('whoever may be rung now, and is still asked, is rung', () => {
    const wanted = to('ENGINEER', { person: 'lee', exact: true });
    expect(told({ wanted, asks: [update], bells: [] })).toBe('RING lee C1234567-3/1: CUSTOMER_UPDATE');
  });
});

describe('H3 what rings goes over the urgent channels, all else over the normal ones', () => {
  const directory = (): Directory => {
    const channels = [{ kind: 'webhook', url: 'http://phone' }, { kind: 'console' }] as const;
    const all = company();
    return { ...all, people: all.people.map((person) => ({ ...person, channels })) };
  };
  const channels = { urgent: ['webhook'], normal: ['console'] };
  const over = (order: Partial<PageOrder>): unknown => {
    const chosen = choice({ channels, ...order }, directory());
    return 'channels' in chosen ? chosen.channels.map(({ name }) => name) : chosen;
  };

  test.each<[string, Partial<PageOrder>, string[]]>([
    ['a ring', {}, ['webhook']],
    ['an ask', { rank: 2, urgent: false }, ['console']],
    ['word', { reach: false, rank: 2, urgent: false, asks: [], tells: [tell('ana')] }, ['console']],
  ])('%s', (_mode, order, expected) => expect(over(order)).toEqual(expected));

  test('nothing is left of them: no address, and it says of whom', () => {
    expect(over({ used: ['webhook'] })).toMatchObject({ outcome: 'FAILED', reason: 'NO_ADDRESS', person: 'lee' });
    expect(over({ channels: { urgent: [], normal: ['console'] } })).toMatchObject({ reason: 'NO_ADDRESS' });
  });
});

describe('H4, D12 the night of a contact', () => {
  const QUIET = { from: '22:00', to: '07:00' };
  const check = (order: Partial<PageOrder>, now: string, timezone?: string): string =>
    told(
      {
        wanted: to('CONTACT', { hours: 'AWAKE' }),
        asks: [asking('CONTACT_CHECK')],
        quiet: QUIET,
        contacts: [{ name: 'pat', reach: 'PAGER', ...(timezone !== undefined && { timezone }) }],
        ...order,
      },
      company(),
      at(now),
    );
  const RANG = 'RING pat C1234567-3/1: CONTACT_CHECK';

  test.each([
    ['begins at 22', '2026-06-01T21:59:00Z', RANG],
    ['is the night until 7', '2026-06-01T22:00:00Z', 'DEFERRED pat QUIET: 2026-06-02T07:00:00.000Z'],
    ['goes on after midnight', '2026-06-02T06:59:59Z', 'DEFERRED pat QUIET: 2026-06-02T07:00:00.000Z'],
    ['ends at 7', '2026-06-02T07:00:00Z', RANG],
  ])('%s', (_promise, now, expected) => expect(check({}, now)).toBe(expected));

  test('is that of their own zone; without one, of the zone of the customer; otherwise of UTC', () => {
    // 23:00 in Tokyo, 16:00 in Berlin, 14:00 in UTC.
    const now = '2026-06-01T14:00:00Z';
    expect(check({ contactZone: 'Europe/Berlin' }, now, 'Asia/Tokyo')).toBe(
      'DEFERRED pat QUIET: 2026-06-01T22:00:00.000Z',
    );
    expect(check({ contactZone: 'Asia/Tokyo' }, now)).toBe('DEFERRED pat QUIET: 2026-06-01T22:00:00.000Z');
    expect(check({ contactZone: 'Asia/Tokyo' }, now, 'Europe/Berlin')).toBe(RANG);
    expect(check({}, now)).toBe(RANG);
    expect(check({ contactZone: 'Nowhere/Land' }, now)).toBe(RANG);
    expect(check({ contactZone: 'Nowhere/Land' }, '2026-06-01T23:00:00Z')).toBe(
      'DEFERRED pat QUIET: 2026-06-02T07:00:00.000Z',
    );
  });

  test('is over at 7 on the clock, on the days on which clocks change too', () => {
    const berlin = { contactZone: 'Europe/Berlin' };
    expect(check(berlin, '2026-03-29T00:30:00Z')).toBe('DEFERRED pat QUIET: 2026-03-29T05:00:00.000Z');
    expect(check(berlin, '2026-10-25T00:30:00Z')).toBe('DEFERRED pat QUIET: 2026-10-25T06:00:00.000Z');
  });

  test('may lie within one day, and may be none', () => {
    const siesta = { quiet: { from: '13:00', to: '15:00' } };
    expect(check(siesta, '2026-06-01T14:00:00Z')).toBe('DEFERRED pat QUIET: 2026-06-01T15:00:00.000Z');
    expect(check(siesta, '2026-06-01T23:00:00Z')).toBe(RANG);
    expect(check({ quiet: { from: '22:00', to: '22:00' } }, '2026-06-01T23:00:00Z')).toBe(RANG);
  });

  test('is told with every look-up, so that the case knows when not to check', () => {
    const contacts = [{ name: 'pat', reach: 'PAGER' }] as const;
    const order = { wanted: to('CONTACT'), quiet: QUIET, contacts };
    expect(choice(order)).toMatchObject({
      found: { quiet: { from: '2026-06-01T22:00:00.000Z', to: '2026-06-02T07:00:00.000Z' } },
    });
    expect(
      choice({ ...order, wanted: to('CONTACT', { hours: 'AWAKE' }) }, company(), at('2026-06-02T03:00:00Z')),
    ).toEqual(expect.objectContaining({ quiet: { from: '2026-06-01T22:00:00.000Z', to: '2026-06-02T07:00:00.000Z' } }));
  });

  test.each(['CONFIRM_WORKABLE_SYSTEM', { kind: 'CONTACT_ACTION', subject: 'C1234567-A1' }] as const)(
    'work waits for them: they are rung at three in the morning (%p)',
    (need) => {
      const ask = asking(need);
      const order = { wanted: to('CONTACT'), asks: [ask] };
      expect(check(order, '2026-06-02T03:00:00Z')).toBe(`RING pat C1234567-3/1: ${ask.key}`);
    },
  );

  test('somebody of ours has no such night', () => {
    expect(told({ quiet: QUIET }, company(), at('2026-06-02T03:00:00Z'))).toBe(
      'RING lee C1234567-3/1: SEVERITY_CHANGED',
    );
  });
});

describe('D17 what is asked in working hours only', () => {
  const check = (now: string, timezone = 'UTC'): string => {
    const directory = company();
    const people = directory.people.map((person) => (person.id === 'ana' ? { ...person, timezone } : person));
    const order = {
      wanted: to('MANAGER', { hours: 'WORKING' }),
      rank: 2,
      asks: [asking('ENTITLEMENT_CHECK')],
    } as const;
    return told(order, { ...directory, people }, at(now));
  };
  const ASKED = 'ASK ana C1234567-3/1: ENTITLEMENT_CHECK';
  const until = (time: string): string => `DEFERRED ana OUTSIDE_WORKING_HOURS: ${time}:00.000Z`;

  test.each([
    ['Monday before nine', '2026-06-01T08:59:00Z', until('2026-06-01T09:00')],
    ['Monday at nine', '2026-06-01T09:00:00Z', ASKED],
    ['Monday a minute before five', '2026-06-01T16:59:00Z', ASKED],
    ['Monday at five: the next day', '2026-06-01T17:00:00Z', until('2026-06-02T09:00')],
    ['Friday at five: Monday', '2026-06-05T17:00:00Z', until('2026-06-08T09:00')],
    ['Saturday', '2026-06-06T12:00:00Z', until('2026-06-08T09:00')],
    ['Sunday', '2026-06-07T23:59:00Z', until('2026-06-08T09:00')],
  ])('%s', (_when, now, expected) => expect(check(now)).toBe(expected));

  test('by the clock of whoever is asked', () => {
    // 09:00 on Tuesday in Tokyo, 20:00 on Monday in New York.
    expect(check('2026-06-02T00:00:00Z', 'Asia/Tokyo')).toBe(ASKED);
    expect(check('2026-06-02T00:00:00Z', 'America/New_York')).toBe(until('2026-06-02T13:00'));
    expect(check('2026-06-05T23:30:00Z', 'Asia/Tokyo')).toBe(until('2026-06-08T00:00'));
  });

  test('over a change of clocks it is nine on the clock', () => {
    expect(check('2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe(until('2026-03-30T07:00'));
  });
});

describe('what a look-up tells besides', () => {
  const emergency = { ...orderOf().facts, severity: 0, emergency: 'ACTIVE' } as const;

  test('the chart above the engineer, whoever is paged', () => {
    expect(choice({ wanted: to('DUTY_MANAGER') })).toMatchObject({
      found: {
        chart: [
          { person: 'ana', name: 'Ana' },
          { person: 'ben', name: 'Ben' },
          { person: 'vera', name: 'Vera' },
        ],
      },
    });
    const stranger = choice({ wanted: to('DUTY_MANAGER'), engineer: 'ghost' });
    expect('found' in stranger && stranger.found).not.toHaveProperty('chart');
  });

  test('until when they are on call, asked as the engineer or as whoever is on call', () => {
    const shift = { team: 'day', endsAt: '2026-06-01T16:00:00.000Z' };
    expect(choice({ wanted: to('ON_CALL') })).toMatchObject({ found: { shift } });
    expect(choice({})).toMatchObject({ found: { shift } });
    const ofManager = choice({ wanted: to('MANAGER') });
    expect('found' in ofManager && ofManager.found).not.toHaveProperty('shift');
  });

  test('D11 the engineer is off: whoever is on call is rung in their place, and it says why', () => {
    const asleep = { engineer: 'sam', rank: 0, asks: [asking('E_DOWN_STARTED')], facts: emergency } as const;
    expect(told(asleep)).toBe('RING lee C1234567-3/1: E_DOWN_STARTED');
    expect(choice(asleep)).toMatchObject({ found: { passedOver: [{ person: 'sam', why: 'OFF_SHIFT' }] } });
    expect(told({ ...asleep, atWork: 'sam' })).toBe('RING sam C1234567-3/1: E_DOWN_STARTED');
    expect(told({ ...asleep, off: ['lee'] })).toBe('RING kim C1234567-3/1: E_DOWN_STARTED');
  });

  test('R9 outside an emergency the engineer is rung at any hour', () => {
    expect(told({ engineer: 'sam' })).toBe('RING sam C1234567-3/1: SEVERITY_CHANGED');
  });

  test('D11 and where that is whoever the alert goes to, it is a line of the same page', () => {
    const alert = { wanted: to('ON_CALL'), rank: 0, asks: [asking('E_DOWN_ALERT')] } as const;
    const started = { wanted: to('ENGINEER'), rank: 0, asks: [asking('E_DOWN_STARTED')] } as const;
    const order = { engineer: 'sam', facts: emergency };
    expect(told({ ...order, ...alert, beside: [besideOf({ ...started, isFirst: false })] })).toBe(
      'RING lee C1234567-3/1: E_DOWN_ALERT E_DOWN_STARTED',
    );
    const merged = choice({ ...order, ...started, beside: [besideOf({ ...alert, isFirst: true })] });
    expect(merged).toMatchObject({ outcome: 'MERGED', passedOver: [{ person: 'sam', why: 'OFF_SHIFT' }] });
  });
});
