/**
 * H1-H4, D19: whole nights of the shipped companies, with the figures that are promised for them. Of several engineers, whose
 * hands the case begins in, and of customers in several zones; the date is fixed, so that a failure can be repeated.
 */
import { join } from 'node:path';
import { isTimeZone } from '../../cli/configuration';
import { CONTACT } from '../../rehearsal/answers';
import type { Sent } from '../../rehearsal/dry-run';
import { Night, type Means } from '../../rehearsal/night';
import { mondayNight, rehearse, type PersonsNight, type Rehearsed } from '../../rehearsal/rehearse';
import { shipped, type Happening, type Scenario, type Shipped } from '../../rehearsal/scenario';
import { EXAMPLE, loadConfig } from '../../worker/config';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday: the shipped nights begin at 22:00 of it, in the customer's zone. */
const FROM = Date.parse('2026-11-02T00:00:00Z');

const ACME = loadConfig(EXAMPLE);
/** Everybody can be reached in two ways. */
const TWO_CHANNELS = loadConfig(join(EXAMPLE, '..', 'two-channels'));

/** One engineer of each team, and customers round the world. */
const ZONES = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles'] as const;
const of = (...engineers: string[]): [engineer: string, timezone: string][] =>
  engineers.flatMap((engineer) => ZONES.map((timezone): [string, string] => [engineer, timezone]));
const ACMES = of('eng-lee', 'eng-maier', 'eng-smith');
const TWOS = of('eng-ito', 'eng-weber', 'eng-diaz');

function scenario(name: Shipped, engineer: string, timezone: string): Scenario {
  return shipped(name, { engineer, timezone, start: mondayNight(timezone, FROM), caseNumber: 'C1000001' });
}

const contactOf = ({ people }: Rehearsed): Pick<PersonsNight, 'rings' | 'asks' | 'words' | 'pagesAtNight'> =>
  people.find(({ person }) => person === CONTACT) ?? { rings: 0, asks: 0, words: 0, pagesAtNight: 0 };

/** What anybody is rung, by this count, more often than so many times. */
const over = ({ people }: Rehearsed, most: number, count: 'rings' | 'mostRingsInAShift'): string[] =>
  people.filter((person) => person[count] > most).map((person) => `${person.person}: ${person[count]}`);

function expectWellRun(night: Rehearsed): void {
  expect(over(night, 12, 'mostRingsInAShift')).toEqual([]);
  const { rings, asks, words, pagesAtNight } = contactOf(night);
  expect(rings + asks + words).toBeLessThanOrEqual(8);
  expect(pagesAtNight).toBe(0);
  expect(night.firstHolderAfterMs).toBe(2 * MINUTE);
  expect(night.refusedAsLate).toBe(0);
  expect(night.longestWithNobodyAskedMs).toBe(0);
}

describe('late: everybody answers, 20 minutes after each page', () => {
  test.each(ACMES)('%s, a customer in %s: whoever comes is welcome (H1)', (engineer, timezone) => {
    const night = rehearse(ACME, scenario('late', engineer, timezone));
    expect(night.firstHolderAfterMs).toBeLessThanOrEqual(20 * MINUTE);
    expect(night.refusedAsLate).toBe(0);
    expect(night.longestWithNobodyAskedMs).toBe(0);
    // Who answers is not rung more often than who never does (H2).
    expect(over(night, 30, 'rings')).toEqual([]);
  });
});

describe('well-run: answers in two minutes, and everything by the book', () => {
  test.each(ACMES)('%s, a customer in %s: nobody is rung without need (H3, H4)', (engineer, timezone) => {
    expectWellRun(rehearse(ACME, scenario('well-run', engineer, timezone)));
  });

  test.each(ACMES)('%s, a customer in %s: what is done by the book is taken', (engineer, timezone) => {
    const { refused } = new Night(ACME, scenario('well-run', engineer, timezone)).play();
    // Somebody may answer what was over a moment before; all else that is done counts.
    expect(refused.filter(({ isAnswer }) => !isAnswer).map(({ by, do: name, refusal }) => [by, name, refusal])).toEqual(
      [],
    );
    expect(refused.filter(({ isAnswer, refusal }) => isAnswer && refusal.code !== 'NOTHING_ASKED')).toEqual([]);
  });

  test.each(ACMES)('%s, a customer in %s: M1, M2 and each hand-over have somebody', (engineer, timezone) => {
    const { run } = new Night(ACME, scenario('well-run', engineer, timezone)).play();
    const count = (...types: string[]): number => run.events.filter(({ type }) => types.includes(type)).length;
    expect(run.state.tiers.map(({ owner }) => owner).filter((owner) => owner === null)).toEqual([]);
    expect(run.state.tiers).toHaveLength(2);
    expect(count('HandOverAccepted')).toBe(count('HandOverOffered'));
    expect(count('HandOverAccepted')).toBeGreaterThan(0);
    expect(count('HandOverOverdue', 'ProgressStalled', 'CustomerUpdateOverdue', 'StaffingOverdue')).toBe(0);
  });
});

