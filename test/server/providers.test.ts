/**
 * B2 and section 6 of the contract from outside: whatever a provider does, it is counted and named, and the right person
 * is paged in the end. All of it happens at once, each pattern to a manager of its own; ben is the next one up.
 */
import type { CaseEvent } from '../../client';
import { Company, tally, type LiveCase } from '../support/company';
import type { Reply } from '../support/receiver';
import { freePort } from '../../worker/temporal-server/ports';

/** Three tries of a provider take 1.5 s, and a time-out 5 s. */
const policy = { escalation: { retryFor: '2s', nextChannelAfter: '1s' } };
const DOWN_MS = 40_000;

interface Pattern {
  readonly what: string;
  /** What each channel of the manager answers to the nth request; `REFUSED`: nobody listens there. */
  readonly channels: readonly (((nth: number) => Reply) | 'REFUSED')[];
  /** How often each channel is tried, and whether ben is. */
  readonly tried: readonly number[];
  readonly ben: 0 | 1;
  /** What the timeline says of it, in order. */
  readonly told: readonly string[];
  readonly then?: (live: LiveCase) => Promise<unknown>;
}

const always = (reply: Reply) => (): Reply => reply;
const ok = always({ status: 200 });
const down = always({ status: 500 });
const UNREACHED = (why: string): string[] => [`ManagerUnreachable manager ${why}`, 'PageSent ben webhook NEXT_UP'];