describe('the contact, where nobody of ours talks to the customer', () => {
  /** As well-run; but nobody calls the customer, who says nothing of their own accord either. */
  function silent(engineer: string, timezone: string): Scenario {
    const wellRun = scenario('well-run', engineer, timezone);
    const isTalk = ({ do: name }: Happening): boolean => name === 'recordCustomerContact' || name === 'escalate';
    return { ...wellRun, events: wellRun.events.filter((event) => !isTalk(event)) };
  }

  test.each(ACMES)('%s, a customer in %s: is checked on after four hours, and sleeps (H4)', (engineer, timezone) => {
    const night = rehearse(ACME, silent(engineer, timezone));
    const { rings, asks, words, pagesAtNight } = contactOf(night);
    expect(rings + asks + words).toBeLessThanOrEqual(8);
    expect(pagesAtNight).toBe(0);
    // At 7:00 at the latest, and then every four hours; they answer each.
    expect(rings + asks).toBeGreaterThanOrEqual(3);
  });

  test('whoever of ours answers meanwhile is no sign of theirs', () => {
    const firstAsked = (name: Shipped): string[] =>
      new Night(ACME, scenario(name, 'eng-lee', 'UTC'))
        .play()
        .heard.filter(({ result }) => 'person' in result && result.person === CONTACT)
        .slice(0, 1)
        .map(({ at }) => new Date(at).toISOString());
    expect(firstAsked('nobody')).toEqual(['2026-11-03T07:00:00.000Z']);
    expect(firstAsked('late')).toEqual(['2026-11-03T07:00:00.000Z']);
  });
});

describe('nobody ever answers', () => {
  test.each(ACMES)(
    '%s, a customer in %s: somebody is asked at every moment, and nobody all the time (H2)',
    (engineer, timezone) => {
      const night = rehearse(ACME, scenario('nobody', engineer, timezone));
      expect(over(night, 30, 'rings')).toEqual([]);
      expect(night.longestWithNobodyAskedMs).toBe(0);
      expect(night.firstHolderAfterMs).toBeNull();
      expect(contactOf(night).pagesAtNight).toBe(0);
    },
  );
});

describe('flapping: the severity changes every 5 minutes for 12 hours, and nobody answers', () => {
  test.each(ACMES)('%s, a customer in %s: one conversation (H6)', (engineer, timezone) => {
    const night = rehearse(ACME, scenario('flapping', engineer, timezone));
    const rings = night.people.reduce((sum, person) => sum + person.rings, 0);
    expect(rings).toBeLessThanOrEqual(60);
    expect(rings).toBeGreaterThan(0);
    // 143 changes: the engineer has word of each at most once.
    expect(night.people.find(({ person }) => person === engineer)?.words).toBeLessThanOrEqual(143);
  });
});

describe("provider-down: well run, and everybody's first channel takes nothing from hour 1 to hour 3", () => {
  test.each(TWOS)('%s, a customer in %s: it costs nobody their sleep (H7)', (engineer, timezone) => {
    expectWellRun(rehearse(TWO_CHANNELS, scenario('provider-down', engineer, timezone)));
  });

  test('whoever is rung while their first channel is down is rung on the second at once', () => {
    const { run } = new Night(TWO_CHANNELS, scenario('provider-down', 'eng-weber', 'UTC')).play();
    const isDown = ({ result }: Sent): boolean => result.outcome === 'FAILED' && result.reason === 'PROVIDER_DOWN';
    const failed = run.messages.filter((sent) => isDown(sent) && sent.order.reach);
    expect(failed.length).toBeGreaterThan(0);
    for (const { at, result } of failed) {
      const person = 'person' in result ? result.person : '';
      const second = run.messages.find(
        (other) =>
          other.at === at &&
          other.result.outcome === 'ACCEPTED' &&
          other.result.person === person &&
          other.order.used.length === 1,
      );
      expect([person, second?.result]).toEqual([person, expect.objectContaining({ channel: 'console' })]);
    }
  });
});

describe('R27 alerts keep their cadence in every night that has an emergency', () => {
  const cadences: [Shipped, Means, string, string][] = [
    ['late', ACME, 'eng-lee', 'America/Los_Angeles'],
    ['well-run', ACME, 'eng-lee', 'UTC'],
    ['well-run', ACME, 'eng-maier', 'Asia/Tokyo'],
    ['nobody', ACME, 'eng-smith', 'UTC'],
    ['provider-down', TWO_CHANNELS, 'eng-weber', 'UTC'],
  ];

  test.each(cadences)('%s', (name, means, engineer, timezone) => {
    const night = scenario(name, engineer, timezone);
    const { run } = new Night(means, night).play();
    const alerts = run.events.flatMap((event) => (event.type === 'EmergencyAlerted' ? [event] : []));
    const every = Array.from({ length: 24 * 4 + 1 }, (_, index) => night.start + index * 15 * MINUTE);
    expect(alerts.map(({ at }) => Date.parse(at))).toEqual(every);
    expect(alerts.map(({ data }) => data.alert)).toEqual(every.map((_, index) => index + 1));
  });
});

describe('H2 nobody is asked twice at one moment', () => {
  const severe = (severity: number): Scenario => {
    const { opening, ...night } = scenario('nobody', 'eng-lee', 'UTC');
    const escalated: Happening = { atMs: 5 * MINUTE, do: 'escalate', by: 'customer', role: 'CUSTOMER' };
    return { ...night, name: `severity ${severity}`, opening: { ...opening, severity }, events: [escalated] };
  };
  const nights: [string, Means, Scenario][] = [
    ['severity 1', ACME, severe(1)],
    ['severity 2', ACME, severe(2)],
    ['severity 3', ACME, severe(3)],
    ...(['late', 'well-run', 'nobody', 'flapping'] as const).map((name): [string, Means, Scenario] => [
      name,
      ACME,
      scenario(name, 'eng-maier', 'UTC'),
    ]),
    ['provider-down', TWO_CHANNELS, scenario('provider-down', 'eng-weber', 'UTC')],
  ];

  test.each(nights)('%s', (_name, means, night) => {
    const { heard } = new Night(means, night).play();
    const asked = heard.flatMap(({ at, result }) =>
      result.outcome === 'ACCEPTED' && result.mode !== 'WORD' ? [`${new Date(at).toISOString()} ${result.person}`] : [],
    );
    expect(asked.filter((entry, index) => asked.indexOf(entry) !== index)).toEqual([]);
  });
});

describe('D19 when a shipped night begins', () => {
  test.each([
    ['UTC', '2026-11-02T22:00:00.000Z'],
    ['Asia/Tokyo', '2026-11-02T13:00:00.000Z'],
    ['Pacific/Auckland', '2026-11-02T09:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-03T06:00:00.000Z'],
    ['Pacific/Honolulu', '2026-11-03T08:00:00.000Z'],
  ])('Monday at 22:00 in %s', (timezone, begins) => {
    expect(isTimeZone(timezone)).toBe(true);
    expect(new Date(mondayNight(timezone, FROM)).toISOString()).toBe(begins);
  });

  test('the next one, where this one has begun', () => {
    expect(mondayNight('UTC', Date.parse('2026-11-02T22:00:00Z'))).toBe(Date.parse('2026-11-02T22:00:00Z'));
    expect(mondayNight('UTC', Date.parse('2026-11-02T22:00:01Z'))).toBe(Date.parse('2026-11-09T22:00:00Z'));
    expect(mondayNight('Europe/Berlin', Date.parse('2026-10-20T00:00:00Z'))).toBe(Date.parse('2026-10-26T21:00:00Z'));
  });
});

describe('what is counted', () => {
  const night = (changed: Partial<Scenario> = {}): Rehearsed =>
    rehearse(ACME, { ...scenario('well-run', 'eng-maier', 'Europe/Berlin'), ...changed });

  test('each person once, whoever was rung most first; rings by the hour are all their rings', () => {
    const { people } = night();
    const names = people.map(({ person }) => person);
    expect(new Set(names).size).toBe(names.length);
    expect(people.map(({ rings }) => rings)).toEqual(people.map(({ rings }) => rings).sort((a, b) => b - a));
    for (const { rings, ringsByHour, ringsAtNight, mostRingsInAShift } of people) {
      expect(ringsByHour).toHaveLength(24);
      expect(ringsByHour.reduce((sum, count) => sum + count, 0)).toBe(rings);
      expect(ringsAtNight).toBeLessThanOrEqual(rings);
      expect(mostRingsInAShift).toBeLessThanOrEqual(rings);
    }
  });

  test('a night is as long as it is said to be, and nothing is counted after it', () => {
    const { hours, people, pages } = night({ hours: 3 });
    expect(hours).toBe(3);
    expect(people.every(({ ringsByHour }) => ringsByHour.length === 3)).toBe(true);
    expect(pages).toBeLessThan(night().pages);
  });

  test('the same night is the same figures', () => expect(night()).toEqual(night()));

  test('who is away is not rung, and whoever stands in is', () => {
    const until = FROM + 48 * HOUR;
    const people = ACME.directory.people.map((person) =>
      person.id === 'mgr-olu' ? { ...person, away: [{ from: FROM, to: until, delegate: 'mgr-duty-1' }] } : person,
    );
    const { people: rung } = rehearse(
      { ...ACME, directory: { ...ACME.directory, people } },
      scenario('well-run', 'eng-maier', 'Europe/Berlin'),
    );
    expect(rung.map(({ person }) => person)).not.toContain('mgr-olu');
    expect(rung.find(({ person }) => person === 'mgr-duty-1')?.rings).toBeGreaterThan(0);
  });
});