const PATTERNS: readonly Pattern[] = [
  { what: '200', channels: [ok], tried: [1], ben: 0, told: ['PageSent manager webhook DIRECT'] },
  {
    what: '202, accepted for later',
    channels: [always({ status: 202 })],
    tried: [1],
    ben: 0,
    told: ['PageSent manager webhook DIRECT'],
  },
  {
    what: '500 for ever',
    channels: [down],
    tried: [3],
    ben: 1,
    told: ['PageFailed manager webhook PROVIDER_DOWN HTTP 500', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: '500 twice, then 200',
    channels: [(nth) => ({ status: nth <= 2 ? 500 : 200 })],
    tried: [3],
    ben: 0,
    told: ['PageSent manager webhook DIRECT'],
  },
  {
    what: '503 once, then 404',
    channels: [(nth) => ({ status: nth === 1 ? 503 : 404 })],
    tried: [2],
    ben: 1,
    told: ['PageFailed manager webhook REJECTED_BY_PROVIDER HTTP 404', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: '429 with Retry-After 1, then 200',
    channels: [(nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 })],
    tried: [2],
    ben: 0,
    told: ['PageSent manager webhook DIRECT'],
  },
  {
    what: '429 with Retry-After of an hour',
    channels: [always({ status: 429, headers: { 'retry-after': '3600' } })],
    tried: [1],
    ben: 1,
    told: ['PageFailed manager webhook PROVIDER_DOWN HTTP 429', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: 'silence',
    channels: [always('SILENCE')],
    tried: [3],
    ben: 1,
    told: ['PageFailed manager webhook PROVIDER_DOWN no answer within 5 s', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: 'hung up twice, then 200',
    channels: [(nth) => (nth <= 2 ? 'HANG_UP' : { status: 200 })],
    tried: [3],
    ben: 0,
    told: ['PageSent manager webhook DIRECT'],
  },
  {
    what: 'connection refused',
    channels: ['REFUSED'],
    tried: [0],
    ben: 1,
    told: ['PageFailed manager webhook PROVIDER_DOWN ECONNREFUSED', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: '404',
    channels: [always({ status: 404 })],
    tried: [1],
    ben: 1,
    told: ['PageFailed manager webhook REJECTED_BY_PROVIDER HTTP 404', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: 'a redirect',
    channels: [always({ status: 302, headers: { location: 'http://127.0.0.1:1/' } })],
    tried: [1],
    ben: 1,
    told: ['PageFailed manager webhook REJECTED_BY_PROVIDER HTTP 302', ...UNREACHED('PROVIDER_DOWN')],
  },
  {
    what: 'no channel at all',
    channels: [],
    tried: [],
    ben: 1,
    told: ['PageFailed manager NO_ADDRESS', ...UNREACHED('NO_ADDRESS')],
  },
  {
    what: 'the first channel down, the second not',
    channels: [down, ok],
    tried: [3, 1],
    ben: 0,
    // The second is tried at once, while the first is still being retried (H7).
    told: ['PageSent manager webhook#2 NAMED', 'PageFailed manager webhook PROVIDER_DOWN HTTP 500'],
  },
  {
    what: 'both channels gone',
    channels: [always({ status: 410 }), 'REFUSED'],
    tried: [1, 0],
    ben: 1,
    told: [
      'PageFailed manager webhook REJECTED_BY_PROVIDER HTTP 410',
      'PageFailed manager webhook#2 PROVIDER_DOWN ECONNREFUSED',
      ...UNREACHED('PROVIDER_DOWN'),
    ],
  },
  {
    what: 'taken by the first channel and not answered: the second is tried too, until somebody answers',
    channels: [ok, ok, ok],
    tried: [1, 1, 0],
    ben: 0,
    told: [
      'PageSent manager webhook DIRECT',
      'PageSent manager webhook#2 NAMED',
      'PageAcknowledged manager',
      'EscalationAccepted manager',
    ],
    then: async (live) => {
      await live.until((events) => events.filter(({ type }) => type === 'PageSent').length === 2);
      const [ring] = live.rings;
      await live.update('acknowledge', ring?.person ?? '', { role: 'MANAGER', pageId: ring?.pageId });
    },
  },
];

interface Outcome {
  readonly live: LiveCase;
  readonly manager: string;
}

let company: Company;
const outcomes = new Map<Pattern, Promise<Outcome>>();

beforeAll(async () => {
  company = await Company.start();
  const closed = `http://127.0.0.1:${await freePort()}/`;
  for (const [index, pattern] of PATTERNS.entries()) outcomes.set(pattern, play(pattern, `m${index}`, closed));
  for (const outcome of outcomes.values()) outcome.catch(() => undefined);
});
afterAll(async () => {
  await company.stop();
});

async function play({ channels, then }: Pattern, manager: string, closed: string): Promise<Outcome> {
  company.hire(manager, 'ben');
  company.hire(`e-${manager}`, manager);
  const paths = channels.map((channel, index) => (channel === 'REFUSED' ? closed : `/${manager}-phone${index + 1}`));
  company.reroute(manager, ...paths);
  const live = await company.open({ engineer: `e-${manager}` }, policy);
  for (const [index, channel] of channels.entries())
    if (channel !== 'REFUSED') live.phone(`${manager}-phone${index + 1}`, channel);
  await live.signal('escalate', 'maria');
  if (then) await then(live);
  await live.until((events) => events.some(({ type }) => type === 'PageSent'), DOWN_MS);
  await live.atRest(DOWN_MS);
  return { live, manager };
}

/** `PageFailed ana webhook PROVIDER_DOWN HTTP 500`: the event, who, and how, in the order of its words. */
function said({ type, data }: CaseEvent): string {
  const { person, owner, channel, reason, why, detail, route } = data as Record<string, string>;
  return [type, person ?? owner, channel, reason ?? why, detail, route].filter((word) => word !== undefined).join(' ');
}

test.each(PATTERNS)(
  '$what',
  async (pattern) => {
    const { live, manager } = await (outcomes.get(pattern) as Promise<Outcome>);
    const timeline = (await live.timeline()).filter(({ type }) =>
      /^(PageSent|PageFailed|PageAcknowledged|ManagerUnreachable|EscalationAccepted)$/.test(type),
    );
    expect(timeline.map((event) => said(event).replaceAll(new RegExp(`\\b${manager}\\b`, 'g'), 'manager'))).toEqual(
      pattern.told,
    );

    const counts: [string, number][] = [
      ...pattern.tried.map((count, index): [string, number] => [`${manager}-phone${index + 1}`, count]),
      ['ben', pattern.ben],
    ];
    expect(tally(live.rings.map(({ phone }) => phone))).toEqual(
      Object.fromEntries(counts.filter(([, count]) => count > 0)),
    );

    // Every try of one channel is one message under one key; another channel is a later message of the same page, and
    // another person another page.
    const { number } = live;
    for (const [index, count] of pattern.tried.entries()) {
      const channel = `webhook${index === 0 ? '' : `#${index + 1}`}`;
      const keys = live.rings.filter(({ phone }) => phone === `${manager}-phone${index + 1}`).map(({ id }) => id);
      expect(keys).toHaveLength(count);
      expect(new Set(keys).size).toBe(Math.min(1, count));
      const form = new RegExp(`^${number}-1/${index === 0 ? '1' : '[2-9]'}/${manager}/${channel}$`);
      expect(keys.filter((key) => !form.test(key))).toEqual([]);
    }
    const toBen = live.rings.filter(({ phone }) => phone === 'ben').map(({ id }) => id);
    expect(toBen).toEqual(pattern.ben ? [`${number}-2/1/ben/webhook`] : []);
    expect(live.rings.every(({ purpose }) => purpose === 'ESCALATED_M1')).toBe(true);
  },
  60_000,
);

test('a provider that says when to come back is not asked before', async () => {
  const pattern = PATTERNS.find(({ what }) => what.startsWith('429 with Retry-After 1')) as Pattern;
  const { live } = await (outcomes.get(pattern) as Promise<Outcome>);
  const [first, second] = live.rings;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('a contact whose channel is down is not silently lost: the engineer hears of it', async () => {
  const live = await company.open({ contacts: [{ name: 'pat', reach: 'ON_SITE' }] }, policy);
  live.phone('contacts', down);
  await live.update('linkSpr', 'lee', { sprNumber: 'SPR123456' });
  const ring = await live.ring('lee', 'CONTACT_CHECK');
  expect(ring.text).toContain('pat cannot be paged (SPR news).');
  await live.atRest();
  expect(live.rang()).toEqual({ 'contacts SPR_UPDATED (word)': 3, 'lee CONTACT_CHECK (quietly)': 1 });
});
